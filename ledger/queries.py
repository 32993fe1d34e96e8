"""What a unit of work asks the tables, built once: only the values that change are bound when it is asked.

To build such a question anew costs more than its answer, and a busy bureau asks them fifty times a second.
"""

from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, func, or_, select, tuple_, union_all

from ledger.ledger import LINES_KEPT
from models import tables as t
from models.words import ENDED, GroupKind, Means

TICKETS_HELD, TICKETS_TOGETHER = 200, 600
"""Of one group, and of all groups of a batch."""
FRESH_HELD = 60
"""Of one group those that were stirred within the hour: where there are more it is flooded."""
MET = 20


def _among(name: str) -> BindParameter[Any]:
    """Several values, given as a list when it is asked."""
    return bindparam(name, expanding=True)


_M, _T, _J = t.message.c, t.ticket.c, t.job.c
_LINE = tuple_(_M.group_id, _M.message)

COUNTERS = select(
    *(
        select(func.coalesce(func.max(table.c.id), 0)).scalar_subquery().label(name)
        for name, table in {
            "ticket": t.ticket, "card": t.card, "person": t.person, "chat_group": t.group, "medium": t.medium,
            "shop": t.shop, "advice": t.advice,
        }.items()
    )
)  # fmt: skip
"""The highest number given out of each kind."""

GROUPS = select(t.group).where(
    or_(
        t.group.c.kind != GroupKind.PRIVATE,
        t.group.c.id.in_(select(t.alias.c.group_id).where(t.alias.c.chat.in_(_among("chats")))),
    )
)
ALIASES = select(t.alias).where(t.alias.c.group_id.in_(_among("groups")))


def _newest(at: ColumnElement[Any], group: ColumnElement[Any], many: int, *when: ColumnElement[bool]) -> Any:
    """The moment of the oldest of so many newest rows of a group, or of as many as there are: one walk of an index.

    Nothing else may bound the same moment from below: SQLite would begin at that bound, and ask this for each row.
    """
    rows = select(at.label("at")).where(group == t.group.c.id, *when).order_by(at.desc()).limit(many)
    return select(func.min(rows.correlate(t.group).subquery().c.at)).scalar_subquery()


_since = bindparam("since", type_=_M.at.type)
_earlier = t.message.alias("earlier").c
LINES = (
    select(t.message)
    .join(t.group, t.group.c.id == _M.group_id)
    .where(
        t.group.c.id.in_(_among("groups")),
        _M.at >= _newest(_earlier.at, _earlier.group_id, LINES_KEPT, _earlier.at > _since),
    )
    .order_by(_M.at, func.length(_M.message))
)
"""The newest lines of each group. Ids of one chat sort by length first: they are numbers written as text."""
LINES_NAMED = select(t.message).where(_LINE.in_(_among("lines")))
LINES_OF_ALBUMS = select(t.message).where(tuple_(_M.group_id, _M.album).in_(_among("albums")))

CARDS_AT = select(t.card).where(tuple_(t.card.c.group_id, t.card.c.message).in_(_among("lines")))
CARDS_OF = select(t.card).where(t.card.c.ticket_id.in_(_among("tickets")))

LINKS_AT = select(t.link).where(tuple_(t.link.c.group_id, t.link.c.message).in_(_among("lines")))
LINKS_OF = select(t.link).where(t.link.c.ticket_id.in_(_among("tickets")))

_before = t.ticket.alias("before").c
_fresh = bindparam("fresh", type_=_T.last_at.type)


def _stirred(many: int, since: BindParameter[Any], until: BindParameter[Any] | None = None) -> Select[Any]:
    """Of each group so many tickets that were stirred last within a time: their numbers, and places from 1 on."""
    then = (_before.last_at > since, *(() if until is None else (_before.last_at <= until,)))
    return (
        select(_T.id, func.row_number().over(partition_by=_T.group_id, order_by=_T.last_at.desc()).label("place"))
        .join(t.group, t.group.c.id == _T.group_id)
        .where(
            t.group.c.id.in_(_among("groups")),
            _T.last_at >= _newest(_before.last_at, _before.group_id, many, *then),
            *(() if until is None else (_T.last_at <= until,)),
        )
    )


