"""The models' files and sums, the chain that marks places, and training itself on a little of the corpus."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reading import spotting
from reading.cleaning import clean
from reading.model import WEIGHTS, Head, Models, load, softmax
from reading.reader import Reader

REPO = Path(__file__).parent.parent.parent
PLACES = load().place
HEAD = Head.of(
    ("no", "yes"), ("c堵", "c车", "Qrequest"), np.array([[0, 1], [0.5, 0], [-1, 2]], np.float32),
    np.array([0.25, 0], np.float32),
)  # fmt: skip
OTHER = Head.of(("a", "b", "c"), ("c车", "X"), np.ones((2, 3), np.float32), np.zeros(3, np.float32))
TOGETHER = Models.of(
    kind=HEAD, scope=OTHER, demand=OTHER, matter=OTHER, urgent=OTHER, emergency=OTHER, place=OTHER, party=OTHER
)


def test_models_come_back_from_their_file(tmp_path: Path) -> None:
    """What is known, weights, bias and answers of every head, with nothing lost."""
    TOGETHER.save(tmp_path / "models.npz")
    again = Models.load(tmp_path / "models.npz")
    for before, after in ((TOGETHER.kind, again.kind), (TOGETHER.place, again.place)):
        assert after.answers == before.answers
        for part in ("row", "weights", "bias"):
            assert np.array_equal(getattr(after, part), getattr(before, part))
    assert np.array_equal(again.names.known, TOGETHER.names.known)


def test_head_sums_what_it_knows_and_passes_by_the_rest() -> None:
    """Grams count as if there were eight at least; other features count whole; unknown ones not at all."""
    find = HEAD.names.find
    assert HEAD.sum(find({"Qrequest", "unheard of"})).tolist() == [-1, 2]
    assert HEAD.logits(find({"c堵", "c?"}), find(())) == pytest.approx([0.25, 1 / 8**0.5])
    assert list(HEAD.chances(find({"c堵"}), find({"Qrequest"}))) == ["yes", "no"]
    assert HEAD.sum(find(set())).tolist() == [0, 0]


@given(st.lists(st.sampled_from(["c堵", "c车", "Qrequest", "X", "unheard of"]), unique=True))
def test_head_sums_the_same_among_others(features: list[str]) -> None:
    """What one head alone makes of features it makes of them beside others, one by one or many at once."""
    for alone, beside in ((HEAD, TOGETHER.kind), (OTHER, TOGETHER.place)):
        one = alone.sum(alone.names.find(features))
        assert np.array_equal(one, beside.sum(TOGETHER.names.find(features)))
        assert np.array_equal(np.array([one, one * 0]), beside.sums([features, ()]))


@given(st.lists(st.floats(-50, 50), min_size=2, max_size=6))
def test_chances_sum_to_one(logits: list[float]) -> None:
    """However far apart."""
    assert float(softmax(np.array(logits, np.float32)).sum()) == pytest.approx(1, abs=1e-5)


@given(st.text(max_size=60))
def test_places_are_apart_and_in_order(words: str) -> None:
    """Whatever is said: at most four spans, none over another, all within."""
    text = clean(words).text
    spans = spotting.spans(PLACES, text)
    assert len(spans) <= spotting.MOST
    edges = [edge for span in spans for edge in span]
    assert edges == sorted(edges)
    assert all(0 <= start < end <= len(text) for start, end in spans)


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("凤鸣路31号门口垃圾堆了一地", "凤鸣路31号门口"),
        ("幸福小区东门垃圾没人收", "幸福小区东门"),
        ("海棠路和学院路路口红绿灯不亮", "海棠路和学院路路口"),
    ],
)
def test_place_ends_where_the_matter_begins(words: str, place: str) -> None:
    """It is cut whole, and no word of the matter hangs on it."""
    [(start, end)] = spotting.spans(PLACES, words)
    assert words[start:end] == place


def test_weights_are_small() -> None:
    """Under 20 MB."""
    assert WEIGHTS.stat().st_size < 20 * 2**20


def test_training_gives_models_that_read(tmp_path: Path) -> None:
    """Two conversations are enough to tell a plain complaint from a greeting."""
    pytest.importorskip("sklearn", reason="training needs requirements/train.txt, running does not")
    pytest.importorskip("pycrfsuite", reason="training needs requirements/train.txt, running does not")
    from scripts import scenes, train  # noqa: PLC0415 - imports what is only there for training

    bases = [REPO / "corpus" / name for name in ("schoolgate", "textile-street")]
    weights = tmp_path / "models.npz"
    train.train(
        [one for base in bases for one in scenes.conversation(base)], scenes.lines("letters.jsonl")[:200], weights
    )
    reader = Reader(weights=weights)
    plain, greeting = (reader.read(words).kinds for words in ("门口井盖没了，差点摔跤，来人修一下", "早上好"))
    assert plain[2] - plain[0] > greeting[2] - greeting[0]
