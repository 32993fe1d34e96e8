"""Packs outbox rows: what exactly goes to which chat, as things stand now."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot import codes, histories, logins, own
from bot.views import handles, proof_of, views
from ledger.work import Rules
from models import tables as t
from models.outgoing import Outgoing, Rows, Sort
from models.rows import Standing
from models.words import CardKind, PostKind, Role
from texts import cards, doors, privacy, staff
from texts.cards import View
from texts.catalogue import DEFAULT
from texts.histories import album
from texts.page import Page, as_rows
from texts.speaking import speaking

ANSWERING = {CardKind.RECEIPT, CardKind.RESULT}
"""Cards that hang under the words that opened the ticket, also when they are shown anew."""
BACK = {PostKind.WITHDRAW: Sort.DELETE, PostKind.LEAVE: Sort.STRIP, PostKind.FASTEN: Sort.FASTEN}


@dataclass(frozen=True, slots=True)
class Parcel:
    """Something to send, what it shows (digest, ticket version), and the ticket whose fresh card it hangs under."""

    outgoing: Outgoing
    digest: str = ""
    version: int = 0
    pictured: bool = False
    under: int | None = None
    reckoned: bool = False
    """Figures: what exactly goes out is made only when it is sent (bot/reckoner.py)."""
    language: str = DEFAULT
    """What its chat speaks."""

    def with_card(self, known: dict[int, str]) -> "Parcel":
        """Hang it under a card that was sent a moment ago."""
        if self.under is None or self.outgoing.reply_to or self.under not in known:
            return self
        return replace(self, outgoing=replace(self.outgoing, reply_to=known[self.under]))


async def pack(
    conn: AsyncConnection, rows: list[Row[Any]], rules: Rules, now: datetime
) -> list[tuple[Row[Any], Parcel | None]]:
    """A parcel for each row; None where there is nothing (more) to bring."""
    shown = await views(conn, [row.card_id for row in rows if row.card_id], rules)
    groups = {row.group_id for row in rows if row.group_id}
    query = select(t.alias.c.group_id, t.alias.c.chat, t.group.c.language).join(
        t.group, t.group.c.id == t.alias.c.group_id
    )
    query = query.where(t.alias.c.group_id.in_(groups), t.alias.c.current)
    chats = {row.group_id: (row.chat, row.language) for row in (await conn.execute(query)).all()}
    packed: list[tuple[Row[Any], Parcel | None]] = []
    for row in rows:
        chat, language = chats.get(row.group_id, ("0", rules.language))
        with speaking(language):
            parcel = await _of(conn, row, chat, shown.get(row.card_id), (rules, now))
        packed.append((row, replace(parcel, language=language) if parcel else None))
    return packed


async def _of(
    conn: AsyncConnection, row: Row[Any], chat: str, view: View | None, ground: tuple[Rules, datetime]
) -> Parcel | None:
    rules, now = ground
    if row.kind == PostKind.CODE:
        return await _code(conn, row, chat, ground)
    if row.kind == PostKind.LOGIN:
        secret = await logins.issue(conn, row.payload["person"], now, row.id)
        return _text(chat, doors.link(rules.pages, secret), None)
    if row.kind == PostKind.EXPORT:
        return await _own(conn, row, chat, rules)
    if row.kind == PostKind.HISTORY:
        page = await histories.history(conn, row.ticket_id, rules, now, inner=bool(row.payload.get("inner")))
        return _text(chat, page, row.payload.get("reply_to")) if page else None
    return await _parcel(conn, row, chat, view)


async def _code(conn: AsyncConnection, row: Row[Any], chat: str, ground: tuple[Rules, datetime]) -> Parcel:
    """A one-time code comes into being as it is sent: no row holds it."""
    (rules, now), given = ground, row.payload
    held = Standing(Role(given["role"]), given["squad"])
    written = await codes.issue(conn, held, now, by=given["by"], post=row.id)
    return _text(chat, staff.code(written, held, now + codes.HOLDS, rules.zone), None)


async def _parcel(conn: AsyncConnection, row: Row[Any], chat: str, view: View | None) -> Parcel | None:  # noqa: PLR0911 - one return a kind
    payload: dict[str, Any] = row.payload
    match row.kind:
        case PostKind.CARD | PostKind.EDIT if view is not None:
            return await _card(conn, row, chat, view)
        case PostKind.TOAST:
            return await _toast(conn, row, chat)
        case PostKind.TEXT | PostKind.ASK:
            reply = payload.get("reply_to") or await _card_of(conn, row)
            return Parcel(
                Outgoing(Sort.TEXT, chat, payload["text"], _rows(payload["rows"]), reply), under=row.ticket_id
            )
        case PostKind.PIN:
            out = Outgoing(Sort.PIN, chat, reply_to=await _card_of(conn, row), lat=payload["lat"], lon=payload["lon"])
            return Parcel(out, under=row.ticket_id)
        case PostKind.PHOTOS:
            pairs = await handles(conn, payload["from"], payload["messages"])
            out = Outgoing(Sort.PHOTOS, chat, reply_to=await _card_of(conn, row), handles=tuple(pairs))
            return Parcel(out, under=row.ticket_id) if pairs else None
        case PostKind.SUMMARY | PostKind.LISTING | PostKind.MAP | PostKind.SHEET | PostKind.REPORT:
            return Parcel(Outgoing(Sort.TEXT, chat, reply_to=payload.get("reply_to")), reckoned=True)
        case PostKind.ALBUM:
            return await _album(conn, row, chat)
        case PostKind.WITHDRAW | PostKind.LEAVE | PostKind.FASTEN:
            return await _back(conn, row, chat)
        case _:
            return None


async def _card(conn: AsyncConnection, row: Row[Any], chat: str, view: View) -> Parcel | None:
    page, ticket, card = cards.render(view), view.ticket, view.card
    digest = hashlib.sha256(repr(page).encode("utf-8", "replace")).hexdigest()[:32]
    rows = as_rows(page.rows)
    if row.kind == PostKind.EDIT:
        if card.message is None or card.shown == digest:
            return None
        sort = Sort.CAPTION if card.pictured else Sort.EDIT
        return Parcel(
            Outgoing(sort, chat, page.text, rows, message=card.message), digest, ticket.version, card.pictured
        )
    if card.message is not None:
        return None
    answers = ticket.opens if card.kind in ANSWERING else None
    reply = row.payload.get("reply_to") or answers
    proof = await proof_of(conn, ticket.id) if card.kind == CardKind.RESULT else None
    if proof is not None:
        return Parcel(
            Outgoing(Sort.PHOTO, chat, page.text, rows, reply, handles=(proof,)), digest, ticket.version, pictured=True
        )
    return Parcel(Outgoing(Sort.TEXT, chat, page.text, rows, reply), digest, ticket.version)


async def _toast(conn: AsyncConnection, row: Row[Any], chat: str) -> Parcel:
    """The answer to a press. What was said is read only now, so that no copy of it lies in the outbox."""
    payload: dict[str, Any] = row.payload
    if not payload.get("exact"):
        return Parcel(Outgoing(Sort.TOAST, chat, payload["text"], query=payload["query"]))
    c = t.ticket.c
    words, party, place = (await conn.execute(select(c.words, c.party, c.place).where(c.id == row.ticket_id))).one()
    said = privacy.exact(words, party, place)
    return Parcel(Outgoing(Sort.TOAST, chat, said, query=payload["query"], alert=True))


async def _own(conn: AsyncConnection, row: Row[Any], chat: str, rules: Rules) -> Parcel:
    """What is kept of a person, read at the moment it is sent: no copy of it lies in the outbox."""
    made = await own.file(conn, row.payload["person"], rules.zone)
    return Parcel(Outgoing(Sort.DOCUMENT, chat, privacy.own().text, file=made, name=own.NAME))


def _rows(rows: Any) -> Rows:
    return tuple(tuple((text, data) for text, data in line) for line in rows)


def _text(chat: str, page: Page, reply_to: str | None) -> Parcel:
    return Parcel(Outgoing(Sort.TEXT, chat, page.text, reply_to=reply_to))


async def _card_of(conn: AsyncConnection, row: Row[Any]) -> str | None:
    """The message of the ticket's newest dispatch card in this group."""
    if row.ticket_id is None or row.payload.get("under") != "dispatch":
        return None
    c = t.card.c
    query = select(c.message).where(
        c.ticket_id == row.ticket_id, c.kind == CardKind.DISPATCH, c.group_id == row.group_id
    )
    return (await conn.execute(query.order_by(c.round.desc()).limit(1))).scalar()


