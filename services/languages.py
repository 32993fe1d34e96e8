"""What the bot speaks with whom: a group's language stands in the configuration, in private it is her choice."""

from ledger import notices
from ledger.life import Refused
from ledger.work import Work
from models.rows import Group, Person
from models.words import STAFF, GroupKind, Priority
from texts import sayings
from texts.catalogue import LANGUAGES
from texts.speaking import speaking

VERB = "language"


def settle(work: Work, group: Group, person: Person) -> None:
    """Alone with the bot she hears what she chose, or what her group hears."""
    group.language = person.language or _at_home(work, person)


def _at_home(work: Work, person: Person) -> str:
    """Her squad's language, the leads' where she leads without one, that of the group where she spoke last."""
    standing = work.ledger.standing(person)
    home = work.ledger.squad_group(standing.squad)
    if home is None and standing.role in STAFF:
        home = next(iter(work.ledger.lead_groups()), None)
    home = home or work.ledger.groups.get(work.ledger.homes.get(person.id))
    return home.language if home else work.rules.language


def answer(work: Work, group: Group, reply_to: str) -> None:
    """/language: in private the languages to choose from, in a group who settles it."""
    words = sayings.languages() if group.kind == GroupKind.PRIVATE else sayings.LANGUAGE_OF_GROUP
    notices.say(work, group, words, reply_to=reply_to, priority=Priority.DISPATCH)


def press(group: Group, person: Person, given: str) -> str:
    """A language was chosen; the toast, in that language. Raises Refused."""
    if group.kind != GroupKind.PRIVATE or given not in LANGUAGES:
        raise Refused("not_you")
    person.language = group.language = given
    with speaking(given):
        return sayings.language_chosen()
