"""`qunban check`: argues with configuration, database, token and group rights."""

from datetime import datetime

from sqlalchemy import text

from bot import calendars
from bot.asking import REFUSED, desks_of
from bot.database import open_engine
from bot.errors import SettingsRefused
from bot.health import wrongs
from bot.maps import complaints
from bot.migrate import SchemaRefused, migrate
from bot.program import channel_of, names_of, server_of
from bot.rules import rules_of
from bot.settings import KEYS, Settings
from channels.channel import ChannelRefused
from models.clock import SystemClock
from models.said import Point
from reading.second.prompt import sample

SERVICES = {"amap": "高德", "baidu": "百度", "tianditu": "天地图", "nominatim": "Nominatim", "photon": "Photon"}


async def check(settings: Settings) -> list[str]:
    """Plain sentences about what is wrong; none where all is well."""
    try:
        rules = rules_of(settings)
    except SettingsRefused as refused:
        return [str(refused)]
    return [
        *complaints(settings, rules.atlas),
        *await _geocoders(settings),
        *await _database(settings),
        *await _channel(settings),
        *await _second(settings),
    ]


def reminders(settings: Settings, now: datetime) -> list[str]:
    """What will go wrong if nobody does anything; none of it stops a program."""
    told = (
        "{}年的放假和调休还不知道，时限先按周一到周五算："
        "请升级 chinesecalendar，或把国务院的安排写进 hours.calendar 的文件"
    )
    try:
        years = list(calendars.unknown_years(settings, now.astimezone(settings.zone).date()))
    except SettingsRefused:
        return []
    return [told.format(year) for year in years]


async def _second(settings: Settings) -> list[str]:
    """The second reader answers a made-up question in the form asked for."""
    server = server_of(settings)
    if server is None:
        return []
    try:
        reply = await server.ask(sample())
    finally:
        await server.close()
    why = f"第二读者没有答出合格的回答（{reply.error}）：请检查 second_reader 的 url、model 和 QUNBAN_LLM_KEY"
    return [] if reply.answer is not None else [why]


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


async def _geocoders(settings: Settings) -> list[str]:
    """Each is asked what the middle of the bureau's box is called: one question of its quota."""
    told, bounds = [], settings.geocoding.bounds
    for desk in desks_of(settings):
        south, west, north, east = bounds or (0, 0, 0, 0)
        name = SERVICES[desk.entry.name]
        try:
            await desk.provider.called(Point((south + north) / 2, (west + east) / 2))
        except REFUSED:
            told.append(f"{name}没有接受密钥：请核对环境变量 {KEYS[desk.entry.name]}")
        except Exception as error:  # noqa: BLE001 - whatever is wrong there, the person needs the sentence
            told.append(f"{name}没有应答（{type(error).__name__}）：请检查网络、地址和配额，工单不受影响")
        finally:
            await desk.provider.close()
    return told


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
