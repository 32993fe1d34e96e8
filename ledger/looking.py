"""That somebody looks at people's data, written down with whatever else the unit of work does."""

from ledger.work import Work
from models.rows import Audit, Person, Ticket
from models.words import Looked


def note(work: Work, ticket: Ticket, person: Person, what: Looked) -> None:
    """A row for each who told of the ticket; not of her own words."""
    for whose in sorted({ticket.reporter_id, *work.ledger.reporters_of(ticket.id)} - {person.id}):
        work.ledger.audit(Audit(work.now, person.id, whose, what, ticket.id))
