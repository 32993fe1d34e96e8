"""`python -m bench.pages DATABASE`: how long the server takes for each page, on a database that is full already.

Beside each stands what a plain GROUP BY over all tickets takes in the same run. The database is that of
`python -m bench.year seed`, or any other that may be written to: a lead and a login are put into it.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from statistics import quantiles
from typing import Annotated

import typer
from aiohttp import ClientSession, web
from rich.console import Console
from rich.table import Table
from sqlalchemy import func, insert, select

from bot.database import open_engine
from bot.migrate import migrate
from bot.pages import paper
from bot.rules import rules_of
from bot.settings import build
from models import tables as t
from models.clock import SystemClock
from models.links import digest_of, fresh_secret
from web import guard, routes
from web.house import House

AIM, AIM_OF_A_YEAR = 500, 1000
"""Milliseconds at p95; a year of figures may take longer."""
DAILY = (
    "/", "/live", "/?overdue=1", "/?q=凤鸣路", "/?state=closed", "/?page=5", "/map", "/map/points.json", "/figures",
    "/figures?since=2026-10-01&until=2026-10-30", "/figures?since=2026-10-01&until=2026-10-30&squad=6中队",
)  # fmt: skip
OF_A_YEAR = (
    "/figures?since=2025-10-01&until=2026-09-30",
    "/figures?since=2025-10-01&until=2026-09-30&squad=6中队",
)
PAGES = dict.fromkeys(DAILY, AIM) | dict.fromkeys(OF_A_YEAR, AIM_OF_A_YEAR)
"""Each page with its aim."""
app = typer.Typer(add_completion=False)
out = Console(width=120)


@app.command()
def main(database: Annotated[str, typer.Argument(help="sqlite:///… or postgresql://…")], rounds: int = 30) -> None:
    """Measure, and print a table."""
    asyncio.run(measure(database, rounds))


async def measure(database: str, rounds: int) -> None:
    """Each page so many times, one after the other, over HTTP on this machine."""
    settings = build({"groups": [], "database": database})
    engine = open_engine(database)
    await migrate(engine)
    house = House(engine, rules_of(settings), SystemClock(), Path("data"), lambda _: None, paper(engine))
    runner = web.AppRunner(application(house), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        async with ClientSession(cookies={guard.COOKIE: await _login(house)}) as client:
            plain = await _spans(rounds, lambda: _group_by(house))
            table = Table("page", "median ms", "p95 ms", "plain GROUP BY ms")
            for page, aim in PAGES.items():
                spans = await _spans(rounds, lambda page=page: _get(client, url + page))  # type: ignore[misc]
                late = " [red]late[/red]" if spans[1] > aim else ""
                table.add_row(page, f"{spans[0]:.0f}", f"{spans[1]:.0f}{late}", f"{plain[0]:.0f}")
        out.print(table)
    finally:
        await runner.cleanup()
        await engine.dispose()


def application(house: House) -> web.Application:
    """The pages alone."""
    made = web.Application()
    routes.attach(made, house)
    return made


async def _login(house: House) -> str:
    """A lead of everything, logged in; the cookie."""
    now, secret = house.clock.now(), fresh_secret()
    async with house.engine.begin() as conn:
        key = (await conn.execute(select(func.coalesce(func.max(t.person.c.id), 0) + 1))).scalar_one()
        await conn.execute(insert(t.person).values(id=key, user=f"bench{key}", name="测速", seen_at=now))
        await conn.execute(insert(t.role).values(person_id=key, role="lead", since=now))
        row = {"hash": digest_of(secret), "person_id": key, "agent": "bench", "made_at": now, "seen_at": now}
        await conn.execute(insert(t.web_session).values(**row, ends_at=now + timedelta(hours=1)))
    return secret


async def _get(client: ClientSession, url: str) -> None:
    async with client.get(url) as answer:
        await answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{url}: {answer.status}")


async def _group_by(house: House) -> None:
    c = t.ticket.c
    async with house.reading() as conn:
        (await conn.execute(select(c.squad, c.status, func.count()).group_by(c.squad, c.status))).all()


async def _spans(rounds: int, do: Callable[[], Awaitable[None]]) -> tuple[float, float]:
    """Median and 95th percentile in milliseconds; the first time is not counted."""
    await do()
    spans = []
    for _ in range(max(rounds, 2)):
        start = time.perf_counter()
        await do()
        spans.append((time.perf_counter() - start) * 1000)
    cuts = quantiles(spans, n=20)
    return cuts[9], cuts[18]


if __name__ == "__main__":
    app()
