"""`qunban summary`, `export`, `report`: the figures that the chat shows too, from the command line."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot import looks, workbook
from bot.database import open_engine
from bot.errors import SettingsRefused
from bot.maps import atlas_of
from bot.migrate import migrate
from bot.painter import paint
from bot.report import document
from bot.settings import Settings
from models import tables as t
from models.clock import SystemClock
from models.figures import Order
from models.numbers import Asked, Formulas, Slice
from models.words import STAFF, GroupKind
from reading import asking, calendar, naming, periods, registers
from reading.asking import Question
from reading.registers import Names
from services.figures import figures
from texts import catalogue, versus
from texts.chart import chart
from texts.reports import Heading, paired, plain_lines, summary
from texts.speaking import tell

Sized = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was said on the command line."""

    words: str = ""
    first: str | None = None
    last: str | None = None
    options: dict[str, str] = field(default_factory=dict)
    """group, street, grid, squad, officer, matter: by name."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is asked, and how it is called."""

    asked: Asked
    head: Heading
    topic: str
    sides: tuple[str, ...] = ()
    beside: Slice | None = None
    """Another part that the first is compared with, and what both are called."""
    order: Order | None = None


@asynccontextmanager
async def asked(
    settings: Settings, wanted: Wanted, now: datetime | None = None
) -> AsyncIterator[tuple[AsyncConnection, Told]]:
    """A connection that only reads, and the question. Raises SettingsRefused for what nobody knows."""
    engine = open_engine(settings.database)
    try:
        await migrate(engine)
        async with engine.execution_options(reads_only=True).connect() as conn:
            names = await names_in(conn, settings)
            yield conn, _question(settings, wanted, names, now or SystemClock().now())
    finally:
        await engine.dispose()


async def text(settings: Settings, wanted: Wanted, picture: Path | None = None) -> str:
    """The summary's lines, and its picture into a file. Raises SettingsRefused."""
    async with asked(settings, wanted) as (conn, told):
        counted = await figures(conn, told.asked, told.order)
        other = await figures(conn, replace(told.asked, which=told.beside)) if told.beside is not None else None
    if other is None:
        page, drawn = summary(told.head, counted, told.topic), chart(told.head, counted, settings.zone)
    else:
        both = (versus.Side(told.sides[0], counted), versus.Side(told.sides[1], other))
        page, drawn = versus.told(told.head, both, told.topic), versus.chart(told.head, both, settings.zone)
    if picture is not None:
        await asyncio.to_thread(lambda: picture.write_bytes(paint(drawn)))
    return "\n".join(plain_lines(page))


async def export(settings: Settings, wanted: Wanted, file: Path, sized: Sized, told: Sized) -> None:
    """A workbook (.xlsx) of tickets and events, or the indicators (.csv); `sized` hears the rows to come."""
    if file.suffix not in {".xlsx", ".csv"}:
        raise SettingsRefused("请把文件写成 .xlsx（工单和办理记录）或 .csv（指标）")
    async with asked(settings, wanted) as (conn, question):
        if question.beside is not None:
            raise SettingsRefused("对比没有明细：导出请一次写一个中队、一条路或一个事项")
        if file.suffix == ".csv":
            await workbook.write_indicators(conn, question.asked, question.head.chosen, file)
            return
        sized(await workbook.size(conn, question.asked))
        await looks.exported(conn.engine.execution_options(reads_only=False), question.asked, None, question.asked.now)
        await workbook.write(conn, question.asked, file, told)


async def report(settings: Settings, which: tuple[bool, str | None], options: dict[str, str], file: Path) -> None:
    """The report of a week (True) or a month: the one that holds a day, else the last whole one."""
    week, at = which
    async with asked(settings, Wanted(options=options)) as (conn, told):
        today = told.asked.now.astimezone(settings.zone).date()
        try:
            days = periods.begun((calendar.week_of if week else calendar.month_of)(_date(at)), today) if at else None
        except calendar.NoSuchDay as refused:
            raise _refused(refused) from None
        days = days or (calendar.last_week(today) if week else calendar.last_month(today))
        start, end, *before = days.moments(settings.zone, told.asked.now)
        about = replace(told.asked, start=start, end=end, before=(before[0], before[1]))
        head = replace(told.head, name=days.name, against=days.against_by(settings.zone, told.asked.now))
        counted = await figures(conn, about)
    await asyncio.to_thread(lambda: file.write_bytes(document(head, counted, about)))


