"""Where the local reader is unsure: the one place that says what a second reader is asked about."""

from dataclasses import dataclass

from models.reading import Act, InHand, Kinds, Reading, Scene, Step, Verdict
from models.said import Said, Speaker
from models.words import ENDED, STAFF
from reading.following import ANSWER_AGE, DETAIL_AGE

SAID_OUTRIGHT = {Act.CHASER, Act.DISPUTE, Act.THANKS}


@dataclass(frozen=True, slots=True)
class Doubt:
    """A chance of an opening in [low, high) is doubt. Measured in docs/reading.md."""

    low: float = 0.1
    high: float = 0.75


def unsure(  # noqa: PLR0913, PLR0917 - all that the verdict came from
    said: Said, speaker: Speaker, reading: Reading, scene: Scene, kinds: Kinds, verdict: Verdict, doubt: Doubt
) -> bool:
    """True where a second reader is worth asking. Officers, forwards, pieces without words and danger never wait."""
    if speaker.role in STAFF or said.forwarded or not said.text.strip():
        return False
    if any(found.emergency for found in reading.founds):
        return False
    if verdict.step is Step.ADD and (said.reply_to or verdict.act in SAID_OUTRIGHT):
        return False
    if verdict.act is Act.GONE:
        return torn(said, speaker, scene, verdict)
    return doubt.low <= kinds.opening < doubt.high or torn(said, speaker, scene, verdict)


def torn(said: Said, speaker: Speaker, scene: Scene, verdict: Verdict) -> bool:
    """It was added to one of her tickets, without a reply, and another of hers was talked of in the same minutes."""
    if verdict.step is not Step.ADD:
        return False
    hers = [ticket for ticket in scene.tickets if speaker.id in ticket.reporters]
    if any(ticket.id == verdict.ticket for ticket in hers):
        return sum(_fresh(said, ticket, DETAIL_AGE.total_seconds()) for ticket in hers) > 1
    return sum(_fresh(said, ticket, ANSWER_AGE.total_seconds()) for ticket in scene.tickets) > 1


def _fresh(said: Said, ticket: InHand, seconds: float) -> bool:
    return ticket.status not in ENDED and (said.at - ticket.last_at).total_seconds() <= seconds
