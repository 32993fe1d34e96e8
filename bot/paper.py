"""The commands of figures: summary, export, report."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape

from bot.errors import SettingsRefused

if TYPE_CHECKING:
    from bot.settings import Settings
    from bot.summaries import Sized, Wanted

out, err = Console(), Console(stderr=True)
Config = Annotated[Path | None, typer.Option("--config", help="配置文件（默认 config.yaml，或环境变量 QUNBAN_CONFIG）")]
Words = Annotated[
    list[str] | None, typer.Argument(help="要看什么，像在群里问一样：上月三中队、3月5日到3月8日、凤鸣路的占道")
]
First = Annotated[str | None, typer.Option("--from", help="起始日期，如 2026-03-01（默认今天）")]
Last = Annotated[str | None, typer.Option("--to", help="结束日期，含当天（默认今天）")]
Group = Annotated[str | None, typer.Option("--group", help="只看一个群（群名）")]
Street = Annotated[str | None, typer.Option("--street", help="只看一个街道")]
Grid = Annotated[str | None, typer.Option("--grid", help="只看一个单元网格")]
Squad = Annotated[str | None, typer.Option("--squad", help="只看一个中队")]
Officer = Annotated[str | None, typer.Option("--officer", help="只看一个队员（名字）")]
Matter = Annotated[str | None, typer.Option("--matter", help="只看一个事项（编码或名称）")]


def summary(  # noqa: PLR0913, PLR0917 - one option a slice
    words: Words = None, first: First = None, last: Last = None, group: Group = None, street: Street = None,
    grid: Grid = None, squad: Squad = None, officer: Officer = None, matter: Matter = None,
    picture: Annotated[Path | None, typer.Option("--picture", help="把图存成 PNG 文件")] = None, config: Config = None,
) -> None:  # fmt: skip
    """一段日子的数字。"""
    from bot import summaries  # noqa: PLC0415 - each command loads what it needs

    wanted = _wanted(words, (first, last), group=group, street=street, grid=grid, squad=squad, officer=officer,
                     matter=matter)  # fmt: skip
    with _bar("统计"):
        try:
            said = asyncio.run(summaries.text(_settings(config), wanted, picture))
        except (SettingsRefused, OSError) as refused:
            raise _give_up(str(refused)) from None
    out.print(escape(said), highlight=False, soft_wrap=True)


def export(  # noqa: PLR0913, PLR0917 - one option a slice
    file: Annotated[Path, typer.Argument(help="写到哪里：.xlsx 是工单和办理记录，.csv 是指标")],
    words: Words = None, first: First = None, last: Last = None, group: Group = None, street: Street = None,
    grid: Grid = None, squad: Squad = None, officer: Officer = None, matter: Matter = None, config: Config = None,
) -> None:  # fmt: skip
    """导出工单和办理记录（.xlsx），或指标（.csv）。"""
    from bot import summaries  # noqa: PLC0415 - each command loads what it needs
    from bot.scribe import behind_others  # noqa: PLC0415 - as above

    wanted = _wanted(words, (first, last), group=group, street=street, grid=grid, squad=squad, officer=officer,
                     matter=matter)  # fmt: skip
    with behind_others(), _bar("导出") as (sized, told):
        try:
            asyncio.run(summaries.export(_settings(config), wanted, file, sized, told))
        except (SettingsRefused, OSError) as refused:
            raise _give_up(str(refused)) from None
    out.print(escape(f"写好了：{file.name}"), highlight=False, soft_wrap=True)


def report(  # noqa: PLR0913, PLR0917 - one option each
    file: Annotated[Path, typer.Argument(help="写到哪里（.pdf）")],
    week: Annotated[bool, typer.Option("--week", help="上一周")] = False,
    month: Annotated[bool, typer.Option("--month", help="上一个月")] = False,
    at: Annotated[str | None, typer.Option("--at", help="这一天所在的那一周或那一月，如 2026-03-01")] = None,
    squad: Squad = None, street: Street = None, config: Config = None,
) -> None:  # fmt: skip
    """周报或月报（PDF）。"""
    from bot import summaries  # noqa: PLC0415 - each command loads what it needs

    if week == month:
        raise _give_up("请选一个：--week 周报，或 --month 月报")
    options = {"squad": squad, "street": street}
    with _bar("统计"):
        try:
            asyncio.run(summaries.report(_settings(config), (week, at), {k: v for k, v in options.items() if v}, file))
        except (SettingsRefused, OSError) as refused:
            raise _give_up(str(refused)) from None
    out.print(escape(f"写好了：{file.name}"), highlight=False, soft_wrap=True)


@contextmanager
def _bar(words: str) -> Iterator[tuple["Sized", "Sized"]]:
    """A progress bar on stderr, where that is a terminal: what hears the rows to come, and those that are done.

    It swings to and fro until somebody says how many there are: what a database counts has no middle.
    """
    from rich.progress import Progress  # noqa: PLC0415 - each command loads what it needs

    with Progress(console=err, transient=True, disable=not err.is_terminal) as bar:
        task = bar.add_task(words, total=None)
        yield lambda rows: bar.update(task, total=rows), lambda rows: bar.advance(task, rows)


def _wanted(words: list[str] | None, dates: tuple[str | None, str | None], **options: str | None) -> "Wanted":
    from bot.summaries import Wanted  # noqa: PLC0415 - each command loads what it needs

    return Wanted(" ".join(words or ()), *dates, {name: value for name, value in options.items() if value})


def _settings(config: Path | None) -> "Settings":
    from bot.settings import load  # noqa: PLC0415 - each command loads what it needs

    return load(config)


def _give_up(sentence: str) -> typer.Exit:
    err.print(f"[red]✗[/red] {escape(sentence)}", highlight=False, soft_wrap=True)
    return typer.Exit(1)


def register(app: typer.Typer) -> None:
    """Add them to the program's commands."""
    for command in (summary, export, report):
        app.command()(command)
