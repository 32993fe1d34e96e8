"""What belongs to a ticket in hand: officers' words, replies, remarks, answers, and what its reporter says next."""

from dataclasses import replace
from datetime import timedelta

from models.reading import Act, InHand, Line, Reading, Remark, Scene, Step, Verdict
from models.said import Said, Speaker
from models.words import ENDED, Status
from reading.places import spans
from reading.twins import elsewhere

FOLLOW_AGE = timedelta(minutes=20)
DETAIL_AGE = timedelta(minutes=120)
CHASE_AGE = timedelta(days=3)
ANSWER_AGE = timedelta(minutes=20)
STAFF_AGE = timedelta(minutes=90)
TOLD = 0.5
"""A line whose words weigh so much tells of something."""
REMARKS = {Remark.GONE: Act.GONE, Remark.NOTHING: Act.NOTHING}
REMARK_AGES = {Remark.GONE: DETAIL_AGE, Remark.NOTHING: FOLLOW_AGE}
MIDST = timedelta(minutes=3)
"""So soon after others' words thanks may be theirs."""
FOREVER = timedelta.max
FREE = {Status.OPENED, Status.DISPATCHED}
"""Nobody has it in hand."""
STAFF_ACTS = {Act.TAKING, Act.ARRIVING, Act.DONE}
TALK = Verdict(Step.TALK)


def _ticket(scene: Scene, number: int) -> InHand | None:
    return next((ticket for ticket in scene.tickets if ticket.id == number), None)


def add(said: Said, reading: Reading, ticket: InHand, act: Act, gather: tuple[str, ...] = ()) -> Verdict:
    """What a message adds to a ticket, and as what."""
    tells = act in {Act.DETAIL, Act.OPENING}
    spots = tuple((said.id, place) for place in reading.places) if tells else ()
    found = reading.found
    return Verdict(
        Step.ADD, act, ticket.id, gather=gather, places=spots, party=found.party if found and tells else None
    )


def new_danger(reading: Reading, ticket: InHand) -> bool:
    """Danger that the ticket knows nothing of is another matter, and has its own answer: which number to call first."""
    danger = reading.found.emergency if reading.found else None
    return danger is not None and danger != ticket.found.emergency


def is_half(line: Line, said: Said, speaker: Speaker, patience: timedelta) -> bool:
    """Her own pieces of the last minutes that belong to nothing yet."""
    if line.speaker.id != speaker.id or line.tickets or said.at - line.at > patience:
        return False
    bare = not line.text.strip() and (line.point is not None or line.pictured or line.spoken)
    return bare or line.reading.act is Act.HALF


# --- officers ------------------------------------------------------------------------------------------------------


def staff(  # noqa: PLR0913 - what was found so far
    said: Said, speaker: Speaker, reading: Reading, scene: Scene, replied: Line | None, *, part: bool
) -> Verdict:
    """An officer speaks: what he took, reached or did, by reply or of the ticket at hand."""
    act = reading.act if reading.act in STAFF_ACTS else Act.ANSWER
    if replied is not None and replied.tickets:
        ticket = _ticket(scene, replied.tickets[0])
        return add(said, reading, ticket, act) if ticket else TALK
    if said.forwarded or len(said.text) > 60:  # noqa: PLR2004 - announcements are long
        return TALK
    ticket = _at_hand(said, speaker, scene)
    if ticket is None:
        return TALK
    if said.text.strip() and part:
        return add(said, reading, ticket, act)
    if not said.text.strip() and (said.pictured or said.point) and ticket.officer == speaker.id:
        return add(said, reading, ticket, Act.DONE if said.pictured else Act.DETAIL)
    return TALK


def _at_hand(said: Said, speaker: Speaker, scene: Scene) -> InHand | None:
    """The ticket an officer means without naming it: his own in hand, or the newest that nobody answered."""
    live = [t for t in scene.tickets if t.status not in {*ENDED, Status.RESOLVED} and said.at - t.last_at <= STAFF_AGE]
    own = [t for t in live if t.officer == speaker.id]
    free = [t for t in live if t.officer is None]
    pool = own or free
    return max(pool, key=lambda ticket: ticket.last_at) if pool else None


