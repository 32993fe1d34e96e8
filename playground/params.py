"""Parameters of a call: from query, JSON, form or multipart; converted and refused as Telegram does."""

import json
import math
from typing import Any

from aiohttp import web

from playground.errors import Refusal, bad

Json = dict[str, Any]
LONGEST_INTEGER = 30


class Params:
    """One call's parameters and uploads."""

    def __init__(self, values: Json, files: dict[str, tuple[str, bytes]]) -> None:
        self.values, self.files = values, files

    def integer(self, name: str, default: int | None = None) -> int:
        """A whole number; missing ones are refused unless there is a default."""
        value = self.values.get(name)
        if value is None or value == "":
            if default is None:
                raise bad(f'parameter "{name}" is required' if name != "chat_id" else "chat_id is empty")
            return default
        try:
            return int(str(value)[:LONGEST_INTEGER])
        except ValueError:
            raise bad(f"wrong parameter {name}" if name != "chat_id" else "chat not found") from None

    def number(self, name: str) -> float:
        """A number that must be given."""
        value = self.values.get(name)
        if value is None or value == "":
            raise bad(f"{name} is empty")
        try:
            found = float(value)
        except (TypeError, ValueError):
            found = math.nan
        if not math.isfinite(found):
            raise bad(f"{name} must be a valid number")
        return found

    def text(self, name: str) -> str:
        """A text, empty where it is missing."""
        value = self.values.get(name)
        return "" if value is None else clean(str(value))

    def truth(self, name: str) -> bool:
        """A yes or no, no where it is missing."""
        return self.text(name).lower() in {"true", "yes", "1"}

    def object(self, name: str) -> Any:
        """A JSON value, or None."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            return value
        try:
            return json.loads(clean(value))
        except (ValueError, RecursionError):
            raise bad(f"can't parse {name.replace('_', ' ')} JSON object") from None

    def mapping(self, name: str) -> Json | None:
        """A JSON object, or None."""
        found = self.object(name)
        if found is not None and not isinstance(found, dict):
            raise bad(f"can't parse {name.replace('_', ' ')} JSON object")
        return found

    def sequence(self, name: str) -> list[Json] | None:
        """A JSON array of objects, or None."""
        found = self.object(name)
        if found is not None and not (isinstance(found, list) and all(isinstance(item, dict) for item in found)):
            raise bad(f"can't parse {name.replace('_', ' ')} JSON array")
        return found


def clean(text: str) -> str:
    """A text as Telegram takes it. Raises Refusal for half a character."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise bad("strings must be encoded in UTF-8") from None
    return text.replace("\0", "")


async def read(request: web.Request) -> Params:
    """The parameters of a request."""
    values: Json = dict(request.query)
    files: dict[str, tuple[str, bytes]] = {}
    if request.content_type == "application/json":
        values |= await _json(request)
    elif request.method == "POST":
        try:
            form = await request.post()
        except web.HTTPRequestEntityTooLarge:
            raise Refusal(413, "Request Entity Too Large") from None
        except ValueError:
            raise bad("can't parse the request") from None
        for name, value in form.items():
            if isinstance(value, web.FileField):
                files[name] = (value.filename, value.file.read())
            else:
                values[name] = value
    return Params(values, files)


async def _json(request: web.Request) -> Json:
    try:
        given = await request.json()
    except (ValueError, RecursionError):
        raise bad("can't parse JSON object") from None
    return given if isinstance(given, dict) else {}
