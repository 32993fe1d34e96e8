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


class CardKind(StrEnum):
    """The messages that the bot keeps up to date."""

    RECEIPT = "receipt"
    DISPATCH = "dispatch"
    TRIAGE = "triage"
    RESULT = "result"
    TWIN = "twin"  # to the leads: is it the same thing?
    WATCH = "watch"  # to the leads and the bureau: what is late, to extend or to leave for a while


class Menu(StrEnum):
    """What a card asks just now."""

    MEANS = "means"
    PASS_ON = "pass_on"  # noqa: S105 - a verb
    GIVE_BACK = "give_back"
    SUSPEND = "suspend"
    JUDGE = "judge"  # on a receipt: done by hand, was it solved?
    MATTER = "matter"  # on a receipt: what is it then?
    EXTEND = "extend"  # by how much?
    EXTEND_WHY = "extend_why"
    SNOOZE = "snooze"  # until when?
    SNOOZE_WHY = "snooze_why"
    CONDITION = "condition"  # which condition of its matter is it, then?
    VOID = "void"  # why is it none?


class Looked(StrEnum):
    """What was done with a person's data, as the audit keeps it."""

    WORDS = "words"  # somebody read the exact words of a report
    HISTORY = "history"  # somebody of the staff read a ticket's history
    EXPORT = "export"  # she had her own data sent
    ERASE = "erase"  # she had them erased
    SHEET = "sheet"  # somebody of the staff had tickets, or figures, written into a file
    PICTURE = "picture"  # somebody of the staff looked at a picture, or heard a voice
    SEARCH = "search"  # somebody of the staff found her tickets by her name


class PostKind(StrEnum):
    """What the courier can be asked to bring."""

    CARD = "card"  # a card for the first time
    EDIT = "edit"  # a card shown anew
    TEXT = "text"  # words, with or without buttons
    ASK = "ask"  # a question with two buttons, to one person
    WITHDRAW = "withdraw"  # take such a question back
    PIN = "pin"  # a point under a card
    PHOTOS = "photos"  # pictures under a card
    TOAST = "toast"  # the answer to a press
    LEAVE = "leave"  # drop the buttons of a stray copy
    SUMMARY = "summary"  # figures and their picture, reckoned when sent
    LISTING = "listing"  # the tickets behind a number, a page at a time
    MAP = "map"  # where they lie
    SHEET = "sheet"  # they as a workbook
    REPORT = "report"  # a week or a month as PDF
    CODE = "code"  # a one-time code, made when sent and kept nowhere
    LOGIN = "login"  # a one-time link to the pages, made when sent and kept nowhere
    HISTORY = "history"  # a ticket's history, read when sent
    ALBUM = "album"  # its pictures from before or after, read when sent
    EXPORT = "export"  # a page of what is kept of a person, read when sent
    FASTEN = "fasten"  # pin a message


class Priority:
    """Who goes first; a smaller number sooner (DESIGN.md section 5, law 5)."""

    PRESS = 1
    DISPATCH = 3
    UPDATE = 5
    SUMMARY = 7


STAFF = frozenset({Role.OFFICER, Role.LEAD, Role.ADMIN})
CHORES = frozenset({"backup"})
"""Kinds of due rows that are no unit of work: who does them looks for them himself."""
ENDED = frozenset({Status.CLOSED, Status.VOID})
HELD = frozenset({Status.ACCEPTED, Status.ON_SITE, Status.SUSPENDED})
