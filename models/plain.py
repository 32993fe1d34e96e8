"""Words as most people here write them: simplified signs, the number of a door in figures."""

import re
from functools import lru_cache
from itertools import chain

from models.numerals import SIGNS, numeral

BLOCKS = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000), range(0xF900, 0xFB00))
"""Where Chinese signs stand that people can type."""
PARTICLE = {"著": "着"}
"""OpenCC leaves it, for 著名 is written so everywhere; people who write 堵著 mean 堵着 far oftener."""
DOOR = re.compile(
    rf"(?:(?<=[路街巷弄])|(?<=大道))(?<![马修走上封堵条让问过铺满逛]路)(?<![满逛条]街)[{SIGNS}]{{1,6}}"
    r"(?=号(?!线|之?[前后](?![面边门院头])|以|起|开始|早|晚|上午|下午|那天|完|封|停))"
)
"""A number that stands behind a road and is no day: 「凤鸣路十八号」, not 「修路十八号完工」."""


@lru_cache(maxsize=1)
def _traditional() -> tuple[frozenset[str], dict[int, str]]:
    """Signs that no simplified text has, and what every sign of a traditional one becomes. 薴 takes two steps."""
    from opencc import OpenCC  # noqa: PLC0415 - takes long to load, and most never need it

    convert = OpenCC("t2s", include_tofu_risk_dictionaries=False).convert
    signs = list(map(chr, chain(*BLOCKS)))
    once = {sign: new for sign, new in zip(signs, convert("\n".join(signs)).split("\n"), strict=True) if sign != new}
    table = dict(zip(once, convert("\n".join(once.values())).split("\n"), strict=True)) | PARTICLE
    return frozenset(sign for sign in table if not _common(sign)), str.maketrans(table)


def simplified(text: str) -> str:
    """The text in simplified signs, one for one. What simplified texts have too (乾元路) changes among others alone."""
    if _common(text):
        return text
    telling, table = _traditional()
    return text if telling.isdisjoint(text) else text.translate(table)


def _common(text: str) -> bool:
    """True where GB 2312 has all its signs, as it has those of everyday simplified texts."""
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def doors(text: str) -> list[tuple[int, int, str]]:
    """Numbers of doors in Chinese signs: from, to, and the same in figures."""
    return [(*found.span(), f"{numeral(found[0]):.0f}") for found in DOOR.finditer(text)]


def plain(text: str) -> str:
    """The text as maps and lists write it, to be looked up: another length, so nothing is cut out of it."""
    return DOOR.sub(lambda found: f"{numeral(found[0]):.0f}", simplified(text))
