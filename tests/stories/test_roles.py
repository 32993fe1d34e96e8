"""Who may is settled by numeric id: by config.yaml, or by a one-time code that a lead gives and can take back."""

import re
from typing import Any

import pytest

from bot import codes
from bot.settings import SECRETS, Settings, build
from models.codes import SIGNS, digest, fresh, struck, written_in
from tests.sights import labels
from tests.squads import two_squads
from tests.town import BAI, LEAD, LEADS, MERCHANTS, QIU, SQUAD, STALL, SUN, ZHANG, Json, Town

WRITTEN = re.compile(r"/bind (\S+)")


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """The demonstration with 二中队 beside 三中队."""
    return two_squads(settings)


async def code_for(town: Town, words: str = "发码 队员 三中队", who: int = LEAD) -> str:
    """A lead asks for a code in private; the code as he reads it."""
    before = len(town.by_bot(who))
    town.says(who, words, chat=who)
    await town.until(lambda: len(town.by_bot(who)) > before, "the code")
    found = WRITTEN.search(town.by_bot(who)[-1]["text"])
    assert found, town.texts(who)
    return found[1]


async def binds(town: Town, who: int, written: str, chat: int | None = None) -> str:
    """Somebody sends a code; what she is told."""
    there = who if chat is None else chat
    before = len(town.by_bot(there))
    town.says(who, f"/bind {written}", chat=there)
    await town.until(lambda: len(town.by_bot(there)) > before, "an answer")
    return str(town.by_bot(there)[-1]["text"])


async def bound(town: Town, who: int = ZHANG, words: str = "发码 队员 三中队") -> Json:
    """Somebody is bound by a code; the leads' word about it."""
    assert "绑定好了" in await binds(town, who, await code_for(town, words))
    return await town.sees("用身份码绑定", LEADS)


async def recorded(town: Town) -> list[str]:
    """The record of roles, without what the file said at the start."""
    rows = await town.rows("SELECT action FROM role_event WHERE action <> 'named' ORDER BY id")
    return [row["action"] for row in rows]


async def everything(town: Town, *spared: str) -> str:
    """All that stands in the tables, but for these."""
    names = [
        row["name"]
        for row in await town.rows(
            "SELECT name FROM sqlite_master WHERE type = 'table'"
            if town.settings.database.startswith("sqlite")
            else "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'"
        )
    ]
    return "".join([str(await town.rows(f'SELECT * FROM "{name}"')) for name in names if name not in spared])  # noqa: S608 - our own tables


# --- codes -----------------------------------------------------------------------------------------------------------


async def test_shopkeeper_is_bound_by_a_code_and_works_as_an_officer(town: Town) -> None:
    """老张 sends the code in private, is an officer by his id, and takes a ticket; the leads read of it."""
    town.says(QIU, STALL)
    card = await town.button("接单", SQUAD)
    assert await town.clicks(ZHANG, card, "接单") == "这个按钮不归您按，谢谢"
    written = await code_for(town)
    assert await binds(town, ZHANG, written) == (
        "绑定好了，您现在是三中队队员。认的是您这个账号，改名字不影响。说“帮助”看怎么用。"
    )
    told = await town.sees("老张 用身份码绑定为三中队队员", LEADS)
    assert labels(told) == ["撤销 老张"]
    assert await town.clicks(ZHANG, card, "接单") == "已接单，路上注意安全"
    await town.quiet()
    assert await recorded(town) == ["made", "bound"]


async def test_code_is_kept_as_a_hash_alone(town: Town) -> None:
    """Neither before nor after it was used does any table but the raw inbox hold the code."""
    written = await code_for(town)
    await town.quiet()
    assert written not in await everything(town, "inbox")
    assert digest(written) in await everything(town, "inbox")
    await binds(town, ZHANG, written.lower().replace("-", ""))
    await town.quiet()
    kept = await everything(town, "inbox")
    assert written not in kept
    assert written.lower().replace("-", "") not in kept


async def test_code_works_once_and_for_a_day(town: Town) -> None:
    """Another person's try with the same code, and a try on the next day, are wrong codes."""
    written = await code_for(town)
    old = await code_for(town)
    await binds(town, ZHANG, written)
    assert "已经用过、过期了" in await binds(town, QIU, written)
    town.turn(hours=25)
    assert "已经用过、过期了" in await binds(town, QIU, old)
    await town.quiet()
    assert (await recorded(town))[-3:] == ["bound", "wrong", "wrong"]
    states = await town.rows("SELECT state FROM role_code ORDER BY state")
    assert [row["state"] for row in states] == ["open", "used"]