# --- replies -------------------------------------------------------------------------------------------------------


def in_reply(  # noqa: PLR0913 - one return a verdict
    said: Said, speaker: Speaker, reading: Reading, scene: Scene, replied: Line, *, opens: bool
) -> Verdict | None:
    """A reply to anything of a ticket belongs to it; None where it says enough to stand alone."""
    ticket = _ticket(scene, replied.tickets[0]) if replied.tickets else None
    if ticket is not None:
        if speaker.id in ticket.reporters and not (opens and new_danger(reading, ticket)):
            act = _own_act(said, reading, ticket, scene)
            return replace(add(said, reading, ticket, act), moved=reading.remark is Remark.MOVED)
        return None if opens else _by_another(said, speaker, reading, ticket)
    if said.point and replied.speaker.id != speaker.id and replied.reading.score >= TOLD:
        return Verdict(Step.WAIT, Act.HALF)
    return None


def _own_act(said: Said, reading: Reading, ticket: InHand, scene: Scene) -> Act:
    """What she says in reply to her own matter."""
    if reading.remark in REMARKS:
        return REMARKS[reading.remark]
    if reading.act is Act.THANKS:
        return _thanks(said, reading, ticket, scene)
    return reading.act if reading.act in {Act.CHASER, Act.DISPUTE} else Act.DETAIL


def _thanks(said: Said, reading: Reading, ticket: InHand, scene: Scene) -> Act:
    """Thanks alone, long after the receipt and to nobody who has just spoken, are for what is over."""
    late = said.at - ticket.opened_at > scene.patience
    if reading.remark is not Remark.THANKED or ticket.status not in FREE or not late:
        return Act.THANKS
    others = (line for line in scene.lines if line.speaker.id != said.sender and line.speaker.role != "bot")
    answered = any(
        said.at - line.at <= (scene.patience if ticket.id in line.tickets else MIDST) or line.id == said.reply_to
        for line in others
    )
    return Act.THANKS if answered else Act.GONE


def _by_another(said: Said, speaker: Speaker, reading: Reading, ticket: InHand) -> Verdict:
    """What another says in reply to it: a pin, a picture or the right place help; a worker may have done it."""
    meant = reading.remark in {Remark.MEANT, Remark.MOVED}
    if said.point or said.pictured or meant:
        return replace(add(said, reading, ticket, Act.DETAIL), moved=meant)
    done = reading.act in STAFF_ACTS and speaker.role == "worker"
    return add(said, reading, ticket, reading.act if done else Act.ANSWER)


def remarked(said: Said, reading: Reading, mine: list[InHand], scene: Scene, *, opens: bool) -> Verdict | None:
    """A remark about a matter told before finds its ticket: her own of late, or the one that is just talked of."""
    live = _meant(reading, [ticket for ticket in mine if ticket.status not in ENDED])
    quiet = said.at - live.last_at if live is not None else FOREVER
    match reading.remark:
        case Remark.GONE | Remark.NOTHING if live is not None and not opens and quiet <= REMARK_AGES[reading.remark]:
            return add(said, reading, live, REMARKS[reading.remark])
        case Remark.MOVED if (meant := _put_right(said, reading, mine)) is not None:
            return replace(add(said, reading, meant, Act.DETAIL), moved=True)
        case Remark.MEANT if (other := _talked_of(said, scene)) is not None:
            return replace(add(said, reading, other, Act.DETAIL), moved=True)
        case Remark.AGAIN:
            return _again(said, reading, mine, opens=opens)
        case _:
            return None


def _meant(reading: Reading, live: list[InHand]) -> InHand | None:
    """Of several the one whose matter her words name, else the last talked of."""
    told = (t for t in live if reading.topic and reading.topic in {t.found.matter, *t.found.also})
    return next(told, None) or next(iter(live), None)


def _put_right(said: Said, reading: Reading, mine: list[InHand]) -> InHand | None:
    """Her ticket that bears what she takes back, else the last she told of."""
    live = [ticket for ticket in mine if ticket.status not in ENDED and said.at - ticket.last_at <= DETAIL_AGE]
    wrong = [reading.wrong[a:b] for a, b in spans(reading.wrong)] or [reading.wrong]
    bearing = (t for t in live if reading.wrong and any(one in t.place or one in t.words for one in wrong))
    return next(bearing, next(iter(live), None))


