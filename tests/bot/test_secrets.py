"""Secrets come from the environment or from files that nobody else may read, and never show anywhere."""

import json
import logging
from pathlib import Path

import pytest
import structlog
from sqlalchemy import text

from bot import logs
from bot.database import open_engine
from bot.errors import SettingsRefused, safely
from bot.settings import FILES, Settings, build
from channels.telegram.channel import TelegramChannel
from tests.listening import leaks

TOKEN = "123456789:AAbbccddeeffgghhiijjkkllmmnnoo"
PASSWORD = "the-password-of-this-test"


def kept(folder: Path, words: str, mode: int = 0o600, name: str = "token") -> Path:
    """A file with a secret."""
    file = folder / name
    file.write_text(words, encoding="utf-8")
    file.chmod(mode)
    return file


@pytest.mark.parametrize("mode", [0o600, 0o400])
def test_token_is_read_from_a_file_of_ones_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: int) -> None:
    """QUNBAN_TELEGRAM_TOKEN_FILE names it; the end of its line is no part of it."""
    monkeypatch.setenv("QUNBAN_TELEGRAM_TOKEN_FILE", str(kept(tmp_path, f"{TOKEN}\n", mode)))
    token = build({"groups": []}).token
    assert token is not None
    assert token.get_secret_value() == TOKEN


@pytest.mark.parametrize("variable", sorted(FILES))
def test_every_secret_may_stand_in_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    """Token, keys, the webhook's secret, the database's address with its password."""
    word = (
        f"postgresql://q:{PASSWORD}@127.0.0.1/q"
        if variable == "QUNBAN_DATABASE_FILE"
        else "a-secret-word-of-32-signs-or-so"
    )
    monkeypatch.setenv(variable, str(kept(tmp_path, word)))
    settings = build({"groups": []})
    held = {settings.database} | {
        one.get_secret_value() for one in vars(settings).values() if hasattr(one, "get_secret_value")
    }
    assert word in held


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644, 0o777])
def test_file_that_others_may_read_stops_the_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: int) -> None:
    """One sentence that says which file and what to do; never what is in it."""
    monkeypatch.setenv("QUNBAN_TELEGRAM_TOKEN_FILE", str(kept(tmp_path, TOKEN, mode)))
    with pytest.raises(SettingsRefused) as refused:
        build({"groups": []})
    assert str(refused.value) == "QUNBAN_TELEGRAM_TOKEN_FILE 指的 token 别人也能读：请执行 chmod 600 token"


@pytest.mark.parametrize(
    ("words", "sentence"), [("", "应当只有一行秘密"), ("a\nb", "应当只有一行秘密"), ("x" * 5000, "应当只有一行秘密")]
)
def test_file_with_anything_else_in_it_stops_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str, sentence: str
) -> None:
    """Nothing, two lines, a whole book."""
    monkeypatch.setenv("QUNBAN_TELEGRAM_TOKEN_FILE", str(kept(tmp_path, words)))
    with pytest.raises(SettingsRefused, match=sentence):
        build({"groups": []})


def test_file_that_is_not_there_and_two_ways_at_once_stop_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Which variable it is stands in the sentence."""
    monkeypatch.setenv("QUNBAN_LLM_KEY_FILE", str(tmp_path / "nowhere"))
    with pytest.raises(SettingsRefused, match="QUNBAN_LLM_KEY_FILE 指的 nowhere 打不开"):
        build({"groups": []})
    monkeypatch.setenv("QUNBAN_LLM_KEY_FILE", str(tmp_path))
    with pytest.raises(SettingsRefused, match="不是文件"):
        build({"groups": []})
    monkeypatch.setenv("QUNBAN_LLM_KEY", "x")
    with pytest.raises(SettingsRefused, match="请只留一个"):
        build({"groups": []})


@pytest.mark.parametrize(("mode", "read"), [(0o400, True), (0o440, True), (0o444, False)])
def test_credential_of_systemd_is_read_where_no_variable_is_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: int, read: bool
) -> None:
    """Its access list shows as the group's bits; readable for all it is refused."""
    kept(tmp_path, TOKEN, mode, "QUNBAN_TELEGRAM_TOKEN")
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    if not read:
        with pytest.raises(SettingsRefused, match="systemd 凭据 指的 QUNBAN_TELEGRAM_TOKEN 别人也能读"):
            build({"groups": []})
        return
    token = build({"groups": []}).token
    assert token is not None
    assert token.get_secret_value() == TOKEN


