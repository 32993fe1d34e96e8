"""Where a ticket is: settles it when it opens, moves it when somebody knows better."""

from geo.datums import to_wgs84
from geo.geocoders.provider import Answer
from geo.places import Place, at, locate
from ledger import life, notices, surveying
from ledger.surveying import Question, question
from ledger.work import Work
from models.metres import metres
from models.reading import Step, Verdict
from models.rows import Person, Ticket
from models.said import Point, storable
from models.words import Status
from reading.places import named

WORTH_A_PIN = 15
"""Metres by which a point must move before the squad gets another pin."""


def settle(work: Work, ticket: Ticket, person: Person, verdict: Verdict, point: Point | None) -> None:
    """The place of a ticket from a point that was shown, the words, and the shop of who told of it."""
    shop = work.ledger.shop_of(person)
    atlas = work.rules.atlas
    cut = "，".join(dict.fromkeys(span for _, span in verdict.places)) or ticket.place
    text = cut or ("" if point else atlas.mention(ticket.words))
    place = locate(
        text=text, point=point, own_place=verdict.own_place, atlas=atlas,
        shop_name=shop.name if shop else None, shop_address=shop.address if shop else None,
        shop_point=shop.point if shop else None,
    )  # fmt: skip
    write(work, ticket, place, point)
    if place.source == "shop" and shop is not None and not ticket.near:
        ticket.near = shop.address


def write(work: Work, ticket: Ticket, place: Place, given: Point | None) -> None:
    """Put a place into a ticket; `given` is its point as it was given, where somebody gave one."""
    group = work.ledger.groups.get(ticket.group_id)
    raw = given or place
    ticket.place, ticket.place_source = storable(place.text)[:200], place.source
    ticket.lat, ticket.lon, ticket.radius = place.lat, place.lon, place.radius
    ticket.raw_lat, ticket.raw_lon, ticket.datum = raw.lat, raw.lon, raw.datum
    ticket.near, ticket.grid, ticket.outside = place.near, place.grid, place.outside
    ticket.street = place.street or (group.street if group else None)
    ticket.placeless = place.source == "none" and place.street is None and not named(place.text)
    surveying.put(work, ticket)


def beat(work: Work, ticket: Ticket) -> str | None:
    """The squad whose beat the ticket's street is: the map's word, the group's own, the other groups'; with a chat."""
    group = work.ledger.groups.get(ticket.group_id)
    atlas, own = work.rules.atlas, group.squad if group else None
    area = atlas.streets.named(ticket.street) if ticket.street else None
    if area is not None and area.squad and work.ledger.squad_group(area.squad):
        return area.squad
    if group is None or ticket.street == group.street:
        return own
    other = atlas.squads.get(ticket.street or "")
    return other if work.ledger.squad_group(other) else own


def move(work: Work, ticket: Ticket, person: Person, verdict: Verdict, point: Point | None) -> None:
    """The place is known better, or is another: the squad gets another pin where it is worth one."""
    before, squad = ticket.point, beat(work, ticket)
    settle(work, ticket, person, verdict, point)
    if changes_hands(work, ticket, squad):
        return
    if ticket.point is not None and (before is None or metres(before, ticket.point) > WORTH_A_PIN):
        notices.pin(work, ticket)


def changes_hands(work: Work, ticket: Ticket, before: str | None) -> bool:
    """The place is in another squad's street: it goes there, unless somebody chose its squad or has it in hand."""
    squad = beat(work, ticket)
    if squad is None or squad == ticket.squad or ticket.squad != before or ticket.status != Status.DISPATCHED:
        return False
    ticket.squad = squad
    life.jot(work, ticket, "reroute", None, squad=squad)
    notices.send_out(work, ticket)
    return True


def stand_at(work: Work, ticket: Ticket, point: Point) -> None:
    """Where a picture was taken: a ticket whose place is not known better stands there."""
    person = work.ledger.person_by_id(ticket.reporter_id)
    if person is None or ticket.ended or ticket.place_source not in {"none", "gazetteer", "geocoder"}:
        return
    move(work, ticket, person, Verdict(Step.ADD), point)
    life.jot(work, ticket, "add", None, **shown(point))


def shown(point: Point) -> dict[str, object]:
    """A point as a ticket's history keeps it."""
    return {"point": [point.lat, point.lon], "datum": point.datum, "by": point.shown_by}


def answered(work: Work, ticket: Ticket, asked: Question, answer: Answer | None) -> None:
    """What a geocoder told is written down. A ticket that ended, or whose place is another by now, is left alone."""
    if question(ticket) != asked:
        return
    ticket.survey_at = None
    if answer is not None and asked.point is not None:
        ticket.near = f"{answer.name}附近"
        life.mark(work, ticket, "located", None, near=answer.name)
    elif answer is not None and answer.point is not None:
        _found(work, ticket, asked, answer.point)


def _found(work: Work, ticket: Ticket, asked: Question, raw: Point) -> None:
    """Its point, or one so far from it; nothing where the words alone said more."""
    atlas, there = work.rules.atlas, to_wgs84(raw)
    point = atlas.beside(there, asked.phrase) if asked.phrase else there
    if ticket.point is not None and (point.radius or 0) >= ticket.doubt:
        return
    still = (point.lat, point.lon) == (there.lat, there.lon)
    before = beat(work, ticket)
    write(work, ticket, at(point, ticket.place, "geocoder", atlas), raw if still else point)
    ticket.survey_at = None
    life.mark(work, ticket, "located", None, radius=round(point.radius or 0))
    if not changes_hands(work, ticket, before):
        notices.pin(work, ticket)
