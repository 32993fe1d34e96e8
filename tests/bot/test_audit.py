"""`make lint` asks whether faults are known in what the program needs; only a known fault is one."""

import json
import subprocess
from typing import Any

import pytest

from scripts import audit

SOUND = {"name": "aiohttp", "version": "3.14.5", "vulns": []}
SICK = {"name": "pillow", "version": "1.0", "vulns": [{"id": "PYSEC-1", "fix_versions": ["1.1"]}]}
UNASKED = {"name": "pillow", "skip_reason": "could not be looked up"}


@pytest.mark.parametrize(
    ("answer", "ends", "said"),
    [
        (json.dumps({"dependencies": [SOUND], "fixes": []}), 0, "依赖里没有已知漏洞"),
        (json.dumps({"dependencies": [SOUND, SICK], "fixes": []}), 1, "pillow 1.0：PYSEC-1，修复于 1.1"),
        (json.dumps({"dependencies": [UNASKED], "fixes": []}), 0, "没有查"),
        ("", 0, "没有查"),
    ],
    ids=["sound", "a known fault", "nothing looked up", "no network"],
)
def test_only_a_known_fault_fails(
    answer: str, ends: int, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The rest is one sentence."""

    def run(*_given: Any, **_more: Any) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess([], 1, answer, "ConnectionError: nobody there")

    monkeypatch.setattr(subprocess, "run", run)
    assert audit.main() == ends
    assert said in capsys.readouterr().out


def test_index_that_does_not_answer_is_no_fault(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The real tool against a closed port."""
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setattr(audit, "PATIENCE", 1.5)
    assert audit.main() == 0
    assert "已知漏洞没有查" in capsys.readouterr().out
