"""A backup's form: one tar of tables (compressed JSON lines), photos, config.yaml, and at its end a manifest.

Nothing that an archive says is believed: its names are never paths, its sizes and digests are reckoned anew.
"""

import hashlib
import re
import tarfile
import zlib
from collections.abc import Callable, Iterator
from datetime import datetime
from io import BufferedReader
from pathlib import Path
from typing import Any, Literal, Self, cast

import orjson
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from bot.errors import SettingsRefused

NAMED = re.compile(r"qunban-\d{8}T\d{6}Z\.tar")
TABLE = re.compile(r"tables/([a-z_]{1,63})\.jsonl\.gz")
PHOTO = re.compile(r"media/([0-9a-f]{2})/(\1[0-9a-f]{62})")
MANIFEST, CONFIG = "manifest.json", "config.yaml"
CHUNK = 2**20
LINE_LIMIT = 16 * 2**20
"""Bytes of one row; Telegram's updates are far smaller."""
SMALL, RATIO = 256 * 2**20, 200
"""A table that unpacks to more than this, and to more than so many times its packed size, is a bomb."""
MANIFEST_LIMIT = 64 * 2**20
Step = Callable[[str, int, int], None]
"""Told what is under way, how much of it is done, and how much there is."""


class ArchiveRefused(SettingsRefused):
    """A backup that may not be used, in one sentence."""


class Piece(BaseModel):
    """One member: digest and size in bytes as it is packed."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    size: int = Field(ge=0)


class TablePiece(Piece):
    """A table's member; `plain` are its bytes unpacked."""

    rows: int = Field(ge=0)
    plain: int = Field(ge=0)
    columns: list[str]


class Manifest(BaseModel):
    """What is in a backup. `media` are sizes by sha256, `missing` photos that were not there to be packed."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    form: Literal[1] = 1
    made_at: AwareDatetime
    revision: str
    database: Literal["sqlite", "postgresql"]
    tables: dict[str, TablePiece]
    config: Piece | None = None
    media: dict[str, int] = {}
    missing: list[str] = []

    @property
    def rows(self) -> int:
        """Rows of all tables."""
        return sum(table.rows for table in self.tables.values())


def name_of(moment: datetime) -> str:
    """A backup's file name; names sort by time."""
    return f"qunban-{moment:%Y%m%dT%H%M%SZ}.tar"


def silent(_words: str, _done: int, _whole: int) -> None:
    """Tells nobody."""


# --- writing ---------------------------------------------------------------------------------------------------------


