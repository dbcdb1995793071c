"""Which references lead nowhere, to what is dead, or to a record that they spell otherwise.

The text is compared as it stands first, in one pass per column; only what is left over is looked
at more closely. An export whose references are whole costs that one pass.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from importlib import resources

import duckdb

from crossdock.intake.links.references import Kind, Reference, kinds, references
from crossdock.intake.sql import quoted

_TABLES = """
CREATE OR REPLACE TEMP TABLE known (kind VARCHAR, number VARCHAR, state VARCHAR, _row BIGINT);
CREATE OR REPLACE TEMP TABLE miss (
    code VARCHAR, object VARCHAR, field VARCHAR, target VARCHAR, names BOOLEAN, spelled BOOLEAN,
    many BOOLEAN, type VARCHAR, written VARCHAR, n BIGINT, _row BIGINT
);
CREATE OR REPLACE TEMP TABLE aim (target VARCHAR, type VARCHAR, kind VARCHAR);
"""


def find(
    connection: duckdb.DuckDBPyConnection, present: Collection[str], nulls: Sequence[str]
) -> None:
    """Make `link.spelling` and `link.dangling` from the objects that are present.

    `link.spelling` (object, field, type, written, number, n) says which text is to be read as
    which; `link.dangling` (code, object, field, written, state, n, _row) what leads nowhere:
    `missing`, `deleted`, `void`, or `several` when more than one record fits. `nulls` are words
    that exports write where there is no value, in small letters.
    """
    connection.execute(_TABLES)
    for kind in {kind.name: kind for group in kinds().values() for kind in group}.values():
        if kind.object in present:
            _know(connection, kind)
    connection.execute("DELETE FROM known WHERE lower(number) IN (SELECT unnest(?))", [nulls])
    filled = {kind for (kind,) in connection.execute("SELECT DISTINCT kind FROM known").fetchall()}
    groups: dict[str, list[Reference]] = defaultdict(list)
    for reference in references(present):
        groups[reference.to].append(reference)
    for group in groups.values():
        # An object that is not in the export at all is told once, not for every reference to it.
        if any(kind.name in filled for kind in group[0].kinds):
            _miss(connection, group)
    connection.execute(
        "DELETE FROM miss WHERE lower(written) IN (SELECT unnest(?))", [["", *nulls]]
    )
    _aims(connection)
    connection.execute(resources.files(__package__).joinpath("dangling.sql").read_text("utf-8"))


def _know(connection: duckdb.DuckDBPyConnection, kind: Kind) -> None:
    """Note the numbers of a kind, from the text as it stands: much cheaper than the typed view."""
    connection.execute(
        f"INSERT INTO known SELECT ?, trim({quoted(kind.column)}), {kind.state}, rowid"
        f" FROM stage.{kind.object} WHERE trim({quoted(kind.column)}) <> ''",
        [kind.name],
    )


def _miss(connection: duckdb.DuckDBPyConnection, group: Sequence[Reference]) -> None:
    """Note what columns of one target hold that is no living record's number, letter by letter."""
    written = " UNION ALL ".join(
        f"SELECT {place} AS place, {_kind_of(reference)} AS type,"
        f" {quoted(reference.column)} AS written, rowid AS _row"
        f" FROM stage.{reference.object}"
        f" WHERE {quoted(reference.column)} <> '' AND {reference.condition}"
        for place, reference in enumerate(group)
    )
    connection.execute(
        f"""
        INSERT INTO miss
        WITH written AS ({written}),
        lost AS (
            SELECT place, type, trim(written) AS written, count(*) AS n, min(_row) AS _row
            FROM written w WHERE NOT EXISTS (
                SELECT 1 FROM known k
                WHERE k.kind IN {_literals(kind.name for kind in group[0].kinds)}
                  AND k.state IS NULL AND k.number = w.written)
            GROUP BY ALL
        )
        SELECT r.* EXCLUDE (place), l.type, l.written, l.n, l._row
        FROM lost l JOIN (SELECT unnest(?, recursive := true)) r USING (place)
        """,
        [
            [
                {
                    "place": place,
                    "code": reference.code,
                    "object": reference.object,
                    "field": reference.column,
                    "target": reference.to,
                    "names": reference.names,
                    "spelled": reference.spelled,
                    "many": reference.many,
                }
                for place, reference in enumerate(group)
            ]
        ],
    )


def _kind_of(reference: Reference) -> str:
    """Return the SQL that tells the kind of record which a row says that it names, or ''."""
    return "link.record_kind(record_type)" if reference.column == "record_number" else "''"


def _aims(connection: duckdb.DuckDBPyConnection) -> None:
    """Note which kinds each target stands for; a record type narrows it down to one."""
    rows: list[Sequence[str]] = [
        (target, "", kind.name) for target, group in kinds().items() for kind in group
    ]
    rows += [("record", kind.name, kind.name) for kind in kinds()["record"]]
    connection.executemany("INSERT INTO aim VALUES (?, ?, ?)", rows)


def _literals(values: Iterable[str]) -> str:
    return "(" + ", ".join(f"'{value}'" for value in values) + ")"
