"""Numbers in Chinese signs: 十八, 一百零五, 一〇五, 两百, 半."""

SIGNS = "零〇一二两三四五六七八九十百千"
DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
TENS = {"十": 10, "百": 100, "千": 1000}


def numeral(words: str) -> float:
    """What a Chinese or plain numeral counts: 两百, 一百五, 十五, 半; sign by sign without a ten: 一〇五."""
    if words.isdecimal():
        return float(words)
    if len(words) > 1 and all(sign in DIGITS for sign in words):
        return float("".join(str(DIGITS[sign]) for sign in words))
    total, last, unit = 0.0, 0.0, 1.0
    for sign in words:
        if sign in DIGITS:
            last = DIGITS[sign]
        elif sign == "半":
            return total + (last or 0.0) + 0.5 * (unit if total else 1.0)
        else:
            unit = float(TENS[sign])
            total += (last or 1.0) * unit
            last = 0.0
    tail = last * unit / 10 if last and unit >= 100 and "零" not in words and "〇" not in words else last  # noqa: PLR2004 - 一百五 is 150
    return total + tail
