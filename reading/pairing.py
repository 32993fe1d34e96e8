"""What becomes of a message: puts the pieces of one person together, follows replies, keeps two matters apart."""

from dataclasses import replace
from datetime import timedelta

from models.reading import Act, Found, InHand, Kinds, Line, Reading, Remark, Scene, Step, Verdict
from models.said import Said, Speaker
from models.words import ENDED, STAFF, Demand, Status
from reading.places import named
from reading.twins import twins

FOLLOW_AGE = timedelta(minutes=20)
DETAIL_AGE = timedelta(minutes=120)
CHASE_AGE = timedelta(days=3)
ANSWER_AGE = timedelta(minutes=20)
STAFF_AGE = timedelta(minutes=90)
LIKELY = 0.5
PLAIN = 0.95
TOLD = 0.5
"""A line whose words weigh so much tells of something."""
REMARKS = {Remark.GONE: Act.GONE, Remark.NOTHING: Act.NOTHING}
REMARK_AGES = {Remark.GONE: DETAIL_AGE, Remark.NOTHING: FOLLOW_AGE}
FOREVER = timedelta.max
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
    settled = _settled(said, speaker, reading, scene, mine, opens=opens)
    if settled is not None:
        return settled
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


def _settled(  # noqa: PLR0913 - what was found so far
    said: Said, speaker: Speaker, reading: Reading, scene: Scene, mine: list[InHand], *, opens: bool
) -> Verdict | None:
    """What needs no weighing: a remark on a matter told before, the same told again, or an opening."""
    remarked = _remarked(said, reading, mine, scene, opens=opens)
    if remarked is not None or not opens:
        return remarked
    again = _repeats(said, reading, mine)
    return _add(said, reading, again, Act.DETAIL) if again else _open(said, speaker, reading, scene)


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
            return replace(_add(said, reading, ticket, _own_act(reading)), moved=reading.remark is Remark.MOVED)
        return None if opens else _by_another(said, speaker, reading, ticket)
    if said.point and replied.speaker.id != speaker.id and replied.reading.score >= TOLD:
        return Verdict(Step.WAIT, Act.HALF)
    return None


def _own_act(reading: Reading) -> Act:
    """What she says in reply to her own matter."""
    if reading.remark in REMARKS:
        return REMARKS[reading.remark]
    return reading.act if reading.act in {Act.CHASER, Act.THANKS, Act.DISPUTE} else Act.DETAIL


def _by_another(said: Said, speaker: Speaker, reading: Reading, ticket: InHand) -> Verdict:
    """What another says in reply to it: a pin, a picture or the right place help; a worker may have done it."""
    meant = reading.remark in {Remark.MEANT, Remark.MOVED}
    if said.point or said.pictured or meant:
        return replace(_add(said, reading, ticket, Act.DETAIL), moved=meant)
    done = reading.act in STAFF_ACTS and speaker.role == "worker"
    return _add(said, reading, ticket, reading.act if done else Act.ANSWER)


def _remarked(said: Said, reading: Reading, mine: list[InHand], scene: Scene, *, opens: bool) -> Verdict | None:
    """A remark about a matter told before finds its ticket: her own of late, or the one that is just talked of."""
    live = next((ticket for ticket in mine if ticket.status not in ENDED), None)
    quiet = said.at - live.last_at if live is not None else FOREVER
    match reading.remark:
        case Remark.GONE | Remark.NOTHING if live is not None and not opens and quiet <= REMARK_AGES[reading.remark]:
            return _add(said, reading, live, REMARKS[reading.remark])
        case Remark.MOVED if live is not None and quiet <= DETAIL_AGE:
            return replace(_add(said, reading, live, Act.DETAIL), moved=True)
        case Remark.MEANT if (other := _talked_of(said, scene)) is not None:
            return replace(_add(said, reading, other, Act.DETAIL), moved=True)
        case Remark.AGAIN:
            return _again(said, reading, mine, opens=opens)
        case _:
            return None


def _again(said: Said, reading: Reading, mine: list[InHand], *, opens: bool) -> Verdict | None:
    """「就是上次那个」: one in hand is asked after, an ended one is back; what says enough alone is a new ticket."""
    recent = [ticket for ticket in mine if said.at - ticket.last_at <= CHASE_AGE]
    same = [ticket for ticket in recent if reading.found and ticket.found.matter == reading.found.matter]
    ticket = next(iter(same or ([] if opens else recent)), None)
    if ticket is None or (opens and ticket.status in ENDED):
        return None
    return _add(said, reading, ticket, Act.DISPUTE if ticket.status in ENDED else Act.CHASER)


def _talked_of(said: Said, scene: Scene) -> InHand | None:
    """The ticket that the group talks of just now."""
    live = [t for t in scene.tickets if t.status not in ENDED and said.at - t.last_at <= ANSWER_AGE]
    return max(live, key=lambda ticket: ticket.last_at, default=None) if not said.forwarded else None


def _answers(said: Said, reading: Reading, scene: Scene) -> Verdict | None:
    """Another member's word on what is just talked of: it is kept with it, and moves nothing."""
    ticket = _talked_of(said, scene)
    return _add(said, reading, ticket, Act.ANSWER) if ticket else None


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
    told = twins(said, speaker, reading, scene, point)
    return Verdict(
        step, Act.OPENING, founds=reading.founds or (Found(),), gather=pieces, places=spots, own_place=own, point=point,
        same_as=told.same.id if told.same else None, perhaps=told.perhaps.id if told.perhaps else None, why=reading.why,
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
