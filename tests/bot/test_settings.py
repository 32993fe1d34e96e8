"""The configuration: what is wrong is said in one sentence that tells what to write instead."""

import copy
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.errors import SettingsRefused
from bot.settings import build, load

REPO = Path(__file__).parent.parent.parent
SHIPPED: dict[str, Any] = yaml.safe_load((REPO / "config.yaml").read_text(encoding="utf-8"))


def changed(path: str, value: Any) -> dict[str, Any]:
    """The shipped file with one thing otherwise."""
    found: Any = copy.deepcopy(SHIPPED)
    at: Any = found
    *way, last = [int(part) if part.isdecimal() else part for part in path.split(".")]
    for part in way:
        at = at[part] if isinstance(at, list) else at.setdefault(part, {})
    at[last] = value
    return dict(found)


def test_shipped_file_is_the_demonstration() -> None:
    """The bureau, the four groups, the shop of 邱女士."""
    settings = load(REPO / "config.yaml")
    assert settings.bureau.name == "连云港市城市管理局高新区分局 (示例)"
    assert {group.name: group.kind for group in settings.groups} == {
        "郁洲街道城管共建群": "merchants",
        "高新区城管工地环卫群": "sites",
        "三中队": "squad",
        "带班群": "leads",
    }
    assert ("凤鸣便利店", "邱女士") in {(shop.name, shop.person) for shop in settings.shops}
    assert len(settings.shops) == 12
    assert {person.role for person in settings.people} >= {"officer", "lead", "worker"}


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        ("burau", {}, "不认识的键 burau，是不是想写 bureau"),
        ("bureau.timezon", "Asia/Shanghai", "不认识的键 bureau.timezon，是不是想写 timezone"),
        ("groups.0.stret", "x", "是不是想写 street"),
        ("qwertyuiop", 1, "不认识的键 qwertyuiop，请删掉它"),
        ("bureau.timezone", "Asia/Lianyungang", "时区“Asia/Lianyungang”不存在"),
        ("groups.0.chat", "群", "groups 第1个的 chat 的值“群”不对，请写整数"),
        ("groups.0.kind", "market", "groups 第1个的 kind 的值“market”不对，可以写 merchants"),
        ("groups.2.squad", None, "中队群“三中队”没有写 squad"),
        ("groups.0.squad", "九中队", "“九中队”没有自己的群"),
        ("groups.1.chat", -1001001, "groups 里的 chat -1001001 写了两次"),
        ("people.0.role", "king", "people 第1个的 role 的值“king”不对，可以写 merchant"),
        ("shops.0.lat", 134.5, "shops 第1个的 lat 的值“134.5”不对，最大是 90"),
        ("limits.default", "很快", "请写成 2紧急工作时"),
        ("escalation.lead_at", 0.5, "escalation.lead_at 的值“0.5”不对，最小是 1.1"),
        ("escalation.lead_at", 4, "escalation.lead_at（4倍报队长）要小于 escalation.bureau_at（3倍报局里）"),
        ("escalation.bureau_at", 101, "escalation.bureau_at 的值“101”不对，最大是 100"),
        ("limits.99999", "1工作日", "事项 99999 不认识"),
        ("limits", {513: "1工作日"}, "请写 5 位编码并加引号"),
        ("database", "mysql://x", "数据库请写 sqlite:///"),
        ("telegram.api", "api.telegram.org", "请写 https://api.telegram.org"),
        ("telegram.receive", "carrier pigeon", "telegram.receive 的值“carrier pigeon”不对，可以写 polling、webhook"),
        ("web.port", 99999, "web.port 的值“99999”不对，最大是 65535"),
        ("hours.periods", ["8点到12点"], "请写成 08:00-12:00"),
        ("hours.periods", ["12:00-08:00"], "结束早于开始"),
        ("second_reader.url", "http://127.0.0.1:8000/v1", "还要写 model"),
        ("second_reader", {"url": "ftp://x/v1", "model": "q"}, "second_reader.url 的地址不完整"),
        ("second_reader", {"url": "http://x/v1?key=1", "model": "q"}, "second_reader.url 的地址不完整"),
        ("second_reader", {"url": "http://me:pw@x/v1", "model": "q"}, "请把它放进环境变量 QUNBAN_LLM_KEY"),
        ("second_reader.unsure_from", 0.9, "unsure_from 大于 unsure_to"),
        ("second_reader.timeout_seconds", 0, "second_reader.timeout_seconds 的值“0”不对，最小是 0"),
        ("second_reader.at_once", 99, "second_reader.at_once 的值“99”不对，最大是 16"),
        ("second_reader.extra", {"messages": []}, "second_reader.extra 里不能写 messages"),
        ("second_reader.modle", "q", "是不是想写 model"),
        ("llm_key", "sk-1", "llm_key 不能写在文件里"),
        ("token", "123:abc", "token 不能写在文件里"),
        ("amap_key", "abc", "amap_key 不能写在文件里"),
        ("groups.0.datum", "GCJ02", "groups 第1个的 datum 的值“GCJ02”不对，可以写 WGS-84、GCJ-02、BD-09"),
        ("map", 5, "map 第1个 的值“5”不对"),
        ("map", [{"datum": "GCJ-02"}], "缺少 map 第1个的 file"),
        ("gazetteer", [{"file": "a.csv", "datum": "X"}], "gazetteer 第1个的 datum 的值“X”不对"),
    ],
)
def test_wrong_setting_is_refused_in_one_sentence(path: str, value: Any, sentence: str) -> None:
    """Which one, and what to write instead."""
    with pytest.raises(SettingsRefused) as refused:
        build(changed(path, value))
    assert sentence in str(refused.value)
    assert "\n" not in str(refused.value)


