"""The question as a server of OpenAI's chat completions takes it: the task, the data, and the form of the answer."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from models.matters import matter_name
from models.question import Question
from models.words import Demand
from reading.second.window import Window

Json = dict[str, Any]
WHAT = ("opening", "part", "unclear", "talk")
ANSWER_TOKENS = 400
SYSTEM = Path(__file__).with_name("task.txt").read_text(encoding="utf-8").strip()
"""The task, as the server is told it."""


def _either(kind: str, **more: Any) -> Json:
    return {"type": [kind, "null"], **more}


SCHEMA: Json = {
    "type": "object",
    "additionalProperties": False,
    "required": ["what", "messages", "ticket", "matter", "demand", "elsewhere", "places", "urgent"],
    "properties": {
        "what": {"type": "string", "enum": list(WHAT)},
        "messages": {"type": "array", "items": {"type": "string"}},
        "ticket": _either("string"),
        "matter": _either("string"),
        "demand": _either("string", enum=[*(demand.value for demand in Demand), None]),
        "elsewhere": {"type": "boolean"},
        "places": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["message", "text"],
                "properties": {"message": {"type": "string"}, "text": {"type": "string"}},
            },
        },
        "urgent": {"type": "boolean"},
    },
}
"""The form of an answer; reading/second/answer.py holds it to more than a schema can say."""


def ask(shown: Window, likely: Iterable[str]) -> Question:
    """The question about a window; `likely` are the codes of matters that the local reader finds likely."""
    data = {**shown.shown, "matters": {code: matter_name(code) for code in likely}}
    body: Json = {
        "messages": [{"role": "system", "content": SYSTEM}, {"role": "user", "content": _dump(data)}],
        "response_format": {"type": "json_schema", "json_schema": {"name": "answer", "strict": True, "schema": SCHEMA}},
        "temperature": 0,
        "max_tokens": ANSWER_TOKENS,
        "stream": False,
    }
    return Question(hashlib.sha256(_dump(body).encode("utf-8", "replace")).hexdigest(), body, shown.keys)


def sample() -> Question:
    """A made-up question, to see whether a server answers in the form asked for."""
    said = {
        "id": "m1", "who": "人1", "role": "商户", "minutes_ago": 0, "text": "门口路灯好像不亮了", "with": [],
        "replies_to": None, "tickets": [],
    }  # fmt: skip
    return ask(Window({"asked": "m1", "messages": [said], "tickets": []}, {}), ["01037"])


def data_of(question: Question) -> Json:
    """The data that a question shows."""
    found: Json = json.loads(question.body["messages"][1]["content"])
    return found


def _dump(value: Any) -> str:
    """Canonical: the same value always gives the same text."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
