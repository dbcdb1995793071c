"""A last row whose end is missing: its file was cut while it was written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import duckdb

from crossdock.intake.sql import quoted
from crossdock.model.fields import FieldType
from crossdock.model.findings import Finding, Severity
from crossdock.profile.fields import FieldProfile, ObjectProfile
from crossdock.profile.gaps.expected import expected

#: So many rows must have a value where the last one has none.
ENOUGH_ROWS = 20


def findings(
    connection: duckdb.DuckDBPyConnection, profiled: Iterable[ObjectProfile]
) -> Iterator[Finding]:
    """Name the files whose last row ends where all others go on."""
    for one in profiled:
        cut = _cut(connection, one)
        if cut:
            yield Finding(
                "LAST_ROW_EMPTY_AT_END",
                Severity.WARNS,
                f"The last row of {one.label.lower()} is empty at its end, where every other row "
                "has a value.",
                "ask support for the file again if it was cut; a row of totals is no record: "
                "delete it in the file",
                object=one.object,
                count=len(cut),
                evidence=cut,
            )


def _is_never_empty(name: str, field: FieldProfile) -> bool:
    """Return whether also a record that is new has a value: it may not be paid or closed yet."""
    one = expected()[name]
    matters = {column for names in one.columns for column in names} | set(one.filled)
    return field.type in (FieldType.CHECKBOX, FieldType.MONEY) or field.name in matters


def _cut(connection: duckdb.DuckDBPyConnection, profiled: ObjectProfile) -> tuple[str, ...]:
    """Return the files in which only the last row lacks values, and all from one column on."""
    always = [
        field
        for field in profiled.fields
        if 0 < profiled.staged - field.filled <= len(profiled.files)
        and _is_never_empty(profiled.object, field)
    ]
    if not always or profiled.staged < ENOUGH_ROWS:
        return ()
    last = ", ".join(f"nullif(trim(staged.{quoted(f.name)}), '')" for f in profiled.fields)
    rows = connection.execute(
        f"""
        SELECT file.name, [{last}] FROM stage.{profiled.object} staged
        JOIN stage._file file ON file.file_no = staged._file
        WHERE staged.rowid IN (SELECT max(rowid) FROM stage.{profiled.object} GROUP BY _file)
        ORDER BY file.name
        """
    ).fetchall()
    places = {field.name: place for place, field in enumerate(profiled.fields)}
    found = []
    for file, values in rows:
        filled = max((place for place, value in enumerate(values) if value), default=-1)
        beyond = [f.header for f in always if places[f.name] > filled]
        if beyond:
            found.append(f"{file}: no {beyond[0]}" + (" and what follows" if beyond[1:] else ""))
    return tuple(found)
