"""Who or what is complained of: a plate, a shop, a stall, a site."""

import re

from reading.places import ESTATE

PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]\s*[A-Za-z]\s*[·•.\s-]?\s*[A-Za-z0-9]{5,6}"
)
PARTIES = [
    re.compile(r"(?:隔壁|对面|楼下|楼上|旁边)(?:那|这)?(?:个|家)?[\u4e00-\u9fff]{1,4}(?:店|馆|摊|超市|饭店|酒店|家)"),
    re.compile(
        r"[\u4e00-\u9fff]{0,3}(?:火锅店|烧烤店|饭店|奶茶店|水果店|洗车行|洗车店|网吧|网咖|酒吧|歌厅|大排档|快餐店|修车铺|快递站|培训班|汽修厂)"
    ),
    re.compile(r"(?<![a-z到去])ktv(?![a-z])"),
    re.compile(r"[\u4e00-\u9fff]{0,2}(?:火锅|羊汤|烧烤|烤鱼|洗车|面馆|小吃|菜馆)家?(?=的(?!人)|又|把|桌|天天|每天)"),
    re.compile(r"(?:卖|收|修|发|烤)(?![我你他她拆到])[\u4e00-\u9fff]{1,4}(?<!下来)的(?:三轮车?|货车|车|人|摊子|小贩)?"),
    re.compile(r"(?:鱼|肉|菜|水果|烧烤|早点|煎饼|甘蔗|西瓜|红薯)摊"),
    re.compile(r"(?:渣土车|洒水车|土方车|商砼的?(?:罐)?车|水泥罐车|共享单车|外卖骑手|收废品的)"),
]
SITE = re.compile(f"\\d{{1,4}}号工地|(?!.{{0,3}}[那这个])(?:[\u4e00-\u9fff]{{2,4}}工地|{ESTATE}(?:[一二三四五六]期)?)")
"""A building site by its number, or by the name of what is built there."""


def plates(text: str) -> list[tuple[int, int]]:
    """Number plates in a cleaned text."""
    return [found.span() for found in PLATE.finditer(text)]


def site(text: str) -> tuple[int, int] | None:
    """The building site complained of."""
    found = SITE.search(text)
    return found.span() if found else None


def party(text: str) -> tuple[int, int] | None:
    """The party complained of: a plate before all else."""
    found = plates(text)
    if found:
        return found[0]
    for shape in PARTIES:
        hit = shape.search(text)
        if hit:
            return hit.span()
    return None


def spans(text: str) -> list[tuple[int, int]]:
    """All that looks like a party."""
    return sorted({found.span() for shape in (PLATE, *PARTIES) for found in shape.finditer(text)})
