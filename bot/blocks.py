"""The blocks of config.yaml: each checked and typed, with every default."""

import re
from datetime import time
from typing import Literal
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from pydantic import Field, field_validator, model_validator

from bot.blocks_clock import Digests, Escalation, Hours, LimitEntry, Part, ShiftEntry
from models.retention import Retention
from models.words import Role

__all__ = [
    "Backup", "Bureau", "Digests", "Escalation", "GeocoderEntry", "Geocoding", "GroupEntry", "Hours", "Keeping",
    "LimitEntry", "Part", "PersonEntry", "PlaceFile", "Playground", "ShiftEntry", "ShopEntry", "Talk", "Telegram",
    "Web",
]  # fmt: skip
Datum = Literal["WGS-84", "GCJ-02", "BD-09"]
Language = Literal["zh", "en"]


def whole_address(value: str, example: str) -> str:
    """An address of a server, without a stroke at its end. Raises ValueError."""
    if urlsplit(value).scheme not in {"http", "https"} or not urlsplit(value).netloc:
        raise ValueError(f"地址“{value}”不完整，请写 {example} 这样的地址")
    return value.rstrip("/")


class Bureau(Part):
    """Who runs this."""

    name: str = "城市管理局"
    contact: str = ""
    timezone: str = "Asia/Shanghai"
    language: Language = "zh"

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
        return whole_address(value, "https://api.telegram.org")


class GroupEntry(Part):
    """A chat that the bot serves."""

    chat: int
    name: str = Field(min_length=1)
    kind: Literal["merchants", "sites", "squad", "leads"]
    street: str | None = None
    squad: str | None = None
    datum: Datum = "WGS-84"
    language: Language | None = None
    digests: Digests = Digests()

    @model_validator(mode="after")
    def _squad_named(self) -> "GroupEntry":
        if self.kind != "leads" and "digests" in self.model_fields_set and self.digests != Digests():
            raise ValueError(f"群“{self.name}”不是带班群（kind: leads），不发定时汇总，请删掉 digests")
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


class PlaceFile(Part):
    """A map or a gazetteer, and the datum that its figures are in."""

    file: str = Field(min_length=1)
    datum: Datum = "WGS-84"


class GeocoderEntry(Part):
    """A geocoding service that may be asked."""

    name: Literal["nominatim", "photon", "amap", "baidu", "tianditu"]
    url: str | None = None
    a_day: int = Field(1000, ge=0)
    timeout_seconds: float = Field(5, gt=0, le=60)
    pause_seconds: float = Field(1, ge=0, le=60)

    @field_validator("url")
    @classmethod
    def _address(cls, value: str | None) -> str | None:
        return value if value is None else whole_address(value, "https://nominatim.openstreetmap.org")


class Geocoding(Part):
    """Asking others where a place is; nobody is asked unless one is named."""

    providers: list[GeocoderEntry] = Field([])
    city: str = ""
    box: list[float] | None = None
    naming: bool = True
    hits_days: float = Field(90, gt=0, le=3650)
    misses_days: float = Field(1, gt=0, le=3650)
    faults: int = Field(3, ge=1, le=100)
    rest_minutes: float = Field(5, gt=0, le=1440)
    agent: str = Field("qunban", min_length=1)

    @model_validator(mode="after")
    def _bounded(self) -> "Geocoding":
        names = [entry.name for entry in self.providers]
        if twice := next((name for name in names if names.count(name) > 1), None):
            raise ValueError(f"geocoding.providers 里的 {twice} 写了两次，请删掉一条")
        if self.providers and self.bounds is None:
            raise ValueError("geocoding.box 要写本市的范围：[南, 西, 北, 东]，例如 [34.0, 118.4, 35.2, 119.9]")
        return self

    @property
    def bounds(self) -> tuple[float, float, float, float] | None:
        """South, west, north, east; None where they are not, or not in that order."""
        if self.box is None or len(self.box) != 4:  # noqa: PLR2004 - its edges
            return None
        south, west, north, east = self.box
        whole = -90 <= south < north <= 90 and -180 <= west < east <= 180  # noqa: PLR2004 - the earth
        return (south, west, north, east) if whole else None


