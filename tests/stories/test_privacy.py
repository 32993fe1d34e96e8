"""Personal data: masked where people see it, looked at only by who may and on record, copied and erased on demand."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from bot import audits
from bot.logs import fit
from models.clock import SystemClock
from tests.sights import buttons, labels
from tests.stories.test_roles import everything
from tests.town import BAI, CHEN, JING, LEAD, LEADS, MERCHANTS, QIU, SQUAD, STALL, ZHANG, Town

PHONE, PLATE, PAPERS = "13812345678", "苏G12K45", "11010519491231002X"
TOLD = f"凤鸣路18号门口有货车占道卖水果，车牌{PLATE}，司机电话{PHONE}，麻烦来管一下"
RUBBISH = "苍梧路33号垃圾桶满了，没人收，麻烦来清一下"


def shown(town: Town) -> str:
    """All that the bot has in any chat."""
    return "\n".join(words for chat in town.world.chats for words in town.texts(chat))


async def looks(town: Town) -> list[tuple[str, str, str, int | None]]:
    """The audit: who, whom, what, of which ticket."""
    query = (
        "SELECT a.what, a.ticket_id, s.name AS seer, p.name AS seen FROM audit a JOIN person s ON s.id = a.actor_id "
        "JOIN person p ON p.id = a.person_id ORDER BY a.id"
    )
    return [(row["seer"], row["seen"], row["what"], row["ticket_id"]) for row in await town.rows(query)]


async def private(town: Town, who: int) -> dict[str, Any]:
    """She asks in private; the answer with its buttons."""
    town.says(who, "/privacy", chat=who)
    return dict(await town.button("给我一份", who))


async def erased(town: Town, who: int) -> str:
    """She has her data erased; what she is told."""
    page = await private(town, who)
    assert await town.clicks(who, page, "删除我的资料") == "请再确认一次"
    question = await town.button("确定删除", who)
    assert await town.clicks(who, question, "确定删除") == "好的，马上删除"
    told = await town.sees("已删除，账号已换成", who)
    await town.quiet()
    return str(told["text"])


# --- masking and 看原话 ------------------------------------------------------------


async def test_phone_and_plate_are_masked_wherever_the_bot_shows_them(town: Town) -> None:
    """Receipt, dispatch card, words carried both ways, history, lists: never the number, but enough to know it by."""
    said = town.says(QIU, TOLD)
    card = await town.button("接单", SQUAD)
    await town.sees("138****5678", SQUAD)
    await town.sees("苏G·**K45", SQUAD)
    town.says(QIU, f"司机另一个电话是１３９ 1234-5678，身份证{PAPERS}", reply_to=said["message_id"])
    await town.sees("139****5678", SQUAD)
    await town.sees("110105********002X", SQUAD)
    await town.clicks(BAI, card, "接单")
    town.says(BAI, f"给{PHONE}打过电话了", SQUAD, reply_to=card["message_id"])
    await town.sees("给138****5678打过电话了", MERCHANTS)
    for who, words, chat in ((QIU, "工单 1", MERCHANTS), (QIU, "我的", MERCHANTS), (BAI, "工单 1", SQUAD)):
        town.says(who, words, chat=chat)
    await town.sees("接单", MERCHANTS)
    await town.quiet()
    for number in (PHONE, PLATE, PAPERS, "13912345678", "１３９"):
        assert number not in shown(town)
    ticket = await town.ticket()
    assert PHONE in ticket["words"]
    assert PLATE in ticket["words"]


async def test_officer_reads_the_exact_words_and_it_is_written_down(town: Town) -> None:
    """An alert that only he sees, of at most 200 signs; who looked at whose words stands in the audit."""
    town.says(QIU, TOLD + "😀" * 120)
    card = await town.button("看原话", SQUAD)
    query = town.presses(BAI, card, "看原话")
    told = await town.toast(query)
    assert PHONE in told
    assert PLATE in told
    assert len(told.encode("utf-16-le")) // 2 <= 200
    event = next(e for _, e in town.world.events.kept if e.get("query") == query)
    assert event["alert"]
    assert await looks(town) == [("白洋", "邱女士", "words", 1)]
    await town.quiet()
    assert not await town.rows("SELECT 1 FROM outbox WHERE payload LIKE :p", p=f"%{PHONE}%")
    assert await town.history() == ["open", "dispatch"]


async def test_who_has_no_part_in_it_presses_and_reads_nothing(town: Town) -> None:
    """A shopkeeper in the squad's chat, and an officer of another squad."""
    town.says(QIU, TOLD)
    card = await town.button("看原话", SQUAD)
    town.world.join(SQUAD, JING)
    assert await town.toast(town.presses(JING, card, "看原话")) == "这个按钮不归您按，谢谢"
    assert town.program is not None
    async with town.program.engine.begin() as conn:
        await conn.execute(
            text("UPDATE person_role SET squad = '别的中队' WHERE person_id = :p"), {"p": await _key(town, CHEN)}
        )
    assert await town.toast(town.presses(CHEN, card, "看原话")) == "这个按钮不归您按，谢谢"
    assert await looks(town) == []


