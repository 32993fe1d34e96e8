"""What becomes of a message: puts the pieces of one person together, follows replies, keeps two matters apart."""

from datetime import timedelta

from models.metres import metres
from models.reading import Act, Found, InHand, Kinds, Line, Reading, Scene, Step, Verdict
from models.said import Point, Said, Speaker
from models.words import ENDED, STAFF, Demand, Status
from reading.places import named, names_of, numbers_of

FOLLOW_AGE = timedelta(minutes=20)
DETAIL_AGE = timedelta(minutes=120)
CHASE_AGE = timedelta(days=3)
SAME_AGE = timedelta(hours=12)
ANSWER_AGE = timedelta(minutes=20)
STAFF_AGE = timedelta(minutes=90)
TOGETHER_AGE = timedelta(minutes=20)
NEAR_METRES = 150
LIKELY = 0.5
PLAIN = 0.95
TOLD = 0.5
"""A line whose words weigh so much tells of something."""
STAFF_ACTS = {Act.TAKING, Act.ARRIVING, Act.DONE}
TALK = Verdict(Step.TALK)


def judge(  # noqa: PLR0911, PLR0913 - one return a verdict
    said: Said, speaker: Speaker, reading: Reading, scene: Scene, kinds: Kinds, *, open_at: float, ask_at: float
) -> Verdict:
    """Decide. Pure: the same message, reading and scene always give the same verdict."""
    replied = _replied(said, scene)
    if speaker.role in STAFF:
        return _staff(said, speaker, reading, scene, replied, part=kinds.part >= LIKELY)
    mine = _mine(speaker, scene)
    opens = not said.forwarded and (kinds.opening >= open_at or _pressing(reading) or _other(reading, kinds, mine))
    if replied is not None:
        verdict = _in_reply(said, speaker, reading, scene, replied, opens=opens)
        if verdict is not None:
            return verdict
    if not said.text.strip():
        return _wordless(said, speaker, scene, mine)
    if opens:
        again = _repeats(said, reading, mine)
        return _add(said, reading, again, Act.DETAIL) if again else _open(said, speaker, reading, scene)
    follow = _follows(said, speaker, reading, mine, scene, part=kinds.part >= LIKELY)
    if follow is not None:
        return follow
    answer = _answers(said, reading, scene) if kinds.part >= LIKELY else None
    if answer is not None:
        return answer
    if kinds.opening >= ask_at and reading.founds and not said.forwarded:
        return _open(said, speaker, reading, scene, step=Step.ASK)
    if reading.act is Act.HALF:
        return Verdict(Step.WAIT, Act.HALF)
    return TALK


def _pressing(reading: Reading) -> bool:
    """Somebody may be in danger: rather one ticket too many."""
    found = reading.found
    return found is not None and found.emergency is not None and reading.score >= TOLD


def _other(reading: Reading, kinds: Kinds, mine: list[InHand]) -> bool:
    """Taken for a part of a ticket, but none of hers is of that matter, and it tells of it as plainly as can be."""
    found = reading.found
    if found is None or found.matter is None or reading.score < PLAIN or kinds.talk >= LIKELY:
        return False
    return all(found.matter not in {ticket.found.matter, *ticket.found.also} for ticket in mine)


def _replied(said: Said, scene: Scene) -> Line | None:
    return next((line for line in scene.lines if line.id == said.reply_to), None) if said.reply_to else None


def _ticket(scene: Scene, number: int) -> InHand | None:
    return next((ticket for ticket in scene.tickets if ticket.id == number), None)


def _mine(speaker: Speaker, scene: Scene) -> list[InHand]:
    """Her tickets, the one talked of last first."""
    mine = [ticket for ticket in scene.tickets if speaker.id in ticket.reporters]
    return sorted(mine, key=lambda ticket: ticket.last_at, reverse=True)


def _add(said: Said, reading: Reading, ticket: InHand, act: Act, gather: tuple[str, ...] = ()) -> Verdict:
    tells = act in {Act.DETAIL, Act.OPENING}
    spots = tuple((said.id, place) for place in reading.places) if tells else ()
    found = reading.found
    return Verdict(
        Step.ADD, act, ticket.id, gather=gather, places=spots, party=found.party if found and tells else None
    )


# --- officers ------------------------------------------------------------------------------------------------------