@pytest.mark.parametrize("words", ["/bind {}", "码是 {} 谁来绑定一下"])
async def test_code_said_in_a_group_is_void_for_all_have_seen_it(town: Town, words: str) -> None:
    """Sent as a command it is answered; posted as talk it is void as well, and struck out in the journal."""
    written = await code_for(town)
    town.says(LEAD, words.format(written), chat=SQUAD)
    await town.quiet()
    if words.startswith("/"):
        assert "身份码只在私聊里用" in town.texts(SQUAD)[-1]
    assert "已经用过、过期了" in await binds(town, ZHANG, written)
    await town.quiet()
    assert "spoilt" in await recorded(town)
    assert written not in await everything(town, "inbox")


async def test_code_in_the_merchants_group_is_answered_and_void(town: Town) -> None:
    """She is told where it belongs, and is nobody else than before."""
    written = await code_for(town)
    assert "请点开我的头像" in await binds(town, ZHANG, written, chat=MERCHANTS)
    assert "已经用过、过期了" in await binds(town, ZHANG, written)


async def test_code_edited_into_a_message_is_void(town: Town) -> None:
    """What an edit shows to all was shown to all."""
    written = await code_for(town)
    said = town.says(LEAD, "身份码在这里", chat=SQUAD)
    await town.quiet()
    town.world.edit(LEAD, SQUAD, said["message_id"], text=f"身份码 {written}")
    await town.quiet()
    assert "已经用过、过期了" in await binds(town, ZHANG, written)
    assert written not in await everything(town, "inbox")


async def test_five_wrong_codes_an_hour_and_then_nothing_is_looked_at(town: Town) -> None:
    """The sixth try is not looked at, even if it is right, and that code is spent; after an hour she may again."""
    written = await code_for(town)
    for _ in range(5):
        assert "不对" in await binds(town, ZHANG, fresh())
    assert "过一小时再试" in await binds(town, ZHANG, written)
    town.turn(minutes=61)
    assert "不对" in await binds(town, ZHANG, written)
    assert "绑定好了" in await binds(town, ZHANG, await code_for(town))
    await town.quiet()
    assert (await recorded(town)).count("wrong") == 6


async def test_file_wins_over_a_code(town: Town) -> None:
    """Whom config.yaml names is told so, stays what she is, and the code is spent."""
    answer = await binds(town, SUN, await code_for(town, "发码 队长 二中队"))
    assert "写在配置文件里，以配置为准" in answer
    await town.quiet()
    assert await recorded(town) == ["made", "spoilt"]


async def test_officer_and_shopkeeper_get_no_codes_and_no_list(town: Town) -> None:
    """Only leads make codes and read who is bound; a shopkeeper's 「人员」 in her group is talk."""
    for who in (BAI, QIU):
        for words in ("发码 队员 三中队", "/invite 队长", "人员", "/people"):
            town.says(who, words, chat=who)
        await town.quiet()
        assert set(town.texts(who)) == {"这件事由队长来做；看自己的工单请说“我的”。"}
    town.says(QIU, "人员")
    town.says(QIU, "发码 队员")
    await town.quiet()
    assert town.by_bot() == []
    assert await town.rows("SELECT 1 FROM role_code") == []


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("发码", "请写明身份和中队"),
        ("发码 队员", "请写明身份和中队"),
        ("/invite 队员 九中队", "请写明身份和中队"),
        ("发码 管理员", "只能给自己同级和以下的身份发码"),
    ],
)
async def test_lead_asks_for_a_code_wrongly_and_reads_how(town: Town, words: str, answer: str) -> None:
    """No role, no squad, a squad that is none, a role above his own."""
    town.says(LEAD, words, chat=LEAD)
    await town.sees(answer, LEAD)
    assert await town.rows("SELECT 1 FROM role_code") == []


async def test_lead_asks_for_a_code_in_a_group_and_is_sent_to_the_private_chat(town: Town) -> None:
    """No code is ever said where others read it."""
    town.says(LEAD, "发码 队员 三中队", chat=LEADS)
    await town.sees("身份码只在私聊里给", LEADS)
    assert await town.rows("SELECT 1 FROM role_code") == []


