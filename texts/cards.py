"""The cards: receipt and result for the group that asked, dispatch card for the squad, triage card for the leads."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from models.matters import MATTERS
from models.presses import Press
from models.rows import Card, Ticket
from models.terms import BUREAU_AT
from models.words import CardKind, Means, Menu, Status
from texts import watching
from texts.headings import title
from texts.masking import hides
from texts.page import Button, Page, bold, plain, quote
from texts.speaking import Named, again, matter, tell
from texts.watching import Sight
from texts.whereabouts import area, asked, where
from texts.words import (
    EMERGENCY,
    ERASED,
    GIVE_BACK_REASONS,
    MEANS,
    STATUS,
    SUSPEND_REASONS,
    as_said,
    joined,
    moment,
    named,
)

NAMED = 5
NUMBERED = 12
LABEL = 40
OPEN_TO_CHANGE = (Status.OPENED, Status.DISPATCHED)
PRESS = Named(
    "press",
    (
        "accept", "arrive", "resolve", "pass_on", "give_back", "suspend", "resume", "menu", "words", "confirm",
        "dispute", "matter", "place", "withdraw", "split", "merge", "apart", "void",
    ),
)  # fmt: skip
"""What buttons bear, by their verb."""
VERBS = {
    Status.DISPATCHED: ("accept", "give_back"),
    Status.ACCEPTED: ("arrive", "pass_on", "give_back", "suspend"),
    Status.ON_SITE: ("resolve", "suspend"),
    Status.SUSPENDED: ("resume",),
}
STEPS = {
    Status.ACCEPTED: ("card-coming", "accepted_at"),
    Status.ON_SITE: ("card-there", "arrived_at"),
    Status.RESOLVED: ("card-done", "resolved_at"),
}
"""What an officer has done, and when."""
ASKS = {
    Menu.MEANS: "card-means",
    Menu.GIVE_BACK: "card-give-back",
    Menu.SUSPEND: "card-suspend",
    Menu.PASS_ON: "card-pass-on",
}
"""What a dispatch card asks just now."""


@dataclass(frozen=True, slots=True)
class View:
    """All that a card shows: the ticket and the names around it."""

    ticket: Ticket
    card: Card
    zone: ZoneInfo
    group: str = ""
    reporter: str = field(default="", repr=False)
    shop: str = field(default="", repr=False)
    officer: str = field(default="", repr=False)
    squads: tuple[str, ...] = ()
    reporters: tuple[str, ...] = field(default=(), repr=False)
    squad: str | None = None
    """The squad in whose chat the card stands."""
    other: Ticket | None = None
    """The ticket that it was merged into, or that it may repeat."""
    earlier: Ticket | None = None
    """The ended ticket whose trouble is back."""
    told: tuple[tuple[int, str], ...] = field(default=(), repr=False)
    """Numbers and statuses of the tickets that this receipt tells of, where it tells of many."""
    conditions: tuple[str, ...] = ()
    """What a lead may say that it is, with the limits."""
    times: float = BUREAU_AT


def render(view: View) -> Page:
    """The page of a card as the ticket stands now."""
    return {
        CardKind.RECEIPT: receipt,
        CardKind.RESULT: result,
        CardKind.DISPATCH: dispatch,
        CardKind.TRIAGE: triage,
        CardKind.TWIN: twin,
        CardKind.WATCH: watched,
    }[CardKind(view.card.kind)](view)


def receipt(view: View) -> Page:
    """What the person who told of it sees: taken, on the way, done."""
    ticket = view.ticket
    if ticket.told_in is not None:
        return tally(view)
    if ticket.same_as is not None:
        return _merged(view)
    lines = [f"#{ticket.id} {quote(title(ticket))} · {where(ticket)}"]
    if ticket.emergency and ticket.status in {Status.OPENED, Status.DISPATCHED, Status.ACCEPTED}:
        lines.insert(0, _danger(ticket))
    lines.append(_progress(view))
    lines += asked(ticket)
    if ticket.elsewhere and ticket.status in {Status.OPENED, Status.DISPATCHED}:
        lines.append(tell("card-elsewhere"))
    by_hand = ticket.status == Status.RESOLVED and view.card.menu == Menu.JUDGE
    if view.card.menu == Menu.MATTER and ticket.status in OPEN_TO_CHANGE:
        lines.append(tell("card-matter"))
    return Page("\n".join(lines), _judge(ticket) if by_hand else _corrections(view))


def _danger(ticket: Ticket) -> str:
    return tell("card-danger", whom=f"<b>{EMERGENCY.get(ticket.emergency, '')}</b>")


def tally(view: View) -> Page:
    """One line for many that came at once, and how they stand."""
    numbers = " ".join(f"#{number}" for number, _ in view.told[:NUMBERED])
    shown = tell("and-more", names=numbers) if len(view.told) > NUMBERED else numbers
    counts = Counter(Status(status) for _, status in view.told)
    stand = joined(tell("card-so-many", status=STATUS[status], n=counts[status]) for status in Status if counts[status])
    first = tell("card-tally", n=len(view.told), numbers=shown)
    return Page(f"{first}\n{tell('card-tally-stand', stand=stand)}")


def _merged(view: View) -> Page:
    """One line: others told of it already; whoever knows better takes it out again."""
    ticket, other = view.ticket, view.other
    first = f"{_danger(ticket)}\n" if ticket.emergency else ""
    told = _joined(ticket, other) if other else tell("card-under", head=_plainly(ticket), number=str(ticket.same_as))
    live = other is not None and not other.ended
    rows = ((_button(ticket, "split"),),) if live else ()
    return Page(first + told, rows)


def _joined(ticket: Ticket, other: Ticket) -> str:
    """What both are goes by the other's number; what is another matter keeps its own, beside the other's number."""
    status = STATUS[Status(other.status)]
    if title(ticket) == title(other):
        return tell("card-joined-now", head=_plainly(other), status=status)
    return tell("card-under-now", head=_plainly(ticket), number=str(other.id), status=status)


def _plainly(ticket: Ticket) -> str:
    return f"#{ticket.id} {quote(title(ticket))}"


def _button(ticket: Ticket, verb: str, text: str = "", given: str = "") -> Button:
    """The button of a verb, under its own word or under another."""
    return Button(text or PRESS[verb], Press(verb, ticket.id, ticket.round, given).data())


def _corrections(view: View) -> tuple[tuple[Button, ...], ...]:
    """Whoever told of it puts it right with one press, until an officer is on the way."""
    ticket = view.ticket
    if ticket.status not in OPEN_TO_CHANGE:
        return ()
    if view.card.menu == Menu.MATTER:
        others = [code for code in ticket.also if code in MATTERS and code != ticket.matter][:3]
        ways = tuple((_button(ticket, "matter", plain(matter(code), LABEL), code),) for code in others)
        return (*ways, (_button(ticket, "matter", PRESS["menu"], "back"),))
    return (tuple(_button(ticket, verb) for verb in ("matter", "place", "withdraw")),)


def _progress(view: View) -> str:
    ticket, status = view.ticket, Status(view.ticket.status)
    reason = quote(again(ticket.reason or ""))
    if status in STEPS:
        name, stamp = STEPS[status]
        return tell(name, who=_who(view), clock=_clock(getattr(ticket, stamp), view.zone))
    if status is Status.SUSPENDED:
        return tell("card-waits", reason=reason or tell("card-waits-why"))
    if status is Status.VOID:
        return tell("card-void-why", reason=reason) if reason else tell("card-void")
    return tell("card-closed") if status is Status.CLOSED else _noted(ticket, sent=status is Status.DISPATCHED)


def _noted(ticket: Ticket, *, sent: bool) -> str:
    """It is written down, and somebody is being sent."""
    told = tell("card-sent", squad=quote(ticket.squad)) if sent and ticket.squad else tell("card-sending")
    return tell("card-again", round=ticket.round, told=told) if ticket.round > 1 else told


def _who(view: View) -> str:
    return quote(view.officer) or tell("colleague")


def result(view: View) -> Page:
    """What came of it, with the two buttons for those who told of it."""
    ticket = view.ticket
    head = _plainly(ticket)
    how = tell("result-by", head=head, means=MEANS[Means(ticket.means)]) if ticket.means else ""
    lines = [how or tell("result", head=head), f"{_who(view)} {_clock(ticket.resolved_at, view.zone)}"]
    if ticket.outcome:
        lines.append(quote(ticket.outcome, 200))
    if view.card.round != ticket.round:
        lines.append(tell("result-disputed"))
    elif ticket.status == Status.CLOSED:
        lines.append(tell("result-thanks" if ticket.satisfied else "result-closed"))
    else:
        names = _asked(view)
        lines.append(tell("result-asks-them", names=names) if names else tell("result-asks"))
    live = view.card.round == ticket.round and ticket.status == Status.RESOLVED
    return Page("\n".join(lines), _judge(ticket) if live else ())


def _asked(view: View) -> str:
    """By name where several told of it: the result hangs under the words of one of them."""
    names = [quote(name, 12) for name in view.reporters[:NAMED] if name]
    if len(view.reporters) <= 1:
        return ""
    return tell("and-more", names=named(names)) if len(view.reporters) > NAMED else named(names)


def _judge(ticket: Ticket) -> tuple[tuple[Button, ...], ...]:
    return ((_button(ticket, "confirm"), _button(ticket, "dispute")),)


def dispatch(view: View) -> Page:
    """What the squad sees and works with."""
    ticket = view.ticket
    if over := _over(view):
        return Page(f"{_head(ticket)} {over}\n{_said(ticket, 300)}")
    urgent = tell("card-urgent") if ticket.urgent or ticket.emergency else ""
    round_ = f" {tell('round', n=ticket.round)}" if ticket.round > 1 else ""
    lines = [
        f"{urgent}{_head(ticket)} {STATUS[Status(ticket.status)]}{round_}",
        _said(ticket, 300),
        tell("card-place", place=where(ticket)),
        _source(view),
        *area(ticket),
        *_around(view),
        *_hands(view),
    ]
    return Page("\n".join(line for line in lines if line), _buttons(view))


def _head(ticket: Ticket) -> str:
    return bold(f"#{ticket.id} {title(ticket)}")


def _said(ticket: Ticket, limit: int) -> str:
    """Her words; where they were erased, that they were."""
    return f"“{quote(as_said(ticket.words), limit)}”"


def _source(view: View) -> str:
    """The group and who told of it."""
    group, who = quote(view.group), quote(view.shop or view.reporter) or again(ERASED)
    many = len(view.reporters)
    return (
        tell("card-source-many", group=group, who=who, n=many)
        if many > 1
        else tell("card-source", group=group, who=who)
    )


def _around(view: View) -> list[str]:
    """Who did it, that it is back, what was said about it, by when it is to be done."""
    ticket, lines = view.ticket, []
    if ticket.party:
        lines.append(tell("card-party", party=quote(ticket.party)))
    if view.earlier and view.earlier.opened_at:
        at = moment(view.earlier.opened_at, view.zone)
        lines.append(tell("card-back", at=at, number=str(view.earlier.id)))
    if ticket.emergency:
        lines.append(tell("card-call", number=ticket.emergency))
    if ticket.deadline_at:
        lines.append(tell("card-deadline", at=moment(ticket.deadline_at, view.zone), limit=watching.limit_of(ticket)))
    return lines


def _over(view: View) -> str:
    """Why a dispatch card has had its day: it is another's matter, another squad's, or a later round's card."""
    ticket = view.ticket
    if ticket.same_as is not None:
        return tell("card-merged", number=str(ticket.same_as))
    if view.squad and ticket.squad and view.squad != ticket.squad:
        return tell("card-passed-on", squad=quote(ticket.squad))
    return tell("card-new-round", round=ticket.round) if view.card.round != ticket.round else ""


