"""Archives that somebody made to do harm, or that broke on the way: refused in one sentence, and nothing is written."""

import gzip
import hashlib
import io
import json
import tarfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import archive as archives
from bot.archive import Archive, ArchiveRefused
from bot.backup import Source, backup
from bot.database import open_engine
from bot.migrate import migrate
from bot.restore import restore
from bot.settings import Settings, build
from models import tables as t
from tests.upkeep.conftest import all_rows

Members = dict[str, bytes]
PHOTO = b"\xff\xd8\xff a photo"
SHA = hashlib.sha256(PHOTO).hexdigest()


@pytest.fixture
async def sound(tmp_path: Path) -> Path:
    """A small backup, as the program makes it."""
    engine = open_engine(f"sqlite:///{tmp_path}/old.db")
    photo = tmp_path / "old" / archives.place_of(SHA)
    photo.parent.mkdir(parents=True)
    photo.write_bytes(PHOTO)
    await migrate(engine)
    async with engine.begin() as conn:
        await conn.execute(t.group.insert().values(id=1, name="郁洲街道", kind="merchants"))
        kept = {"id": 1, "group_id": 1, "message": "5", "kind": "photo", "handle": "h", "sha256": SHA, "state": "kept"}
        await conn.execute(t.medium.insert().values(**kept))
    file, _ = await backup(Source(engine, tmp_path / "old"), tmp_path, datetime(2026, 3, 1, tzinfo=UTC))
    await engine.dispose()
    return file


@pytest.fixture
def empty(tmp_path: Path) -> Settings:
    """Where nothing is yet."""
    return build({"groups": [], "database": f"sqlite:///{tmp_path}/new/q.db", "data": str(tmp_path / "new")})


def unpack(file: Path) -> Members:
    """The members of a tar."""
    with tarfile.open(file) as tar:
        return {member.name: found.read() for member in tar if (found := tar.extractfile(member))}


def pack(file: Path, members: Members, *more: tarfile.TarInfo) -> None:
    """A tar of these members, and of others that have no bytes."""
    with tarfile.open(file, "w") as tar:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
        for info in more:
            tar.addfile(info)


def changed(members: Members, **changes: Any) -> Members:
    """The manifest says something else."""
    return {**members, "manifest.json": json.dumps(json.loads(members["manifest.json"]) | changes).encode()}


def with_table(members: Members, name: str, data: bytes, **more: Any) -> Members:
    """A table with other bytes, and a manifest that vouches for them."""
    packed = gzip.compress(data)
    told = json.loads(members["manifest.json"])
    told["tables"][name] |= {"sha256": hashlib.sha256(packed).hexdigest(), "size": len(packed), "plain": len(data)}
    told["tables"][name] |= {"rows": data.count(b"\n") - 1, **more}
    return {**members, f"tables/{name}.jsonl.gz": packed, "manifest.json": json.dumps(told).encode()}


def renamed(members: Members, old: str, new: str) -> Members:
    """One member under another name."""
    return {new if name == old else name: data for name, data in members.items()}


def around(folder: Path) -> set[Path]:
    """All files but those of the new place."""
    return {path for path in folder.rglob("*") if "new" not in path.parts}


def link(name: str, goal: str, kind: bytes = tarfile.SYMTYPE) -> tarfile.TarInfo:
    """A link in a tar."""
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, goal
    return info


PLACE = archives.place_of(SHA)
TABLE = "tables/chat_group.jsonl.gz"
HOSTILE: dict[str, Callable[[Members], Members]] = {
    "path up": lambda m: {**m, "../../evil": b"x"},
    "absolute path": lambda m: {**m, "/etc/evil": b"x"},
    "photo under a path": lambda m: renamed(m, PLACE, f"media/../{SHA}"),
    "photo under another name": lambda m: renamed(m, PLACE, f"media/{SHA[:2]}/{'0' * 64}"),
    "table that is none": lambda m: {**m, "tables/sqlite_master.jsonl.gz": gzip.compress(b"[]\n")},
    "no manifest": lambda m: {name: data for name, data in m.items() if name != "manifest.json"},
    "manifest is no JSON": lambda m: {**m, "manifest.json": b"{"},
    "manifest is too deep": lambda m: {**m, "manifest.json": b"[" * 100_000},
    "manifest of another form": lambda m: changed(m, form=2),
    "manifest with more": lambda m: changed(m, also="x"),
    "manifest without a photo": lambda m: changed(m, media={}),
    "manifest with a photo more": lambda m: changed(m, media={SHA: len(PHOTO), "1" * 64: 5}),
    "photo changed": lambda m: {**m, PLACE: PHOTO[:-1] + b"O"},
    "photo grown": lambda m: {**m, PLACE: PHOTO + b"more"},
    "table changed": lambda m: {**m, TABLE: gzip.compress(b"[]\n")},
    "table cut short": lambda m: {**m, TABLE: m[TABLE][:-9]},
    "rows fewer than told": lambda m: with_table(m, "chat_group", b'["id"]\n[1]\n', rows=7, columns=["id"]),
    "row of another width": lambda m: with_table(m, "chat_group", b'["id"]\n[1, 2]\n', columns=["id"]),
    "row that is no list": lambda m: with_table(m, "chat_group", b'["id"]\n{"id": 1}\n', columns=["id"]),
    "columns of nowhere": lambda m: with_table(m, "chat_group", b'["evil"]\n[1]\n', columns=["evil"]),
    "bytes more than told": lambda m: with_table(
        m, "chat_group", b'["id"]\n' + b"[1]\n" * 99, columns=["id"], plain=20
    ),
    "bytes fewer than told": lambda m: with_table(m, "chat_group", b'["id"]\n[1]\n', columns=["id"], plain=2000),
    "no newline at the end": lambda m: with_table(m, "chat_group", b'["id"]\n[1]', columns=["id"]),
}


