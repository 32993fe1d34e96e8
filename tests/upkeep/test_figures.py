"""What /metrics, /readyz and the log tell of a town: figures and faults, and nothing of anybody."""

import io
import json
import re
import time
from typing import Any

import aiohttp
import pytest
import structlog
import yaml
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import text

from bot import logs
from models.outgoing import End, Sort
from tests.conftest import REPO
from tests.town import MERCHANTS, QIU, STALL, TOKEN, Town

DEPLOY = REPO / "deploy"
Figures = dict[tuple[str, frozenset[tuple[str, str]]], float]


async def asked(town: Town, path: str) -> tuple[int, str]:
    """What a page answers."""
    assert town.program is not None
    async with aiohttp.ClientSession() as session, session.get(f"{town.program.web_url}{path}") as answer:
        return answer.status, await answer.text()


def figures_of(page: str) -> Figures:
    """Every sample of a page."""
    families = text_string_to_metric_families(page)
    return {(s.name, frozenset(s.labels.items())): s.value for family in families for s in family.samples}


def figure(figures: Figures, name: str, **labels: str) -> float:
    """One of them; 0 where nothing was counted yet."""
    return figures.get((name, frozenset(labels.items())), 0)


async def test_metrics_tell_of_a_ticket_from_receipt_to_thanks(town: Town) -> None:
    """Counters go up by what happened, gauges show what stands, the answer was timed."""
    before = figures_of((await asked(town, "/metrics"))[1])
    town.says(QIU, STALL)
    result = await town.solved()
    await town.clicks(QIU, result, "满意")
    await town.sees("谢谢您的评价")
    await town.quiet()
    status, page = await asked(town, "/metrics")
    assert status == 200
    after = figures_of(page)

    def grown(name: str, **labels: str) -> float:
        return figure(after, name, **labels) - figure(before, name, **labels)

    inbox = len(await town.rows("SELECT 1 FROM inbox"))
    assert grown("qunban_updates_received_total") == inbox
    assert figure(after, "qunban_rows", table="inbox", state="done") == inbox
    assert figure(after, "qunban_rows", table="inbox", state="new") == 0
    assert figure(after, "qunban_tickets", status="closed") == 1
    for action in ("open", "dispatch", "accept", "arrive", "resolve", "confirm"):
        assert grown("qunban_ticket_events_total", action=action) == 1
    assert grown("qunban_sendings_total", method="toast", end="sent") == 5
    assert grown("qunban_sendings_total", method="text", end="sent") >= 2
    assert grown("qunban_answer_seconds_count", kind="card") == 3
    assert 0 < grown("qunban_answer_seconds_sum", kind="card") < 60
    assert figure(after, "qunban_ready") == 1
    assert figure(after, "qunban_fetch_age_seconds") < 30
    assert figure(after, "qunban_oldest_seconds", table="outbox") == 0
    assert figure(after, "process_resident_memory_bytes") > 10**6


async def test_labels_hold_words_of_the_program_only(town: Town) -> None:
    """No name, no number of a person or chat, no token, whatever was said."""
    town.says(QIU, STALL + "，我电话13912345678")
    await town.solved()
    await town.quiet()
    _, page = await asked(town, "/metrics")
    labels = {value for _, labels in figures_of(page) for name, value in labels if name != "le"}
    assert labels
    assert all(value.isascii() and not any(sign.isdigit() for sign in value) for value in labels)
    lines = page.splitlines()
    told = "\n".join(line if line.startswith("#") else line.rpartition(" ")[0] for line in lines)
    for secret in (TOKEN, "13912345678", "邱", str(MERCHANTS), str(QIU)):
        assert secret not in told
    amounts = {float(line.rpartition(" ")[2]) for line in lines if not line.startswith("#")}
    assert not amounts & {13912345678.0, float(MERCHANTS), float(QIU)}, "a number may hold such figures, not be one"


