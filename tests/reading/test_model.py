"""The models' files and sums, the chain that marks places, and training itself on a little of the corpus."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reading import spotting
from reading.cleaning import clean
from reading.model import WEIGHTS, Head, load, softmax
from reading.reader import Reader

REPO = Path(__file__).parent.parent.parent
PLACES = load().place
HEAD = Head(
    ("no", "yes"), ("c堵", "c车", "Qrequest"), np.array([[0, 1], [0.5, 0], [-1, 2]], np.float16),
    np.array([0.25, 0], np.float32),
)  # fmt: skip


def test_head_comes_back_from_its_file(tmp_path: Path) -> None:
    """Names, weights, bias and answers, with nothing lost."""
    HEAD.save(tmp_path / "head.npz")
    again = Head.load(tmp_path / "head.npz")
    assert (again.answers, again.names) == (HEAD.answers, HEAD.names)
    assert np.array_equal(again.weights, HEAD.weights)
    assert np.array_equal(again.bias, HEAD.bias)


def test_head_sums_what_it_knows_and_passes_by_the_rest() -> None:
    """Grams count as if there were eight at least; other features count whole; unknown ones not at all."""
    assert HEAD.sum({"Qrequest", "unheard of"}).tolist() == [-1, 2]
    assert HEAD.logits({"c堵", "c?"}, set()) == pytest.approx([0.25, 1 / 8**0.5])
    assert list(HEAD.chances({"c堵"}, {"Qrequest"})) == ["yes", "no"]
    assert HEAD.sum(set()).tolist() == [0, 0]


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
    """Under 20 MB together."""
    assert sum(file.stat().st_size for file in WEIGHTS.glob("*.npz")) < 20 * 2**20


def test_training_gives_models_that_read(tmp_path: Path) -> None:
    """Two conversations are enough to tell a plain complaint from a greeting."""
    pytest.importorskip("sklearn", reason="training needs requirements/train.txt, running does not")
    pytest.importorskip("pycrfsuite", reason="training needs requirements/train.txt, running does not")
    from scripts import scenes, train  # noqa: PLC0415 - imports what is only there for training

    bases = [REPO / "corpus" / name for name in ("schoolgate", "textile-street")]
    train.train(
        [one for base in bases for one in scenes.conversation(base)], scenes.lines("letters.jsonl")[:200], tmp_path
    )
    reader = Reader(weights=tmp_path)
    plain, greeting = (reader.read(words).kinds for words in ("门口井盖没了，差点摔跤，来人修一下", "早上好"))
    assert plain[2] - plain[0] > greeting[2] - greeting[0]
