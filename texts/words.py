"""The fixed words by what they stand for: statuses, verbs, means, roles; what buttons offer; dates and lists."""

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from models.words import Demand, Looked, Means, Role, Status
from models.worktime import LimitUnit
from texts import catalogue
from texts.catalogue import LANGUAGES
from texts.speaking import Choice, Named, again, kept, tell

STATUS = Named("state", Status)
ACTION = Named(
    "act",
    (
        "open", "join", "part", "dispatch", "accept", "pass_on", "give_back", "arrive", "resolve", "suspend", "resume",
        "extend", "confirm", "dispute", "close", "void", "withdraw", "merge", "split", "release", "apart", "recur",
        "add", "amend", "photo", "note", "remind", "chaser", "reroute", "located", "snooze", "condition", "calm",
        "order", "plea",
    ),
)  # fmt: skip
MEANS = Named("means", Means)
DEMAND = Named("demand", Demand)
ROLE = Named("role", Role)
LOOKED = Named("looked", Looked)
EMERGENCY = Named("emergency", ("110", "119", "120", "122"))
ERASED = kept("erased")
"""What stands in the tables where words were erased."""
GIVE_BACK_REASONS = tuple(map(Choice, ("not-our-area", "not-so", "told-twice", "others-business")))
EXTEND_BY = {
    LimitUnit.RUNNING: (*(Choice("amount-running", n) for n in (1, 2, 4)), Choice("amount-whole-days", 1)),
    LimitUnit.WORKING: (Choice("amount-hours", 4), *(Choice("amount-days", n) for n in (1, 3, 5))),
}
"""By how much a deadline is put off with one press, in the unit of the ticket's own limit."""
EXTEND_REASONS = tuple(map(Choice, ("waits-for-material", "waits-for-owner", "weather", "several-departments")))
SNOOZE_FOR = (
    Choice("amount-clock-hours", 2),
    Choice("tomorrow-morning"),
    *(Choice("amount-of-days", n) for n in (1, 3)),
)
SNOOZE_REASONS = tuple(map(Choice, ("on-the-way", "time-agreed", "waits-for-answer", "waits-for-word")))
VOID_REASONS = tuple(map(Choice, ("not-so", "told-twice", "not-needed", "not-ours")))
SUSPEND_REASONS = tuple(map(Choice, ("waits-for-spares", "waits-for-owner", "weather", "several-departments")))
ROLE_WORDS = {
    word: role
    for language in LANGUAGES
    for role in (Role.OFFICER, Role.LEAD, Role.WORKER, Role.ADMIN)
    for word in catalogue.say(language, f"role-said-{role}").split()
}
"""How a lead names the role that a code is for, in any language."""


def as_said(words: str) -> str:
    """Somebody's words; where they were erased, that they were."""
    return again(ERASED) if words == ERASED else words


def short(at: datetime, zone: ZoneInfo, now: datetime) -> str:
    """「03-02 21:41」 by the bureau's clock; of another year than this one 「2025-03-02 21:41」."""
    local = at.astimezone(zone)
    return f"{local:%m-%d %H:%M}" if local.year == now.astimezone(zone).year else f"{local:%Y-%m-%d %H:%M}"


def moment(at: datetime, zone: ZoneInfo, now: datetime | None = None) -> str:
    """「3月2日21:41」 by the bureau's clock; where `now` is of another year, with the year."""
    local = at.astimezone(zone)
    if now is not None and local.year != now.astimezone(zone).year:
        return tell("moment-of-year", day=day(local.date()), clock=f"{local:%H:%M}")
    return tell("moment", month=local.month, day=local.day, clock=f"{local:%H:%M}")


def day(at: date) -> str:
    """「2026年3月2日」."""
    return tell("day", year=at.year, month=at.month, day=at.day)


def named(things: Iterable[str]) -> str:
    """Names in a row."""
    return tell("comma").join(things)


def joined(parts: Iterable[str]) -> str:
    """Parts of a sentence in a row."""
    return tell("joint").join(parts)


def sentences(*told: str) -> str:
    """One after another, as many as there are."""
    return tell("stop").join(filter(None, told))
