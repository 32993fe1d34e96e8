"""What people say in the demonstration city, read from texts/city.yaml."""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from models.words import Demand, Means


@dataclass(frozen=True, slots=True)
class Theme:
    """A matter as people tell of it: how often, when, in which words, and how it is mostly done."""

    weight: float
    hours: str
    months: str
    words: tuple[str, ...]
    means: tuple[float, ...]
    code: str | None = None
    demand: Demand = Demand.COMPLAINT
    rain: float = 1.0
    urgent: bool = False
    sites: bool = False
    """True where it is told in the chats of building sites."""
    party: str | None = None


@dataclass(frozen=True, slots=True)
class Phrases:
    """All of it."""

    themes: tuple[Theme, ...]
    reports: tuple[str, ...]
    chasers: tuple[str, ...]
    talk: tuple[str, ...]
    accounts: dict[Means, tuple[str, ...]] = field(default_factory=dict)
    surnames: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    trades: tuple[str, ...] = ()
    roads: tuple[str, ...] = ()


@cache
def phrases() -> Phrases:
    """The file's words."""
    found: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("city.yaml").read_text(encoding="utf-8"))
    lists = {
        name: tuple(map(str, found[name]))
        for name in ("reports", "chasers", "talk", "surnames", "names", "trades", "roads")
    }
    accounts = {Means(means): tuple(said) for means, said in found["accounts"].items()}
    return Phrases(tuple(map(_theme, found["matters"])), accounts=accounts, **lists)


def _theme(entry: dict[str, Any]) -> Theme:
    entry = entry | {"words": tuple(entry["words"]), "means": tuple(part / 100 for part in entry["means"])}
    return Theme(**entry | {"demand": Demand(entry.get("demand", Demand.COMPLAINT))})
