"""Figures that somebody asks for, by command or in plain words: what is meant, and whose they are."""

import re
from dataclasses import asdict
from typing import Any

from ledger import life, notices
from ledger.work import Heard, Work
from models.numbers import NUMBERS
from models.presses import Press, behind_of
from models.rows import Group, Person, Post
from models.words import STAFF, GroupKind, PostKind, Priority
from reading import asking
from reading.asking import Question
from reading.calendar import Days, NoSuchDay
from reading.registers import Names
from texts import catalogue, sayings
from texts.speaking import Words

DATED = re.compile(
    r"[\d〇零一二三四五六七八九十两]+\s*[-/.年月日号季到至~—\d〇零一二三四五六七八九十两\s]*[年月日号度\d]*"
)
"""What somebody wrote as a date, right or wrong."""

NAMED = re.compile(r"^\s*@\w*bot\b\s*[,，:：]?\s*", re.IGNORECASE)
"""Who begins with a bot's name (Telegram's all end so) speaks to it, and to nobody else."""


def _leads(work: Work, person: Person) -> bool:
    """Whoever may see the figures of all."""
    return life.may(work, person, "/summary")


def names_of(work: Work) -> Names:
    """What the registers know: squads, streets and grids of the settings and the map, groups, who holds a role."""
    groups = [group for group in work.ledger.groups if group.kind != GroupKind.PRIVATE]
    streets = {area.name for area in work.rules.atlas.streets} | {group.street for group in groups if group.street}
    staff = [who for who in work.ledger.persons if work.ledger.standing(who).role in STAFF]
    return Names(
        tuple(dict.fromkeys([*work.rules.squads, *(group.squad for group in groups if group.squad)])),
        tuple(sorted(streets)),
        tuple(area.name for area in work.rules.atlas.grids),
        {group.name: group.id for group in groups if group.kind != GroupKind.SQUAD},
        {who.name: who.id for who in staff},
        catalogue.named_in("en"),
    )


def heard(work: Work, said: Heard) -> Question | Words | None:
    """The question that ordinary words are, or a sentence about a date that is none; None for what is not for us."""
    text = NAMED.sub("", said.said.text)
    if not asking.perhaps(text) or not _may_ask(work, said.group, said.person):
        return None
    try:
        question = _understood(work, text)
    except NoSuchDay as refused:
        again = _undated(work, text)
        for_us = again is not None and _is_for_us(work, said, again)
        return sayings.no_such_day(refused.why, refused.facts) if for_us else None
    return question if _is_for_us(work, said, question) else None


def _undated(work: Work, text: str) -> Question | None:
    """What is asked beside a date that is none; None where more than one is, as in a notice of what is to come."""
    try:
        return _understood(work, DATED.sub("今天", asking.in_chinese(text, names_of(work))))
    except NoSuchDay:
        return None


def _understood(work: Work, text: str) -> Question:
    return asking.understand(text, names_of(work), work.now.astimezone(work.rules.zone).date())


def asks(work: Work, text: str) -> bool:
    """A question about figures, a period alone counted, or one about days that are none."""
    try:
        question = _understood(work, text) if asking.perhaps(text) else None
    except NoSuchDay:
        return True
    return question is not None and (question.plain or question.bare)


def _may_ask(work: Work, group: Group, person: Person) -> bool:
    """In plain words: leads anywhere, officers in their squad's chat, everybody alone with the bot."""
    role = work.ledger.standing(person).role
    return _leads(work, person) or group.kind == GroupKind.PRIVATE or (role in STAFF and group.kind == GroupKind.SQUAD)


def _is_for_us(work: Work, said: Heard, question: Question) -> bool:
    """Among people only what can hardly be meant for them; alone with the bot, a period is enough."""
    alone, words = said.group.kind == GroupKind.PRIVATE, said.said.text
    if NAMED.match(words) or _answers_figures(work, said):
        return question.plain or question.bare
    if said.group.hears_complaints:
        return question.plain and question.measured and question.dated
    if not alone and not _leads(work, said.person):
        return question.plain and (question.mine or words.lstrip().startswith("汇总"))
    quiet = alone or (said.group.kind == GroupKind.LEADS and not said.said.reply_to)
    return question.plain or (quiet and question.bare)


def _answers_figures(work: Work, said: Heard) -> bool:
    """It hangs under something of the bot's that is about no ticket: a summary, a list, a digest."""
    group, under = said.group.id, said.said.reply_to
    if under is None or not said.said.to_bot or not _leads(work, said.person):
        return False
    return work.ledger.card_at(group, under) is None and not work.ledger.tickets_of(group, under)


