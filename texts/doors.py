"""What the chat says about the pages."""

from texts.page import Page, plain
from texts.speaking import fixed, tell

PRIVATE = fixed("login-private")
STAFF_ONLY = fixed("login-staff-only")
MINUTES = 5
SIDE = 16
"""UTF-16 units of a name on a button."""


def map_button(first: str = "", last: str = "") -> str:
    """Opens the map of the pages; days are named where it shows more than was asked for."""
    return tell("login-map-days", first=first, last=last) if first else tell("login-map")


def figures_button(first: str = "", last: str = "") -> str:
    """Opens the figures of the pages, as `map_button` the map."""
    return tell("login-figures-days", first=first, last=last) if first else tell("login-figures")


def side_button(name: str) -> str:
    """Opens the figures of one of two parts that stand beside each other."""
    return tell("login-figures-of", name=plain(name, SIDE))


def link(address: str, secret: str) -> Page:
    """A new link."""
    return Page(f"{tell('login-link', link=f'{address}/login/{secret}')}\n{tell('login-how', minutes=MINUTES)}")