def _hands(view: View) -> list[str]:
    ticket, menu, lines = view.ticket, view.card.menu, []
    if ticket.accepted_at and view.officer:
        lines.append(_taken(view))
    if ticket.status == Status.ON_SITE and not menu:
        lines.append(tell("card-photos", n=ticket.proofs) if ticket.proofs else tell("card-photo"))
    if menu in ASKS:
        lines.append(tell(ASKS[Menu(menu)]))
    if ticket.reason and ticket.status in {Status.SUSPENDED, Status.VOID}:
        lines.append(tell("card-reason", reason=quote(again(ticket.reason), 200)))
    if ticket.outcome:
        lines.append(tell("card-outcome", words=quote(ticket.outcome, 200)))
    if ticket.means and ticket.status in {Status.RESOLVED, Status.CLOSED}:
        lines.append(tell("card-by", means=MEANS[Means(ticket.means)]))
    return lines


def _taken(view: View) -> str:
    """Who took it and when, and when she was there."""
    who, took = quote(view.officer), _clock(view.ticket.accepted_at, view.zone)
    there = _clock(view.ticket.arrived_at, view.zone)
    return (
        tell("card-took-arrived", who=who, took=took, there=there) if there else tell("card-took", who=who, took=took)
    )


def _buttons(view: View) -> tuple[tuple[Button, ...], ...]:
    ticket = view.ticket
    match view.card.menu:
        case Menu.MEANS:
            ways = tuple(_button(ticket, "resolve", MEANS[means], means.value) for means in Means)
            return (ways, (_button(ticket, "menu"),))
        case Menu.GIVE_BACK:
            return _choices(ticket, "give_back", [choice.label for choice in GIVE_BACK_REASONS])
        case Menu.SUSPEND:
            return _choices(ticket, "suspend", [choice.label for choice in SUSPEND_REASONS])
        case Menu.PASS_ON:
            return _choices(ticket, "pass_on", view.squads)
        case _:
            verbs = VERBS.get(Status(ticket.status), ())
            return (*_pairs([_button(ticket, verb) for verb in verbs]), *_exact(ticket))


