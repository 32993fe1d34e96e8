"""Faults that tests switch on: lost answers, delays, errors, cut connections."""

from dataclasses import dataclass, field
from typing import Any

KINDS = ("drop", "delay", "status", "close", "half")


@dataclass
class Faults:
    """Rules, the first that fits is used; `times` -1 for ever."""

    rules: list[dict[str, Any]] = field(default_factory=list)

    def add(self, rules: list[dict[str, Any]]) -> None:
        """More rules. Raises ValueError for an unknown kind."""
        for rule in rules:
            if rule.get("fault") not in KINDS:
                raise ValueError(f"不认识的故障 {rule.get('fault')}，可用：{'、'.join(KINDS)}")
            self.rules.append({"times": 1, "method": "*", **rule})

    def take(self, method: str, chat: int | None) -> dict[str, Any] | None:
        """The rule that strikes this call; it is counted."""
        for rule in self.rules:
            hits = rule["method"].lower() in {"*", method} and rule.get("chat") in {None, chat}
            if hits and rule["times"] != 0:
                rule["times"] -= rule["times"] > 0
                return rule
        return None
