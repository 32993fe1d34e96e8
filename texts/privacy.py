"""What people are told about their own data: the notice of a group, /privacy, what was sent and what was erased."""

import html
from datetime import datetime

from models.presses import Press
from models.retention import Retention
from models.words import Looked
from texts.page import Button, Page, whole
from texts.speaking import Named, again, fixed, later, tell
from texts.words import ERASED, LOOKED, named

ALERT = 200
YEAR, MONTH = 365, 30
HERE = fixed("privacy-here")
TOASTS = Named("privacy-toast", ("elsewhere", "coming", "asked", "erasing", "staff"))


@later
def notice(bureau: str, contact: str, kept: Retention) -> Page:
    """What a group is told once: who listens, what is read and kept, how long, and where to ask."""
    talk, ticket = span(kept.talk_days), span(kept.ticket_days)
    return Page(tell("privacy-notice", bureau=_who(bureau, contact), talk=talk, ticket=ticket))


@later
def rules(bureau: str, contact: str, kept: Retention) -> Page:
    """What is kept, how long, by whom; with the two buttons."""
    spans = {
        "talk": span(kept.talk_days), "raw": span(kept.raw_days), "dead": span(kept.dead_days),
        "ticket": span(kept.ticket_days), "enforcement": span(kept.case_days), "sent": span(kept.outbox_days),
        "past": span(kept.history_days),
    }  # fmt: skip
    text = tell("privacy-rules", bureau=_who(bureau, contact), **spans)
    return Page(text, ((_button("copy"), _button("erase")),))


@later
def confirmation() -> Page:
    """Asks once more before anything is erased."""
    return Page(tell("privacy-sure"), ((_button("erase_now"), _button("erase_not")),))


@later
def gone(kept_tickets: list[int]) -> Page:
    """What was erased, and what stays and why."""
    done = tell("privacy-gone")
    if not kept_tickets:
        return Page(done)
    numbers = named(f"#{number}" for number in kept_tickets)
    return Page(f"{done}\n{tell('privacy-stays', numbers=numbers)}")


def own() -> Page:
    """Above the file with her own data."""
    return Page(tell("privacy-own"))


def exact(words: str, *more: str | None) -> str:
    """The words as they were said, and party and place where they say more; for the one who asked. Fits an alert."""
    parts = [words, *(part for part in more if part and part not in words)]
    said = " ".join(whole(tell("semicolon").join(filter(None, parts))).split())
    cut = said[:ALERT]
    while _units(cut) > ALERT - (cut != said):
        cut = cut[:-1]
    return cut if cut == said else f"{cut}…"


def _units(words: str) -> int:
    """As chats count: signs beyond the basic plane are two."""
    return len(words.encode("utf-16-le")) // 2


def looked(at: datetime, who: str, what: Looked, whose: str, ticket: int | None) -> str:
    """A line of the audit."""
    about = f" #{ticket}" if ticket else ""
    return f"{at:%Y-%m-%d %H:%M} {who or again(ERASED)} {LOOKED[what]} {whose}{about}"


def machine() -> str:
    """Who looked, where a command of the machine did."""
    return tell("looked-machine")


def nobody() -> str:
    """The audit has no line."""
    return tell("looked-nobody")


def span(days: int) -> str:
    """So many days, as people say it."""
    if days % YEAR == 0:
        return tell("span-years", n=days // YEAR)
    return (
        tell("span-months", n=days // MONTH) if days % MONTH == 0 and days > MONTH else tell("amount-of-days", n=days)
    )


def _who(bureau: str, contact: str) -> str:
    """The bureau, and how it is reached."""
    name, way = html.escape(bureau, quote=False), html.escape(contact, quote=False)
    return tell("privacy-reached", bureau=name, contact=way) if contact else tell("privacy-by", bureau=name)


PRESS = Named("press", ("copy", "erase", "erase_now", "erase_not"))


def _button(verb: str) -> Button:
    return Button(PRESS[verb], Press(verb).data())
