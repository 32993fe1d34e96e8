"""Pages of the daybook by themselves: which of a page's places tell of a road."""

import orjson
from hypothesis import example, given
from hypothesis import strategies as st

from services.pages import BITS, SPOTS, Page, columns_of, marks_of

WORD = st.text(st.sampled_from('凤鸣路8aA",[]\\\n号'), max_size=6)


def page_of(places: list[str]) -> Page:
    """A page of no rows that knows these places."""
    spots = columns_of(SPOTS, dict.fromkeys(SPOTS, ()), places)
    texts = dict.fromkeys(("keys", "words", "body"), "") | {"spots": spots, "places": orjson.dumps(places).decode()}
    return Page.read("opened_at", texts | {"bits": marks_of(BITS.type(0).repeat(0))})


@given(st.lists(WORD, max_size=6, unique=True), WORD)
@example(["凤鸣路8号", "路", "凤凰路"], "路")
@example(['a","b', "b"], "b")
@example(["a", "b"], ",")
@example(["一[", "二"], "[")
@example(["KTV门口", "门口"], "ktv")
def test_places_that_tell_of_a_road_are_those_that_have_it_in_them(places: list[str], road: str) -> None:
    """Whatever signs stand in them, once or twice."""
    assert page_of(places).around(road).tolist() == [road.lower() in place.lower() for place in places]
