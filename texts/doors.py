"""What the chat says about the pages."""

from texts.page import Page
from texts.speaking import fixed, tell

PRIVATE = fixed("login-private")
STAFF_ONLY = fixed("login-staff-only")
MINUTES = 5


def map_button(first: str = "", last: str = "") -> str:
    """Opens the map of the pages; days are named where it shows more than was asked for."""
    return tell("login-map-days", first=first, last=last) if first else tell("login-map")


def link(address: str, secret: str) -> Page:
    """A new link."""
    return Page(f"{tell('login-link', link=f'{address}/login/{secret}')}\n{tell('login-how', minutes=MINUTES)}")
