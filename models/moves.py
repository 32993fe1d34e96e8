"""The life of a ticket as one table: from where, by which verb, to where, who may, and what must be given."""

from dataclasses import dataclass
from enum import StrEnum

from models.words import Status


class Action(StrEnum):
    """The verbs that move a ticket."""

    DISPATCH = "dispatch"
    ACCEPT = "accept"
    PASS_ON = "pass_on"  # noqa: S105 - a verb
    GIVE_BACK = "give_back"
    ARRIVE = "arrive"
    RESOLVE = "resolve"
    SUSPEND = "suspend"
    RESUME = "resume"
    EXTEND = "extend"
    CONFIRM = "confirm"
    DISPUTE = "dispute"
    CLOSE = "close"
    VOID = "void"
    WITHDRAW = "withdraw"
    MERGE = "merge"
    SPLIT = "split"
    RELEASE = "release"


class Who(StrEnum):
    """A person's relation to a ticket."""

    SYSTEM = "system"
    REPORTER = "reporter"
    SQUAD = "squad"  # an officer of the ticket's squad
    HOLDER = "holder"  # the officer who took it
    LEAD = "lead"


class Need(StrEnum):
    """What must be given with a verb."""

    REASON = "reason"
    PROOF = "proof"  # a photo, or a written reason
    MEANS = "means"
    MERGED = "merged"  # it stands under another ticket
    LADDER = "ladder"  # enforcement: the lower rungs on record, or a reason why not


@dataclass(frozen=True, slots=True)
class Move:
    """One edge of the ticket's life."""

    to: Status
    who: frozenset[Who]
    needs: frozenset[Need] = frozenset()
    stamps: str | None = None


def _who(*names: Who) -> frozenset[Who]:
    return frozenset(names)


S, A = Status, Action
_ASSIGN = _who(Who.SYSTEM, Who.LEAD)
_SQUAD = _who(Who.SQUAD, Who.LEAD)
_HOLDER = _who(Who.HOLDER, Who.LEAD)
_REASON = frozenset({Need.REASON})
_PROOF = frozenset({Need.PROOF, Need.MEANS, Need.LADDER})
_LEAD = _who(Who.LEAD)