async def test_code_that_could_not_be_sent_is_void_and_another_goes_out(town: Town) -> None:
    """Each try carries a code of its own; what an earlier one carried opens nothing."""
    town.world.chat(LEAD)
    town.play.api.faults.add([{"method": "sendMessage", "fault": "status", "status": 429, "retry_after": 3}])
    town.says(LEAD, "发码 队员 三中队", chat=LEAD)
    await town.sees_rows("SELECT 1 FROM outbox WHERE kind = 'code' AND attempts > 0 AND state = 'pending'")
    town.turn(seconds=5)
    await town.until(lambda: town.by_bot(LEAD), "the code")
    await town.quiet()
    states = await town.rows("SELECT state FROM role_code ORDER BY state")
    assert [row["state"] for row in states] == ["open", "void"]


async def test_first_lead_is_bound_by_a_code_from_the_keyboard(town: Town) -> None:
    """`qunban code 队长` writes one down; who sends it is a lead."""
    held = codes.named(town.settings, "队长", "三中队")
    shown = await codes.at_keyboard(town.settings, held, town.clock.now())
    found = WRITTEN.search(shown)
    assert found
    assert "三中队队长" in await binds(town, ZHANG, found[1])
    assert WRITTEN.search(await code_for(town, who=ZHANG) and town.texts(ZHANG)[-1])


def test_codes_are_unlike_each_other_and_read_however_they_are_typed() -> None:
    """Twelve signs nobody takes for others; small letters, spaces and wide signs are the same code."""
    made = {fresh() for _ in range(1000)}
    assert len(made) == 1000
    assert all(len(one) == 14 and set(one) <= set(SIGNS + "-") for one in made)
    one = made.pop()
    wide = one.translate({ord(sign): ord(sign) + 0xFEE0 for sign in SIGNS})
    assert {digest(one), digest(one.lower()), digest(one.replace("-", " ")), digest(wide)} == {digest(one)}
    assert written_in(f"码：{one}。") == [digest(one)]
    assert struck(f"码：{one}。") == "码：****。"
    assert written_in("工单 1234-5678，电话 0518-8552-1234") == []


# --- who is bound, and how it ends -----------------------------------------------------------------------------------


async def test_lead_lists_who_is_bound_and_revokes_with_one_press(town: Town) -> None:
    """Only who came by a code has a button; his ticket goes back to the squad; a press brings the role back."""
    await bound(town)
    town.says(QIU, STALL)
    card = await town.taken(ZHANG)
    town.says(LEAD, "人员 三中队", chat=LEADS)
    listed = await town.sees("登记的人员", LEADS)
    assert "三中队队员 白洋（配置）" in listed["text"]
    assert "三中队队员 老张（身份码）" in listed["text"]
    assert "写在配置里的只能改配置文件" in listed["text"]
    assert labels(listed) == ["撤销 老张"]

    assert await town.clicks(BAI, listed, "撤销") == "这个按钮不归您按，谢谢"
    assert await town.clicks(LEAD, listed, "撤销") == "已撤销，撤错了可以恢复"
    undone = await town.sees("手上1件工单已退回中队", LEADS)
    word = await town.sees("原来由老张办，现在退回中队，请重新接单", SQUAD)
    assert word["reply_to_message"]["message_id"] == card["message_id"]
    ticket = await town.ticket()
    assert (ticket["status"], ticket["officer_id"], ticket["squad"]) == ("dispatched", None, "三中队")
    assert await town.clicks(ZHANG, card, "接单") == "这个按钮不归您按，谢谢"
    assert await town.clicks(LEAD, listed, "撤销") == "他现在没有绑定的身份，看最新的名单"

    assert await town.clicks(LEAD, undone, "恢复") == "已恢复"
    assert await town.clicks(ZHANG, card, "接单") == "已接单，路上注意安全"
    await town.quiet()
    assert await recorded(town) == ["made", "bound", "revoked", "restored"]
    assert await town.history(moves=True) == ["dispatch", "accept", "release", "accept"]


async def test_lead_cannot_revoke_whom_the_file_names_nor_himself(town: Town) -> None:
    """Said in plain words; nothing changes."""
    await bound(town, words="发码 队长 三中队")
    listed = await town.sees("用身份码绑定", LEADS)
    rows = await town.rows('SELECT id FROM person WHERE "user" = :u', u=str(BAI))
    forged = town.world.press(LEAD, LEADS, listed["message_id"], f"v1:revoke:0:1:{rows[0]['id']}")
    assert await town.toast(forged) == "他的身份写在配置文件里，这里撤销不了，请改配置文件"
    assert await town.clicks(ZHANG, listed, "撤销") == "不能撤销自己，请让别的队长来"
    await town.quiet()
    assert await recorded(town) == ["made", "bound"]


