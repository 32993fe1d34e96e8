"""Pairing: pure decisions over values, person by person."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.reading import Act, Found, InHand, Line, Scene, Step, Verdict
from models.said import Medium, MediumKind, Point, Said, Speaker
from models.words import Demand, Status
from reading.reader import Reader

READER = Reader()
NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
QIU, JING, BAI = Speaker("7001"), Speaker("7002"), Speaker("5002", "officer")
SPOT = Point(34.5937, 119.2213)
STALL = "有人在路边摆摊，路都堵住了，来管管"


def said(who: Speaker, words: str = "", minutes: float = 0, **more: object) -> Said:
    """A message at so many minutes past noon."""
    at = NOON + timedelta(minutes=minutes)
    return Said("c", str(int(minutes * 60) + 1000), at, who.id, text=words, **more)  # type: ignore[arg-type]


def line(who: Speaker, words: str = "", minutes: float = 0, **more: object) -> Line:
    """A message of before."""
    at = NOON + timedelta(minutes=minutes)
    return Line(str(int(minutes * 60) + 1000), at, who, words, READER.read(words, who), **more)  # type: ignore[arg-type]


def ticket(number: int, who: Speaker, minutes: float = 0, **more: object) -> InHand:
    """A ticket in hand, told of by one."""
    at = NOON + timedelta(minutes=minutes)
    whole = InHand(
        number, Status.DISPATCHED, (who.id,), None, Found(Demand.COMPLAINT, "09006"), "", None, pinned=False,
        opened_at=at, last_at=at,
    )  # fmt: skip
    return replace(whole, **more)  # type: ignore[arg-type]


def judge(message: Said, who: Speaker, *lines: Line, tickets: tuple[InHand, ...] = ()) -> Verdict:
    """What becomes of a message."""
    return READER.judge(message, who, READER.read(message.text, who), Scene(lines, tickets))


def test_whole_complaint_opens_at_once() -> None:
    """No waiting where nothing is missing."""
    verdict = judge(said(QIU, STALL), QIU)
    assert (verdict.step, verdict.founds[0].matter) == (Step.OPEN, "09006")


@pytest.mark.parametrize("words", ["没解决，又来了", "还是那样，没走", "怎么还没来人"])
def test_what_asks_after_her_matter_opens_no_other(words: str) -> None:
    """It names no matter: hers of before is meant."""
    verdict = judge(said(QIU, words, 5), QIU, tickets=(ticket(1, QIU),))
    assert (verdict.step, verdict.ticket) == (Step.ADD, 1)


@pytest.mark.parametrize("words", ["在吗", "城管在不在"])
def test_greeting_alone_waits(words: str) -> None:
    """A half says nothing yet."""
    assert judge(said(QIU, words), QIU).step is Step.WAIT


@pytest.mark.parametrize("words", ["凤鸣路31号门口", "地址凤鸣路22号", "我在苍梧路38号", "就是苍梧小区东门这边"])
def test_place_alone_waits_and_is_gathered_by_the_words_that_follow(words: str) -> None:
    """Where, and not a word of what: no ticket, no question; then it belongs to what is there."""
    assert judge(said(QIU, words), QIU).step is Step.WAIT
    verdict = judge(said(QIU, "井盖没了，快来人修", 1), QIU, line(QIU, words))
    assert (verdict.step, verdict.founds[0].matter, len(verdict.gather)) == (Step.OPEN, "01023", 1)
    assert any(words.endswith(place) or place in words for _, place in verdict.places)


def test_who_says_that_it_is_back_and_never_told_of_anything_opens_nothing() -> None:
    """She may be asked what."""
    assert judge(said(QIU, "又来了"), QIU).step is not Step.OPEN


@pytest.mark.parametrize("words", ["又有人来摆摊了，堵着门，来管管", "门口又有人摆摊了 过来管一下"])
def test_same_trouble_after_it_was_said_to_be_done_is_not_solved(words: str) -> None:
    """Told as anew to her ticket that is resolved: it was not, and somebody goes there again."""
    done = ticket(1, QIU, status=Status.RESOLVED, officer=BAI.id, words=STALL)
    verdict = judge(said(QIU, words, 20), QIU, tickets=(done,))
    assert (verdict.step, verdict.act, verdict.ticket) == (Step.ADD, Act.DISPUTE, 1)


def test_other_matter_of_another_is_no_answer_to_what_is_just_talked_of() -> None:
    """Somebody's manhole half a minute after somebody's stall."""
    verdict = judge(said(JING, "我这井盖松了，一压就响", 1), JING, tickets=(ticket(1, QIU),))
    assert verdict.ticket != 1


@pytest.mark.parametrize("words", ["还有路灯也不亮", "对了，门口那个井盖也松了", "另外垃圾桶满了也没人收"])
def test_one_thing_more_of_another_matter_is_another_ticket(words: str) -> None:
    """Her stall is in hand; what she adds is no detail of it."""
    assert judge(said(QIU, words, 2), QIU, tickets=(ticket(1, QIU, words=STALL),)).step is Step.OPEN


def test_pin_alone_waits_and_is_gathered_by_the_words_that_follow() -> None:
    """Either order."""
    pin = said(QIU, point=SPOT)
    assert judge(pin, QIU).step is Step.WAIT
    verdict = judge(said(QIU, STALL, 3), QIU, line(QIU, point=SPOT))
    assert (verdict.step, verdict.gather, verdict.point) == (Step.OPEN, ("1000",), SPOT)


def test_pin_of_long_ago_is_not_hers_any_more() -> None:
    """Ten minutes is the window."""
    assert judge(said(QIU, STALL, 11), QIU, line(QIU, point=SPOT)).gather == ()


def test_neighbours_pin_is_not_gathered() -> None:
    """Two people never mix."""
    assert judge(said(QIU, STALL, 1), QIU, line(JING, point=SPOT)).gather == ()


def test_pin_and_photo_after_the_words_belong_to_her_ticket() -> None:
    """The ticket of a moment ago."""
    before = line(QIU, STALL, tickets=(1,))
    for piece in (
        {"point": SPOT},
        {"media": (Medium(MediumKind.PHOTO, "h"),)},
        {"media": (Medium(MediumKind.VOICE, "h"),)},
    ):
        verdict = judge(said(QIU, minutes=2, **piece), QIU, before, tickets=(ticket(1, QIU),))
        assert (verdict.step, verdict.ticket) == (Step.ADD, 1)


def test_colleagues_pin_in_reply_counts() -> None:
    """A pin sent by someone else in reply to her words."""
    before = line(QIU, STALL, tickets=(1,))
    verdict = judge(said(JING, minutes=1, point=SPOT, reply_to="1000"), JING, before, tickets=(ticket(1, QIU),))
    assert (verdict.step, verdict.ticket) == (Step.ADD, 1)


def test_chaser_and_thanks_belong_to_the_open_ticket() -> None:
    """No second ticket."""
    held = (ticket(1, QIU),)
    assert judge(said(QIU, "怎么还没来人啊", 40), QIU, tickets=held).act is Act.CHASER
    assert judge(said(QIU, "收到，谢谢", 60), QIU, tickets=held).act is Act.THANKS
    assert judge(said(QIU, "谢谢，处理好了", 60), QIU, tickets=held).act is Act.GONE


@pytest.mark.parametrize(
    ("minutes", "more", "others", "act"),
    [
        (2, {}, (), Act.THANKS),
        (40, {}, (), Act.GONE),
        (40, {"status": Status.ACCEPTED, "officer": BAI.id}, (), Act.THANKS),
        (40, {}, (line(JING, "给你留了两斤", 39),), Act.THANKS),
        (40, {}, (line(JING, "早上好", 20),), Act.GONE),
    ],
)
def test_thanks_alone_are_for_what_is_over_where_nothing_else_is_thanked_for(
    minutes: float, more: dict[str, object], others: tuple[Line, ...], act: Act
) -> None:
    """Not for the receipt, not for the officer who has it, not for what another has just said."""
    verdict = judge(said(QIU, "谢谢", minutes), QIU, *others, tickets=(ticket(1, QIU, **more),))
    assert (verdict.step, verdict.act) == (Step.ADD, act)


def test_same_thing_said_twice_by_one_person_is_one() -> None:
    """In other words, a few minutes later."""
    verdict = judge(said(QIU, "路边那个摊子还堵着，占道经营没人管", 5), QIU, tickets=(ticket(1, QIU),))
    assert (verdict.step, verdict.ticket) == (Step.ADD, 1)


@pytest.mark.parametrize(
    ("place", "words", "step"),
    [
        ("凤鸣路201号门口", "凤鸣路241号门口也有人摆摊，路都堵住了，来管管", Step.OPEN),
        ("凤鸣路201号门口", "苍梧路上有人在路边摆摊，路都堵住了，来管管", Step.OPEN),
        ("凤鸣路201号门口", "凤鸣路203号门口有人在路边摆摊，路都堵住了，来管管", Step.ADD),
        ("凤鸣路", "凤鸣路241号门口有人在路边摆摊，路都堵住了，来管管", Step.ADD),
        ("门口", "凤鸣路241号门口有人在路边摆摊，路都堵住了，来管管", Step.ADD),
    ],
)
def test_same_matter_that_one_person_sees_in_two_places_is_two(place: str, words: str, step: Step) -> None:
    """Doors far apart, or two roads; next door, or a place told more closely, is the same."""
    verdict = judge(said(QIU, words, 3), QIU, tickets=(ticket(1, QIU, place=place, words=f"{place}{STALL}"),))
    assert verdict.step is step


def test_neighbour_at_the_same_place_is_joined() -> None:
    """Matter and place are the same."""
    held = (ticket(1, QIU, point=SPOT, pinned=True),)
    verdict = judge(said(JING, STALL, 5), JING, line(JING, minutes=4, point=SPOT), tickets=held)
    assert (verdict.step, verdict.same_as) == (Step.OPEN, 1)


def test_same_matter_far_away_stays_apart() -> None:
    """Two streets, two tickets."""
    held = (ticket(1, QIU, point=SPOT, pinned=True),)
    there = line(JING, minutes=4, point=Point(34.61, 119.25))
    assert judge(said(JING, STALL, 5), JING, there, tickets=held).same_as is None


def test_officer_by_hand_moves_the_ticket_he_replies_to() -> None:
    """「已处理」 in reply to her words."""
    before = line(QIU, STALL, tickets=(1,))
    verdict = judge(said(BAI, "已劝离", 20, reply_to="1000"), BAI, before, tickets=(ticket(1, QIU), ticket(2, JING)))
    assert (verdict.step, verdict.ticket, verdict.act) == (Step.ADD, 1, Act.DONE)


def test_officers_notice_opens_nothing() -> None:
    """However many complaint words stand in it."""
    notice = "各位商户，占道经营、乱堆杂物、油烟扰民的请自行整改，明天开始集中整治，谢谢配合"
    assert judge(said(BAI, notice), BAI).step is Step.TALK


def test_forwarded_complaint_is_not_hers() -> None:
    """Nobody says it here and now."""
    assert judge(said(QIU, STALL, forwarded=True), QIU).step is Step.TALK


@given(st.permutations([0, 1, 2, 3]))
def test_order_of_interleaved_people_does_not_matter(order: list[int]) -> None:
    """Whatever others say between, her pieces are hers and theirs are theirs."""
    pieces = [
        line(QIU, minutes=1, point=SPOT),
        line(JING, "早上好", 1.5),
        line(JING, minutes=2, point=Point(34.61, 119.25)),
        line(QIU, "在吗", 2.5),
    ]
    verdict = judge(said(QIU, STALL, 4), QIU, *(pieces[index] for index in order))
    assert set(verdict.gather) == {pieces[0].id, pieces[3].id}
    assert verdict.point == SPOT


def test_point_that_only_words_gave_does_not_keep_two_reports_of_one_minute_apart() -> None:
    """A house number that was reckoned is no pin; a pin is."""
    far = Point(34.62, 119.25)
    for worded, same in ((True, 1), (False, None)):
        there = ticket(1, JING, place="苍梧路45号", point=far, pinned=not worded, worded=worded)
        message = replace(said(QIU, STALL, 2), point=Point(34.5937, 119.2213))
        assert judge(message, QIU, tickets=(there,)).same_as == same


def test_site_that_somebody_points_at_is_no_other_name() -> None:
    """「那个工地」 of one minute and a named site can be one."""
    there = ticket(1, JING, place="蓝湾佳苑二期")
    there = replace(there, found=replace(there.found, matter="08001"))
    words = "苍梧路那个工地半夜还在打桩，吵得睡不着，来管管"
    assert judge(said(QIU, words, 2), QIU, tickets=(there,)).same_as == 1


def test_who_agrees_at_the_same_road_means_the_same_though_it_be_read_as_another_matter() -> None:
    """「我这也」 within minutes; at another road it is another."""
    for place, same in (("苍梧路45号", 1), ("凤鸣路3号", None)):
        there = ticket(1, JING, place=place)
        there = replace(there, found=replace(there.found, matter="01002"))
        assert judge(said(QIU, "我家也是，苍梧路47号，油烟灌得满屋，来管管", 2), QIU, tickets=(there,)).same_as == same
