"""The command `qunban demo --year`."""

import asyncio
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from bot.errors import SettingsRefused

out, err = Console(), Console(stderr=True)
CITY = Path("examples/city.yaml")
USUAL = 12_000


def demo(
    year: Annotated[bool, typer.Option("--year", help="填满一年：群、人、工单、照片、评价、超期的和并单的")] = False,
    tickets: Annotated[int, typer.Option("--tickets", min=50, max=200_000, help="多少件工单")] = USUAL,
    seed: Annotated[
        int, typer.Option("--seed", min=0, help="换一个数，就是另一年；同一个数在同一小时里填出来一样")
    ] = 721,
    config: Annotated[
        Path | None, typer.Option("--config", help="城市的配置（默认 QUNBAN_CONFIG，或 examples/city.yaml）")
    ] = None,
) -> None:
    """把一座演示城市的一年填进空数据库，各种功能都能拿来试；数据都是编的。"""
    from rich.progress import Progress  # noqa: PLC0415 - each command loads what it needs

    from bot.demo.filling import Wish, fill_year  # noqa: PLC0415
    from bot.settings import file_of, load  # noqa: PLC0415

    if not year:
        raise _give_up("要填一年请写 qunban demo --year；只想说几句看看，请用 qunban run 打开练习场")
    file = config or (CITY if "QUNBAN_CONFIG" not in os.environ and CITY.exists() else file_of(None))
    now = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)  # noqa: TID251 - the keyboard's own time
    with Progress(console=err, transient=True, disable=not err.is_terminal) as bar:
        task = bar.add_task("填一年", total=tickets)
        try:
            rows = asyncio.run(fill_year(load(file), Wish(tickets, seed, now), lambda many: bar.advance(task, many)))
        except SettingsRefused as refused:
            raise _give_up(str(refused)) from None
    _say(
        f"填好了：工单{rows['ticket']}件，办理记录{rows['ticket_event']}条，消息{rows['message']}条，照片{rows['medium']}张"
    )
    _say(f"接着看：qunban summary 本月 --config {file}　qunban run --config {file}")


def _say(sentence: str) -> None:
    out.print(escape(sentence), highlight=False, soft_wrap=True)


def _give_up(sentence: str) -> typer.Exit:
    err.print(f"[red]✗[/red] {escape(sentence)}", highlight=False, soft_wrap=True)
    return typer.Exit(1)


def register(app: typer.Typer) -> None:
    """Put the command beside the others."""
    app.command()(demo)