MOVES: dict[tuple[Status, Action], Move] = {
    (S.OPENED, A.DISPATCH): Move(S.DISPATCHED, _ASSIGN, stamps="dispatched_at"),
    (S.OPENED, A.EXTEND): Move(S.OPENED, _LEAD, _REASON),
    (S.OPENED, A.VOID): Move(S.VOID, _LEAD, _REASON, stamps="closed_at"),
    (S.OPENED, A.WITHDRAW): Move(S.VOID, _who(Who.REPORTER), stamps="closed_at"),
    (S.DISPATCHED, A.ACCEPT): Move(S.ACCEPTED, _SQUAD, stamps="accepted_at"),
    (S.DISPATCHED, A.GIVE_BACK): Move(S.OPENED, _SQUAD, _REASON),
    (S.DISPATCHED, A.EXTEND): Move(S.DISPATCHED, _LEAD, _REASON),
    (S.DISPATCHED, A.VOID): Move(S.VOID, _LEAD, _REASON, stamps="closed_at"),
    (S.DISPATCHED, A.WITHDRAW): Move(S.VOID, _who(Who.REPORTER), stamps="closed_at"),
    (S.ACCEPTED, A.ARRIVE): Move(S.ON_SITE, _HOLDER, stamps="arrived_at"),
    (S.ACCEPTED, A.PASS_ON): Move(S.DISPATCHED, _HOLDER, stamps="dispatched_at"),
    (S.ACCEPTED, A.GIVE_BACK): Move(S.OPENED, _HOLDER, _REASON),
    (S.ACCEPTED, A.SUSPEND): Move(S.SUSPENDED, _HOLDER, _REASON, stamps="suspended_at"),
    (S.ACCEPTED, A.EXTEND): Move(S.ACCEPTED, _LEAD, _REASON),
    (S.ACCEPTED, A.VOID): Move(S.VOID, _LEAD, _REASON, stamps="closed_at"),
    (S.ON_SITE, A.RESOLVE): Move(S.RESOLVED, _HOLDER, _PROOF, stamps="resolved_at"),
    (S.ON_SITE, A.SUSPEND): Move(S.SUSPENDED, _HOLDER, _REASON, stamps="suspended_at"),
    (S.ON_SITE, A.EXTEND): Move(S.ON_SITE, _LEAD, _REASON),
    (S.ON_SITE, A.VOID): Move(S.VOID, _LEAD, _REASON, stamps="closed_at"),
    (S.SUSPENDED, A.RESUME): Move(S.ACCEPTED, _HOLDER),
    (S.SUSPENDED, A.VOID): Move(S.VOID, _LEAD, _REASON, stamps="closed_at"),
    **{(status, A.MERGE): Move(S.VOID, _ASSIGN, stamps="closed_at") for status in (S.OPENED, S.DISPATCHED)},
    (S.VOID, A.SPLIT): Move(S.OPENED, _who(Who.SYSTEM, Who.REPORTER, Who.LEAD), frozenset({Need.MERGED})),
    **{
        (status, A.RELEASE): Move(S.DISPATCHED, _ASSIGN, stamps="dispatched_at")
        for status in (S.ACCEPTED, S.ON_SITE, S.SUSPENDED)
    },
    (S.RESOLVED, A.CONFIRM): Move(S.CLOSED, _who(Who.REPORTER), stamps="closed_at"),
    (S.RESOLVED, A.CLOSE): Move(S.CLOSED, _who(Who.SYSTEM), stamps="closed_at"),
    (S.RESOLVED, A.DISPUTE): Move(S.DISPATCHED, _who(Who.REPORTER), stamps="dispatched_at"),
}

_STAFF = _who(Who.SQUAD, Who.HOLDER, Who.LEAD)
BESIDE: dict[str, frozenset[Who]] = {
    "menu": _STAFF,
    "apart": _LEAD,
    "snooze": _LEAD,
    "condition": _LEAD,
    "matter": _who(Who.REPORTER),
    "place": _who(Who.REPORTER),
    "reply": _STAFF,
    "/ticket": _STAFF | _who(Who.REPORTER),
    "/login": _STAFF,
    "page": _STAFF,
    "exact": _STAFF,
    "memo": _STAFF,
    "export": _LEAD,
    "answer": _STAFF,
    "desk": _LEAD,
    "replies": _LEAD,
    "settings": _LEAD,
    "/summary": _LEAD,
    "/people": _LEAD,
    "/invite": _LEAD,
    "revoke": _LEAD,
    "restore": _LEAD,
}
"""Who may do what moves no ticket: buttons, a reply to a squad's card, commands. The other commands are everybody's."""


def allowed(status: Status | str, action: Action) -> Move | None:
    """The edge from a status by a verb, or None where there is none."""
    return MOVES.get((Status(status), action))


def way(status: Status | str, *actions: Action) -> list[Action]:
    """Those of `actions`, in order, that lead on from `status`: who writes 「已处理」 took it and arrived too."""
    at, taken = Status(status), []
    for action in actions:
        move = allowed(at, action)
        if move is not None:
            taken.append(action)
            at = move.to
    return taken


def diagram() -> str:
    """The table as a Mermaid state diagram, for docs/flow.md."""
    lines = ["stateDiagram-v2", "    [*] --> opened"]
    for (status, action), move in MOVES.items():
        given = "、".join(sorted(need.value for need in move.needs))
        lines.append(f"    {status.value} --> {move.to.value}: {action.value}" + (f" ({given})" if given else ""))
    lines += [f"    {end.value} --> [*]" for end in (Status.CLOSED, Status.VOID)]
    return "\n".join(lines)
