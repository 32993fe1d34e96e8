"""A wrong setting in one Chinese sentence."""

from difflib import get_close_matches
from itertools import zip_longest
from typing import Any

from pydantic import ValidationError


def sentence(error: ValidationError, known: list[str]) -> str:
    """The first thing that is wrong, and what to write instead; `known` are the keys that there are."""
    found = error.errors()
    first = next((one for one in found if one["type"] == "extra_forbidden"), found[0])
    where, kind = _place(first["loc"]), first["type"]
    if kind == "extra_forbidden":
        key = str(first["loc"][-1])
        near = get_close_matches(key, known, n=1, cutoff=0.5)
        return f"不认识的键 {where}" + (f"，是不是想写 {near[0]}" if near else "，请删掉它")
    if kind == "missing":
        return f"缺少 {where}，请补上"
    if kind == "value_error":
        return str(first["ctx"]["error"])
    return f"{where} 的值“{str(first['input'])[:60]}”不对，{_wanted(kind, first.get('ctx') or {})}"


def _place(location: tuple[int | str, ...]) -> str:
    """「groups 第1个的 chat」: people count from one; a number that is a key is no place in a row."""
    words = ""
    for part, after in zip_longest(location, location[1:]):
        if isinstance(part, int) and after != "[key]":
            words += f" 第{part + 1}个的"
        elif part != "[key]":
            words += f"{'' if not words else ' ' if words.endswith('的') else '.'}{part}"
    return words.removesuffix("的")


def _wanted(kind: str, facts: dict[str, Any]) -> str:
    """What should stand there, in Chinese, for the kinds of error that the settings can have."""
    if "le" in facts or "lt" in facts:
        return f"最大是 {facts.get('le', facts.get('lt'))}"
    if "ge" in facts or "gt" in facts:
        return f"最小是 {facts.get('ge', facts.get('gt'))}"
    if kind in {"literal_error", "enum"}:
        return f"可以写 {str(facts.get('expected', '')).replace(' or ', '、').replace(', ', '、').replace(chr(39), '')}"
    named = {
        "int": "整数",
        "float": "数字",
        "string": "文字",
        "list": "一列（每行以 - 开头）",
        "dict": "“键: 值”",
        "model": "“键: 值”",
    }
    return f"请写{next((words for start, words in named.items() if kind.startswith(start)), '别的值')}"
