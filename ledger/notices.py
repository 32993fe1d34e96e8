"""What goes out when a ticket changes: cards to the groups, words under them, and the times that are then due."""

from typing import Any

from geo.datums import from_wgs84
from ledger.work import Work
from models.rows import Card, Group, Job, Post, Ticket
from models.terms import STEPS, steps
from models.words import CardKind, PostKind, Priority
from texts import sayings
from texts.speaking import Words, speaking

VAGUE = 300
"""Metres of doubt above which a point would send somebody to the wrong corner."""


def payload_of(words: Words, language: str, **more: Any) -> dict[str, Any]:
    """A page as an outbox row keeps it, put into words in the language of the chat that it goes to."""
    with speaking(language):
        page = words()
    rows = [[[button.text, button.data] for button in row] for row in page.rows]
    return {"text": page.text, "rows": rows, **more}


def show(work: Work, ticket: Ticket, kind: CardKind, group: Group, reply_to: str | None = None) -> Card:
    """A new card of a ticket in a group, once in each round."""
    round_ = 1 if kind is CardKind.RECEIPT else ticket.round
    card = Card(work.ledger.counters.take("card"), ticket.id, kind, group.id, round_)
    work.ledger.deal(work.ledger.cards.add(card))
    _post_card(work, card, reply_to)
    return card


def _post_card(work: Work, card: Card, reply_to: str | None = None) -> None:
    payload = {"reply_to": reply_to} if reply_to else {}
    key = f"card:{card.id}"
    post = Post(PostKind.CARD, Priority.DISPATCH, work.now, card.group_id, card.id, card.ticket_id, key, payload)
    work.ledger.post(post)


def say(  # noqa: PLR0913 - a word, and where it hangs
   work: Work, group: Group, words: Words, *, reply_to: str | None = None, ticket: Ticket | None = None,
        card: Card | None = None, priority: int = Priority.UPDATE, pinned: bool = False) -> None:  # fmt: skip
    """Words to a group, in reply to a message or under a card; pinned once they stand there, if that is wanted."""
    payload = payload_of(words, group.language, reply_to=reply_to, **({"pin": True} if pinned else {}))
    number = ticket.id if ticket else None
    work.ledger.post(
        Post(PostKind.TEXT, priority, work.now, group.id, card.id if card else None, number, None, payload)
    )


def tell_squad(work: Work, ticket: Ticket, words: Words) -> None:
    """Words to the ticket's squad, under its card."""
    group = work.ledger.squad_group(ticket.squad)
    if group is not None:
        payload = payload_of(words, group.language, under="dispatch")
        work.ledger.post(Post(PostKind.TEXT, Priority.UPDATE, work.now, group.id, None, ticket.id, None, payload))


def send_out(work: Work, ticket: Ticket, again: Words | None = None) -> None:
    """The dispatch card, the pin and the pictures, to the squad; without a squad the leads decide.

    A squad that has this round's card before it is told that the ticket is its own again, or `again`.
    """
    group = work.ledger.squad_group(ticket.squad)
    if group is None:
        triage(work, ticket)
        return
    cards = work.ledger.cards_of(ticket.id, CardKind.DISPATCH)
    if any(card.group_id == group.id and card.round == ticket.round for card in cards):
        tell_squad(work, ticket, again or sayings.sent_again(ticket))
        return
    show(work, ticket, CardKind.DISPATCH, group)
    if ticket.lat is not None:
        pin(work, ticket)
    if any(link.act in {"pictured", "opening"} for link in work.ledger.linked(ticket.id)):
        pictures(work, ticket, [link.message for link in work.ledger.linked(ticket.id)])


def bureau(work: Work) -> list[Group]:
    """The chats that hear of what is very late: the one that was named, else the leads'."""
    named = work.ledger.group_of(work.rules.time.bureau) if work.rules.time.bureau else None
    return work.ledger.lead_groups() if named is None else [named]


def leads(work: Work) -> list[Group]:
    """The chats of the leads; the bureau's own is one only where there is no other."""
    every = work.ledger.lead_groups()
    if work.rules.time.bureau is None:
        return every
    above = bureau(work)
    return [group for group in every if group not in above] or every


