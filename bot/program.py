"""The running program: one loop, a few named tasks; any of them dying ends it with a non-zero code."""

import asyncio
import gc
import hashlib
import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import structlog
from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncEngine

from bot import gauges, inbox, meter, pages
from bot.adviser import Adviser
from bot.alarm import Alarm
from bot.asking import Asking
from bot.backup import Source
from bot.bell import Bell, Chime
from bot.bookkeeper import Bookkeeper
from bot.courier import Courier
from bot.database import open_engine
from bot.errors import SettingsRefused
from bot.failpoints import passing
from bot.health import wrongs
from bot.keeper import Keeper
from bot.lease import PATIENCE_SECONDS, Lease
from bot.llm import Server
from bot.migrate import migrate, waits
from bot.nightly import Nightly
from bot.rules import rules_of
from bot.seed import seed
from bot.settings import Settings
from bot.surveyor import Surveyor
from bot.sweeper import Sweeper
from bot.tasks import Tasks
from bot.worker import Worker
from channels.channel import Channel
from channels.telegram.channel import TelegramChannel
from models.clock import Clock, Remembering, SystemClock
from playground.server import Playground
from texts import sayings
from web.app import build

log = structlog.get_logger()
FINISH_SECONDS = 1.5
STOP_SECONDS = 4.5
"""After a signal; service managers wait ten and longer before they kill."""
PLAY_TOKEN = "8721:playground"  # noqa: S105 - the playground's, known to all
PUBLIC_API = "https://api.telegram.org"


