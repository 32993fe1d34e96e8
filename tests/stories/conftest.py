"""Whatever a story prints or logs is looked through: nothing secret and nothing personal may be in it."""

import logging
import re
from collections.abc import Iterator

import pytest

from tests.town import TOKEN

FOUND = pytest.StashKey[list[str]]()
SECRETS = {
    "the token": re.compile(re.escape(TOKEN)),
    "a secret of the webhook": re.compile("a-secret-of-this-story"),
    "a telephone number": re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)"),
    "an identity number": re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)"),
    "a one-time code": re.compile(r"\b(?:[2-9A-HJKMNP-Z]{4}-){2}[2-9A-HJKMNP-Z]{4}\b"),
}


def leaks(words: str) -> list[str]:
    """What of the secret is in these words."""
    return [name for name, shape in SECRETS.items() if shape.search(words)]


class Listener(logging.Handler):
    """Hears every record of every library, also those that no handler of ours would write."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the words."""
        self.heard.append(self.format(record))


LISTENER = Listener()


@pytest.fixture(scope="session", autouse=True)
def _listening() -> Iterator[None]:
    """All of the session, on every logger's way up."""
    root = logging.getLogger()
    before = root.level
    root.addHandler(LISTENER)
    root.setLevel(logging.INFO)
    yield
    root.setLevel(before)
    root.removeHandler(LISTENER)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """A story whose output, logs or errors tell a secret has failed, whatever else it shows."""
    report: pytest.TestReport = yield  # type: ignore[assignment]
    if report.passed:
        told = "\n".join([words for _, words in report.sections] + LISTENER.heard)
        if found := leaks(told):
            report.outcome = "failed"
            report.longrepr = f"{item.nodeid} ({call.when}) tells {'、'.join(found)}:\n{told[-3000:]}"
    LISTENER.heard.clear()
    return report  # type: ignore[return-value]