def _staff(  # noqa: PLR0913 - what was found so far
    said: Said, speaker: Speaker, reading: Reading, scene: Scene, replied: Line | None, *, part: bool
) -> Verdict:
    act = reading.act if reading.act in STAFF_ACTS else Act.ANSWER
    if replied is not None and replied.tickets:
        ticket = _ticket(scene, replied.tickets[0])
        return _add(said, reading, ticket, act) if ticket else TALK
    if said.forwarded or len(said.text) > 60:  # noqa: PLR2004 - announcements are long
        return TALK
    ticket = _at_hand(said, speaker, scene)
    if ticket is None:
        return TALK
    if said.text.strip() and part:
        return _add(said, reading, ticket, act)
    if not said.text.strip() and (said.pictured or said.point) and ticket.officer == speaker.id:
        return _add(said, reading, ticket, Act.DONE if said.pictured else Act.DETAIL)
    return TALK


def _at_hand(said: Said, speaker: Speaker, scene: Scene) -> InHand | None:
    """The ticket an officer means without naming it: his own in hand, or the newest that nobody answered."""
    live = [t for t in scene.tickets if t.status not in {*ENDED, Status.RESOLVED} and said.at - t.last_at <= STAFF_AGE]
    own = [t for t in live if t.officer == speaker.id]
    free = [t for t in live if t.officer is None]
    pool = own or free
    return max(pool, key=lambda ticket: ticket.last_at) if pool else None


# --- replies -------------------------------------------------------------------------------------------------------


def _in_reply(  # noqa: PLR0913 - one return a verdict
    said: Said, speaker: Speaker, reading: Reading, scene: Scene, replied: Line, *, opens: bool
) -> Verdict | None:
    ticket = _ticket(scene, replied.tickets[0]) if replied.tickets else None
    if ticket is not None:
        if speaker.id in ticket.reporters:
            act = reading.act if reading.act in {Act.CHASER, Act.THANKS, Act.DISPUTE} else Act.DETAIL
            return _add(said, reading, ticket, act)
        if opens:
            return None
        if said.point or said.pictured:
            return _add(said, reading, ticket, Act.DETAIL)
        return _add(
            said, reading, ticket, reading.act if reading.act in STAFF_ACTS and speaker.role == "worker" else Act.ANSWER
        )
    if said.point and replied.speaker.id != speaker.id and replied.reading.score >= TOLD:
        return Verdict(Step.WAIT, Act.HALF)
    return None


def _answers(said: Said, reading: Reading, scene: Scene) -> Verdict | None:
    """Another member's word on what is just talked of: it is kept with it, and moves nothing."""
    live = [t for t in scene.tickets if t.status not in ENDED and said.at - t.last_at <= ANSWER_AGE]
    if not live or said.forwarded:
        return None
    return _add(said, reading, max(live, key=lambda ticket: ticket.last_at), Act.ANSWER)


# --- pieces without words ------------------------------------------------------------------------------------------


def _wordless(said: Said, speaker: Speaker, scene: Scene, mine: list[InHand]) -> Verdict:
    """A pin, a picture or a voice note alone: to her ticket of a moment ago, else it waits."""
    if not (said.point or said.pictured or said.spoken):
        return TALK
    fresh = [t for t in mine if t.status not in ENDED and said.at - t.last_at <= FOLLOW_AGE]
    latest = _last_of(speaker, scene)
    if fresh and (latest is None or latest.tickets or said.at - latest.at > scene.patience):
        if said.point and fresh[0].pinned and said.at - fresh[0].opened_at > scene.patience:
            return Verdict(Step.WAIT, Act.HALF)
        return Verdict(Step.ADD, Act.DETAIL, fresh[0].id)
    return Verdict(Step.WAIT, Act.HALF)


def _last_of(speaker: Speaker, scene: Scene) -> Line | None:
    return next((line for line in reversed(scene.lines) if line.speaker.id == speaker.id), None)


# --- openings ------------------------------------------------------------------------------------------------------


def _open(said: Said, speaker: Speaker, reading: Reading, scene: Scene, step: Step = Step.OPEN) -> Verdict:
    halves = [line for line in scene.lines if _is_half(line, said, speaker, scene.patience)]
    pieces = tuple(line.id for line in halves)
    spots = tuple((line.id, place) for line in halves for place in line.reading.places)
    spots += tuple((said.id, place) for place in reading.places)
    point = said.point or next((line.point for line in reversed(halves) if line.point), None)
    own = point is None and only_her_own(reading, spots)
    same = _same(said, speaker, reading, scene, point)
    return Verdict(
        step, Act.OPENING, founds=reading.founds or (Found(),), gather=pieces, places=spots, own_place=own, point=point,
        same_as=same.id if same else None, why=reading.why,
    )  # fmt: skip


