"""What a shop's name ends with and people leave out: 「邱记」 for 「邱记便利店」."""

import re

TRADE = re.compile(
    r"(?:连锁|量贩|老)?(?:便利店|便民店|小超市|超市|百货|商店|商行|批发部|饭店|饭馆|餐馆|餐厅|酒楼|酒店|宾馆|旅馆|旅社|面馆|牛肉面|拉面|饺子馆|麻辣烫|烧烤|火锅|"
    r"羊肉汤馆?|烤鱼|早点铺?|早餐|包子铺?|馒头房|小吃|快餐|奶茶|咖啡馆?|茶社|茶庄|炒货|卤菜|蛋糕房?|面包|烘焙|水果店|水果|蔬菜|生鲜|干洗店?|洗衣店?|大?药房|药店|"
    r"口腔|诊所|五金水暖|五金店?|建材|家具城?|文具店?|书店|图文|打印|理发店|理发|造型|美发|美甲|美容|足浴|鲜花店|花店|汽修厂?|修车|快修|洗车|汽车美容|电动车|"
    r"手机店?|眼镜店?|服装店?|服饰|鞋店|裁缝铺|母婴|宠物店?|名烟名酒|烟酒店?|房产|家政|托管|健身房?|网吧|网咖|ktv|酒吧|棋牌室?|快递驿站|驿站|农家院|"
    r"[一二三四五六七八九]标段?|[一二三四五六七八九]期|扩建|改造|项目部|渣土运输|运输|物流|商砼站?|搅拌站|有限公司|公司|店|铺|馆|行|坊|厅|部|摊)$",
    re.IGNORECASE,
)


def stem(name: str) -> str:
    """A shop's name without its trade; empty where nothing is left."""
    return TRADE.sub("", name)


def stems(name: str) -> list[str]:
    """The name, and what is left of it the more of its end is left out: 「蓝湾佳苑二期」, 「蓝湾佳苑」."""
    found = [name]
    while (shorter := stem(found[-1])) and shorter != found[-1]:
        found.append(shorter)
    return found
