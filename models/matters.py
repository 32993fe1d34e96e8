"""The matters of GB/T 47678.5-2026, with the older standard's codes and the limits where a bureau sets none."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Matter:
    """One class of matter: 5-digit code, Chinese name, major class, code of GB/T 30428.2-2013, limit in Chinese."""

    code: str
    name: str
    major: str
    code_2013: str
    limit: str


def _load() -> Mapping[str, Matter]:
    with Path(__file__).with_name("matters.csv").open(encoding="utf-8", newline="") as file:
        return MappingProxyType({row["code"]: Matter(**row) for row in csv.DictReader(file)})


MATTERS = _load()


def matter_name(code: str | None) -> str:
    """The matter's Chinese name, or the code itself where it is not of this standard."""
    matter = MATTERS.get(code or "")
    return matter.name if matter else (code or "其他事项")
