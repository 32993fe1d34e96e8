"""What people said, what they are called, where they are: no repr shows it, for it would stand in logs and errors."""

import dataclasses
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from models.outgoing import Outgoing, Sort
from models.reading import Line
from models.rows import Message, Person, Shop
from models.said import Point, Said, Speaker

ROOMS = ("models", "ledger", "reading", "services", "handlers", "channels", "texts", "bot", "geo", "web")
OURS = {
    "Condition.words", "Chosen.words", "Rule.words", "Weighed.words", "Theme.words", "Theme.party",
    "Words.text", "Button.text", "Page.text", "Wanted.words", "Trend.line", "Spot.lat", "Spot.lon",
}  # fmt: skip
"""Not of people: tables of the standard, drawings, what goes to a chat masked, a question on the command line."""
PERSONAL = {
    "address", "answer", "events", "handle", "latest", "lat", "line", "lon", "memos", "messages", "officer", "original",
    "outcome", "party", "payload", "place", "places", "plates", "q", "raw_lat", "raw_lon", "reason", "reporter",
    "reporters", "shop", "snoozed_why", "text", "token", "user", "venue", "words",
}  # fmt: skip
BEARS = re.compile("str|float|dict|Any")
"""Kinds of fields that can hold it; a number of ours is no name."""
NOW = datetime(2026, 3, 3, tzinfo=UTC)
WORDS, NAME, HOME = "井盖松了，电话13812345678", "邱女士", 34.593817
SHOWN: list[Any] = [
    Said("-1", "5", "77", NOW, name=NAME, text=WORDS, venue=WORDS), Point(HOME, HOME),
    Speaker("77", name=NAME, shop=NAME),
    Person(1, "700123", NAME), Shop(1, 1, NAME, NAME, HOME, HOME),
    Message(1, "5", 1, NOW, WORDS, lat=HOME, venue=WORDS),
    Outgoing(Sort.TEXT, "-1", WORDS, rows=((("接单", NAME),),), lat=HOME), Line("5", 1, NOW, WORDS),
]  # fmt: skip


def values() -> Iterator[type]:
    """Every dataclass of the program."""
    for room in ROOMS:
        for module in pkgutil.walk_packages(importlib.import_module(room).__path__, f"{room}."):
            if not module.name.endswith("__main__"):
                found = vars(importlib.import_module(module.name)).values()
                yield from (
                    one for one in found
                    if inspect.isclass(one) and one.__module__ == module.name and dataclasses.is_dataclass(one)
                )  # fmt: skip


def test_no_value_shows_what_is_personal() -> None:
    """By the names of the fields; a field of ours that is called so too is listed."""
    shown = {
        f"{kind.__name__}.{field.name}"
        for kind in values()
        for field in dataclasses.fields(kind)
        if field.repr and field.name in PERSONAL and BEARS.search(str(field.type))
    }
    assert shown == OURS


@pytest.mark.parametrize("value", SHOWN, ids=lambda value: type(value).__name__)
def test_repr_says_which_it_is_and_nothing_of_her(value: Any) -> None:
    """Neither her words nor her name, her account or where she is."""
    told = repr(value)
    assert told.startswith(type(value).__name__)
    assert not any(secret in told for secret in (WORDS, "138", NAME, str(HOME), "700123"))
