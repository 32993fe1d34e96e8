"""`qunban replay`: an export read as if it happened live, through the same handlers and services, on a ledger alone."""

import json
import sys
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from bot import exports
from bot.blocks import GroupEntry
from bot.exports import ExportRefused
from bot.rules import rules_of
from bot.seed import enter
from bot.settings import Settings
from handlers.advice import settle
from handlers.receive import fall_due, receive
from ledger.ledger import Ledger
from ledger.work import Work
from models.arrivals import Pressed, Spoken
from models.matters import matter_name
from models.moves import Action
from models.presses import Press
from models.question import Question
from models.rows import Group, Job, RoleRow, Shop, Ticket
from models.said import Said
from models.words import Demand, GroupKind, Role
from services.squad import likely_means
from texts.words import DEMAND

if TYPE_CHECKING:
    from bot.recorded import Counted

__all__ = ["ExportRefused", "show"]
CHAT, SQUAD_CHAT, SQUAD = "export", "squad", "中队"
FORGET_EVERY = 500
Json = dict[str, Any]


@dataclass
class Record:
    """A line of the outcome: a ticket, maybe merged into that of an earlier line."""

    number: int
    ticket: Ticket
    opens: str
    reporter: str = field(repr=False)
    opened_at: datetime
    messages: list[str] = field(default_factory=list, repr=False)
    same_as: int | None = None


class Replay:
    """Walks through an export; finished lines are given out in order of opening."""

    def __init__(self, settings: Settings, roster: Json | None, name: str, adviser: "Counted | None" = None) -> None:
        self.ledger = Ledger(datetime.fromisoformat("2000-01-01T00:00:00+00:00"))
        rules = replace(rules_of(settings, asks=adviser is not None), manners=None)
        self.work = Work(self.ledger, rules)
        self.adviser = adviser
        self.zone = settings.zone
        enter(self.ledger, settings)
        self.group = self._open_group(roster or {}, name)
        self.records: deque[Record] = deque()
        self._by_ticket: dict[int, Record] = {}
        self._seen: dict[int, int] = {}
        self._count = 0
        self._spoken = 0
        if roster:
            self._seat(roster)

    def _open_group(self, roster: Json, name: str) -> Group:
        kind = roster.get("kind", GroupKind.MERCHANTS)
        group = self.ledger.join_group(CHAT, name, kind)
        group.known, group.street, group.squad, group.state = True, roster.get("street"), SQUAD, "active"
        squad = self.ledger.join_group(SQUAD_CHAT, SQUAD, GroupKind.SQUAD)
        squad.known, squad.squad = True, SQUAD
        return group

    def _seat(self, roster: Json) -> None:
        for role, key in ((Role.OFFICER, "officers"), (Role.LEAD, "leads"), (Role.WORKER, "workers")):
            for user in roster.get(key) or []:
                person = self.ledger.person(str(user), "")
                self.ledger.grant(self.ledger.roles.add(RoleRow(person.id, role, self.ledger.now)))
        for user, shop in (roster.get("shops") or {}).items():
            person = self.ledger.person(str(user), "")
            row = Shop(
                self.ledger.counters.take("shop"),
                person.id,
                shop["name"],
                shop.get("address"),
                shop.get("lat"),
                shop.get("lon"),
            )
            self.work.rules.register.add(row.name)
            if row.point:
                self.work.rules.atlas.add_spots([(name, row.point) for name in (row.name, row.address) if name])
            self.ledger.shops.add(row)
            self.ledger.furnish(row)

    def hear(self, said: Said) -> Iterator[Json]:
        """One message; gives out the lines that are finished."""
        self.ledger.now = max(self.ledger.now, said.at)
        self._fall_due()
        receive(self.work, Spoken(said, self.group.name))
        self._take_advice()
        self._say_yes(said)
        self._note(said)
        self._spoken += 1
        if self._spoken % FORGET_EVERY == 0:
            self.ledger.forget()
            yield from self.finished()

    def _take_advice(self) -> None:
        """Live the second reader is asked meanwhile; here the answer is there at once."""
        for row in list(self.ledger.advice):
            if self.adviser is not None:
                reply = self.adviser.ask(Question(row.hash, row.body, row.keys))
                settle(self.work, row, reply.answer, "answered" if reply.answer is not None else "failed", reply.error)
                self.adviser.note(row.state)
            self.ledger.advice.drop(row)

    def _say_yes(self, said: Said) -> None:
        """Live the bot would ask; here the answer is taken to be yes, and the line says `sure: false`."""
        if f"question:{self.group.id}:{said.id}" in self.ledger.jobs:
            data = Press("yes", given=said.id).data()
            receive(self.work, Pressed("", CHAT, "0", said.sender, said.name, data, said.at))

    def _fall_due(self) -> None:
        due = [job for job in self.ledger.jobs.values() if job.due_at <= self.ledger.now]
        for job in sorted(due, key=_when):
            del self.ledger.jobs[job.key]
            if job.kind == "silence":
                fall_due(self.work, [job])
        self.ledger.cancelled.clear()

    def _note(self, said: Said) -> None:
        for event in self.ledger.events:
            if event.action == "open":
                self._enter(event.ticket_id, said)
            elif event.action == Action.MERGE:
                head = self._by_ticket.get(self.ledger.head(event.ticket_id))
                self._by_ticket[event.ticket_id].same_as = head.number if head else None
        touched = {e.ticket_id for e in self.ledger.events} | set(self.ledger.tickets_of(self.group.id, said.id))
        for number in touched:
            self._collect(number)
        self.ledger.events.clear()
        self.ledger.posts.clear()
        self.ledger.refreshed.clear()

    def _enter(self, number: int, said: Said) -> None:
        self._count += 1
        record = Record(self._count, self.ledger.tickets.rows[number,], said.id, said.sender, said.at)
        self.records.append(record)
        self._by_ticket[number] = record

    def _collect(self, number: int) -> None:
        record, links = self._by_ticket.get(number), self.ledger.linked(number)
        if record is None:
            return
        fresh = (link.message for link in links[self._seen.get(number, 0) :])
        record.messages += [message for message in fresh if message not in record.messages]
        self._seen[number] = len(links)

    def finished(self, *, all_of_them: bool = False) -> Iterator[Json]:
        """Lines of tickets that nothing can be added to any more."""
        while self.records and (all_of_them or (self.records[0].ticket.id,) not in self.ledger.tickets.rows):
            record = self.records.popleft()
            yield self.line(record)
            self._by_ticket.pop(record.ticket.id, None)
            self._seen.pop(record.ticket.id, None)

    def line(self, record: Record) -> Json:
        """The line of DESIGN.md section 6."""
        ticket = record.ticket
        return {
            "ticket": record.number, "opens": int(record.opens),
            "opened_at": record.opened_at.astimezone(self.zone).isoformat(),
            "messages": sorted({int(m) for m in record.messages} | {int(record.opens)}), "reporter": record.reporter,
            "demand": ticket.demand, "matter": ticket.matter, "standard": ticket.standard,
            "means": ticket.means or likely_means(ticket), "urgent": ticket.urgent, "emergency": ticket.emergency,
            "elsewhere": ticket.elsewhere,
            "place": {
                "text": ticket.place, "spans": [[int(m), span] for m, span in ticket.spans],
                "lat": ticket.lat, "lon": ticket.lon, "source": ticket.place_source, "street": ticket.street,
            },
            "party": ticket.party, "same_as": record.same_as, "sure": not ticket.asked,
        }  # fmt: skip