def answer(work: Work, said: Heard, words: str) -> None:
    """/summary and what was said after it."""
    try:
        question = _understood(work, words)
    except NoSuchDay as refused:
        _say(work, said, sayings.no_such_day(refused.why, refused.facts))
        return
    if question.rest:
        _say(work, said, sayings.not_understood(question.rest))
    else:
        tell(work, said, question)


def reply(work: Work, said: Heard, meant: Question | Words) -> None:
    """What `heard` found."""
    if isinstance(meant, Question):
        tell(work, said, meant)
    else:
        _say(work, said, meant)


VERBS = {"list": PostKind.LISTING, "page": PostKind.LISTING, "map": PostKind.MAP, "sheet": PostKind.SHEET}
"""What is pressed under a summary; `page` under its list, which is then shown anew."""


def press(work: Work, said: Heard, pressed: Press) -> str:
    """明细, 地图, 导出, 下一页: what lies behind the figures; the toast."""
    sent = work.ledger.sent.get(pressed.ticket)
    if sent is None or sent.kind != PostKind.SUMMARY or sent.group_id != said.group.id:
        return sayings.summary_gone()
    if not _leads(work, said.person) and sent.payload.get("by") != said.person.id:
        return sayings.not_your_summary()
    behind = behind_of(pressed.given)
    number, side = behind.number if behind.number in NUMBERS else "opened", behind.side
    payload = {"of": pressed.ticket, "page": max(1, pressed.round), "number": number, "by": said.person.id}
    payload |= {"side": side} if side and sent.payload.get("beside") else {}
    payload |= {"part": behind.part} if behind.part else {}
    payload |= {"edit": said.said.id} if pressed.verb == "page" else {"reply_to": said.said.id}
    once = None if pressed.verb == "page" else f"{pressed.verb}:{pressed.ticket}:{said.group.id}:{side}"
    kind = VERBS[pressed.verb]
    work.ledger.post(Post(kind, Priority.SUMMARY, work.now, said.group.id, None, None, once, payload))
    return sayings.SENDING[pressed.verb]


def _say(work: Work, said: Heard, words: Words) -> None:
    notices.say(work, said.group, words, reply_to=said.said.id, priority=Priority.DISPATCH)


def tell(work: Work, said: Heard, question: Question) -> None:
    """Have the figures reckoned and sent: a lead's whole, anybody else's her own."""
    role = work.ledger.standing(said.person).role
    which, called = dict(question.which), list(question.called)
    named = "officer" in question.which
    own = not _leads(work, said.person) or (question.mine and not named)
    mine: dict[str, Any] = {"officer" if role in STAFF else "reporter": said.person.id} if own else {}
    if own and named and (question.beside is not None or question.which | mine != question.which):
        _say(work, said, sayings.LEADS_ONLY)
        return
    which |= mine
    if own:
        called.insert(0, sayings.OWN)
    payload = _payload(work, question.days, which, called) | {
        "topic": question.topic.value, "by": said.person.id, "own": own, "reply_to": said.said.id,
    }  # fmt: skip
    if question.beside is not None:
        payload |= _beside(question, mine)
    if question.order is not None and not own:
        payload["order"] = asdict(question.order)
    work.ledger.post(Post(PostKind.SUMMARY, Priority.SUMMARY, work.now, said.group.id, None, None, None, payload))


def _beside(question: Question, mine: dict[str, Any]) -> dict[str, Any]:
    """The other part of a comparison, and what both are called: the first of its names is a part's own."""
    assert question.beside is not None  # noqa: S101 - asked by the only caller
    sides = [question.called[0], question.beside.called[0]]
    common = [sayings.OWN] * bool(mine) + list(question.called[1:])
    return {"called": common, "beside": question.beside.which | mine, "sides": sides}


def _payload(work: Work, days: Days, which: dict[str, Any], called: list[str]) -> dict[str, Any]:
    """What the courier reckons by."""
    against = days.against_by(work.rules.zone, work.now)
    named = {"name": days.name, "against": against, "which": which, "called": called}
    return span_of(work, days) | named


def span_of(work: Work, days: Days) -> dict[str, Any]:
    """A period as moments; one that is not over is compared with as much of the earlier one."""
    start, end, before, over = days.moments(work.rules.zone, work.now)
    return {"from": start.isoformat(), "to": end.isoformat(), "before": [before.isoformat(), over.isoformat()]}
