"""Which matters a text tells of, whose business they are, which demand: the models weigh, rules of the trade stand."""

import re
from collections.abc import Sequence

import numpy as np

from models.reading import Found
from models.words import Demand, Scope
from reading import demands, matters, parties, spotting, urgency
from reading.cleaning import Cleaned
from reading.demands import NO_MATTER
from reading.model import Models, Rows
from reading.signs import OPENS_AT, Signs
from reading.spotting import Span

SECOND = 1.7
"""So heavy must the words of a further matter be."""
APART = 6
"""Fewer signs between two matters: two names of one thing."""
OUTRIGHT = 4.0
"""A matter named by a word of its own, and by a thing and its state beside."""
OF_SITES = "08"
"""The major of matters that building sites are complained of for."""
JOINS = re.compile(
    "还有|另外|再就是|再一个|顺便|而且|同时|[；;]|二是|二来|第二|(?:另|还有)?一[个件处]是|(?:^|[^0-9])[2-4二三][.、．)）]"
)
"""What stands between two matters of one message."""
CLAUSE, TOO = re.compile("[，,。 ]"), re.compile("[^，,。 ]{1,4}也")
"""Or a clause that begins with the other, and 也 behind it: 「，井盖也松了」."""
MOST = 3
"""More matters of one message are read by nobody."""
SURELY = 0.9
"""Who writes a letter to the city management means one of its matters, unless none is so likely."""


def founds(  # noqa: PLR0913, PLR0917 - what was found so far
    models: Models, cleaned: Cleaned, signs: Signs, words: Rows, said: Rows, scopes: dict[str, float]
) -> tuple[Found, ...]:
    """The matters told of, the first one first; `words` are the rows of the text's grams, `said` of its others."""
    text = cleaned.text
    away = _away(signs, scopes)
    first, *others = _matters(models, signs, words, said, away=away)
    chosen = [first, *_more(text, first, signs.weighed)]
    also = tuple(code for code in others[:2] if code != NO_MATTER)
    party = _party(models, text, first)
    plates = tuple(cleaned.span(a, b) for a, b in parties.plates(text))
    of_matter = np.concatenate([said, models.names.find(demands.of_matter(first))])
    number = urgency.first_to_call(models, text, words, of_matter)
    pressing = demands.pressing(models, words, of_matter, number)
    return tuple(
        Found(
            demands.demand(models, text, words, said, code), None if code == NO_MATTER else code,
            also, cleaned.span(*party) if party and index == 0 else None, plates, urgent=pressing, emergency=number,
            elsewhere=away,
        )
        for index, code in enumerate(chosen)
    )  # fmt: skip


def _party(models: Models, text: str, code: str) -> Span | None:
    """A plate before all else, then what the chain hears, what looks like a party, the site."""
    plates = parties.plates(text)
    found = plates[0] if plates else spotting.party(models.party, text) or parties.party(text)
    return found or (parties.site(text) if code.startswith(OF_SITES) else None)


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
    if demands.is_letter(signs.text) and chances[NO_MATTER] < SURELY:
        return True
    wrongs = {Demand.REPORT, Demand.COMPLAINT}
    return demands.demand(models, signs.text, words, told, NO_MATTER) in wrongs


def _more(text: str, first: str, weighed: Sequence[matters.Weighed]) -> list[str]:
    """Further matters of the same message, each in a clause of its own."""
    taken = [one for one in weighed if one.code == first][:1]
    for one in weighed:
        if taken and len(taken) < MOST and one.score >= SECOND and all(_another(text, held, one) for held in taken):
            taken.append(one)
    return [one.code for one in taken[1:]]


def _another(text: str, first: matters.Weighed, other: matters.Weighed) -> bool:
    """Another matter stands in a clause of its own, joined by words that add."""
    if abs(other.at - first.at) < APART:
        return False
    between, rest = text[min(first.at, other.at) : max(first.at, other.at)], text[max(first.at, other.at) :]
    return JOINS.search(between) is not None or bool(CLAUSE.search(between) and TOO.match(rest))


def scope_of(signs: Signs, scopes: dict[str, float], wanted: float) -> Scope:
    """Something is wanted where the model, the chance of an opening or the rules say so; then whose is likelier."""
    if max(1 - scopes[Scope.NONE], wanted) < OPENS_AT:
        return Scope.NONE
    return Scope.ELSEWHERE if _away(signs, scopes) else Scope.CITY


def _away(signs: Signs, scopes: dict[str, float]) -> bool:
    """Another department's, by the model; what a number is called for first is its."""
    return signs.emergency or scopes[Scope.ELSEWHERE] > scopes[Scope.CITY]
