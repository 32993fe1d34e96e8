"""A second reader's answer, believed in nothing: whatever is not exactly as asked for refuses the whole of it."""

from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from models.matters import MATTERS
from models.question import Question
from models.reading import InHand, Scene
from models.said import Said, Speaker
from models.words import ENDED, Demand, Status
from reading.second.masking import PERSON, Cut, Masked
from reading.second.prompt import data_of

PLACES, PLACE_SIGNS, IDS = 4, 60, 20
Id = Annotated[str, Field(max_length=8)]


class Refused(Exception):  # noqa: N818 - an outcome: the local decision stands
    """An answer that may not be used; the reason names no words of anybody."""


class Piece(BaseModel):
    """Where a place stands: a message and words of it."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)
    message: Id
    text: str = Field(min_length=1, max_length=PLACE_SIGNS)


class Answer(BaseModel):
    """The answer in the form asked for (prompt.SCHEMA)."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)
    what: Literal["opening", "part", "unclear", "talk"]
    messages: list[Id] = Field(max_length=IDS)
    ticket: Id | None
    matter: Annotated[str, Field(max_length=5)] | None
    demand: Literal["complaint", "report", "help", "inquiry", "suggestion"] | None
    elsewhere: bool
    places: list[Piece] = Field(max_length=PLACES)
    urgent: bool


@dataclass(frozen=True, slots=True)
class Opinion:
    """An answer that was held against the window and the talk as it is now: ids are ours, places are exact pieces."""

    what: Literal["opening", "part", "unclear", "talk"]
    pieces: tuple[str, ...]
    ticket: int | None
    matter: str | None
    demand: Demand | None
    elsewhere: bool
    places: tuple[tuple[str, str], ...] = field(repr=False)
    urgent: bool


def parse(words: str) -> dict[str, Any]:
    """What a server said, as the object it must be. Raises Refused."""
    try:
        return Answer.model_validate_json(words).model_dump()
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        raise Refused(f"not the form: {first['type']} at {'.'.join(map(str, first['loc'])) or 'top'}"[:120]) from None


def check(answer: Any, question: Question, said: Said, speaker: Speaker, scene: Scene) -> Opinion:
    """The opinion that an answer comes to. Raises Refused."""
    try:
        given = Answer.model_validate(answer)
    except ValidationError:
        raise Refused("not the form") from None
    texts = _texts(question, said, scene)
    return Opinion(
        what=given.what, pieces=_pieces(given, question, said), ticket=_ticket(given, question, speaker, scene),
        matter=_matter(given), demand=Demand(given.demand) if given.demand else None, elsewhere=given.elsewhere,
        places=tuple(_place(piece, texts) for piece in given.places), urgent=given.urgent,
    )  # fmt: skip


def _texts(question: Question, said: Said, scene: Scene) -> dict[str, tuple[str, Masked, str]]:
    """By short name: the message's id, its text masked as it was shown, and what was shown of it."""
    now = {line.id: line.text for line in scene.lines} | {said.id: said.text}
    shown = {message["id"]: message["text"] for message in data_of(question)["messages"]}
    found = {}
    for short, key in question.keys["messages"].items():
        if key["id"] in now:
            masked = Masked(now[key["id"]], tuple(Cut(*cut) for cut in key["cuts"]))
            found[short] = (key["id"], masked, shown[short])
    own = found.get(question.keys["asked"])
    if own is None or own[0] != said.id or not own[1].text.startswith(own[2]):
        raise Refused("the message was changed meanwhile")
    return found


def _pieces(given: Answer, question: Question, said: Said) -> tuple[str, ...]:
    """Her own messages that belong to it, without the one asked about."""
    keys = question.keys["messages"]
    if unknown := [short for short in given.messages if short not in keys]:
        raise Refused(f"no such message: {len(unknown)}")
    if given.what != "talk" and not all(keys[short]["hers"] for short in given.messages):
        raise Refused("a message that is not hers to gather")
    chosen = dict.fromkeys(keys[short]["id"] for short in keys if short in given.messages)
    return tuple(one for one in chosen if one != said.id)


def _ticket(given: Answer, question: Question, speaker: Speaker, scene: Scene) -> int | None:
    if given.ticket is None:
        if given.what == "part":
            raise Refused("a part of no ticket")
        return None
    if given.what not in {"part", "opening"}:
        raise Refused("a ticket where none can be")
    ticket = _in_hand(scene, question.keys["tickets"].get(given.ticket))
    if ticket is None or ticket.status in ENDED:
        raise Refused("no such ticket in hand")
    if given.what == "opening" and ticket.status is Status.RESOLVED and speaker.id not in ticket.reporters:
        raise Refused("a ticket that nobody can join any more")
    return ticket.id


def _in_hand(scene: Scene, number: int | None) -> InHand | None:
    return next((ticket for ticket in scene.tickets if ticket.id == number), None)


def _matter(given: Answer) -> str | None:
    if given.matter is not None and given.matter not in MATTERS:
        raise Refused("no such matter")
    return given.matter


def _place(piece: Piece, texts: dict[str, tuple[str, Masked, str]]) -> tuple[str, str]:
    """The message and the exact piece of its original. Of marks only a person's may stand in the name of a place."""
    if piece.message not in texts:
        raise Refused("a place in a message that is not shown")
    message, masked, shown = texts[piece.message]
    origin = masked.origin(piece.text) if piece.text in shown else None
    if origin is None or not origin.strip():
        raise Refused("a place that is no piece of its message")
    if any(cut.mark in piece.text and not cut.mark.startswith(f"[{PERSON}") for cut in masked.cuts):
        raise Refused("a place with a number in it")
    return message, origin