def _when(job: Job) -> datetime:
    return job.due_at


def settings_for(export: Path) -> tuple[Settings, Json | None]:
    """Settings without people, and the roster beside the export where there is one. Raises ExportRefused."""
    squad = GroupEntry(chat=-1, name=SQUAD, kind="squad", squad=SQUAD)
    settings = Settings(groups=[squad])
    name = export.name.removesuffix(".json").removesuffix(".export")
    path = export.with_name(f"{name}.roster.json")
    if not path.exists():
        return settings, None
    try:
        found = json.loads(path.read_text(encoding="utf-8").splitlines()[0])
        roster: Json = found.get("chat", found)
    except (ValueError, IndexError, AttributeError, UnicodeDecodeError):
        raise ExportRefused(f"{path.name} 第一行不是名册的 JSON") from None
    return settings, roster


def replay(
    export: Path, settings: Settings | None, told: Any = None, adviser: "Counted | None" = None
) -> Iterator[Json]:
    """The lines of an export; `adviser` answers where the reader is unsure. Raises ExportRefused."""
    name = exports.title(export)
    found, roster = settings_for(export)
    run = Replay(settings or found, roster, name, adviser)
    for said in exports.messages(export, CHAT, told):
        yield from run.hear(said)
    yield from run.finished(all_of_them=True)


def show(  # noqa: PLR0913 - as the command line has it
    export: Path,
    settings: Settings | None,
    *,
    as_json: bool,
    out: Console,
    err: Console,
    adviser: "Counted | None" = None,
) -> None:
    """Replay and print: a table for people, or JSON lines; what a second reader was asked is told beside it."""
    try:
        _show(export, settings, as_json=as_json, consoles=(out, err), adviser=adviser)
        if adviser is not None:
            err.print(adviser.summary(), highlight=False, soft_wrap=True)
    finally:
        if adviser is not None:
            adviser.close()


def _show(
    export: Path, settings: Settings | None, *, as_json: bool, consoles: tuple[Console, Console],
    adviser: "Counted | None",
) -> None:  # fmt: skip
    out, err = consoles
    columns = (TextColumn("重放"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bar:
        size = export.stat().st_size if export.exists() else None
        task = bar.add_task("", total=size)
        lines = replay(export, settings, lambda done: bar.update(task, completed=done), adviser)
        if as_json:
            for line in lines:
                sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
            return
        rows = list(lines)
    out.print(_table(rows), highlight=False)
    out.print(
        f"共 {len(rows)} 张工单，其中 {sum(not r['sure'] for r in rows)} 张会先问一句，"
        f"{sum(r['same_as'] is not None for r in rows)} 张并入前面的"
    )


def _table(rows: list[Json]) -> Table:
    table = Table("单号", "时间", "诉求", "事项", "地点", "消息", "备注", box=None)
    for row in rows:
        notes = [
            "" if row["sure"] else "先问",
            f"先打{row['emergency']}" if row["emergency"] else "",
            "紧急" if row["urgent"] else "",
            f"同 {row['same_as']}" if row["same_as"] else "",
            "别的部门" if row["elsewhere"] else "",
        ]
        table.add_row(
            str(row["ticket"]), row["opened_at"][5:16].replace("T", " "), DEMAND[Demand(row["demand"])],
            matter_name(row["matter"]) if row["matter"] else "", row["place"]["text"] or row["place"]["source"],
            str(len(row["messages"])), " ".join(filter(None, notes)),
        )  # fmt: skip
    return table
