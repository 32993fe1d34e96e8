"""Branches are counted alone: many lines cannot make up for few branches."""

import json
from pathlib import Path

import pytest

from scripts import branches


@pytest.mark.parametrize(("taken", "code"), [(92, 0), (100, 0), (91, 1)])
def test_too_few_branches_fail_however_many_lines_were_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], taken: int, code: int
) -> None:
    """By the totals of coverage's own report."""
    totals = {"percent_covered": 99.9, "covered_lines": 9_999, "covered_branches": taken, "num_branches": 100}
    report = tmp_path / "coverage.json"
    report.write_text(json.dumps({"totals": totals}), encoding="utf-8")
    monkeypatch.setattr("sys.argv", ["branches", str(report)])
    assert branches.main() == code
    assert f"branches: {taken}.0 %" in capsys.readouterr().out
