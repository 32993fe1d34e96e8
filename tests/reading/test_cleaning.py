"""The first stage alone: what a text is made of before anything is read, and the way back to what was written."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.plain import plain, simplified
from reading.cleaning import clean

SIMPLE = [
    ("這條巷子的紙箱堆得比人還高，掃都沒法掃", "这条巷子的纸箱堆得比人还高,扫都没法扫"),
    ("路燈桿歪了，風一吹就晃", "路灯杆歪了,风一吹就晃"),
    ("理髮店門前擺滿水桶", "理发店门前摆满水桶"),
    ("麵攤佔著盲道", "面摊占着盲道"),
    ("乾貨鋪後門漏水", "干货铺后门漏水"),
    ("於是我就報了警", "于是我就报了警"),
    ("兩輛貨車橫著停", "两辆货车横着停"),
    ("牆上貼滿了廣告紙", "墙上贴满了广告纸"),
    ("下水道臭氣衝天", "下水道臭气冲天"),
    ("這邊嘅渠塞咗", "这边嘅渠塞咗"),
    ("乾元路的著名小吃", "乾元路的著名小吃"),
    ("於先生开的店", "於先生开的店"),
    ("Ｋ栋３楼，空调滴水！", "k栋3楼,空调滴水!"),
    ("垃\u200b圾\u202e满了", "垃圾满了"),
    ("门口\n有坑", "门口 有坑"),
]
DOORS = [
    ("文昌路十八号门口", "文昌路18号门口"),
    ("文昌路二十三号对面", "文昌路23号对面"),
    ("文昌路一百零五号", "文昌路105号"),
    ("文昌路一〇五号", "文昌路105号"),
    ("文昌路两百号", "文昌路200号"),
    ("槐花巷七号院", "槐花巷7号院"),
    ("人民大道九号前面", "人民大道9号前面"),
    ("文昌路十号到二十号", "文昌路10号到二十号"),
    ("这条路十八号完工", "这条路十八号完工"),
    ("马路二十号开始修", "马路二十号开始修"),
    ("文昌路十八号早上停水", "文昌路十八号早上停水"),
    ("文昌路三号线站口", "文昌路三号线站口"),
    ("三月二十号交房租", "三月二十号交房租"),
    ("我知道十八号开会", "我知道十八号开会"),
    ("文昌街十二号之前拆完", "文昌街十二号之前拆完"),
]


@pytest.mark.parametrize(("written", "read"), [*SIMPLE, *DOORS])
def test_text_is_made_plain(written: str, read: str) -> None:
    """One width, simplified signs, doors in figures; what is right already stays."""
    assert clean(written).text == read


@pytest.mark.parametrize(
    ("written", "read", "piece"),
    [
        ("就在文昌路十八号门口", "文昌路18号门口", "文昌路十八号门口"),
        ("就在文昌路一百号门口", "文昌路100号", "文昌路一百号"),
        ("就在文昌路一百零五号门口", "105号门口", "一百零五号门口"),
        ("擺在槐花巷二十三號對面", "槐花巷23号对面", "槐花巷二十三號對面"),
        ("文昌路十八号有坑，槐花巷三十二号也有", "槐花巷32号", "槐花巷三十二号"),
    ],
)
def test_way_back_leads_to_what_was_written(written: str, read: str, piece: str) -> None:
    """Though figures are more or fewer than the signs that they stand for."""
    cleaned = clean(written)
    start = cleaned.text.index(read)
    assert cleaned.span(start, start + len(read)) == piece


@given(st.text(alphabet="路街巷号一二十百零〇两擺門著乾 Ａ\u200b，"))
def test_every_sign_leads_back_in_order(written: str) -> None:
    """As many ways back as signs, none before another, and cleaning again changes nothing."""
    cleaned = clean(written)
    assert len(cleaned.back) == len(cleaned.text)
    assert list(cleaned.back) == sorted(cleaned.back)
    assert cleaned.span(0, len(cleaned.text)) in written
    assert clean(cleaned.text).text == cleaned.text


@given(st.text(alphabet=st.characters(min_codepoint=0x3400, max_codepoint=0x9FFF)))
def test_simplified_signs_are_one_for_one(written: str) -> None:
    """Whatever OpenCC makes of them, and once is enough."""
    once = simplified(written)
    assert len(once) == len(written)
    assert simplified(once) == once


def test_map_and_message_come_to_one_form() -> None:
    """What is looked up needs no way back."""
    assert plain("文昌路一百二十號對面") == plain("文昌路120号对面") == "文昌路120号对面"


def test_everyday_text_never_loads_the_dictionaries() -> None:
    """`qunban read` starts quickly: most texts need no OpenCC."""
    code = "import sys; from reading.cleaning import clean; clean('路灯不亮了，18号'); print('opencc' in sys.modules)"
    told = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "False"
