"""An error in one line that may be kept and logged: its kind and what it says, without anybody's words."""

import re

LIMIT = 300
QUOTED = re.compile(r"'(?![a-z_]{1,40}')[^']*'|\"(?![a-z_]{1,40}\")[^\"]*\"")
"""What stands in quotation marks may be what somebody said, unless it has the form of a name of ours."""
LONG = re.compile(r"\d{7,}")
CHINESE = re.compile("[\u3400-\u9fff](?:.*[\u3400-\u9fff])?")
"""From the first sign to the last."""


def named(error: BaseException) -> str:
    """Kind and sentence of an error. Only the first line: drivers put the row's values into the others."""
    first = next(iter(str(error).splitlines()), "")
    return f"{type(error).__name__}: {veiled(first)}"[:LIMIT].replace("\x00", "")


def veiled(words: str) -> str:
    """A fault's words without quoted ones, long numbers and Chinese, which only people write."""
    first = next(iter(words.splitlines()), "")
    return CHINESE.sub("…", LONG.sub("…", QUOTED.sub("'…'", first)))[:LIMIT]
