"""What a button says when it is pressed: at most 64 bytes, and never trusted (all of it is checked again)."""

import re
from dataclasses import dataclass
from zlib import crc32

VERSION = "v1"
NUMBER = re.compile("[0-9a-z]{1,12}")
"""As many places as every number of a table fits into: what is longer was never on a button."""
SIDES = ("1", "2")
MARK = re.compile("[0-9a-f]{8}")
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Press:
    """A verb on a ticket (or, for questions, on a message) in one round, with one argument."""

    verb: str
    ticket: int = 0
    round: int = 1
    given: str = ""

    def data(self) -> str:
        """As callback data."""
        return ":".join([VERSION, self.verb, base36(self.ticket), base36(self.round), self.given]).rstrip(":")


@dataclass(frozen=True, slots=True)
class Behind:
    """What a list is of: a number of the figures, of one of two sides (1, 2) or the whole, all of it or one part."""

    number: str
    side: int = 0
    part: str = ""
    """Which squad, officer, matter or place, as `mark` has it."""

    def given(self) -> str:
        """As an argument."""
        side, part = f"{self.side}." if self.side else "", f"~{self.part}" if self.part else ""
        return f"{side}{self.number}{part}"


def behind_of(given: str) -> Behind:
    """What an argument names; the whole of a number where it names no side or part that could be."""
    side, dot, rest = given.partition(".")
    of, name = (int(side), rest) if dot and side in SIDES else (0, given)
    number, _, part = name.partition("~")
    return Behind(number, of, part if MARK.fullmatch(part) else "")


def mark(key: object) -> str:
    """A name of any length in eight signs."""
    return f"{crc32(str(key).encode(errors='backslashreplace')):08x}"


def base36(number: int) -> str:
    """A number ≥ 0 in base 36."""
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = DIGITS[rest] + digits
    return digits or "0"


def parse_press(data: str) -> Press | None:
    """The press that the data names, or None where it is not of ours."""
    parts = data.split(":", 4) + [""] * 4
    version, verb, ticket, round_, given = parts[:5]
    if version != VERSION or not verb.isascii() or not verb:
        return None
    number, turn = number_of(ticket or "0"), number_of(round_ or "1")
    return None if number is None or turn is None else Press(verb, number, turn, given)


def number_of(given: str) -> int | None:
    """The number that an argument is in base 36, or None."""
    return int(given, 36) if NUMBER.fullmatch(given) else None