@dataclass
class Program:
    """Everything wired; `start`, then `stop`."""

    settings: Settings
    channel: Channel
    clock: Clock = field(default_factory=SystemClock)
    engine: AsyncEngine = field(init=False)
    tasks: Tasks = field(default_factory=Tasks)
    pages: web.AppRunner | None = None
    web_url: str = ""
    config: Path | None = None

    def __post_init__(self) -> None:
        """Build the parts; nothing runs yet."""
        self.rules = rules = rules_of(self.settings)
        self.clock = clock = Remembering(self.clock)
        self.engine = open_engine(self.settings.database)
        self.lease = Lease(self.settings.database)
        self.inbox_bell, self.outbox_bell = Bell(), Bell()
        self.worker = Worker(self.engine, {self.channel.name: self.channel}, rules, self.clock)
        media = Path(self.settings.data) / "media"
        self.sweeper = Sweeper(self.engine, rules.kept, rules.zone, media, self.clock)
        self.alarm = Alarm(self.engine, rules, clock, self.sweeper)
        a_minute = self.settings.telegram.a_minute
        self.courier = Courier(self.engine, self.channel, rules, self.clock, a_minute, media)
        self.bookkeeper = Bookkeeper(self.engine, rules, self.clock)
        self.keeper = Keeper(self.engine, self.channel, rules, media, self.clock)
        self.second, self.advice_bell = server_of(self.settings), Bell()
        self.adviser = Adviser(self.engine, self.second, rules, self.clock, self.settings.second_reader)
        source = Source(self.engine, Path(self.settings.data), self.config)
        self.nightly = Nightly(source, self.settings.backup, self.settings.zone, self.clock)
        self._fetched_at = time.monotonic()
        asking = Asking(self.engine, self.settings, self.clock)
        self.surveyor = Surveyor(self.engine, asking, rules, self.clock, naming=self.settings.geocoding.naming)

    async def start(self) -> None:
        """Migrate, open the channel, seed, spawn the tasks.

        Where updates are brought to us, they are taken in from the first moment, and done when the program that is
        still at work has gone. Where the schema has to change, that one goes first. Raises RivalFound, SettingsRefused,
        ChannelRefused.
        """
        hooked = self.settings.telegram.receive == "webhook"
        if not hooked or await waits(self.engine):
            await self.lease.insist(None if hooked else PATIENCE_SECONDS)
        await migrate(self.engine)
        await inbox.adopt(self.engine, self.channel)
        await self._open_pages()
        await self.channel.start()
        await self._listen()
        if hooked:
            await self.lease.insist(None)
        await seed(self.engine, self.settings, self.rules, self.clock.now())
        passing("seeded")
        await self.nightly.plan()
        await self.sweeper.appoint()
        await self.adviser.prepare()
        self.tasks.spawn("lease", self.lease.hold())
        introduced = self.channel.introduce(sayings.commands(), self.rules.language)
        self.tasks.spawn("commands", introduced, may_end=True)
        if self.settings.telegram.receive == "polling":
            self.tasks.spawn("receive", self._receive())
        self.tasks.spawn("worker", self.worker.run(self.inbox_bell, Chime(self.outbox_bell, self.advice_bell)))
        self.tasks.spawn("alarm", self.alarm.run(Bell(), self.outbox_bell))
        self.tasks.spawn("courier", self.courier.run(self.outbox_bell))
        self.tasks.spawn("keeper", self.keeper.run(Bell(), self.outbox_bell))
        self.tasks.spawn("bookkeeper", self.bookkeeper.run(Bell()))
        self.tasks.spawn("adviser", self.adviser.run(self.advice_bell, self.outbox_bell), may_end=self.second is None)
        if self.settings.backup.directory:
            self.tasks.spawn("nightly", self.nightly.run(Bell()))
        if self.settings.geocoding.providers:
            self.tasks.spawn("surveyor", self.surveyor.run(Bell(), self.outbox_bell))

    async def _listen(self) -> None:
        """Tell the network where updates go: to our page, or to who asks for them."""
        telegram = self.settings.telegram
        if telegram.receive == "webhook" and telegram.webhook_url:
            await self.channel.listen(f"{telegram.webhook_url}/telegram/{self._hook_path()}", self._secret())
        elif telegram.receive == "polling":
            await self.channel.listen(None, "")

    def _secret(self) -> str:
        return self.settings.webhook_secret.get_secret_value() if self.settings.webhook_secret else ""

    def _hook_path(self) -> str:
        """A path nobody guesses, which does not give the secret away to a proxy's log."""
        return hashlib.sha256(f"path of {self._secret()}".encode()).hexdigest()[:32]

    async def _open_pages(self) -> None:
        secret = self._secret()
        hooked = self.settings.telegram.receive == "webhook"
        if hooked and not secret:
            raise SettingsRefused("用网页回调收消息时要设环境变量 QUNBAN_WEBHOOK_SECRET（一串随机字母数字）")
        store = self._store if hooked else None
        house = pages.house_of(self.settings, self.engine, self.rules, self.clock, self.outbox_bell)
        app = build(self._wrongs, self._figures, store, secret=secret, path=self._hook_path(), house=house)
        self.pages = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await self.pages.setup()
        site = web.TCPSite(self.pages, self.settings.web.host, self.settings.web.port)
        try:
            await site.start()
        except OSError:
            raise SettingsRefused(f"端口 {self.settings.web.port} 被占用：请改 web.port 或设 QUNBAN_WEB_PORT") from None
        self.web_url = f"http://{self.settings.web.host}:{self.pages.addresses[0][1]}"
        self.courier.rules = replace(self.rules, pages=self.settings.web.url or self.web_url)

    async def _receive(self) -> None:
        self._fetched_at = time.monotonic()
        await inbox.receive(self.engine, self.channel, self.clock, self.inbox_bell, self._fetched)

    async def _store(self, batch: list[dict[str, Any]]) -> None:
        await inbox.store(self.engine, self.channel, batch, self.clock.now())
        self.inbox_bell.ring()

    def _fetch_age(self) -> float | None:
        """Seconds since getUpdates answered; None where updates are brought."""
        return time.monotonic() - self._fetched_at if self.settings.telegram.receive == "polling" else None

    def _fetched(self) -> None:
        self._fetched_at = time.monotonic()
        meter.FETCHES.inc()

    async def _wrongs(self) -> list[str]:
        return await wrongs(self.engine, self.clock.now(), self._fetch_age())

    async def _figures(self) -> bytes:
        pulse = gauges.Pulse(self._fetch_age(), well=not await self._wrongs())
        return await gauges.page(self.engine, self.clock.now(), pulse)

    async def stop(self) -> None:
        """Stop in order; what is half done is on disk and goes on at the next start."""
        await self.courier.finish(FINISH_SECONDS)
        await self.tasks.stop()
        if self.second is not None:
            await self.second.close()
        if self.pages is not None:
            await self.pages.cleanup()
        await self.channel.stop()
        await self.engine.dispose()
        await self.lease.release()


