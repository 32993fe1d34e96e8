"""What is personal is masked wherever people see it, however it is written; what is public stays."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from models.personal import CREDIT, WEIGHTS, bank_card, born, credit_code, identity
from models.signs import seen
from texts.masking import hides, mask
from texts.page import quote

HAN = st.text("卖水果货车堵住门前小路凤能来管呢好的了在这里", min_size=1, max_size=8)
FIGURES = st.text("0123456789", min_size=8, max_size=8)
MOBILE = st.builds(lambda a, b, c: f"1{a}{b}{c}", st.sampled_from("3456789"), st.sampled_from("0123456789"), FIGURES)
BETWEEN = st.sampled_from(["", "", "", " ", "-", "  ", "\u200b", "\u2060", "·", "\u00ad", "，"])
WIDE = {ord(str(n)): chr(0xFF10 + n) for n in range(10)}
SPELT = {ord(str(n)): sign for n, sign in enumerate("〇一二三四五六七八九")}
CIRCLED = {ord(str(n)): chr(0x245F + n) for n in range(1, 10)}
ALPHABET = st.sampled_from([{}, WIDE, SPELT, CIRCLED])


def _identity(day: str, order: str) -> str:
    body = f"320706{day}{order}"
    return body + "10X98765432"[sum(int(n) * w for n, w in zip(body, WEIGHTS, strict=True)) % 11]


IDENTITY = st.builds(
    _identity,
    st.dates().filter(lambda d: d.year >= 1900).map(lambda d: f"{d:%Y%m%d}"),
    st.text("0123456789", min_size=3, max_size=3),
)


def _card(body: str) -> str:
    return next(body + last for last in "0123456789" if bank_card(body + last))


CARD = st.builds(lambda a, b: _card(f"6{a}{b}"), FIGURES, st.text("0123456789", min_size=3, max_size=9))
PLATE = st.builds(
    lambda province, letter, middle, end: province + letter + middle + end,
    st.sampled_from("苏京鲁皖沪"), st.sampled_from("ABCDGHJ"), st.text("ABCDEFG0123", min_size=3, max_size=3),
    st.text("0123456789", min_size=2, max_size=3),
)  # fmt: skip


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("打13912345678找我", "打139****5678找我"),
        ("打139 1234 5678、13800138000", "打139****5678、138****8000"),
        ("+86-13912345678", "+139****5678"),
        ("8613812345678", "138****5678"),
        ("138.1234.5678", "138****5678"),
        ("138.12345678", "138****5678"),
        ("座机0518-85801234，（0518）85801234", "座机0518-****1234，（0518-****1234"),
        ("02583201234", "025-****1234"),
        ("电话85801234", "电话****1234"),
        ("证号11010519491231002X。", "证号110105********002X。"),
        ("证号11010519491231002x", "证号110105********002X"),
        ("身份证320706199001011235", "身份证320706********1235"),
        ("信用代码91350100M000100Y43", "信用代码91350100M000100Y43"),
        ("600000000512103109", "****3109"),
        ("卡号 6222 0212 3456 7890 128", "卡号 ****0128"),
        ("卡4111111111111111", "卡****1111"),
        ("苏G12345堵门", "苏G·**345堵门"),
        ("苏 G·D12345堵门", "苏G·**345堵门"),
        ("苏G1234挂", "苏G·**34挂"),
        ("加微信：wx_abc88", "加微信：wx***"),
        ("发zhang.san@qq.com吧", "发zh***吧"),
        ("单号1391234567890", "单号1391234567890"),
        ("网格320706001001002本月，grid 320706001001002", "网格320706001001002本月，grid 320706001001002"),
        ("320706001001002", "****1002"),
        ("网格378282246310005", "网格****0005"),
        ("网格4111111111111111", "网格****1111"),
        ("2026-03-02 2026-03-05", "2026-03-02 2026-03-05"),
        ("定位119.221300,34.593712345", "定位119.221300,34.593712345"),
        ("凤鸣路18号3号楼2单元701，晚上7点到9点", "凤鸣路18号3号楼2单元701，晚上7点到9点"),
        ("最新iphone手机摊", "最新iphone手机摊"),
        ("12345热线，400-820-8820", "12345热线，400-820-8820"),
        ("", ""),
    ],
)  # fmt: skip
def test_what_is_masked_how_and_what_stays(words: str, shown: str) -> None:
    """The formats of the table, and numbers that tell of nobody."""
    assert mask(words) == shown
    assert hides(words) == (words != shown)


def test_check_digits_are_those_of_the_standards() -> None:
    """The vectors, and each of them with one figure wrong."""
    assert identity("11010519491231002X")
    assert not identity("110105194912310021")
    assert not identity("11010519491331002X")
    assert credit_code("91350100M000100Y43")
    assert not credit_code("91350100M000100Y44")
    assert bank_card("4111111111111111")
    assert not bank_card("4111111111111112")
    assert not bank_card("411111111111")


@given(IDENTITY, st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_figure_is_seen_by_the_check_digit_and_masked_all_the_same(number: str, at: int, off: int) -> None:
    """Whoever mistypes her ID number has it masked too, as long as it holds a day of birth."""
    wrong = number[:at] + str((int(number[at]) + off) % 10) + number[at + 1 :]
    assert identity(number)
    assert not identity(wrong)
    if born(wrong):
        assert wrong not in mask(wrong)


@given(st.text(CREDIT, min_size=17, max_size=17), st.integers(0, 16), st.sampled_from(CREDIT))
def test_credit_code_knows_one_wrong_sign(body: str, at: int, sign: str) -> None:
    """MOD 31-3: exactly one last sign is right, and no other sign may stand anywhere else."""
    [code] = [body + last for last in CREDIT if credit_code(body + last)]
    wrong = code[:at] + sign + code[at + 1 :]
    assert credit_code(wrong) == (wrong == code)


@given(HAN, st.one_of(MOBILE, IDENTITY, CARD), HAN, st.data())
def test_no_number_leaks_however_it_is_written(before: str, number: str, after: str, data: st.DataObject) -> None:
    """In full width, spelt, circled, with blanks, strokes or hidden signs between any of its figures."""
    written = number.translate(data.draw(ALPHABET))
    if data.draw(st.booleans()):
        written = data.draw(BETWEEN).join(written)
    else:
        at = data.draw(st.integers(3, len(written) - 3))
        written = written[:at] + data.draw(BETWEEN) + written[at:]
    shown, _ = seen(mask(before + written + after))
    figures = re.sub(
        r"[^0-9Xx]", "", shown.translate({ord(sign): str(n) for n, sign in enumerate("〇一二三四五六七八九")})
    )
    assert number.upper() not in figures.upper()
    assert len(figures) <= 10


@given(HAN, PLATE, HAN, st.integers(1, 5), BETWEEN)
def test_no_plate_leaks(before: str, plate: str, after: str, at: int, between: str) -> None:
    """Wherever it is pulled apart: at most its first two and its last three signs are shown."""
    shown = re.sub(r"[^0-9A-Z]", "", mask(before + plate[:at] + between + plate[at:] + after))
    assert len(shown) <= 4


@example("13000000000@\x856000000000004")
@given(st.lists(st.one_of(HAN, MOBILE, IDENTITY, CARD, PLATE, st.text(max_size=6)), max_size=5).map("".join))
def test_masking_again_changes_nothing_and_quoting_masks_before_it_cuts(words: str) -> None:
    """Words pass through more than one hand; a cut never makes half a number of a whole one."""
    once = mask(words)
    assert mask(once) == once
    assert quote(words, 4000) == quote(once, 4000)


@given(st.text("卖水果货车，。堵住门前小路18号3楼", max_size=60))
def test_words_without_numbers_of_persons_stay_as_they_are(words: str) -> None:
    """House numbers and what is said of the street are left alone."""
    if not re.search(r"[0-9]{7}", re.sub(r"\D", "", words)):
        assert mask(words) == words


@given(st.integers(1, 80))
def test_number_that_only_a_cut_makes_whole_is_masked_too(limit: int) -> None:
    """Two numbers without a gap are none; cut behind the first, they would show a telephone's."""
    shown = quote("电话13912345678320706199001011234再说", limit)
    assert not re.search(r"(?<!\d)1[3-9]\d{9}(?!\d)", shown)
    assert len(shown) <= limit
