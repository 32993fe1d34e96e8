"""The command line as a clerk meets it: each command in a process of its own."""

import contextlib
import json
import os
import pty
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

REPO = Path(__file__).parent.parent.parent
COMMANDS = ("run", "check", "replay", "read", "summary", "backup", "restore", "dead", "doctor", "demo")
GONE = "\x1b[2K"
"""What wipes a line of a terminal."""
STALL = "这里有货车路边卖水果，堵住我们门前小路，能不能过来管理？"


def qunban(*words: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a command; its output."""
    return subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "bot", *words], cwd=folder, env=_environment(variables), capture_output=True, text=True,
        timeout=60, check=False,
    )  # fmt: skip


def _environment(variables: dict[str, str]) -> dict[str, str]:
    """The machine's own, without what is meant for us there."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("QUNBAN_")}
    given = {"QUNBAN_CONFIG": str(REPO / "config.yaml"), "COLUMNS": "160", "PYTHONPATH": str(REPO)}
    return kept | given | variables


def on_a_terminal(*words: str, folder: Path) -> str:
    """Run a command whose errors a terminal shows; all that it showed, with the signs that move about there."""
    ours, theirs = pty.openpty()
    given, command = _environment({"TERM": "xterm-256color"}), [sys.executable, "-m", "bot", *words]
    with subprocess.Popen(command, cwd=folder, env=given, stdout=subprocess.DEVNULL, stderr=theirs) as running:  # noqa: S603 - our own program
        os.close(theirs)
        shown = b""
        with contextlib.suppress(OSError):
            while part := os.read(ours, 4096):
                shown += part
        os.close(ours)
    assert running.returncode == 0, shown.decode()
    return shown.decode()


def test_help_names_every_command_in_plain_chinese(tmp_path: Path) -> None:
    """What there is, and a sentence for each."""
    shown = qunban("--help", folder=tmp_path).stdout
    assert all(name in shown for name in COMMANDS)
    assert "把“城管+商户”群里说的事变成工单" in shown
    for name in COMMANDS:
        assert qunban(name, "--help", folder=tmp_path).returncode == 0


def test_read_says_what_it_makes_of_a_sentence_and_why(tmp_path: Path) -> None:
    """The newspaper's words."""
    shown = qunban("read", STALL, folder=tmp_path).stdout
    assert "城管的事" in shown
    assert "占道经营 09006" in shown
    assert "门前小路" in shown
    assert "为什么" in shown


def test_read_lines_answers_line_by_line(tmp_path: Path) -> None:
    """JSON lines in, JSON lines out, with the keys that other programs rely on."""
    file = tmp_path / "in.jsonl"
    file.write_text(
        "\n".join(json.dumps({"id": n, "text": words}) for n, words in enumerate([STALL, "早上好", "\ud800坏字"])),
        encoding="utf-8",
    )
    lines = [json.loads(line) for line in qunban("read", "--lines", str(file), folder=tmp_path).stdout.splitlines()]
    assert [line["id"] for line in lines] == [0, 1, 2]
    assert [line["scope"] for line in lines[:2]] == ["city", "none"]
    keys = {"id", "scope", "demand", "matter", "also", "place", "party", "urgent", "emergency", "sure", "why"}
    assert all(set(line) == keys for line in lines)
    assert all(piece in STALL for piece in lines[0]["place"])


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["read"], "请给一句话"),
        (["read", "--lines", "nothing.jsonl"], "打不开 nothing.jsonl"),
        (["read", "--lines", "broken.jsonl"], "broken.jsonl 第2行"),
        (["replay", "nothing.json"], "打不开 nothing.json"),
        (["replay", "broken.json"], "broken.json"),
        (["replay", "foreign.json"], "foreign.json 里没有 messages"),
        (["replay", "half.json"], "从中间断了"),
        (["summary", "--from", "昨天"], "日期请写成"),
        (["summary", "--from", "2026-03-05", "--to", "2026-03-01"], "请倒过来写"),
        (["summary", "--group", "没有的群"], "没有叫“没有的群”的群"),
        (["run", "--config", "nowhere.yaml"], "找不到配置文件 nowhere.yaml"),
        (["check"], "没有令牌"),
        (["backup"], "没有说备份放在哪里"),
        (["backup", "there"], "数据库还是空的"),
        (["restore", "nothing.tar"], "找不到备份 nothing.tar"),
        (["restore", "broken.json"], "备份 broken.json 不能用"),
        (["dead", "retry"], "请写名字"),
        (["dead", "drop", "inbox:5"], "没有搁置的 inbox:5"),
        (["doctor", "--day", "昨天"], "日期请写成"),
    ],
)
def test_what_is_wrong_is_one_clear_sentence(tmp_path: Path, words: list[str], sentence: str) -> None:
    """Exit 1, no traceback, and the sentence says what to do."""
    (tmp_path / "broken.jsonl").write_text('{"id": 1, "text": "好"}\n{"id": 2\n', encoding="utf-8")
    (tmp_path / "broken.json").write_text("not json", encoding="utf-8")
    (tmp_path / "foreign.json").write_text('{"a": 1}', encoding="utf-8")
    whole = '{"id": 1, "type": "message", "date_unixtime": "1", "from_id": "user1", "text": "好"}'
    (tmp_path / "half.json").write_text(f'{{"name": "群", "messages": [{whole}, {{"id": 2, "ty', encoding="utf-8")
    done = qunban(*words, folder=tmp_path)
    assert done.returncode == 1
    assert sentence in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr + done.stdout


