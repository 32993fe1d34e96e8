"""English leads ask for figures in English, and are answered so; their small talk and the street's stays theirs."""

import io
from pathlib import Path

import pytest
from PIL import Image

from bot.settings import Settings, build
from tests.sights import labels
from tests.stories.test_asking import asks, data_of, two_tickets, words_of
from tests.stories.test_languages import foreign
from tests.town import BAI, LEAD, LEADS, MERCHANTS, QIU, SQUAD, Town, town_config


@pytest.fixture
def settings(database: str, tmp_path: Path) -> Settings:
    """All groups speak English."""
    config = town_config()
    groups = [group | {"language": "en"} for group in config["groups"]]
    return build({**config, "groups": groups, "database": database, "data": str(tmp_path / "data")})


@pytest.fixture
def hour() -> str:
    """A Monday."""
    return "2026-06-15 09:00"


async def two_reports(town: Town) -> None:
    """As in Chinese groups: complaints are read in Chinese."""
    town.says(QIU, "凤鸣路18号门口有人占道摆摊卖水果，麻烦来管一下")
    await town.sees("#1 ")
    town.says(QIU, "凤鸣路31号门口垃圾堆了一地没人清，麻烦处理一下")
    await town.sees("#2 ")
    await town.quiet()


async def test_lead_asks_how_last_week_was(town: Town) -> None:
    """A week later: English lines under an English picture, in answer to her; 门口 is the shopkeeper's own word."""
    await two_reports(town)
    town.turn(minutes=7 * 24 * 60)
    await town.sees("#1 Stall on the road at 3× its limit", LEADS)
    answer = await asks(town, "how was last week?")
    lines = words_of(answer).splitlines()
    assert lines[0] == "Summary: last week"
    assert lines[1].startswith("2 opened, 0 closed, 2 open now")
    assert labels(answer) == ["List", "Map", "Export"]
    picture = Image.open(io.BytesIO(data_of(town, answer)))
    assert picture.height > picture.width > 700
    assert foreign(town, LEADS, "门口") == []


async def test_lead_asks_in_many_ways(town: Town) -> None:
    """By period, squad, matter, about one thing; periods that only Chinese has a name for are told by their dates."""
    await two_reports(town)
    for words, head, more in (
        ("this week", "Summary: this week\n", "2 opened"),
        ("三中队 this month", "Summary: this month·三中队\n", "2 opened"),
        ("stalls on the road this week", "Summary: this week·Stall on the road\n", "1 opened"),
        ("rubbish this week", "Summary: this week·rubbish\n", "1 opened"),
        ("who has the largest backlog", "Summary: today\nNobody has a backlog now", ""),
        ("721 shares", "Summary: this month\n721: nothing is resolved yet", ""),
        ("which squad is busiest", "Summary: this month\nBy squad: 三中队 2 opened, 2 open now, 0 overdue", ""),
        ("overdue now", "Summary: today\nNothing is overdue now", ""),
        ("since 1 March", "Summary: 1 Mar 2026 – 15 Jun 2026\n", "2 opened"),
        ("compare March with February", "Summary: 1 Mar 2026 – 31 Mar 2026\n1 Feb 2026 – 28 Feb 2026 → 1 Mar", ""),
        ("compared with last month", "Summary: this month\nlast month by now → this month: ", ""),
        ("凤鸣路 vs 苍梧路", "Compared: this month·凤鸣路 and 苍梧路\n", "凤鸣路 has 2 more"),
    ):
        told = words_of(await asks(town, words))
        assert told.startswith(head), words
        assert more in told, words
        town.turn(minutes=2)
    await town.quiet()
    assert foreign(town, LEADS, "苍梧路") == []


async def test_what_is_no_day_and_what_is_not_understood_is_said_in_english(town: Town) -> None:
    """In plain words a date that is none, after /summary also what no register knows, as it was written."""
    for words, sentence in (
        ("how was 30 February", "Month 2 has no day 30"),
        ("how was 1 January 2027?", "These days are yet to come"),
        ("figures from 15 March to 1 March", "The first day is after the last"),
        ("/summary squad 9 last week", "“squad 9 last week” was not understood. Ask like this: /summary today, "),
        ("/summary last week of the shop", "“of the shop” was not understood."),
    ):
        assert words_of(await asks(town, words)).startswith(sentence), words
    told = words_of(await asks(town, "/help"))
    assert "who has the largest backlog, 721 shares, compared with last month: just ask" in told
    assert foreign(town, LEADS) == []


async def test_small_talk_and_the_street_are_left_alone(town: Town) -> None:
    """Nobody is answered who speaks to others; a shopkeeper's question among her neighbours is theirs."""
    for words in ("see you this week", "may I go today", "the march is over", "it was closed yesterday",
                  "how was your weekend", "see you on 31 November", "the rent is overdue since March"):  # fmt: skip
        town.says(LEAD, words, chat=LEADS)
        town.says(BAI, words, chat=SQUAD)
        town.says(LEAD, words)
    meeting = town.says(LEAD, "when was it", chat=LEADS)
    town.says(LEAD, "yesterday", chat=LEADS, reply_to=meeting["message_id"])
    town.says(BAI, "how was this week", chat=SQUAD)
    town.says(QIU, "how was last week?")
    for words in ("last week", "三中队 this month", "721 shares", "overdue now"):
        town.says(LEAD, words)
    await town.quiet()
    assert [town.by_bot(chat) for chat in (LEADS, SQUAD, MERCHANTS)] == [[], [], []]


async def test_whom_a_question_is_for_is_ruled_as_in_chinese(town: Town) -> None:
    """A lead in the street names a period and asks how it was, or names the bot; an officer asks for his own."""
    await two_reports(town)
    assert "Summary: this week" in words_of(await asks(town, "how is this week?", chat=MERCHANTS))
    assert "Summary: this month" in words_of(await asks(town, "@qunban_bot 721 shares", chat=MERCHANTS))
    assert "Summary: this week·mine" in words_of(await asks(town, "my figures this week", chat=SQUAD, who=BAI))
    private = await asks(town, "last month", chat=LEAD)
    assert words_of(private).startswith("Summary: last month")


async def test_chinese_chats_understand_english_and_answer_in_chinese(town: Town) -> None:
    """What is asked is one thing, in which language it is told another."""
    await town.stop_bot()
    turned = [one.model_copy(update={"language": "zh"}) for one in town.settings.groups]
    town.settings = town.settings.model_copy(update={"groups": turned})
    await town.start_bot()
    await two_tickets(town)
    told = words_of(await asks(town, "stalls on the road this week"))
    assert told.startswith("本周·占道经营汇总")