def _choices(ticket: Ticket, verb: str, texts: Sequence[str]) -> tuple[tuple[Button, ...], ...]:
    """One button a choice, and the way back."""
    ways = [_button(ticket, verb, plain(text, LABEL), str(number)) for number, text in enumerate(texts)]
    return (*_pairs(ways), (_button(ticket, "menu"),))


def _exact(ticket: Ticket) -> tuple[tuple[Button, ...], ...]:
    """看原话, where something is masked: who may see it is asked when it is pressed."""
    if ticket.ended or not hides(ticket.words, ticket.party, ticket.place):
        return ()
    return ((_button(ticket, "words"),),)


def twin(view: View) -> Page:
    """What the leads decide: whether it is the same thing as another."""
    ticket, other = view.ticket, view.other
    lines = [_told(view, ticket)]
    if other is None:
        return Page("\n".join([*lines, tell("twin-apart")]))
    lines.append(_told(view, other))
    if ticket.same_as is not None:
        rows = () if other.ended else ((_button(ticket, "split", tell("twin-split")),),)
        return Page("\n".join([*lines, tell("twin-merged", number=str(other.id))]), rows)
    if ticket.status not in OPEN_TO_CHANGE or other.ended or other.status == Status.RESOLVED:
        return Page("\n".join([*lines, tell("twin-apart")]))
    return Page("\n".join([*lines, tell("twin-asks")]), ((_button(ticket, "merge"), _button(ticket, "apart")),))


