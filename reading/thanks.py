"""Thanks in a cleaned text: those that say it is settled, and those that say nothing else."""

import re

MENDED = (
    "(?:弄|搞|修|补|换|清理|处理|收拾|打扫)好|(?:清理|打扫|收拾|冲|清)干净|清[走掉完]|[收拖挪移搬拉]走|解决|恢复"
    "|不[堵吵臭漏响呛]"
)
OUTRIGHT = re.compile(f"(?:已经?|都|现在|刚刚?|全)[^，,。]{{0,3}}(?:{MENDED})了")
THANKS = "谢谢|感谢|多谢|谢了|谢啦|辛苦|给力|点赞|效率真?高|速度真?快"
THANKED_FOR = re.compile(f"(?:{MENDED}|(?<![太就最])好|干净|通|亮|安静|消停|没声音|不[闪挡]|能[走过开进睡][人车]?)了")
"""Said with thanks these are of what she told of; alone they are of anything."""
ALONE = re.compile(
    f"(?:太|真的?|非常|十分|那就|先)?(?:{THANKS})"
    f"(?:{THANKS}|你们?|您|大家|城管|队长|师傅|同志|领导|各位|[了啊哈啦呀嘞，,。！!~～ ])*"
)
WISHED = re.compile(
    "还[没不]|没[好清修弄有]|等|告诉|一声|要是|如果|的话|就[好行太]|希望|早点|早日|尽快|快点|再|吧|能不能|什么时候"
    "|麻烦(?!你|您|大家|了)"
)
"""Settled is what she hopes for, not what she sees."""


def settled(text: str) -> bool:
    """What she told of is mended: said outright, or with thanks."""
    if WISHED.search(text):
        return False
    return OUTRIGHT.search(text) is not None or bool(re.search(THANKS, text) and THANKED_FOR.search(text))


def alone(text: str) -> bool:
    """Thanks, and not a word of what for."""
    return ALONE.fullmatch(text.strip()) is not None
