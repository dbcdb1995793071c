"""Records on their way out of a document: cleaned, counted, written one per line.

The count is the second opinion on what DuckDB makes of the same lines: it walks the parsed values.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from crossdock.connectors.documents import DocumentList
from crossdock.intake.tables.documents import expressions

#: What lies deeper below a record is kept as one JSON text.
DEEPEST = 8

#: So many combinations of keys and types are remembered at a place.
_SIGNATURES = 20_000
_SURROGATE = re.compile("[\ud800-\udfff]")


#: What a key was seen to hold, added up; nothing but null is 0. Plain numbers: this is counted
#: for every object of a document.
TEXT, OBJECT, OBJECTS, TEXTS = 1, 2, 4, 8
_KINDS = {dict: OBJECT, list: 0, type(None): 0}


@dataclass(slots=True)
class Count:
    """What there is at a place of a list's records: how many rows, which keys, what below.

    `rows` counts records that hold a text of their own. `some` counts, for each table that wants a
    value at one of its paths, the records that have one; `none` those with a text that have none.
    `keys` are in the order of their coming.
    `listed` names lists whose elements are columns of the record, and count as its texts.
    """

    rows: int = 0
    none: int = 0
    some: dict[tuple[str, ...], int] = field(default_factory=dict)
    keys: dict[str, int] = field(default_factory=dict)
    below: dict[str, Count] = field(default_factory=dict)
    listed: set[str] = field(default_factory=set)
    seen: dict[tuple[Any, ...], tuple[str, ...]] = field(default_factory=dict)

    def at(self, path: Sequence[str]) -> Count:
        """Return the count at a path of keys below this one, making it if need be."""
        count = self
        for key in path:
            found = count.below.get(key)
            if found is None:
                found = count.below[key] = Count()
            count = found
        return count

    def nested_keys(self, record: dict[str, Any]) -> tuple[str, ...]:
        """Return the keys of an object that hold objects and lists, and remember what all hold.

        Most objects have the same keys and types as others before them: those are not looked at.
        """
        signature = (*record, *map(type, record.values()))
        found = self.seen.get(signature)
        if found is None:
            for key, value in record.items():
                self.keys[key] = self.keys.get(key, 0) | _KINDS.get(type(value), TEXT)
            found = tuple(key for key, value in record.items() if type(value) in (dict, list))
            if len(self.seen) == _SIGNATURES:
                self.seen.clear()
            self.seen[signature] = found
        return found

    def add(self, record: dict[str, Any]) -> bool:
        """Count one record, without what lies below it; False when it holds nothing at all."""
        text = has_text(record) or any(_has_value(record.get(key)) for key in self.listed)
        if text:
            self.rows += 1
        elif not _has_value(record):
            return False
        found = False
        for paths in self.some:
            if any(_has_value_at(record, path) for path in paths):
                self.some[paths] += 1
                found = True
        self.none += text and not found
        return True


class Spool:
    """The records of one list of a document, in a file of one JSON object per line.

    Each line holds `l`, the line of the document at which the record begins, and `r`, the record.
    """

    def __init__(self, name: str, known: DocumentList | None, target: Path) -> None:
        self.name = name
        self.known = known
        self.path = target
        self.count = Count()
        self.longest = 0
        self.mended = 0
        self._file = target.open("wb", buffering=1 << 18)
        for table in known.tables if known else ():
            here = self.count.at(table.at.split(".") if table.at else ())
            if table.when:
                here.some[table.when] = 0
            here.listed.update(path[0] for path in expressions.columns_of_lists(table))

    def add(self, record: dict[str, Any], line: int) -> None:
        """Write a record that begins at a line; one without any value is no record."""
        if not self.count.add(record):
            return
        _visit(record, self.count, 1)
        try:
            text = orjson.dumps(record)
        except TypeError:
            text = self._mended(record)
        self.longest = max(self.longest, len(text))
        self._file.write(b'{"l":%d,"r":%b}\n' % (line, text))

    def close(self) -> None:
        """Write what is still in memory."""
        self._file.close()

    def _mended(self, record: dict[str, Any]) -> bytes:
        """Write half letters, which no encoding has, as the sign for an unknown letter."""
        self.mended += 1
        return _SURROGATE.sub("\ufffd", json.dumps(record, ensure_ascii=False)).encode()


def has_text(record: dict[str, Any]) -> bool:
    """Return whether an object has a value that is not in a list of objects."""
    for value in record.values():
        kind = type(value)
        if kind is str or kind is bool:
            if value != "":
                return True
        elif kind is dict:
            if has_text(value):
                return True
        elif kind is list and any(x is not None and x != "" and type(x) is not dict for x in value):
            return True
    return False


def _has_value(value: Any) -> bool:
    """Return whether there is anything at all in a value."""
    if isinstance(value, dict):
        return any(_has_value(x) for x in value.values())
    if isinstance(value, list):
        return any(_has_value(x) for x in value)
    return value is not None and value != ""


def _has_value_at(record: dict[str, Any], path: str) -> bool:
    value: Any = record
    for key in path.split("."):
        value = value.get(key) if isinstance(value, dict) else None
    return _has_value(value)


def _visit(record: dict[str, Any], count: Count, depth: int) -> None:
    """Count what lies below a record, leave out what is empty, and cut off what is too deep."""
    for key in count.nested_keys(record):
        value = record[key]
        if isinstance(value, dict):
            record[key] = _object(value, count, key, depth)
        else:
            record[key] = _elements(value, count, key, depth)


def _object(value: dict[str, Any], count: Count, key: str, depth: int) -> Any:
    if not (has_text(value) or _has_value(value)):
        return None
    if depth >= DEEPEST:
        count.keys[key] |= TEXT
        return json.dumps(value, ensure_ascii=False)
    _visit(value, count.at((key,)), depth + 1)
    return value


def _elements(values: list[Any], count: Count, key: str, depth: int) -> Any:
    """Return a list without empty records, or None when it holds nothing."""
    if depth >= DEEPEST:
        count.keys[key] |= TEXT
        return json.dumps(values, ensure_ascii=False) if values else None
    kept: list[Any] = []
    kinds = 0
    below = None
    for value in values:
        if isinstance(value, dict):
            below = below or count.at((key,))
            if not below.add(value):
                # Its place is kept: the second name of a customer stays the second.
                kept.append(None)
                continue
            kinds |= OBJECTS
            _visit(value, below, depth + 1)
        elif value is not None and value != "":
            kinds |= TEXTS
        kept.append(value)
    count.keys[key] |= kinds
    return kept if kinds else None
