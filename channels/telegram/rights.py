"""What is wrong with token, privacy mode, groups and rivals, in plain words for the operator."""

import asyncio

from telegram import Bot
from telegram.error import BadRequest, Conflict, Forbidden, TelegramError

LOOKS, LOOK_SECONDS, PAUSE = 2, 3, 0.5
DEAF = "隐私模式开着，机器人听不见群里的话：请对 BotFather 说 /setprivacy 选 Disable，再把机器人移出群重新拉进来"


async def complaints(bot: Bot, chats: dict[str, str]) -> list[str]:
    """What is wrong with privacy mode and with these groups (id → name)."""
    said = [] if bot.bot.can_read_all_group_messages else [DEAF]
    for chat, name in chats.items():
        said += await _seat_in(bot, chat, name)
    return said


async def _seat_in(bot: Bot, chat: str, name: str) -> list[str]:
    try:
        seat = await bot.get_chat_member(int(chat), bot.id)
    except (BadRequest, Forbidden):
        return [f"群“{name}”（{chat}）进不去：请把机器人拉进群，并核对群号"]
    except TelegramError as error:
        return [f"群“{name}”（{chat}）问不到：{error}"]
    if seat.status in {"left", "kicked"}:
        return [f"机器人不在群“{name}”（{chat}）里：请拉它进群"]
    return []


async def rivals(bot: Bot) -> list[str]:
    """Does another program take our updates away: looked for without confirming any."""
    try:
        hook = await bot.get_webhook_info()
        if hook.url:
            return ["这个令牌的消息正送往一个网页回调：用轮询收消息的话，群办启动时会撤掉它"]
        for _ in range(LOOKS):
            await _look(bot)
    except Conflict:
        return ["另一个程序正用同一个令牌收消息：如果不是正在运行的这个群办，请先停掉它"]
    except TelegramError as error:
        return [f"收不到消息：{error}"]
    return []


async def _look(bot: Bot) -> None:
    """Ask for updates as a second poller would, without an offset: nothing is confirmed."""
    await bot.do_api_request("getUpdates", {"timeout": LOOK_SECONDS, "limit": 1}, read_timeout=LOOK_SECONDS + 5)
    await asyncio.sleep(PAUSE)
