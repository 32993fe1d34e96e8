"""The configuration: config.yaml checked and typed, environment over file, secrets from the environment only."""

import os
from datetime import time
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

import yaml
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import SettingsRefused
from bot.refusals import sentence
from bot.settings_second import SecondReader, checked_key
from models.matters import MATTERS
from models.words import Role
from models.worktime import parse_limit


class Part(BaseModel):
    """A block of the file; keys it does not know are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Bureau(Part):
    """Who runs this."""

    name: str = "城市管理局"
    timezone: str = "Asia/Shanghai"
    language: Literal["zh"] = "zh"

    @field_validator("timezone")
    @classmethod
    def _zone(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError(f"时区“{value}”不存在，请写 Asia/Shanghai 这样的名字")
        return value


class Telegram(Part):
    """How Telegram is reached; the token comes from QUNBAN_TELEGRAM_TOKEN."""

    api: str = "https://api.telegram.org"
    receive: Literal["polling", "webhook"] = "polling"
    webhook_url: str = ""
    a_minute: int = Field(15, ge=0, le=20)

    @field_validator("api")
    @classmethod
    def _address(cls, value: str) -> str:
        if urlsplit(value).scheme not in {"http", "https"} or not urlsplit(value).netloc:
            raise ValueError(f"地址“{value}”不完整，请写 https://api.telegram.org 这样的地址")
        return value.rstrip("/")


class GroupEntry(Part):
    """A chat that the bot serves."""

    chat: int
    name: str = Field(min_length=1)
    kind: Literal["merchants", "sites", "squad", "leads"]
    street: str | None = None
    squad: str | None = None

    @model_validator(mode="after")
    def _squad_named(self) -> "GroupEntry":
        if self.kind == "squad" and not self.squad:
            raise ValueError(f"中队群“{self.name}”没有写 squad，请写上中队的名字")
        return self


class PersonEntry(Part):
    """An officer, a lead, a worker: bound by numeric id, never by name."""

    user: int
    name: str = Field(min_length=1)
    role: Role
    squad: str | None = None


class ShopEntry(Part):
    """A shop and who keeps it."""

    user: int
    name: str = Field(min_length=1)
    person: str | None = None
    address: str | None = None
    lat: float | None = Field(None, ge=-90, le=90)
    lon: float | None = Field(None, ge=-180, le=180)


class Hours(Part):
    """When the bureau works, for limits in working hours and days."""

    periods: list[str] = ["08:00-12:00", "14:00-18:00"]
    hours_a_day: float = Field(8, gt=0, le=24)

    @field_validator("periods")
    @classmethod
    def _periods(cls, value: list[str]) -> list[str]:
        for period in value:
            try:
                start, end = (time.fromisoformat(part) for part in period.split("-"))
            except ValueError as error:
                raise ValueError(f"工作时段“{period}”看不懂，请写成 08:00-12:00") from error
            if end <= start:
                raise ValueError(f"工作时段“{period}”结束早于开始，请写成 08:00-12:00")
        return value


class Web(Part):
    """The bot's own pages."""

    host: str = "127.0.0.1"
    port: int = Field(8722, ge=0, le=65535)


class Playground(Part):
    """The Telegram on this machine, used where there is no token."""

    host: str = "127.0.0.1"
    port: int = Field(8721, ge=0, le=65535)
    tiles: str | None = None


class Talk(Part):
    """Manners in groups."""

    pairing_minutes: float = Field(10, gt=0, le=120)
    silence_hours: float = Field(24, gt=0, le=720)
    open_at: float = Field(0.4, gt=0, lt=1)
    ask_at: float = Field(0.25, gt=0, le=1)


