"""Bad weather: a database that is full, locked or away for a while is waited for, and is nobody's fault."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import structlog
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from bot.errors import safely

log = structlog.get_logger()
T = TypeVar("T")
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
SQLITE_SAYS = (
    "is locked",
    "is full",
    "disk i/o error",
    "unable to open database file",
    "readonly database",
)
STATES = ("08", "40001", "40P01", "53", "55P03", "57P", "58")
"""PostgreSQL's classes: connections, deadlocks, no room left, a lock in vain, a shutdown, the system's own errors."""
CUT = ("connection was closed", "connection is closed", "another operation is in progress", "cannot connect")


def unwell(error: BaseException) -> bool:
    """True where the database itself, and not what it was asked, made the error: the same may go well later."""
    if isinstance(error, OSError | NoConnectionFree):
        return True
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return True
    return any(_tells_of_illness(one) for one in _chain(error))


def _chain(error: BaseException) -> list[BaseException]:
    """The error, the driver's below it, and what that one came from."""
    below: Any = getattr(error, "orig", None)
    found = [error, below, below.__cause__ if below is not None else None]
    return [one for one in found if isinstance(one, BaseException)]


def _tells_of_illness(error: BaseException) -> bool:
    state = str(getattr(error, "sqlstate", None) or "")
    if state:
        return state.startswith(STATES)
    module, said = type(error).__module__.partition(".")[0], str(error).lower()
    if module == "sqlite3":
        return any(words in said for words in SQLITE_SAYS)
    return module == "asyncpg" and any(words in said for words in CUT)


async def outlast(work: Callable[[], Awaitable[T]], name: str) -> T:
    """Do it; while the database is unwell wait, longer and longer, and do it again. Other errors are raised."""
    pause = FIRST_PAUSE
    while True:
        try:
            return await work()
        except Exception as error:
            if not unwell(error):
                raise
            log.warning("the database is unwell, waiting", task=name, error=safely(error))
        await asyncio.sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE)
