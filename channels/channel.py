"""What a channel must do for the program; each network is one folder beside this file."""

from collections.abc import AsyncIterator
from typing import Any, Protocol

from models.arrivals import Arrival
from models.outgoing import Capabilities, Outcome, Outgoing

Raw = dict[str, Any]


class Channel(Protocol):
    """A chat network, seen from the program."""

    name: str

    @property
    def account(self) -> str:
        """Whose numbering of updates it is: the network's name and the bot's own id (`telegram:8721`)."""
        ...

    async def start(self) -> None:
        """Open connections; raises ChannelRefused with a plain sentence where the network will not have us."""
        ...

    async def stop(self) -> None:
        """Close connections."""
        ...

    async def listen(self, url: str | None, secret: str) -> None:
        """Have updates brought to `url` with this secret; None: they are fetched. Raises ChannelRefused."""
        ...

    async def introduce(self, commands: dict[str, list[tuple[str, str]]], default: str) -> None:
        """Show these commands and what they do, by language, to whoever speaks none of them in `default`.

        Never raises for what the network says: a bot without a list of commands works as well.
        """
        ...

    def capabilities(self) -> Capabilities:
        """What this network can do for us."""
        ...

    def fetch(self, after: int | None) -> AsyncIterator[list[Raw]]:
        """Batches of raw updates behind update id `after`; asking for the next batch acknowledges the last."""
        ...

    def number(self, raw: Raw) -> int | None:
        """The update's id; None where it bears none."""
        ...

    def mark(self, raw: Raw) -> str:
        """What tells an update from every other one, whatever its number: the same when it is brought again."""
        ...

    def chat_of(self, raw: Raw) -> str:
        """Whose queue the update belongs in; never raises."""
        ...

    def parse(self, raw: Raw) -> Arrival:
        """What the update means; raises for one that cannot be read."""
        ...

    async def send(self, outgoing: Outgoing) -> Outcome:
        """Bring something to a chat; never raises for what the network says."""
        ...

    async def download(self, handle: str, limit: int) -> bytes:
        """The bytes of a medium; raises DownloadRefused where it cannot or may not be had."""
        ...

    async def complaints(self, chats: dict[str, str]) -> list[str]:
        """Plain sentences about what is wrong with rights and groups (`chats`: id → name)."""
        ...

    async def rivals(self) -> list[str]:
        """Plain sentences about who else takes our updates away."""
        ...


class ChannelRefused(Exception):  # noqa: N818 - a plain sentence for the operator
    """The network will not have us, and trying again will not help."""


class RivalFound(ChannelRefused):
    """Another program does this one's work: one of the two has to go."""


class DownloadRefused(Exception):  # noqa: N818 - a plain sentence for the record
    """A medium that cannot be had; `for_good` where another try is vain."""

    def __init__(self, why: str, *, for_good: bool) -> None:
        super().__init__(why)
        self.for_good = for_good
