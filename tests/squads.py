"""The demonstration with a second squad, for what happens between squads."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.settings import SECRETS, Settings, build

SECOND = -1002002


def two_squads(
    settings: Settings, of: Mapping[int, str | None] | None = None, more: Sequence[Mapping[str, Any]] = ()
) -> Settings:
    """With 二中队 and its chat; `of` puts people into squads (None: over all of them), `more` people come."""
    found = settings.model_dump(mode="json", exclude=set(SECRETS.values()))
    found["groups"].append({"chat": SECOND, "name": "二中队", "kind": "squad", "squad": "二中队"})
    for person in found["people"]:
        person["squad"] = (of or {}).get(person["user"], person["squad"])
    found["people"] += more
    return build(found)
