"""How the numbers look by which somebody is known, and their check digits; no way of showing or hiding them.

Sources: ID cards GB 11643 (MOD 11-2 of ISO 7064), 统一社会信用代码 GB 32100 (MOD 31-3), bank cards ISO 7812 (Luhn).
"""

import re
from datetime import date

FIGURE = r"[0-9零〇一二三四五六七八九幺]"
GAP = r"[\s\-_–—.·•,，、/()（）]"
"""What people put between the figures of a number."""
PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼" + "滬雲遼魯蘇贛晉陝閩貴粵寧瓊"
EMAIL = r"[a-z0-9][\w.+-]*@[a-z0-9][a-z0-9.-]*"
PLATE = rf"[{PROVINCES}]{GAP}*[a-z](?:{GAP}*[a-z0-9]){{4,6}}(?:{GAP}*[挂学警港澳使领])?"
ACCOUNT = r"(?:微信|vx|v信|wx|qq|weixin)号?\s*(?:是|[:：])?\s*([a-z0-9][a-z0-9_-]{4,})"
MOBILE = re.compile(r"1[3-9]\d{9}")
LANDLINE = re.compile(r"0(?:10|2\d|[3-9]\d{2})\d{7,8}")
SPELT = str.maketrans("零〇一二三四五六七八九幺", "001234567891")
IDENTITY = 18
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CARD = range(13, 20)


def born(number: str) -> bool:
    """True where 17 figures and one more, or X, stand as an ID card's do, with a day that there was."""
    if len(number) != IDENTITY or not number[:17].isdecimal() or not (number[17].isdecimal() or number[17] in "xX"):
        return False
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14])).year >= 1900  # noqa: PLR2004 - a living person
    except ValueError:
        return False


def identity(number: str) -> bool:
    """True for the number of an ID card: a day that there was, and the right check digit."""
    if not born(number):
        return False
    total = sum(int(figure) * weight for figure, weight in zip(number, WEIGHTS, strict=False))
    return "10X98765432"[total % 11] == number[17].upper()


def credit_code(number: str) -> bool:
    """True for a 统一社会信用代码, which is public."""
    code = number.upper()
    if len(code) != IDENTITY or any(sign not in CREDIT for sign in code):
        return False
    total = sum(CREDIT.index(sign) * pow(3, place, 31) for place, sign in enumerate(code[:17]))
    return CREDIT[(31 - total % 31) % 31] == code[17]


def bank_card(number: str) -> bool:
    """True for 13 to 19 figures with Luhn's check digit; no card begins with 0 or 1."""
    if len(number) not in CARD or not number.isdecimal() or number[0] in "01":
        return False
    doubled = (int(figure) * (1 + place % 2) for place, figure in enumerate(reversed(number)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0  # noqa: PLR2004 - the sum of two figures
