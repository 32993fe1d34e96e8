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
REPORTED = frozenset((
    "06004", "06005", "06012", "06013", "06014", "06015", "06016", "06019", "06021",
    "06023", "06025", "06026", "06033", "06034", "06035", "06037", "06042", "06043",
    "06044", "06045", "06048", "06049", "06050", "06051", "06052", "07008", "08005",
    "08007", "08011", "08015", "09017", "10001", "10002",
))  # fmt: skip
"""Wrongs of majors 06 to 10 that the corpus oftener reports (举报), as a danger or a mess, than complains of (投诉)."""
HELPED = frozenset({"09003"})
"""Somebody is to be helped: whoever tells of it asks for help (求助)."""
CALLED = re.compile(r"^[^不没被]{0,6}?(举报|投诉)")
"""Who begins by saying which it is has it so."""


def is_letter(text: str) -> bool:
    """Subject lines of letters, with masked places, are written in another way than people talk in a group."""
    return places.MASK.search(text) is not None


def of_matter(code: str) -> set[str]:
    """A matter and its family."""
    return {f"m:{code}", f"m:{code[:2]}:"}


def of_demand(text: str, code: str) -> set[str]:
    """What the model of demands looks at beside the words: the matter, what it mostly is, what it calls itself."""
    letter, mostly = is_letter(text), "none" if code == NO_MATTER else _mostly(code)
    found = {f"m:{code}", f"mR{mostly}{'L' if letter else ''}"}
    if letter:
        found |= {"m;L", f"m;{code}L", f"m;{code[:2]}L"}
    called = CALLED.search(text)
    return found | {f"mC{called[1]}"} if called else found


def demand(models: Models, text: str, words: Rows, said: Rows, code: str) -> Demand:
    """The model tells asking, wishing and seeking help; a wrong is reported or complained of by what it is."""
    likely = likeliest(models, text, words, said, code)
    if code in HELPED:
        return Demand.HELP
    if likely in {Demand.INQUIRY, Demand.SUGGESTION} or code == NO_MATTER or is_letter(text):
        return likely
    if called := CALLED.search(text):
        return Demand.REPORT if called[1] == "举报" else Demand.COMPLAINT
    return _mostly(code)


def likeliest(models: Models, text: str, words: Rows, said: Rows, code: str) -> Demand:
    """What the model alone says."""
    looked = np.concatenate([said, models.names.find(of_demand(text, code))])
    return Demand(next(iter(models.demand.chances(words, looked))))


def _mostly(code: str) -> Demand:
    return Demand.REPORT if code < "06" or code in REPORTED else Demand.COMPLAINT


def pressing(models: Models, words: Rows, said: Rows, code: str, number: str | None) -> bool:
    """Somebody is in danger or badly blocked now."""
    looked = np.concatenate([said, models.names.find(of_matter(code))])
    chance = models.urgent.chances(words, looked)["yes"]
    return number in ALWAYS or chance >= (LIKELIER if number is None else PERHAPS)
