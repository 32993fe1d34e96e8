"""Cleans words for reading, one sign for one sign or dropped, with a way back to the original's positions."""

import re
from dataclasses import dataclass, field

from models.personal import MOBILE
from models.signs import folded

LONGEST = 600
"""So much of a text is read: the longest message of thirty groups had 237 signs, and four thousand hold others up."""
TRADITIONAL = str.maketrans(
    "門車攤賣攔擋邊對這裡裏過來請問處員隊長點燈壞掉樹電線燒煙嗎個們說話開關東麥養雞鴨鵝貓狗馬魚鳥頭號樓層區縣鎮鄉辦證罰擾聲響亂佔漲價買錢幫廁戶內間從後還沒無與時會廠場環衛報舉訴謝臺階條廣傳單廢舊築違築蓋溝滿髒",
    "门车摊卖拦挡边对这里里过来请问处员队长点灯坏掉树电线烧烟吗个们说话开关东麦养鸡鸭鹅猫狗马鱼鸟头号楼层区县镇乡办证罚扰声响乱占涨价买钱帮厕户内间从后还没无与时会厂场环卫报举诉谢台阶条广传单废旧筑违筑盖沟满脏",
)
FIGURES = re.compile(r"\b(?:https?|geo)://[!-~]+|(?<![\d.])\d{1,3}\.\d{3,}(?![\d.])")
SLIPS = {
    "占到经营": "占道经营",
    "沾道": "占道",
    "成管": "城管",
    "程管": "城管",
}


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Words fit for reading; `back[i]` is where sign i stood in the original."""

    text: str = field(repr=False)
    back: tuple[int, ...] = field(repr=False)
    original: str = field(repr=False)

    def span(self, start: int, end: int) -> str:
        """The exact piece of the original that [start, end) was made of."""
        if start >= end or not self.back:
            return ""
        return self.original[self.back[start] : self.back[end - 1] + 1]


def clean(original: str) -> Cleaned:
    """Half width, simplified, lower case, without hidden signs; at most the first 4,096 signs are looked at.

    Addresses of pages and coordinates say nothing in words: their letters and figures become spaces.
    """
    signs: list[str] = []
    back: list[int] = []
    for place, sign in enumerate(_wordless(original[:LONGEST])):
        plain = _plain(sign)
        if plain:
            signs.append(plain)
            back.append(place)
    text = "".join(signs)
    for slip, meant in SLIPS.items():
        text = text.replace(slip, meant)
    return Cleaned(text, tuple(back), original)


def _wordless(text: str) -> str:
    if "//" not in text and "." not in text:
        return text
    return FIGURES.sub(_blank, text)


def _blank(found: re.Match[str]) -> str:
    """As many spaces; a phone written with a stop in it is no coordinate."""
    written = found.group()
    return written if MOBILE.fullmatch(written.replace(".", "")) else " " * len(written)


def _plain(sign: str) -> str:
    if sign == "\n":
        return " "
    plain = folded(sign)
    lower = plain.lower()
    return (lower if len(lower) <= 1 else sign).translate(TRADITIONAL)
