"""What a short remark says about a matter told before: it is gone, it is back, it is elsewhere, it was none."""

import re
from dataclasses import dataclass, field

from models.reading import Remark
from reading import thanks
from reading.amends import Amended, amended

SHORT = 40
WHO = "人|车|摊|摊子|他们?|她们?|对方|已经|都|刚|自己|全"
WHEN = "上次|上回|昨天|昨晚|前天|那天|之前|刚才|早上|前几天"
GONE = re.compile(
    f"(?:{WHO})(?:就|也|都|已经|刚刚?|自己|全)*(?:走|开走|撤|散|收摊|搬走|挪走|离开)了|(?:^|[，, ])走了"
    "|不用(?:再|过)?来了|不用(?:管|处理|麻烦)了|没事了|自己(?:好|解决|弄好|挪)了"
    "|^[ ]*我?(?:要|想|把[它这]个?)?(?:撤回|撤销|撤单|取消)(?:一下|掉|吧|了|报事|投诉|工单|这条|这个|这件)*[。. ]*$"
)
STAYS = re.compile("没走|不走|走了又|又来|又回|一走|还在|怎么|吗|？|\\?|没解决|没处理|没人")
AGAIN = re.compile(
    f"(?:就是|还是|又是)(?:你们?)?(?:{WHEN})(?:我)?(?:说|反映|报|投诉)?过?的?(?:那|一样|他|它|这)"
    f"|(?:{WHEN})(?:我)?(?:说|反映|报)(?:过|了)?的那(?:个|家|辆|事|件|摊|户)|^(?:老样子|老地方|老问题)"
)
NOTHING = re.compile(
    "不是(?:要|在)?(?:报事|报案|投诉|举报|反映|让你|叫你|找你|要你)|随口(?:一)?说|随便说|说着玩|开(?:个)?玩笑|别(?:当真|开单|记了)"
    "|不用(?:开单|登记|记)|不是要(?:你们)?(?:管|处理)|就(?:是)?(?:说说|吐槽|感慨)"
)
MEANT = re.compile(
    "(?:她|他|人家|他们|姐|哥)(?:家)?(?:说|指|讲|问|反映)的(?:是|就是|应该是)|(?:她|他)(?:那个|那家)(?:是|在)"
)


@dataclass(frozen=True, slots=True)
class Noted:
    """A remark; where it puts a place right, how."""

    remark: Remark | None = None
    amended: Amended = field(default_factory=Amended, repr=False)


def note(text: str, places: tuple[str, ...]) -> Noted:
    """The remark in a cleaned text; `places` are the pieces found in it."""
    if len(text) > SHORT:
        return Noted()
    moved = amended(text, places)
    return Noted(Remark.MOVED, moved) if moved else Noted(_remark(text, places))


def _remark(text: str, places: tuple[str, ...]) -> Remark | None:
    if places and MEANT.search(text):
        return Remark.MEANT
    if NOTHING.search(text):
        return Remark.NOTHING
    if not STAYS.search(text) and (GONE.search(text) or thanks.settled(text)):
        return Remark.GONE
    if thanks.alone(text):
        return Remark.THANKED
    return Remark.AGAIN if AGAIN.search(text) else None
