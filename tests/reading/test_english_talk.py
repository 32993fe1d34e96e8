"""English that people say to each other, with the words of questions in it: none of it asks for figures."""

import pytest

from reading import asking
from reading.calendar import NoSuchDay
from reading.english.wording import in_chinese
from tests.reading.test_english import NAMES, TODAY

TALK = """
see you this week|see you on Monday|may I go today|may I come on 5 May|maybe today|the march is over|we march on Monday
it was closed yesterday|closed yesterday|we are open today|are we open today|how many are open today
how are you|how are you today|how are you doing this week|how is it going|how is it going this week
how is business today|how was your week|how was your weekend|how was the meeting yesterday|how was the weather last week
how about today|how about this week
how come it was closed on Monday|how to get there today|how long are you closed this week
how many are coming today|how many customers today|how many did you sell today|how much did you sell last week
what about Monday|what is today|what day is today|what time today|what a week|what is new this week
who is on duty today|who is coming on Monday|who has the keys today|who is faster|who is faster, you or me
which squad is on duty today|which way is the market|where is the most beautiful park
meeting today at three|meeting on Monday|let us meet this week|back next month|I was ill last week
he came back yesterday|came back yesterday|come back on Monday|what came back from the laundry yesterday|on time today
please be on time on Monday|not today|no complaints today|any complaints today
the numbers on the door are wrong|my phone number changed last month
my shop is closed this week|my week was busy|my week|my Monday|our squad is on holiday this week|our backlog is cleared
clear the backlog today|the backlog of orders this week|rent is overdue|my rent is overdue since March|it is overdue
satisfied with last week|thanks for last week|good work this week|great job this month|well done last month
happy new year|happy national day|have a good weekend|last day today|first day of the month|the second time this week
one more time this week|better than last week|worse than yesterday|busier than last month|compared with you|vs|versus
by Monday|by today|from today|from Monday we open at nine|until Friday|before Monday|after the weekend|since then
tomorrow|next week|next month|next Monday|tell me on Monday|tell us today|send today|send it today|send me 白洋 today
give me a day|give me 白洋 on Monday|show it today|report yesterday|send the report today|report by Friday
the noise is too loud today|there is noise again today|noise again|rubbish on the road was not collected today
the car park is full today|stalls were here yesterday|a stall blocks the road today|street light broken since Monday
parking is free on Monday|the fountain works today|ok|yes|hello|good morning|thank you|received|share the photo today
three rates of pay|the rate is high this month|overview of the menu|I have two cases of beer|cases of beer today
tickets for the show today|train tickets this week|summary of the meeting yesterday|figures of clay
John Smith is off today|John Smith|三中队|三中队 on duty today|白洋 please come today|白洋 was here yesterday
白洋 is busier than me|order in the street|we need order in the street today
busiest day this week|compare prices this week|sun|sat|second|third|at last|in the end
the top place for noodles this week|load the lorry today|response today?
I read it in March Street Shops|see you at the car park today|is it Q3 yet|done in Q3|24 hours a day|7 days a week
how is the car park today|how was the noise last week|how are the stalls today|how is Friday|how's Monday looking
how does Monday look|how was last night|how was the weekend|how was last weekend|how does next week look
how did it go yesterday
how is everybody today|still overdue|already overdue|you are overdue|a month
in a week|two weeks ago|week 12
Monday morning|no stalls today|more stalls than last week|trash is on Monday|today please|last week please
response times are slow today
"""


@pytest.mark.parametrize("words", [words for line in TALK.strip().split("\n") for words in line.split("|")])
def test_talk_is_no_question(words: str) -> None:
    """In any letters; neither plain nor a period alone."""
    for said in (words, words.capitalize(), words.upper(), f"{words}!", f"{words}."):
        question = asking.understand(said, NAMES, TODAY)
        assert not question.plain, said
        assert not question.bare, said


@pytest.mark.parametrize("words", ["we meet on 31 November", "see you on 1 January 2027", "back on 2027-01-05"])
def test_day_that_is_none_in_talk_is_talk(words: str) -> None:
    """With a day that there is in its place it asks for nothing either."""
    with pytest.raises(NoSuchDay):
        asking.understand(words, NAMES, TODAY)
    assert asking.understand(in_chinese("we meet today"), NAMES, TODAY).rest == "we meet"


@pytest.mark.parametrize("words", ["H1区迎宾大道", "苏G·H61Z9占道", "阿May占道", "肉桂卷 may说好", "Q群占道"])
def test_letters_among_chinese_signs_are_no_english(words: str) -> None:
    """A district's, a car's, somebody's name."""
    assert not asking.understand(words, NAMES, TODAY).dated


def test_long_chinese_is_looked_at_no_more_than_before() -> None:
    """A year in it is no English."""
    assert not asking.perhaps(
        "夜间施工许可浦西夜字2026，请各单位做好降噪措施，晚上十点以后不要再进出渣土车辆，谢谢配合"
    )


@pytest.mark.parametrize(
    "words",
    ["hello everybody", "the shop opposite blocks our door", "good morning", "I moved the car", "please call me",
     "can somebody come and look at the lamp", "three men are cutting the tree", "thank you very much"],
)  # fmt: skip
def test_most_talk_is_not_even_looked_at(words: str) -> None:
    """One search tells that no word of a question is in it."""
    assert not asking.perhaps(words)
    assert not asking.sounds(words)


@pytest.mark.parametrize(("length", "looked_at"), [(60, True), (61, False)])
def test_question_is_short(length: int, looked_at: bool) -> None:
    """Sixty signs in English, forty in Chinese."""
    assert asking.perhaps("today " + "x" * (length - 6)) is looked_at
    assert asking.perhaps("今天" + "好" * 38)
    assert not asking.perhaps("今天" + "好" * 39)


@pytest.mark.parametrize("words", ["1" * 4090 + " a", "the " * 1000, "率" * 4000 + " show me"])
def test_nothing_long_is_put_into_chinese(words: str) -> None:
    """After /summary anybody may say anything; it is named as not understood."""
    assert in_chinese(words) == words
