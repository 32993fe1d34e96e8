"""What the reader gets wrong on conversations unknown to it, each with why: docs/misses.md, made by measure.py."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from models.reading import Reading
from scripts.examples import ROOT
from scripts.folds import Told
from scripts.scenes import Seen
from scripts.why import CONFUSED, IMAGINED, UNHEARD, Reasons, why

PAGE = ROOT / "docs" / "misses.md"
HEAD = """# What the reader gets wrong, and why

Conversations of [the corpus](../corpus/README.md) that the models did not know ([how](reading.md#measured)). Made by
`python -m scripts.measure`. The reason is what the reader saw: the first that holds of the list in `scripts/why.py`.
"""
LONGEST = 70


@dataclass(frozen=True, slots=True)
class Miss:
    """A message read wrong: its kind of mistake, its words, why."""

    kind: str
    words: str
    why: str


def of_openings(told: list[Told], at: float) -> Iterator[Miss]:
    """Openings not heard, and talk taken for one: those furthest off first."""
    for one in sorted(told, key=lambda one: one.opening):
        if one.seen.kind == "opening" and one.opening < at:
            yield Miss("an opening not heard", _words(one.seen), _why(one.seen, UNHEARD))
    for one in sorted(told, key=lambda one: -one.opening):
        if one.seen.kind == "talk" and one.opening >= at:
            yield Miss("talk taken for an opening", _words(one.seen), _why(one.seen, IMAGINED))


def of_matters(read: list[tuple[Seen, Reading]]) -> Iterator[Miss]:
    """Openings whose matter is neither the gold's nor one of those that a clerk could defend."""
    for one, reading in read:
        gold = one.ticket or {}
        said = reading.found.matter if reading.found else None
        if said not in {gold["matter"], *gold["also"]}:
            words = f"{_words(one)} ({gold['matter'] or 'none'}, read as {said or 'none'})"
            yield Miss("another matter", words, _why(one, CONFUSED))


def summary(told: list[Told], read: list[tuple[Seen, Reading]], at: float) -> list[str]:
    """How many of each kind and reason."""
    counted = Counter((miss.kind, miss.why) for miss in (*of_openings(told, at), *of_matters(read)))
    body = [
        f"| {kind} | {why} | {times} |"
        for (kind, why), times in sorted(counted.items(), key=lambda it: (it[0][0], -it[1]))
    ]
    return ["Each of them stands in [misses.md](misses.md).", "", "| mistake | why | times |", "|---|---|---|", *body]


def write(told: list[Told], read: list[tuple[Seen, Reading]], at: float) -> None:
    """All of them, into the page."""
    every = [*of_openings(told, at), *of_matters(read)]
    lines = [HEAD]
    for kind in dict.fromkeys(miss.kind for miss in every):
        these = [miss for miss in every if miss.kind == kind]
        lines += [f"## {kind.capitalize()}: {len(these)}", ""]
        lines += [f"- {miss.words} — {miss.why}" for miss in these] + [""]
    PAGE.write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")


def _why(one: Seen, reasons: Reasons) -> str:
    staff = any(name.startswith("o") for name in one.grams)
    return why(one.said.text, "officer" if staff else "merchant", reasons)


def _words(one: Seen) -> str:
    return " ".join(one.said.text.split())[:LONGEST] or "(no words)"
