"""What a shop's name ends with and people leave out: 「邱记」 for 「邱记便利店」."""

import re

TRADE = re.compile(
    r"(?:连锁)?(?:便利店|便民店|小超市|超市|百货|商店|商行|批发部|饭店|饭馆|餐馆|餐厅|酒楼|酒店|宾馆|旅馆|面馆|牛肉面|拉面|烧烤|火锅|羊肉汤馆?|早点铺?|"
    r"早餐|包子铺?|小吃|快餐|奶茶|咖啡馆?|茶社|蛋糕房?|烘焙|水果店|水果|蔬菜|生鲜|干洗店?|洗衣店?|大?药房|药店|诊所|五金水暖|五金店?|建材|文具店?|图文|打印|"
    r"理发店|理发|美发|美甲|美容|鲜花店|花店|汽修厂?|修车|洗车|电动车|手机店?|眼镜店?|服装店?|服饰|鞋店|母婴|宠物店?|网吧|棋牌室?|店|铺|馆|行|坊|厅|部)$"
)


def stem(name: str) -> str:
    """A shop's name without its trade; empty where nothing is left."""
    return TRADE.sub("", name)
