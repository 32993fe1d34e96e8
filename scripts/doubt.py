"""Measures where asking a second reader is worth it: `python -m scripts.doubt` renews its table in docs/reading.md.

On conversations that the models did not know: how many messages fall into a range of doubt, how many of the first
reader's mistakes are among them, and what precision and recall would come to if all of these were answered right.
"""

from collections.abc import Sequence

from reading import urgency
from reading.cleaning import clean
from reading.reader import Sure
from scripts.folds import Measure, Told
from scripts.measure import PAGE

BEGIN, END = "<!-- doubt: begin (made by `python -m scripts.doubt`) -->", "<!-- doubt: end -->"
RANGES = ((0.35, 0.35), (0.3, 0.5), (0.2, 0.6), (0.1, 0.6), (0.1, 0.75), (0.05, 0.75), (0.05, 0.9), (0.02, 0.95))
OPEN_AT = Sure().open


def doubtful(one: Told, low: float, high: float) -> bool:
    """Whether a second reader is asked about it (reading/second/doubt.py); officers' words hardly ever are likely."""
    words = clean(one.seen.said.text).text.strip()
    return bool(words) and low <= one.opening < high and urgency.emergency(words) is None


def row(told: Sequence[Told], low: float, high: float) -> str:
    """One range as a line of the table."""
    asked = [one for one in told if doubtful(one, low, high)]
    wrong = [one for one in told if _opens(one) != _wanted(one)]
    among = [one for one in asked if _opens(one) != _wanted(one)]
    opened = [one for one in told if (_wanted(one) if doubtful(one, low, high) else _opens(one))]
    right, wanted = sum(map(_wanted, opened)), sum(map(_wanted, told))
    figures = (1000 * len(asked) / len(told), len(among) / len(wrong))
    best = (right / len(opened), right / wanted, 2 * right / (len(opened) + wanted))
    named = "nobody is asked" if low == high else f"{low:.2f} – {high:.2f}"
    return f"| {named} | {figures[0]:.0f} | {figures[1]:.2f} | " + " | ".join(f"{one:.3f}" for one in best) + " |"


def _opens(one: Told) -> bool:
    return one.opening >= OPEN_AT


def _wanted(one: Told) -> bool:
    return one.seen.kind == "opening"


def main() -> None:
    """Measure, and put the table into the page."""
    told = Measure().kinds()
    head = [
        "| unsure | asked of 1,000 messages | of the mistakes | precision at best | recall at best | f1 at best |",
        "|---|---|---|---|---|---|",
    ]
    table = "\n".join([*head, *(row(told, low, high) for low, high in RANGES)])
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    PAGE.write_text(f"{before}{BEGIN}\n{table}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
