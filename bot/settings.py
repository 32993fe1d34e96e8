"""The configuration: config.yaml checked and typed, environment over file, secrets from the environment only."""

import os
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from pydantic import BaseModel, Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot import blocks, secrets
from bot.blocks import (
    Backup,
    Bureau,
    Escalation,
    Figuring,
    Geocoding,
    GroupEntry,
    Hours,
    Keeping,
    LimitEntry,
    Part,
    PersonEntry,
    PlaceFile,
    Playground,
    ShopEntry,
    Talk,
    Telegram,
    Web,
)
from bot.errors import SettingsRefused
from bot.refusals import sentence
from bot.settings_second import SecondReader, checked_key
from models.limits import DEFAULT
from models.matters import MATTERS

KEYS = {"amap": "QUNBAN_AMAP_KEY", "baidu": "QUNBAN_BAIDU_KEY", "tianditu": "QUNBAN_TIANDITU_KEY"}


class Settings(BaseSettings):
    """All of it."""

    model_config = SettingsConfigDict(extra="forbid", frozen=True)

    bureau: Bureau = Bureau()
    database: str = Field("sqlite:///data/qunban.db", repr=False)
    data: str = "data"
    map: list[PlaceFile] = []
    gazetteer: list[PlaceFile] = []
    geocoding: Geocoding = Geocoding()
    telegram: Telegram = Telegram()
    web: Web = Web()
    playground: Playground = Playground()
    hours: Hours = Hours()
    talk: Talk = Talk()
    figures: Figuring = Figuring()
    backup: Backup = Backup()
    retention: Keeping = Keeping()
    second_reader: SecondReader = SecondReader()
    groups: list[GroupEntry]
    people: list[PersonEntry] = []
    shops: list[ShopEntry] = []
    limits: dict[str, LimitEntry] = {}
    escalation: Escalation = Escalation()
    token: SecretStr | None = None
    webhook_secret: SecretStr | None = None
    llm_key: SecretStr | None = None
    amap_key: SecretStr | None = None
    baidu_key: SecretStr | None = None
    tianditu_key: SecretStr | None = None

    @field_validator("map", "gazetteer", mode="before")
    @classmethod
    def _files(cls, value: Any) -> Any:
        """One file or several; a file alone or with its datum."""
        listed = value if isinstance(value, list) else [] if value is None else [value]
        return [{"file": one} if isinstance(one, str) else one for one in listed]

    @field_validator("limits", mode="before")
    @classmethod
    def _codes(cls, value: Any) -> Any:
        """YAML takes 01001 without quotes for a number; a limit alone is a limit for all conditions."""
        if not isinstance(value, dict):
            return value
        return {str(code): {"limit": said} if isinstance(said, str) else said for code, said in value.items()}

    @field_validator("limits")
    @classmethod
    def _limits(cls, value: dict[str, LimitEntry]) -> dict[str, LimitEntry]:
        for code in value:
            if code not in MATTERS and code != DEFAULT:
                raise ValueError(f'limits 里的事项 {code} 不认识：请写 5 位编码并加引号，例如 "09006"，或 default')
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
        for entry in self.geocoding.providers:
            if entry.name in KEYS and not self.geocoder_keys.get(entry.name):
                raise ValueError(f"geocoding 用了 {entry.name}：请把它的密钥放进环境变量 {KEYS[entry.name]}")
        squads = {g.squad for g in self.groups if g.kind == "squad"}
        for group in self.groups:
            if group.squad and group.squad not in squads:
                raise ValueError(f"群“{group.name}”的中队“{group.squad}”没有自己的群：请加一个 kind: squad 的群")
        self._clock_whole()
        return self

    def _clock_whole(self) -> None:
        """What the blocks of the clock say of each other."""
        shifts = {shift.name for shift in self.hours.shifts}
        squads = {group.squad for group in self.groups if group.kind == "squad"}
        if lost := next((squad for squad in self.hours.squads if squad not in squads), None):
            raise ValueError(f"hours.squads 里的中队“{lost}”没有自己的群：请改名，或加一个 kind: squad 的群")
        for group in self.groups:
            if group.digests.squad and group.digests.squad not in squads:
                raise ValueError(
                    f"群“{group.name}”的 digests.squad 写的中队“{group.digests.squad}”没有自己的群：请改名，"
                    "或加一个 kind: squad 的群"
                )
        for code, entry in self.limits.items():
            if entry.shift and entry.shift not in shifts:
                raise ValueError(f"limits 里 {code} 的班次“{entry.shift}”不在 hours.shifts 里，请补上或改名")
        bureau = self.escalation.bureau
        if bureau is not None and all(g.chat != bureau or g.kind != "leads" for g in self.groups):
            raise ValueError(f"escalation.bureau 写的群 {bureau} 不在 groups 的带班群（kind: leads）里，请补上")

    @property
    def geocoder_keys(self) -> dict[str, str]:
        """The keys that there are, by the service's name."""
        held = {"amap": self.amap_key, "baidu": self.baidu_key, "tianditu": self.tianditu_key}
        return {name: key.get_secret_value() for name, key in held.items() if key}

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
    "QUNBAN_WEB_HOST": ("web", "host"),
    "QUNBAN_WEB_PORT": ("web", "port"),
    "QUNBAN_PLAYGROUND_PORT": ("playground", "port"),
}
SECRETS = {
    "QUNBAN_TELEGRAM_TOKEN": "token",
    "QUNBAN_WEBHOOK_SECRET": "webhook_secret",
    "QUNBAN_LLM_KEY": "llm_key",
    "QUNBAN_AMAP_KEY": "amap_key",
    "QUNBAN_BAIDU_KEY": "baidu_key",
    "QUNBAN_TIANDITU_KEY": "tianditu_key",
}
FILES = {f"{name}_FILE": name for name in ("QUNBAN_DATABASE", *SECRETS)}
"""Each secret may stand in a file of its own instead, named by its variable with _FILE behind it."""


def load(path: Path | None = None) -> Settings:
    """The settings from a file (QUNBAN_CONFIG, else config.yaml) and the environment. Raises SettingsRefused."""
    file = file_of(path)
    return build(_read(file), file.name)


def file_of(path: Path | None = None) -> Path:
    """Which file holds the settings: the one named, or QUNBAN_CONFIG's, or config.yaml."""
    return path or Path(os.environ.get("QUNBAN_CONFIG") or "config.yaml")


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
        if found.get(secret) is not None:
            raise SettingsRefused(f"{name}：{secret} 不能写在文件里，请放进环境变量")
    for variable, path in ENVIRONMENT.items():
        if value := secrets.found(variable) if variable in FILES.values() else os.environ.get(variable):
            _put(found, path, value)
    for variable, key in SECRETS.items():
        if value := secrets.found(variable):
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
    """Every key of every block, for guessing what a misspelt one was meant to be."""
    parts: list[type[BaseModel]] = [Settings, SecondReader]
    parts += [part for part in vars(blocks).values() if isinstance(part, type) and issubclass(part, Part)]
    return sorted({key for part in parts for key in part.model_fields})
