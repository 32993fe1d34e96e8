"""Tells log and figures what was written into histories, when it is on disk: ids and verbs, nobody's words or name."""

import structlog

from bot import meter
from ledger.ledger import Ledger

log = structlog.get_logger()


def told(ledger: Ledger) -> None:
    """One line an event: which ticket, of which group, did what, by whom."""
    meter.happened(event.action for event in ledger.events)
    for event in ledger.events:
        ticket = ledger.tickets.get(event.ticket_id)
        group = ticket.group_id if ticket else None
        log.info("ticket", ticket=event.ticket_id, group=group, action=event.action, person=event.actor_id)
