"""Times and weekdays as they are written in config.yaml, checked and read."""

from datetime import time

Period = tuple[time, time]
MIDNIGHT = "24:00"
A_DAY = 24 * 60
OFF = (False, "off", "")


def period(words: str) -> Period:
    """「08:00-12:00」, 「18:00-24:00」, over midnight 「22:00-06:00」. Raises ValueError."""
    start, end = (
        time(0) if part.strip() == MIDNIGHT else time.fromisoformat(part.strip()) for part in words.split("-")
    )
    return start, end


def checked(value: list[str]) -> list[str]:
    """Periods that can be read, in order, none within another."""
    spans = []
    for words in value:
        try:
            start, end = period(words)
        except ValueError as error:
            raise ValueError(f"工作时段“{words}”看不懂，请写成 08:00-12:00") from error
        if start == end:
            raise ValueError(f"工作时段“{words}”开始和结束一样，请写成 08:00-12:00")
        begins, ends = _minutes(start), _minutes(end)
        spans.append((begins, ends if ends > begins else ends + A_DAY))
    for (_, ends), (begins, _), words in zip(
        spans, [*spans[1:], (spans[0][0] + A_DAY, 0)], [*value[1:], value[0]], strict=True
    ):
        if begins < ends:
            raise ValueError(f"工作时段“{words}”和前一段重叠，请按先后写，互不重叠")
    return value


def by_day(value: list[str]) -> list[str]:
    """Periods of an office: none goes on over midnight, which is more likely a slip of the pen."""
    for words in checked(value):
        start, end = period(words)
        if time(0) < end < start:
            raise ValueError(f"工作时段“{words}”结束早于开始，请写成 08:00-12:00；跨夜的班写在 hours.shifts")
    return value


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


def weekdays(value: list[int]) -> list[int]:
    """1 for Monday to 7 for Sunday."""
    for day in value:
        if day not in range(1, 8):
            raise ValueError(f"星期“{day}”不对，请写 1（周一）到 7（周日）")
    return value


def hour_or_off(value: object) -> str | bool:
    """A time of the day, or that there is none. YAML takes 18:00 without quotes for 1,080 sixtieths."""
    if value in OFF:
        return False
    words = f"{divmod(value, 60)[0]:02}:{value % 60:02}" if isinstance(value, int) else str(value)
    try:
        time.fromisoformat(words)
    except ValueError as error:
        raise ValueError(f"定时汇总的时间“{value}”看不懂，请写成 18:00，不发写 off") from error
    return words


def span_or_off(value: object) -> str | bool:
    """A span of the night, or that there is none."""
    if value in OFF:
        return False
    wrong = f"夜间免打扰“{value}”看不懂，请写成 22:00-07:00，不要写 off"
    try:
        start, end = period(str(value))
    except ValueError as error:
        raise ValueError(wrong) from error
    if start == end:
        raise ValueError(wrong)
    return str(value)
