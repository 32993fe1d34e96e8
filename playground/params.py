"""Parameters of a call: from query, JSON, form or multipart; converted and refused as Telegram does."""

import json
from typing import Any

from aiohttp import web

from playground.errors import bad


class Params:
    """One call's parameters and uploads."""

    def __init__(self, values: dict[str, Any], files: dict[str, tuple[str, bytes]]) -> None:
        self.values, self.files = values, files

    def integer(self, name: str, default: int | None = None) -> int:
        """A whole number; missing ones are refused unless there is a default."""
        value = self.values.get(name)
        if value is None or value == "":
            if default is None:
                raise bad(f'parameter "{name}" is required' if name != "chat_id" else "chat_id is empty")
            return default
        try:
            return int(value)
        except (TypeError, ValueError):
            raise bad(f"wrong parameter {name}" if name != "chat_id" else "chat not found") from None

    def number(self, name: str) -> float:
        """A number that must be given."""
        try:
            return float(self.values[name])
        except (KeyError, TypeError, ValueError):
            raise bad(f"{name} must be a valid number" if name in self.values else f"{name} is empty") from None

    def text(self, name: str) -> str:
        """A text, empty where it is missing."""
        value = self.values.get(name)
        return "" if value is None else str(value)

    def object(self, name: str) -> Any:
        """A JSON value, or None."""
        value = self.values.get(name)
        if value is None or value == "" or not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise bad(f"can't parse {name.replace('_', ' ')} JSON object") from None


async def read(request: web.Request) -> Params:
    """The parameters of a request."""
    values: dict[str, Any] = dict(request.query)
    files: dict[str, tuple[str, bytes]] = {}
    if request.content_type == "application/json":
        try:
            given = await request.json()
        except ValueError:
            raise bad("can't parse JSON object") from None
        values |= given if isinstance(given, dict) else {}
    elif request.method == "POST":
        form = await request.post()
        for name, value in form.items():
            if isinstance(value, web.FileField):
                files[name] = (value.filename, value.file.read())
            else:
                values[name] = value
    return Params(values, files)
