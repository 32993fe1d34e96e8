"""What ends a command with a plain sentence; a file of its own, for the settings take long to import."""

import re

from texts.page import clean

TOKEN = re.compile(r"\d{4,}:[\w-]{10,}")
VALUE = re.compile(r"'[^']*'|\"[^\"]*\"|=\([^)]*\)")


class SettingsRefused(Exception):  # noqa: N818 - a plain sentence for the clerk
    """A setting that is wrong; the sentence says which, and what to write instead."""


def safely(error: BaseException, limit: int = 300) -> str:
    """An error as a log and a table may have it: without token, telephone and identity numbers.

    Of a database's complaint neither the statement nor the values, for those are what people said.
    """
    cause = getattr(error, "orig", None)
    if isinstance(cause, BaseException):
        words = f"{type(cause).__name__}: {VALUE.sub('…', (str(cause).splitlines() or [''])[0])}"
    else:
        words = str(error).split("\n[SQL:", 1)[0]
    return f"{type(error).__name__}: {TOKEN.sub('***', clean(words))}"[:limit]