def server_of(settings: Settings) -> Server | None:
    """The second reader of these settings; None where it is off."""
    second = settings.second_reader
    if not second.url:
        return None
    return Server(second.url, second.model, settings.llm_key, second.timeout_seconds, second.extra)


def channel_of(settings: Settings, api: str | None = None, token: str | None = None) -> TelegramChannel:
    """The Telegram channel of these settings."""
    secret = token or (settings.token.get_secret_value() if settings.token else None)
    if secret is None:
        raise SettingsRefused("没有令牌：请把 BotFather 给的令牌放进环境变量 QUNBAN_TELEGRAM_TOKEN")
    return TelegramChannel(secret, api or settings.telegram.api)


async def open_playground(settings: Settings) -> Playground:
    """The playground with the groups and people of these settings."""
    world = settings.model_dump(mode="json", include={"groups", "people", "shops"})
    play = Playground(world, PLAY_TOKEN, data=Path(settings.data) / "playground", tiles=settings.playground.tiles)
    try:
        await play.start(settings.playground.host, settings.playground.port)
    except OSError:
        raise SettingsRefused(
            f"端口 {settings.playground.port} 被占用：请改 playground.port 或设 QUNBAN_PLAYGROUND_PORT"
        ) from None
    return play


@dataclass(frozen=True, slots=True)
class Started:
    """What the person at the screen is told: the addresses, and plain sentences about what is wrong."""

    playground: str | None
    pages: str
    wrongs: list[str]


def names_of(settings: Settings) -> dict[str, str]:
    """The configured groups' names by their ids in the channel."""
    return {str(group.chat): group.name for group in settings.groups}


async def run(settings: Settings, told: Callable[[Started], None], config: Path | None = None) -> int:
    """Run until a signal or until a task dies; the process's exit code."""
    play = None
    if settings.token is None:
        if settings.telegram.api != PUBLIC_API or settings.telegram.receive == "webhook":
            raise SettingsRefused("没有令牌：请把 BotFather 给的令牌放进环境变量 QUNBAN_TELEGRAM_TOKEN")
        play = await open_playground(settings)
    channel = channel_of(settings, play.url, play.token) if play else channel_of(settings)
    program = Program(settings, channel, config=config)
    _listen_for_signals(program)
    try:
        await program.tasks.unless_ended(_begin(program, told, play.url if play else None))
        await program.tasks.ended.wait()
    finally:
        await program.stop()
        if play is not None:
            await play.stop()
    if program.tasks.error is not None:
        raise program.tasks.error
    return 0


async def _begin(program: Program, told: Callable[[Started], None], playground: str | None) -> None:
    await program.start()
    _set_apart()
    told(Started(playground, program.web_url, await program.channel.complaints(names_of(program.settings))))


def _set_apart() -> None:
    """What was loaded at the start stays: to look at it again would hold up everybody for a tenth of a second."""
    gc.collect()
    gc.freeze()


def _listen_for_signals(program: Program) -> None:
    loop = asyncio.get_running_loop()

    def stop() -> None:
        program.tasks.ended.set()
        loop.call_later(STOP_SECONDS, _leave)

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop)


def _leave() -> None:
    """Something holds up the orderly end: what matters is on disk, and what was half done goes on at the next start."""
    log.warning("left before everything was closed")
    sys.stderr.flush()
    os._exit(0)