def digest_of(path: Path) -> str:
    """The sha256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def add(tar: tarfile.TarFile, name: str, path: Path) -> int:
    """Put a file into the tar under that name, with nothing of this machine about it; its size in bytes."""
    with path.open("rb") as file:
        info = tarfile.TarInfo(name)
        info.size, info.mode = path.stat().st_size, 0o600
        tar.addfile(info, file)
    return info.size


# --- reading ---------------------------------------------------------------------------------------------------------


class Archive:
    """An open backup whose every member was looked at; use it as a context."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._tar: tarfile.TarFile | None = None
        self._members: dict[str, tarfile.TarInfo] = {}
        self.manifest: Manifest

    def __enter__(self) -> Self:
        try:
            self._tar = tarfile.open(self.file, "r:")
            self._members = dict(self._listed(self._tar))
            self.manifest = self._manifest()
            self._compare_names()
        except ArchiveRefused:
            self.__exit__()
            raise
        except FileNotFoundError:
            raise ArchiveRefused(f"找不到备份 {self.file.name}：请核对文件名") from None
        except (tarfile.TarError, OSError, ValueError, EOFError, OverflowError):
            self.__exit__()
            raise self._broken("不是备份文件，或从中间断了") from None
        return self

    def __exit__(self, *_error: object) -> None:
        if self._tar is not None:
            self._tar.close()

    def _broken(self, why: str) -> ArchiveRefused:
        return ArchiveRefused(f"备份 {self.file.name} 不能用：{why}；请换一份备份")

    def _listed(self, tar: tarfile.TarFile) -> Iterator[tuple[str, tarfile.TarInfo]]:
        seen: set[str] = set()
        for member in tar:
            plain = member.type in {tarfile.REGTYPE, tarfile.AREGTYPE} and not member.issparse()
            known = member.name in {MANIFEST, CONFIG} or TABLE.fullmatch(member.name) or PHOTO.fullmatch(member.name)
            if not plain or not known or member.name in seen:
                raise self._broken("里面有不该有的东西")
            if member.name in {MANIFEST, CONFIG} and member.size > MANIFEST_LIMIT:
                raise self._broken("清单或配置太大")
            seen.add(member.name)
            yield member.name, member

    def _manifest(self) -> Manifest:
        if MANIFEST not in self._members:
            raise self._broken("没有清单，像是从中间断了")
        try:
            return Manifest.model_validate(orjson.loads(self.open(MANIFEST).read()))
        except (ValidationError, orjson.JSONDecodeError):
            raise self._broken("清单读不懂") from None

    def _compare_names(self) -> None:
        held = self.manifest
        told = {f"tables/{name}.jsonl.gz" for name in held.tables} | {place_of(sha) for sha in held.media}
        told |= {MANIFEST} | ({CONFIG} if held.config else set())
        if told != set(self._members):
            raise self._broken("内容和清单对不上")

    def open(self, name: str) -> BufferedReader:
        """A member's bytes."""
        found = self._tar.extractfile(self._members[name]) if self._tar is not None else None
        if found is None:
            raise self._broken("里面有不该有的东西")
        return cast("BufferedReader", found)

    def verify(self, step: Step = silent) -> Manifest:
        """Read all of it and compare with the manifest. Raises ArchiveRefused."""
        try:
            whole = sum(member.size for member in self._members.values())
            done = 0
            for name, member in self._members.items():
                self._verify_one(name)
                done += member.size
                step("核对", done, whole)
        except (tarfile.TarError, OSError, EOFError, zlib.error):
            raise self._broken("从中间断了，或读不出来") from None
        return self.manifest

    def _verify_one(self, name: str) -> None:
        if found := PHOTO.fullmatch(name):
            expected = Piece(sha256=found[2], size=self.manifest.media[found[2]])
        elif found := TABLE.fullmatch(name):
            expected = self.manifest.tables[found[1]]
        elif name == CONFIG and self.manifest.config:
            expected = self.manifest.config
        else:
            return
        with self.open(name) as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        if digest != expected.sha256 or self._members[name].size != expected.size:
            raise self._broken(f"{name} 的校验和不对")
        if isinstance(expected, TablePiece):
            self._verify_table(found[1] if found else "", expected)

    def _verify_table(self, table: str, expected: TablePiece) -> None:
        lines = self.lines(table)
        if next(lines, None) != expected.columns or sum(1 for _ in lines) != expected.rows:
            raise self._broken(f"表 {table} 的行数和清单对不上")

    def lines(self, table: str) -> Iterator[list[Any]]:
        """A table's columns, then its rows. Raises ArchiveRefused for one that is not as its manifest says."""
        piece = self.manifest.tables[table]
        with self.open(f"tables/{table}.jsonl.gz") as file:
            plain = 0
            for line in _unpacked(file):
                plain += len(line) + 1
                if len(line) > LINE_LIMIT or plain > piece.plain or plain > max(SMALL, RATIO * piece.size):
                    raise self._broken(f"表 {table} 展开后太大")
                yield self._row(table, line, len(piece.columns))
        if plain != piece.plain:
            raise self._broken(f"表 {table} 的大小和清单对不上")

    def _row(self, table: str, line: bytes, width: int) -> list[Any]:
        try:
            row = orjson.loads(line)
        except orjson.JSONDecodeError:
            raise self._broken(f"表 {table} 有读不懂的行") from None
        if not isinstance(row, list) or len(row) != width:
            raise self._broken(f"表 {table} 有读不懂的行")
        return row


def place_of(sha256: str) -> str:
    """A photo's name in the tar, and below `data`."""
    return f"media/{sha256[:2]}/{sha256}"


def _unpacked(file: BufferedReader) -> Iterator[bytes]:
    """Lines of a gzip stream, of which never more than a chunk beyond one line is in memory."""
    inflate, rest = zlib.decompressobj(wbits=31), b""
    while packed := inflate.unconsumed_tail or file.read(CHUNK):
        rest += inflate.decompress(packed, CHUNK)
        *lines, rest = rest.split(b"\n")
        yield from lines
        if len(rest) > LINE_LIMIT:
            yield rest
            return
    while more := inflate.decompress(b"", CHUNK):
        *lines, rest = (rest + more).split(b"\n")
        yield from lines
    if not inflate.eof or rest:
        raise EOFError