async def _key(town: Town, user: int) -> int:
    [row] = await town.rows('SELECT id FROM person WHERE "user" = :u', u=str(user))
    return int(row["id"])


async def test_card_that_hides_nothing_has_no_such_button(town: Town) -> None:
    """Nor has one of a ticket that ended."""
    town.says(QIU, STALL)
    card = await town.button("接单", SQUAD)
    assert "看原话" not in labels(card)
    town.says(JING, RUBBISH + f"，电话{PHONE}")
    card = await town.button("看原话", SQUAD)
    await town.solved(BAI)
    await town.later(hours=25)
    await town.quiet()
    shown_now = town.world.chats[SQUAD].messages[card["message_id"]]
    assert "看原话" not in labels(shown_now)


async def test_staff_reads_a_history_and_that_is_written_down_too(town: Town) -> None:
    """Hers is not: it is her own."""
    town.says(QIU, TOLD)
    await town.button("接单", SQUAD)
    town.says(QIU, "工单 1")
    town.says(LEAD, "工单 1", chat=LEADS)
    await town.sees("开单", LEADS)
    assert await looks(town) == [("朱明忠", "邱女士", "history", 1)]


async def test_update_that_dies_leaves_no_number_in_its_reason(town: Town) -> None:
    """`dead` reasons and logs are read by others than the tables."""
    sender = {"id": f"{PHONE}年", "first_name": "a"}
    message = {"message_id": 1, "chat": {"id": 5}, "date": 1, "text": PHONE, "from": sender}
    town.world.raw({"update_id": 910_000_001, "message": message})
    [row] = await town.sees_rows("SELECT last_error FROM inbox WHERE state = 'dead'")
    assert PHONE not in row["last_error"]
    assert fit(f"token 123456:{'A' * 20} and {PHONE}") == "token *** and 138****5678"


async def test_database_names_no_values_in_its_errors(town: Town) -> None:
    """What people wrote would stand in every line of the log otherwise."""
    assert town.program is not None
    with pytest.raises(Exception, match="hide_parameters") as failed:
        async with town.program.engine.begin() as conn:
            await conn.execute(text("INSERT INTO person (id, name) VALUES (1, :n)"), {"n": PHONE})
    assert PHONE not in str(failed.value)


# --- /privacy ------------------------------------------------------------


@pytest.mark.parametrize("words", ["/privacy", "隐私"])
async def test_group_is_pointed_to_the_private_chat_and_there_everything_is_said(town: Town, words: str) -> None:
    """One line in the group; who, what, how long, and two buttons in private."""
    town.says(ZHANG, words)
    told = await town.sees("请私聊我")
    assert "\n" not in told["text"]
    assert not buttons(told)
    town.says(ZHANG, words, chat=ZHANG)
    page = await town.button("给我一份", ZHANG)
    for part in (town.settings.bureau.name, town.settings.bureau.contact, "7天", "2年", "10年", "3年", "30天", "打码"):
        assert part in page["text"]
    assert labels(page) == ["给我一份", "删除我的资料"]


async def test_chat_whose_first_word_to_us_was_that_we_are_unblocked_is_private_too(town: Town) -> None:
    """Such a chat is no group: everything is said there."""
    change = {"chat": {"id": ZHANG, "type": "private", "first_name": "老张"}, "date": 1, "from": town.world.user(ZHANG)}
    seats = {"old_chat_member": {"status": "kicked"}, "new_chat_member": {"status": "member"}}
    town.world.raw({"update_id": 910_000_002, "my_chat_member": change | seats})
    await town.sees_rows("SELECT 1 FROM chat_group WHERE kind = 'private'")
    assert await private(town, ZHANG)


