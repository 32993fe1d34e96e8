"""Holds calls and objects against a machine-readable Bot API: known and required fields, types, limits, recursively."""

import json
import re
from pathlib import Path
from typing import Any

from playground.formatting import parse, units

Json = dict[str, Any]
CONSTANT = re.compile(r"(?:always \"(\w+)\"|must be (\w+)$)")
CHARACTERS = re.compile(r"(\d+)-(\d+) characters")
BYTES = re.compile(r"(\d+)-(\d+) bytes")
ITEMS = re.compile(r"must include (\d+)-(\d+) items")
BETWEEN = re.compile(r"between (\d+)(?:-| and )(\d+)")


class Contract:
    """The methods and types of one version of the Bot API."""

    def __init__(self, path: Path) -> None:
        spec = json.loads(path.read_text(encoding="utf-8"))
        self.types: Json = spec["types"]
        self.methods: Json = {name.lower(): method for name, method in spec["methods"].items()}

    def wrong_with_call(self, name: str, params: Json, files: list[str]) -> list[str]:
        """What is wrong with a call; nothing where it may be sent."""
        method = self.methods.get(name.lower())
        if method is None:
            return [f"{name}: no such method"]
        fields = {field["name"]: field for field in method.get("fields", [])}
        given = {**dict.fromkeys(files, "attach://"), **params}
        uploads = {value.removeprefix("attach://") for value in map(str, given.values())}
        unknown = [key for key in given if key not in fields and key not in files and key not in uploads]
        wrong = [f"{name}.{key}: unknown" for key in unknown]
        wrong += [f"{name}.{key}: missing" for key, field in fields.items() if field["required"] and key not in given]
        for key in given.keys() & fields.keys():
            value = _opened(given[key], fields[key]["types"])
            wrong += self.wrong_with(value, fields[key]["types"], f"{name}.{key}")
            wrong += _limits(value, fields[key]["description"], f"{name}.{key}", given.get("parse_mode"))
        return wrong

    def wrong_with_answer(self, name: str, result: Any) -> list[str]:
        """What is wrong with a method's result."""
        return self.wrong_with(result, self.methods[name.lower()]["returns"], name)

    def wrong_with_update(self, update: Json) -> list[str]:
        """What is wrong with an update: its id and exactly one kind."""
        kinds = [key for key in update if key != "update_id"]
        return ([] if len(kinds) == 1 else [f"update of kinds {kinds}"]) + self.wrong_with(update, ["Update"], "update")

    def wrong_with(self, value: Any, types: list[str], where: str) -> list[str]:
        """What is wrong with a value that may be of any of these types: the list of the best fit."""
        return min((self._as(value, kind, where) for kind in types), key=len)

    def _as(self, value: Any, kind: str, where: str) -> list[str]:
        if kind.startswith("Array of "):
            if not isinstance(value, list):
                return [f"{where}: no array but {value!r:.60}"]
            inner = kind.removeprefix("Array of ")
            return [w for i, item in enumerate(value) for w in self._as(item, inner, f"{where}[{i}]")]
        plain = {
            "Integer": lambda: isinstance(value, int) and not isinstance(value, bool),
            "Float": lambda: isinstance(value, int | float) and not isinstance(value, bool),
            "String": lambda: isinstance(value, str),
            "Boolean": lambda: isinstance(value, bool),
            "InputFile": lambda: isinstance(value, str) and value.startswith("attach://"),
        }.get(kind)
        if plain is not None:
            return [] if plain() else [f"{where}: no {kind} but {value!r:.60}"]
        subtypes = self.types[kind].get("subtypes")
        return self.wrong_with(value, subtypes, where) if subtypes else self._object(value, kind, where)

    def _object(self, value: Any, kind: str, where: str) -> list[str]:
        if not isinstance(value, dict):
            return [f"{where}: no {kind} but {value!r:.60}"]
        fields = {field["name"]: field for field in self.types[kind].get("fields", [])}
        wrong = [f"{where}.{key}: not in {kind}" for key in value if key not in fields]
        wrong += [
            f"{where}.{key}: missing in {kind}" for key, f in fields.items() if f["required"] and key not in value
        ]
        for key in value.keys() & fields.keys():
            wrong += self.wrong_with(value[key], fields[key]["types"], f"{where}.{key}")
            wrong += _limits(value[key], fields[key]["description"], f"{where}.{key}", None)
        return wrong


def _opened(value: Any, types: list[str]) -> Any:
    """A parameter as it was meant: forms carry numbers and objects as text."""
    if not isinstance(value, str) or ("String" in types and "Integer" not in types):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def _limits(value: Any, description: str, where: str, mode: Any) -> list[str]:
    if isinstance(value, str):
        if (found := CONSTANT.search(description)) and value not in found.groups():
            return [f"{where}: {value!r} is not {found[found.lastindex or 0]!r}"]
        if found := BYTES.search(description):
            return _between(len(value.encode()), found, where)
        if (found := CHARACTERS.search(description)) and value:
            return _between(units(parse(value, mode)[0]), found, where)
    if isinstance(value, list) and (found := ITEMS.search(description)):
        return _between(len(value), found, where)
    if isinstance(value, int) and not isinstance(value, bool) and (found := BETWEEN.search(description)):
        return _between(value, found, where)
    return []


def _between(size: int, found: re.Match[str], where: str) -> list[str]:
    return [] if int(found[1]) <= size <= int(found[2]) else [f"{where}: {size} is not within {found[0]}"]
