"""`qunban read`: what the reader makes of words, for people and for programs."""

import json
import sys
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from models.matters import matter_name
from models.reading import Reading
from models.words import Demand
from reading.reader import Reader
from texts.words import DEMAND

SCOPES = {"city": "城管的事", "elsewhere": "别的部门的事", "none": "不用开单"}
SURE = 0.75


class LinesRefused(Exception):  # noqa: N818 - a plain sentence for the person
    """A file of lines that cannot be read."""


def as_dict(key: Any, reading: Reading) -> dict[str, Any]:
    """One line of `read --lines`."""
    found = reading.found if reading.scope != "none" else None
    return {
        "id": key,
        "scope": reading.scope,
        "demand": found.demand if found else None,
        "matter": found.matter if found else None,
        "also": list(found.also) if found else [],
        "place": list(reading.places),
        "party": found.party if found else None,
        "urgent": found.urgent if found else False,
        "emergency": found.emergency if found else None,
        "sure": reading.score >= SURE or reading.score <= 1 - SURE,
        "why": list(reading.why),
    }


def many(path: Path) -> None:
    """JSON lines in, JSON lines out."""
    reader = Reader()
    try:
        file = path.open(encoding="utf-8")
    except OSError:
        raise LinesRefused(f"打不开 {path.name}，请检查文件名") from None
    with file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                given = json.loads(line)
                key, text = given["id"], str(given["text"])
            except (ValueError, KeyError, TypeError):
                raise LinesRefused(f'{path.name} 第{number}行不是 {{"id", "text"}} 的 JSON') from None
            sys.stdout.write(json.dumps(as_dict(key, reader.read(text)), ensure_ascii=False) + "\n")


def one(text: str, out: Console) -> None:
    """A small table for people."""
    found = as_dict("", Reader().read(text))
    table = Table(show_header=False, box=None)
    table.add_row("是什么", SCOPES[found["scope"]])
    if found["scope"] != "none":
        table.add_row("诉求", DEMAND[Demand(found["demand"])])
        table.add_row("事项", f"{matter_name(found['matter'])} {found['matter']}" if found["matter"] else "无")
        table.add_row("对象", found["party"] or "无")
        table.add_row(
            "紧急", (f"先打{found['emergency']}" if found["emergency"] else "是") if found["urgent"] else "否"
        )
    table.add_row("地点", "，".join(found["place"]) or "无")
    table.add_row("为什么", "；".join(found["why"]) or "没有说到要办的事")
    out.print(table, highlight=False)
