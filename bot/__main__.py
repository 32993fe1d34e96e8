"""The command line: `qunban …` or `python -m bot …`."""

import sys
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape

from bot import paper, upkeep
from bot.demo import command as demonstration
from bot.errors import SettingsRefused, safely
from channels.channel import ChannelRefused, RivalFound

if TYPE_CHECKING:
    from bot.settings import Settings

app = typer.Typer(
    name="qunban", no_args_is_help=True, add_completion=False, rich_markup_mode="rich",
    help="群办：把“城管+商户”群里说的事变成工单，派下去，办完，告诉群里。",
)  # fmt: skip
out, err = Console(), Console(stderr=True)
RIVAL, DIED = 75, 70
"""Exit codes: another program does the work, something inside died."""
Config = Annotated[Path | None, typer.Option("--config", help="配置文件（默认 config.yaml，或环境变量 QUNBAN_CONFIG）")]


def _settings(config: Path | None) -> "Settings":
    from bot.settings import load  # noqa: PLC0415 - each command loads what it needs

    try:
        return load(config)
    except SettingsRefused as refused:
        _give_up(str(refused))
        raise


def _say(sentence: str) -> None:
    out.print(sentence, highlight=False, soft_wrap=True)


def _complain(sentence: str) -> None:
    err.print(f"[red]✗[/red] {escape(sentence)}", highlight=False, soft_wrap=True)


def _give_up(sentence: str, code: int = 1) -> None:
    _complain(sentence)
    raise typer.Exit(code)


@app.command()
def run(config: Config = None) -> None:
    """开始干活。没有令牌时打开本机的练习场，网址会打印出来。"""
    import structlog  # noqa: PLC0415 - each command loads what it needs
    import uvloop  # noqa: PLC0415

    from bot import logs, program  # noqa: PLC0415
    from bot.settings import file_of  # noqa: PLC0415

    settings = _settings(config)
    logs.set_up(settings)

    def told(started: program.Started) -> None:
        if started.playground:
            _say(f"练习场开好了，用浏览器打开：[bold]{started.playground}/[/bold]")
        _say(f"{settings.bureau.name} 的群办在运行，网页：{started.pages}/ （私聊机器人说“登录”），按 Ctrl-C 停止")
        for sentence in started.wrongs:
            _complain(sentence)
        sys.stdout.flush()

    try:
        code = uvloop.run(program.run(settings, told, file_of(config)))
    except RivalFound as rival:
        _give_up(str(rival), RIVAL)
    except (SettingsRefused, ChannelRefused) as refused:
        _give_up(str(refused))
    except Exception as error:  # noqa: BLE001 - whatever killed a task is said in one line, and systemd starts us again
        structlog.get_logger().error("stopped", error=safely(error))
        raise typer.Exit(DIED) from None
    else:
        raise typer.Exit(code)


@app.command()
def check(config: Config = None) -> None:
    """查配置、数据库、令牌和群里的权限；有不对的地方逐条说出来。"""
    import asyncio  # noqa: PLC0415 - each command loads what it needs

    from bot import check as checking  # noqa: PLC0415
    from models.clock import SystemClock  # noqa: PLC0415

    settings = _settings(config)
    found = asyncio.run(checking.check(settings))
    for sentence in found:
        _complain(sentence)
    for sentence in checking.reminders(settings, SystemClock().now()):
        err.print(f"[yellow]提醒[/yellow] {escape(sentence)}", highlight=False, soft_wrap=True)
    if found:
        raise typer.Exit(1)
    _say("[green]✓[/green] 都好：配置、数据库、令牌、群都没有问题")


@app.command()
def replay(  # noqa: PLR0913, PLR0917 - the command's options
    export: Annotated[Path, typer.Argument(help="Telegram Desktop 导出的 result.json")],
    config: Config = None,
    as_json: Annotated[bool, typer.Option("--json", help="每张工单一行 JSON")] = False,
    llm: Annotated[str | None, typer.Option("--llm", help="拿不准时问这个服务器，如 http://127.0.0.1:8000/v1")] = None,
    llm_model: Annotated[str | None, typer.Option("--llm-model", help="服务器上模型的名字")] = None,
    llm_record: Annotated[Path | None, typer.Option("--llm-record", help="把问和答逐行记进这个文件")] = None,
    llm_questions: Annotated[Path | None, typer.Option("--llm-questions", help="只把问题写进文件，谁也不问")] = None,
    llm_answers: Annotated[Path | None, typer.Option("--llm-answers", help="从这个文件取回答，不连服务器")] = None,
) -> None:
    """把导出的聊天记录当作现场重放一遍，看会开出哪些工单。不往群里发，也不碰数据库。"""
    from bot import replay as replaying  # noqa: PLC0415 - each command loads what it needs

    try:
        settings, adviser = _settings(config) if config else None, None
        if any((llm, llm_model, llm_record, llm_questions, llm_answers)):
            from bot import recorded  # noqa: PLC0415

            options = recorded.Options(llm, llm_model, llm_record, llm_questions, llm_answers)
            adviser = recorded.adviser_of(options, settings.second_reader if settings else None)
        replaying.show(export, settings, as_json=as_json, out=out, err=err, adviser=adviser)
    except (replaying.ExportRefused, SettingsRefused) as refused:
        _give_up(str(refused))


@app.command()
def read(
    text: Annotated[str | None, typer.Argument(help="一句话")] = None,
    lines: Annotated[Path | None, typer.Option("--lines", help='许多句：每行 {"id", "text"} 的 JSON 文件')] = None,
) -> None:
    """看群办怎么理解一句话，以及为什么。"""
    from bot import reads  # noqa: PLC0415 - each command loads what it needs

    try:
        if lines is not None:
            reads.many(lines)
        elif text is not None:
            reads.one(text, out)
        else:
            _give_up('请给一句话，例如：qunban read "门口被货车堵住了"')
    except reads.LinesRefused as refused:
        _give_up(str(refused))


@app.command()
def code(
    role: Annotated[str, typer.Argument(help="队长、队员、环卫、工地 或 管理员")],
    squad: Annotated[str | None, typer.Option("--squad", help="哪个中队（队员必须写）")] = None,
    config: Config = None,
) -> None:
    """做一个一次性的身份码，给第一个队长；之后队长在私聊里自己发码。"""
    import asyncio  # noqa: PLC0415 - each command loads what it needs

    from bot import codes  # noqa: PLC0415
    from models.clock import SystemClock  # noqa: PLC0415

    settings = _settings(config)
    try:
        held = codes.named(settings, role, squad)
    except SettingsRefused as refused:
        _give_up(str(refused))
    _say(escape(asyncio.run(codes.at_keyboard(settings, held, SystemClock().now()))))


@app.command()
def audit(
    config: Config = None,
    person: Annotated[str | None, typer.Option("--person", help="只看一个人的资料被谁看过（账号编号或名字）")] = None,
    since: Annotated[str | None, typer.Option("--since", help="从这一天起，如 2026-03-01")] = None,
) -> None:
    """谁在什么时候看过谁的资料。"""
    import asyncio  # noqa: PLC0415 - each command loads what it needs

    from bot import audits  # noqa: PLC0415

    settings = _settings(config)
    try:
        start = datetime.combine(date.fromisoformat(since), time(), settings.zone) if since else None
    except ValueError:
        _give_up("日期请写成 2026-03-01 这样")
        return
    for line in asyncio.run(audits.lines(settings, person, start)):
        _say(escape(line))


paper.register(app)
upkeep.register(app)
demonstration.register(app)


def main() -> None:
    """The entry point."""
    app()


if __name__ == "__main__":
    main()
