"""What ends a command with a plain sentence; a file of its own, for the settings take long to import."""

import re

from texts.page import clean

TOKEN = re.compile(r"\d{4,}:[\w-]{10,}")
VALUE = re.compile(r"'[^']*'|\"[^\"]*\"|=\([^)]*\)")
LIMIT = 300
QUOTED = re.compile(r"'(?![a-z_]{1,40}')[^']*'|\"(?![a-z_]{1,40}\")[^\"]*\"")
"""What stands in quotation marks may be what somebody said, unless it has the form of a name of ours."""
LONG = re.compile(r"\d{7,}")
CHINESE = re.compile("[\u3400-\u9fff](?:.*[\u3400-\u9fff])?")
"""From the first sign to the last."""


class SettingsRefused(Exception):  # noqa: N818 - a plain sentence for the clerk
    """A setting that is wrong; the sentence says which, and what to write instead."""


def safely(error: BaseException, limit: int = LIMIT) -> str:
    """An error as a log and a table may have it: without token, telephone and identity numbers.

    Of a database's complaint neither the statement nor the values, for those are what people said; of any other
    neither quoted words nor Chinese ones, which only people write.
    """
    cause = getattr(error, "orig", None)
    if isinstance(cause, BaseException):
        words = f"{type(cause).__name__}: {VALUE.sub('…', (str(cause).splitlines() or [''])[0])}"
    else:
        words = str(error).split("\n[SQL:", 1)[0]
    return f"{type(error).__name__}: {veiled(TOKEN.sub('***', clean(words)))}"[:limit]


def veiled(words: str) -> str:
    """A fault's words without quoted ones, long numbers and Chinese, which only people write."""
    first = next(iter(words.splitlines()), "")
    return CHINESE.sub("…", LONG.sub("…", QUOTED.sub("'…'", first)))[:LIMIT]