@pytest.mark.parametrize(("mode", "read"), [(0o400, True), (0o440, True), (0o444, False)])
def test_credential_of_systemd_is_read_where_a_variable_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: int, read: bool
) -> None:
    """As deploy/qunban.service does; a file beside the credentials is none of them."""
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    monkeypatch.setenv("QUNBAN_TELEGRAM_TOKEN_FILE", str(kept(tmp_path, TOKEN, mode, "telegram-token")))
    if read:
        token = build({"groups": []}).token
        assert token is not None
        assert token.get_secret_value() == TOKEN
    (tmp_path / "credentials").mkdir()
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path if not read else tmp_path / "credentials"))
    if mode != 0o400:
        with pytest.raises(SettingsRefused, match="别人也能读"):
            build({"groups": []})


@pytest.fixture
def secretive(monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings with a token and a password."""
    monkeypatch.setenv("QUNBAN_TELEGRAM_TOKEN", TOKEN)
    monkeypatch.setenv("QUNBAN_DATABASE", f"postgresql://q:{PASSWORD}@127.0.0.1/q")
    return build({"groups": []})


def test_nothing_shows_a_secret_when_it_is_printed(secretive: Settings) -> None:
    """Settings, the channel, the library's bot inside it."""
    assert secretive.token is not None
    channel = TelegramChannel(secretive.token.get_secret_value(), "http://127.0.0.1:1")
    for shown in (
        repr(secretive),
        str(secretive),
        repr(channel),
        repr(channel.bot),
        str(channel.bot),
        f"{channel.bot}",
    ):
        assert TOKEN not in shown
        assert PASSWORD not in shown


def test_log_strikes_out_what_is_secret_or_personal(secretive: Settings, capfd: pytest.CaptureFixture[str]) -> None:
    """Tokens of any bot, the password, telephone and identity numbers, wherever they stand in a line."""
    logs.set_up(secretive)
    try:
        said = f"bot{TOKEN}/x {PASSWORD} 987654321:ZZyyxxwwvvuuttssrrqqppoo 13912345678 320706199001011234"
        structlog.get_logger().error("event", error=said)
    finally:
        structlog.reset_defaults()
        for name in ("aiohttp", "aiosqlite", "sqlalchemy"):
            logging.getLogger(name).setLevel(logging.NOTSET)
    line = json.loads(capfd.readouterr().err)
    assert line["error"] == "bot***/x *** *** 139****5678 320706********1234"


async def test_databases_complaint_tells_nothing_of_what_people_said(tmp_path: Path) -> None:
    """The statement and its values are left out, on the engine and in the line."""
    engine = open_engine(f"sqlite:///{tmp_path}/q.db")
    try:
        async with engine.begin() as conn:
            with pytest.raises(Exception, match="no such table") as failed:
                await conn.execute(
                    text("INSERT INTO nowhere VALUES (:words)"), {"words": "我叫邱女士，电话13912345678"}
                )
    finally:
        await engine.dispose()
    assert "邱女士" not in str(failed.value)
    assert safely(failed.value) == "OperationalError: OperationalError: no such table: nowhere"


def test_stories_would_fail_where_something_leaks() -> None:
    """The net itself: each kind of secret is caught in it, and ordinary lines pass."""
    assert leaks("POST /bot8721:playground/getMe") == ["the token"]
    assert leaks("电话13912345678") == ["a telephone number"]
    assert leaks("码 K7QX-M2PA-9RTW") == ["a one-time code"]
    assert leaks("X-Telegram-Bot-Api-Secret-Token: a-secret-of-this-story") == ["a secret of the webhook"]
    assert leaks("officer=白洋 took it") == ["somebody's name"]
    assert leaks("苏G·82K91 stands there") == ["a number plate"]
    assert leaks("paid with 6222020200112233446") == ["a bank card"]
    assert leaks("holder 11010519491231002X") == ["an identity number"]
    assert leaks("ticket=1 group=2 person=3 chat=-1001001 message=451") == []
    assert leaks("2026-03-02T11:41:00 [error] an update is dead seq=139123456789012") == []