@pytest.mark.parametrize("harm", HOSTILE)
async def test_hostile_archive_is_refused_and_nothing_is_written(
    sound: Path, empty: Settings, tmp_path: Path, harm: str
) -> None:
    """One plain sentence; no table, no photo, nothing outside."""
    file = tmp_path / "hostile.tar"
    pack(file, HOSTILE[harm](unpack(sound)))
    before = around(tmp_path)
    with pytest.raises(ArchiveRefused, match=r"备份 hostile\.tar .*请换一份备份"):
        await restore(file, empty)
    assert around(tmp_path) == before
    assert not (tmp_path / "new" / "media").exists()


@pytest.mark.parametrize(
    "extra",
    [
        link("media", "/etc"),
        link(f"media/aa/aa{'0' * 62}", "/etc/passwd"),
        link(f"media/aa/aa{'0' * 62}", "config.yaml", tarfile.LNKTYPE),
        link("config.yaml", "", tarfile.FIFOTYPE),
        link("tables/", "", tarfile.DIRTYPE),
        tarfile.TarInfo("manifest.json"),
    ],
    ids=["folder link", "photo link", "hard link", "pipe", "folder", "second manifest"],
)
def test_archive_holds_plain_files_once_each(sound: Path, tmp_path: Path, extra: tarfile.TarInfo) -> None:
    """Links, pipes, folders, and a name given twice are refused before anything is read."""
    file = tmp_path / "hostile.tar"
    pack(file, unpack(sound), extra)
    with pytest.raises(ArchiveRefused, match="里面有不该有的东西"), Archive(file):
        pass


def test_bomb_is_refused_before_it_unpacks(sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A small member that would fill the disk; and one endless line."""
    monkeypatch.setattr(archives, "SMALL", 2**20)
    file = tmp_path / "bomb.tar"
    plain = b'["id"]\n' + b"[1]\n" * 2**20
    pack(file, with_table(unpack(sound), "chat_group", plain, columns=["id"]))
    with Archive(file) as opened, pytest.raises(ArchiveRefused, match="展开后太大"):
        opened.verify()
    pack(file, with_table(unpack(sound), "chat_group", b'["id"]\n[' + b" " * (archives.LINE_LIMIT + 9), columns=["id"]))
    with Archive(file) as opened, pytest.raises(ArchiveRefused, match="展开后太大"):
        opened.verify()


async def test_backup_of_a_newer_program_is_refused(sound: Path, empty: Settings, tmp_path: Path) -> None:
    """Its schema is not known here."""
    file = tmp_path / "newer.tar"
    pack(file, changed(unpack(sound), revision="9999"))
    with pytest.raises(ArchiveRefused, match="备份的版本 9999 比这个程序新"):
        await restore(file, empty)


async def test_rows_that_do_not_fit_leave_nothing_behind(sound: Path, empty: Settings, tmp_path: Path) -> None:
    """A group of a kind that the trade does not know: the whole restore is taken back, and a sound one then works."""
    file = tmp_path / "odd.tar"
    members = unpack(sound)
    plain = gzip.decompress(members[TABLE]).replace(b"merchants", b"partygoer")
    pack(file, with_table(members, "chat_group", plain))
    with pytest.raises(ArchiveRefused, match=r"放不进数据库（IntegrityError）.*什么都没有写"):
        await restore(file, empty)
    await restore(sound, empty)
    assert len((await all_rows(empty.database))["chat_group"]) == 1


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the property below cuts and flips."""
    return tmp_path_factory.mktemp("whole") / "cut.tar"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=st.floats(0, 1, exclude_max=True))
def test_archive_cut_anywhere_is_refused(sound: Path, whole: Path, cut: float) -> None:
    """But where only the empty end of the tar is missing."""
    data = sound.read_bytes()
    end = len(data.rstrip(b"\0"))
    whole.write_bytes(data[: int(end * cut)])
    with pytest.raises(ArchiveRefused), Archive(whole) as opened:
        opened.verify()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, 10**6), bit=st.integers(0, 7))
def test_flipped_bit_in_a_member_is_found(sound: Path, whole: Path, place: int, bit: int) -> None:
    """In the bytes of a photo or a table."""
    with tarfile.open(sound) as tar:
        members = [m for m in tar if m.name != "manifest.json"]
    member = members[place % len(members)]
    data = bytearray(sound.read_bytes())
    data[member.offset_data + place % member.size] ^= 1 << bit
    whole.write_bytes(data)
    with pytest.raises(ArchiveRefused), Archive(whole) as opened:
        opened.verify()
