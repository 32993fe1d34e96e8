"""People and groups change in mid-ticket, programs follow each other: the ticket finds its way to the end."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
import structlog
from pydantic import SecretStr

from bot import migrate
from bot.settings import Settings
from channels.telegram.channel import TelegramChannel
from tests.sights import buttons
from tests.stories.test_courier import cards, fault
from tests.stories.test_webhook import HookedTown
from tests.town import BAI, JING, LEAD, LEADS, MERCHANTS, QIU, SITES, SQUAD, STALL, SUN, TOKEN, Town

RUBBISH = "凤鸣路31号门口垃圾堆了一地没人清，麻烦处理一下"


async def test_officer_is_removed_while_he_holds_a_ticket_and_a_colleague_brings_it_to_its_end(town: Town) -> None:
    """He is struck from the configuration: what he had in hand is the squad's again, and his press moves nothing."""
    town.says(QIU, STALL)
    card = await town.taken()
    await town.quiet()
    await town.stop_bot()
    people = [person for person in town.settings.people if person.user != BAI]
    town.settings = town.settings.model_copy(update={"people": people})
    await town.start_bot()
    await town.sees_rows("SELECT 1 FROM ticket WHERE status = 'dispatched'")
    await town.quiet()
    await town.clicks(BAI, card, "接单")
    await town.quiet()
    assert (await town.ticket())["status"] == "dispatched"
    await town.clicks(SUN, card, "接单")
    await town.sees_rows("SELECT 1 FROM ticket WHERE status = 'accepted'")
    assert await town.clicks(SUN, card, "到场") == "已记到场，拍张照片回复卡片"
    await town.finishes(SUN, card, "管理")
    await town.sees("已办结（管理）")


async def test_leads_chat_is_deleted_and_nobody_else_notices(town: Town) -> None:
    """A ticket is given back: its card waits, the squads go on, and the card comes when there is a chat again."""
    gone = "Bad Request: chat not found"
    fault(town, method="sendMessage", chat=LEADS, fault="status", status=400, times=-1, description=gone)
    town.says(QIU, STALL)
    card = await town.button("接单", SQUAD)
    await town.quiet()
    await town.clicks(BAI, card, "退回")
    reason = next(b["text"] for b in buttons(await _menu(town, card, "退回")))
    await town.clicks(BAI, card, reason)
    await town.sees_rows("SELECT 1 FROM ticket WHERE status = 'opened'")
    await town.sees_rows("SELECT 1 FROM chat_group WHERE kind = 'leads' AND state = 'left'")
    town.says(6001, RUBBISH, chat=SITES)
    await town.sees("#2 ", SITES)
    await town.until(lambda: cards(town, 2), "the other ticket's card")
    town.play.api.faults.rules.clear()
    town.world.seat_bot(LEADS, "administrator")
    triage = await town.button("三中队", LEADS)
    await town.clicks(LEAD, triage, "三中队")
    await town.sees_rows("SELECT 1 FROM ticket WHERE id = 1 AND status = 'dispatched'")


async def _menu(town: Town, card: dict[str, object], before: str) -> dict[str, object]:
    """The card when its buttons are no more those with this one."""
    number = card["message_id"]
    room = town.world.chats[SQUAD]

    def changed() -> object:
        shown = room.messages[number]
        return shown if buttons(shown) and not any(b["text"].startswith(before) for b in buttons(shown)) else None

    return await town.until(changed, "the reasons")


async def test_group_is_renamed_by_its_members_and_again_and_its_tickets_stay(town: Town) -> None:
    """Titles come and go; the group is its id."""
    town.says(QIU, STALL)
    await town.taken()
    for title in ("买菜群", "邱姐的群", "买菜群"):
        town.world.say(JING, MERCHANTS, new_chat_title=title)
        town.world.chats[MERCHANTS].title = title
    town.says(QIU, "怎么还没来人？")
    await town.sees("对方在催", SQUAD)
    await town.quiet()
    assert (await town.ticket())["chasers"] == 1
    assert len(await town.rows("SELECT 1 FROM chat_group WHERE kind = 'merchants'")) == 1


async def test_bot_dies_twice_while_a_card_is_on_its_way_and_it_comes_by_itself(town: Town) -> None:
    """Neither sending arrived and nobody can know: after a pause it goes out again, without waiting for a change."""
    lost = {"method": "sendMessage", "chat": SQUAD, "fault": "close", "seconds": 3, "times": 2}
    town.play.api.faults.add([lost])
    town.says(QIU, STALL)
    for doubts in range(2):
        await town.sees_rows(
            "SELECT 1 FROM outbox WHERE state = 'sending' AND kind = 'card' AND priority = 3 AND doubts = :n", n=doubts
        )
        await town.kill_bot()
        await town.start_bot()
    assert cards(town) == []
    town.play.api.faults.rules.clear()
    await town.sees_rows("SELECT 1 FROM outbox WHERE state = 'pending' AND doubts = 2 AND next_try_at IS NOT NULL")
    await town.later(seconds=15)
    await town.until(lambda: cards(town), "the card")
    await town.quiet()
    assert len(cards(town)) == 1
    await town.taken()


