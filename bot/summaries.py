"""`qunban summary`: a period's figures as text."""

import html
import re
from datetime import datetime

from sqlalchemy import select

from bot.database import open_engine
from bot.errors import SettingsRefused
from bot.migrate import migrate
from bot.settings import Settings
from models import tables as t
from models.clock import SystemClock
from models.numbers import Asked, Formulas, Slice
from services.figures import figures
from texts.reports import summary


async def text(settings: Settings, span: tuple[datetime, datetime], name: str, group: str | None) -> str:
    """The summary's lines. Raises SettingsRefused for a group that is not known."""
    engine = open_engine(settings.database)
    try:
        await migrate(engine)
        async with engine.execution_options(reads_only=True).connect() as conn:
            number = None
            if group is not None:
                number = (await conn.execute(select(t.group.c.id).where(t.group.c.name == group))).scalar()
                if number is None:
                    raise SettingsRefused(f"没有叫“{group}”的群，请照 config.yaml 里的名字写")
            formulas = Formulas(**settings.figures.model_dump())
            asked = Asked(*span, SystemClock().now(), settings.zone, Slice(number), formulas)
            counted = await figures(conn, asked)
    finally:
        await engine.dispose()
    return html.unescape(re.sub(r"<[^>]+>", "", summary(name, counted).text))