async def _album(conn: AsyncConnection, row: Row[Any], chat: str) -> Parcel | None:
    """A ticket's pictures from before or after."""
    before = row.payload["before"]
    found = await histories.pictures(conn, row.ticket_id, before=before)
    words = album(row.ticket_id, len(found), before=before).text
    out = Outgoing(Sort.PHOTOS, chat, words, reply_to=row.payload.get("reply_to"), handles=tuple(found))
    return Parcel(out) if found else None


async def _back(conn: AsyncConnection, row: Row[Any], chat: str) -> Parcel | None:
    """Take a question back, or the buttons off a stray copy; pin what stands there."""
    payload = row.payload
    message = payload.get("message")
    if "pressed" in payload and await _elsewhere(conn, row):
        return None
    if "dedupe" in payload:
        asked = t.outbox.c.dedupe == payload["dedupe"]
        await conn.execute(t.outbox.update().where(asked, t.outbox.c.state == "pending").values(state="dropped"))
        query = select(t.outbox.c.message).where(asked, t.outbox.c.state == "sent")
        message = (await conn.execute(query)).scalar()
    if not message:
        return None
    return Parcel(Outgoing(BACK[row.kind], chat, message=str(message)))


async def _elsewhere(conn: AsyncConnection, row: Row[Any]) -> bool:
    """True where the pressed message is known as something that never bore the button that was said to be pressed."""
    c = t.outbox.c
    columns = select(c.kind, c.ticket_id, c.payload)
    sent = columns.where(c.group_id == row.group_id, c.message == str(row.payload["message"]), c.id != row.id)
    found = (await conn.execute(sent)).all()
    return bool(found) and not any(_bore(row, kind, ticket, payload) for kind, ticket, payload in found)


def _bore(row: Row[Any], kind: str, ticket: int | None, payload: dict[str, Any]) -> bool:
    if row.kind == PostKind.LEAVE:
        return kind in {PostKind.CARD, PostKind.EDIT} and ticket == row.ticket_id
    data = [data for line in payload.get("rows") or () for _, data in line]
    return kind == PostKind.ASK and row.payload["pressed"] in data