async def her_file(town: Town, who: int) -> dict[str, Any]:
    """She asks for a copy; what stands in the file that comes."""
    page = await private(town, who)
    assert await town.clicks(who, page, "给我一份") == "好的，马上发给您"
    told = await town.sees("您的资料都在这个文件里", who)
    await town.quiet()
    assert told["document"]["file_name"] == "my-data.txt"
    return dict(json.loads(town.world.files[told["document"]["file_id"]]["data"]))


async def test_she_gets_her_own_data_and_nobody_elses(town: Town) -> None:
    """One file: her reports and messages as they were said, and who looked; another's words are not in it."""
    town.says(QIU, TOLD)
    await town.button("接单", SQUAD)
    town.says(JING, RUBBISH)
    await town.button("接单", SQUAD)
    card = await town.button("看原话", SQUAD)
    await town.toast(town.presses(BAI, card, "看原话"))
    data = await her_file(town, QIU)
    assert (data["name"], data["user"]) == ("邱女士", str(QIU))
    assert [ticket["words"] for ticket in data["tickets"]] == [TOLD]
    assert TOLD in [message["text"] for message in data["messages"]]
    assert [look["what"] for look in data["looked_at"]] == ["export", "words"]
    assert RUBBISH not in str(data)
    assert ("邱女士", "邱女士", "export", None) in await looks(town)


async def test_however_much_is_kept_of_her_all_of_it_comes(town: Town) -> None:
    """Every message stands in the file, and every picture comes after it, ten at a time."""
    for number in range(40):
        town.says(ZHANG, f"{number}" + "<&>" * 900)
    for number in range(12):
        town.shows(ZHANG, caption=f"{number}")
    await town.quiet()
    data = await her_file(town, ZHANG)
    assert len(data["messages"]) == 53
    assert sum(message["files"] for message in data["messages"]) == 12
    brought = [told for told in town.world.chats[ZHANG].messages.values() if "photo" in told]
    assert len(brought) == 12


async def test_buttons_of_privacy_do_nothing_in_a_group(town: Town) -> None:
    """Who makes such a press by hand is sent to the private chat."""
    town.says(QIU, STALL)
    receipt = await town.sees("#1 ")
    query = town.world.press(JING, MERCHANTS, receipt["message_id"], "v1:erase_now:0:1")
    assert await town.toast(query) == "请在和我的私聊里办"
    assert await looks(town) == []


async def test_officer_cannot_erase_what_he_did_on_duty(town: Town) -> None:
    """His records are the bureau's."""
    page = await private(town, BAI)
    assert await town.clicks(BAI, page, "删除我的资料") == "在岗人员的工作记录由单位保管，不能在这里删除"


async def test_she_has_everything_erased_and_the_ticket_keeps_standing(town: Town) -> None:
    """Closed and no case: words, messages, pictures and name are gone everywhere; status, matter and times stay."""
    town.shows(ZHANG, caption=TOLD)
    await town.solved()
    await town.clicks(ZHANG, await town.button("满意", MERCHANTS), "满意")
    town.says(ZHANG, "今天天气真好")
    await town.quiet()
    before = await town.ticket()
    told = await erased(town, ZHANG)
    assert "还留着" not in told
    after = await town.ticket()
    assert {
        k: after[k] for k in ("id", "status", "matter", "opened_at", "closed_at", "satisfied", "means", "street")
    } == {k: before[k] for k in ("id", "status", "matter", "opened_at", "closed_at", "satisfied", "means", "street")}
    assert (after["words"], after["place"], after["party"]) == ("已删除", "", None)
    await town.later(minutes=3)
    await town.quiet()
    kept = await everything(town)
    for trace in (PHONE, PLATE, "老张", "今天天气真好"):
        assert trace not in kept, kept[max(0, kept.find(trace) - 300) :][:600]
    assert not await town.rows('SELECT 1 FROM person WHERE "user" = :u', u=str(ZHANG))
    assert not await town.rows("SELECT 1 FROM chat_alias WHERE chat = :u", u=str(ZHANG))
    media = await town.rows(
        "SELECT m.id FROM medium m JOIN message g ON g.message = m.message AND g.group_id = m.group_id"
    )
    assert len(media) == len(await town.rows("SELECT 1 FROM medium"))
    assert "老张" not in town.world.chats[SQUAD].messages[(await town.sees("已删除", SQUAD))["message_id"]]["text"]
    town.says(ZHANG, RUBBISH)
    await town.sees("#2 ")
    reporters = [ticket["reporter_id"] for ticket in await town.tickets()]
    assert reporters[0] != reporters[1]