class Figuring(Part):
    """What the rates are reckoned of; the standards leave it to the city (docs/figures.md)."""

    on_time_of: Literal["due", "done"] = "due"
    rework_of: Literal["resolved", "opened"] = "resolved"
    three_of: Literal["rated", "closed"] = "rated"
    respond_minutes: float = Field(30, gt=0, le=10080)


class Tiles(Part):
    """Pictures of the map's ground; none are fetched without an address."""

    url: str = ""
    datum: Literal["WGS-84", "GCJ-02"] = "WGS-84"
    credit: str = ""

    @field_validator("url")
    @classmethod
    def _address(cls, value: str) -> str:
        if value and not (
            re.match(r"https?://[\w.:-]+/", value) and all(part in value for part in ("{x}", "{y}", "{z}"))
        ):
            raise ValueError("web.tiles.url 的地址不对，请写 https://地址/{z}/{x}/{y}.png 这样的地址")
        return value


class Web(Part):
    """The bot's own pages."""

    host: str = "127.0.0.1"
    port: int = Field(8722, ge=0, le=65535)
    url: str = ""
    idle_minutes: int = Field(120, ge=5, le=24 * 60)
    session_hours: int = Field(24, ge=1, le=30 * 24)
    tiles: Tiles = Tiles()

    @field_validator("url")
    @classmethod
    def _address(cls, value: str) -> str:
        if value and not re.fullmatch(r"https?://[\w.:\[\]-]+", value.rstrip("/")):
            raise ValueError("web.url 的地址不对，请写 https://qunban.example.org 这样的地址，不带路径")
        return value.rstrip("/")


class Playground(Part):
    """The Telegram on this machine, used where there is no token."""

    host: str = "127.0.0.1"
    port: int = Field(8721, ge=0, le=65535)
    tiles: str | None = None


class Backup(Part):
    """Nightly backups; off unless a directory is named."""

    directory: str = ""
    keep: int = Field(14, ge=1)
    at: str = "03:30"

    @field_validator("at")
    @classmethod
    def _time(cls, value: str) -> str:
        try:
            time.fromisoformat(value)
        except ValueError as error:
            raise ValueError(f"backup.at 的时间“{value}”看不懂，请写成 03:30") from error
        return value


class Keeping(Part):
    """How long what is kept, in days."""

    raw_days: int = Field(7, ge=2, le=3650)
    dead_days: int = Field(30, ge=2, le=3650)
    talk_days: int = Field(7, ge=4, le=3650)
    ticket_days: int = Field(730, ge=30, le=36500)
    case_days: int = Field(3650, ge=30, le=36500)
    outbox_days: int = Field(30, ge=2, le=3650)
    advice_days: int = Field(30, ge=1, le=3650)
    answer_days: int = Field(90, ge=1, le=3650)
    history_days: int = Field(1095, ge=180, le=36500)

    @model_validator(mode="after")
    def _in_order(self) -> "Keeping":
        for longer, shorter in (("case_days", "ticket_days"), ("history_days", "ticket_days")):
            if getattr(self, longer) < getattr(self, shorter):
                raise ValueError(f"retention.{longer} 小于 {shorter}，请写得不比它小")
        return self

    @property
    def days(self) -> Retention:
        """As the program works with it."""
        return Retention(**self.model_dump())


class Talk(Part):
    """Manners in groups."""

    pairing_minutes: float = Field(10, gt=0, le=120)
    silence_hours: float = Field(24, gt=0, le=720)
    open_at: float = Field(0.35, gt=0, lt=1)
    ask_at: float = Field(0.25, gt=0, le=1)
    answers_a_person: int = Field(6, ge=1, le=1000)
    answers_a_group: int = Field(20, ge=1, le=10000)
    answers_minutes: float = Field(10, gt=0, le=120)
