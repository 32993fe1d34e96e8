"""Opens a ticket for what someone wants, or joins it to one in hand; gathers the pieces that belong to it."""

from dataclasses import replace
from datetime import timedelta

from ledger import life, merging, notices, placing, pointing, quiet
from ledger.pointing import POINTED
from ledger.subject import found_of, take_for
from ledger.work import Heard, Work
from models.reading import Act, Found, Step, Verdict
from models.rows import Event, Job, Link, Message, Person, Post, Ticket
from models.said import Point, Said, storable
from models.words import CardKind, PostKind, Priority
from reading.places import bare_number, named, numbers_of, put_right
from texts import sayings

WORDS_KEPT = 600
A_NAME = 20
"""Signs of an answer that is a place's name alone."""


def take(work: Work, heard: Heard, verdict: Verdict, *, asked: bool = False) -> list[Ticket]:
    """Open one ticket for each matter told of; the first is merged into the one that is the same thing."""
    opened = [_open(work, heard, verdict, part, asked=asked) for part in range(len(verdict.founds) or 1)]
    for part, ticket in enumerate(opened):
        same = _in_hand(work, verdict.same_as) if part == 0 else None
        if same is not None:
            merging.merge(work, ticket, same, None)
            continue
        merging.set_out(work, ticket)
        twin = _in_hand(work, verdict.perhaps) if part == 0 else None
        if twin is not None:
            ticket.perhaps = twin.id
            notices.ask_leads(work, ticket)
    return opened


def _in_hand(work: Work, number: int | None) -> Ticket | None:
    ticket = work.ledger.tickets.get(number) if number else None
    return None if ticket is None or ticket.ended else ticket


def _open(work: Work, heard: Heard, verdict: Verdict, part: int, *, asked: bool) -> Ticket:
    found, enough = verdict.founds[part] if verdict.founds else Found(), quiet.full(work, heard.group, heard.person)
    ticket = Ticket(
        work.ledger.counters.take("ticket"), heard.group.id, heard.said.id, heard.person.id, heard.said.at, work.now,
        part=part, asked=asked, squad=heard.group.squad, street=heard.group.street,
    )  # fmt: skip
    take_for(ticket, found)
    shop = work.ledger.shop_of(heard.person)
    known = work.rules.register.named(heard.said.text, shop.name if shop else None)
    ticket.party = ticket.party if found.plates else known or ticket.party
    work.ledger.open_ticket(ticket)
    work.ledger.add_reporter(ticket.id, heard.person.id)
    pieces = _gather(work, heard, ticket, verdict)
    ticket.words = " ".join(filter(None, (pointing.words(m.text) for m in pieces)))[:WORDS_KEPT]
    ticket.spans = [[message, storable(span)] for message, span in verdict.places]
    placing.settle(work, ticket, heard.person, verdict, _first_point(pieces, heard.said, verdict))
    ticket.squad = placing.beat(work, ticket)
    work.ledger.note(
        Event(ticket.id, work.now, "open", heard.person.id, None, ticket.status, {"why": list(verdict.why)[:12]})
    )
    if enough and not ticket.emergency:
        quiet.tally(work, heard, ticket)
    else:
        notices.show(work, ticket, CardKind.RECEIPT, heard.group, heard.said.id)
    return ticket


def _gather(work: Work, heard: Heard, ticket: Ticket, verdict: Verdict) -> list[Message]:
    """Tie the opening message and what came before it; give back their journal lines, in order."""
    pieces = []
    for message in (*verdict.gather, heard.said.id):
        row = work.ledger.message(heard.group.id, message)
        if row is not None:
            act = Act.OPENING if message == heard.said.id else Act.DETAIL
            work.ledger.tie(Link(ticket.id, heard.group.id, message, act))
            pieces.append(row)
    return pieces


def _first_point(pieces: list[Message], said: Said, verdict: Verdict) -> Point | None:
    """As it was given: the message's own, else the last one shown before it, else what the verdict brings."""
    return said.point or next((m.point for m in reversed(pieces) if m.point), None) or verdict.point


