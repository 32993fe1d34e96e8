"""Whose business a demand is: the city management's, or another department's, and which one's."""

import re

ELSEWHERE = {
    "water": "停水|没水了|水压|水费|自来水",
    "power": "停电|没电了|电费|跳闸",
    "heat": "暖气|供暖",
    "gas": "燃气|煤气|天然气|漏气",
    "net": "网断|断网|宽带",
    "pay": "工资|欠薪|社保|医保|公积金|12333|劳动局",
    "trade": "过期|假货|短斤少两|缺斤|食品安全|吃坏|退钱|退款|不给退|12315|培训机构退|健身卡",
    "estate": "物业费|业委会|电梯坏|电梯停",
    "school": "学区|入学|招生|老师|补课",
    "housing": "拆迁款|房产证|不动产|开发商|烂尾",
    "bus": "公交线路|公交车次|公交不停",
    "police": "打架|小偷|被偷|诈骗|传销|赌博|家暴|户口|居住证|驾校|车祸|追尾|被车撞",
    "lost": "走失|走丢|说不清家|找不到家",
    "fire": "着火|起火",
    "health": "救护|医院|疫苗",
    "money": "贷款|高利贷",
}
"""Words of other departments' business, by whose it is."""
WORDS = re.compile("|".join(f"(?P<{whose}>{words})" for whose, words in ELSEWHERE.items()))


def elsewhere(text: str) -> bool:
    """True where words point to another department."""
    return bool(WORDS.search(text))


def whose(text: str) -> set[str]:
    """Whose business its words point to: keys of ELSEWHERE."""
    return {found.lastgroup for found in WORDS.finditer(text) if found.lastgroup}
