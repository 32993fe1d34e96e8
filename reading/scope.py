"""Whose business a demand is: the city management's, or another department's."""

import re

ELSEWHERE = re.compile(
    r"停水|没水了|水压|水费|自来水|停电|没电了|电费|跳闸|暖气|供暖|燃气|煤气|天然气|网断|断网|宽带|工资|欠薪|过期|假货|短斤少两|缺斤|食品安全|吃坏|退钱|退款|不给退|"
    r"物业费|业委会|社保|医保|公积金|学区|入学|招生|老师|补课|拆迁款|房产证|不动产|开发商|烂尾|公交线路|公交车次|公交不停|打架|小偷|被偷|诈骗|传销|赌博|走失|走丢|说不清家|找不到家|"
    r"电梯坏|电梯停|家暴|着火|起火|车祸|追尾|被车撞|救护|漏气|12333|12315|劳动局|医院|疫苗|户口|居住证|驾校|培训机构退|健身卡|贷款|高利贷"
)


def elsewhere(text: str) -> bool:
    """True where words point to another department."""
    return bool(ELSEWHERE.search(text))
