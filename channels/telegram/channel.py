"""Telegram: fetches raw updates, sends what the courier brings. The only folder that imports telegram."""

import asyncio
import logging
import warnings
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import structlog
from telegram import Bot
from telegram.error import BadRequest, Conflict, InvalidToken, TelegramError
from telegram.warnings import PTBUserWarning

from channels.channel import ChannelRefused, DownloadRefused, Raw, RivalFound
from channels.telegram import calls, rights, rivalry
from channels.telegram import parse as reading
from channels.telegram.faults import asked_to_wait, outcome_of
from channels.telegram.request import AiohttpRequest, TooLong
from models.arrivals import Arrival
from models.outgoing import Capabilities, End, Outcome, Outgoing

log = structlog.get_logger()
BATCH = 100
POLL_SECONDS = 25
LONGEST_PAUSE = 5.0
"""People wait as long once the line is back."""
STUCK_PAUSE = 1.0
CURED_BY_PLAINNESS = ("can't parse entities", "thread not found", "replied not found")
warnings.filterwarnings("ignore", message="Please use 'Bot", category=PTBUserWarning)
logging.getLogger("telegram.Bot").setLevel(logging.INFO)  # below that, the library writes addresses with the token


class Nameless(Bot):
    """The library's bot shows its token wherever it is printed; this one does not."""

    def __repr__(self) -> str:
        """Without the token."""
        return "Bot[…]"


