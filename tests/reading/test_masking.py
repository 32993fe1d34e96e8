"""Masking: nothing that tells who somebody is leaves the house; what comes back is an exact piece of the original."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from models.personal import PROVINCES
from reading.cleaning import clean
from reading.second.masking import PERSON, Masker

MARK = re.compile(r"\[(?:人|电话|证件|号码|车牌|账号)\d+\]")
HAN = st.text("卖水果货车堵住门前小路凤鸣能来管呢好的了在这里", max_size=12)
DIGIT = st.sampled_from("0123456789")
SEPARATOR = st.sampled_from(["", "", "", " ", "-", "\u200b", "·"])
PHONE = st.builds(
    lambda head, rest: head + "".join(rest),
    st.sampled_from(["13", "15", "18"]),
    st.lists(DIGIT, min_size=9, max_size=9),
)
PLATE = st.builds(
    lambda province, letter, rest: province + letter + "".join(rest),
    st.sampled_from(PROVINCES), st.sampled_from("ABCGabcg"),
    st.lists(st.sampled_from("0123456789ABKX"), min_size=5, max_size=6),
)  # fmt: skip
NAME = st.text("朱明忠邱女士静姐白洋孙倩陈海涛徐班长abcXYZ", min_size=2, max_size=6)


@pytest.mark.parametrize(
    ("words", "masked"),
    [
        ("打13912345678没人接", "打[电话1]没人接"),
        ("打 139 1234 5678，或0518-85801234", "打 [电话1]，或[电话2]"),
        ("打１３９１２３４５６７８", "打[电话1]"),
        ("打139\u200b12345678", "打[电话1]"),
        ("一三九一二三四五六七八", "[电话1]"),
        ("+86 13912345678", "+[电话1]"),
        ("身份证320705199001011234。", "身份证[证件1]。"),
        ("身份证32070519900101123X", "身份证[证件1]"),
        ("卡号6222020200112233445", "卡号[号码1]"),
        ("苏G12345堵门", "[车牌1]堵门"),
        ("苏G·D12345堵门", "[车牌1]堵门"),
        ("蘇G 1234 5 堵门", "[车牌1] 堵门"),
        ("苏 g 1 2 3 4 5 堵门", "[车牌1] 堵门"),
        ("苏GB1V62和L8X09", "[车牌1]和[车牌2]"),
        ("微信号：wx_abc88，qq 123456", "微信号：[账号1]，qq [账号2]"),
        ("发到zhang.san@qq.com", "发到[账号1]"),
        ("@bai_yang 来看看", "[人1] 来看看"),
        ("@白洋 来看看，白洋", "[人1] 来看看，[人1]"),
        ("找朱明忠，朱明忠不在", "找[人1]，[人1]不在"),
        ("张老板说找李师傅", "[人1]说找[人2]"),
        ("我叫王小明，联系人：李雷", "我叫[人1]，联系人：[人2]"),
        ("凤鸣路18号3号楼2单元701，晚上7点到9点", "凤鸣路18号3号楼2单元701，晚上7点到9点"),
        ("马路总是堵，施工队半夜施工", "马路总是堵，施工队半夜施工"),
        ("", ""),
        ("\u200b\u200b", "\u200b\u200b"),
    ],
)
def test_what_is_masked_and_what_is_left(words: str, masked: str) -> None:
    """Phones, papers, plates, accounts, names; house numbers, hours and words of the trade stay."""
    assert Masker(["朱明忠", "白洋"]).mask(words).text == masked


def test_the_same_phone_has_the_same_mark_in_all_messages() -> None:
    """However it is written."""
    masker = Masker([])
    assert [
        masker.mask(words).text for words in ("13912345678", "139-1234-5678", "13800138000", "１３９１２３４５６７８")
    ] == [
        "[电话1]",
        "[电话1]",
        "[电话2]",
        "[电话1]",
    ]


def test_speaker_and_her_name_in_somebodys_mouth_are_one() -> None:
    """Two people of one name stay two speakers."""
    masker = Masker(["静姐"])
    assert (masker.person("7001", "邱女士"), masker.person("7002", "静姐"), masker.person("7009", "静姐")) == (
        "人1",
        "人2",
        "人3",
    )
    assert masker.person("7001", "邱女士") == "人1"
    assert masker.mask("静姐说的对").text == "[人2]说的对"


@given(HAN, PHONE, HAN, SEPARATOR, st.booleans())
def test_no_phone_leaks(before: str, phone: str, after: str, between: str, wide: bool) -> None:
    """With blanks, strokes or hidden signs between its digits, in half or full width."""
    written = between.join((phone[:3], phone[3:7], phone[7:]))
    if wide:
        written = "".join(chr(ord(sign) + 0xFEE0) if sign.isascii() and sign.isdigit() else sign for sign in written)
    shown = MARK.sub("", clean(Masker([]).mask(before + written + after).text).text)
    assert not re.search(r"\d", shown)


@given(HAN, PLATE, HAN, SEPARATOR, st.integers(1, 5))
def test_no_plate_leaks(before: str, plate: str, after: str, between: str, at: int) -> None:
    """Wherever it is pulled apart."""
    written = plate[:at] + between + plate[at:]
    shown = MARK.sub("", Masker([]).mask(before + written + after).text)
    assert not re.search(r"[0-9A-Za-z]", shown)


@given(st.lists(NAME, min_size=1, max_size=4), st.lists(HAN, min_size=5, max_size=5), st.data())
def test_no_name_given_leaks(names: list[str], parts: list[str], data: st.DataObject) -> None:
    """Also where names overlap, stand side by side, or bear an @."""
    text = parts[0] + "".join(
        data.draw(st.sampled_from(["", "@"])) + name + part for name, part in zip(names, parts[1:], strict=False)
    )
    shown = MARK.sub("□", clean(Masker(names).mask(text).text).text)
    for name in names:
        assert clean(name).text not in shown


@given(
    st.lists(st.one_of(HAN, PHONE, PLATE, NAME, st.just("[人1]")), max_size=6), st.lists(NAME, max_size=3), st.data()
)
def test_span_comes_back_as_an_exact_piece_or_not_at_all(
    parts: list[str], names: list[str], data: st.DataObject
) -> None:
    """A span that cuts no mark in two is found again, and what it shows is what masking makes of the piece."""
    text = "".join(parts)
    masked = Masker(names).mask(text)
    assume(masked.text)
    start = data.draw(st.integers(0, len(masked.text) - 1))
    end = data.draw(st.integers(start + 1, len(masked.text)))
    span = masked.text[start:end]
    origin = masked.origin(span)
    marks = [found.span() for found in MARK.finditer(masked.text)]
    cuts_one = any(a < start < b or a < end < b for a, b in marks)
    if origin is None:
        assert cuts_one
    else:
        assert origin in text
        if not MARK.search(span):
            assert origin == span


@given(st.lists(st.one_of(HAN, PHONE, PLATE), max_size=6), st.integers(1, 40))
def test_head_cuts_no_mark_through(parts: list[str], limit: int) -> None:
    """What is shown of a long message ends before a mark or behind it."""
    masked = Masker([]).mask("".join(parts))
    head = masked.head(limit)
    assert len(head) <= limit
    assert masked.text.startswith(head)
    assert head.count("[") == head.count("]")


def test_mark_that_somebody_typed_is_her_own_words() -> None:
    """It is a piece like any other, and does not lead to anybody."""
    masked = Masker(["静姐"]).mask("[人1]和静姐门口")
    assert masked.text == f"[人1]和[{PERSON}1]门口"
    assert masked.origin("[人1]和") == "[人1]和"
    assert masked.origin("[人1]门口") == "静姐门口"
    assert masked.origin("人1]门口") is None
    assert masked.origin("") is None
