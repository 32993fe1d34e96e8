"""Every figure against a plain count over random histories, on real SQLite and real PostgreSQL."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from itertools import cycle, islice
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.database import open_engine
from bot.migrate import migrate
from models import tables as t
from models.figures import Order, Ranking
from models.numbers import NUMBERS, OVERDUE, SPANS, Asked, Formulas, Slice, rates
from services import daybook
from services import figures as counting
from tests.services.histories import MIDNIGHT, ZONE, Count, Life, clear, keep, lives

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
PERIODS = [
    (MIDNIGHT - DAY, MIDNIGHT), (MIDNIGHT, MIDNIGHT + DAY), (MIDNIGHT - 7 * DAY, MIDNIGHT + 7 * DAY),
    (datetime(2024, 12, 31, 16, tzinfo=UTC), MIDNIGHT), (MIDNIGHT, MIDNIGHT + 31 * DAY),
]  # fmt: skip
SLICES = [
    Slice(), Slice(group=1), Slice(street="郁洲街道"), Slice(squad="三中队"), Slice(grid="甲"), Slice(officer=2),
    Slice(matter="09006"), Slice(major="街面秩序类"), Slice(reporter=4), Slice(place="苍梧路"), Slice(means="service"),
    Slice(about="经营"), Slice(road="凤鸣路"),
    Slice(group=2, squad="三中队", major="街面秩序类"), Slice(street="新港街道", officer=1, matter="09001"),
]  # fmt: skip
SLICES_EACH = 3
"""Of each period; all of them come in turn."""
FORMULAS = st.builds(
    Formulas,
    st.sampled_from(["due", "done"]),
    st.sampled_from(["resolved", "opened"]),
    st.sampled_from(["rated", "closed"]),
    st.sampled_from([5.0, 30.0]),
)


@pytest.fixture
async def engine(database: str) -> AsyncIterator[AsyncEngine]:
    """An empty database with its tables."""
    opened = open_engine(database)
    await migrate(opened)
    yield opened
    await opened.dispose()


async def test_every_figure_equals_a_plain_count_of_random_histories(engine: AsyncEngine) -> None:
    """Across midnight and year end, through rounds, merges, slices and formulas; each number leads to its tickets."""
    loop = asyncio.get_running_loop()
    seen: Counter[str] = Counter()
    parts = cycle(SLICES[1:])

    @settings(
        max_examples=10, deadline=None, derandomize=True, phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow], database=None,
    )  # fmt: skip
    @given(st.integers(0, 2**32), FORMULAS)
    def tried(seed: int, formulas: Formulas) -> None:
        dice = random.Random(seed)
        asyncio.run_coroutine_threadsafe(_compared(engine, dice, formulas, seen, parts), loop).result(60)

    await loop.run_in_executor(None, tried)
    assert {name for name in NUMBERS if seen[name] == 0} == set(), "a number that was 0 every time proves nothing"
    assert seen["before"]
    assert all(seen[f"ranked by {name}"] for name in rates(Formulas())), "an order of one squad proves nothing"
    assert [which for which in SLICES if not seen[str(which)]] == [], "a slice that was never asked for"


async def _compared(
    engine: AsyncEngine, dice: random.Random, formulas: Formulas, seen: Counter[str], parts: Iterator[Slice]
) -> None:
    every = lives(dice, 90)
    async with engine.begin() as conn:
        await clear(conn)
        await keep(conn, every)
    async with engine.connect() as conn:
        for start, end in dice.sample(PERIODS, 2):
            for which in (Slice(), *islice(parts, SLICES_EACH)):
                seen[str(which)] += 1
                now = MIDNIGHT + timedelta(days=dice.choice([0, 1, 60]), seconds=1)
                before = dice.choice([None, (start - 40 * DAY, start - 9 * DAY)])
                asked = Asked(start, end, now, ZONE, which, formulas, before)
                await _equal(conn, asked, every, seen)


async def _equal(conn: Any, asked: Asked, every: list[Life], seen: Counter[str]) -> None:
    count = Count(every, asked)
    found = await counting.counts(conn, asked, NUMBERS)
    for name in NUMBERS:
        behind = count.number(name)
        assert found[name] == len(behind), name
        seen[name] += len(behind)
    until = {life.ticket.id: life.ticket.deadline_at for life in every}
    for name in (random.Random(len(every)).choice(sorted(NUMBERS)), "overdue_now", "backlog"):
        pages = [await counting.tickets(conn, asked, name, page, 7) for page in range(1, 90 // 7 + 2)]
        keys = [(until[one], one) if name in OVERDUE else (-one, one) for one in count.number(name)]
        assert [n for page in pages for n in page] == [one for _, one in sorted(keys)]  # type: ignore[type-var]
    for name in SPANS:
        times = await counting.times(conn, asked, name)
        assert (times.count, times.median, times.ninth) == count.times(name), name
    whole = await counting.figures(conn, asked)
    _earlier_equals(whole, asked, every)
    seen["before"] += whole.before["opened"]
    _rates_equal(whole, asked, every)
    _groups_equal(whole, count)
    for rate in rates(asked.formulas):
        _ranking_equals(await counting.ranking(conn, asked, Order(rate, lowest=asked.before is None)), count, seen)


def _ranking_equals(found: Ranking, count: Count, seen: Counter[str]) -> None:
    """Every squad that there is something to divide of, the highest or the lowest share first."""
    part, whole = (Counter(x.ticket.squad for x in count.of(name)) for name in rates(count.asked.formulas)[found.rate])
    told = {squad: (rate.part, rate.whole) for squad, rate in found.squads}
    assert told == {squad: (part[squad], n) for squad, n in whole.items() if squad is not None}
    shares = [Fraction(rate.part, rate.whole) for _, rate in found.squads]
    assert shares == sorted(shares, reverse=not found.lowest)
    seen[f"ranked by {found.rate}"] += len(set(shares)) > 1


def _earlier_equals(whole: Any, asked: Asked, every: list[Life]) -> None:
    """What the period is compared with: what was said, else as much time just before it."""
    start, end = asked.before or (asked.start - (asked.end - asked.start), asked.start)
    earlier = Count(every, replace(asked, start=start, end=end, before=None))
    assert whole.before == {name: len(earlier.number(name)) for name in whole.before}
    assert {"opened", "closed", "came_back"} <= set(whole.before)


def _rates_equal(whole: Any, asked: Asked, every: list[Life]) -> None:
    for now, held in ((asked, whole.rates), (asked.earlier, whole.rates_before)):
        for name, (part, of) in rates(asked.formulas).items():
            count = Count(every, now)
            assert (held[name].part, held[name].whole) == (len(count.number(part)), len(count.number(of))), name
            assert held[name].part <= held[name].whole


def _days_so_far(asked: Asked) -> set[date]:
    """The days of a period that have come, where it is reckoned; its first in any case."""
    first, last, now = (at.astimezone(asked.zone).date() for at in (asked.start, asked.end - SECOND, asked.now))
    return {day for n in range((last - first).days + 1) if (day := first + DAY * n) <= max(first, now)}


def _groups_equal(whole: Any, count: Count) -> None:
    assert dict(whole.late) == Counter(x.ticket.squad for x in count.of("overdue_now"))
    assert dict(whole.open) == Counter(x.ticket.squad for x in count.of("open_now"))
    opened = count.of("opened")
    assert dict(whole.squads) == Counter(x.ticket.squad for x in opened)
    matters = Counter(x.ticket.matter for x in opened)
    assert [n for _, n in whole.matters] == [n for _, n in matters.most_common(5)]
    places = Counter(place for x in opened if (place := count.place(x)))
    assert {spot.name: spot.count for spot in whole.places} == {name: n for name, n in places.items() if n > 1}
    busy = count.number("held_now") | count.number("backlog") | count.number("resolved")
    who = {x.ticket.officer_id for x in count.all if x.ticket.id in busy} - {None}
    assert {load.officer for load in whole.officers} == who
    for load in whole.officers:
        of = [x for x in count.all if x.ticket.officer_id == load.officer]
        for name, told in (("held_now", load.held), ("resolved", load.resolved), ("backlog", load.backlog)):
            assert told == len({x.ticket.id for x in of} & count.number(name)), name
    assert {day: pair for day, pair in whole.days.items() if any(pair)} == count.days()
    assert set(whole.days) == _days_so_far(count.asked) | set(count.days())
    hours = {(d, h): n for d, row in enumerate(whole.hours) for h, n in enumerate(row) if n}
    assert hours == count.hours()


@pytest.mark.parametrize("zone", ["Asia/Kolkata", "Asia/Kathmandu", "America/New_York"])
async def test_days_are_those_of_the_bureau_wherever_it_is(engine: AsyncEngine, zone: str) -> None:
    """Half hours, and a clock that is put back."""
    every = lives(random.Random(7), 50)
    async with engine.begin() as conn:
        await keep(conn, every)
    start = datetime(2025, 10, 1, tzinfo=ZoneInfo(zone))
    asked = Asked(start, datetime(2026, 3, 1, tzinfo=ZoneInfo(zone)), MIDNIGHT, ZoneInfo(zone))
    count = Count(every, asked)
    async with engine.connect() as conn:
        days = await counting.days(conn, asked)
        hours = await counting.hours(conn, asked)
    assert {day: pair for day, pair in days.items() if any(pair)} == count.days()
    assert Counter({(d, h): n for d, row in enumerate(hours) for h, n in enumerate(row) if n}) == count.hours()


async def test_daybook_tells_the_same_and_forgets_what_was_changed(engine: AsyncEngine) -> None:
    """A long period is read from its pages; a ticket that changes, however, takes its days out."""
    every = lives(random.Random(721), 120)
    start, end, now = MIDNIGHT - 40 * DAY, MIDNIGHT + 40 * DAY, MIDNIGHT + 100 * DAY
    asked = Asked(start + DAY / 3, end, now, ZONE)
    async with engine.begin() as conn:
        await keep(conn, every)
        assert await daybook.write_missing(conn, asked, 1000) > 90
        assert await daybook.write_missing(conn, asked, 1000) == 0
    await _book_equals(engine, asked, every)
    changed = [life for life in every if not life.ticket.same_as][:6]
    async with engine.begin() as conn:
        before = (await conn.execute(select(func.count()).select_from(t.figure_day))).scalar_one()
        for life in changed:
            life.ticket.squad, life.ticket.matter = "一中队", "09001"
            one = t.ticket.update().where(t.ticket.c.id == life.ticket.id)
            await conn.execute(one.values(squad="一中队", matter="09001"))
        gone = next(
            x for x in every[::-1] if not any(x.ticket.id in {y.ticket.same_as, y.ticket.recurs} for y in every)
        )
        await conn.execute(t.reporter.delete().where(t.reporter.c.ticket_id == gone.ticket.id))
        await conn.execute(t.ticket.delete().where(t.ticket.c.id == gone.ticket.id))
        left = (await conn.execute(select(func.count()).select_from(t.figure_day))).scalar_one()
        assert before - left >= 4 * 3
    every.remove(gone)
    await _book_equals(engine, asked, every)
    async with engine.begin() as conn:
        assert 0 < await daybook.write_missing(conn, asked, 1000) < 60
    await _book_equals(engine, asked, every)
    quicker = replace(asked, formulas=Formulas(respond_minutes=1))
    async with engine.connect() as conn:
        assert await daybook.books(conn, quicker, daybook.moments()) is None, "pages of other rules are not read"


@pytest.mark.parametrize(
    "off", [timedelta(hours=5, minutes=17, seconds=3), timedelta(hours=16, microseconds=7), DAY / 7]
)
async def test_a_period_cuts_its_first_and_last_page_where_it_begins_and_ends(
    engine: AsyncEngine, off: timedelta
) -> None:
    """By the second from the pages; by less than that from the tickets."""
    every = lives(random.Random(5), 150)
    start, end, now = MIDNIGHT - 30 * DAY + off, MIDNIGHT - 3 * DAY + off, MIDNIGHT + 100 * DAY
    edges = [at for life in every for at in (life.ticket.opened_at, life.ticket.resolved_at) if at and start < at < end]
    async with engine.begin() as conn:
        await keep(conn, every)
        await daybook.write_missing(conn, Asked(start, end, now, ZONE), 1000)
        for first, last in ((start, end), (edges[0], end), (start, edges[-1]), (end - 16 * DAY, end)):
            for which in (Slice(), SLICES[1], SLICES[2]):
                asked = Asked(first, last, now, ZONE, which)
                books = await daybook.books(conn, asked, daybook.moments())
                assert (books is None) is (last - first < 2 * DAY)
                counted, count = await counting.figures(conn, asked), Count(every, asked)
                assert {name: len(count.number(name)) for name in counted.numbers} == counted.numbers
                assert {name: count.times(name) for name in SPANS} == {
                    name: (told.count, told.median, told.ninth) for name, told in counted.times.items()
                }
                assert counted.days == (await counting.days(conn, asked))


async def _book_equals(engine: AsyncEngine, asked: Asked, every: list[Life]) -> None:
    async with engine.connect() as conn:
        wheres = (Slice(place="苍梧路"), Slice(road="凤鸣路"), Slice(road="ktv"), Slice(road="苍梧", about="经营"))
        for which in (Slice(), *random.Random(1).sample(SLICES[1:], 4), *wheres):
            sliced = replace(asked, which=which)
            if daybook.readable(sliced):
                assert await daybook.books(conn, sliced, daybook.moments()) is not None
            whole, count = await counting.figures(conn, sliced), Count(every, sliced)
            for name, number in whole.numbers.items():
                assert number == len(count.number(name)), name
            for name in SPANS:
                times = whole.times[name]
                assert (times.count, times.median, times.ninth) == count.times(name), name
            _earlier_equals(whole, sliced, every)
            _rates_equal(whole, sliced, every)
            _groups_equal(whole, count)
            for name in rates(sliced.formulas):
                _ranking_equals(await counting.ranking(conn, sliced, Order(name)), count, Counter())
