"""The commands of upkeep: backup, restore, dead, doctor."""

import asyncio
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape

from bot.errors import SettingsRefused

if TYPE_CHECKING:
    from bot.archive import Step

out, err = Console(), Console(stderr=True)
Config = Annotated[Path | None, typer.Option("--config", help="配置文件（默认 config.yaml，或环境变量 QUNBAN_CONFIG）")]


def _say(sentence: str) -> None:
    out.print(escape(sentence), highlight=False, soft_wrap=True)


def _give_up(sentence: str) -> typer.Exit:
    err.print(f"[red]✗[/red] {escape(sentence)}", highlight=False, soft_wrap=True)
    return typer.Exit(1)


class _Bar:
    """A progress bar on stderr, where that is a terminal."""

    def __init__(self) -> None:
        from rich.progress import Progress  # noqa: PLC0415 - each command loads what it needs

        self._bar = Progress(console=err, disable=not err.is_terminal, transient=True)
        self._tasks: dict[str, object] = {}

    def __enter__(self) -> "Step":
        self._bar.start()
        return self._step

    def __exit__(self, *_error: object) -> None:
        self._bar.stop()

    def _step(self, words: str, done: int, whole: int) -> None:
        task = self._tasks.setdefault(words, self._bar.add_task(words, total=whole) if words not in self._tasks else 0)
        self._bar.update(task, completed=done, total=whole)  # type: ignore[arg-type]


def backup(
    folder: Annotated[Path | None, typer.Argument(help="放到哪个文件夹（默认 backup.directory）")] = None,
    config: Config = None,
) -> None:
    """备份数据库、照片和配置，做好后读一遍核对；程序可以照常运行。"""
    from bot.archive import ArchiveRefused  # noqa: PLC0415 - each command loads what it needs
    from bot.backup import Source, rotate  # noqa: PLC0415
    from bot.backup import backup as make  # noqa: PLC0415
    from bot.database import open_engine  # noqa: PLC0415
    from bot.settings import file_of, load  # noqa: PLC0415

    async def work(step: "Step") -> str:
        settings = load(config)
        target = folder or (Path(settings.backup.directory) if settings.backup.directory else None)
        if target is None:
            raise ArchiveRefused(
                "没有说备份放在哪里：请写 qunban backup 文件夹，或在 config.yaml 里写 backup.directory"
            )
        engine = open_engine(settings.database)
        try:
            source = Source(engine, Path(settings.data), file_of(config))
            file, manifest = await make(source, target, datetime.now(UTC), step)  # noqa: TID251 - the keyboard's own time
        finally:
            await engine.dispose()
        gone = rotate(target, settings.backup.keep)
        lost = (
            f"；有{len(manifest.missing)}张照片不在或坏了，没有收进去，请运行 qunban doctor" if manifest.missing else ""
        )
        old = f"；删去旧备份{len(gone)}份" if gone else ""
        return f"备份好了，也核对过：{file}（{manifest.rows}行，{len(manifest.media)}张照片）{lost}{old}"

    try:
        with _Bar() as step:
            told = asyncio.run(work(step))
    except SettingsRefused as refused:
        raise _give_up(str(refused)) from None
    _say(told)


def restore(
    file: Annotated[Path, typer.Argument(help="qunban backup 做出的文件")],
    config: Config = None,
) -> None:
    """把备份恢复到空的地方：先核对，再写；地方不空就不动。没有配置文件时用备份里的。"""
    from bot import restore as restoring  # noqa: PLC0415 - each command loads what it needs
    from bot.settings import file_of, load  # noqa: PLC0415

    place = file_of(config)
    try:
        if not place.exists() and (kept := restoring.config_of(file)):
            place.write_bytes(kept)
            _say(f"{place} 不在，已从备份里取出")
        with _Bar() as step:
            manifest = asyncio.run(restoring.restore(file, load(config), step))
    except SettingsRefused as refused:
        raise _give_up(str(refused)) from None
    except OSError as error:
        raise _give_up(f"写不了 {place}（{error.strerror}）：请检查权限") from None
    lost = f"；备份里缺{len(manifest.missing)}张照片，请运行 qunban doctor --repair" if manifest.missing else ""
    made = manifest.made_at.astimezone()
    _say(f"恢复好了：{made:%Y-%m-%d %H:%M} 的备份，{manifest.rows}行，{len(manifest.media)}张照片{lost}")


dead = typer.Typer(no_args_is_help=True, help="搁置的东西：看、再试、丢开。")
Names = Annotated[list[str] | None, typer.Argument(help="list 里第一列的名字，如 inbox:12")]
All = Annotated[bool, typer.Option("--all", help="全部")]


@dead.command("list")
def dead_list(config: Config = None) -> None:
    """列出搁置的消息、到时没办成的事、没发出去的回复，以及为什么；号码都打了码。"""
    from bot import dead as shelf  # noqa: PLC0415 - each command loads what it needs
    from bot.settings import load  # noqa: PLC0415

    try:
        found = asyncio.run(shelf.listed(load(config)))
    except SettingsRefused as refused:
        raise _give_up(str(refused)) from None
    for row in found:
        _say(row.line)
    _say(f"共{len(found)}件" if found else "没有搁置的东西")


@dead.command("retry")
def dead_retry(names: Names = None, every: All = False, config: Config = None) -> None:
    """再试一次。不知送到没有的回复可能会重复一条。"""
    _change("retry", names, config, every=every)


@dead.command("drop")
def dead_drop(names: Names = None, every: All = False, config: Config = None) -> None:
    """丢开，不再提起；内容还留在数据库里。"""
    _change("drop", names, config, every=every)


def _change(verb: str, names: list[str] | None, config: Path | None, *, every: bool) -> None:
    from bot import dead as shelf  # noqa: PLC0415 - each command loads what it needs
    from bot.settings import load  # noqa: PLC0415

    if not names and not every:
        raise _give_up(f"请写名字，例如 qunban dead {verb} inbox:12，或 --all")
    try:
        number = asyncio.run(shelf.change(load(config), verb, None if every else names))
    except SettingsRefused as refused:
        raise _give_up(str(refused)) from None
    _say(f"{'再试' if verb == 'retry' else '丢开'}{number}件")


def doctor(
    repair: Annotated[bool, typer.Option("--repair", help="能修的都修好")] = False,
    day: Annotated[str | None, typer.Option("--day", help="哪一天的账，如 2026-03-01（默认今天）")] = None,
    config: Config = None,
) -> None:
    """查数据库和照片有没有对不上的地方，并报一天的账：收到的都有去处。"""
    from bot import doctor as doctors  # noqa: PLC0415 - each command loads what it needs
    from bot.settings import load  # noqa: PLC0415

    try:
        wanted = date.fromisoformat(day) if day else None
    except ValueError:
        raise _give_up("日期请写成 2026-03-01 这样") from None
    try:
        told = asyncio.run(doctors.examine(load(config), wanted, repair=repair))
    except SettingsRefused as refused:
        raise _give_up(str(refused)) from None
    for line in told.lines:
        _say(line)
    if not told.sound:
        raise typer.Exit(1)


def register(app: typer.Typer) -> None:
    """Put these commands beside the others."""
    app.command()(backup)
    app.command()(restore)
    app.command()(doctor)
    app.add_typer(dead, name="dead")
