"""Everything else that the bot says: toasts, refusals, questions, reminders, help."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from models.presses import Press
from models.rows import Ticket
from models.words import Role, Status
from texts import catalogue
from texts.catalogue import LANGUAGES
from texts.headings import title
from texts.page import TOAST_LIMIT, Button, Page, bold, plain, quote
from texts.speaking import Named, fixed, kept, later, tell
from texts.words import STATUS

DONE = Named(
    "done-by",
    (
        "accept", "arrive", "resolve", "suspend", "resume", "give_back", "pass_on", "dispatch", "void", "condition",
        "condition_which", "withdraw", "matter", "place", "amend", "merge", "split", "apart", "confirm", "dispute",
        "extend", "snooze", "calm", "amount", "menu", "means", "choose", "squad", "yes", "no", "revoke", "restore",
    ),
)  # fmt: skip
"""Toasts, by the verb that was done or by what is asked next."""
REFUSED = Named(
    "refusal",
    (
        "not_yours", "not_you", "reason", "proof", "means", "ladder", "squad", "apart", "amount", "leads_only",
        "condition", "same_condition", "void_leads", "too_little", "too_much", "by_file", "oneself",
        "unbound", "bound", "nobody",
    ),
)  # fmt: skip
SENDING = Named("sending", ("list", "page", "map", "sheet"))
COMMANDS = ("help", "ticket", "mine", "summary", "people", "invite", "bind", "login", "privacy", "language")
"""Those that a chat shows when somebody types a stroke."""
LISTED = 15
NAMED = 40
"""UTF-16 units of a name on a toast, of which 200 are shown."""
TAKEN_BACK = {"none": kept("was-none"), "gone": kept("is-gone")}
VOID_REASON = kept("void-reason")
SENT_ON = kept("sent-on")
"""Why a squad's ticket goes back before another gets it, where nobody says more."""
OWN = kept("own")


unknown_press = partial(tell, "unknown-press")
question_gone = partial(tell, "question-gone")
not_asked = partial(tell, "not-asked")
summary_gone = partial(tell, "summary-gone")
not_your_summary = partial(tell, "not-your-summary")
no_points = partial(tell, "no-points")
too_many = partial(tell, "too-many")
language_chosen = partial(tell, "language-chosen")


def refusal(why: str, facts: dict[str, Any]) -> str:
    """Why a verb was not done, and what to do next; fits a toast (200 characters)."""
    officer = plain(facts.get("officer") or "", NAMED) or tell("other-officer")
    if why == "late":
        return _late(facts.get("status"), officer)
    if why == "not_yours":
        return tell("refusal-not-yours", officer=officer)
    return str(REFUSED.get(why) or unknown_press())


def _late(status: Any, officer: str) -> str:
    if status in {Status.ACCEPTED, Status.ON_SITE}:
        return tell("refusal-taken", officer=officer)
    return tell("refusal-late", status=STATUS[Status(status)]) if status else unknown_press()


@later
def refused(why: str, facts: dict[str, Any]) -> Page:
    """The same under a reply."""
    return Page(quote(refusal(why, facts), TOAST_LIMIT))


@later
def question(words: str, asked: Ticket, key: str) -> Page:
    """Asks the sender once whether a ticket is wanted; `asked` is the one that there would be."""
    text = tell("question", words=quote(words, 60), about=quote(title(asked)))
    yes, no = (Button(tell(f"question-{verb}"), Press(verb, given=key).data()) for verb in ("yes", "no"))
    return Page(text, ((yes, no),))


@later
def gone(ticket: Ticket) -> Page:
    """It is said to be gone: one press takes the ticket back."""
    text = tell("gone-asks", head=f"#{ticket.id} {quote(title(ticket))}")
    return Page(text, ((Button(tell("gone-yes"), Press("withdraw", ticket.id, ticket.round, "gone").data()),),))


@later
def relayed(ticket: Ticket, officer: str, words: str) -> Page:
    """An officer's words, carried to the person who told of it."""
    return Page(tell("relayed", number=str(ticket.id), who=quote(officer), words=quote(words, 600)))


