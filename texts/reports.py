"""Figures as text."""

from typing import Protocol

from models.matters import matter_name
from models.words import Means
from texts.page import Page, bold, quote
from texts.words import MEANS

TARGET = {Means.SERVICE: 70, Means.MANAGEMENT: 20, Means.ENFORCEMENT: 10}


class Counted(Protocol):
    """The figures that a summary shows (services.figures.Figures)."""

    @property
    def opened(self) -> int: ...  # noqa: D102 - named in Figures
    @property
    def closed(self) -> int: ...  # noqa: D102 - named in Figures
    @property
    def resolved(self) -> int: ...  # noqa: D102 - named in Figures
    @property
    def on_time(self) -> int: ...  # noqa: D102 - named in Figures
    @property
    def open_now(self) -> int: ...  # noqa: D102 - named in Figures
    @property
    def overdue_now(self) -> tuple[tuple[str, int], ...]: ...  # noqa: D102 - named in Figures
    @property
    def returned(self) -> int: ...  # noqa: D102 - named in Figures
    @property
    def satisfied(self) -> int: ...  # noqa: D102 - named in Figures
    @property
    def rated(self) -> int: ...  # noqa: D102 - named in Figures
    @property
    def to_accept(self) -> float | None: ...  # noqa: D102 - named in Figures
    @property
    def to_arrive(self) -> float | None: ...  # noqa: D102 - named in Figures
    @property
    def to_resolve(self) -> float | None: ...  # noqa: D102 - named in Figures
    @property
    def means(self) -> dict[str, int]: ...  # noqa: D102 - named in Figures
    @property
    def matters(self) -> tuple[tuple[str, int], ...]: ...  # noqa: D102 - named in Figures


def summary(name: str, counted: Counted) -> Page:
    """A summary for a lead: short lines, no adjectives."""
    lines = [bold(f"{name}汇总")]
    lines.append(f"新开 {counted.opened} 件，结案 {counted.closed} 件，在办 {counted.open_now} 件")
    lines.append(
        f"按期办结 {_share(counted.on_time, counted.resolved)}（{counted.on_time}/{counted.resolved}），"
        f"返工 {counted.returned} 件"
    )
    lines.append(
        f"中位用时：接单 {_span(counted.to_accept)}，到场 {_span(counted.to_arrive)}，办结 {_span(counted.to_resolve)}"
    )
    lines.append(f"满意 {_share(counted.satisfied, counted.rated)}（{counted.satisfied}/{counted.rated}）")
    lines.append(_seven_two_one(counted))
    if counted.matters:
        lines.append("事项：" + "，".join(f"{matter_name(m) if m else '咨询求助建议'} {n}" for m, n in counted.matters))
    late = "，".join(f"{quote(squad)} {n}" for squad, n in counted.overdue_now)
    lines.append(f"现在超期：{late or '没有'}")
    return Page("\n".join(lines))


def _seven_two_one(counted: Counted) -> str:
    total = sum(counted.means.values())
    if not total:
        return "721：还没有办结的，暂无比例"
    shares = " · ".join(
        f"{MEANS[m]} {round(100 * counted.means.get(m, 0) / total)}%（目标{TARGET[m]}%）" for m in Means
    )
    return f"721：{shares}"


def _share(part: int, whole: int) -> str:
    return f"{round(100 * part / whole)}%" if whole else "暂无"


def _span(minutes: float | None) -> str:
    if minutes is None:
        return "暂无"
    if minutes < 60:  # noqa: PLR2004 - an hour
        return f"{round(minutes)}分"
    hours = minutes / 60
    return f"{hours:.1f}小时" if hours < 24 else f"{hours / 24:.1f}天"  # noqa: PLR2004 - a day
