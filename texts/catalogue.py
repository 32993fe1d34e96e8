"""The catalogue of the pages: every sentence by its name, in Chinese and in English, from texts/locale."""

import csv
from functools import cache
from pathlib import Path
from typing import Any

from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax import FluentParser, ast

from models.matters import matter_name

FOLDER = Path(__file__).parent / "locale"
LANGUAGES = ("zh", "en")
DEFAULT = "zh"


@cache
def _bundle(language: str) -> FluentBundle:
    bundle = FluentBundle([language], use_isolating=False)
    bundle.add_resource(FluentResource(_source(language)))
    return bundle


def _source(language: str) -> str:
    return (FOLDER / f"{language}.ftl").read_text(encoding="utf-8")


def say(language: str, name: str, /, **facts: Any) -> str:
    """The sentence of that name. Raises LookupError for a name that is not in the catalogue."""
    bundle = _bundle(language if language in LANGUAGES else DEFAULT)
    if not bundle.has_message(name):
        raise LookupError(f"no sentence {name!r} in the catalogue")
    pattern = bundle.get_message(name).value
    if pattern is None:
        raise LookupError(f"sentence {name!r} is empty")
    words, errors = bundle.format_pattern(pattern, facts)
    if errors:
        raise LookupError(f"sentence {name!r}: {errors[0]}")
    return str(words)


@cache
def _matters(language: str) -> dict[str, str]:
    """Names of the matters in a language that is not the standard's own."""
    with (FOLDER / f"matters.{language}.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["name"] for row in csv.DictReader(file)}


def matter(language: str, code: str | None) -> str:
    """What a matter is called: the standard's name, or ours for it in another language."""
    return matter_name(code) if language == DEFAULT else _matters(language).get(code or "") or matter_name(code)


def known(name: str) -> bool:
    """Whether there is a sentence of that name."""
    return _bundle(DEFAULT).has_message(name)


def contents(language: str) -> dict[str, set[str]]:
    """Every sentence's name with the variables that it takes: a test holds that the languages are equal."""
    entries = FluentParser().parse(_source(language)).body
    junk = [str(entry.content)[:60] for entry in entries if isinstance(entry, ast.Junk)]
    if junk:
        raise LookupError(f"{language}.ftl: {junk[0]!r} is no sentence")
    return {entry.id.name: set(_variables(entry)) for entry in entries if isinstance(entry, ast.Message)}


def _variables(node: Any) -> list[str]:
    """Names of the variables anywhere below a node of the syntax."""
    if isinstance(node, ast.VariableReference):
        return [node.id.name]
    if isinstance(node, list):
        return [name for part in node for name in _variables(part)]
    if isinstance(node, ast.BaseNode):
        return [name for part in vars(node).values() for name in _variables(part)]
    return []
