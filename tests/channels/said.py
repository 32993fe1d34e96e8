"""What the tests of the channel send, and what then stands in the group."""

from typing import Any

from models.outgoing import Outgoing, Sort
from playground.server import Playground
from tests.town import MERCHANTS

Json = dict[str, Any]
CHAT = str(MERCHANTS)


def words(text: str = "#1 占道", **more: Any) -> Outgoing:
    """Something to say in the merchants' group."""
    return Outgoing(**{"sort": Sort.TEXT, "chat": CHAT, "text": text, **more})


def stands(play: Playground, chat: int = MERCHANTS) -> list[Json]:
    """What stands in a group and was not deleted."""
    room = play.world.chats[chat]
    return [message for number, message in room.messages.items() if number not in room.deleted]


async def no_wait(_: float) -> None:
    """No time passes."""
