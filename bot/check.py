"""`qunban check`: argues with configuration, database, token and group rights."""

from sqlalchemy import text

from bot.database import open_engine
from bot.errors import SettingsRefused
from bot.health import wrongs
from bot.maps import complaints
from bot.migrate import SchemaRefused, migrate
from bot.program import channel_of, names_of
from bot.rules import rules_of
from bot.settings import Settings
from channels.channel import ChannelRefused
from models.clock import SystemClock


async def check(settings: Settings) -> list[str]:
    """Plain sentences about what is wrong; none where all is well."""
    try:
        rules = rules_of(settings)
    except SettingsRefused as refused:
        return [str(refused)]
    return [*complaints(settings, rules.atlas), *await _database(settings), *await _channel(settings)]


async def _database(settings: Settings) -> list[str]:
    engine = open_engine(settings.database)
    try:
        await migrate(engine)
        async with engine.begin() as conn:
            await conn.execute(text("SELECT 1"))
        return await wrongs(engine, SystemClock().now())
    except SchemaRefused as refused:
        return [str(refused)]
    except Exception as error:  # noqa: BLE001 - drivers differ; the person needs the sentence
        return [f"数据库打不开（{type(error).__name__}）：请检查地址、口令和磁盘"]
    finally:
        await engine.dispose()


async def _channel(settings: Settings) -> list[str]:
    if settings.token is None:
        return ["没有令牌：请把 BotFather 给的令牌放进环境变量 QUNBAN_TELEGRAM_TOKEN（练习场不用）"]
    channel = channel_of(settings)
    try:
        await channel.start()
        return [*await channel.complaints(names_of(settings)), *await channel.rivals()]
    except ChannelRefused as refused:
        return [str(refused)]
    finally:
        await channel.stop()