_of_each = union_all(_stirred(FRESH_HELD, _fresh), _stirred(TICKETS_HELD - FRESH_HELD, _since, _fresh)).subquery()
TICKETS_RECENT = (
    select(t.ticket).join(_of_each, _of_each.c.id == _T.id).order_by(_of_each.c.place).limit(TICKETS_TOGETHER)
)
"""The tickets of each group that were stirred last: a flooded one keeps what it had before, and others keep theirs."""
TICKETS_NAMED = select(t.ticket).where(_T.id.in_(_among("tickets")))
TICKETS_BELOW = select(t.ticket).where(_T.same_as.in_(_among("tickets")))
"""Those that were merged into these."""

_people = select(t.person.c.id).where(or_(t.person.c.user.in_(_among("users")), t.person.c.id.in_(_among("people"))))
_told = select(t.reporter.c.ticket_id).where(t.reporter.c.person_id.in_(_people))
OWN = (
    select(_T.id)
    .where(or_(_T.officer_id.in_(_people), _T.id.in_(_told)), _T.status.not_in(ENDED))
    .order_by(_T.id)
    .limit(TICKETS_HELD)
)
"""Numbers of the open tickets that these people told of or have in hand."""

_parties = select(_T.party).where(_T.id.in_(_among("tickets")), _T.party.is_not(None))
MET_BEFORE = (
    select(_T.id)
    .where(_T.party.in_(_parties), _T.means.in_((Means.SERVICE, Means.MANAGEMENT)))
    .order_by(_T.id.desc())
    .limit(MET)
)
"""Numbers of the tickets in which the same parties were met with the lower means."""

REPORTERS = select(t.reporter).where(t.reporter.c.ticket_id.in_(_among("tickets")))
_asked_for = or_(t.person.c.user.in_(_among("users")), t.person.c.id.in_(_among("people")))
_in_office = t.person.c.id.in_(select(t.role.c.person_id).where(t.role.c.until.is_(None)))
PERSONS = select(t.person).where(_asked_for)
PERSONS_AND_STAFF = select(t.person).where(or_(_asked_for, _in_office))
ROLES = select(t.role).where(t.role.c.person_id.in_(_among("people")))
SHOPS = select(t.shop).where(t.shop.c.person_id.in_(_among("people")))

CODES = select(t.code).where(t.code.c.hash.in_(_among("codes")))
_E = t.role_event.c
MISSES = select(_E.at, _E.action, _E.person_id, _E.actor_id, _E.role, _E.squad).where(
    _E.actor_id.in_(_among("people")), _E.action == "wrong", _E.at > bindparam("since")
)
"""How often these people sent wrong codes."""

JOBS_WAITING = select(_J.key).where(_J.key.in_(_among("keys")), _J.state == "waiting")
QUESTIONS = select(_J.key, _J.kind, _J.due_at, _J.ticket_id, _J.payload).where(
    _J.state == "waiting", _J.due_at > bindparam("after"), _J.due_at <= bindparam("until"), _J.kind == "question"
)
"""Questions in chats that nobody has answered yet."""

_P = t.outbox.c
POSTS = select(_P.id, _P.kind, _P.priority, _P.created_at, _P.group_id, _P.payload).where(_P.id.in_(_among("posts")))

_last = func.row_number().over(partition_by=_M.person_id, order_by=_M.at.desc()).label("place")
_heard = (
    select(_M.person_id, _M.group_id, _last)
    .join(t.group, t.group.c.id == _M.group_id)
    .where(_M.person_id.in_(_among("people")), t.group.c.kind != GroupKind.PRIVATE, t.group.c.known)
    .subquery()
)
HOMES = select(_heard.c.person_id, _heard.c.group_id).where(_heard.c.place == 1)
"""The group where each of these people was heard last."""
