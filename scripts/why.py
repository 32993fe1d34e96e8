"""Why the reader gets something wrong, by what it saw: the first reason that holds."""

from collections.abc import Callable

from models.words import STAFF
from reading.cleaning import clean
from reading.signs import Signs, signs_of

AGAINST = ("past", "hearsay", "condition", "joke", "advert", "notice", "neighbour", "household", "thanks", "negation")
Reasons = dict[str, Callable[[Signs], bool]]


def _against(signs: Signs) -> bool:
    return any(signs.cues.has(cue) for cue in AGAINST)


UNHEARD: Reasons = {
    "an officer's or worker's own find, said as their reports of work are": lambda s: (
        s.role in STAFF or s.role == "worker"
    ),
    "hardly any words: what is wrong stands in the picture or before": lambda s: len(s.text) < 6,  # noqa: PLR2004
    "words of jokes, of the past, of hearsay or of notices weigh against it": _against,
    "a hint without a word of any matter": lambda s: not s.weighed,
    "a matter named without asking for anything": lambda s: not s.cues.has("request", "problem", "urgent", "report"),
    "said as other talk is": lambda _: True,
}
IMAGINED: Reasons = {
    "a notice or report of work": lambda s: s.role in STAFF or s.role == "worker",
    "a question to neighbours, or a story, with words of a matter": lambda s: bool(s.weighed) and s.score >= 0.5,  # noqa: PLR2004
    "a joke, a memory or hearsay whose words weigh too little": _against,
    "words of a matter in passing": lambda s: bool(s.weighed),
    "said as complaints are, without a word of any matter": lambda _: True,
}
CONFUSED: Reasons = {
    "no word of the lexicon": lambda s: not s.weighed,
    "words of several matters": lambda s: len(s.weighed) > 1,
    "a word of one matter that is another's here": lambda _: True,
}


def why(text: str, role: str, reasons: Reasons) -> str:
    """The reason for a text said by such a person."""
    cleaned = clean(text)
    if not cleaned.text.strip():
        return "a pin, a picture or a voice note alone"
    signs, _ = signs_of(cleaned, role)
    return next(why for why, holds in reasons.items() if holds(signs))
