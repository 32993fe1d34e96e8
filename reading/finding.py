"""Which matters a text tells of, whose business they are, which demand: the models weigh, rules of the trade stand."""

import re

import numpy as np

from models.reading import Found
from models.words import Demand, Scope
from reading import matters, parties, places, urgency
from reading.cleaning import Cleaned
from reading.model import Models, Rows
from reading.signs import OPENS_AT, Signs

SECOND = 2.0
NO_MATTER = "-"
LIKELIER = 0.5
OUTRIGHT = 4.0
"""A matter named by a word of its own, and by a thing and its state beside."""
OF_SITES = "08"
"""The major of matters that building sites are complained of for."""
SURELY = 0.9
"""Who writes a letter to the city management means one of its matters, unless none is so likely."""
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


def founds(  # noqa: PLR0913, PLR0917 - what was found so far
    models: Models, cleaned: Cleaned, signs: Signs, words: Rows, said: Rows, scopes: dict[str, float]
) -> tuple[Found, ...]:
    """The matters told of, the first one first; `words` are the rows of the text's grams, `said` of its others."""
    text = cleaned.text
    away = _away(signs, scopes)
    first, *others = _matters(models, signs, words, said, away=away)
    second = [w for w in signs.weighed if w.score >= SECOND and w.code != first]
    main = next((w for w in signs.weighed if w.code == first), None)
    chosen = [first, *[w.code for w in second if main is not None and _another(text, main, w)][:1]]
    also = tuple(code for code in others[:2] if code != NO_MATTER)
    party = parties.party(text) or (parties.site(text) if first.startswith(OF_SITES) else None)
    plates = tuple(cleaned.span(a, b) for a, b in parties.plates(text))
    number = urgency.emergency(text)
    pressing = models.urgent.chances(words, said)["yes"] >= LIKELIER or number in {"119", "120", "122"}
    return tuple(
        Found(
            _demand(models, text, words, said, code), None if code == NO_MATTER else code,
            also, cleaned.span(*party) if party and index == 0 else None, plates, urgent=pressing, emergency=number,
            elsewhere=away,
        )
        for index, code in enumerate(chosen)
    )  # fmt: skip


def _demand(models: Models, text: str, words: Rows, said: Rows, code: str) -> Demand:
    """The model tells asking, wishing and seeking help; a wrong is reported or complained of by what it is."""
    likely = Demand(next(iter(models.demand.chances(words, _of(models, said, code)))))
    if code in HELPED:
        return Demand.HELP
    if likely in {Demand.INQUIRY, Demand.SUGGESTION} or code == NO_MATTER or _is_letter(text):
        return likely
    if called := CALLED.search(text):
        return Demand.REPORT if called[1] == "举报" else Demand.COMPLAINT
    return Demand.REPORT if code < "06" or code in REPORTED else Demand.COMPLAINT


def _of(models: Models, said: Rows, code: str) -> Rows:
    return np.concatenate([said, models.names.find([f"m:{code}"])])


def _is_letter(text: str) -> bool:
    """Subject lines of letters, with masked places, are written in another way than people talk in a group."""
    return places.MASK.search(text) is not None


def _matters(models: Models, signs: Signs, words: Rows, told: Rows, *, away: bool) -> list[str]:
    """Matters, the likeliest first; before them what the lexicon hears outright, where the model is not sure.

    Who complains or reports to the city management does so of a matter, though the model hear none; who asks or wishes
    need not.
    """
    chances = models.matter.chances(words, told)
    likely = list(chances)
    unheard = likely[0] == NO_MATTER
    sure = not unheard and chances[likely[0]] >= SURELY
    if away or sure or (unheard and not _meant(models, signs, words, told, chances)):
        return likely
    heard = [one.code for one in signs.weighed if one.score >= (matters.WHOLE if unheard else OUTRIGHT)][:1]
    return [code for code in dict.fromkeys(heard + likely) if code != NO_MATTER]


def _meant(models: Models, signs: Signs, words: Rows, told: Rows, chances: dict[str, float]) -> bool:
    if _is_letter(signs.text) and chances[NO_MATTER] < SURELY:
        return True
    wrongs = {Demand.REPORT, Demand.COMPLAINT}
    return next(iter(models.demand.chances(words, _of(models, told, NO_MATTER)))) in wrongs


def _another(text: str, first: matters.Weighed, other: matters.Weighed) -> bool:
    """A second matter stands in a clause of its own, joined by words that add."""
    if other.score < SECOND or abs(other.at - first.at) < 6:  # noqa: PLR2004 - two names of one thing
        return False
    between = text[min(first.at, other.at) : max(first.at, other.at)]
    return any(word in between for word in ("还有", "另外", "再就是", "顺便", "而且", "；", ";"))


def scope_of(signs: Signs, scopes: dict[str, float], wanted: float) -> Scope:
    """Something is wanted where the model, the chance of an opening or the rules say so; then whose is likelier."""
    if max(1 - scopes[Scope.NONE], wanted) < OPENS_AT:
        return Scope.NONE
    return Scope.ELSEWHERE if _away(signs, scopes) else Scope.CITY


def _away(signs: Signs, scopes: dict[str, float]) -> bool:
    """Another department's, by the model; what a number is called for first is its."""
    return signs.emergency or scopes[Scope.ELSEWHERE] > scopes[Scope.CITY]