def reopen(work: Work, heard: Heard, ended: Ticket) -> list[Ticket]:
    """A matter that was closed is back: another ticket of the same matter at the same place."""
    found = replace(found_of(ended), urgent=False, emergency=None)
    back = next((t for t in work.ledger.tickets_in(heard.group.id) if t.recurs == ended.id and not t.ended), None)
    if back is not None:
        work.ledger.add_reporter(back.id, heard.person.id)
        life.jot(work, back, "join", heard.person)
        return [back]
    point = replace(ended.raw, radius=ended.radius, shown_by=ended.place_source) if ended.raw else None
    places = tuple((message, span) for message, span in ended.spans)
    verdict = Verdict(Step.OPEN, Act.OPENING, founds=(found,), places=places, point=point, why=(f"#{ended.id}",))
    opened = take(work, heard, verdict)
    for ticket in opened:
        ticket.place = ended.place or ticket.place
        ticket.recurs = ended.id
        for person in sorted(work.ledger.reporters_of(ended.id)):
            work.ledger.add_reporter(ticket.id, person)
        ticket.words = f"{ticket.words}（#{ended.id}：{ended.words}）"[:WORDS_KEPT]
    return opened


def add(work: Work, heard: Heard, ticket: Ticket, verdict: Verdict) -> None:
    """A pin, a picture, a voice note, a second thought, a chaser, thanks: it belongs to a ticket in hand."""
    told_in = _report(work, heard, ticket)
    for message in verdict.gather:
        work.ledger.tie(Link(told_in, heard.group.id, message, Act.DETAIL))
    work.ledger.tie(Link(told_in, heard.group.id, heard.said.id, verdict.act))
    ticket.last_at = work.now
    kept = [] if verdict.moved else ticket.spans
    ticket.spans = [*kept, *([m, storable(span)] for m, span in verdict.places)]
    ticket.party = ticket.party or verdict.party
    if heard.said.point:
        if told_in == ticket.id or ticket.place_source not in POINTED:
            placing.move(work, ticket, heard.person, verdict, heard.said.point)
        life.jot(work, ticket, "add", heard.person, **placing.shown(heard.said.point))
    if heard.said.pictured or heard.said.spoken:
        notices.pictures(work, ticket, [heard.said.id])
        life.jot(work, ticket, "photo", heard.person)
    if verdict.act is Act.CHASER:
        _chase(work, ticket, heard.person)
    elif verdict.act in {Act.DETAIL, Act.OPENING} and heard.said.text:
        _second_thought(work, ticket, heard.person, heard.said, verdict)


def _report(work: Work, heard: Heard, ticket: Ticket) -> int:
    """Which report of a matter a message belongs to: her own, or the one that it answers to."""
    answered = work.ledger.tickets_of(heard.group.id, heard.said.reply_to) if heard.said.reply_to else []
    merged = [t for t in work.ledger.merged_into(ticket.id) if t.reporter_id == heard.person.id or t.id in answered]
    return merged[0].id if merged else ticket.id


def _second_thought(work: Work, ticket: Ticket, person: Person, said: Said, verdict: Verdict) -> None:
    ticket.words = f"{ticket.words} {storable(said.text)}".strip()[:WORDS_KEPT]
    verdict = _answered(work, ticket, said, verdict)
    open_to = {"none", "shop", "gazetteer", "geocoder"} if said.reply_to else {"none", "shop"}
    verdict = _whole_place(ticket, said, verdict)
    better = any(named(span) for _, span in verdict.places) or (bool(verdict.places) and not named(ticket.place))
    hers = better and ticket.place_source in open_to and person.id == ticket.reporter_id
    first = all(message == said.id for message, _ in ticket.spans)
    if verdict.places and (verdict.moved or first) and ticket.place_source in POINTED:
        ticket.place = storable("，".join(span for _, span in verdict.places))[:200]
    elif (verdict.moved and verdict.places) or hers:
        placing.move(work, ticket, person, verdict, None)
    life.jot(work, ticket, "add", person)
    if life.held(ticket):
        notices.tell_squad(work, ticket, sayings.told_squad(ticket, person.name, said.text))


def _answered(work: Work, ticket: Ticket, said: Said, verdict: Verdict) -> Verdict:
    """Asked where it is, people answer with a name alone: 「邱记」."""
    if not ticket.placeless or verdict.places or len(said.text) > A_NAME or not work.rules.atlas.find(said.text):
        return verdict
    return replace(verdict, places=((said.id, said.text.strip()),))


