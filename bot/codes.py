"""Makes one-time codes for roles: written down by their hash alone, at the keyboard or as a lead's message goes out."""

from datetime import datetime, timedelta

from sqlalchemy import insert, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.database import open_engine
from bot.errors import SettingsRefused
from bot.migrate import migrate
from bot.settings import Settings
from ledger.store import writing
from models import tables as t
from models.codes import digest, fresh
from models.rows import Standing
from models.words import Role
from texts.staff import role_of
from texts.words import ROLE_WORDS

HOLDS = timedelta(hours=24)


async def issue(
    conn: AsyncConnection, held: Standing, now: datetime, *, by: int | None = None, post: int | None = None
) -> str:
    """A new code for a role. What the same outbox row carried before, when it could not be sent, opens nothing more."""
    if post is not None:
        earlier = update(t.code).where(t.code.c.post_id == post, t.code.c.state == "open")
        await conn.execute(earlier.values(state="void"))
    written = fresh()
    row = {
        "hash": digest(written), "role": held.role.value, "squad": held.squad, "made_at": now, "ends_at": now + HOLDS,
        "made_by": by, "state": "open", "post_id": post,
    }  # fmt: skip
    await conn.execute(insert(t.code).values(**row))
    noted = {"at": now, "action": "made", "actor_id": by, "role": held.role.value, "squad": held.squad}
    await conn.execute(insert(t.role_event).values(**noted))
    return written


def named(settings: Settings, role: str, squad: str | None) -> Standing:
    """The role and squad that somebody names at the keyboard. Raises SettingsRefused."""
    known = {**ROLE_WORDS, **{one.value: one for one in Role if one is not Role.MERCHANT}}
    squads = {group.squad for group in settings.groups if group.kind == "squad" and group.squad}
    if role not in known:
        raise SettingsRefused(f"身份“{role}”不认识：请写 队长、队员、环卫、工地 或 管理员")
    if squad is not None and squad not in squads:
        raise SettingsRefused(
            f"中队“{squad}”不在配置的 groups 里：可以写 {'、'.join(sorted(squads)) or '（还没有中队群）'}"
        )
    if known[role] is Role.OFFICER and squad is None:
        raise SettingsRefused("队员要写明中队，例如：qunban code 队员 --squad 三中队")
    return Standing(known[role], squad)


async def at_keyboard(settings: Settings, held: Standing, now: datetime) -> str:
    """A code for whoever sits at the machine; what to do with it, in a sentence."""
    engine = open_engine(settings.database)
    try:
        await migrate(engine)
        async with writing(engine) as conn:
            written = await issue(conn, held, now)
    finally:
        await engine.dispose()
    until = (now + HOLDS).astimezone(settings.zone)
    return (
        f"{role_of(held)}的身份码：{written}\n请本人私聊机器人发：/bind {written}\n"
        f"只能用一次，{until.month}月{until.day}日{until:%H:%M}前有效；发到群里就作废。"
    )
