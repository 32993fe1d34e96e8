"""What a backlog takes: messages of which nine in ten are chatter, and a burst in which everybody complains."""

from bench import load
from bench.ground import WorkNotDoneError, ground
from bench.subjects import Subject, bot, cards

CHATTER, CHATTER_COMPLAINTS = 5000, 500
BURST = 1000


async def chatter(subject: Subject, scale: float) -> float:
    """Messages a second at 90 % chatter, until all are in the tables and all receipts and cards are sent."""
    return await _flood(subject, round(CHATTER * scale), round(CHATTER_COMPLAINTS * scale))


async def burst(subject: Subject, scale: float) -> float:
    """Tickets a second where every message is a complaint, until all receipts and cards are sent."""
    return await _flood(subject, round(BURST * scale), round(BURST * scale))


async def _flood(subject: Subject, messages: int, complaints: int) -> float:
    """All is said before the bot is there; its time runs from its first answered getUpdates."""
    async with ground() as (play, folder):
        said = await play.say_all(load.talk(messages, complaints))
        async with bot(subject, play, folder) as running:
            handled = await running.handled(messages, complaints)
            sent = await running.told(said)
            calls = await play.calls()
            if running.rows() != (messages, complaints):
                raise WorkNotDoneError(f"{running.rows()} messages and tickets instead of {(messages, complaints)}")
            ended = max(handled, *sent.values(), *cards(calls).values())
            return messages / (ended - await running.first_asked())