class TelegramChannel:
    """One bot of one token."""

    name = "telegram"

    def __init__(self, token: str, api: str, poll_seconds: int = POLL_SECONDS) -> None:
        base = api.rstrip("/")
        self._poll_seconds = poll_seconds
        self.bot = Nameless(
            token,
            base_url=f"{base}/bot",
            base_file_url=f"{base}/file/bot",
            request=AiohttpRequest(base),
            get_updates_request=AiohttpRequest(base, pool=4, read=poll_seconds + 10),
        )
        self.account = f"{self.name}:{token.partition(':')[0]}"
        self._rivalry = rivalry.Rivalry()

    async def start(self) -> None:
        """Open the connections and learn who we are."""
        pause = 1.0
        while True:
            try:
                await self.bot.initialize()
            except InvalidToken:
                raise ChannelRefused("Telegram 不认这个令牌：请检查 QUNBAN_TELEGRAM_TOKEN") from None
            except TelegramError:
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
            else:
                return

    async def stop(self) -> None:
        """Close the connections."""
        await self.bot.shutdown()

    async def listen(self, url: str | None, secret: str) -> None:
        """Set the webhook, or take one away that a former life left behind; waiting updates stay."""
        pause = 1.0
        while True:
            try:
                if url is None:
                    await self.bot.delete_webhook(drop_pending_updates=False)
                else:
                    await self.bot.set_webhook(url, secret_token=secret, allowed_updates=reading.ALLOWED)
            except BadRequest as error:
                raise ChannelRefused(f"Telegram 不收这个回调地址：请检查 telegram.webhook_url（{error}）") from None
            except TelegramError:
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
            else:
                return

    async def introduce(self, commands: dict[str, list[tuple[str, str]]], default: str) -> None:
        """A list for each language, and the default's for all others."""
        told = [(None, commands[default]), *commands.items()]
        for language, listed in told:
            try:
                await self.bot.set_my_commands(listed, language_code=language)
            except TelegramError as error:
                log.warning("the list of commands was not taken", error=type(error).__name__)
                return

    def capabilities(self) -> Capabilities:
        """A group may be told 20 things a minute; privacy mode may keep us deaf."""
        hears = bool(self.bot.bot.can_read_all_group_messages)
        return Capabilities(hears_all=hears, brings_pins=True, edits_cards=True, a_minute=20, batch=BATCH)

    def number(self, raw: Raw) -> int | None:
        """The update's id; None where it bears none."""
        return reading.number_of(raw)

    def mark(self, raw: Raw) -> str:
        """What tells it from every other update: numbers begin anew after a week in which nothing came."""
        return reading.mark_of(raw)

    def chat_of(self, raw: Raw) -> str:
        """The chat whose queue it belongs in."""
        return reading.chat_of(raw)

    def parse(self, raw: Raw) -> Arrival:
        """What it means."""
        return reading.parse(raw)

    async def fetch(self, after: int | None) -> AsyncIterator[list[Raw]]:
        """Batches of raw updates, for ever; faults are waited out. Asking for the next acknowledges the last.

        When nothing waits all is acknowledged, and no number is named: what comes next may be numbered lower.
        """
        offset, pause = (None if after is None else after + 1), 1.0
        while True:
            self._rivalry.asks()
            try:
                batch = await self._get(offset)
            except Conflict:
                if self._rivalry.put_out():
                    raise RivalFound("另一个程序正用同一个令牌收消息：一个令牌只能有一个程序收，请先停掉它") from None
                await asyncio.sleep(rivalry.PAUSE_SECONDS)
                continue
            except TelegramError as error:
                self._rivalry.cut_off()
                await asyncio.sleep(max(pause, asked_to_wait(error)))
                pause = min(pause * 2, LONGEST_PAUSE)
                continue
            pause = 1.0
            yield batch
            before, offset = offset, _behind(batch)
            if batch and offset in {None, before}:  # numbered in no order: the highest takes all of them away
                offset = max((number + 1 for raw in batch if (number := self.number(raw)) is not None), default=None)
                await asyncio.sleep(STUCK_PAUSE)

    async def _get(self, offset: int | None) -> list[Raw]:
        asked: dict[str, Any] = {"timeout": self._poll_seconds, "limit": BATCH, "allowed_updates": reading.ALLOWED}
        if offset is not None:
            asked["offset"] = offset
        result: Any = await self.bot.do_api_request("getUpdates", asked, read_timeout=self._poll_seconds + 10)
        return list(result)

    async def send(self, outgoing: Outgoing) -> Outcome:
        """Bring it to its chat."""
        try:
            return await self._call(outgoing, calls.call_of(outgoing))
        except BadRequest as error:
            if not any(words in str(error).lower() for words in CURED_BY_PLAINNESS):
                return outcome_of(error)
        except TelegramError as error:
            return outcome_of(error)
        try:
            return replace(await self._call(outgoing, calls.plain_call_of(outgoing)), plain=True)
        except TelegramError as error:
            return outcome_of(error)

    async def _call(self, out: Outgoing, call: calls.Call) -> Outcome:
        """The raw answer is enough: making the library's objects of it took as long as sending."""
        method, asked = call
        done: Any = await self.bot.do_api_request(method, asked)
        first = done[0] if isinstance(done, list) else done
        return Outcome(End.SENT, str(first["message_id"]) if isinstance(first, dict) else out.message)

    async def download(self, handle: str, limit: int) -> bytes:
        """The bytes behind a file id."""
        try:
            file = await self.bot.get_file(handle.removeprefix(calls.DOCUMENT))
            if file.file_size and file.file_size > limit:
                raise DownloadRefused(f"文件超过{limit // 2**20}MB，没有保存", for_good=True)
            data = bytes(await file.download_as_bytearray())
        except TooLong:
            raise DownloadRefused(f"文件超过{limit // 2**20}MB，没有保存", for_good=True) from None
        except BadRequest as error:
            raise DownloadRefused(str(error), for_good=True) from None
        except TelegramError as error:
            raise DownloadRefused(str(error), for_good=False) from None
        if len(data) > limit:
            raise DownloadRefused(f"文件超过{limit // 2**20}MB，没有保存", for_good=True)
        return data

    async def complaints(self, chats: dict[str, str]) -> list[str]:
        """What is wrong with privacy mode and groups, in plain words."""
        return await rights.complaints(self.bot, chats)

    async def rivals(self) -> list[str]:
        """Does another program take our updates away: looked for without confirming any."""
        return await rights.rivals(self.bot)


def _behind(batch: list[Raw]) -> int | None:
    """The number to ask for so that these are acknowledged."""
    known = (reading.number_of(raw) for raw in reversed(batch))
    return next((number + 1 for number in known if number is not None), None)
