"""A network that is nowhere: updates that were laid ready, messages that stand in chats, answers that get lost."""

from collections import Counter, deque
from dataclasses import replace
from itertools import count
from typing import Any

from models.arrivals import Arrival
from models.outgoing import End, Outcome, Outgoing, Sort
from models.presses import Press, parse_press

LOST = {
    "lost": "it arrived, the answer to it did not",
    "unheard": "it did not arrive, and nobody knows",
    "refused": "it surely did not arrive",
    "killed": "it arrived, and the program died before it heard so",
}
"""What the network can do to a sending; the rest arrives and is answered."""
IN_DOUBT = {"lost", "unheard", "killed"}
PATIENCE = 6
"""So often may a chat's line be down in one life: a sending that is refused eight times is given up."""
Spot = tuple[str, int]
"""A chat, and the number of a ticket."""


class Died(Exception):  # noqa: N818 - it is what kill -9 is in a test of one process
    """The program dies in a sending."""


class Nowhere:
    """A channel whose updates are numbers of arrivals, and whose chats are a dictionary."""

    name = account = "nowhere"

    def __init__(self) -> None:
        self.ready: dict[int, tuple[str, Arrival]] = {}
        self.numbers = count(1)
        self.weather: deque[str] = deque()
        self.stands: dict[str, Outgoing] = {}
        self.came: Counter[Spot] = Counter()
        self.doubts: Counter[Spot] = Counter()
        self.refused: Counter[str] = Counter()

    def number(self, raw: dict[str, Any]) -> int:
        """The update's id."""
        return int(raw["n"])

    def chat_of(self, raw: dict[str, Any]) -> str:
        """Whose queue it belongs in."""
        return self.ready[raw["n"]][0]

    def parse(self, raw: dict[str, Any]) -> Arrival:
        """What was laid ready."""
        return self.ready[raw["n"]][1]

    async def send(self, outgoing: Outgoing) -> Outcome:
        """It goes as the weather is."""
        now = self.weather.popleft() if self.weather else "sent"
        if now == "refused":
            self.refused[outgoing.chat] += 1
            now = now if self.refused[outgoing.chat] < PATIENCE else "sent"
        spot = about(outgoing)
        message = self._arrives(outgoing, spot) if now not in {"unheard", "refused"} else None
        if spot and now in IN_DOUBT:
            self.doubts[spot] += 1
        if now == "killed":
            raise Died
        if now == "refused":
            return Outcome(End.RETRY, after=5, why="the line is down")
        return Outcome(End.UNKNOWN, why="the answer was lost") if now in IN_DOUBT else Outcome(End.SENT, message)

    def _arrives(self, out: Outgoing, spot: Spot | None) -> str | None:
        match out.sort:
            case Sort.TOAST | Sort.FASTEN:
                return None
            case Sort.DELETE:
                self.stands.pop(out.message or "", None)
            case Sort.EDIT | Sort.CAPTION | Sort.STRIP:
                if shown := self.stands.get(out.message or ""):
                    self.stands[out.message or ""] = replace(shown, text=out.text or shown.text, rows=out.rows)
            case _:
                number = f"{next(self.numbers)}"
                self.stands[number] = out
                self.came[spot or ("", 0)] += 1
                return number
        return out.message


def about(out: Outgoing) -> Spot | None:
    """The chat and the ticket of a card that is sent; None for anything else."""
    found = [press for _, data in sum(out.rows, ()) if (press := parse_press(data))]
    if out.sort not in {Sort.TEXT, Sort.PHOTO} or not found or not _of_card(found[0]):
        return None
    return out.chat, found[0].ticket


def _of_card(press: Press) -> bool:
    """Whether this is a card's button: questions bear some too."""
    return bool(press.ticket) and press.verb not in {"yes", "no"} and press.given != "gone"
