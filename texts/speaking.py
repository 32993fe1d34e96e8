"""In which language something is put: that of the chat it goes to. Whoever brings a page says which (`speaking`)."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, partial, wraps
from typing import Any, ParamSpec, TypeVar

from fluent.runtime.types import fluent_number
from fluent.syntax import ast

from texts import catalogue
from texts.catalogue import DEFAULT, LANGUAGES
from texts.page import Page

Words = Callable[[], Page]
"""A page that is put into words by whoever brings it to a chat, in that chat's language."""
Key = TypeVar("Key", bound=str)
Given = ParamSpec("Given")
_SPOKEN: ContextVar[str] = ContextVar("spoken", default=DEFAULT)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """What is put into words in here is in this language; in one that nobody speaks, in Chinese."""
    before = _SPOKEN.set(language if language in LANGUAGES else DEFAULT)
    try:
        yield
    finally:
        _SPOKEN.reset(before)


def spoken() -> str:
    """The language spoken now."""
    return _SPOKEN.get()


def tell(name: str, /, **facts: Any) -> str:
    """The sentence of that name in the language spoken; numbers stand as they are, words must be escaped already."""
    return catalogue.say(spoken(), name, **{key: _fact(value) for key, value in facts.items()})


def _fact(value: Any) -> Any:
    return fluent_number(value, useGrouping=False) if isinstance(value, int | float) else value


def matter(code: str | None) -> str:
    """What a matter is called."""
    return catalogue.matter(spoken(), code)


class Named(Mapping[Key, str]):
    """Words of one kind by what they stand for in the tables: `STATUS[Status.OPENED]` is 待派遣, or To dispatch."""

    def __init__(self, kind: str, keys: Iterable[Key]) -> None:
        self._names = {key: f"{kind}-{key}".lstrip("-").replace("_", "-") for key in keys}

    def __getitem__(self, key: Key) -> str:
        return tell(self._names[key])

    def __iter__(self) -> Iterator[Key]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def __contains__(self, key: object) -> bool:
        return key in self._names

    def get(self, key: Any, default: Any = None) -> Any:
        """The word, or the default where there is none."""
        return self[key] if key in self._names else default


def later(make: Callable[Given, Page]) -> Callable[Given, Words]:
    """A page that goes to a chat which only its bringer knows: called, it waits for that one's language."""

    @wraps(make)
    def put_off(*args: Given.args, **kwargs: Given.kwargs) -> Words:
        return partial(make, *args, **kwargs)

    return put_off


def fixed(name: str) -> Words:
    """A page that is one sentence, the same for everybody."""
    return partial(_page, name)


def _page(name: str) -> Page:
    return Page(tell(name))


# --- what tables keep ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that is chosen with a button: a sentence of kept.ftl, said in the chat's language, kept in Chinese."""

    name: str
    n: int = 0

    @property
    def label(self) -> str:
        """On the button."""
        return tell(self.name, n=self.n)

    @property
    def kept(self) -> str:
        """In the tables."""
        return catalogue.say(DEFAULT, self.name, n=self.n)


def chosen(words: str, offered: Iterable[Choice]) -> str:
    """What was taken from a list of these, as the tables keep it; what somebody wrote herself stands."""
    return next((choice.kept for choice in offered if choice.label == words), words)


def kept(name: str) -> str:
    """A sentence as the tables keep it."""
    return Choice(name).kept


def again(words: str) -> str:
    """What a table keeps in Chinese, in the language spoken; what people wrote stands as they wrote it."""
    if spoken() == DEFAULT or not words:
        return words
    if words in catalogue.codes():
        return matter(catalogue.codes()[words])
    for name, shape in _shapes().items():
        if found := shape.fullmatch(words):
            return tell(name, **{key: _number(value) for key, value in found.groupdict().items()})
    return words


@cache
def _shapes() -> dict[str, re.Pattern[str]]:
    """The Chinese of kept.ftl as patterns, in which `{ $n }` is a number."""
    held = catalogue.contents(DEFAULT, catalogue.KEPT).items()
    return {
        name: re.compile("".join(map(_shape, sentence.value.elements))) for name, sentence in held if sentence.value
    }


def _shape(part: Any) -> str:
    return re.escape(str(part.value)) if isinstance(part, ast.TextElement) else r"(?P<n>\d+(?:\.\d+)?)"


def _number(figures: str) -> int | float:
    return int(figures) if figures.isdecimal() else float(figures)
