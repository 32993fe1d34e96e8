"""`python -m playground --world config.yaml`: the playground alone."""

import argparse
import asyncio
import signal
from pathlib import Path

import yaml

from playground.server import Playground


async def serve(given: argparse.Namespace) -> None:
    """Until it is interrupted, also where it was started in the background."""
    world = yaml.safe_load(given.world.read_text(encoding="utf-8"))
    play = Playground(world, given.token, data=given.data, pacing=not given.no_pacing)
    await play.start(port=given.port)
    print(f"练习场在 {play.url}/ ，按 Ctrl-C 结束", flush=True)
    over = asyncio.Event()
    for signed in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(signed, over.set)
    try:
        await over.wait()
    finally:
        await play.stop()


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m playground", description="本机上的练习场：不用令牌也能试群办")
    parser.add_argument(
        "--world", type=Path, default=Path("config.yaml"), help="群和人从这个配置文件来（默认 config.yaml）"
    )
    parser.add_argument("--port", type=int, default=8721, help="端口（默认 8721，0 为任意）")
    parser.add_argument("--token", default="8721:playground", help="机器人用的令牌")
    parser.add_argument("--data", type=Path, default=None, help="把说过的话存在这个文件夹，重启后接着来")
    parser.add_argument("--no-pacing", action="store_true", help="不限每分钟20条（压测用）")
    asyncio.run(serve(parser.parse_args()))


if __name__ == "__main__":
    main()
