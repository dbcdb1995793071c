"""Detailed lists: a record stands on several rows, once for each of its lines.

Which columns belong to the line is told by the values: they differ between rows of one record.
"""

from __future__ import annotations

from collections.abc import Sequence

from crossdock.connectors.base import Recognised, SourceObject
from crossdock.connectors.octopuspro.catalogue import objects
from crossdock.connectors.octopuspro.headers import claimed_columns
from crossdock.model.fields import FieldType


def repeated_by(line: SourceObject, headers: Sequence[str]) -> SourceObject | None:
    """Return the object that a list of lines repeats on each of them, or None.

    The record's own number must stand there, and at least two more of its columns that are no
    column of the line.
    """
    parent = next((o for o in objects() if o.lines == line.name), None)
    if parent is None or not parent.key:
        return None
    of_line = claimed_columns(headers, line)
    of_parent = claimed_columns(headers, parent)
    own = [name for place, name in of_parent.items() if place not in of_line]
    return parent if parent.key[0] in of_parent.values() and len(own) >= 2 else None


def lines_of(
    obj: SourceObject,
    headers: Sequence[str],
    columns: Sequence[tuple[str, str]],
    below: Sequence[Sequence[str]],
) -> Recognised | None:
    """Return what the rows are when the record stands on several of them, once per line.

    A column is the line's when its values differ within a record, when the record does not know
    it, or when it lists what the lines have one each of (services).
    """
    line = next((o for o in objects() if o.name == obj.lines), None)
    key = next((i for i, (_, name) in enumerate(columns) if name in obj.key), None)
    if line is None or key is None:
        return None
    changing = _changing(key, below)
    own = [
        header if i in changing or _is_listed(obj, columns[i][1]) else ""
        for i, header in enumerate(headers)
    ]
    own[key] = columns[key][1]
    claimed = claimed_columns(own, line)
    if len(claimed) < 3 or not _are_lines(claimed, columns, obj, changing):
        return None
    named = tuple((headers[place], name) for place, name in sorted(claimed.items()))
    return Recognised(line.name, 0, named, key=columns[key][1])


def _is_listed(obj: SourceObject, name: str) -> bool:
    """Return whether a column is none of the record's, or lists one value per line."""
    column = obj.column(name)
    return column is None or (column.type is FieldType.MULTI_PICKLIST and name != "labels")


def _are_lines(
    claimed: dict[int, str],
    columns: Sequence[tuple[str, str]],
    obj: SourceObject,
    changing: set[int],
) -> bool:
    """Return whether there is proof of lines: something differs, or is no column of the record."""
    return any(
        place in changing or obj.column(columns[place][1]) is None
        for place, name in claimed.items()
        if columns[place][1] not in obj.key
    )


def _changing(key: int, below: Sequence[Sequence[str]]) -> set[int]:
    """Return the columns whose values differ between rows of one record."""
    groups: dict[str, list[Sequence[str]]] = {}
    for row in below:
        if row[key].strip():
            groups.setdefault(row[key].strip(), []).append(row)
    return {
        place
        for rows in groups.values()
        for place in range(len(rows[0]))
        if len({row[place].strip() for row in rows}) > 1
    }