def triage(work: Work, ticket: Ticket) -> None:
    """A card for the leads: who is to do it."""
    for group in leads(work):
        cards = work.ledger.cards_of(ticket.id, CardKind.TRIAGE)
        shown = next((c for c in cards if c.group_id == group.id and c.round == ticket.round), None)
        if shown is None:
            show(work, ticket, CardKind.TRIAGE, group)
        else:
            say(work, group, sayings.given_back(ticket), reply_to=shown.message, ticket=ticket)


def ask_leads(work: Work, ticket: Ticket) -> None:
    """A card for the leads, who decide whether it is the same thing as another."""
    for group in leads(work):
        show(work, ticket, CardKind.TWIN, group)


def watch(work: Work, ticket: Ticket, group: Group, words: Words | None = None, reply_to: str | None = None) -> None:
    """The card on which leads extend and leave alone; where it stands already, `words` under it, or it comes again."""
    ticket.rule = ticket.rule or work.rules.time.rule_of(ticket).kept()
    cards = work.ledger.cards_of(ticket.id, CardKind.WATCH)
    card = next((c for c in cards if c.group_id == group.id and c.round == ticket.round), None)
    if card is None:
        show(work, ticket, CardKind.WATCH, group, reply_to)
    elif words is not None:
        say(work, group, words, reply_to=card.message, ticket=ticket)
    elif card.message is not None:
        payload = {"message": card.message, "delete": True}
        work.ledger.post(Post(PostKind.WITHDRAW, Priority.UPDATE, work.now, group.id, None, None, None, payload))
        card.message = card.shown = card.menu = card.chosen = None
        _post_card(work, card, reply_to)


def pin(work: Work, ticket: Ticket) -> None:
    """The ticket's point, under its dispatch card."""
    group = work.ledger.squad_group(ticket.squad)
    if group is not None and ticket.lat is not None and ticket.doubt <= VAGUE:
        lat, lon = _as_clients_show(work, ticket, group)
        payload = {"lat": lat, "lon": lon, "under": "dispatch"}
        dedupe = f"pin:{ticket.id}:{ticket.round}:{lat}:{lon}"
        work.ledger.post(Post(PostKind.PIN, Priority.DISPATCH, work.now, group.id, None, ticket.id, dedupe, payload))


def _as_clients_show(work: Work, ticket: Ticket, group: Group) -> tuple[float | None, float | None]:
    """A pin goes on as it came, for the clients that sent it show it right; other points in the datum of the chat."""
    home = work.ledger.groups.get(ticket.group_id)
    came = ticket.place_source == "pin" and home is not None and ticket.datum == home.datum
    if came or ticket.datum == group.datum or ticket.point is None:
        return ticket.raw_lat, ticket.raw_lon
    point = from_wgs84(ticket.point, group.datum)
    return round(point.lat, 7), round(point.lon, 7)


def pictures(work: Work, ticket: Ticket, messages: list[str]) -> None:
    """Pictures that hang on these messages of the ticket's group, under its dispatch card."""
    group = work.ledger.squad_group(ticket.squad)
    shown = [m for m in messages if (row := work.ledger.message(ticket.group_id, m)) and (row.pictured or row.spoken)]
    if group is not None and shown:
        payload = {"from": ticket.group_id, "messages": shown, "under": "dispatch"}
        work.ledger.post(Post(PostKind.PHOTOS, Priority.UPDATE, work.now, group.id, None, ticket.id, None, payload))


def start_clock(work: Work, ticket: Ticket) -> None:
    """Set what becomes due while the ticket is open; of what should have been said by now only the last is, at once."""
    if ticket.deadline_at is None:
        return
    rule = work.rules.time.rule_of(ticket)
    time = work.rules.time
    moments = list(
        steps(ticket.deadline_at, work.now, rule, time.calendar_of(rule), lead=time.lead_at, bureau=time.bureau_at)
    )
    passed = sum(at <= work.now for _, at in moments)
    ticket.told = min(ticket.told, passed)
    stop_clock(work, ticket)
    for number, (kind, at) in enumerate(moments, 1):
        if at > work.now or ticket.told < number == passed:
            work.ledger.schedule(Job(f"{kind}:{ticket.id}", kind, max(at, work.now), ticket.id))


def stop_clock(work: Work, ticket: Ticket) -> None:
    """Nothing is due any more for this ticket's deadline."""
    work.ledger.cancel(*(f"{kind}:{ticket.id}" for kind in STEPS))
