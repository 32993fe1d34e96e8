"""The local reader with a second reader's answer to one question: it judges by that answer, through the same rules."""

from dataclasses import replace
from typing import Any, Protocol

from models.question import Question
from models.reading import Act, Found, Kinds, Reading, Scene, Step, Verdict
from models.said import Said, Speaker
from models.words import Demand
from reading.pairing import only_her_own
from reading.second.answer import Opinion, Refused, check


class Local(Protocol):
    """What of the local reader stays as it is."""

    def read(self, text: str, speaker: Speaker) -> Reading:
        """What one text says."""
        ...

    def opening(self, said: Said, speaker: Speaker, scene: Scene) -> Verdict:
        """The ticket that a message would open."""
        ...

    def decide(self, said: Said, speaker: Speaker, reading: Reading, scene: Scene, kinds: Kinds) -> Verdict:
        """What becomes of a message that is likely so."""
        ...

    def askable(self) -> float:
        """A chance of an opening at which the sender is asked; nought where nobody is ever asked."""
        ...


class Advised:
    """Reads as the local reader, judges one message by an answer, which can do no more than the local reader could."""

    def __init__(self, local: Local, question: Question, answer: Any) -> None:
        self.local, self.question, self.answer = local, question, answer

    def read(self, text: str, speaker: Speaker) -> Reading:
        """What one text says."""
        return self.local.read(text, speaker)

    def opening(self, said: Said, speaker: Speaker, scene: Scene) -> Verdict:
        """The ticket that a message would open."""
        return self.local.opening(said, speaker, scene)

    def judge(self, said: Said, speaker: Speaker, reading: Reading, scene: Scene) -> Verdict:
        """What becomes of the message. Raises Refused where the answer may not be used."""
        if any(found.emergency for found in reading.founds):
            raise Refused("danger is for the local reader")
        opinion = check(self.answer, self.question, said, speaker, scene)
        if opinion.what == "part":
            return _part(opinion, speaker, reading, scene)
        told = _told(opinion, said, reading)
        verdict = self.local.decide(said, speaker, told, scene, self._kinds(opinion))
        return _amended(verdict, opinion, told, speaker, scene)

    def _kinds(self, opinion: Opinion) -> Kinds:
        """The opinion as chances, so that one place (reading/pairing.py) turns them into open, ask and silence."""
        opening = {"opening": 1.0, "unclear": self.local.askable()}.get(opinion.what, 0.0)
        return Kinds(1 - opening, 0.0, opening)


def _told(opinion: Opinion, said: Said, reading: Reading) -> Reading:
    """The reading with the opinion's facts in it."""
    act = Act.HALF if reading.act is Act.HALF else Act.TALK
    if opinion.what == "talk":
        return replace(reading, act=act, score=0.0)
    local = reading.found or Found()
    alike = opinion.matter == local.matter
    found = replace(
        local, demand=opinion.demand or local.demand or Demand.REPORT, matter=opinion.matter,
        also=local.also if alike else (), urgent=opinion.urgent, elsewhere=opinion.elsewhere,
    )  # fmt: skip
    others = reading.founds[1:] if alike else ()
    places = tuple(place for message, place in opinion.places if message == said.id)
    act = act if opinion.what == "unclear" else Act.OPENING
    return replace(reading, act=act, founds=(found, *others), places=places, score=0.0)


def _part(opinion: Opinion, speaker: Speaker, reading: Reading, scene: Scene) -> Verdict:
    """More of a ticket: of hers it tells, of another's it is kept beside it and moves nothing."""
    ticket = next(ticket for ticket in scene.tickets if ticket.id == opinion.ticket)
    hers = speaker.id in ticket.reporters
    found = reading.found
    return Verdict(
        Step.ADD, Act.DETAIL if hers else Act.ANSWER, ticket.id, gather=_untied(opinion, scene),
        places=opinion.places if hers else (), party=found.party if found and hers else None,
    )  # fmt: skip


def _amended(verdict: Verdict, opinion: Opinion, told: Reading, speaker: Speaker, scene: Scene) -> Verdict:
    """What the rules made of it, with the messages, the places and the ticket that the opinion names."""
    if verdict.step not in {Step.OPEN, Step.ASK}:
        return verdict
    named = next((ticket for ticket in scene.tickets if ticket.id == opinion.ticket), None)
    pieces = tuple(dict.fromkeys((*verdict.gather, *_untied(opinion, scene))))
    ordered = tuple(line.id for line in scene.lines if line.id in pieces)
    if named is not None and speaker.id in named.reporters:
        return Verdict(Step.ADD, Act.DETAIL, named.id, gather=ordered, places=opinion.places)
    own = verdict.point is None and only_her_own(told, opinion.places)
    same = named.id if named else verdict.same_as
    return replace(verdict, gather=ordered, places=opinion.places, own_place=own, same_as=same, why=("第二读者",))


def _untied(opinion: Opinion, scene: Scene) -> tuple[str, ...]:
    """Of the messages it names, those that no ticket took meanwhile."""
    return tuple(line.id for line in scene.lines if line.id in opinion.pieces and not line.tickets)
