"""What a second reader is asked about one message, as plain values."""

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Question:
    """A question: `body` is all that leaves the house, `hash` the sha256 of it, `keys` stay here.

    `body` is a request of OpenAI's chat completions without the model's name. `keys` lead from the short names used in
    it to ours: {"asked": "m3", "messages": {"m1": {"id", "cuts": [[start, end, mark]], "hers"}}, "tickets": {"T1": 7}}.
    """

    hash: str
    body: Json = field(repr=False)
    keys: Json = field(repr=False)
