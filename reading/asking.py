"""Questions about figures in plain words: which period, which tickets, what about; what is none is left alone."""

import re
import unicodedata
from dataclasses import dataclass, field, replace
from datetime import date

from models.figures import Order
from models.plain import simplified
from reading import calendar, periods, ranking, versus
from reading.english import asks, wording
from reading.english.names import LATIN
from reading.naming import about
from reading.registers import Names, named, numbered
from reading.topics import EACH, FILLERS, MEASURES, OF_A_MONTH, TOPICS, Topic, topic_in
from reading.versus import Part

LONGEST, IN_ENGLISH = 40, 60
"""Signs; who asks for figures is short. English takes one and a half times as many, its blanks counted."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. `which` bears the names of models.numbers.Slice, `called` what people call that."""

    days: calendar.Days
    topic: Topic = Topic.ALL
    which: dict[str, str | int] = field(default_factory=dict)
    called: tuple[str, ...] = ()
    dated: bool = True
    """It named a period itself."""
    measured: bool = False
    """It asked for figures in so many words."""
    mine: bool = False
    """It asked for her own."""
    rest: str = ""
    """What nobody understood."""
    beside: Part | None = None
    """Another part that the first is compared with; it has what both have in common too."""
    order: Order | None = None
    """The squads are to be put in order."""

    @property
    def plain(self) -> bool:
        """Wholly understood, and clearly about figures: a period or a name, and something to know of it."""
        pointed = (self.dated or self.measured) and bool(self.which or self.mine)
        return not self.rest and (self.topic is not Topic.ALL or pointed or (self.dated and self.measured))

    @property
    def bare(self) -> bool:
        """A period and nothing else: a question only where nobody else is spoken to."""
        return self.dated and not self.rest


RATE = re.compile("按期(?:结案|处置|办结)?率")
"""It stands in every answer; to ask for it is enough."""
THAN = "(?:比一比|比较|对比|相比|比起来|比(?!例))"
COMPARES = re.compile(f"(?:[和跟与同]|相)?{THAN}(?:一下|起来|怎么样|呢|如何|咋样)*")
WITH = re.compile(f"[和跟与同比](?P<other>[^和跟与同比]+?){THAN}")
VERDICTS = "(?:怎么样|如何|[多好高快忙]还是[少差低慢闲]|多了?|少了?|好了?|差了?|高了?|低了?)?[吗呢吧]?"
ABOVE = re.compile(f"比(?!例|较|一比)(?P<other>[^比]+?){VERDICTS}[?？]?$")
YEAR_AGO = re.compile(f"[和跟与同比]去年的?同期(?:的?{THAN}(?:一下|起来)?)?{VERDICTS}")
WORKED = re.compile("接单|到场|办结|处置|处理|响应|办得|干得|做得|办|干")
"""What somebody does more or quicker than another."""
NEXT = {"上月": "本月", "上周": "本周", "昨天": "今天", "去年": "今年",
        "上季度": "本季度", "前天": "昨天"}  # fmt: skip
HINT = re.compile(
    "同比|环比|对比|今天|今日|昨|前天|周|星期|礼拜|月|季度|半年|今年|去年|前年|年|天|日|号|最近|积压|721|七二一|"
    "超期|逾期|满意|三率|返工|最多|最忙|排名|手上|手里|手头|(?:多久|多长时间)(?:才|能)*(?:接单|到|办|处)|比例|怎么样|汇总|情况|\\d[-/.]\\d|"
    "[和跟与同对].+(?:比|哪|谁|差)|期间|按期(?:结案|处置|办结)?率|响应率|解决率|率.*多少|[没未](?:办|结案|处理完).*多少|多少.*没办完|中队.*率|率.*中队|热点|执法|汇报|附近|(?:接单|到场|办结|处置)的?要多久|.{2}比.{2}|还是"
)


EITHER, ENGLISH = re.compile(f"{HINT.pattern}|{asks.HINT}"), re.compile(asks.HINT)
KINDS = {"matter", "major", "about"}
SPACIOUS = 4 * LONGEST
"""Longer, however it is spaced and composed, is no question; ten megabytes are not put into one width to learn that."""


def perhaps(text: str) -> bool:
    """Worth looking at: short, and with a word that a question about figures would have."""
    if len(text) > SPACIOUS:
        return False
    said = _plain(text)
    hint = EITHER if len(said) <= LONGEST else ENGLISH
    return 0 < len(said) <= IN_ENGLISH and "\n" not in said and bool(hint.search(said))


def sounds(text: str) -> bool:
    """It sounds like a question about figures, whoever may be meant."""
    if not perhaps(text):
        return False
    said = wording.in_chinese(_plain(text))
    return bool(MEASURES.search(said)) or any(shape.search(said) for shape, _ in TOPICS)


def _plain(text: str) -> str:
    """In half width and simplified signs."""
    return simplified(unicodedata.normalize("NFKC", text)).strip()


