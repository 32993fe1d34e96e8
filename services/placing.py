"""Where a ticket is: settles it when it opens, moves it when somebody knows better."""

from geo.places import Place, locate
from ledger import life, notices
from ledger.work import Work
from models.metres import metres
from models.reading import Step, Verdict
from models.rows import Person, Shop, Ticket
from models.said import Point
from models.words import Status
from reading.places import named
from services.journal import storable

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
    _write(ticket, place, point, shop)
    group = work.ledger.groups.get(ticket.group_id)
    ticket.street = place.street or (group.street if group else None)
    ticket.placeless = place.source == "none" and place.street is None and not named(place.text)


def _write(ticket: Ticket, place: Place, point: Point | None, shop: Shop | None) -> None:
    ticket.place = storable(place.text)[:200]
    ticket.lat, ticket.lon, ticket.radius = place.lat, place.lon, place.radius
    ticket.raw_lat, ticket.raw_lon = (point.lat, point.lon) if point else (place.lat, place.lon)
    ticket.datum = point.datum if point else place.datum
    ticket.place_source = place.source
    ticket.near = place.near or (shop.address if shop and place.source == "shop" else None)
    ticket.grid, ticket.outside = place.grid, place.outside


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
    if _changes_hands(work, ticket, squad):
        return
    if ticket.point is not None and (before is None or metres(before, ticket.point) > WORTH_A_PIN):
        notices.pin(work, ticket)


def _changes_hands(work: Work, ticket: Ticket, before: str | None) -> bool:
    """The place is in another squad's street: it goes there, unless somebody chose its squad or has it in hand."""
    squad = beat(work, ticket)
    if squad is None or squad == ticket.squad or ticket.squad != before or ticket.status != Status.DISPATCHED:
        return False
    ticket.squad = squad
    life.jot(work, ticket, "reroute", None, squad=squad)
    notices.send_on(work, ticket)
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