async def names_in(conn: AsyncConnection, settings: Settings) -> Names:
    """The registers of the database and the settings."""
    g, r = t.group.c, t.role.c
    groups = (await conn.execute(select(g.id, g.name, g.street, g.squad).where(g.kind != GroupKind.PRIVATE))).all()
    held = select(r.person_id).where(r.role.in_(STAFF))
    people = (await conn.execute(select(t.person.c.name, t.person.c.id).where(t.person.c.id.in_(held)))).all()
    streets = {group.street for group in groups} | {entry.street for entry in settings.groups}
    squads = {group.squad for group in groups} | {entry.squad for entry in settings.groups}
    atlas = atlas_of(settings)
    streets |= {area.name for area in atlas.streets}
    return Names(
        tuple(sorted(filter(None, squads))), tuple(sorted(filter(None, streets))),
        tuple(area.name for area in atlas.grids),
        {group.name: group.id for group in groups}, dict(people), catalogue.named_in("en"),
    )  # fmt: skip


def _question(settings: Settings, wanted: Wanted, names: Names, now: datetime) -> Told:
    today = now.astimezone(settings.zone).date()
    try:
        question = asking.understand(wanted.words, names, today)
        if wanted.first or wanted.last:
            question = replace(question, days=_dates(wanted, today))
    except calendar.NoSuchDay as refused:
        raise _refused(refused) from None
    if question.rest:
        raise SettingsRefused(f"没看懂“{question.rest}”：请写 上月三中队、3月5日到3月8日、凤鸣路的占道 这样")
    which, called = _chosen(wanted.options, names)
    beside = question.beside and replace(question.beside, which=question.beside.which | which)
    question = replace(question, which=question.which | which, called=(*question.called, *called), beside=beside)
    return told_of(settings, question, now)


def _dates(wanted: Wanted, today: date) -> calendar.Days:
    """--from and --to. Raises NoSuchDay."""
    first, last = (_date(words) if words else today for words in (wanted.first, wanted.last))
    name = str(first) if first == last else f"{first} 至 {last}"
    return periods.begun(calendar.span(first, last, name), today)


def _date(words: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise SettingsRefused("日期请写成 2026-03-01 这样，并看看那个月有没有这一天") from None


def _refused(day: calendar.NoSuchDay) -> SettingsRefused:
    return SettingsRefused(tell(day.why, **day.facts))


KNOWN = {"group": "群", "street": "街道", "grid": "单元网格", "squad": "中队", "officer": "队员"}


def _chosen(options: dict[str, str], names: Names) -> tuple[dict[str, str | int], list[str]]:
    which: dict[str, str | int] = {}
    known: dict[str, dict[str, str | int]] = {
        "group": dict(names.groups), "officer": dict(names.officers), "street": {n: n for n in names.streets},
        "squad": {n: n for n in names.squads}, "grid": {n: n for n in names.grids},
    }  # fmt: skip
    for kind, name in options.items():
        if kind == "matter":
            which |= naming.matter_of(name)
            if not naming.matter_of(name):
                raise SettingsRefused(f"没有叫“{name}”的事项：请写事项名称或 5 位编码")
        elif name not in known[kind]:
            raise SettingsRefused(f"没有叫“{name}”的{KNOWN[kind]}，请照 config.yaml 里的名字写")
        else:
            which[kind] = known[kind][name]
    return which, [registers.grid(name) if kind == "grid" else name for kind, name in options.items()]


def told_of(settings: Settings, question: Question, now: datetime) -> Told:
    """A question as the figures take it."""
    days = question.days
    start, end, *before = days.moments(settings.zone, now)
    against = days.against_by(settings.zone, now)
    formulas = Formulas(**settings.figures.model_dump())
    which = Slice(**question.which)  # type: ignore[arg-type]
    about = Asked(start, end, now, settings.zone, which, formulas, (before[0], before[1]))
    if question.beside is None:
        head = Heading(days.name, "·".join(question.called), settings.bureau.name, against)
        return Told(about, head, question.topic.value, order=question.order)
    sides = (question.called[0], question.beside.called[0])
    called = "·".join([*question.called[1:], *paired(sides)])
    beside = Slice(**question.beside.which)  # type: ignore[arg-type]
    head = Heading(days.name, called, settings.bureau.name, against)
    return Told(about, head, question.topic.value, sides, beside)
