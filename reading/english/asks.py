"""What English questions about figures ask for, in the Chinese that reading.topics and reading.versus read. Pure."""

import re
from collections.abc import Callable

from reading.english.dates import MONTH, ORDER, ORDERS, WEEKDAY, Rule

TICKETS = "(?:tickets|cases|complaints)"
MOST = "(?:largest|biggest|longest|heaviest|worst|most|highest)"
LATE = f"(?:overdue|late|behind)(?: {TICKETS})?"
IS = "(?:'s| is| are| was| were| has| have| had)"
THE = "(?:the |our )?"
RATE = "(?: rates?)?"
ON_TIME = "(?:on[- ]time|timely)(?: (?:closing|closure|resolution))?"
SQUAD_WITH = f"(?:which|what) squads?{IS} {THE}(?P<much>highest|best|lowest|worst) "
MUCH_OF = {"highest": "最高", "best": "最好", "lowest": "最低", "worst": "最差"}


def _squad_by(rate: str) -> Callable[[re.Match[str]], str]:
    return lambda match: f"哪个中队{rate}{MUCH_OF[match['much'].lower()]}"


def _said(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![A-Za-z0-9]){words}(?![A-Za-z0-9])", re.IGNORECASE)


DOING = re.compile(r"\b(?:going|go|doing|do|looking|look|been)\b", re.IGNORECASE)
WHO = {"we": "我们", "i": "我"}


def _how(match: re.Match[str]) -> str:
    """How 三中队 is doing: what is between stands beside the question; who does nothing in it is asked how she is."""
    what = match["what"]
    if re.search(r"\bdo(?:ing)?\b", what, re.IGNORECASE):
        what = re.sub(r"\b(?:we|i)\b", lambda who: WHO[who[0].lower()], what, count=1, flags=re.IGNORECASE)
    return f"怎么样 {DOING.sub(' ', what, count=1)}"