async def test_dashboard_and_alerts_ask_for_figures_that_there_are(town: Town) -> None:
    """Every name in deploy/ is on the page of a town that did something, or is one that waits for its first event."""
    town.says(QIU, STALL)
    await town.solved()
    await town.quiet()
    _, page = await asked(town, "/metrics")
    families = list(text_string_to_metric_families(page))
    there = {s.name for family in families for s in family.samples} | {family.name for family in families}
    there |= {f"{family.name}_total" for family in families if family.type == "counter"}
    there |= {f"qunban_{name}" for name in ("backup_age_seconds", "backup_failures")}
    for words in _expressions():
        named = set(names_in(words))
        assert named, words
        assert named <= there, words


SAID = {"end": {end.value for end in End}, "method": {sort.value for sort in Sort}, "job": {"qunban"}}
"""What counters may say that only count what happened; `job` is the scrape's own (deploy/prometheus.yml)."""
ADDED = {"le", "job"}
LATER = {"geocoder", "outcome"}
"""Labels of figures that have their first line when a geocoder was asked."""


async def test_dashboard_and_alerts_ask_for_labels_and_values_that_there_are(town: Town) -> None:
    """A state that was renamed would make an alert silent for ever: each is one that the program shows or can say."""
    town.says(QIU, STALL)
    await town.solved()
    await town.quiet()
    emitted: dict[str, dict[str, set[str]]] = {}
    for name, labels in figures_of((await asked(town, "/metrics"))[1]):
        for label, value in labels:
            emitted.setdefault(name, {}).setdefault(label, set()).add(value)
    asked_for = [one for words in _expressions() for one in selected(words)]
    assert len(asked_for) >= 10
    for name, label, value in asked_for:
        assert value in SAID.get(label, emitted.get(name, {}).get(label, set())), (name, label, value)
    known = {label for labels in emitted.values() for label in labels} | LATER | ADDED
    board = (DEPLOY / "grafana.json").read_text(encoding="utf-8")
    grouped = {label for words in _expressions() for some in re.findall(r"by \(([^)]*)\)", words) for label in
               re.findall(r"\w+", some)}  # fmt: skip
    assert grouped | set(re.findall(r"\{\{(\w+)\}\}", board)) <= known


def selected(words: str) -> list[tuple[str, str, str]]:
    """Each figure, label and value that an expression picks out or leaves out."""
    found = []
    for name, inside in re.findall(r"(\w+)\{([^}]*)\}", words):
        for label, how, values in re.findall(r'(\w+)\s*(=~|!~|!=|=)\s*"([^"]*)"', inside):
            found += [(name, label, value) for value in (values.split("|") if "~" in how else [values])]
    return found


def _expressions() -> list[str]:
    board = json.loads((DEPLOY / "grafana.json").read_text(encoding="utf-8"))
    alerts = yaml.safe_load((DEPLOY / "alerts.yml").read_text(encoding="utf-8"))
    shown = [target["expr"] for panel in board["panels"] for target in panel.get("targets", [])]
    return shown + [rule["expr"] for group in alerts["groups"] for rule in group["rules"] if "up{" not in rule["expr"]]


def names_in(words: str) -> list[str]:
    """The figures that an expression names."""
    return re.findall(r"\b(?:qunban|process)_\w+", words)


def test_dashboard_has_a_place_and_a_title_for_every_panel() -> None:
    """Panels do not lie over each other."""
    board = json.loads((DEPLOY / "grafana.json").read_text(encoding="utf-8"))
    taken: set[tuple[int, int]] = set()
    for panel in board["panels"]:
        place = panel["gridPos"]
        cells = {(place["x"] + x, place["y"] + y) for x in range(place["w"]) for y in range(place["h"])}
        assert panel["title"]
        assert not cells & taken
        assert max(x for x, _ in cells) < 24
        taken |= cells


