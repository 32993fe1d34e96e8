"""What one person tells by pieces: short lines of hers that are a demand only when they are read together."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from models.reading import Act, Line, Reading, Scene, Step, Verdict
from models.said import Said, Speaker
from models.words import STAFF
from reading.pairing import only_her_own

SHORT = 15
"""Signs; who says more in one line has said what she wants."""
BETWEEN = timedelta(minutes=3)
MOST = 4
ENOUGH, OUTRIGHT = 0.35, 0.8
"""So much must the words of all the pieces weigh: chance alone makes no demand of scraps of talk. Where they say it
outright nobody is asked first."""
PIECES = {Act.TALK, Act.HALF, Act.OPENING, Act.DISPUTE, Act.CHASER}
ASKED = re.compile("多少钱|几块钱|怎么卖|谁[有家会]|好吃")
"""Said of what is for sale, or to neighbours."""


def before(said: Said, speaker: Speaker, reading: Reading, scene: Scene) -> list[Line]:
    """Her pieces before a short message, oldest first, that belong to nothing; none where no matter is heard at all."""
    if speaker.role in STAFF or said.forwarded or not _is_piece(said.text, said.reply_to, reading):
        return []
    pieces: list[Line] = []
    last = said.at
    for line in reversed([line for line in scene.lines if line.speaker.id == speaker.id]):
        if not line.text.strip() and not line.tickets:
            continue
        stale = last - line.at > BETWEEN or said.at - line.at > scene.patience
        if stale or line.tickets or not _is_piece(line.text, line.reply_to, line.reading) or len(pieces) == MOST:
            break
        pieces.insert(0, line)
        last = line.at
    heard = reading.topic or any(line.reading.topic for line in pieces)
    return pieces if heard and not any(ASKED.search(text) for text in (said.text, *(p.text for p in pieces))) else []


def goes_on(said: Said, speaker: Speaker, reading: Reading, scene: Scene) -> bool:
    """One piece more right after one that belongs to her ticket, whoever spoke between."""
    if speaker.role in STAFF or said.forwarded or not _is_piece(said.text, said.reply_to, reading):
        return False
    last = next((line for line in reversed(scene.lines) if line.speaker.id == speaker.id), None)
    hers = {ticket.id for ticket in scene.tickets if speaker.id in ticket.reporters}
    return last is not None and said.at - last.at <= BETWEEN and bool(hers.intersection(last.tickets))


def _is_piece(text: str, reply_to: str | None, reading: Reading) -> bool:
    return 0 < len(text.strip()) <= SHORT and reply_to is None and reading.act in PIECES


def joined(said: Said, pieces: list[Line], scene: Scene) -> Iterator[tuple[list[Line], Said, Scene]]:
    """The message as if she had said it in one breath: with the last piece, with the last two, and so on."""
    for number in range(1, len(pieces) + 1):
        some = pieces[-number:]
        ids = {line.id for line in some}
        words = "".join(text.strip() for text in (*(line.text for line in some), said.text))
        yield some, replace(said, text=words), replace(scene, lines=tuple(x for x in scene.lines if x.id not in ids))


def hers_alone(speaker: Speaker, scene: Scene) -> Scene:
    """Of a scene what she said and told of: whoever speaks between her pieces has no part in them."""
    lines = tuple(line for line in scene.lines if line.speaker.id == speaker.id)
    return replace(scene, lines=lines, tickets=tuple(t for t in scene.tickets if speaker.id in t.reporters))


def tells(line: Line) -> bool:
    """It names a matter or a place: it is no scrap of talk from before."""
    return line.reading.topic is not None or bool(line.reading.places)


def enough(whole: Reading, verdict: Verdict) -> bool:
    """Together they are a demand by rules and models both."""
    needed = {Step.OPEN: ENOUGH, Step.ASK: OUTRIGHT}.get(verdict.step)
    return needed is not None and whole.topic is not None and whole.score >= needed


def gathered(verdict: Verdict, said: Said, reading: Reading, pieces: list[Line], scene: Scene) -> Verdict:
    """The opening of the whole, given to the messages that it was made of."""
    ids = {line.id for line in pieces} | set(verdict.gather)
    lines = [line for line in scene.lines if line.id in ids]
    spots = tuple((line.id, place) for line in lines for place in line.reading.places)
    spots += tuple((said.id, place) for place in reading.places)
    own = verdict.point is None and only_her_own(reading, spots)
    return replace(verdict, step=Step.OPEN, gather=tuple(line.id for line in lines), places=spots, own_place=own)