async def test_evidence_of_an_open_ticket_stays_until_it_is_closed(town: Town) -> None:
    """She is told which and why; the name is gone at once, the words go with the first sweep after the end."""
    town.says(ZHANG, TOLD)
    card = await town.taken()
    told = await erased(town, ZHANG)
    assert "#1" in told
    assert "证据" in told
    assert PHONE in (await town.ticket())["words"]
    assert not await town.rows("SELECT 1 FROM person WHERE name = '老张'")
    await town.later(days=1)
    assert PHONE in (await town.ticket())["words"]
    await town.clicks(BAI, card, "到场")
    await town.finishes(BAI, card, "服务")
    await town.quiet()
    await town.later(hours=25)
    await town.later(days=1)
    ticket = await town.ticket()
    assert (ticket["status"], ticket["words"], ticket["proofs"]) == ("closed", "已删除", 1)
    assert not await town.rows("SELECT 1 FROM message WHERE text LIKE :p", p=f"%{PHONE}%")


async def test_words_of_a_case_stay(town: Town) -> None:
    """Enforcement is evidence until its own time is over."""
    town.says(ZHANG, TOLD)
    card = await town.reached()
    town.says(BAI, "已经劝过两次，仍不改", SQUAD, reply_to=card["message_id"])
    await town.quiet()
    await town.clicks(BAI, card, "办结")
    await town.clicks(BAI, card, "执法")
    await town.quiet()
    await town.clicks(ZHANG, await town.button("满意", MERCHANTS), "满意")
    assert "#1" in await erased(town, ZHANG)
    await town.later(days=800)
    assert PHONE in (await town.ticket())["words"]
    await town.later(days=3000)
    assert (await town.ticket())["words"] == "已删除"


async def test_she_thinks_better_of_it(town: Town) -> None:
    """The question goes, nothing else does."""
    town.says(ZHANG, "今天天气真好")
    page = await private(town, ZHANG)
    await town.clicks(ZHANG, page, "删除我的资料")
    question = await town.button("先不删", ZHANG)
    await town.clicks(ZHANG, question, "先不删")
    await town.quiet()
    assert question["message_id"] in town.world.chats[ZHANG].deleted
    assert await town.rows("SELECT 1 FROM message WHERE text = '今天天气真好'")


# --- the notice ------------------------------------------------------------


async def test_group_is_told_once_and_the_notice_is_pinned(town: Town) -> None:
    """Who runs it, what is read and kept, how long, where to ask; not again after coming back or starting anew."""
    for _ in range(2):
        town.world.seat_bot(MERCHANTS, "left")
        town.world.seat_bot(MERCHANTS, "administrator")
        await town.quiet()
        await town.stop_bot()
        await town.start_bot()
    notice = await town.sees("大家好，我是群办")
    for part in (town.settings.bureau.name, town.settings.bureau.contact, "7天", "2年", "/privacy", "打码"):
        assert part in notice["text"]
    await town.quiet()
    assert len([words for words in town.texts() if "大家好，我是群办" in words]) == 1
    assert town.world.chats[MERCHANTS].pinned == notice["message_id"]


async def test_notice_without_the_right_to_pin_just_stands_there(town: Town) -> None:
    """Nobody is asked, nothing fails."""
    town.world.seat_bot(MERCHANTS, "left")
    town.world.seat_bot(MERCHANTS, "member")
    await town.sees("大家好，我是群办")
    await town.quiet()
    assert town.world.chats[MERCHANTS].pinned is None
    assert not [call for call in town.world.calls if call["method"].lower() == "pinchatmessage"]


# --- the audit on the command line ------------------------------------------------------------


async def test_audit_is_read_on_the_command_line(town: Town) -> None:
    """All, of one person, since a day; by name or by id."""
    town.says(QIU, TOLD)
    card = await town.button("看原话", SQUAD)
    await town.toast(town.presses(BAI, card, "看原话"))
    await town.quiet()
    for person in (None, "邱女士", str(QIU)):
        [line] = await audits.lines(town.settings, person, None)
        assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d 白洋 看原话 邱女士（7001） #1", line)
    assert await audits.lines(town.settings, "静姐", None) == ["没有人看过。"]
    assert await audits.lines(town.settings, None, SystemClock().now() + timedelta(days=1)) == ["没有人看过。"]