def _whole_place(ticket: Ticket, said: Said, verdict: Verdict) -> Verdict:
    """「是81号」 puts the number right and keeps the road, 「是凤凰路」 the other way; 「32号」 completes a road."""
    told = "，".join(span for _, span in verdict.places)
    before = ticket.place if named(ticket.place) else (ticket.near or "") if ticket.place_source == "shop" else ""
    if not told or not before or not (verdict.moved or bare_number(told)):
        return verdict
    whole = put_right(before, told)
    completes = bare_number(told) and whole != told and not numbers_of(before)
    return replace(verdict, places=((said.id, whole),), moved=verdict.moved or completes)


def _chase(work: Work, ticket: Ticket, person: Person) -> None:
    ticket.chasers += 1
    life.jot(work, ticket, "chaser", person)
    if ticket.chased_at is None or work.now - ticket.chased_at >= timedelta(minutes=10):
        ticket.chased_at = work.now
        notices.tell_squad(work, ticket, sayings.chased(ticket, ticket.chasers))


def amend(work: Work, heard: Heard, row: Message, verdict: Verdict) -> None:
    """The words or the point of a message changed: its tickets follow; never a second ticket."""
    moved = heard.said.point is not None and (heard.said.point.lat, heard.said.point.lon) != (row.lat, row.lon)
    row.text, row.edited_at, row.line = storable(heard.said.whole)[:8000], work.now, None
    if heard.said.point:
        row.lat, row.lon, row.datum = heard.said.point.lat, heard.said.point.lon, heard.said.point.datum
        row.radius, row.shown_by = heard.said.point.radius, heard.said.point.shown_by
    for number in work.ledger.tickets_of(heard.group.id, heard.said.id):
        ticket = work.ledger.tickets.get(number)
        if ticket is None or ticket.ended:
            continue
        if moved and heard.said.point:
            placing.move(work, ticket, heard.person, verdict, heard.said.point)
            life.jot(work, ticket, "amend", heard.person, **placing.shown(heard.said.point))
        if ticket.opens == heard.said.id and heard.said.text:
            _reword(work, ticket, heard.person, heard.said, verdict)


def _reword(work: Work, ticket: Ticket, person: Person, said: Said, verdict: Verdict) -> None:
    before = ticket.words
    ticket.words = storable(said.text)[:WORDS_KEPT]
    if ticket.part < len(verdict.founds) and not life.held(ticket):
        _take_anew(work, ticket, verdict.founds[ticket.part])
    if verdict.places:
        ticket.spans = [[m, storable(span)] for m, span in verdict.places]
        if ticket.place_source not in POINTED:
            placing.move(work, ticket, person, verdict, None)
    life.jot(work, ticket, "amend", person, before=before)


def _take_anew(work: Work, ticket: Ticket, found: Found) -> None:
    """Another matter has another limit, from the beginning."""
    matter = ticket.matter
    take_for(ticket, found)
    if ticket.matter != matter and ticket.deadline_at is not None:
        work.rules.time.start(ticket, ticket.opened_at)
        notices.start_clock(work, ticket)


def ask(work: Work, heard: Heard, verdict: Verdict) -> None:
    """Ask the sender, once, whether a ticket is wanted; withdrawn when ignored."""
    if quiet.full(work, heard.group, heard.person):
        quiet.hush(work, heard, sayings.ASKS_NO_MORE)
        return
    key = f"question:{heard.group.id}:{heard.said.id}"
    found = verdict.founds[0] if verdict.founds else Found()
    wanted = Ticket(
        0, heard.group.id, heard.said.id, heard.person.id, heard.said.at, work.now,
        demand=found.demand, matter=found.matter,
    )  # fmt: skip
    words = sayings.question(heard.said.text, wanted, heard.said.id)
    payload = notices.payload_of(words, heard.group.language, reply_to=heard.said.id)
    work.ledger.post(Post(PostKind.ASK, Priority.DISPATCH, work.now, heard.group.id, None, None, key, payload))
    asked = {"group": heard.group.id, "message": heard.said.id, "person": heard.person.id}
    work.ledger.schedule(Job(key, "question", work.now + work.rules.pairing, None, asked))
