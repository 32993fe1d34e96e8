"""What is told by pieces: put together person by person, in whatever order they speak."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.reading import Act, Found, InHand, Line, Scene, Step, Verdict
from models.said import Said, Speaker
from models.words import Status
from reading.reader import Reader

READER = Reader()
NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
JING, ZHANG = Speaker("7002"), Speaker("7003")
TALES = [
    ("凤鸣路那边", "烤鱼店对面", "占道经营的"), ("凤鸣路31号门口", "井盖", "松了"),
    ("幼儿园后门", "那个大坑", "还没补"),
    ("苍梧路小学门口", "好多电动车", "乱停"), ("公厕", "堵了", "臭死"), ("人行道", "共享单车", "堆满了"),
    ("苍梧路桥头", "渣土车", "撒了一路"), ("在吗", "苍梧路9号", "下水道冒水"), ("菜市场门口", "流动摊贩", "堵路"),
    ("凤鸣路", "护栏", "被撞倒了"), ("苍梧路37号", "垃圾桶", "满了没人收"), ("垃圾桶", "满了", "三天了"),
]  # fmt: skip


@dataclass
class Talk:
    """A group in which people speak every few seconds; `matters` says whose pieces became which matter."""

    lines: list[Line] = field(default_factory=list)
    tickets: list[InHand] = field(default_factory=list)

    def say(self, who: Speaker, words: str) -> Verdict:
        """Judge, and keep what came of it as the ledger does."""
        at = NOON + timedelta(seconds=15 * len(self.lines))
        said, reading = Said("c", str(len(self.lines)), at, who.id, text=words), READER.read(words, who)
        verdict = READER.judge(said, who, reading, Scene(tuple(self.lines), tuple(self.tickets)))
        self.lines.append(Line(said.id, at, who, words, reading))
        if verdict.step is Step.OPEN:
            place = "，".join(spot for _, spot in verdict.places)
            found, number = verdict.founds[0], len(self.tickets) + 1
            self.tickets.append(
                InHand(number, Status.DISPATCHED, (who.id,), None, found, place, None, pinned=False, opened_at=at,
                       last_at=at, words=words)
            )  # fmt: skip
            self._tie(number, *verdict.gather, said.id)
        elif verdict.step is Step.ADD and verdict.ticket:
            self.tickets[verdict.ticket - 1] = replace(self.tickets[verdict.ticket - 1], last_at=at)
            self._tie(verdict.ticket, *verdict.gather, said.id)
        return verdict

    def _tie(self, number: int, *messages: str) -> None:
        for message in messages:
            line = self.lines[int(message)]
            self.lines[int(message)] = replace(line, tickets=(*line.tickets, number))

    def told(self, who: Speaker) -> list[tuple[str | None, list[tuple[str, str]]]]:
        """Her tickets: the matter, and who said which words of it."""
        return [
            (ticket.found.matter, [(x.speaker.id, x.text) for x in self.lines if ticket.id in x.tickets])
            for ticket in self.tickets
            if ticket.reporters == (who.id,)
        ]


def alone(who: Speaker, tale: tuple[str, ...]) -> Talk:
    """A talk in which nobody else speaks."""
    talk = Talk()
    for words in tale:
        talk.say(who, words)
    return talk


@pytest.mark.parametrize("tale", TALES, ids="".join)
def test_pieces_become_one_ticket_of_all_of_them(tale: tuple[str, ...]) -> None:
    """None of them is left behind, none opens a second one."""
    [(matter, pieces)] = alone(JING, tale).told(JING)
    assert matter is not None
    assert [words for _, words in pieces] == list(tale)


@settings(max_examples=150)
@given(st.lists(st.sampled_from(TALES), min_size=2, max_size=2, unique=True), st.permutations([0, 0, 0, 1, 1, 1]))
def test_order_of_two_who_tell_by_pieces_does_not_matter(tales: list[tuple[str, ...]], order: list[int]) -> None:
    """Each has what she would have had if the other had been silent."""
    talk, people = Talk(), (JING, ZHANG)
    left = [list(tale) for tale in tales]
    for index in order:
        talk.say(people[index], left[index].pop(0))
    for who, tale in zip(people, tales, strict=True):
        assert talk.told(who) == alone(who, tale).told(who)


@pytest.mark.parametrize("noun", ["人行道", "公厕门口", "菜市场门口", "工地", "路灯", "烤鱼店对面", "那边的绿化带"])
def test_noun_alone_waits(noun: str) -> None:
    """A thing or a place, and not a word of what is wrong: no ticket and no question."""
    verdict = Talk().say(JING, noun)
    assert (verdict.step, verdict.act) == (Step.WAIT, Act.HALF)


def test_shop_is_a_place_and_its_trade_no_matter() -> None:
    """「烤鱼店对面」 smells of nothing."""
    reading = READER.read("烤鱼店对面", JING)
    assert (reading.places, reading.topic) == (("烤鱼店对面",), None)


def test_fourth_piece_finds_her_ticket_though_another_spoke_between() -> None:
    """「三天了」 is hers, not an answer to his."""
    talk = alone(JING, ("垃圾桶", "满了"))
    talk.say(ZHANG, "早上好")
    verdict = talk.say(JING, "三天了")
    assert (verdict.step, verdict.ticket, verdict.act) == (Step.ADD, 1, Act.DETAIL)


def test_pieces_of_more_than_three_minutes_between_stay_apart() -> None:
    """They are two thoughts."""
    talk = Talk()
    talk.say(JING, "垃圾桶")
    talk.lines = [replace(line, at=line.at - timedelta(minutes=4)) for line in talk.lines]
    assert talk.say(JING, "满了").step is not Step.OPEN


def test_scraps_before_are_not_taken_along() -> None:
    """「今天风大」 was said before, and is no piece of it."""
    [(_, pieces)] = alone(JING, ("今天风大", "苍梧路37号", "垃圾桶", "满了没人收")).told(JING)
    assert [words for _, words in pieces] == ["苍梧路37号", "垃圾桶", "满了没人收"]


def test_who_has_a_ticket_of_that_matter_opens_no_second_one_by_pieces() -> None:
    """Her bin is in hand."""
    talk = alone(JING, ("苍梧路37号门口垃圾桶满了没人收，来清一下", "垃圾桶", "满了"))
    assert len(talk.told(JING)) == 1
    assert talk.tickets[0].found != Found()
