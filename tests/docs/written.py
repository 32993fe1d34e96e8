"""What the code says of itself, in the form in which the pages of docs/ must say it."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel

from models.moves import BESIDE, MOVES, Need, Who, diagram
from texts.words import ACTION

REPO = Path(__file__).parent.parent.parent
FLOW = REPO / "docs" / "flow.md"
WHO = {
    Who.SYSTEM: "the bot itself",
    Who.REPORTER: "a reporter",
    Who.SQUAD: "an officer of the squad",
    Who.HOLDER: "the officer who took it",
    Who.LEAD: "a lead",
}
NEED = {
    Need.REASON: "a reason",
    Need.PROOF: "a photo or a written account",
    Need.MEANS: "the means",
    Need.LADDER: "for 执法 the lower rungs, or a reason",
}


def moves_table() -> str:
    """Every edge of a ticket's life, as a Markdown table."""
    head = ["| from | verb | to | who may | must be given | stamps |", "|---|---|---|---|---|---|"]
    rows = [
        f"| {status} | {action} {ACTION[action]} | {move.to} | {_listed(WHO, move.who)} "
        f"| {_listed(NEED, move.needs)} | {f'`{move.stamps}`' if move.stamps else ''} |"
        for (status, action), move in MOVES.items()
    ]
    return "\n".join([*head, *rows])


def _listed(names: dict[Any, str], held: frozenset[Any]) -> str:
    return "; ".join(words for key, words in names.items() if key in held)


def beside_table() -> str:
    """Who may do what moves no ticket, as a Markdown table."""
    rows = [
        f"| to {'say' if verb[0] == '/' else 'do'} `{verb}` | {_listed(WHO, who)} |" for verb, who in BESIDE.items()
    ]
    return "\n".join(["| what | who may |", "|---|---|", *rows])


def drawn() -> str:
    """The diagram as a fenced block."""
    return f"```mermaid\n{diagram()}\n```"


GENERATED = {"diagram": drawn, "moves": moves_table, "beside": beside_table}


def between(name: str) -> re.Pattern[str]:
    """Finds what stands between the two markers of a generated part."""
    return re.compile(rf"(<!-- {name}: begin[^>]*-->\n)(.*?)(\n<!-- {name}: end -->)", re.DOTALL)


def renewed(page: str) -> str:
    """The page with its generated parts made anew."""
    for name, made in GENERATED.items():
        page = between(name).sub(lambda found, made=made: f"{found[1]}{made()}{found[3]}", page)
    return page


def keys_of(model: type[BaseModel], before: str = "") -> Iterator[tuple[str, str]]:
    """Every key of the configuration with its default, as docs/configuration.md writes them."""
    for name, field in model.model_fields.items():
        path = f"{before}{name}"
        block = _block(field.annotation)
        inner = next((part for part in get_args(field.annotation) if _block(part)), None)
        if block:
            yield path, "*block*"
            yield from keys_of(block, f"{path}.")
            continue
        yield path, "*required*" if field.is_required() else f"`{_as_json(field.default)}`"
        if inner:
            yield from keys_of(inner, f"{path}[].")


def _block(kind: Any) -> type[BaseModel] | None:
    return kind if isinstance(kind, type) and issubclass(kind, BaseModel) else None


def _as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
