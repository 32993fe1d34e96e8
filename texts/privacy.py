"""What people are told about their own data: the notice of a group, /privacy, what was sent and what was erased."""

import html
from datetime import datetime

from models.presses import Press
from models.retention import Retention
from models.words import Looked
from texts.page import Button, Page, whole
from texts.words import ERASED, LOOKED

ALERT = 200
YEAR, MONTH = 365, 30
HERE = Page("您的资料怎么保存、怎么查、怎么删：请私聊我发“隐私”。")
ELSEWHERE = "请在和我的私聊里办"
COMING = "好的，马上发给您"
ASKED = "请再确认一次"
ERASING = "好的，马上删除"
STAFF = "在岗人员的工作记录由单位保管，不能在这里删除"
MACHINE = "本机命令行"
NOBODY = "没有人看过。"


def notice(bureau: str, contact: str, kept: Retention) -> Page:
    """What a group is told once: who listens, what is read and kept, how long, and where to ask."""
    return Page(
        f"大家好，我是群办，由{html.escape(bureau, quote=False)}管理{_reached(contact)}。"
        "街面上的事在群里直接说，最好带个定位或照片，我登记成工单派给中队，进度在这里回复。\n"
        f"我读本群的消息，只用于办理工单：与工单无关的{span(kept.talk_days)}后删除，"
        f"工单里的文字和照片结案{span(kept.ticket_days)}后删除。显示时电话、证件号、车牌会打码。\n"
        "查看或删除自己的资料：发 /privacy。不需要我时我不出声。"
    )


def rules(bureau: str, contact: str, kept: Retention) -> Page:
    """What is kept, how long, by whom; with the two buttons."""
    lines = (
        f"群办由{html.escape(bureau, quote=False)}管理{_reached(contact)}，为履行城市管理职责处理群里的消息。",
        "保存什么、多久：",
        f"· 与工单无关的消息：{span(kept.talk_days)}",
        f"· 收到的原始数据：{span(kept.raw_days)}；读不了的{span(kept.dead_days)}",
        f"· 工单的文字、地点、照片和照片里自带的位置：结案后{span(kept.ticket_days)}，执法的{span(kept.case_days)}",
        f"· 发出的消息：{span(kept.outbox_days)}",
        f"· 办理经过、谁看过您的资料：{span(kept.history_days)}",
        f"· 您的名字和账号编号：还有上面任何一项时；都没有了，{span(kept.talk_days)}后删除",
        "谁能看：承办的中队和队长；群里显示时电话、证件号、车牌打码。队员看原话会留下记录。",
        "您可以要一份自己的资料，也可以删除；在办的和执法的工单是证据，办完、到期才删。",
    )
    return Page("\n".join(lines), ((_button("给我一份", "copy"), _button("删除我的资料", "erase")),))


def confirmation() -> Page:
    """Asks once more before anything is erased."""
    return Page(
        "确定删除吗？名字、消息、照片会删掉，工单只留“已删除”，以后的进度也不再认得您。删除后不能恢复。",
        ((_button("确定删除", "erase_now"), _button("先不删", "erase_not")),),
    )


def gone(kept_tickets: list[int]) -> Page:
    """What was erased, and what stays and why."""
    done = "您的名字、消息和照片已删除，账号已换成不能对应到您的代号。照片文件和这里的聊天记号今晚前清掉。"
    if not kept_tickets:
        return Page(done)
    numbers = "、".join(f"#{number}" for number in kept_tickets)
    return Page(f"{done}\n还留着：{numbers} 里的文字和照片。这些工单在办或属于执法案件，是证据，依法到期后删除。")


def own(words: str, page: int, pages: int) -> Page:
    """A page of her own data, as it is kept."""
    return Page(f"您的资料 {page}/{pages}\n{html.escape(words, quote=False)}")


def exact(words: str, *more: str | None) -> str:
    """The words as they were said, and party and place where they say more; for the one who asked. Fits an alert."""
    parts = [words, *(part for part in more if part and part not in words)]
    said = " ".join(whole("；".join(filter(None, parts))).split())
    cut = said[:ALERT]
    while _units(cut) > ALERT - (cut != said):
        cut = cut[:-1]
    return cut if cut == said else f"{cut}…"


def _units(words: str) -> int:
    """As chats count: signs beyond the basic plane are two."""
    return len(words.encode("utf-16-le")) // 2


def looked(at: datetime, who: str, what: Looked, whose: str, ticket: int | None) -> str:
    """A line of the audit."""
    about = f" #{ticket}" if ticket else ""
    return f"{at:%Y-%m-%d %H:%M} {who or ERASED} {LOOKED[what]} {whose}{about}"


def span(days: int) -> str:
    """So many days, as people say it."""
    if days % YEAR == 0:
        return f"{days // YEAR}年"
    return f"{days // MONTH}个月" if days % MONTH == 0 and days > MONTH else f"{days}天"


def _reached(contact: str) -> str:
    return f"（联系：{html.escape(contact, quote=False)}）" if contact else ""


def _button(text: str, verb: str) -> Button:
    return Button(text, Press(verb).data())