def watched(view: View) -> Page:
    """What the leads see of a ticket that is late, or that they asked about."""
    return watching.watch(view.ticket, view.card, view.zone, Sight(view.officer, view.conditions, view.times))


def _told(view: View, ticket: Ticket) -> str:
    at = _clock(ticket.opened_at, view.zone)
    return f"{_head(ticket)} {at} {where(ticket)}\n{_said(ticket, 120)}"


def triage(view: View) -> Page:
    """What the leads decide: which squad, or none."""
    ticket = view.ticket
    lines = [
        f"{_head(ticket)} {STATUS[Status(ticket.status)]}",
        _said(ticket, 300),
        tell("card-place", place=where(ticket)),
        *area(ticket),
    ]
    if ticket.reason:
        lines.append(tell("triage-reason", reason=quote(again(ticket.reason))))
    if ticket.status != Status.OPENED:
        return Page("\n".join(lines))
    lines.append(tell("triage-asks"))
    squads = [_button(ticket, "dispatch", plain(squad, LABEL), str(i)) for i, squad in enumerate(view.squads)]
    void = _button(ticket, "void", given="0")
    return Page("\n".join(lines), (*_pairs(squads), (void,), *_exact(ticket)))


def _pairs(buttons: list[Button]) -> tuple[tuple[Button, ...], ...]:
    return tuple(tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2))


def _clock(at: datetime | None, zone: ZoneInfo) -> str:
    return at.astimezone(zone).strftime("%H:%M") if at else ""
