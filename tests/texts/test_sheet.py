"""The table of indicators: what is called alike is the same number."""

from collections import defaultdict
from dataclasses import replace
from itertools import product

import pytest

from models.figures import Rate
from models.numbers import NUMBERS, Formulas, rates
from tests.texts.test_drawings import FIGURES
from texts import sheet
from texts.speaking import speaking

CHOICES = list(product(("due", "done"), ("resolved", "opened"), ("rated", "closed")))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("chosen", CHOICES)
def test_no_name_stands_for_two_numbers(language: str, chosen: tuple[str, str, str]) -> None:
    """Rows, parts and wholes, where each number is another: one name a number, one number a name."""
    formulas = Formulas(*chosen)  # type: ignore[arg-type]  # the settings' words
    numbers = {name: 1000 + at for at, name in enumerate(NUMBERS)}
    shares = {key: Rate(numbers[part], numbers[whole]) for key, (part, whole) in rates(formulas).items()}
    names, values = defaultdict(set), defaultdict(set)
    with speaking(language):
        rows = sheet.indicators(replace(FIGURES, numbers=numbers, rates=shares), formulas)
        counted = sheet.tell("formula-count")
    for name, formula, part, whole, value in rows:
        told = [(name, value)] if formula == counted else zip(formula.split(" / "), (part, whole), strict=False)
        for called, number in told if " / " in formula or formula == counted else ():
            names[called.split("（")[0].lower()].add(number)
            values[number].add(called.lower())
    assert {name: found for name, found in names.items() if len(found) > 1} == {}
    assert {number: found for number, found in values.items() if len(found) > 1} == {}
    assert len(names) > len(sheet.COUNTS)
