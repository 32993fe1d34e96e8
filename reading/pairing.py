"""What becomes of a message: puts the pieces of one person together, follows replies, keeps two matters apart."""

import re

from models.reading import Act, Found, InHand, Kinds, Line, Reading, Scene, Step, Verdict
from models.said import Said, Speaker
from models.words import ENDED, STAFF, Demand
from reading.following import (
    FOLLOW_AGE,
    TALK,
    TOLD,
    add,
    answers,
    follows,
    in_reply,
    is_half,
    new_danger,
    once_more,
    remarked,
    staff,
)
from reading.places import named
from reading.twins import elsewhere, twins

LIKELY = 0.5
PLAIN, ADDED = 0.95, 0.3
"""So heavy must the words be; of who says that there is one thing more."""
ADDS = re.compile("(?:[^，, 。]{0,3}[，, ])?(?:还有|对了|另外|再就是|顺便)")
BARE = 8
"""So few signs hold nothing beside 「又来了」."""


def judge(  # noqa: PLR0911, PLR0913 - one return a verdict
    said: Said, speaker: Speaker, reading: Reading, scene: Scene, kinds: Kinds, *, open_at: float, ask_at: float
) -> Verdict:
    """Decide. Pure: the same message, reading and scene always give the same verdict."""
    replied = _replied(said, scene)
    if speaker.role in STAFF:
        return staff(said, speaker, reading, scene, replied, part=kinds.part >= LIKELY)
    mine = _mine(speaker, scene)
    likely = kinds.opening >= open_at and not (mine and _asks_after(reading, kinds))
    opens = not said.forwarded and (likely or _pressing(reading) or _other(said, reading, kinds, mine))
    opens = opens and not (_only_where(reading) or _says_nothing(said, reading))
    if replied is not None:
        verdict = in_reply(said, speaker, reading, scene, replied, opens=opens)
        if verdict is not None:
            return verdict
    if not said.text.strip():
        return _wordless(said, speaker, scene, mine)
    settled = _settled(said, speaker, reading, scene, mine, opens=opens)
    if settled is not None:
        return settled
    follow = follows(said, speaker, reading, mine, scene, part=kinds.part >= LIKELY)
    if follow is not None:
        return follow
    answer = answers(said, speaker, reading, scene) if kinds.part >= LIKELY else None
    if answer is not None:
        return answer
    if kinds.opening >= ask_at and reading.founds and not said.forwarded and not _only_where(reading):
        return opening(said, speaker, reading, scene, step=Step.ASK)
    if reading.act is Act.HALF:
        return Verdict(Step.WAIT, Act.HALF)
    return TALK


def _settled(  # noqa: PLR0913 - what was found so far
    said: Said, speaker: Speaker, reading: Reading, scene: Scene, mine: list[InHand], *, opens: bool
) -> Verdict | None:
    """What needs no weighing: a remark on a matter told before, the same told again, or an opening."""
    remark = remarked(said, reading, mine, scene, opens=opens)
    if remark is not None or not opens:
        return remark
    again = _repeats(said, reading, mine)
    return add(said, reading, again, once_more(reading, again)) if again else opening(said, speaker, reading, scene)


def _pressing(reading: Reading) -> bool:
    """Somebody may be in danger: rather one ticket too many."""
    found = reading.found
    return found is not None and found.emergency is not None and reading.score >= TOLD


def _other(said: Said, reading: Reading, kinds: Kinds, mine: list[InHand]) -> bool:
    """Taken for a part of a ticket, but none of hers is of that matter, and it tells of it plainly, or as one more."""
    found, plain = reading.found, ADDED if mine and ADDS.match(said.text) else PLAIN
    if found is None or found.matter is None or reading.score < plain or kinds.talk >= LIKELY:
        return False
    return all(found.matter not in {ticket.found.matter, *ticket.found.also} for ticket in mine)


def _only_where(reading: Reading) -> bool:
    """A place or a thing, and not a word of what is wrong there: it waits for the rest."""
    return reading.act is Act.HALF and bool(reading.places or reading.topic)


def _says_nothing(said: Said, reading: Reading) -> bool:
    """「又来了」 of somebody who told of nothing: neither what nor where; she may be asked."""
    bare = reading.topic is None and not reading.places and len(said.text) <= BARE
    return bare and reading.act in {Act.CHASER, Act.DISPUTE}


def _asks_after(reading: Reading, kinds: Kinds) -> bool:
    """「没解决，又来了」: no matter is named, and it is likelier a part of what she told before."""
    return reading.act in {Act.CHASER, Act.DISPUTE} and reading.topic is None and kinds.part >= LIKELY


def _replied(said: Said, scene: Scene) -> Line | None:
    return next((line for line in scene.lines if line.id == said.reply_to), None) if said.reply_to else None


def _mine(speaker: Speaker, scene: Scene) -> list[InHand]:
    """Her tickets, the one talked of last first."""
    mine = [ticket for ticket in scene.tickets if speaker.id in ticket.reporters]
    return sorted(mine, key=lambda ticket: ticket.last_at, reverse=True)


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


def opening(said: Said, speaker: Speaker, reading: Reading, scene: Scene, step: Step = Step.OPEN) -> Verdict:
    """The ticket that a message opens, with her halves before it, and whose it repeats."""
    halves = [line for line in scene.lines if is_half(line, said, speaker, scene.patience)]
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


def _repeats(said: Said, reading: Reading, mine: list[InHand]) -> InHand | None:
    """The same person says the same thing in other words: no second ticket."""
    found = reading.found
    for ticket in mine:
        if ticket.status in ENDED or found is None or new_danger(reading, ticket):
            continue
        alike = found.matter is None or found.matter == ticket.found.matter or found.matter in ticket.found.also
        if alike and said.at - ticket.last_at <= FOLLOW_AGE and not elsewhere(reading, ticket):
            return ticket
    return None
