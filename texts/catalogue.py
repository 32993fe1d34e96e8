"""The catalogue: every sentence by its name, in Chinese and in English, from texts/locale.

A folder a language, a file a subject, the same files in each. What stands in kept.ftl tables keep too, in Chinese.
"""

import csv
from functools import cache
from pathlib import Path
from typing import Any

from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax import FluentParser, ast

from models.matters import MATTERS, matter_name

FOLDER = Path(__file__).parent / "locale"
LANGUAGES = ("zh", "en")
DEFAULT = "zh"
KEPT = "kept"
"""The file whose sentences tables keep."""
LONG = 1000
"""The library refuses facts of over 2,500 signs. Escaped, people's words may have as many: a sign stands for them."""


@cache
def _bundle(language: str) -> FluentBundle:
    bundle = FluentBundle([language], use_isolating=False)
    for file in files(language):
        bundle.add_resource(FluentResource(file.read_text(encoding="utf-8")))
    return bundle


def files(language: str) -> list[Path]:
    """The catalogue of one language."""
    return sorted((FOLDER / language).glob("*.ftl"))


def say(language: str, name: str, /, **facts: Any) -> str:
    """The sentence of that name. Raises LookupError for a name that is not in the catalogue."""
    bundle = _bundle(language if language in LANGUAGES else DEFAULT)
    if not bundle.has_message(name):
        raise LookupError(f"no sentence {name!r} in the catalogue")
    pattern = bundle.get_message(name).value
    if pattern is None:
        raise LookupError(f"sentence {name!r} is empty")
    long = {key: fact for key, fact in facts.items() if isinstance(fact, str) and len(fact) > LONG}
    words, errors = bundle.format_pattern(pattern, facts | {key: f"\x00{key}\x00" for key in long})
    if errors:
        raise LookupError(f"sentence {name!r}: {errors[0]}")
    told = str(words)
    for key, fact in long.items():
        told = told.replace(f"\x00{key}\x00", fact)
    return told


@cache
def _matters(language: str) -> dict[str, str]:
    """Names of the matters in a language that is not the standard's own."""
    with (FOLDER / language / "matters.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["name"] for row in csv.DictReader(file)}


def matter(language: str, code: str | None) -> str:
    """What a matter is called: the standard's name, or ours for it in another language."""
    if language == DEFAULT or code is None:
        return matter_name(code) if language == DEFAULT else say(language, "other-matter")
    return _matters(language).get(code) or matter_name(code)


@cache
def named_in(language: str) -> dict[str, tuple[str, str]]:
    """What matters and their classes are called in a language: `matter` and its code, or `major` and its name."""
    majors = {say(language, name): say(DEFAULT, name) for name in contents(DEFAULT, KEPT) if name.startswith("major-")}
    return {name: ("matter", code) for code, name in _matters(language).items()} | {
        name: ("major", major) for name, major in majors.items()
    }


@cache
def codes() -> dict[str, str]:
    """Codes of the matters by their Chinese names."""
    return {matter.name: code for code, matter in MATTERS.items()}


def known(name: str) -> bool:
    """Whether there is a sentence of that name."""
    return _bundle(DEFAULT).has_message(name)


def contents(language: str, subject: str = "*") -> dict[str, ast.Message]:
    """Every sentence by its name, or those of one file. Raises LookupError for what is none, or stands there twice."""
    found: dict[str, ast.Message] = {}
    for file in sorted((FOLDER / language).glob(f"{subject}.ftl")):
        for entry in FluentParser().parse(file.read_text(encoding="utf-8")).body:
            if isinstance(entry, ast.Comment | ast.GroupComment | ast.ResourceComment):
                continue
            if not isinstance(entry, ast.Message) or entry.id.name in found:
                raise LookupError(f"{language}/{file.name}: {_named(entry)!r} is no sentence, or stands there twice")
            found[entry.id.name] = entry
    return found


def _named(entry: Any) -> str:
    """By which an error finds it."""
    return str(entry.content)[:60] if isinstance(entry, ast.Junk) else str(entry.id.name)


def variables(node: Any) -> set[str]:
    """Names of the variables anywhere below a node of the syntax."""
    if isinstance(node, ast.VariableReference):
        return {node.id.name}
    if isinstance(node, list):
        return {name for part in node for name in variables(part)}
    if isinstance(node, ast.BaseNode):
        return {name for part in vars(node).values() for name in variables(part)}
    return set()
