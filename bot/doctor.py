"""`qunban doctor`: what can drift apart is compared, each difference told in a sentence, and mended where asked."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncEngine

from bot import drift, drift_media
from bot.balance import WORDS, Balance, balance
from bot.database import open_engine
from bot.migrate import head, migrate, revision_of
from bot.rules import rules_of
from bot.settings import Settings
from channels.telegram.parse import parse
from ledger.needs import Needs, fill
from ledger.store import writing
from models.clock import Clock, SystemClock

PARSERS = {"telegram": parse}


@dataclass(frozen=True, slots=True)
class Told:
    """What the person reads, and whether all is well now."""

    lines: list[str]
    sound: bool


async def examine(settings: Settings, day: date | None, *, repair: bool, clock: Clock | None = None) -> Told:
    """Look at everything; with `repair` mend what can be mended. Raises SettingsRefused."""
    clock = clock or SystemClock()
    engine = open_engine(settings.database)
    try:
        await _bring_up_to_date(engine)
        findings = await _findings(engine, settings, clock, repair=repair)
        wanted = day or clock.now().astimezone(settings.zone).date()
        start = datetime.combine(wanted, time(), settings.zone)
        async with engine.execution_options(reads_only=True).connect() as conn:
            counted = await balance(conn, start, start + timedelta(days=1), PARSERS)
    finally:
        await engine.dispose()
    lines = [f"{'✓ 修好了：' if finding.mended else '✗ '}{finding.sentence}" for finding in findings]
    lines += ["✓ 数据库和照片都对得上"] * (not findings) + account(wanted, counted)
    return Told(lines, all(finding.mended for finding in findings) and counted.sound)


async def _bring_up_to_date(engine: AsyncEngine) -> None:
    """Rows that point at nothing forbid a migration; where none is needed the doctor shall see to them."""
    async with engine.execution_options(reads_only=True).connect() as conn:
        revision = await conn.run_sync(revision_of)
    if revision != head():
        await migrate(engine)


async def _findings(engine: AsyncEngine, settings: Settings, clock: Clock, *, repair: bool) -> list[drift.Finding]:
    """Photos first, outside the transaction. Who repairs takes the writer's place before he looks."""
    found = await drift_media.findings(engine, Path(settings.data) / "media", repair=repair)
    reading = engine.execution_options(reads_only=True).connect()
    async with writing(engine) if repair else reading as conn:
        if repair:
            await fill(conn, Needs(), clock.now())
        desk = drift.Desk(conn, rules_of(settings), clock.now())
        for look in drift.LOOKS:
            found += await look(desk, repair=repair)
    return found


def account(day: date, counted: Balance) -> list[str]:
    """The day's balance, as a sum that a clerk can add up."""
    parts = " + ".join(f"{WORDS[name]} {counted.parts[name]}" for name in WORDS if counted.parts[name]) or "0"
    lines = [f"{day} 收到 {counted.received} = {parts}；新工单 {counted.opened} 件"]
    if counted.lost:
        lines.append(f"✗ 有{len(counted.lost)}条消息办过了却找不到去处：{_few(counted.lost)}（inbox.seq）")
    if counted.orphans:
        lines.append(f"✗ 有{len(counted.orphans)}件工单找不到它的原话：{_few(counted.orphans)}")
    return lines


def _few(numbers: tuple[int, ...]) -> str:
    shown = "、".join(str(number) for number in numbers[:5])
    return f"{shown}等" if len(numbers) > 5 else shown  # noqa: PLR2004 - a handful