def in_chinese(text: str, names: Names) -> str:
    """In half width and simplified signs, and in Chinese as far as it asks in English."""
    return wording.in_chinese(_plain(text), names.registered, names.matters)


def understand(text: str, names: Names, today: date) -> Question:
    """What a text asks for; `rest` is what it says beside. Raises calendar.NoSuchDay."""
    question = _understood(in_chinese(text, names), names, today)
    return _in_her_words(question, text) if LATIN.search(text) else question


def _in_her_words(question: Question, text: str) -> Question:
    """What was put into Chinese for the reader only is said as she said it."""
    said = _plain(text)
    foreign = any(not sign.isascii() and sign not in said for sign in question.rest)
    called = tuple(wording.called(name, said) for name in question.called)
    beside = question.beside and replace(
        question.beside, called=tuple(wording.called(name, said) for name in question.beside.called)
    )
    return replace(question, rest=said if foreign else question.rest, called=called, beside=beside)


def _understood(said: str, names: Names, today: date) -> Question:
    asked = numbered(said, names)
    said, other = _compared(YEAR_AGO.sub(" 同比 ", asked), today)
    found = periods.found_in(said, today)
    unsaid = "今年" if YEAR_AGO.search(asked) else ""
    days, left = (found.days, found.rest) if found else (_default(other, today, unsaid), said)
    compared = other is not None or "同比" in left or "环比" in left
    if other is not None:
        days = calendar.against(days, other)
    elif "同比" in left:
        days = calendar.a_year_before(days)
    left = re.sub("同比|环比", " ", left)
    beside = None if compared else versus.apart(left, lambda words: _all_named(words, names))
    if beside is not None:
        return _beside(beside, found.days if found else _default(None, today, "本月"), dated=found is not None)
    which, called, left = named(left, names)
    ranked = ranking.ordered(left)
    order, topic, left = ranked or (None, *topic_in(left))
    more, name, left = _about(left, which)
    which |= more
    mine, left = _mine(left)
    measured, in_time = bool(MEASURES.search(left)), bool(RATE.search(left))
    rest = _left_over(left)
    if topic is Topic.ALL:
        by_squad = bool(EACH.search(left)) and (measured or found is not None)
        topic = Topic.COMPARED if compared else Topic.SQUADS if by_squad else Topic.IN_TIME if in_time else topic
    if found is None and not compared and topic in OF_A_MONTH:
        days = _default(None, today, "本月")
    return Question(days, topic, which, (*called, *name), found is not None, measured, mine, rest, order=order)


def _left_over(left: str) -> str:
    """What is neither filled in nor asked for; words that blanks part stay parted."""
    words = FILLERS.sub(" ", MEASURES.sub(" ", left)).split()
    return (" " if LATIN.search(left) else "").join(words)


def _beside(found: versus.Apart, days: calendar.Days, *, dated: bool) -> Question:
    """Two parts beside each other, and what about."""
    topic, left = topic_in(found.rest)
    left = WORKED.sub(" ", left)
    mine, left = _mine(left)
    common = found.common
    one, other = (Part(common.which | part.which, (*part.called, *common.called)) for part in (found.one, found.other))
    rest = _left_over(left)
    if topic is Topic.ALL:
        topic = Topic.TIMES if found.quick else Topic.VERSUS
    return Question(days, topic, one.which, one.called, dated, measured=True, mine=mine, rest=rest, beside=other)


def _all_named(words: str, names: Names) -> versus.Named:
    """Names of the registers, a road, a matter; each with what people call it, in the same order."""
    which, called, left = named(words, names)
    more, name, left = _about(left, which)
    return which | more, (*called, *name), left


def _about(left: str, which: versus.Which) -> versus.Named:
    """What else is named; of two matters, one by its English name, the other is not understood."""
    more, name, rest = about(left)
    twice = bool(KINDS & which.keys() and KINDS & more.keys())
    return ({}, (), left) if twice else (more, name, rest)


def _default(other: calendar.Days | None, today: date, else_: str = "") -> calendar.Days:
    """和上个月比: this month is meant."""
    word = NEXT.get(other.name, "") if other else else_
    found = periods.found_in(word, today) if word else None
    return found.days if found else calendar.today_only(today)


def _compared(said: str, today: date) -> tuple[str, calendar.Days | None]:
    """The period that is compared with, and the text without it."""
    for shape in (WITH, ABOVE):
        if match := shape.search(said):
            other = periods.found_in(match["other"], today)
            if other is not None and not other.rest.strip(" 的同期"):
                left = f"{said[: match.start()]} {said[match.end() :]}"
                return COMPARES.sub(" ", left), replace(other.days)
    return said, None


def _mine(left: str) -> tuple[bool, str]:
    """我的, and not 我们."""
    shape = re.compile("(?:我|本人)(?!们)(?:自己)?的?")
    return bool(shape.search(left)), shape.sub(" ", left, count=1)
