"""What browsers are given of others comes by npm's lock file, pinned and checked; none of it lies in this house."""

import base64
import json
import re
from pathlib import Path
from typing import Any

from tests.conftest import REPO
from web.assets import OTHERS, own

OUTSIDE = {"node_modules", "data", "build", "mutants", "htmlcov"}
SCRIPTS, FONTS = {".js", ".mjs", ".cjs", ".css"}, {".woff", ".woff2", ".ttf", ".otf", ".eot"}
STRANGERS = re.compile(r"@license|copyright|sourceMappingURL|\(c\) \d{4}|!function\(", re.IGNORECASE)
LONGEST = 300
"""Signs in a line of what a person wrote."""


def told(name: str) -> Any:
    """A file of npm's."""
    return json.loads((REPO / name).read_text(encoding="utf-8"))


def ours(suffixes: set[str]) -> list[Path]:
    """The files of that kind that lie in the repository."""
    tops = [top for top in REPO.iterdir() if not top.name.startswith(".") and top.name not in OUTSIDE]
    files = [file for top in tops for file in (top.rglob("*") if top.is_dir() else [top])]
    return [file for file in files if file.suffix in suffixes and not OUTSIDE & set(file.parts[len(REPO.parts) :])]


def test_versions_are_exact_and_locked_with_digests() -> None:
    """No ranges; each package of the lock has a SHA-512 and names no server."""
    wanted, lock = told("package.json"), told("package-lock.json")
    named = wanted["dependencies"] | wanted["devDependencies"]
    assert [name for name, version in named.items() if not re.fullmatch(r"\d+\.\d+\.\d+", version)] == []
    locked = {name: one for name, one in lock["packages"].items() if name}
    assert {name: locked[f"node_modules/{name}"]["version"] for name in named} == named
    for name, one in locked.items():
        method, digest = one["integrity"].split("-", 1)
        assert (method, len(base64.b64decode(digest))) == ("sha512", 64), name
        assert "link" not in one, name
    assert "resolved" not in (REPO / "package-lock.json").read_text(encoding="utf-8")
    assert "://" not in (REPO / ".npmrc").read_text(encoding="utf-8")


def test_packages_are_installed_as_they_are_locked() -> None:
    """By `npm ci`, whose digests must agree; what pages ask for is of a package that running needs."""
    for name in ("Makefile", "Dockerfile"):
        commands = re.findall(r"\bnpm (\w+)", (REPO / name).read_text(encoding="utf-8"))
        assert set(commands) == {"ci"}, name
    assert {path.split("/")[0] for path in OTHERS.values()} <= set(told("package.json")["dependencies"])
    assert own().isdisjoint(OTHERS)


def test_nothing_of_other_people_lies_in_the_repository() -> None:
    """Scripts and styles are where ours are, written by hand; there are no fonts."""
    files = ours(SCRIPTS)
    assert len(files) > 20
    assert {file.parent.relative_to(REPO).as_posix() for file in files} == {"web/static", "playground/static"}
    for file in files:
        words = file.read_text(encoding="utf-8")
        assert ".min." not in file.name
        assert max(map(len, words.splitlines())) <= LONGEST, file.name
        assert not STRANGERS.search(words), file.name
    assert ours(FONTS) == []
