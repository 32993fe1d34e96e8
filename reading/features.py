"""What the trained models look at: short names for what stands in a text, and for the scene that it falls into.

A feature is there or not. Groups of signs of the text (`grams`) weigh less the more of them a text has; all others
weigh the same everywhere. Officers' words have groups of their own, for the same words do another work in their mouths.
"""

import re
from datetime import timedelta

from models.reading import InHand, Line, Reading, Scene
from models.said import Said, Speaker
from models.words import ENDED, STAFF
from reading.signs import Signs

LONGEST_GRAM = 4
CLASSES = {"whole": "\ue001", "thing": "\ue002", "state": "\ue003"}
"""Signs that stand for any word of a matter: what is learnt of one holds for the others."""
NUMBER = "0"
AGES = (60, 180, 600, 1800, 7200)
"""Seconds."""
NEIGHBOURS = 6
LIVELY = timedelta(minutes=30)
RECENT = timedelta(hours=2)
CHINA_HOURS = 8
QUESTION = ("?", "？", "吗", "么")


def grams(signs: Signs) -> set[str]:
    """Groups of one to four signs, as they stand and with the words of matters made alike."""
    mark = "o" if signs.role in STAFF else "c"
    alike = {gram for gram in _groups(f"^{_alike(signs)}$", 2, mark + "D") if any(s in gram for s in _MADE)}
    return _groups(f"^{signs.text}$", 1, mark) | alike


_MADE = (*CLASSES.values(), NUMBER)


def _groups(text: str, shortest: int, mark: str) -> set[str]:
    lengths = range(shortest, LONGEST_GRAM + 1)
    return {mark + text[at : at + n] for n in lengths for at in range(len(text) - n + 1)}


def _alike(signs: Signs) -> str:
    hits = [hit for hit in signs.cues.hits if hit.kind in CLASSES and len(hit.word) > 1]
    pieces, at = [], 0
    for hit in sorted(hits, key=lambda hit: (hit.start, hit.start - hit.end)):
        if hit.start >= at:
            pieces += [signs.text[at : hit.start], CLASSES[hit.kind]]
            at = hit.end
    return re.sub(r"\d+", NUMBER, "".join([*pieces, signs.text[at:]]))


def of_text(signs: Signs) -> set[str]:
    """What the rules say of the text, its length, whether it asks."""
    mark = "o" if signs.role in STAFF else "c"
    found = {f"Q{mark}{hit.key}" for hit in signs.cues.hits if hit.kind == "cue"}
    top = signs.weighed[0].score if signs.weighed else 0.0
    found |= {
        f"QM{mark}{min(6, int(top * 2))}", f"QA{mark}{signs.act}", f"QS{mark}{int(signs.score * 10)}",
        f"QP{min(2, signs.places)}", f"QO{int(signs.own_place)}", f"L{min(12, len(signs.text) // 4)}",
    }  # fmt: skip
    found |= {
        name
        for name, true in (
            ("QE", signs.emergency),
            ("QU", signs.urgent),
            ("QW", signs.elsewhere),
            ("QM2", len(signs.weighed) > 1),
        )
        if true
    }
    if signs.weighed:
        found.add(f"QC{signs.weighed[0].code}")
    if signs.text.rstrip().endswith(QUESTION):
        found.add(f"L?{mark}")
    return found


def of_matter(signs: Signs) -> set[str]:
    """The matters that the lexicon names, the weightiest apart."""
    if not signs.weighed:
        return {"M0"}
    found = {f"M{one.code}" for one in signs.weighed[:4]}
    found |= {f"MS{one.code}" for one in signs.weighed[:4] if one.score >= 1.5}  # noqa: PLR2004 - a thing and its state
    return found | {f"M1{signs.weighed[0].code}"}


def of_scene(said: Said, speaker: Speaker, reading: Reading, scene: Scene) -> set[str]:
    """Who speaks, what she answers to, what she and others said before, her tickets, the hour; also by her role."""
    found = _of_message(said) | _of_reply(said, speaker, scene) | _of_her_last(said, speaker, scene)
    found |= (
        _of_her_tickets(said, speaker, scene)
        | _of_others(said, speaker, scene)
        | _of_matter(said, speaker, reading, scene)
    )
    role, length = speaker.role[0], _length(said.text.strip())
    near = ("re:", "prev:", "mine", "bef:", "gap", "near")
    by_role = {f"{role}&{name}" for name in found}
    by_length = {f"{role}{length}&{name}" for name in found if name.startswith(near)}
    return {f"X{name}" for name in found | by_role | by_length | {f"role={speaker.role}"}}