class Settings(BaseSettings):
    """All of it."""

    model_config = SettingsConfigDict(extra="forbid", frozen=True)

    bureau: Bureau = Bureau()
    database: str = "sqlite:///data/qunban.db"
    data: str = "data"
    map: str | None = None
    telegram: Telegram = Telegram()
    web: Web = Web()
    playground: Playground = Playground()
    hours: Hours = Hours()
    talk: Talk = Talk()
    second_reader: SecondReader = SecondReader()
    groups: list[GroupEntry]
    people: list[PersonEntry] = []
    shops: list[ShopEntry] = []
    limits: dict[str, str] = {}
    token: SecretStr | None = None
    webhook_secret: SecretStr | None = None
    llm_key: SecretStr | None = None

    @field_validator("limits", mode="before")
    @classmethod
    def _codes(cls, value: Any) -> Any:
        """YAML takes 01001 without quotes for a number."""
        return {str(code): words for code, words in value.items()} if isinstance(value, dict) else value

    @field_validator("limits")
    @classmethod
    def _limits(cls, value: dict[str, str]) -> dict[str, str]:
        for code, words in value.items():
            if code not in MATTERS and code != "default":
                raise ValueError(f'limits 里的事项 {code} 不认识：请写 5 位编码并加引号，例如 "09006"，或 default')
            parse_limit(words)
        return value

    _key = field_validator("llm_key")(checked_key)

    @field_validator("database")
    @classmethod
    def _database(cls, value: str) -> str:
        if not value.startswith(("sqlite:///", "postgresql://")):
            raise ValueError("数据库请写 sqlite:///data/qunban.db 或 postgresql://用户:口令@主机/库名")
        return value

    @model_validator(mode="after")
    def _whole(self) -> "Settings":
        _unique("groups", "chat", [g.chat for g in self.groups])
        _unique("people", "user", [p.user for p in self.people])
        _unique("shops", "user", [s.user for s in self.shops])
        squads = {g.squad for g in self.groups if g.kind == "squad"}
        for group in self.groups:
            if group.squad and group.squad not in squads:
                raise ValueError(f"群“{group.name}”的中队“{group.squad}”没有自己的群：请加一个 kind: squad 的群")
        return self

    @property
    def zone(self) -> ZoneInfo:
        """The bureau's zone."""
        return ZoneInfo(self.bureau.timezone)


def _unique(block: str, key: str, values: list[int]) -> None:
    twice = {value for value in values if values.count(value) > 1}
    if twice:
        raise ValueError(f"{block} 里的 {key} {min(twice)} 写了两次，请删掉一条")


ENVIRONMENT = {
    "QUNBAN_DATABASE": ("database",),
    "QUNBAN_DATA": ("data",),
    "QUNBAN_TELEGRAM_API": ("telegram", "api"),
    "QUNBAN_WEB_PORT": ("web", "port"),
    "QUNBAN_PLAYGROUND_PORT": ("playground", "port"),
}
SECRETS = {"QUNBAN_TELEGRAM_TOKEN": "token", "QUNBAN_WEBHOOK_SECRET": "webhook_secret", "QUNBAN_LLM_KEY": "llm_key"}


def load(path: Path | None = None) -> Settings:
    """The settings from a file (QUNBAN_CONFIG, else config.yaml) and the environment. Raises SettingsRefused."""
    file = path or Path(os.environ.get("QUNBAN_CONFIG", "config.yaml"))
    return build(_read(file), file.name)


def _read(file: Path) -> dict[str, Any]:
    try:
        found = yaml.safe_load(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SettingsRefused(f"找不到配置文件 {file.name}：请用 --config 指明，或把它放在当前目录") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        place = getattr(error, "problem_mark", None)
        line = f"第{place.line + 1}行" if place else "某处"
        raise SettingsRefused(f"{file.name} {line}不是合格的 YAML，请检查缩进和冒号") from None
    if not isinstance(found, dict):
        raise SettingsRefused(f"{file.name} 是空的或不是“键: 值”的样子，请照 config.yaml 的示例写")
    return found


def build(found: dict[str, Any], name: str = "config.yaml") -> Settings:
    """Settings from a parsed file and the environment. Raises SettingsRefused with one sentence."""
    for secret in SECRETS.values():
        if secret in found:
            raise SettingsRefused(f"{name}：{secret} 不能写在文件里，请放进环境变量")
    for variable, path in ENVIRONMENT.items():
        if value := os.environ.get(variable):
            _put(found, path, value)
    for variable, key in SECRETS.items():
        if value := os.environ.get(variable):
            found[key] = value
    try:
        return Settings(**found)
    except ValidationError as error:
        raise SettingsRefused(f"{name}：{sentence(error, _known_keys())}") from None


def _put(found: dict[str, Any], path: tuple[str, ...], value: str) -> None:
    for key in path[:-1]:
        found[key] = dict(found.get(key) or {})
        found = found[key]
    found[path[-1]] = value


def _known_keys() -> list[str]:
    parts: tuple[type[BaseModel], ...] = (
        Settings, Bureau, Telegram, GroupEntry, PersonEntry, ShopEntry, Hours, Web, Playground, Talk, SecondReader,
    )  # fmt: skip
    return sorted({key for part in parts for key in part.model_fields})
