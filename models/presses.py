"""What a button says when it is pressed: at most 64 bytes, and never trusted (all of it is checked again)."""

import re
from dataclasses import dataclass

VERSION = "v1"
NUMBER = re.compile("[0-9a-z]{1,12}")
"""As many places as every number of a table fits into: what is longer was never on a button."""
SIDES = ("1", "2")
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


def of_side(name: str, side: int = 0) -> str:
    """An argument that names a number of the figures: of one of two sides (1, 2), or of the whole."""
    return f"{side}.{name}" if side else name


def side_of(given: str) -> tuple[str, int]:
    """The number's name, and the side; 0 where none is named."""
    side, dot, name = given.partition(".")
    return (name, int(side)) if dot and side in SIDES else (given, 0)


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
