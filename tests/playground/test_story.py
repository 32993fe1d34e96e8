"""The story that plays by itself: against the real bot, stopped, played again, and where it cannot go on."""

import asyncio

import pytest

from tests.playground.conftest import Caller
from tests.town import MERCHANTS, QIU, SQUAD, STALL, Town


async def test_story_ends_with_the_closed_ticket_and_can_be_played_again(town: Town) -> None:
    """Twice over: two tickets, both closed; every press of it was answered, and seen on the page as a press."""
    story = town.play.pages.story
    for round_ in (1, 2):
        await asyncio.wait_for(story.run(speed=60), 60)
        assert story.state() == {"running": False, "step": 12, "steps": 12, "line": "故事讲完了，自己试试吧"}
        await town.quiet()
        assert [ticket["status"] for ticket in await town.tickets()] == ["closed"] * round_
    events = [event for _, event in town.world.events.kept]
    presses = {event["query"] for event in events if event["type"] == "press"}
    assert len(presses) == 10
    assert presses == {event["query"] for event in events if event["type"] == "toast"}
    assert {event["user"] for event in events if event["type"] == "typing"} >= {QIU}


async def test_story_goes_on_with_a_ticket_that_was_left_open(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody complained of the same stall before: the story's words join that ticket and finish it."""
    monkeypatch.setattr("playground.story.FRESH", 1.0)
    town.says(QIU, STALL)
    town.pins(QIU, 34.5937, 119.2213)
    await town.button("接单", SQUAD)
    await asyncio.wait_for(town.play.pages.story.run(speed=60), 60)
    await town.quiet()
    assert [ticket["status"] for ticket in await town.tickets()] == ["closed"]


async def test_story_without_a_bot_says_what_it_waited_for(caller: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody posts a card: after its patience it ends with a sentence."""
    monkeypatch.setattr("playground.story.PATIENCE", 0.3)
    await caller.play.pages.story.run(speed=1000)
    assert caller.play.pages.story.state()["line"] == "等了0秒，没等到按钮“接单”，故事停在这里"


async def test_story_needs_its_people(caller: Caller) -> None:
    """A configuration of one's own has no 静姐: the story says so and does nothing."""
    del caller.world.people[7002]
    await caller.play.pages.story.run(speed=1000)
    assert "没有静姐" in caller.play.pages.story.state()["line"]
    assert caller.world.chats[MERCHANTS].messages == {}


async def test_story_is_started_and_stopped_by_the_page(caller: Caller) -> None:
    """Started twice it plays once; stopped, it says so and nobody speaks any more; strange speeds are taken."""
    status, state = await caller.deed("story", speed=1e9)
    assert (status, state["steps"]) == (200, 12)
    await caller.deed("story", speed=1)
    async with caller.session.delete(f"{caller.play.url}/play/story") as answer:
        stopped = await answer.json()
    assert (stopped["running"], stopped["line"]) == (False, "故事停下了，可以从头再放一遍")
    assert (await caller.deed("story", speed="fast"))[0] == 400