def test_groups_are_the_one_thing_that_must_be_given() -> None:
    """Everything else has a default."""
    with pytest.raises(SettingsRefused, match="缺少 groups"):
        build({})
    assert build({"groups": []}).telegram.receive == "polling"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [("groups: [", "不是合格的 YAML"), ("", "是空的"), ("- a\n- b\n", "是空的或不是"), ("\x00", "不是合格的 YAML")],
)
def test_broken_file_is_named_with_its_line(tmp_path: Path, words: str, sentence: str) -> None:
    """YAML's own words are spared to the clerk."""
    file = tmp_path / "config.yaml"
    file.write_text(words, encoding="utf-8")
    with pytest.raises(SettingsRefused, match=sentence):
        load(file)


def test_missing_file_says_how_to_name_it(tmp_path: Path) -> None:
    """The path of the machine is not printed, the file's name is."""
    with pytest.raises(SettingsRefused, match=r"找不到配置文件 nowhere\.yaml：请用 --config"):
        load(tmp_path / "nowhere.yaml")


def test_environment_goes_before_the_file_and_secrets_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ports, database and token from the environment; the token is in no repr."""
    monkeypatch.setenv("QUNBAN_WEB_PORT", "9000")
    monkeypatch.setenv("QUNBAN_DATABASE", "sqlite:///elsewhere.db")
    monkeypatch.setenv("QUNBAN_TELEGRAM_TOKEN", "123456:very-secret-token")
    settings = load(REPO / "config.yaml")
    assert (settings.web.port, settings.database) == (9000, "sqlite:///elsewhere.db")
    assert settings.token is not None
    assert settings.token.get_secret_value() == "123456:very-secret-token"
    assert "very-secret" not in repr(settings) + str(settings)


def test_config_may_be_json(tmp_path: Path) -> None:
    """JSON is YAML."""
    file = tmp_path / "config.json"
    file.write_text('{"groups": [{"chat": -1, "name": "群", "kind": "merchants"}]}', encoding="utf-8")
    assert load(file).groups[0].name == "群"


def test_key_of_the_second_reader_comes_from_the_environment_and_does_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is in no repr; one that does not fit into a header is refused without being repeated."""
    monkeypatch.setenv("QUNBAN_LLM_KEY", "sk-very-secret")
    settings = build({"groups": []})
    assert settings.second_reader.url == ""
    assert "very-secret" not in repr(settings) + str(settings.model_dump())
    monkeypatch.setenv("QUNBAN_LLM_KEY", "sk-very\nsecret")
    with pytest.raises(SettingsRefused, match="QUNBAN_LLM_KEY") as refused:
        build({"groups": []})
    assert "secret" not in str(refused.value)
