"""Figures as text."""

from models.figures import Figures, Rate
from models.words import Means
from texts.page import Page, bold, quote
from texts.words import MEANS

TARGET = {Means.SERVICE: 70, Means.MANAGEMENT: 20, Means.ENFORCEMENT: 10}
SQUADS, PLACES = 6, 3


FEW = 10
"""Of fewer tickets no share says much."""
SPANS = {"to_accept": "接单", "to_arrive": "到场", "to_resolve": "办结"}
NOWHERE = "未派中队"


def summary(name: str, counted: Figures) -> Page:
    """A summary for a lead: a title and six short lines, no adjectives."""
    n, rates = counted.numbers, counted.rates
    opened = f"新开 {n['opened']} 件{_against(n['opened'], counted.before.get('opened'))}"
    lines = [
        bold(f"{name}汇总"),
        f"{opened}，结案 {n['closed']} 件，在办 {n['open_now']} 件，按期结案率 {shared(rates['in_time_archive'])}",
        f"用时（半数内/九成内）：{'，'.join(_times(counted, span) for span in SPANS)}",
        f"满意率 {shared(rates['satisfaction'])}，按期处置率 {shared(rates['in_time_dispose'])}",
        seven_two_one(n),
        _late(counted),
        _back(counted),
    ]
    return Page("\n".join(lines))


def _against(now: int, before: int | None) -> str:
    if not before:
        return ""
    return f"（比上期 {now - before:+d}）" if now != before else "（与上期相同）"


def _times(counted: Figures, span: str) -> str:
    times = counted.times[span]
    return f"{SPANS[span]} {lasting(times.median)}/{lasting(times.ninth)}" if times.count else f"{SPANS[span]} 暂无"


def seven_two_one(n: dict[str, int]) -> str:
    """The shares of the three means beside 70/20/10, and what they honestly say."""
    total = n["with_means"]
    if not total:
        return "721：还没有办结的，暂无比例"
    shares = {means: round(100 * n[means] / total) for means in Means}
    shown = " · ".join(f"{MEANS[means]} {share}%" for means, share in shares.items())
    short = TARGET[Means.SERVICE] - shares[Means.SERVICE]
    if total < FEW:
        honest = f"只有 {total} 件，比例仅供参考"
    elif short > 0:
        honest = f"服务比目标少 {short} 个百分点"
    else:
        over = shares[Means.ENFORCEMENT] - TARGET[Means.ENFORCEMENT]
        honest = f"执法比目标多 {over} 个百分点" if over > 0 else "达到 721 的要求"
    return f"721：{shown}（目标 70/20/10），{honest}"


def _late(counted: Figures) -> str:
    total = sum(count for _, count in counted.late)
    squads = "，".join(f"{quote(squad or NOWHERE)} {count}" for squad, count in counted.late[:SQUADS])
    return f"现在超期 {total} 件：{squads}" if total else "现在没有超期的"


def _back(counted: Figures) -> str:
    n = counted.numbers
    came = f"返工 {n['opened_again']} 件，同一处又发生 {n['recurred']} 件" if n["came_back"] else "没有返工和复发"
    places = "，".join(f"{quote(spot.name, 24)} {spot.count}" for spot in counted.places[:PLACES])
    return f"{came}；多次反映：{places}" if places else came


def shared(rate: Rate) -> str:
    """A rate with what it was reckoned of."""
    return "暂无" if rate.share is None else f"{round(100 * rate.share)}%（{rate.part}/{rate.whole}）"


def lasting(minutes: float | None) -> str:
    """A time in the unit that people would say."""
    if minutes is None:
        return "暂无"
    if minutes < 60:  # noqa: PLR2004 - an hour
        return f"{round(minutes)}分"
    hours = minutes / 60
    return f"{hours:.1f}小时" if hours < 24 else f"{hours / 24:.1f}天"  # noqa: PLR2004 - a day
