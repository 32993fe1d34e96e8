"""Refusals as Telegram words them."""

from typing import Any


class Refusal(Exception):  # noqa: N818 - Telegram's answer, not our error
    """An answer with ok false."""

    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.code, self.description, self.parameters = code, description, parameters

    def body(self) -> dict[str, Any]:
        """As JSON."""
        answer: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        return {**answer, "parameters": self.parameters} if self.parameters else answer


def bad(words: str, **parameters: Any) -> Refusal:
    """400 Bad Request."""
    return Refusal(400, f"Bad Request: {words}", **parameters)