def _again(said: Said, reading: Reading, mine: list[InHand], *, opens: bool) -> Verdict | None:
    """「就是上次那个」: one in hand is asked after, an ended one is back; what says enough alone is a new ticket."""
    recent = [ticket for ticket in mine if said.at - ticket.last_at <= CHASE_AGE]
    same = [ticket for ticket in recent if reading.found and ticket.found.matter == reading.found.matter]
    ticket = next(iter(same or ([] if opens else recent)), None)
    if ticket is None or (opens and ticket.status in ENDED):
        return None
    return add(said, reading, ticket, Act.DISPUTE if ticket.status in ENDED else Act.CHASER)


def _talked_of(said: Said, scene: Scene) -> InHand | None:
    """The ticket that the group talks of just now."""
    live = [t for t in scene.tickets if t.status not in ENDED and said.at - t.last_at <= ANSWER_AGE]
    return max(live, key=lambda ticket: ticket.last_at, default=None) if not said.forwarded else None


def _other_matter(reading: Reading, ticket: InHand) -> bool:
    """It tells of something, and of something else than the ticket is about."""
    found = reading.found
    if found is None or found.matter is None or reading.score < TOLD or ticket.found.matter is None:
        return False
    return found.matter != ticket.found.matter and found.matter not in ticket.found.also


def answers(said: Said, speaker: Speaker, reading: Reading, scene: Scene) -> Verdict | None:
    """Another member's word on what is just talked of: it is kept with it, and moves nothing.

    Who has just shown where it is goes on telling where.
    """
    ticket = _talked_of(said, scene)
    if ticket is None or _other_matter(reading, ticket) or _of_her_own(said, speaker, reading, ticket, scene):
        return None
    last = next((line for line in reversed(scene.lines) if line.speaker.id == speaker.id), None)
    shows = last is not None and last.point is not None and ticket.id in last.tickets
    return add(said, reading, ticket, Act.DETAIL if shows else Act.ANSWER)


def _of_her_own(said: Said, speaker: Speaker, reading: Reading, ticket: InHand, scene: Scene) -> bool:
    """She has begun to tell of something herself, names another matter or another place, or begins by a half."""
    if any(is_half(line, said, speaker, MIDST) for line in scene.lines):
        return True
    spoke = any(line.speaker.id == speaker.id and ticket.id in line.tickets for line in scene.lines)
    return (reading.act is Act.HALF and not spoke) or elsewhere(reading, ticket)


# --- what follows --------------------------------------------------------------------------------------------------


def once_more(reading: Reading, ticket: InHand) -> Act:
    """What the same complaint says again: more of what is open; of what was said to be done, that it is not."""
    return Act.DISPUTE if ticket.status is Status.RESOLVED and reading.score >= TOLD else Act.DETAIL


def follows(  # noqa: PLR0913 - what was found so far
    said: Said, speaker: Speaker, reading: Reading, mine: list[InHand], scene: Scene, *, part: bool
) -> Verdict | None:
    """Her own next words on her last ticket: asking after it, not solved, thanks, or more of it."""
    if not mine:
        return None
    ticket = mine[0]
    quiet = said.at - ticket.last_at
    if reading.act is Act.CHASER and quiet <= CHASE_AGE and ticket.status not in ENDED:
        return add(said, reading, ticket, Act.CHASER)
    if reading.act is Act.DISPUTE and quiet <= CHASE_AGE:
        return add(said, reading, ticket, Act.DISPUTE)
    if reading.act is Act.THANKS and quiet <= FOLLOW_AGE * 6:
        return add(said, reading, ticket, _thanks(said, reading, ticket, scene))
    if part and quiet <= DETAIL_AGE and ticket.status not in ENDED:
        gather = tuple(line.id for line in scene.lines if is_half(line, said, speaker, scene.patience))
        return add(said, reading, ticket, once_more(reading, ticket), gather)
    return None
