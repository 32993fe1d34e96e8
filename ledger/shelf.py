"""A shelf: the rows of one table that a unit of work holds, and which of them are new or changed."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from operator import attrgetter, itemgetter
from typing import Any, Generic, TypeVar

from sqlalchemy import Table

Row = TypeVar("Row")
Key = tuple[Any, ...]


class Shelf(Generic[Row]):
    """Rows of one table by primary key, with the values they had when they were read."""

    def __init__(self, table: Table, kind: type[Row]) -> None:
        self.table = table
        self.kind = kind
        self.rows: dict[Key, Row] = {}
        self._before: dict[Key, tuple[Any, ...]] = {}
        self.removed: list[Key] = []
        columns = [f.metadata.get("column", True) for f in fields(kind)]  # type: ignore[arg-type]
        if columns != sorted(columns, reverse=True):
            raise TypeError(f"{kind.__name__}: what is no column stands behind the columns")
        self.columns = [f.name for f in fields(kind)][: sum(columns)]  # type: ignore[arg-type]
        self._values = attrgetter(*self.columns)
        keys = [column.name for column in table.primary_key.columns]
        self._key: Callable[[Any], Key] = attrgetter(*keys) if len(keys) > 1 else lambda row: (getattr(row, keys[0]),)

    def key_of(self, row: Row) -> Key:
        """The row's primary key."""
        return self._key(row)

    def read(self, records: Iterable[Any]) -> list[Row]:
        """Take rows as the database gave them (columns in table order or named alike); those here already stay."""
        taken = []
        pick: Callable[[Any], tuple[Any, ...]] | None = None
        for record in records:
            pick = pick or itemgetter(*(record._fields.index(name) for name in self.columns))
            values = pick(record)
            row = self.kind(*values)
            key = self._key(row)
            if key not in self.rows:
                self.rows[key] = row
                self._before[key] = values
            taken.append(self.rows[key])
        return taken

    def add(self, row: Row) -> Row:
        """A new row."""
        self.rows[self.key_of(row)] = row
        return row

    def get(self, *key: Any) -> Row | None:
        """The row of that key, if this unit holds it."""
        return self.rows.get(key)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows.values())

    def drop(self, row: Row) -> None:
        """Let a row go (a replay forgets what is long over)."""
        key = self.key_of(row)
        self.rows.pop(key, None)
        self._before.pop(key, None)

    def remove(self, row: Row) -> None:
        """Take a row away for good; one that was written is deleted."""
        key = self.key_of(row)
        if key in self._before:
            self.removed.append(key)
        self.drop(row)

    def is_new(self, row: Row) -> bool:
        """True where it was not read but made here."""
        return self.key_of(row) not in self._before

    def added(self) -> list[dict[str, Any]]:
        """The new rows as column values."""
        return [
            dict(zip(self.columns, self._values(row), strict=True))
            for key, row in self.rows.items()
            if key not in self._before
        ]

    def before(self, key: Key, column: str) -> Any:
        """What a column of a row held when it was read."""
        return self._before[key][self.columns.index(column)]

    def changed(self) -> list[tuple[Key, dict[str, Any]]]:
        """Keys of the rows read and then changed, with the columns that differ."""
        found = []
        for key, before in self._before.items():
            after = self._values(self.rows[key])
            if after != before:
                pairs = zip(self.columns, before, after, strict=True)
                found.append((key, {name: new for name, old, new in pairs if new != old}))
        return found