def test_webhook_without_a_token_does_not_start(tmp_path: Path) -> None:
    """In earnest there is no playground to fall back to."""
    file = tmp_path / "config.yaml"
    file.write_text("groups: []\ntelegram: {receive: webhook}\n", encoding="utf-8")
    done = qunban("run", "--config", str(file), folder=tmp_path)
    assert done.returncode == 1
    assert "QUNBAN_TELEGRAM_TOKEN" in done.stderr


def test_summary_of_an_empty_database_is_all_noughts(tmp_path: Path) -> None:
    """It makes the database and says what there is."""
    done = qunban("summary", folder=tmp_path)
    assert done.returncode == 0
    assert "新开 0 件" in done.stdout


def test_everything_is_lost_and_comes_back_by_the_command_line(tmp_path: Path) -> None:
    """Backup, everything removed, the configuration too; restore, doctor, and a second restore that is refused."""
    (tmp_path / "config.yaml").write_text("groups: []\nbackup: {keep: 2}\n", encoding="utf-8")
    kept = {"QUNBAN_CONFIG": "config.yaml"}
    assert qunban("summary", folder=tmp_path, **kept).returncode == 0
    done = qunban("backup", "backups", folder=tmp_path, **kept)
    assert "备份好了，也核对过" in done.stdout
    [file] = (tmp_path / "backups").iterdir()
    shutil.rmtree(tmp_path / "data")
    (tmp_path / "config.yaml").unlink()
    done = qunban("restore", str(file), folder=tmp_path, **kept)
    assert done.returncode == 0, done.stderr
    assert "config.yaml 不在，已从备份里取出" in done.stdout
    assert "恢复好了" in done.stdout
    done = qunban("doctor", folder=tmp_path, **kept)
    assert done.returncode == 0
    assert "都对得上" in done.stdout
    assert "收到 0 = 0；新工单 0 件" in done.stdout
    assert "没有搁置的东西" in qunban("dead", "list", folder=tmp_path, **kept).stdout


def test_database_of_a_newer_program_stops_every_command_with_one_sentence(tmp_path: Path) -> None:
    """Exit 1, so that systemd does not try for ever with 70; nothing is written."""
    assert qunban("summary", folder=tmp_path).returncode == 0
    with sqlite3.connect(tmp_path / "data" / "qunban.db") as conn:
        conn.execute("UPDATE alembic_version SET version_num = '9999'")
    conn.close()
    for words in (["run"], ["summary"], ["doctor"], ["dead", "list"]):
        done = qunban(*words, folder=tmp_path, QUNBAN_WEB_PORT="0", QUNBAN_PLAYGROUND_PORT="0")
        assert done.returncode == 1
        assert "9999 比这个程序新" in done.stderr
        assert "Traceback" not in done.stderr


def test_demo_says_what_it_needs(tmp_path: Path) -> None:
    """Without `--year` it points at the playground; with it, a small city is there and can be asked."""
    refused = qunban("demo", folder=tmp_path)
    assert refused.returncode == 1
    assert "qunban run" in refused.stderr
    filled = qunban("demo", "--year", "--tickets", "60", folder=tmp_path)
    assert filled.returncode == 0, filled.stderr
    assert "填好了：工单60件" in filled.stdout
    again = qunban("demo", "--year", folder=tmp_path)
    assert again.returncode == 1
    assert "数据库里已经有东西了" in again.stderr


def test_bar_shows_how_far_an_export_is(tmp_path: Path) -> None:
    """On a terminal, and gone at the end; figures have no middle, so theirs swings; in a file or a pipe stands none."""
    filled = qunban("demo", "--year", "--tickets", "60", folder=tmp_path)
    assert filled.returncode == 0, filled.stderr
    bar = on_a_terminal("export", "all.xlsx", "最近1年", folder=tmp_path)
    assert "导出" in bar
    assert "100%" in bar
    assert bar.rstrip().endswith(GONE)
    for words in (("summary", "最近1年"), ("report", "--month", "month.pdf")):
        bar = on_a_terminal(*words, folder=tmp_path)
        assert "统计" in bar
        assert "100%" not in bar
    done = qunban("export", "again.xlsx", "最近1年", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "again.xlsx").stat().st_size > 5000
