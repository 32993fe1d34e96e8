"""Which of 12345's five demands a text makes, and whether it can wait: a model weighs, rules of the trade stand."""

import re

import numpy as np

from models.words import Demand
from reading import places
from reading.model import Models, Rows

NO_MATTER = "-"
LIKELIER = 0.5
PERHAPS = 0.3
ALWAYS = frozenset({"119", "120", "122"})
"""Numbers that are called for nothing that can wait; the police are asked much that can."""
CALLED = re.compile(r"^[^不没被]{0,6}?(举报|投诉)")
"""Who begins by saying which it is has it so."""


def is_letter(text: str) -> bool:
    """Subject lines of letters, with masked places, are written in another way than people talk in a group."""
    return places.MASK.search(text) is not None


def of_matter(code: str) -> set[str]:
    """A matter and its family."""
    return {f"m:{code}", f"m:{code[:2]}:"}


def of_demand(text: str, code: str) -> set[str]:
    """What the model of demands looks at beside the words: the matter and its family, what it calls itself."""
    found = of_matter(code)
    if is_letter(text):
        found |= {"m;L", f"m;{code}L", f"m;{code[:2]}L"}
    called = CALLED.search(text)
    return found | {f"mC{called[1]}"} if called else found


def demand(models: Models, text: str, words: Rows, said: Rows, code: str) -> Demand:
    """The likeliest; who begins with 举报 or 投诉 has said which of the two it is."""
    looked = np.concatenate([said, models.names.find(of_demand(text, code))])
    likely = Demand(next(iter(models.demand.chances(words, looked))))
    called = CALLED.search(text)
    if called is None or code == NO_MATTER or is_letter(text) or likely in {Demand.INQUIRY, Demand.SUGGESTION}:
        return likely
    return Demand.REPORT if called[1] == "举报" else Demand.COMPLAINT


def pressing(models: Models, words: Rows, looked: Rows, number: str | None) -> bool:
    """Somebody is in danger or badly blocked now."""
    chance = models.urgent.chances(words, looked)["yes"]
    return number in ALWAYS or chance >= (LIKELIER if number is None else PERHAPS)
