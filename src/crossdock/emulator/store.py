"""Records of one kind: rows by id, the recycle bin, indexes and stable orders.

A row is a dict that holds only what is filled. Ids grow, so the list of live ids is always in the
order of creation, and a page of it is a slice. Other orders and filtered lists are computed once
and kept until something is written.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

Row = dict[str, Any]
Keys = Callable[[Row], Iterable[Any]]


def blank(names: str, **filled: Any) -> Row:
    """Return a template: every name with null, or with what `filled` says."""
    return dict.fromkeys(names.split()) | filled


class Index:
    """Which live records carry a value; a single id stands for itself, several for a list."""

    __slots__ = ("_ids", "keys")

    def __init__(self, keys: Keys) -> None:
        self.keys = keys
        self._ids: dict[Any, int | list[int]] = {}

    def find(self, key: Any) -> Sequence[int]:
        """Return the ids of the records that carry this value, oldest first."""
        found = self._ids.get(key)
        if found is None:
            return ()
        return (found,) if isinstance(found, int) else found

    def add(self, key: Any, record_id: int) -> None:
        """Note that a record carries this value."""
        found = self._ids.setdefault(key, record_id)
        if isinstance(found, list):
            insort(found, record_id)
        elif found != record_id:
            self._ids[key] = sorted((found, record_id))

    def discard(self, key: Any, record_id: int) -> None:
        """Note that a record no longer carries this value."""
        found = self._ids.get(key)
        if found == record_id:
            del self._ids[key]
        elif isinstance(found, list):
            place = bisect_left(found, record_id)
            if place < len(found) and found[place] == record_id:
                del found[place]
            if len(found) == 1:
                self._ids[key] = found[0]


def folded(value: Any) -> str:
    """Return a value as names and addresses are compared: without case and outer space."""
    return str(value).strip().casefold()


def _by_field(name: str) -> Keys:
    def keys(row: Row) -> Iterable[Any]:
        holder = row.get("custom_field", {}) if name.startswith("cf_") else row
        value = holder.get(name)
        return () if value is None else (folded(value),)

    return keys


class Store:
    """All records of one kind."""

    def __init__(self, indexes: Mapping[str, Keys] | None = None) -> None:
        self.rows: dict[int, Row] = {}
        self.live: list[int] = []
        self.bin: list[int] = []
        self.version = 0
        #: When a record was last created or updated.
        self.latest = 0.0
        #: Ids that the account's file does not show as they are; None without a file.
        self.changed: set[int] | None = None
        self._keys = dict(indexes or {})
        #: Only what was asked for so far: an index costs memory and time.
        self._indexes: dict[str, Index] = {}
        self._lists: dict[Any, tuple[int, list[int]]] = {}

    def __len__(self) -> int:
        return len(self.live)

    def get(self, record_id: Any) -> Row | None:
        """Return a live record, or None."""
        row = self.rows.get(record_id)
        return None if row is None or "is_deleted" in row else row

    def in_bin(self, record_id: Any) -> Row | None:
        """Return a record of the recycle bin, or None."""
        row = self.rows.get(record_id)
        return row if row is not None and "is_deleted" in row else None

    def add(self, row: Row) -> None:
        """Keep a new record."""
        record_id = row["id"]
        self.rows[record_id] = row
        self.live.append(record_id)
        self._enter(row)

    def change(self, row: Row, changes: Row) -> None:
        """Write values into a live record; None empties a field."""
        for index in self._indexes.values():
            for key in index.keys(row):
                index.discard(key, row["id"])
        for name, value in changes.items():
            if value is None:
                row.pop(name, None)
            else:
                row[name] = value
        self._enter(row)

    def touch(self, row: Row, changes: Row) -> None:
        """Write values that no index covers; None empties a field."""
        for name, value in changes.items():
            if value is None:
                row.pop(name, None)
            else:
                row[name] = value
        self._written(row["id"])
        self.latest = max(self.latest, row.get("updated_at", 0.0))

    def delete(self, row: Row) -> None:
        """Put a live record into the recycle bin."""
        self._leave(row)
        row["is_deleted"] = True
        insort(self.bin, row["id"])

    def restore(self, row: Row) -> None:
        """Take a record out of the recycle bin."""
        del row["is_deleted"]
        row.pop("deleted_at", None)
        del self.bin[bisect_left(self.bin, row["id"])]
        insort(self.live, row["id"])
        self._enter(row)

    def forget(self, row: Row) -> None:
        """Remove a record for good, live or from the bin."""
        if "is_deleted" in row:
            del self.bin[bisect_left(self.bin, row["id"])]
            self._written(row["id"])
        else:
            self._leave(row)
        del self.rows[row["id"]]

    def index(self, name: str) -> Index:
        """Return the index over a field, built when it is first asked for."""
        found = self._indexes.get(name)
        if found is None:
            found = self._indexes[name] = Index(self._keys.get(name) or _by_field(name))
            for record_id in self.live:
                for key in found.keys(self.rows[record_id]):
                    found.add(key, record_id)
        return found

    def first(self, name: str, key: Any) -> Row | None:
        """Return the oldest live record with this value in the index, or None."""
        found = self.index(name).find(key)
        return self.rows[found[0]] if found else None

    def listed(self, key: Any, compute: Callable[[], list[int]]) -> list[int]:
        """Return a list of ids that is computed anew only after something was written."""
        kept = self._lists.get(key)
        if kept is not None and kept[0] == self.version:
            return kept[1]
        if len(self._lists) > 64:
            self._lists.clear()
        ids = compute()
        self._lists[key] = (self.version, ids)
        return ids

    def state(self) -> list[Row]:
        """Return every record, for the account's file."""
        return list(self.rows.values())

    def load(self, rows: list[Row]) -> None:
        """Take over the records of a file."""
        self.rows = {row["id"]: row for row in rows}
        self.live = sorted(i for i, row in self.rows.items() if "is_deleted" not in row)
        self.bin = sorted(i for i, row in self.rows.items() if "is_deleted" in row)
        for name, index in list(self._indexes.items()):
            fresh = self._indexes[name] = Index(index.keys)
            for record_id in self.live:
                for key in fresh.keys(self.rows[record_id]):
                    fresh.add(key, record_id)
        self.version += 1

    def _written(self, record_id: int) -> None:
        self.version += 1
        if self.changed is not None:
            self.changed.add(record_id)

    def _enter(self, row: Row) -> None:
        self._written(row["id"])
        self.latest = max(self.latest, row.get("updated_at", 0.0))
        for index in self._indexes.values():
            for key in index.keys(row):
                index.add(key, row["id"])

    def _leave(self, row: Row) -> None:
        self._written(row["id"])
        del self.live[bisect_left(self.live, row["id"])]
        for index in self._indexes.values():
            for key in index.keys(row):
                index.discard(key, row["id"])
