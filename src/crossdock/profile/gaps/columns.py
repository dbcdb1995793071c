"""Columns that one would expect and that are absent or empty, and those that nobody explains."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import duckdb

from crossdock.connectors.base import SourceObject
from crossdock.connectors.octopuspro.request.wanted import NOT_ASKED
from crossdock.model.findings import Finding, Severity
from crossdock.model.wording import count
from crossdock.profile.fields import ObjectProfile
from crossdock.profile.gaps.expected import expected

#: Properties are written as one row per field, or with a column per field of their type.
_LONG_FORM = frozenset({"field", "value"})
#: Fewer rows than these say nothing about a column that is empty in all of them.
ENOUGH_ROWS = 5


def absent(obj: SourceObject, profiled: ObjectProfile) -> tuple[str, ...]:
    """Return the names of an object's known columns that none of its files has."""
    known = {column.name for column in obj.columns}
    present = {field.name for field in profiled.fields}
    if obj.name == "customer_property" and present - known:
        present |= _LONG_FORM
    return tuple(c.name for c in obj.columns if c.name not in present | NOT_ASKED)


def unexplained(connection: duckdb.DuckDBPyConnection, profiled: ObjectProfile) -> tuple[str, ...]:
    """Return headers of the tenant's own that the inventory of custom fields does not name.

    Properties are left out: each of their types has columns of its own.
    """
    own = [field.header for field in profiled.fields if not field.known and field.filled]
    if not own or profiled.object == "customer_property":
        return ()
    rows = connection.execute("SELECT lower(trim(label)) FROM src.custom_field").fetchall()
    inventory = {label for (label,) in rows}
    return tuple(header for header in own if _label(header) not in inventory)


def _label(header: str) -> str:
    return re.sub(r"^cf:\s*", "", header.strip(), flags=re.IGNORECASE).lower()


def findings(
    connection: duckdb.DuckDBPyConnection,
    objects: Iterable[SourceObject],
    profiled: Sequence[ObjectProfile],
) -> Iterator[Finding]:
    """Name the columns of each object that are absent, empty, or explained by nobody."""
    by_name = {one.object: one for one in profiled}
    for obj in objects:
        if obj.name in by_name:
            yield from _of_absent(obj, by_name[obj.name])
            yield from _of_empty(obj, by_name[obj.name])
            yield from _of_unexplained(obj, unexplained(connection, by_name[obj.name]))


def _of_absent(obj: SourceObject, profiled: ObjectProfile) -> Iterator[Finding]:
    missing = absent(obj, profiled)
    losses = _losses(obj, missing)
    if losses:
        yield Finding(
            "COLUMNS_NEEDED",
            Severity.WARNS,
            f"{obj.label} have {count(len(losses), 'gap')} among the columns that matter most.",
            "ask support for these columns (crossdock request), or see whether another one has "
            "their values under a header that Crossdock does not know",
            object=obj.name,
            count=len(losses),
            evidence=losses,
        )
    if missing:
        yield Finding(
            "COLUMNS_ABSENT",
            Severity.NOTES,
            count(
                len(missing),
                f"column that {obj.label.lower()} would have in a full export is not in this one.",
                f"columns that {obj.label.lower()} would have in a full export are not in this "
                "one.",
            ),
            "ask support for them (crossdock request), unless your account does not use them",
            object=obj.name,
            count=len(missing),
            evidence=_headers(obj, missing),
        )


def _of_empty(obj: SourceObject, profiled: ObjectProfile) -> Iterator[Finding]:
    """Name columns that matter and hold nothing, where there are rows enough to say so."""
    if profiled.staged < ENOUGH_ROWS:
        return
    missing = absent(obj, profiled)
    empty = tuple(f.name for f in profiled.fields if f.known and not f.filled)
    told = _losses(obj, missing)
    losses = [loss for loss in _losses(obj, (*missing, *empty)) if loss not in told]
    usual = [name for name in empty if name in expected()[obj.name].filled]
    losses += [f"{header}: hardly ever empty in all rows" for header in _headers(obj, usual)]
    if losses:
        yield Finding(
            "COLUMNS_EMPTY",
            Severity.WARNS,
            f"{obj.label} have "
            + count(
                len(losses),
                "column that is usually filled and is",
                "columns that are usually filled and are",
            )
            + f" empty in all {profiled.staged:,} rows.",
            "ask support why they are empty; the file may be made without them",
            object=obj.name,
            count=len(losses),
            evidence=tuple(losses),
        )


def _of_unexplained(obj: SourceObject, headers: tuple[str, ...]) -> Iterator[Finding]:
    if headers:
        yield Finding(
            "COLUMNS_UNEXPLAINED",
            Severity.NOTES,
            count(
                len(headers),
                f"column of {obj.label.lower()} is the tenant's own, and the list of custom "
                "fields does not name it.",
                f"columns of {obj.label.lower()} are the tenant's own, and the list of custom "
                "fields does not name them.",
            ),
            "ask support what they are (crossdock request); until then their types are guessed",
            object=obj.name,
            count=len(headers),
            evidence=headers,
        )


def _losses(obj: SourceObject, missing: Iterable[str]) -> tuple[str, ...]:
    """Return what the move loses without columns; of alternatives all must be missing."""
    gone = set(missing)
    return tuple(
        f"{' or '.join(_headers(obj, names))}: {loss}"
        for names, loss in expected()[obj.name].columns.items()
        if gone.issuperset(names)
    )


def _headers(obj: SourceObject, names: Sequence[str]) -> tuple[str, ...]:
    return tuple(column.header for column in obj.columns if column.name in names)
