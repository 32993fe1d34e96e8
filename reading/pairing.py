"""What becomes of a message: puts the pieces of one person together, follows replies, keeps two matters apart."""

from datetime import timedelta

from models.metres import metres
from models.reading import Act, Found, InHand, Line, Reading, Scene, Step, Verdict
from models.said import Said, Speaker
from models.words import ENDED, Status

FOLLOW_AGE = timedelta(minutes=20)
DETAIL_AGE = timedelta(minutes=8)
CHASE_AGE = timedelta(days=3)
SAME_AGE = timedelta(hours=12)
STAFF_AGE = timedelta(minutes=90)
NEAR_METRES = 150
VAGUE = 2
"""So few signs name no place."""
STAFF = {"officer", "lead", "admin"}
STAFF_ACTS = {Act.TAKING, Act.ARRIVING, Act.DONE}
TALK = Verdict(Step.TALK)


def judge(said: Said, speaker: Speaker, reading: Reading, scene: Scene, *, open_at: float, ask_at: float) -> Verdict:  # noqa: PLR0911, PLR0913 - one return a verdict
    """Decide. Pure: the same message, reading and scene always give the same verdict."""
    replied = _replied(said, scene)
    if speaker.role in STAFF:
        return _staff(said, speaker, reading, scene, replied)
    if replied is not None:
        verdict = _in_reply(said, speaker, reading, scene, replied, open_at)
        if verdict is not None:
            return verdict
    mine = _mine(speaker, scene)
    if not said.text.strip():
        return _wordless(said, speaker, scene, mine)
    if reading.act is Act.OPENING and reading.score >= open_at and not said.forwarded:
        again = _repeats(said, reading, mine)
        return _add(said, reading, again, Act.DETAIL) if again else _open(said, speaker, reading, scene)
    follow = _follows(said, speaker, reading, mine, scene)
    if follow is not None:
        return follow
    if (
        reading.score >= ask_at
        and reading.founds
        and not said.forwarded
        and reading.act in {Act.OPENING, Act.TALK, Act.DISPUTE}
    ):
        return _open(said, speaker, reading, scene, step=Step.ASK)
    if reading.act is Act.HALF:
        return Verdict(Step.WAIT, Act.HALF)
    return TALK


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


def _staff(said: Said, speaker: Speaker, reading: Reading, scene: Scene, replied: Line | None) -> Verdict:
    act = reading.act if reading.act in STAFF_ACTS else Act.ANSWER
    if replied is not None and replied.tickets:
        ticket = _ticket(scene, replied.tickets[0])
        return _add(said, reading, ticket, act) if ticket else TALK
    if said.forwarded or len(said.text) > 60:  # noqa: PLR2004 - announcements are long
        return TALK
    ticket = _at_hand(said, speaker, scene)
    if ticket is None:
        return TALK
    if said.text.strip() and (act in STAFF_ACTS or _asked_back(said.text)):
        return _add(said, reading, ticket, act)
    if not said.text.strip() and (said.pictured or said.point) and ticket.officer == speaker.id:
        return _add(said, reading, ticket, Act.DONE if said.pictured else Act.DETAIL)
    return TALK


def _asked_back(text: str) -> bool:
    return text.rstrip().endswith(("?", "？")) or any(
        word in text for word in ("哪块", "哪里", "哪家", "位置", "发个定位", "具体", "照片")
    )


def _at_hand(said: Said, speaker: Speaker, scene: Scene) -> InHand | None:
    """The ticket an officer means without naming it: his own in hand, or the newest that nobody answered."""
    live = [t for t in scene.tickets if t.status not in {*ENDED, Status.RESOLVED} and said.at - t.last_at <= STAFF_AGE]
    own = [t for t in live if t.officer == speaker.id]
    free = [t for t in live if t.officer is None]
    pool = own or free
    return max(pool, key=lambda ticket: ticket.last_at) if pool else None


# --- replies -------------------------------------------------------------------------------------------------------


def _in_reply(  # noqa: PLR0913, PLR0917 - one return a verdict
    said: Said, speaker: Speaker, reading: Reading, scene: Scene, replied: Line, open_at: float
) -> Verdict | None:
    ticket = _ticket(scene, replied.tickets[0]) if replied.tickets else None
    if ticket is not None:
        if speaker.id in ticket.reporters:
            act = reading.act if reading.act in {Act.CHASER, Act.THANKS, Act.DISPUTE} else Act.DETAIL
            return _add(said, reading, ticket, act)
        if reading.act is Act.OPENING and reading.score >= open_at:
            return None
        if said.point or said.pictured:
            return _add(said, reading, ticket, Act.DETAIL)
        return _add(
            said, reading, ticket, reading.act if reading.act in STAFF_ACTS and speaker.role == "worker" else Act.ANSWER
        )
    if said.point and replied.speaker.id != speaker.id and replied.reading.score >= open_at:
        return Verdict(Step.WAIT, Act.HALF)
    return None


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
    own = point is None and (reading.own_place or not spots)
    same = _same(said, speaker, reading, scene, point)
    return Verdict(
        step, Act.OPENING, founds=reading.founds or (Found(),), gather=pieces, places=spots, own_place=own, point=point,
        same_as=same.id if same else None, why=reading.why,
    )  # fmt: skip


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


def _same(said: Said, speaker: Speaker, reading: Reading, scene: Scene, point: object) -> InHand | None:
    """Another person's open ticket that is the same thing: matter, and place or moment."""
    found = reading.found
    if found is None or found.matter is None:
        return None
    for ticket in reversed(scene.tickets):
        if ticket.status in ENDED or ticket.status is Status.RESOLVED or speaker.id in ticket.reporters:
            continue
        if said.at - ticket.opened_at > SAME_AGE or ticket.found.matter != found.matter:
            continue
        if _one_place(speaker, reading, ticket, point) or (found.party and found.party == ticket.found.party):
            return ticket
    return None


def _one_place(speaker: Speaker, reading: Reading, ticket: InHand, point: object) -> bool:
    here = point or (speaker.point if reading.own_place or not reading.places else None)
    if here is not None and ticket.point is not None:
        return metres(here, ticket.point) <= NEAR_METRES  # type: ignore[arg-type]
    named = [place for place in reading.places if len(place) > VAGUE]
    return bool(ticket.place) and any(place in ticket.place or ticket.place in place for place in named)


# --- what follows --------------------------------------------------------------------------------------------------


def _follows(said: Said, speaker: Speaker, reading: Reading, mine: list[InHand], scene: Scene) -> Verdict | None:
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
    last = _last_of(speaker, scene)
    talking = last is not None and ticket.id in last.tickets
    answered = any(ticket.id in line.tickets and line.speaker.role in STAFF for line in scene.lines[-3:])
    if quiet <= DETAIL_AGE and (talking or answered) and ticket.status not in ENDED:
        gather = tuple(line.id for line in scene.lines if _is_half(line, said, speaker, scene.patience))
        return _add(said, reading, ticket, Act.DETAIL, gather)
    return None
