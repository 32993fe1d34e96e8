"""What the geocoders may be asked about a ticket."""

from dataclasses import dataclass, field

from geo.phrases import Phrase, forms
from ledger import notices
from ledger.pointing import POINTED
from ledger.work import Work
from models.rows import Ticket
from models.said import Point
from reading.places import named


@dataclass(frozen=True, slots=True)
class Question:
    """Where words are, or what a WGS-84 point is called. `phrase` is what else the words say: so far from it."""

    words: str = field(default="", repr=False)
    point: Point | None = None
    phrase: Phrase | None = None


def question(ticket: Ticket) -> Question | None:
    """What is to be asked: a place in words without a near point, or a pin without a name; else nothing."""
    if ticket.ended:
        return None
    if ticket.place_source in POINTED and ticket.point and not ticket.near and not named(ticket.place):
        return Question(point=Point(round(ticket.point.lat, 5), round(ticket.point.lon, 5)))
    vague = ticket.place_source == "gazetteer" and ticket.doubt > notices.VAGUE
    if ticket.place_source != "none" and not vague:
        return None
    shapes = [phrase for piece in ticket.place.split("，") for phrase in forms(piece) if named(phrase.core)]
    return Question(shapes[-1].core[:60], phrase=shapes[-1]) if shapes else None


def put(work: Work, ticket: Ticket) -> None:
    """A ticket has a place, or another: whether the geocoders are to be asked."""
    ticket.survey_at, ticket.surveys = (work.now if question(ticket) else None), 0