async def test_undo_is_over_after_a_day(town: Town) -> None:
    """恢复 of yesterday's list brings nobody back."""
    told = await bound(town)
    await town.clicks(LEAD, told, "撤销")
    undone = await town.button("恢复", LEADS)
    town.turn(hours=25)
    assert await town.clicks(LEAD, undone, "恢复") == "他现在没有绑定的身份，看最新的名单"


async def test_officer_is_bound_to_another_squad_and_his_ticket_stays_with_the_first(town: Town) -> None:
    """One role at a time: the new code ends the old role, and what he had in hand goes back to where it was."""
    await bound(town)
    town.says(QIU, STALL)
    card = await town.taken(ZHANG)
    assert "您现在是二中队队员" in await binds(town, ZHANG, await code_for(town, "发码 队员 二中队"))
    await town.sees("原来由老张办", SQUAD)
    await town.quiet()
    assert (await town.ticket())["status"] == "dispatched"
    assert await town.clicks(ZHANG, card, "接单") == "这个按钮不归您按，谢谢"
    held = await town.rows("SELECT squad FROM person_role WHERE source = 'code' AND until IS NULL")
    assert [row["squad"] for row in held] == ["二中队"]


async def test_officer_leaves_the_squads_chat_and_his_tickets_go_back(town: Town) -> None:
    """Suspended or on the way: the squad's card has 接单 again, the clock goes on, the leads hear of it once."""
    town.says(QIU, STALL)
    card = await town.taken()
    await town.clicks(BAI, card, "挂账")
    await town.clicks(BAI, card, "等产权单位")
    await town.quiet()
    town.turn(hours=2)
    town.world.leave(SQUAD, BAI)
    await town.sees("白洋 离开了三中队，手上1件工单已退回中队。身份写在配置里的，要改请改配置。", LEADS)
    await town.sees("原来由白洋办", SQUAD)
    await town.quiet()
    assert len(town.by_bot(LEADS)) == 1
    ticket = await town.ticket()
    assert (ticket["status"], ticket["officer_id"], ticket["suspended_at"]) == ("dispatched", None, None)
    assert await town.rows("SELECT 1 FROM due_job WHERE kind = 'due' AND state = 'waiting'")
    assert await town.clicks(SUN, card, "接单") == "已接单，路上注意安全"


async def test_officer_leaves_another_chat_and_nothing_happens(town: Town) -> None:
    """The merchants' group is not where his cards stand."""
    town.says(QIU, STALL)
    await town.taken()
    town.world.leave(MERCHANTS, BAI)
    await town.quiet()
    assert (await town.ticket())["status"] == "accepted"
    assert town.by_bot(LEADS) == []


async def test_officer_struck_from_the_file_loses_role_and_tickets_and_a_code_outlives_the_start(town: Town) -> None:
    """After a start without 白洋 in config.yaml his ticket is the squad's again; who came by a code stays bound."""
    await bound(town)
    town.says(QIU, STALL)
    card = await town.taken()
    await town.quiet()
    await town.stop_bot()
    found: dict[str, Any] = town.settings.model_dump(mode="json", exclude=set(SECRETS.values()))
    found["people"] = [one for one in found["people"] if one["user"] != BAI]
    town.settings = build(found)
    await town.start_bot()
    await town.sees("原来由白洋办，现在退回中队", SQUAD)
    assert await town.clicks(BAI, card, "接单") == "这个按钮不归您按，谢谢"
    assert await town.clicks(ZHANG, card, "接单") == "已接单，路上注意安全"
    await town.quiet()
    assert await recorded(town) == ["made", "bound", "ended"]


async def test_person_bound_by_code_is_named_in_the_file_and_the_file_holds(town: Town) -> None:
    """A lead by code whom the next start's file calls an officer is an officer, and the list offers no button."""
    await bound(town, words="发码 队长 三中队")
    await town.quiet()
    await town.stop_bot()
    found: dict[str, Any] = town.settings.model_dump(mode="json", exclude=set(SECRETS.values()))
    found["people"].append({"user": ZHANG, "name": "老张", "role": "officer", "squad": "三中队"})
    town.settings = build(found)
    await town.start_bot()
    town.says(LEAD, "/people", chat=LEADS)
    listed = await town.sees("三中队队员 老张（配置）", LEADS)
    assert "三中队队长 老张" not in listed["text"]
    assert labels(listed) == []
