"""What is kept beside the rows: what the export says of itself, its media, what is not read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict

import duckdb

from crossdock import __version__
from crossdock.connectors.base import SourceObject
from crossdock.intake.tables.layout import Layout
from crossdock.intake.unpack import Unpacked
from crossdock.model.findings import Question

_TABLES = """
CREATE OR REPLACE TABLE stage._note (code VARCHAR, place VARCHAR, count BIGINT);
CREATE OR REPLACE TABLE stage._unknown (path VARCHAR, name VARCHAR, why VARCHAR);
CREATE OR REPLACE TABLE stage._declared (name VARCHAR, rows BIGINT, sha256 VARCHAR);
CREATE OR REPLACE TABLE stage._media (path VARCHAR, bytes BIGINT, place VARCHAR);
"""


def key(
    layout: Layout,
    unpacked: Unpacked,
    objects: Sequence[SourceObject],
    answers: Mapping[str, str],
) -> str:
    """Return a digest of everything that decides what is in the store once the export is read."""
    said = [
        __version__,
        layout.seal(),
        asdict(layout.declared),
        layout.notes,
        layout.refused,
        [(str(path), place, path.stat().st_size) for path, place in layout.media],
        [(str(path), why) for path, why in layout.unknown],
        [str(path) for path in layout.settings],
        unpacked.notes.as_json(),
        [obj.name for obj in objects],
        dict(answers),
    ]
    text = json.dumps(said, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def questions_of(connection: duckdb.DuckDBPyConnection, key: str) -> list[Question] | None:
    """Return what was left open when just this was read, or None when it was not."""
    known = connection.execute(
        "SELECT 1 FROM information_schema.tables"
        " WHERE table_schema = 'stage' AND table_name = '_done'"
    ).fetchone()
    if known is None:
        return None
    row = connection.execute("SELECT questions FROM stage._done WHERE key = ?", [key]).fetchone()
    return [Question(**question) for question in json.loads(row[0])] if row else None


def done(connection: duckdb.DuckDBPyConnection, key: str, questions: Sequence[Question]) -> None:
    """Keep that all of it was read, and what that left open."""
    text = json.dumps([question.as_json() for question in questions])
    connection.execute("CREATE TABLE stage._done AS SELECT ? AS key, ? AS questions", [key, text])


def same_as_before(connection: duckdb.DuckDBPyConnection, layout: Layout) -> bool:
    """Return whether what is staged was read from these very files in this very way."""
    known = connection.execute(
        "SELECT 1 FROM information_schema.tables WHERE table_name = '_seal'"
    ).fetchone()
    if known is None:
        return False
    rows = connection.execute("SELECT line FROM stage._seal ORDER BY place").fetchall()
    return [line for (line,) in rows] == layout.seal()


def forget(connection: duckdb.DuckDBPyConnection) -> None:
    """Break the seal before the rows are staged anew: a staging that dies has none."""
    connection.execute("CREATE SCHEMA IF NOT EXISTS stage")
    connection.execute("DROP TABLE IF EXISTS stage._seal; DROP TABLE IF EXISTS stage._done")


def remember(connection: duckdb.DuckDBPyConnection, layout: Layout, unpacked: Unpacked) -> None:
    """Keep what is known of the export beside its rows, and seal it."""
    connection.execute("DROP TABLE IF EXISTS stage._done")
    connection.execute(_TABLES)
    _many(connection, "_note", [*unpacked.notes.rows(), *layout.notes], 3)
    _many(connection, "_unknown", [(str(p), p.name, why) for p, why in layout.unknown], 3)
    declared = layout.declared
    _many(
        connection,
        "_declared",
        [(n, declared.rows.get(n), declared.sha256.get(n)) for n in declared.files],
        3,
    )
    _many(connection, "_media", [(str(p), p.stat().st_size, at) for p, at in layout.media], 3)
    facts = {name: value for name, value in declared.facts.items() if value} | {
        "unknown_files": json.dumps([str(p) for p, _ in layout.unknown]),
        "settings_files": json.dumps([str(p) for p in layout.settings]),
    }
    connection.execute("CREATE OR REPLACE TABLE stage._fact (name VARCHAR, value VARCHAR)")
    _many(connection, "_fact", list(facts.items()), 2)
    connection.execute("CREATE OR REPLACE TABLE stage._seal (place INTEGER, line VARCHAR)")
    _many(connection, "_seal", list(enumerate(layout.seal())), 2)


def add_facts(connection: duckdb.DuckDBPyConnection, facts: Mapping[str, str]) -> None:
    """Keep what was decided where the export states nothing: the region, the mode of tax."""
    known = export_facts(connection)
    _many(connection, "_fact", [(n, v) for n, v in facts.items() if v and n not in known], 2)


def _many(
    connection: duckdb.DuckDBPyConnection, table: str, rows: list[tuple[object, ...]], width: int
) -> None:
    """Insert all rows at once: an export may hold a hundred thousand photos."""
    if rows:
        columns = ", ".join("unnest(?)" for _ in range(width))
        connection.execute(
            f"INSERT INTO stage.{table} SELECT {columns}",
            [[row[place] for row in rows] for place in range(width)],
        )


def export_facts(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Return what the export says of itself: account, time zone, currency, tax mode."""
    return dict(connection.execute("SELECT name, value FROM stage._fact").fetchall())
