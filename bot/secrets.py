"""Secrets: from the environment, from a file that nobody else may read, or from systemd's credentials."""

import os
import stat
from pathlib import Path

from bot.errors import SettingsRefused

OTHERS = stat.S_IRWXG | stat.S_IRWXO
LONGEST = 4096


def found(variable: str) -> str | None:
    """The secret of a variable: itself, the file that VARIABLE_FILE names, or systemd's credential of that name.

    Raises SettingsRefused where both are set, or the file cannot be read or is open to others.
    """
    given, named = os.environ.get(variable), os.environ.get(f"{variable}_FILE")
    if given and named:
        raise SettingsRefused(f"{variable} 和 {variable}_FILE 都设了：请只留一个")
    if given:
        return given
    if named:
        return _read(Path(named), f"{variable}_FILE")
    folder = _credentials()
    if folder is None or not (folder / variable).is_file():
        return None
    return _read(folder / variable, "systemd 凭据")


def _credentials() -> Path | None:
    """Where systemd lays the credentials of this service."""
    folder = os.environ.get("CREDENTIALS_DIRECTORY")
    return Path(folder) if folder else None


def _closed_to(file: Path) -> int:
    """The group's bits of a credential are let be: by an access list that shows there the service reads it."""
    return stat.S_IRWXO if file.parent == _credentials() else OTHERS


def _read(file: Path, name: str) -> str:
    """What stands in the file, without the end of its line."""
    try:
        mode = file.stat().st_mode
        if not stat.S_ISREG(mode):
            raise SettingsRefused(f"{name} 指的 {file.name} 不是文件：请写一个只放这一个秘密的文件")
        if mode & _closed_to(file):
            raise SettingsRefused(f"{name} 指的 {file.name} 别人也能读：请执行 chmod 600 {file.name}")
        words = file.read_text(encoding="utf-8")[: LONGEST + 1].strip()
    except (OSError, UnicodeDecodeError):
        raise SettingsRefused(f"{name} 指的 {file.name} 打不开：请核对路径和权限") from None
    if not words or len(words) > LONGEST or "\n" in words:
        raise SettingsRefused(f"{name} 指的 {file.name} 里应当只有一行秘密")
    return words
