"""Looking at everything staged, once for these rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import duckdb

from crossdock.connectors.base import SourceObject
from crossdock.intake.formats.survey import traits
from crossdock.intake.formats.survey.columns import Columns
from crossdock.intake.formats.survey.dates import survey_dates
from crossdock.intake.formats.survey.numbers import survey_numbers
from crossdock.intake.formats.survey.own import survey_own
from crossdock.intake.formats.survey.texts import survey_texts
from crossdock.intake.formats.survey.traits import Traits

#: Another number when the survey sees more, so that rows staged before are looked at again.
_VERSION = 1


def survey(
    connection: duckdb.DuckDBPyConnection,
    objects: Sequence[SourceObject],
    types: Mapping[str, Columns],
) -> Traits:
    """Return what stands in the staged columns; looks at the rows only when they are new.

    `types` holds the staged columns of each object with their types.

    The mark that it was done is a comment on the table of the files: staging replaces the table,
    and the comment goes with it.
    """
    mark = _mark(connection)
    if _comment(connection) != mark:
        connection.begin()
        try:
            _look(connection, objects, types)
            connection.execute(f"COMMENT ON TABLE stage._file IS '{mark}'")
            connection.commit()
        except BaseException:
            connection.rollback()
            raise
    return Traits(connection)


def _look(
    connection: duckdb.DuckDBPyConnection,
    objects: Sequence[SourceObject],
    types: Mapping[str, Columns],
) -> None:
    connection.execute(traits.TABLE)
    connection.execute(
        "CREATE OR REPLACE TABLE stage._mended"
        " (object VARCHAR, field VARCHAR, original VARCHAR, mended VARCHAR)"
    )
    filled = connection.execute("SELECT DISTINCT object FROM stage._file WHERE rows > 0").fetchall()
    for obj in objects:
        if (obj.name,) in filled:
            survey_texts(connection, obj, types[obj.name])
            survey_dates(connection, obj, types[obj.name])
            survey_numbers(connection, obj, types[obj.name])
            survey_own(connection, obj, types[obj.name])


def _mark(connection: duckdb.DuckDBPyConnection) -> str:
    row = connection.execute(
        "SELECT md5(coalesce(string_agg(file_no || object || sha256 || rows, ';' ORDER BY file_no),"
        " '')) FROM stage._file"
    ).fetchone()
    assert row is not None
    return f"looked at, {_VERSION}: {row[0]}"


def _comment(connection: duckdb.DuckDBPyConnection) -> str | None:
    row = connection.execute(
        "SELECT comment FROM duckdb_tables() WHERE schema_name = 'stage' AND table_name = '_file'"
    ).fetchone()
    return row[0] if row else None
