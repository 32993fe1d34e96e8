"""Where a question that was asked in the chat is answered on the pages: the same days, the same part."""

from dataclasses import fields
from datetime import time, timedelta

from models.numbers import Asked
from web.filters import Filters

KNOWN = {one.name for one in fields(Filters)}


def on_the_map(pages: str, asked: Asked) -> str | None:
    """The address of the map with the tickets opened in the period; None where the pages cannot ask for that part."""
    if not set(asked.which.named) <= KNOWN:
        return None
    first, last = days_of(asked)
    return f"{pages}/map?{Filters(number='opened', since=first, until=last, **asked.which.named).query}"


def days_of(asked: Asked) -> tuple[str, str]:
    """The first and the last day that the period touches."""
    last = asked.end - timedelta(microseconds=1)
    return asked.start.astimezone(asked.zone).date().isoformat(), last.astimezone(asked.zone).date().isoformat()


def whole_days(asked: Asked) -> bool:
    """True where the period is these days and nothing less: a daily digest goes from six to six."""
    ends = [moment.astimezone(asked.zone).time() for moment in (asked.start, asked.end)]
    return ends == [time(), time()]
