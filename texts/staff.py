"""What is said about roles: codes, who is bound, who no longer is."""

from datetime import datetime
from zoneinfo import ZoneInfo

from models.presses import Press, base36
from models.rows import Person, RoleRow, Standing
from models.words import Role
from texts.page import Button, Page, bold, plain, quote
from texts.words import ROLE

NAME = 20
LISTED = 60
BUTTONS = 40
BIND_PRIVATE = Page(
    "身份码只在私聊里用：请点开我的头像，私聊发 /bind 加身份码。发在群里的码大家都看见了，已经作废，请队长重新发一个。"
)
BIND_HOW = Page("请把队长给的身份码写在后面，例如：/bind K7QX-M2PA-9RTW")
BIND_WRONG = Page("这个身份码不对，或者已经用过、过期了，请队长重新发一个。")
BIND_SLOWLY = Page("错的次数有点多，请过一小时再试，或请队长帮忙核对。")
INVITE_PRIVATE = Page("身份码只在私聊里给：请私聊我说“发码 队员 中队名”。")
LEADS_ONLY = Page("这件事由队长来做；看自己的工单请说“我的”。")
INVITE_ABOVE = Page("只能给自己同级和以下的身份发码。")
PEOPLE_PRIVATE = Page("人员名单只在带班群和私聊里给，请私聊我说“人员”。")


def role_of(held: Standing) -> str:
    """三中队队员; 管理员."""
    return f"{quote(held.squad or '', NAME)}{ROLE[held.role]}"


def code(written: str, held: Standing, ends_at: datetime, zone: ZoneInfo) -> Page:
    """A new code, for the lead to hand on."""
    local = ends_at.astimezone(zone)
    return Page(
        f"{role_of(held)}的身份码：<code>{written}</code>\n"
        f"请当面或私下转给本人，让他私聊我发：/bind {written}\n"
        f"只能用一次，{local.month}月{local.day}日{local:%H:%M}前有效；发到群里就作废。"
    )


def invite_how(squads: tuple[str, ...]) -> Page:
    """How to ask for a code."""
    squad, known = quote(squads[0], NAME) if squads else "三中队", quote("、".join(squads), 300)
    return Page(f"请写明身份和中队，例如：发码 队员 {squad}\n身份：队员、队长、环卫、工地；中队：{known}")


def bound(held: Standing) -> Page:
    """She is bound."""
    return Page(f"绑定好了，您现在是{role_of(held)}。认的是您这个账号，改名字不影响。说“帮助”看怎么用。")


def bound_by_file(held: Standing) -> Page:
    """What the configuration says goes before a code."""
    return Page(
        f"您的身份（{role_of(held)}）写在配置文件里，以配置为准，不能用身份码改；这个码已作废。要改请找管理员改配置。"
    )


def told_bound(person: Person, held: Standing) -> Page:
    """A word to the leads, with a way back."""
    return Page(
        f"{quote(person.name, NAME)} 用身份码绑定为{role_of(held)}，不是本人的话请撤销。", ((_revoke(person),),)
    )


def revoked(person: Person, held: Standing, tickets: int) -> Page:
    """It is done, and can be undone."""
    work = f"，手上{tickets}件工单已退回中队" if tickets else ""
    restore = Button("恢复", Press("restore", given=base36(person.id)).data())
    return Page(f"已撤销 {quote(person.name, NAME)} 的{role_of(held)}身份{work}。撤错了一天内可以恢复。", ((restore,),))


def restored(person: Person, held: Standing) -> Page:
    """It is undone."""
    return Page(f"已恢复 {quote(person.name, NAME)} 的{role_of(held)}身份。", ((_revoke(person),),))


def told_left(person: Person, group: str, tickets: int, row: RoleRow | None) -> Page:
    """Who had work in hand has left the squad's chat."""
    by_code = row is not None and row.source == "code"
    rows = ((_revoke(person),),) if by_code else ()
    still = "身份还在，不用了请撤销。" if by_code else "身份写在配置里的，要改请改配置。" if row else ""
    text = f"{quote(person.name, NAME)} 离开了{quote(group, NAME)}，手上{tickets}件工单已退回中队。{still}"
    return Page(text, rows)


def people(held: list[tuple[Person, RoleRow]]) -> Page:
    """Who may act as what; who was bound by a code can be revoked with a button."""
    if not held:
        return Page("没有找到登记的人员。")
    lines = [bold("登记的人员")]
    for person, row in held[:LISTED]:
        source = "配置" if row.source == "config" else "身份码"
        lines.append(f"{role_of(Standing(Role(row.role), row.squad))} {quote(person.name, NAME)}（{source}）")
    if len(held) > LISTED:
        lines.append(f"还有{len(held) - LISTED}人，请说“人员 中队名”。")
    lines.append("写在配置里的只能改配置文件，不能在这里撤销。")
    buttons = [_revoke(person) for person, row in held[:LISTED] if row.source == "code"][:BUTTONS]
    return Page("\n".join(lines), tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2)))


def _revoke(person: Person) -> Button:
    return Button(f"撤销 {plain(person.name, NAME)}", Press("revoke", given=base36(person.id)).data())
