"""Whatever the suite prints or logs is looked through: nothing secret and nothing personal may be in it.

Heard are the output of each test, also what it takes for itself, the log records of every library, and all that child
processes say. Logs may hold ids; what people are called, where they can be reached, and what they drive is nobody's
business there.
"""

import asyncio
import logging
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bench.chaos.ground import Ground
from models.personal import PLATE, bank_card, born
from tests.town import TOKEN, town_config

FIGURES = re.compile(r"(?<![\d.])(?:\d{17}[\dXx]|\d{16}|\d{19})(?![\d.])")
SECRETS = {
    "the token": re.compile(re.escape(TOKEN)),
    "a secret of the webhook": re.compile("a-secret-of-this-story"),
    "a telephone number": re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)"),
    "a number plate": re.compile(PLATE, re.IGNORECASE),
    "a one-time code": re.compile(r"\b(?:[2-9A-HJKMNP-Z]{4}-){2}[2-9A-HJKMNP-Z]{4}\b"),
}


def named() -> set[str]:
    """What the town's people are called; who is called as her shop is spared, for shops are on the map."""
    town = town_config()
    keepers = {shop.get("person", shop["name"]): shop["name"] for shop in town["shops"]}
    people = {person["name"] for person in town["people"]} | {"马力", "原队员"}
    return people | {who for who, shop in keepers.items() if who not in shop}


NAMES = re.compile("|".join(sorted(named())) + r"|(?:路人|队员|人)\d{4}")


def leaks(words: str) -> list[str]:
    """What of the secret is in these words."""
    figures = FIGURES.findall(words)
    found = [name for name, shape in SECRETS.items() if shape.search(words)]
    found += ["an identity number"] if any(born(one) for one in figures) else []
    found += ["a bank card"] if any(map(bank_card, figures)) else []
    return found + (["somebody's name"] if NAMES.search(words) else [])


class Listener(logging.Handler):
    """Hears every record of every library, also those that no handler of ours would write."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the words."""
        self.heard.append(self.format(record))

    def hear(self, *said: bytes | str | None) -> None:
        """Keep what a child process said."""
        self.heard += [one if isinstance(one, str) else one.decode(errors="replace") for one in said if one]

    def read(self, file: Path) -> None:
        """Keep what a child process wrote into a file."""
        if file.exists():
            self.hear(file.read_bytes())


LISTENER = Listener()


@pytest.fixture(scope="session", autouse=True)
def _listening() -> Iterator[None]:
    """All of the session, on every logger's way up, and wherever the words of a child process are taken in."""
    root = logging.getLogger()
    before = root.level
    root.addHandler(LISTENER)
    root.setLevel(logging.INFO)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(asyncio.subprocess.Process, "communicate", _overheard(asyncio.subprocess.Process.communicate))
        patch.setattr(subprocess.Popen, "communicate", _overheard_at_once(subprocess.Popen.communicate))
        patch.setattr(pytest.CaptureFixture, "readouterr", _overheard_at_once(pytest.CaptureFixture.readouterr))
        patch.setattr(Ground, "kill", _read_at_the_end(Ground.kill))
        yield
    root.setLevel(before)
    root.removeHandler(LISTENER)


def _overheard(communicate: Callable[..., Any]) -> Callable[..., Any]:
    async def told(*given: Any, **more: Any) -> Any:
        said = await communicate(*given, **more)
        LISTENER.hear(*said)
        return said

    return told


def _overheard_at_once(communicate: Callable[..., Any]) -> Callable[..., Any]:
    def told(*given: Any, **more: Any) -> Any:
        said = communicate(*given, **more)
        LISTENER.hear(*said)
        return said

    return told


def _read_at_the_end(kill: Callable[[Ground], Any]) -> Callable[[Ground], Any]:
    """What the harness's bot wrote, death after death."""

    async def ended(ground: Ground) -> Any:
        code = await kill(ground)
        LISTENER.read(ground.log)
        return code

    return ended


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """A test whose output, logs or errors tell a secret has failed, whatever else it shows."""
    report: pytest.TestReport = yield  # type: ignore[assignment]
    if report.passed:
        told = "\n".join([words for _, words in report.sections] + LISTENER.heard)
        if found := leaks(told):
            report.outcome = "failed"
            report.longrepr = f"{item.nodeid} ({call.when}) tells {'、'.join(found)}:\n{told[-3000:]}"
    LISTENER.heard.clear()
    return report  # type: ignore[return-value]
