"""The fixed words of the trade, as they stand in the tables (DESIGN.md section 2)."""

from enum import StrEnum


class GroupKind(StrEnum):
    """What a chat is for."""

    MERCHANTS = "merchants"
    SITES = "sites"
    SQUAD = "squad"
    LEADS = "leads"
    PRIVATE = "private"


class Role(StrEnum):
    """What a person may do."""

    MERCHANT = "merchant"
    WORKER = "worker"
    OFFICER = "officer"
    LEAD = "lead"
    ADMIN = "admin"


class Demand(StrEnum):
    """The five kinds of demand of the 12345 hotline."""

    COMPLAINT = "complaint"
    REPORT = "report"
    HELP = "help"
    INQUIRY = "inquiry"
    SUGGESTION = "suggestion"


class Means(StrEnum):
    """The three means of the 721 way."""

    SERVICE = "service"
    MANAGEMENT = "management"
    ENFORCEMENT = "enforcement"


class Scope(StrEnum):
    """Whose business a demand is."""

    CITY = "city"
    ELSEWHERE = "elsewhere"
    NONE = "none"


class Status(StrEnum):
    """Where a ticket stands in its life (DESIGN.md section 7)."""

    OPENED = "opened"
    DISPATCHED = "dispatched"
    ACCEPTED = "accepted"
    ON_SITE = "on_site"
    SUSPENDED = "suspended"
    RESOLVED = "resolved"
    CLOSED = "closed"
    VOID = "void"


STAFF = frozenset({Role.OFFICER, Role.LEAD, Role.ADMIN})
ENDED = frozenset({Status.CLOSED, Status.VOID})
