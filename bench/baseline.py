"""The baseline: a bot in one file, as a good freelancer would write it with the library's own means.

python-telegram-bot with its default requests (HTTPX) and its polling Application, one SQLAlchemy session and
transaction an update, a test for keywords, a row for the ticket, receipt and dispatch card sent at once inside the
handler. It keeps no inbox, no history, no due jobs, reads no place, pairs nothing, and acknowledges before it works.

    python -m bench.baseline CONFIG.json DATABASE.db      # token and API's address from QUNBAN_TELEGRAM_…
"""

import html
import json
import logging
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, UniqueConstraint, event
from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram import Message as Heard
from telegram.constants import ParseMode
from telegram.ext import Application, ApplicationBuilder, ContextTypes, MessageHandler, filters

MATTERS = {
    "占道经营": ("占道", "摆摊", "堵住"),
    "井盖缺损": ("井盖",),
    "暴露垃圾": ("垃圾",),
    "路灯损坏": ("路灯",),
    "污水": ("污水",),
    "油烟扰民": ("油烟", "烧烤"),
}
WANTS = ("来修", "来管", "来人", "处理", "管管")


class Base(DeclarativeBase):
    """The tables."""


class Message(Base):
    """What was said."""

    __tablename__ = "message"
    __table_args__ = (UniqueConstraint("chat", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    chat: Mapped[int] = mapped_column(BigInteger)
    number: Mapped[int]
    user: Mapped[int] = mapped_column(BigInteger)
    name: Mapped[str]
    text: Mapped[str]
    said_at: Mapped[datetime]


class Ticket(Base):
    """What is to be done."""

    __tablename__ = "ticket"
    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"))
    matter: Mapped[str]
    squad: Mapped[str]
    status: Mapped[str] = mapped_column(default="dispatched")
    opened_at: Mapped[datetime]


def open_engine(path: str) -> AsyncEngine:
    """The database, as safe as the other program's."""
    engine = create_async_engine(f"sqlite+aiosqlite:///{path}")

    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=30000", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def matter_in(text: str) -> str | None:
    """The first matter whose keyword is said together with a wish."""
    if not any(word in text for word in WANTS):
        return None
    return next((matter for matter, words in MATTERS.items() if any(word in text for word in words)), None)


class Bot:
    """Groups, squads and the sessions."""

    def __init__(self, config: dict[str, Any], engine: AsyncEngine) -> None:
        self.engine = engine
        self.sessions = async_sessionmaker(engine, expire_on_commit=False)
        self.squad_of = {g["chat"]: g["squad"] for g in config["groups"] if g["kind"] == "merchants"}
        self.chat_of = {g["squad"]: g["chat"] for g in config["groups"] if g["kind"] == "squad"}

    async def open(self, _app: Any) -> None:
        """Make the tables."""
        async with self.engine.begin() as conn:
            await conn.run_sync(Base.metadata.create_all)

    async def close(self, _app: Any) -> None:
        """Close the database."""
        await self.engine.dispose()

    async def heard(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """A message in a group: write it down; a complaint is a ticket, a receipt and a card."""
        said = update.effective_message
        if said is None or said.from_user is None or said.chat.id not in self.squad_of:
            return
        matter = matter_in(said.text or "")
        ticket = await self._write(said, matter)
        if ticket is None:
            return
        receipt = f"<b>#{ticket.id} {ticket.matter}</b>\n已受理，派给{html.escape(ticket.squad)}"
        await said.reply_text(receipt, ParseMode.HTML, do_quote=True)
        who, words = html.escape(said.from_user.full_name), html.escape(said.text or "")
        card = f"<b>#{ticket.id} {ticket.matter}</b>\n{who}：{words}"
        buttons = [
            [InlineKeyboardButton(word, callback_data=f"{word}:{ticket.id}") for word in ("接单", "转派", "退回")]
        ]
        chat = self.chat_of[ticket.squad]
        await context.bot.send_message(chat, card, ParseMode.HTML, reply_markup=InlineKeyboardMarkup(buttons))

    async def _write(self, said: Heard, matter: str | None) -> Ticket | None:
        """One transaction."""
        who = said.from_user
        if who is None:
            return None
        async with self.sessions.begin() as session:
            row = Message(
                chat=said.chat.id, number=said.message_id, user=who.id, name=who.full_name, text=said.text or "",
                said_at=said.date,
            )  # fmt: skip
            session.add(row)
            if matter is None:
                return None
            await session.flush()
            opened = datetime.now(UTC)  # noqa: TID251 - the baseline has no clock of its own
            ticket = Ticket(message_id=row.id, matter=matter, squad=self.squad_of[said.chat.id], opened_at=opened)
            session.add(ticket)
        return ticket


def main(config: str, database: str) -> None:
    """Poll for ever."""
    logging.basicConfig(level=logging.WARNING)
    bot = Bot(json.loads(Path(config).read_text(encoding="utf-8")), open_engine(database))
    builder = ApplicationBuilder().token(os.environ["QUNBAN_TELEGRAM_TOKEN"])
    builder = builder.base_url(f"{os.environ['QUNBAN_TELEGRAM_API']}/bot")
    app: Application[Any, Any, Any, Any, Any, Any] = builder.post_init(bot.open).post_shutdown(bot.close).build()
    app.add_handler(MessageHandler(filters.TEXT, bot.heard))
    app.run_polling(allowed_updates=["message", "edited_message", "callback_query"])


if __name__ == "__main__":
    main(*sys.argv[1:])
