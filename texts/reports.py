"""Figures and histories as text."""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass

from models.figures import Figures, Rate
from models.matters import matter_name
from models.words import Means
from texts.page import Page, bold, quote
from texts.words import MEANS

TARGET = {Means.SERVICE: 70, Means.MANAGEMENT: 20, Means.ENFORCEMENT: 10}
SQUADS, PLACES, LOADS = 6, 3, 4


FEW = 10
"""Of fewer tickets no share says much."""
SPANS = {"to_accept": "接单", "to_arrive": "到场", "to_resolve": "办结"}
NOWHERE = "未派中队"


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above figures: the period, what was chosen, the bureau, and what they are compared with."""

    name: str
    chosen: str = ""
    bureau: str = ""
    against: str = "上期"

    @property
    def title(self) -> str:
        """In one line."""
        return f"{self.name}·{self.chosen}" if self.chosen else self.name


def summary(head: Heading, counted: Figures, topic: str = "all") -> Page:
    """A summary for a lead: a title and six short lines, no adjectives; what was asked about stands first."""
    n, rates = counted.numbers, counted.rates
    moved = _against(n["opened"], counted.before.get("opened"), quote(head.against, 16))
    opened = f"新开 {n['opened']} 件{moved}"
    lines = {
        "all": f"{opened}，结案 {n['closed']} 件，在办 {n['open_now']} 件，"
        f"按期结案率 {shared(rates['in_time_archive'])}",
        "times": f"用时（半数内/九成内）：{'，'.join(_times(counted, span) for span in SPANS)}",
        "satisfaction": f"满意率 {shared(rates['satisfaction'])}，按期处置率 {shared(rates['in_time_dispose'])}",
        "means": seven_two_one(n),
        "late": _late(counted),
        "back": _back(counted),
    }
    topic = {"places": "back"}.get(topic, topic)
    first = TOPICS[topic](head, counted) if topic in TOPICS else lines.pop(topic, "")
    told = [line for line in (first, *lines.values()) if line]
    return Page("\n".join([bold(f"{head.title}汇总"), *told]))


def plain_lines(page: Page) -> list[str]:
    """A page's lines without its markup, for paper and screens that know none."""
    return html.unescape(re.sub(r"<[^>]+>", "", page.text)).split("\n")


def _load(_: Heading, counted: Figures) -> str:
    """Who has most that is late, then who has most."""
    busy = [load for load in counted.officers if load.held or load.backlog][:LOADS]
    shown = "，".join(f"{quote(load.name, 16)} 超期 {load.backlog}、手上 {load.held}" for load in busy)
    return f"手上积压：{shown}" if shown else "现在没有人手上有积压"


def _matters(_: Heading, counted: Figures) -> str:
    shown = "，".join(f"{matter_name(code) if code else '咨询求助建议'} {count}" for code, count in counted.matters)
    return f"事项：{shown or '没有'}"


def _three(_: Heading, counted: Figures) -> str:
    rates = counted.rates
    return "三率：" + "，".join(f"{name} {shared(rates[key])}" for key, name in THREE.items())


def _compared(head: Heading, counted: Figures) -> str:
    n, before = counted.numbers, counted.before
    moved = [
        f"{name} {before.get(key, 0)}→{n[key]}"
        for key, name in (("opened", "新开"), ("closed", "结案"), ("came_back", "返工复发"))
    ]
    one, other = counted.rates_before["in_time_archive"], counted.rates["in_time_archive"]
    moved.append(f"按期结案率 {percent(one)}→{percent(other)}")
    return f"{quote(head.against, 16)}→{quote(head.name, 16)}：{'，'.join(moved)}"


THREE = {"response": "响应率", "resolution": "解决率", "satisfaction": "满意率"}
TOPICS: dict[str, Callable[[Heading, Figures], str]] = {
    "load": _load, "matters": _matters, "satisfaction": _three, "compared": _compared,
}  # fmt: skip
"""What has a line of its own where it is asked about."""


def _against(now: int, before: int | None, against: str) -> str:
    if not before:
        return ""
    return f"（比{against} {now - before:+d}）" if now != before else f"（和{against}一样）"


def percent(rate: Rate) -> str:
    """A rate, shortly."""
    return "暂无" if rate.share is None else f"{round(100 * rate.share)}%"


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
    squads = "，".join(f"{quote(squad or NOWHERE, 16)} {count}" for squad, count in counted.late[:SQUADS])
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
