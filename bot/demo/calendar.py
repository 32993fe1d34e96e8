"""What is told in the year, by whom, when: drawn beforehand, a row a report, in the order of time."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from bot.demo import seasons
from bot.demo.cast import Beat
from models.words import GroupKind
from texts.city import Theme, phrases

DAYS = 365
TOLD_TWICE = 0.06
"""So many of the reports tell of what somebody told already."""
SOON = 12 * 60.0
"""Seconds, about, until a second person tells of it."""
BUSY = 0.55


@dataclass(frozen=True, slots=True)
class Report:
    """Somebody tells of something: the first of it, or (`of`) the number of the report that it repeats."""

    number: int
    at: datetime
    theme: Theme
    beat: int
    of: int | None = None


def reports(dice: np.random.Generator, beats: list[Beat], count: int, now: datetime, zone: ZoneInfo) -> list[Report]:
    """So many reports of the year that ends now."""
    twice = round(count * TOLD_TWICE)
    seconds, themes = _firsts(dice, count - twice, now, zone)
    heads = np.sort(dice.choice(len(seconds), twice))
    later = np.minimum(seconds[heads] + 60 + dice.exponential(SOON, twice).astype(np.int64), int(now.timestamp()))
    where = [_beat(dice, beats, phrases().themes[theme]) for theme in themes]
    order = np.argsort(np.concatenate([seconds, later]), kind="stable")
    number = np.empty(count, dtype=np.int64)
    number[order] = np.arange(1, count + 1)
    told = [
        Report(int(number[n]), _at(at), phrases().themes[theme], where[n])
        for n, (at, theme) in enumerate(zip(seconds, themes, strict=True))
    ]
    again = [
        Report(int(number[len(told) + n]), _at(at), told[head].theme, told[head].beat, told[head].number)
        for n, (head, at) in enumerate(zip(heads, later, strict=True))
    ]
    return sorted([*told, *again], key=lambda one: one.number)


def _firsts(
    dice: np.random.Generator, count: int, now: datetime, zone: ZoneInfo
) -> tuple[seasons.Numbers, seasons.Numbers]:
    """Moments, and the theme of each, in order."""
    first = now.astimezone(zone).date() - timedelta(days=DAYS)
    weights = _weights(dice, first, now, zone)
    hours = weights.shape[1] * weights.shape[2]
    found = seasons.chosen(dice, weights, count)
    seconds = np.minimum(seasons.moments(dice, first, found % hours, zone), int(now.timestamp()) - 1)
    order = np.argsort(seconds, kind="stable")
    return seconds[order], (found // hours)[order]


def _weights(dice: np.random.Generator, first: date, now: datetime, zone: ZoneInfo) -> seasons.Numbers:
    """By theme, day and hour; nothing lies after the present hour."""
    local = now.astimezone(zone)
    book = seasons.almanac(dice, first, DAYS + 1)
    weights = np.stack([one.weight * book.weights(one.hours, one.months, one.rain) for one in phrases().themes])
    weights[:, -1, local.hour] *= local.minute / 60
    weights[:, -1, local.hour + 1 :] = 0
    return weights


def _beat(dice: np.random.Generator, beats: list[Beat], theme: Theme) -> int:
    """Building sites have chats of their own; of the others the first are the busiest."""
    kind = GroupKind.SITES if theme.sites else GroupKind.MERCHANTS
    fit = [n for n, beat in enumerate(beats) if beat.group.kind == kind] or list(range(len(beats)))
    weights = 1 / np.arange(1, len(fit) + 1) ** BUSY
    return int(dice.choice(fit, p=weights / weights.sum()))


def _at(seconds: int) -> datetime:
    return datetime.fromtimestamp(int(seconds), UTC)
