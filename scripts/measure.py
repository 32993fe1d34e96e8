"""Measures the models on conversations unknown to them: `python -m scripts.measure` renews docs/reading.md.

Five times a fifth of the conversations is held out, whole; the models are trained on the rest and read what was held
out, each message in the scene that the gold makes of what was before. Takes some minutes.
"""

import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from models.reading import Reading
from models.said import Speaker
from models.words import Demand
from reading.model import KINDS, Head, softmax
from reading.reader import Reader
from scripts.scenes import Seen, alone, conversation, conversations, lines
from scripts.train import HEADS, ROOT, Row, rows, train

PAGE = ROOT / "docs" / "reading.md"
BEGIN, END = "<!-- measured: begin (made by `python -m scripts.measure`) -->", "<!-- measured: end -->"
FOLDS = 5
THRESHOLDS = (0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.7)
SHOWN = 25
MERCHANT = Speaker("somebody")


@dataclass(frozen=True, slots=True)
class Told:
    """A message held out, and how likely each kind was."""

    seen: Seen
    chances: tuple[float, ...]

    @property
    def opening(self) -> float:
        """How likely it opens a ticket."""
        return self.chances[KINDS.index("opening")]


class Measure:
    """The folds, and what was measured on them."""

    def __init__(self) -> None:
        self.talks = {base.name: list(conversation(base)) for base in conversations()}
        self.alone = [alone(sentence, number) for number, sentence in enumerate(lines("sentences.jsonl"))]
        self.letters = lines("letters.jsonl")

    def folds(self, share: float = 1.0) -> Iterator[tuple[list[Seen], list[Seen]]]:
        """What is trained on (or a share of its conversations) and what is held out."""
        names = list(self.talks)
        for fold in range(FOLDS):
            out = names[fold::FOLDS]
            kept = [name for name in names if name not in out]
            kept = kept[: max(1, round(len(kept) * share))]
            trained = [one for name in kept for one in self.talks[name]] + self.alone[: round(len(self.alone) * share)]
            yield trained, [one for name in out for one in self.talks[name]]

    def kinds(self, share: float = 1.0, looks: Callable[[Row], Row] = lambda row: row) -> list[Told]:
        """Every message of the corpus, by models that did not know its conversation."""
        found = []
        for trained, out in self.folds(share):
            head = HEADS["kind"]([looks(row) for row in rows(trained, [])["kind"]])
            found += [_told(head, one, looks) for one in out]
        return found

    def readings(self) -> list[tuple[Seen, Reading]]:
        """Every opening with words, read by models that did not know its conversation."""
        found = []
        for trained, out in self.folds():
            with tempfile.TemporaryDirectory() as folder:
                train(trained, self.letters, Path(folder))
                reader = Reader(weights=Path(folder))
                found += [
                    (one, reader.read(one.said.text, MERCHANT)) for one in out if one.ticket and one.said.text.strip()
                ]
        return found


def _told(head: Head, one: Seen, looks: Callable[[Row], Row]) -> Told:
    row = looks(Row(one.grams, one.text | one.scene, one.kind))
    return Told(one, tuple(softmax(head.logits(row.grams, row.others)).tolist()))


# --- tables ----------------------------------------------------------------------------------------------------------


def _f1(told: list[Told], at: float) -> tuple[float, float, float, float]:
    """Precision, recall and f1 of openings, and false tickets per 1,000 messages of talk."""
    opened = [one for one in told if one.opening >= at]
    right = sum(one.seen.kind == "opening" for one in opened)
    wanted = sum(one.seen.kind == "opening" for one in told)
    talk = sum(one.seen.kind == "talk" for one in told)
    false = 1000 * sum(one.seen.kind == "talk" for one in opened) / talk
    return right / max(1, len(opened)), right / wanted, 2 * right / (len(opened) + wanted), false


def thresholds(told: list[Told]) -> list[str]:
    """What each threshold would do."""
    body = [
        f"| {at:.2f} | " + " | ".join(f"{v:.3f}" for v in _f1(told, at)[:3]) + f" | {_f1(told, at)[3]:.1f} |"
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


def misses(told: list[Told], at: float) -> list[str]:
    """Openings not heard, and talk taken for one: the likeliest first."""
    unheard = sorted(
        (one for one in told if one.seen.kind == "opening" and one.opening < at), key=lambda one: one.opening
    )
    false = sorted((one for one in told if one.seen.kind == "talk" and one.opening >= at), key=lambda one: -one.opening)
    sections = (("Openings not heard", unheard), ("Talk taken for an opening", false))
    found = []
    for title, list_ in sections:
        found += [f"**{title}: {len(list_)}**, of which the {min(SHOWN, len(list_))} that were furthest off:", ""]
        found += [f"- {one.opening:.2f} {_words(one.seen)}" for one in list_[:SHOWN]] + [""]
    return found


def _words(one: Seen) -> str:
    return " ".join(one.said.text.split())[:60] or "(a pin, a picture or a voice note alone)"


def curve(measure: Measure) -> list[str]:
    """Does more text help."""
    body = []
    for share in (0.25, 0.5, 1.0):
        told = measure.kinds(share)
        best = max(THRESHOLDS, key=lambda at: _f1(told, at)[2])
        body.append(f"| {share:.0%} | {_f1(told, best)[2]:.3f} | {_f1(told, best)[3]:.1f} |")
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
        body.append(f"| {name} | {max(_f1(told, at)[2] for at in THRESHOLDS):.3f} |")
    return ["| without | f1 of openings |", "|---|---|", *body]


def main() -> None:
    """Measure and write the page anew."""
    measure = Measure()
    told, read, at = measure.kinds(), measure.readings(), Reader().sure.open
    sections = {
        "Thresholds": thresholds(told), "Kinds": confusion(told), "Facts of an opening": facts(read),
        "Matters mistaken": mistaken(read), "Does more text help": curve(measure),
        "What is worth what": without(measure), "What is missed": misses(told, at),
    }  # fmt: skip
    messages = [one for talk in measure.talks.values() for one in talk]
    openings = sum(one.kind == "opening" for one in messages)
    made = [f"{len(measure.talks)} conversations, {len(messages)} messages, {openings} openings."]
    for title, body in sections.items():
        made += ["", f"### {title}", "", *body]
    page = PAGE.read_text(encoding="utf-8")
    head, _, rest = page.partition(BEGIN)
    _, _, tail = rest.partition(END)
    PAGE.write_text(f"{head}{BEGIN}\n" + "\n".join(made).rstrip() + f"\n{END}{tail}", encoding="utf-8")


if __name__ == "__main__":
    main()