def _length(text: str) -> str:
    return "e" if not text else "s" if len(text) < 8 else "m" if len(text) < 20 else "l"  # noqa: PLR2004 - short, middle


def _age(said: Said, line: Line) -> int:
    return _bucket((said.at - line.at).total_seconds())


def _bucket(seconds: float) -> int:
    return sum(seconds >= age for age in AGES)


def _of_message(said: Said) -> set[str]:
    found = {"words" if said.text.strip() else "empty", f"h{(said.at.hour + CHINA_HOURS) % 24 // 4}"}
    parts = {
        "pictured": said.pictured,
        "spoken": said.spoken,
        "forwarded": said.forwarded,
        "album": said.album,
        "pin": said.point,
    }
    return found | {name for name, there in parts.items() if there}


def _of_reply(said: Said, speaker: Speaker, scene: Scene) -> set[str]:
    if not said.reply_to:
        return {"re:no"}
    line = next((line for line in scene.lines if line.id == said.reply_to), None)
    if line is None:
        return {"re:far"}
    who, known = _who(line, speaker), bool(line.tickets)
    return {f"re:{who}", f"re:t{known:d}", f"re:{who}{known:d}"}


def _who(line: Line, speaker: Speaker) -> str:
    return "self" if line.speaker.id == speaker.id else line.speaker.role


def _of_her_last(said: Said, speaker: Speaker, scene: Scene) -> set[str]:
    line = next((line for line in reversed(scene.lines) if line.speaker.id == speaker.id), None)
    if line is None:
        return {"gap=no"}
    age, known = _age(said, line), bool(line.tickets)
    found = {f"gap={age}"}
    if age <= 2:  # noqa: PLR2004 - ten minutes
        found |= {f"prev:t{known:d}", f"prev:act={line.reading.act}", f"prev:s{int(line.reading.score * 5)}t{known:d}"}
        parts = {"prev:pin": line.point, "prev:photo": line.pictured, "prev:voice": line.spoken}
        found |= {name for name, there in parts.items() if there}
    return found


def _of_her_tickets(said: Said, speaker: Speaker, scene: Scene) -> set[str]:
    mine = [ticket for ticket in scene.tickets if speaker.id in ticket.reporters]
    held = [t for t in scene.tickets if t.officer == speaker.id and t.status not in ENDED]
    found = {f"held={_bucket((said.at - max(t.last_at for t in held)).total_seconds())}"} if held else set()
    if not mine:
        return found | {"mine=no"}
    last = max(mine, key=lambda ticket: ticket.last_at)
    heard, opened = (_bucket((said.at - at).total_seconds()) for at in (last.last_at, last.opened_at))
    return found | {f"mine={heard}", f"mine:{last.status}", f"mineopen={opened}"}


def _of_others(said: Said, speaker: Speaker, scene: Scene) -> set[str]:
    near = [line for line in scene.lines[-NEIGHBOURS:] if line.tickets and _age(said, line) <= 2]  # noqa: PLR2004 - ten minutes
    found = {f"near={min(3, len(near))}", f"livet={min(3, len(_lively(said, scene)))}"}
    if not scene.lines:
        return found
    line = scene.lines[-1]
    found |= {
        f"bef:{_who(line, speaker)}{bool(line.tickets):d}",
        f"befgap={_age(said, line)}",
        f"bef:act={line.reading.act}",
    }
    if line.text.rstrip().endswith(QUESTION[:2]):
        found.add("bef:?")
    hers = {ticket.id for ticket in scene.tickets if speaker.id in ticket.reporters}
    return found | ({"bef:mine"} if hers.intersection(line.tickets) else set())


def _of_matter(said: Said, speaker: Speaker, reading: Reading, scene: Scene) -> set[str]:
    if reading.topic is None:
        return set()
    alike = [ticket for ticket in scene.tickets if ticket.found.matter == reading.topic]
    hers = any(speaker.id in t.reporters and t.status not in ENDED and said.at - t.last_at < RECENT for t in alike)
    return ({"minematter"} if hers else set()) | (
        {"livematter"} if any(said.at - t.last_at < LIVELY for t in alike) else set()
    )


def _lively(said: Said, scene: Scene) -> list[InHand]:
    return [ticket for ticket in scene.tickets if said.at - ticket.last_at < LIVELY]
