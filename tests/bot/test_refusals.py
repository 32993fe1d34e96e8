"""A wrong setting in one sentence: which one, and what to write instead."""

from enum import StrEnum
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from bot.refusals import sentence


class Kind(StrEnum):
    """Two words that may stand there."""

    SQUAD = "squad"
    LEADS = "leads"


class Closed(BaseModel):
    """Refuses what it does not know."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Group(Closed):
    """One of a list."""

    chat: int
    kind: Kind = Kind.SQUAD


class Book(Closed):
    """All kinds of values that settings have."""

    groups: list[Group] = []
    limits: dict[str, Annotated[int, Field(ge=1)]] = {}
    size: Annotated[int, Field(le=9)] = 1
    share: Annotated[float, Field(gt=0, lt=1)] = 0.5
    name: str = ""
    receive: Literal["polling", "webhook"] = "polling"
    quiet: bool = False
    wished: str = ""

    @field_validator("wished")
    @classmethod
    def _wish(cls, value: str) -> str:
        if value == "bad":
            raise ValueError("wished 写得不对，请写好")
        return value


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"grups": []}, "不认识的键 grups，是不是想写 groups"),
    ({"xyzzy": 1}, "不认识的键 xyzzy，请删掉它"),
    ({"size": "x", "xyzzy": 1}, "不认识的键 xyzzy，请删掉它"),
    ({"groups": [{"chat": 1}, {"chat": 2, "knd": 1}]}, "不认识的键 groups 第2个的 knd，是不是想写 kind"),
    ({"groups": [{}]}, "缺少 groups 第1个的 chat，请补上"),
    ({"groups": [7]}, "groups 第1个 的值“7”不对，请写“键: 值”"),
    ({"groups": 7}, "groups 的值“7”不对，请写一列（每行以 - 开头）"),
    ({"limits": 7}, "limits 的值“7”不对，请写“键: 值”"),
    ({"limits": {"a": 0}}, "limits.a 的值“0”不对，最小是 1"),
    ({"limits": {3: 1}}, "limits.3 的值“3”不对，请写文字"),
    ({"size": 10}, "size 的值“10”不对，最大是 9"),
    ({"size": "x" * 99}, f"size 的值“{'x' * 60}”不对，请写整数"),
    ({"share": 1.0}, "share 的值“1.0”不对，最大是 1.0"),
    ({"share": 0.0}, "share 的值“0.0”不对，最小是 0.0"),
    ({"share": "x"}, "share 的值“x”不对，请写数字"),
    ({"name": 5}, "name 的值“5”不对，请写文字"),
    ({"receive": "post"}, "receive 的值“post”不对，可以写 polling、webhook"),
    ({"quiet": "x"}, "quiet 的值“x”不对，请写别的值"),
    ({"wished": "bad"}, "wished 写得不对，请写好"),
]


@pytest.mark.parametrize(("given", "said"), WRONG, ids=str)
def test_wrong_setting_is_one_sentence(given: dict[str, Any], said: str) -> None:
    """What is unknown before what is wrong; people count from one; a long value is cut."""
    with pytest.raises(ValidationError) as caught:
        Book.model_validate(given)
    assert sentence(caught.value, ["groups", "chat", "kind", "size"]) == said


def test_word_of_a_list_is_named_with_those_that_may_stand_there() -> None:
    """An enum's words as pydantic quotes them."""
    with pytest.raises(ValidationError) as caught:
        Group.model_validate_json('{"chat": 1, "kind": "squat"}')
    assert sentence(caught.value, []) == "kind 的值“squat”不对，可以写 squad、leads"
