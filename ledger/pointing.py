"""What a message shows of where: a pin is in its group's datum, a map link or typed coordinates are a pin too."""

from dataclasses import replace

from geo.datums import to_wgs84
from geo.links import shared
from models.rows import Group
from models.said import Point, Said

POINTED = frozenset({"pin", "link"})
"""Sources of a place that somebody showed on purpose: words do not move it."""


def heard(group: Group, said: Said) -> Said:
    """The message as the work hears it: with its point, and without the letters of links and coordinates.

    A message that is nothing but a link is then like a pin alone. `typed` keeps the words as they were.
    """
    found = shared(said.text)
    if said.point is None and found.point is None and found.words == said.text:
        return said
    pin = replace(said.point, datum=group.datum) if said.point else None
    return replace(said, text=found.words, typed=said.text, point=pin or found.point)


def reckoned(said: Said) -> Said:
    """The same with its point in WGS-84, as pairing compares it."""
    return replace(said, point=to_wgs84(said.point)) if said.point else said


def words(text: str) -> str:
    """What a text says without the letters of its links and coordinates."""
    return shared(text).words


def wgs(point: Point | None) -> Point | None:
    """A point in WGS-84, or none."""
    return to_wgs84(point) if point else None