def test_every_alert_says_what_to_do() -> None:
    """A name, a time, a summary in plain words."""
    alerts = yaml.safe_load((DEPLOY / "alerts.yml").read_text(encoding="utf-8"))
    rules = [rule for group in alerts["groups"] for rule in group["rules"]]
    assert len(rules) > 8
    for rule in rules:
        assert set(rule) == {"alert", "expr", "for", "labels", "annotations"}
        assert rule["labels"]["severity"] in {"page", "ticket"}
        assert rule["annotations"]["summary"]


async def test_readyz_names_a_database_that_takes_nothing(town: Town) -> None:
    """503, and the sentence says which part it is."""
    assert (await asked(town, "/readyz"))[0] == 200
    assert town.program is not None
    engine = town.program.engine
    async with engine.begin() as conn:
        await conn.execute(text("ALTER TABLE alembic_version RENAME TO put_away"))
    try:
        status, page = await asked(town, "/readyz")
        assert status == 503
        assert "数据库写不进去" in page
        assert figure(figures_of((await asked(town, "/metrics"))[1]), "qunban_ready") == 0
    finally:
        async with engine.begin() as conn:
            await conn.execute(text("ALTER TABLE put_away RENAME TO alembic_version"))
    assert (await asked(town, "/readyz"))[0] == 200


@pytest.mark.usefixtures("impatient")
async def test_readyz_names_what_the_courier_does_not_know(town: Town) -> None:
    """A card in doubt for good."""
    lost: dict[str, Any] = {"method": "sendMessage", "chat": MERCHANTS, "fault": "close", "times": 2}
    town.play.api.faults.add([lost])
    town.says(QIU, STALL)
    await town.sees_rows("SELECT 1 FROM outbox WHERE state = 'unknown'")
    status, page = await asked(town, "/readyz")
    assert status == 503
    assert "一天里有1张卡片不知送到没有：请看 qunban dead list" in page


async def test_log_carries_ids_and_nobodys_words(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each line of a ticket's history names ticket, group and person by number; what was said is not in the log."""
    written = io.StringIO()
    monkeypatch.setattr("sys.stderr", written)
    logs.set_up(town.settings)
    try:
        town.says(QIU, STALL)
        town.world.raw({"message": {"chat": {"id": MERCHANTS, "type": "supergroup"}, "message_id": "鬼话连篇"}})
        await town.taken()
        await town.quiet()
    finally:
        structlog.reset_defaults()
    lines = [json.loads(line) for line in written.getvalue().splitlines() if line.startswith("{")]
    moves = {line["action"]: line for line in lines if line["event"] == "ticket"}
    [officer] = await town.rows("SELECT officer_id, group_id FROM ticket")
    assert {"open", "dispatch", "accept"} <= set(moves)
    assert (moves["accept"]["ticket"], moves["accept"]["person"]) == (1, officer["officer_id"])
    assert moves["open"]["group"] == officer["group_id"]
    [dead] = [line for line in lines if line["event"] == "an update is dead"]
    assert dead["chat"] == str(MERCHANTS)
    assert not [sign for sign in written.getvalue() if "\u4e00" <= sign <= "\u9fff"]


async def test_metrics_are_quick_with_a_full_inbox(town: Town) -> None:
    """A scrape every fifteen seconds must not be felt: 20,000 rows are counted in well under a second."""
    assert town.program is not None
    await town.quiet()
    row = "('telegram', :n, '1', '{}', '2026-03-01 00:00:00', 'done', 0)"
    columns = "(channel, update_id, chat, raw, received_at, state, attempts)"
    async with town.program.engine.begin() as conn:
        await conn.execute(text(f"INSERT INTO inbox {columns} VALUES {row}"), [{"n": -n} for n in range(1, 20_001)])  # noqa: S608 - a test's own words
    start = time.monotonic()
    assert (await asked(town, "/metrics"))[0] == 200
    assert time.monotonic() - start < 3
