"""What deploy/ and the Dockerfile name is there: commands, paths, ports, variables. Nobody can start them here."""

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from bot.__main__ import app
from bot.blocks import Web
from bot.settings import ENVIRONMENT, FILES, SECRETS
from tests.conftest import REPO
from web.app import HEARD_LIMIT

DEPLOY = REPO / "deploy"
VARIABLES = {*ENVIRONMENT, *SECRETS, *FILES, "QUNBAN_CONFIG"}
COMMANDS = set(typer.main.get_command(app).commands)  # type: ignore[attr-defined]
OURS = sorted([*DEPLOY.iterdir(), REPO / "Dockerfile"])


def unit() -> dict[str, dict[str, list[str]]]:
    """The service file: sections, keys, values in order; a key may stand several times."""
    found: dict[str, dict[str, list[str]]] = {}
    section = ""
    for line in (DEPLOY / "qunban.service").read_text(encoding="utf-8").splitlines():
        if head := re.fullmatch(r"\[(\w+)\]", line):
            section = head[1]
            found[section] = {}
        elif line and not line.startswith("#"):
            key, value = line.split("=", 1)
            found[section].setdefault(key, []).append(value)
    return found


def compose() -> Any:
    """The services of compose.yaml."""
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))


def docker() -> list[tuple[str, str]]:
    """The Dockerfile's instructions."""
    words = (REPO / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in words.splitlines() if line.strip() and not line.startswith("#")]
    return [(line.split(" ", 1)[0], line.split(" ", 1)[1].strip()) for line in lines]


def test_unit_starts_a_command_that_there_is_and_lets_it_do_little() -> None:
    """Each wall stands, the token comes as a credential, the state has its folder."""
    service = {key: values[-1] for key, values in unit()["Service"].items()}
    program, command = shlex.split(service["ExecStart"])
    assert Path(program).name == "qunban"
    assert command in COMMANDS
    walls = {"NoNewPrivileges": "yes", "ProtectSystem": "strict", "ProtectHome": "yes", "PrivateTmp": "yes",
             "PrivateDevices": "yes", "CapabilityBoundingSet": "", "RestrictSUIDSGID": "yes"}  # fmt: skip
    assert {key: service[key] for key in walls} == walls
    assert service["Restart"] == "on-failure"
    assert service["RestartPreventExitStatus"] == "1"
    assert service["User"] == service["StateDirectory"] == "qunban"
    assert "WatchdogSec" not in service
    assert "MemoryDenyWriteExecute" not in service


def test_units_variables_are_known_and_its_secrets_are_credentials() -> None:
    """Each credential that a variable points at is loaded, and no secret stands in the file."""
    service = unit()["Service"]
    given = dict(value.split("=", 1) for value in service["Environment"])
    loaded = {value.partition(":")[0] for value in service["LoadCredential"]}
    assert set(given) <= VARIABLES
    assert {value.removeprefix("%d/") for name, value in given.items() if name in FILES} == loaded
    assert not set(given) & set(SECRETS)
    assert given["QUNBAN_DATA"].startswith("/var/lib/qunban")


def test_container_installs_from_the_lock_file_and_runs_as_nobody() -> None:
    """Hashes are required, the user is not root, the check asks a page that there is."""
    steps = docker()
    [install] = [words for name, words in steps if name == "RUN" and "pip install" in words]
    assert "--require-hashes -r requirements/run.txt" in install
    assert [words for name, words in steps if name == "USER"] == ["qunban"]
    [check] = [words for name, words in steps if name == "HEALTHCHECK"]
    assert f"127.0.0.1:{Web().port}/healthz" in check
    assert ("EXPOSE", str(Web().port)) in steps
    [start] = [json.loads(words) for name, words in steps if name == "CMD"]
    [words] = [json.loads(words) for name, words in steps if name == "ENTRYPOINT"]
    assert words == ["python", "-m", "bot"]
    assert start[0] in COMMANDS
    [given] = [words for name, words in steps if name == "ENV"]
    assert set(re.findall(r"\b(QUNBAN_\w+)=", given)) <= VARIABLES


def test_what_the_container_copies_is_there() -> None:
    """And what the program needs at run time is not left out."""
    for name, words in docker():
        if name == "COPY" and not words.startswith("--from"):
            assert (REPO / words.split()[0]).exists()
    left_out = {line.strip() for line in (REPO / ".dockerignore").read_text(encoding="utf-8").splitlines()}
    needed = {"bot", "channels", "geo", "handlers", "ledger", "migrations", "models", "playground", "reading",
              "requirements", "services", "texts", "web", "pyproject.toml"}  # fmt: skip
    assert not needed & left_out
    assert {"data", ".git", ".venv"} <= left_out


def test_compose_gives_the_bot_what_it_asks_for() -> None:
    """Variables are known, secrets and volumes are declared and mounted, the port stays on this machine."""
    found = compose()
    bot, database = found["services"]["bot"], found["services"]["postgres"]
    assert set(bot["environment"]) <= VARIABLES
    mounted = {f"/run/secrets/{name}" for name in bot["secrets"]}
    assert {value for name, value in bot["environment"].items() if name in FILES} == mounted
    assert {*bot["secrets"], *database["secrets"]} == set(found["secrets"])
    assert bot["ports"] == [f"127.0.0.1:{Web().port}:{Web().port}"]
    assert set(bot["depends_on"]) <= set(found["services"])
    assert bot["cap_drop"] == ["ALL"]
    assert bot["read_only"] is True
    named = {v.partition(":")[0] for s in (bot, database) for v in s["volumes"] if not v.startswith(".")}
    assert named == set(found["volumes"])
    assert (DEPLOY / bot["build"] / "Dockerfile").resolve() == REPO / "Dockerfile"


def test_proxy_lets_in_the_webhook_alone_and_prometheus_finds_the_port() -> None:
    """Path, port and size are the program's; braces close."""
    words = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    assert words.count("{") == words.count("}")
    assert re.findall(r"location (\S+)", words) == ["/telegram/", "/"]
    assert f"proxy_pass http://127.0.0.1:{Web().port};" in words
    assert f"client_max_body_size {HEARD_LIMIT // 2**20}m;" in words
    scrape = yaml.safe_load((DEPLOY / "prometheus.yml").read_text(encoding="utf-8"))
    [job] = scrape["scrape_configs"]
    assert job["job_name"] == "qunban"
    assert job["static_configs"] == [{"targets": [f"127.0.0.1:{Web().port}"]}]
    assert all((DEPLOY / name).is_file() for name in scrape["rule_files"])


@pytest.mark.parametrize("file", OURS, ids=lambda file: file.name)
def test_nothing_in_deploy_names_a_package_server_or_holds_a_secret(file: Path) -> None:
    """Pip asks where pip asks by itself; a token has a form that would be seen."""
    words = file.read_text(encoding="utf-8")
    assert not re.search(r"index-url|trusted-host|PIP_|\d{6,}:[\w-]{20,}", words)
    assert set(re.findall(r"\bQUNBAN_[A-Z_]+\b", words)) <= VARIABLES


@pytest.mark.parametrize("name", ["run", "test", "train", "tools"])
def test_every_pin_of_the_lock_files_has_a_hash(name: str) -> None:
    """`pip --require-hashes` would say the same, on a machine with a network."""
    words = (REPO / "requirements" / f"{name}.txt").read_text(encoding="utf-8").replace("\\\n", " ")
    pins = [line for line in words.splitlines() if re.match(r"[a-z0-9]", line, re.IGNORECASE)]
    assert pins
    assert [pin.split()[0] for pin in pins if "==" not in pin or "--hash=sha256:" not in pin] == []
