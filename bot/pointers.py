"""Where a question that was asked in the chat is answered on the pages: the same days, the same part."""

from datetime import time, timedelta

from models.numbers import Asked
from web.figures import LONGEST
from web.filters import SLICED, Filters


def on_the_map(pages: str, asked: Asked) -> str | None:
    """The address of the map with the tickets opened in the period; None where the pages cannot ask for that part."""
    wanted = _wanted(asked)
    return f"{pages}/map?{wanted.but(number='opened')}" if wanted else None


def at_the_figures(pages: str, asked: Asked) -> str | None:
    """The address of the same figures; None also where the pages do not look so far."""
    wanted = _wanted(asked)
    return f"{pages}/figures?{wanted.query}" if wanted and asked.end - asked.start <= LONGEST else None


def _wanted(asked: Asked) -> Filters | None:
    if not set(asked.which.named) <= set(SLICED):
        return None
    first, last = days_of(asked)
    return Filters(since=first, until=last, **asked.which.named)


def days_of(asked: Asked) -> tuple[str, str]:
    """The first and the last day that the period touches."""
    last = asked.end - timedelta(microseconds=1)
    return asked.start.astimezone(asked.zone).date().isoformat(), last.astimezone(asked.zone).date().isoformat()


def whole_days(asked: Asked) -> bool:
    """True where the period is these days and nothing less: a daily digest goes from six to six."""
    ends = [moment.astimezone(asked.zone).time() for moment in (asked.start, asked.end)]
    return ends == [time(), time()]
