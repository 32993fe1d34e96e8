"""What must hold when all is at rest: for every complaint one ticket, one receipt, one card; every press once."""

import json
from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from bench import load
from bench.chaos.crowd import CONTENT, Said, Where, number_of
from bench.chaos.ground import Ground
from bot.archive import NAMED, Archive, ArchiveRefused, silent
from bot.backup import PART

Json = dict[str, Any]
Sent = tuple[float, bool]
"""When, in seconds since 1970, and whether its answer was lost on the line."""
TICKETS = (
    "SELECT t.id, t.opens, t.lat, t.status, a.chat FROM ticket t JOIN chat_alias a ON a.group_id = t.group_id "
    "AND a.current ORDER BY t.id"
)
MOVED = "SELECT ticket_id, action FROM ticket_event WHERE action IN ('dispatch', 'accept', 'arrive', 'resolve')"
DEAD = (
    "SELECT (SELECT count(*) FROM inbox WHERE state = 'dead') + "
    "(SELECT count(*) FROM due_job WHERE state = 'dead') AS n"
)


@dataclass(slots=True)
class Audit:
    """The figures; `broken` are sentences about promises that were not kept."""

    figures: dict[str, float | str] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)

    def must_be_none(self, name: str, found: Any) -> None:
        """A figure that must be nought."""
        self.figures[name] = len(found)
        if found:
            self.broken.append(f"{name}: {len(found)}, such as {sorted(found, key=str)[:5]}")


async def audit(ground: Ground, said: Said) -> Audit:
    """Compare what was said and pressed with the tables, and with what the playground was sent."""
    made = Audit()
    tickets = await ground.rows(TICKETS)
    opened = Counter((int(row["chat"]), int(row["opens"])) for row in tickets)
    made.figures |= {"messages said": said.messages, "complaints said": len(said.complaints), "tickets": len(tickets)}
    made.must_be_none("complaints lost", set(said.complaints) - set(opened))
    made.must_be_none(
        "complaints doubled", [where for where, n in opened.items() if n > 1 or where not in said.complaints]
    )
    made.must_be_none("pins lost", [row["id"] for row in tickets if row["lat"] is None])
    sent = sendings(ground)
    places = {row["id"]: (int(row["chat"]), int(row["opens"])) for row in tickets}
    _count_copies(made, "receipt", {n: sent.receipts[where] for n, where in places.items()}, ground.deaths)
    _count_copies(made, "card", {n: sent.cards[str(n)] for n in places}, ground.deaths)
    done = [row["id"] for row in tickets if row["status"] in {"resolved", "closed"}]
    _count_copies(made, "result", {n: sent.results[str(n)] for n in done}, ground.deaths)
    await _presses(made, ground, said, tickets)
    made.must_be_none("updates or jobs dead", range((await ground.rows(DEAD))[0]["n"]))
    made.must_be_none("faults in the log", ground.complaints())
    _backups(made, ground)
    return made


def _backups(made: Audit, ground: Ground) -> None:
    """Each that stands there is whole, and nothing is left of those that a death cut short."""
    files = sorted(ground.backups.glob("*"))
    whole = [file for file in files if NAMED.fullmatch(file.name)]
    made.figures["backups"] = len(whole)
    made.must_be_none("backups that are not whole", [file.name for file in whole if not _sound(file)])
    made.must_be_none("backups left half", [file.name for file in files if file.suffix == PART[1]])


def _sound(file: Path) -> bool:
    try:
        with Archive(file) as archive:
            archive.verify(silent)
    except ArchiveRefused:
        return False
    return True


@dataclass(slots=True)
class Sendings:
    """When a receipt went to each complaint, each ticket's card to its squad, its result to its group."""

    receipts: defaultdict[Where, list[Sent]] = field(default_factory=lambda: defaultdict(list))
    cards: defaultdict[str, list[Sent]] = field(default_factory=lambda: defaultdict(list))
    results: defaultdict[str, list[Sent]] = field(default_factory=lambda: defaultdict(list))


def sendings(ground: Ground) -> Sendings:
    """By the calls that took effect, whatever became of their answers."""
    found = Sendings()
    for call in ground.world.calls:
        params = call["params"]
        shown = str(params.get("text") or params.get("caption", ""))
        if not call["ok"] or call["method"].lower() not in {"sendmessage", "sendphoto"} or "#" not in shown:
            continue
        sent = (float(call["at"]), bool(call["lost"]))
        chat, reply = int(params["chat_id"]), _object(params.get("reply_parameters"))
        if chat in load.squad_chats():
            if "接单" in str(_object(params.get("reply_markup"))):
                found.cards[number_of(params)].append(sent)
        elif CONTENT in str(_object(params.get("reply_markup"))):
            found.results[number_of(params)].append(sent)
        elif reply and call["method"].lower() == "sendmessage":
            found.receipts[chat, int(reply["message_id"])].append(sent)
    return found


def _object(given: Any) -> Any:
    return json.loads(given) if isinstance(given, str) else given


def _count_copies(made: Audit, name: str, sent: dict[int, list[Sent]], deaths: list[float]) -> None:
    """One more after each sending whose answer was lost, on the line or by a death; never without."""
    copies = {number: len(times) - 1 for number, times in sent.items() if len(times) > 1}
    made.must_be_none(f"{name}s lost", [number for number, times in sent.items() if not times])
    made.must_be_none(f"{name}s doubled", [number for number in copies if not _excused(sent[number], deaths)])
    made.figures[f"copies of {name}s after a lost answer"] = sum(copies.values())
    made.figures[f"most copies of one {name}"] = max(copies.values(), default=0)


def _excused(times: list[Sent], deaths: list[float]) -> bool:
    """Whether between any two sendings an answer was lost."""
    return all(
        lost or bisect_left(deaths, at) < bisect_left(deaths, after) for (at, lost), (after, _) in pairwise(times)
    )


async def _presses(made: Audit, ground: Ground, said: Said, tickets: list[Json]) -> None:
    moved = Counter((row["ticket_id"], row["action"]) for row in await ground.rows(MOVED))
    made.figures["presses"] = said.presses
    made.must_be_none("moves done twice", [move for move, n in moved.items() if n > 1])
    standing = {str(row["id"]) for row in tickets if row["status"] in {"opened", "dispatched"}}
    made.must_be_none("presses lost", standing & said.taken)
    made.must_be_none("stray cards left after a press", _strays(ground))


def _strays(ground: Ground) -> list[str]:
    """Tickets with two cards that bear buttons, though both were pressed."""
    shown = [m for chat in load.squad_chats() for m in ground.world.chats[chat].messages.values()]
    live = Counter(number_of(m) for m in shown if m.get("reply_markup", {}).get("inline_keyboard"))
    return [number for number, n in live.items() if n > 1]