SHORT: dict[str, tuple[str, str]] = {
    "manholes?": ("井盖", "manholes"),
    "rubbish|garbage|trash": ("垃圾", "rubbish"),
    "stalls?": ("占道", "stalls"),
    "peddlers?|hawkers?": ("流动摊贩", "peddlers"),
    "shared bi(?:ke|cycle)s?": ("共享单车", "shared bicycles"),
    "(?:cooking )?fumes": ("油烟", "fumes"),
    "illegal parking": ("违停", "illegal parking"),
    "parking": ("停车", "parking"),
    "advert(?:isement)?s?": ("广告", "advertisements"),
    "shop signs?": ("牌匾", "shop signs"),
    "barbecues?": ("烧烤", "barbecues"),
    "sewage": ("污水", "sewage"),
    "dust": ("扬尘", "dust"),
    "bi(?:ke|cycle)s?": ("非机动车", "bicycles"),
    "(?:public )?toilets?": ("公厕", "public toilets"),
}
"""What people say for a matter or for many, the word of the matters' names for it, and what that is called here."""
THING = "|".join(["[\ue000-\ue7ff]", *(chinese for chinese, _ in SHORT.values())])
HOW = "(?:'s| is| was| are| were| has| have| did| does| do| am)"
NO_HOW = rf" the (?:{THING})| (?:the |this |last )?(?:weekend|night)|(?<! was)(?<! did) (?:this |on )?(?:{WEEKDAY})"
"""Of a thing before one's eyes, of a weekend and of a day to meet people ask each other so."""
TOPICS: list[Rule] = [
    *((_said(f"(?:{words})"), chinese) for words, (chinese, _) in SHORT.items()),
    (_said("(?:the )?squad (?:no\\.? ?|number )?([0-9]{1,2})"), r"\1中队"),
    (_said(f"(?:the )?({ORDER}) squad"), lambda match: f"{ORDERS[match[1].lower()]}中队"),
    (_said("year[- ]on[- ]year|yoy"), "同比"),
    (_said("month[- ]on[- ]month"), "环比"),
    (_said(f"(?:which|what) squads?{IS} {THE}(?:{MOST} (?:backlog|load|{LATE})|most behind)"), "哪个中队积压最多"),
    (_said(f"{SQUAD_WITH}{ON_TIME}(?: rates?| share)"), _squad_by("按期结案率")),
    (_said(f"{SQUAD_WITH}satisfaction{RATE}"), _squad_by("满意率")),
    (_said(f"{SQUAD_WITH}response{RATE[:-1]}"), _squad_by("响应率")),
    (_said(f"{SQUAD_WITH}(?:resolution|solution) rates?"), _squad_by("解决率")),
    (_said(f"{SQUAD_WITH}rework{RATE}"), _squad_by("返工率")),
    (_said(f"(?:which|what) squads?{IS} {THE}(?:busiest|{MOST} {TICKETS})"), "哪个中队最忙"),
    (_said(f"who{IS} {THE}{MOST} (?:backlog|load|{LATE}|{TICKETS}|in hand)"), "谁手上积压最多"),
    (_said(f"who{IS} {THE}busiest"), "谁最忙"),
    (_said(f"(?:how many (?:{TICKETS} are(?: still)?|are still) open|(?:still )?open {TICKETS})"), "多少没办完"),
    (_said(f"{THE}backlogs?(?: (?:by|of) officers?)?"), "积压"),
    (_said("work ?loads?(?: (?:by|of) officers?)?"), "队员负荷"),
    (_said(f"{THE}721 (?:shares?|split|ratios?|way|rule)"), "721比例"),
    (_said("shares? of (?:service|management|enforcement)"), "服务比例"),
    (_said(f"(?:(?:what{IS}|which (?:{TICKETS} |ones )?are|how many (?:{TICKETS} )?(?:are|were)|(?:is )?anything"
           f"|(?:are there )?any)(?: still)? )?overdue(?: {TICKETS})?(?: (?:right )?now)?"), "超期"),
    (_said(f"(?:(?:which|what) (?:places?|roads?|streets?){IS} {THE}{MOST}(?: {TICKETS})?"
           f"|where{IS} {THE}{MOST} {TICKETS}"
           f"|{THE}(?:top|worst|repeated) places|hot ?spots|places (?:told of|reported) (?:again|more than once))"),
     "热点地点"),
    (_said(f"(?:{THE}(?:top|(?:most|more) (?:common|frequent)|commonest) (?:matters|problems|issues)"
           "|what (?:is|was|gets|got) (?:reported|complained of) (?:the )?most)"), "哪类问题最多"),
    (_said("(?:the )?three rates"), "三率"),
    (_said(f"response{RATE[:-1]}"), "响应率"),
    (_said("(?:resolution|solution) rates?"), "解决率"),
    (_said(f"{THE}satisfaction{RATE}"), "满意率"),
    (_said(f"(?:what (?:has |have )?(?:came|come|comes) back|how many (?:{TICKETS} )?(?:came|have come) back"
           f"|rework{RATE}|reopened {TICKETS}|what was not solved)"), "返工"),
    (_said("(?:response|reaction) times?|times? to (?:accept|arrive|resolve)"), "响应时间"),
    (_said(f"how (?:quick(?:ly)?|fast|long) (?:(?:does|did|do|is|are|was|were|it|we|they|take|took|to|until|be|a ticket"
           f"|{TICKETS}) )*(?:accept|arrive|resolve|respond)(?:d|ed)?"), "要多久"),
    (_said(f"(?:{THE}on[- ]time (?:closing |closure |resolution )?(?:rates?|share)"
           f"|(?:share|rate|how many)(?: of)?(?: {TICKETS})? (?:were |was |are )?closed (?:in|on) time)"),
     "按期结案率多少"),
]  # fmt: skip
"""What a question is about; the longer before what is in it."""
MEASURES: list[Rule] = [
    (_said(f"how many (?:{TICKETS} )?(?:did|have|has) (?P<who>we|[^\\sA-Za-z]+) (?:get|got|received?)"),
     r"多少 收到 \g<who>"),
    (_said(f"how many (?:{TICKETS} )?(?:did|have|has) (?P<who>we|[^\\sA-Za-z]+) (?:open|close|resolve|handle)d?"),
     r"多少 办结 \g<who>"),
    (_said(f"how many {TICKETS}(?: (?:were|was|are|have been|came|did we)? ?"
           "(?:opened|closed|resolved|received|in|get|there))?(?: (?:by|about|of|on)(?= (?:the )?[^\x00-\x7f]))?"),
     "多少件"),
    (_said("how many(?= (?:of )?(?:the )?[一-鿿\ue000-\ue7ff])"), "多少件"),
    (_said("(?P<lead>多少 (?:办结|收到) )we"), r"\g<lead>我们"),
    (_said(f"{THE}(?:figures|numbers|statistics|stats|summary|overview)"), "数字"),
    (_said("(?:by|per) squad|squad by squad|(?:of|for) (?:each|every|all) squads?"), "各中队情况"),
    (_said(TICKETS), "工单"),
    (re.compile(rf"^how{HOW}(?!{NO_HOW}|.* compares?\b) (?P<what>.+)$", re.IGNORECASE), _how),
    (_said("my(?: own)? (?=[一-鿿])"), "我的"),
    (re.compile(r"^what(?:'s| is| was| are| were) (?:the |our )?(?=[一-鿿]|721)", re.IGNORECASE), ""),
    (re.compile(r"^(?:(?:please|can you|could you) )*(?:(?:show|give|send)(?: me| us)? )?"
                r"(?P<what>.*(?:数字|积压|超期|率|比例|时间).*?)(?:,? please)?$", re.IGNORECASE), r"\g<what>"),
    (_said("(?:our|the) (?=[一-鿿])"), ""),
]  # fmt: skip
"""That figures are asked for, and whose."""