def only_her_own(reading: Reading, spots: tuple[tuple[str, str], ...]) -> bool:
    """True where only her own shop says where: no place has a name, and she does not just ask or wish."""
    asks = reading.found is not None and reading.found.demand in {Demand.INQUIRY, Demand.SUGGESTION}
    return not any(named(place) for _, place in spots) and bool(spots or not asks)


def _is_half(line: Line, said: Said, speaker: Speaker, patience: timedelta) -> bool:
    """Her own pieces of the last minutes that belong to nothing yet."""
    if line.speaker.id != speaker.id or line.tickets or said.at - line.at > patience:
        return False
    bare = not line.text.strip() and (line.point is not None or line.pictured or line.spoken)
    return bare or line.reading.act is Act.HALF


def _repeats(said: Said, reading: Reading, mine: list[InHand]) -> InHand | None:
    """The same person says the same thing in other words: no second ticket."""
    found = reading.found
    for ticket in mine:
        if ticket.status in ENDED or found is None:
            continue
        alike = found.matter is None or found.matter == ticket.found.matter or found.matter in ticket.found.also
        if alike and said.at - ticket.last_at <= FOLLOW_AGE:
            return ticket
    return None


def _same(said: Said, speaker: Speaker, reading: Reading, scene: Scene, point: Point | None) -> InHand | None:
    """Another person's open ticket that is the same thing: matter and place, or matter and moment."""
    found = reading.found
    if found is None:
        return None
    for ticket in reversed(scene.tickets):
        if ticket.status in ENDED or ticket.status is Status.RESOLVED or speaker.id in ticket.reporters:
            continue
        if said.at - ticket.opened_at > SAME_AGE or not _one_matter(found, ticket.found):
            continue
        if found.party and found.party == ticket.found.party:
            return ticket
        exact = found.matter == ticket.found.matter
        together = exact and said.at - ticket.last_at <= TOGETHER_AGE
        if _one_place(speaker, reading, ticket, point, exact=exact, together=together):
            return ticket
    return None


def _one_matter(new: Found, old: Found) -> bool:
    """The same code, or the other's second choice; of other departments' business, the same words decide by place."""
    if new.matter is None or old.matter is None:
        return new.matter == old.matter and new.elsewhere and old.elsewhere
    return new.matter == old.matter or new.matter in old.also[:1] or old.matter in new.also[:1]


def _one_place(  # noqa: PLR0913 - what was found so far
    speaker: Speaker, reading: Reading, ticket: InHand, point: Point | None, *, exact: bool, together: bool
) -> bool:
    """Near by, or of one name; told of in the same minutes, one of them without a place is enough."""
    mine = " ".join(place for place in reading.places if named(place))
    theirs = ticket.place if named(ticket.place) else ""
    here = point or (speaker.point if not mine else None)
    if here is not None and ticket.point is not None:
        near = metres(here, ticket.point) <= NEAR_METRES
        if near or not ticket.worded:
            return exact and near
    if mine and theirs:
        apart = numbers_of(mine) and numbers_of(theirs) and not numbers_of(mine) & numbers_of(theirs)
        return bool(names_of(mine) & names_of(theirs)) and not apart
    return together


# --- what follows --------------------------------------------------------------------------------------------------


def _follows(  # noqa: PLR0913 - what was found so far
    said: Said, speaker: Speaker, reading: Reading, mine: list[InHand], scene: Scene, *, part: bool
) -> Verdict | None:
    if not mine:
        return None
    ticket = mine[0]
    quiet = said.at - ticket.last_at
    if reading.act is Act.CHASER and quiet <= CHASE_AGE and ticket.status not in ENDED:
        return _add(said, reading, ticket, Act.CHASER)
    if reading.act is Act.DISPUTE and quiet <= CHASE_AGE:
        return _add(said, reading, ticket, Act.DISPUTE)
    if reading.act is Act.THANKS and quiet <= FOLLOW_AGE * 6:
        return _add(said, reading, ticket, Act.THANKS)
    if part and quiet <= DETAIL_AGE and ticket.status not in ENDED:
        gather = tuple(line.id for line in scene.lines if _is_half(line, said, speaker, scene.patience))
        return _add(said, reading, ticket, Act.DETAIL, gather)
    return None
