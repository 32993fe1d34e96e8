"""Faults that tests switch on: lost answers, delays, errors, cut connections."""

from dataclasses import dataclass, field
from typing import Any

KINDS = ("drop", "delay", "status", "close", "half")
WORDS = {429: "Too Many Requests: retry after {after}", 502: "Bad Gateway", 504: "Gateway Timeout"}


@dataclass
class Faults:
    """Rules, the first that fits is used; `times` -1 for ever.

    `drop` acts and answers nothing, `half` acts and cuts its answer, `close` hangs up before acting, `delay` acts late,
    `status` refuses with that code (after acting where `before` is false). Each waits `seconds` first (none, 1 where
    it is a delay).
    """

    rules: list[dict[str, Any]] = field(default_factory=list)

    def add(self, rules: list[dict[str, Any]]) -> None:
        """More rules. Raises ValueError for an unknown kind."""
        for rule in rules:
            if rule.get("fault") not in KINDS:
                raise ValueError(f"不认识的故障 {rule.get('fault')}，可用：{'、'.join(KINDS)}")
            self.rules.append({"times": 1, "method": "*", **rule})

    def take(self, method: str, chat: str) -> dict[str, Any] | None:
        """The rule that strikes this call; it is counted."""
        for rule in self.rules:
            hits = rule["method"].lower() in {"*", method} and str(rule.get("chat", chat)) == chat
            if hits and rule["times"] != 0:
                rule["times"] -= rule["times"] > 0
                return rule
        return None


def words_of(rule: dict[str, Any]) -> str:
    """The description of a refusal by rule."""
    usual = WORDS.get(rule.get("status", 500), "Internal Server Error")
    return str(rule.get("description") or usual.format(after=rule.get("retry_after", 1)))