ONE = r"([^\s,?!A-Za-z]+)"
MORE = {
    "more": "多", "busier": "忙", "quicker": "快", "faster": "快", "slower": "慢", "better": "好", "worse": "差",
    "fewer": "少", "higher": "高", "lower": "低",
}  # fmt: skip
MUCH = "|".join(MORE)


def _which(match: re.Match[str]) -> str:
    much, between, one, other = match.groups()
    return f"{between} {one}和{other}哪个{MORE[much.lower()]}"


def _than(match: re.Match[str]) -> str:
    one, much, other, tail = match.groups()
    return f"{tail} {one}比{other}{MORE[much.lower()]}吗"


TAIL = r"([^?]*)"
BESIDE: list[Rule] = [
    (re.compile(f"(同比|环比){TAIL}"), r"\2 \1"),
    (_said("(?:the )?same (?:time|period|days?|month|week)(?: of)? 去年"), "去年同期"),
    (_said(f"(?:who|which(?: (?:squad|road|street|one))?){IS} ({MUCH})(?: 工单)?([^,:?]*)[,:]? {ONE} or {ONE}"),
     _which),
    (re.compile(f"^(?:is|was|are|were|has|had|did) {ONE} ({MUCH})(?: 工单)? than {ONE}{TAIL}", re.IGNORECASE), _than),
    (_said(f"compare {ONE} (?:with|to|and|against) {ONE}{TAIL}"), r"\3 \1和\2比"),
    (_said(f"(?:how (?:does|did|do) )?{ONE} (?:compare[sd]? (?:with|to|against)|vs\\.?|versus) {ONE}{TAIL}"),
     r"\3 \1和\2比"),
    (_said(f"(?:compared?|in comparison|comparing) (?:with|to|against) {ONE}{TAIL}|(?:vs\\.?|versus) {ONE}{TAIL}"),
     lambda match: f"{match[2] or match[4] or ''} 和{match[1] or match[3]}比"),
]  # fmt: skip
"""What is compared, when its periods and names stand in one piece each."""
ENDS: list[Rule] = [
    (re.compile("(?<=[^\x00-\x7f])'s?(?![A-Za-z])", re.IGNORECASE), " "),
    (re.compile("(?<![A-Za-z])(?:for|in|on|of|at)(?: the)? (?=[^\x00-\x7f])|(?<![A-Za-z])the (?=[^\x00-\x7f])",
                re.IGNORECASE), " "),
]  # fmt: skip
"""What only joins."""

HINT = (
    r"(?i:(?=[a-z0-9])(?<![a-z])(?:today|yesterday|(?:week|month|quarter|year|day|night)s?|weekend|since|ytd|yoy|[a-z]+day|[qh][1-9]"
    rf"|(?:in|of|for|year) (?:19|20)[0-9]{{2}}|[0-9]{{1,2}}(?:st|nd|rd|th)|holidays?|{MONTH}"
    r"|backlogs?|overdue|busiest|satisfaction|rates?|shares?|rework|(?:came|come|comes) back|reopened|solved|places"
    r"|hot ?spots|roads?|streets?|problems|matters|issues|response|reaction|accept(?:ed)?|arrived?|resolved?"
    r"|respond(?:ed)?|work ?loads?|load|figures|numbers|statistics|stats|summary|overview|squads?|compared?|versus|vs"
    r"|tickets|cases|complaints|how many|more|fewer|better|worse|quicker|faster|slower|busier)(?![a-z]))"
)
"""A word that a question about figures would have."""