async def test_what_was_claimed_behind_others_is_in_no_doubt_after_a_death(town: Town) -> None:
    """Ten cards of one chat were claimed, the first hung: the tenth was surely not begun, and is in no doubt."""
    await town.quiet()
    fault(town, method="sendMessage", chat=SQUAD, fault="status", status=429, retry_after=20)
    for number, who in enumerate(town.strangers(10)):
        town.says(who, f"凤鸣路{101 + 40 * number}号门口垃圾堆了一地没人清，麻烦处理一下")
    await town.sees_rows("SELECT 1 WHERE (SELECT count(*) FROM ticket) = 10")
    await town.sees_rows("SELECT 1 FROM chat_group WHERE blocked_until IS NOT NULL")
    fault(town, method="sendMessage", chat=SQUAD, fault="delay", seconds=4)
    await town.later(seconds=31)
    await town.sees_rows("SELECT 1 FROM outbox WHERE state = 'sending' AND kind = 'card' AND priority = 3")
    await town.until(lambda: town.play.api.faults.rules[-1]["times"] == 0, "the first on its way, where it hangs")
    await town.kill_bot()
    await town.start_bot()
    await town.until(lambda: all(cards(town, number) for number in range(1, 11)), "ten cards", 30)
    await town.quiet()
    doubted = await town.rows(
        "SELECT 1 FROM outbox o JOIN chat_group g ON g.id = o.group_id WHERE o.doubts > 0 AND g.name = '三中队'"
    )
    assert 1 <= len(doubted) <= 4
    copies = [len(cards(town, number)) for number in range(1, 11)]
    assert sum(copies) <= 10 + len(doubted)


# --- one program follows another -------------------------------------------------------------------------------------


@pytest.fixture
async def hooked(settings: Settings) -> AsyncIterator[HookedTown]:
    """A town with a webhook."""
    telegram = settings.telegram.model_copy(update={"receive": "webhook"})
    secret = SecretStr("a-secret-of-this-story")
    made = HookedTown(settings.model_copy(update={"telegram": telegram, "webhook_secret": secret}))
    await made.open()
    try:
        yield made
    finally:
        await made.shut()


async def test_rolling_restart_behind_the_webhook_loses_no_word(hooked: HookedTown) -> None:
    """The new program takes updates in while the old one works; when that has stopped it goes on; no word is lost."""
    from bot.program import Program  # noqa: PLC0415 - a second one, in this story alone

    hooked.says(QIU, STALL)
    card = await hooked.button("接单", SQUAD)
    old, hooked.program = hooked.program, None
    assert old is not None
    new = Program(hooked.settings, TelegramChannel(TOKEN, hooked.play.url, poll_seconds=5), hooked.clock)
    starting = new.tasks.spawn("start", new.start(), may_end=True)
    await hooked.until(lambda: new.web_url, "the new one's page")
    await _hook(hooked, f"{new.web_url}/telegram/{new._hook_path()}")
    hooked.presses(BAI, card, "接单")
    hooked.says(JING, RUBBISH)
    await hooked.sees("白洋已接单")
    assert not starting.done()
    hooked.says(6001, "苍梧路88号门口井盖没了，太危险，快来修", chat=SITES)
    await old.stop()
    await hooked.until(starting.done, "the new one to work")
    hooked.program = new
    hooked.says(QIU, "怎么还没来人？")
    await hooked.sees_rows("SELECT 1 WHERE (SELECT count(*) FROM ticket) = 3")
    await hooked.sees_rows("SELECT 1 FROM ticket WHERE chasers = 1")
    await hooked.quiet()
    assert len(hooked.by_bot()) == 2
    assert not hooked.world.updates.pending


NEXT = """
from alembic import op
revision, down_revision, branch_labels, depends_on = "9999", "{head}", None, None

def upgrade() -> None:
    op.execute("CREATE TABLE of_the_next_program (id INTEGER)")
"""


async def test_next_program_changes_the_schema_only_when_the_old_one_has_gone(
    hooked: HookedTown, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It waits before it touches a table, and the old one goes on as ever; what is said in between is not lost."""
    from bot.program import Program  # noqa: PLC0415 - a second one, in this story alone

    hooked.says(QIU, STALL)
    card = await hooked.button("接单", SQUAD)
    folder = tmp_path / "migrations"
    await asyncio.to_thread(shutil.copytree, migrate.MIGRATIONS, folder)
    (folder / "versions" / "9999_next.py").write_text(NEXT.format(head=migrate.head()), encoding="utf-8")
    monkeypatch.setattr(migrate, "MIGRATIONS", folder)
    old = hooked.program
    assert old is not None
    new = Program(hooked.settings, TelegramChannel(TOKEN, hooked.play.url, poll_seconds=5), hooked.clock)
    with structlog.testing.capture_logs() as told:
        starting = new.tasks.spawn("start", new.start(), may_end=True)
        await hooked.until(lambda: [line for line in told if "waiting for another" in line["event"]], "it to wait")
    hooked.presses(BAI, card, "接单")
    await hooked.sees("白洋已接单")
    assert (await hooked.rows("SELECT version_num FROM alembic_version"))[0]["version_num"] != "9999"
    assert not starting.done()
    assert not new.web_url
    await old.stop()
    hooked.program = new
    hooked.says(JING, RUBBISH)
    await hooked.until(starting.done, "the new one to work")
    assert starting.exception() is None
    await _hook(hooked, f"{new.web_url}/telegram/{new._hook_path()}")
    await hooked.sees("#2 ")
    assert await hooked.rows("SELECT version_num FROM alembic_version") == [{"version_num": "9999"}]


async def _hook(town: Town, url: str) -> None:
    given = {"url": url, "secret_token": "a-secret-of-this-story", "allowed_updates": ["message", "callback_query"]}
    address = f"{town.play.url}/bot{TOKEN}/setWebhook"
    async with aiohttp.ClientSession() as session, session.post(address, json=given) as answer:
        assert (await answer.json())["ok"] is True
