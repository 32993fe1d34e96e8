"""Measures the models on conversations unknown to them: `python -m scripts.measure` renews docs/reading.md, misses.md.

Five times a fifth of the conversations is held out, whole; the models are trained on the rest and read what was held
out, each message in the scene that the gold makes of what was before. Takes some minutes.
"""

from collections import Counter
from collections.abc import Callable

import numpy as np

from models.reading import Reading
from models.words import Demand
from reading.model import KINDS
from reading.reader import Reader
from scripts import misheard, misses
from scripts.examples import ROOT, Row
from scripts.folds import THRESHOLDS, Measure, Told, best, f1
from scripts.scenes import Seen

PAGE = ROOT / "docs" / "reading.md"
BEGIN, END = "<!-- measured: begin (made by `python -m scripts.measure`) -->", "<!-- measured: end -->"
SHOWN = 25


# --- tables ----------------------------------------------------------------------------------------------------------


def thresholds(told: list[Told]) -> list[str]:
    """What each threshold would do."""
    body = [
        f"| {at:.2f} | " + " | ".join(f"{v:.3f}" for v in f1(told, at)[:3]) + f" | {f1(told, at)[3]:.1f} |"
        for at in THRESHOLDS
    ]
    return ["| opens at | precision | recall | f1 | false tickets per 1,000 of talk |", "|---|---|---|---|---|", *body]


def confusion(told: list[Told]) -> list[str]:
    """Which kind is taken for which."""
    counted = Counter((one.seen.kind, KINDS[int(np.argmax(one.chances))]) for one in told)
    body = [f"| {kind} | " + " | ".join(str(counted[kind, other]) for other in KINDS) + " |" for kind in KINDS]
    return [f"| is | {' | '.join(f'read as {kind}' for kind in KINDS)} |", "|---|---|---|---|", *body]


def facts(read: list[tuple[Seen, Reading]]) -> list[str]:
    """How often each fact of an opening is right."""
    shares = {
        "matter (or one that a clerk could defend)": [_matter_right(one, reading) for one, reading in read],
        "matter, where it has one": [_matter_right(one, r) for one, r in read if one.ticket and one.ticket["matter"]],
        "demand": [_demand(reading) == one.ticket["demand"] for one, reading in read if one.ticket],
        "urgent": [bool(_found(r, "urgent")) == one.ticket["urgent"] for one, r in read if one.ticket],
        "emergency": [_found(r, "emergency") == one.ticket["emergency"] for one, r in read if one.ticket],
        "elsewhere": [bool(_found(r, "elsewhere")) == one.ticket["elsewhere"] for one, r in read if one.ticket],
    }  # fmt: skip
    places = [_overlap(one, reading) for one, reading in read if one.spots]
    body = [f"| {name} | {len(right)} | {sum(right) / len(right):.3f} |" for name, right in shares.items()]
    body.append(f"| place, overlap of signs | {len(places)} | {sum(places) / len(places):.3f} |")
    return ["| fact | openings | right |", "|---|---|---|", *body]


def _found(reading: Reading, name: str, otherwise: object = None) -> object:
    return getattr(reading.found, name) if reading.found else otherwise


def _demand(reading: Reading) -> object:
    return _found(reading, "demand", Demand.REPORT)


def _matter_right(one: Seen, reading: Reading) -> bool:
    ticket = one.ticket or {}
    return _found(reading, "matter") in {ticket["matter"], *ticket["also"]}


def _overlap(one: Seen, reading: Reading) -> float:
    text = one.said.text
    gold, found = _signs(text, one.spots), _signs(text, list(reading.places))
    return len(gold & found) / len(gold | found) if gold | found else 1.0


def _signs(text: str, pieces: list[str]) -> set[int]:
    return {at for piece in pieces if piece in text for at in range(text.find(piece), text.find(piece) + len(piece))}


def mistaken(read: list[tuple[Seen, Reading]]) -> list[str]:
    """The matters most often taken for another."""
    wrong = Counter(
        (one.ticket["matter"] or "–", _found(reading, "matter") or "–")
        for one, reading in read
        if one.ticket and not _matter_right(one, reading)
    )
    body = [f"| {gold} | {said} | {times} |" for (gold, said), times in wrong.most_common(SHOWN)]
    return ["| matter | read as | times |", "|---|---|---|", *body]


def curve(measure: Measure) -> list[str]:
    """Does more text help."""
    body = []
    for share in (0.25, 0.5, 1.0):
        told = measure.kinds(share)
        best = max(THRESHOLDS, key=lambda at: f1(told, at)[2])
        body.append(f"| {share:.0%} | {f1(told, best)[2]:.3f} | {f1(told, best)[3]:.1f} |")
    return ["| of the conversations | f1 of openings | false per 1,000 of talk |", "|---|---|---|", *body]


def without(measure: Measure) -> list[str]:
    """What each kind of feature is worth: f1 without it."""
    looks: dict[str, Callable[[Row], Row]] = {
        "groups of signs": lambda row: Row(set(), row.others, row.answer),
        "what the rules and the lexicon say": lambda row: Row(
            row.grams, {n for n in row.others if n[0] == "X"}, row.answer
        ),
        "the scene": lambda row: Row(row.grams, {n for n in row.others if n[0] != "X"}, row.answer),
    }
    body = []
    for name, look in looks.items():
        told = measure.kinds(looks=look)
        body.append(f"| {name} | {best(told):.3f} |")
    return ["| without | f1 of openings |", "|---|---|", *body]


def main() -> None:
    """Measure and write the page anew."""
    measure = Measure()
    told, read, at = measure.kinds(), measure.readings(), Reader().sure.open
    sections = {
        "Thresholds": thresholds(told), "Kinds": confusion(told), "Facts of an opening": facts(read),
        "Matters mistaken": mistaken(read), "Does more text help": curve(measure),
        "What is worth what": without(measure), "Words misheard": misheard.table(measure),
        "What is missed": misses.summary(told, read, at),
    }  # fmt: skip
    messages = [one for talk in measure.talks.values() for one in talk]
    openings = sum(one.kind == "opening" for one in messages)
    made = [f"{len(measure.talks)} conversations, {len(messages)} messages, {openings} openings."]
    for title, body in sections.items():
        made += ["", f"### {title}", "", *body]
    page = PAGE.read_text(encoding="utf-8")
    head, _, rest = page.partition(BEGIN)
    _, _, tail = rest.partition(END)
    misses.write(told, read, at)
    PAGE.write_text(f"{head}{BEGIN}\n" + "\n".join(made).rstrip() + f"\n{END}{tail}", encoding="utf-8")


if __name__ == "__main__":
    main()