@later
def told_squad(ticket: Ticket, who: str, words: str) -> Page:
    """What the reporter added, for the squad."""
    return Page(tell("told-squad", number=str(ticket.id), who=quote(who), words=quote(words, 600)))


@later
def chased(ticket: Ticket, times: int) -> Page:
    """A chaser, for the squad."""
    number = str(ticket.id)
    return Page(tell("chased-again", number=number, times=times) if times > 1 else tell("chased-first", number=number))


@later
def sent_again(ticket: Ticket) -> Page:
    """A ticket that this squad had and that comes back to it: the card above rings nobody's phone."""
    return Page(tell("sent-again", head=_head(ticket)))


@later
def released(ticket: Ticket, officer: str) -> Page:
    """A ticket that an officer had in hand who no longer works on it."""
    return Page(tell("released", head=_head(ticket), officer=quote(officer, NAMED)))


@later
def given_back(ticket: Ticket) -> Page:
    """A ticket that comes back to the leads once more."""
    return Page(tell("given-back", head=_head(ticket)))


def _head(ticket: Ticket) -> str:
    return f"#{ticket.id} {bold(title(ticket))}"


@later
def mine(tickets: list[Ticket]) -> Page:
    """A person's own open tickets."""
    if not tickets:
        return Page(tell("mine-none"))
    rows = [
        f"#{t.id} {quote(title(t))} · {quote(t.place or '', 60) or tell('no-place')} · {STATUS[Status(t.status)]}"
        for t in tickets[:LISTED]
    ]
    more = [tell("mine-more", n=len(tickets) - LISTED)] if len(tickets) > LISTED else []
    return Page("\n".join([tell("mine-head"), *rows, *more]))


@later
def help_for(role: Role) -> Page:
    """How to use the bot, for one role; fits one phone screen."""
    if role in {Role.LEAD, Role.ADMIN}:
        return Page("\n".join([tell("help-staff"), tell("help-history-lead"), tell("help-lead")]))
    return Page("\n".join([tell("help-staff"), tell("help-history")]) if role is Role.OFFICER else tell("help"))


def where(title: str, count: int) -> Page:
    """Under a map of points."""
    return Page(tell("map-caption", title=bold(title), n=count))


def reported(title: str) -> Page:
    """Under a report."""
    return Page(tell("report-title", title=bold(title)))


def exported(title: str, count: int) -> Page:
    """Under a workbook."""
    return Page(tell("sheet-caption", title=bold(title), n=count))


@later
def not_understood(rest: str) -> Page:
    """A word after /summary that no register knows."""
    return Page(tell("not-understood", words=quote(rest, 40)))


@later
def no_such_day(why: str, facts: Mapping[str, str]) -> Page:
    """A date that is none, and why, as reading.calendar.NoSuchDay has it."""
    return Page(tell(why, **facts))


def commands() -> dict[str, list[tuple[str, str]]]:
    """The commands and what they do, by language."""
    return {
        language: [(name, catalogue.say(language, f"command-{name}")) for name in COMMANDS] for language in LANGUAGES
    }


# --- languages ----------------------------------------------------------------------------------------------------


@later
def languages() -> Page:
    """Which languages there are, each in its own words, to choose from."""
    ways = tuple(
        Button(catalogue.say(language, "language-own"), Press("language", given=language).data())
        for language in LANGUAGES
    )
    return Page(tell("language-asks"), (ways,))


ASKS_NO_MORE = fixed("asks-no-more")
ANSWERS_NO_MORE = fixed("answers-no-more")
NO_TICKET = fixed("no-ticket")
NOT_FOR_YOU = fixed("not-for-you")
ASK_NUMBER = fixed("ask-number")
LEADS_ONLY = fixed("leads-only")
PARTY_LATER = fixed("party-later")
LANGUAGE_OF_GROUP = fixed("language-of-group")
ALONE = fixed("alone")
PICTURES_REFUSED = fixed("pictures-refused")
