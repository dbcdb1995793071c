"""What is odd about the values, once it is decided how they are read.

Columns are looked at again only where their shapes say that there is something to count, and only
when another decision was made since.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

import duckdb

from crossdock.connectors.base import SourceObject
from crossdock.intake.formats import currencies, kept, odd, phones, zeros, zones
from crossdock.intake.formats.casts import plain
from crossdock.intake.formats.deciding import Formats
from crossdock.intake.formats.kept import Oddity
from crossdock.intake.formats.moments import Moments, moments
from crossdock.intake.formats.shapes import ISO_OFFSET
from crossdock.intake.formats.survey.columns import CLOCKED
from crossdock.intake.sql import quoted
from crossdock.model.fields import FieldType

#: Hours that are the same in the morning and in the afternoon, without a word for which.
_HALF_DAY = r".*(?:^|[ T])(?:0?[1-9]|1[0-2])[:.]\d\d(?:[:.]\d\d)? *"


def examine(
    connection: duckdb.DuckDBPyConnection, objects: Sequence[SourceObject], formats: Formats
) -> None:
    """Count what is odd and keep it with the decisions, unless that was done for these."""
    mark = _mark(connection, formats)
    if _comment(connection) == mark:
        return
    found = [
        *formats.oddities,
        *odd.in_words(formats.traits),
        *odd.in_dates(connection, formats.traits),
        *zeros.lost(formats.traits, objects),
        *currencies.contradictions(formats.traits, formats.facts.get("currency", "")),
        *_moments(connection, objects, formats),
        *_texts(connection, objects, formats),
    ]
    kept.keep(connection, formats.decisions, found)
    connection.execute(f"COMMENT ON TABLE stage._oddity IS '{mark}'")


def _mark(connection: duckdb.DuckDBPyConnection, formats: Formats) -> str:
    row = connection.execute(
        "SELECT comment FROM duckdb_tables() WHERE schema_name = 'stage' AND table_name = '_file'"
    ).fetchone()
    parts = [row, sorted(formats.casts.items()), sorted(formats.facts.items()), formats.oddities]
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _comment(connection: duckdb.DuckDBPyConnection) -> str | None:
    row = connection.execute(
        "SELECT comment FROM duckdb_tables() WHERE schema_name = 'stage' AND table_name = '_oddity'"
    ).fetchone()
    return row[0] if row else None


def _moments(
    connection: duckdb.DuckDBPyConnection, objects: Sequence[SourceObject], formats: Formats
) -> Iterator[Oddity]:
    zones.create_table(connection, zones.zone_of(formats.facts))
    for obj in objects:
        for name, kind in formats.types[obj.name].items():
            if kind not in CLOCKED:
                continue
            found = moments(formats.traits, obj.name, name, kind)
            yield from _written(connection, found)
            if kind is FieldType.DATETIME and any(shape.timed for shape in found.shapes):
                yield from _clock_changes(connection, found, formats.casts[obj.name, name])
    connection.execute("DROP TABLE clock_change")


def _written(connection: duckdb.DuckDBPyConnection, column: Moments) -> Iterator[Oddity]:
    """Yield what the shapes of a column say: years of two digits, offsets, mixed clocks."""
    wanted = {}
    short = sorted({shape.regex for shape in column.shapes if shape.short_year})
    if short:
        wanted["YEARS_OF_TWO_DIGITS"] = f" *(?:{'|'.join(short)}) *"
    if any(shape.offset for shape in column.shapes):
        wanted["TIMES_WITH_OFFSET"] = f" *{ISO_OFFSET} *"
    halves = {shape.half for shape in column.shapes if shape.timed and not shape.offset}
    if halves == {True, False}:
        wanted["CLOCKS_MIXED"] = _HALF_DAY
    for code, regex in wanted.items():
        text = quoted(column.field)
        yield from _counted(
            connection, code, column.object, column.field, f"regexp_full_match({text}, '{regex}')"
        )


def _counted(
    connection: duckdb.DuckDBPyConnection, code: str, obj: str, field: str, condition: str
) -> Iterator[Oddity]:
    row = connection.execute(
        f"SELECT count(*), list(DISTINCT trim({quoted(field)})[1:60])"
        f" FROM stage.{obj} WHERE {condition}"
    ).fetchone()
    if row and row[0]:
        yield Oddity(code, obj, field, row[0], sorted(row[1])[:5])


def _clock_changes(
    connection: duckdb.DuckDBPyConnection, column: Moments, cast: str
) -> Iterator[Oddity]:
    exact = f"NOT regexp_full_match(text, ' *{ISO_OFFSET} *')"
    rows = connection.execute(
        f"""
        SELECT kind, count(*), list(DISTINCT text ORDER BY text)[1:5]
        FROM (SELECT {cast} AS t, {quoted(column.field)} AS text FROM stage.{column.object})
        JOIN clock_change ON t::DATE = day AND t >= starts AND t < ends
        WHERE {exact if any(shape.offset for shape in column.shapes) else "true"}
        GROUP BY kind ORDER BY kind
        """
    )
    codes = {"skipped": "TIMES_SKIPPED", "twice": "TIMES_TWICE"}
    for kind, n, examples in rows.fetchall():
        yield Oddity(codes[kind], column.object, column.field, n, examples)


def _texts(
    connection: duckdb.DuckDBPyConnection, objects: Sequence[SourceObject], formats: Formats
) -> Iterator[Oddity]:
    """Yield the zeros that were restored, and the phones that are none of the region."""
    region = formats.facts.get("region", "")
    for obj in objects:
        for name, kind in formats.types[obj.name].items():
            text = plain(formats.traits, obj.name, name)
            if zeros.may_be_short(formats.traits, obj.name, name):
                restored = zeros.restored(text, obj, name, kind, region)
                if restored != text:
                    yield from _counted(
                        connection, "ZEROS_RESTORED", obj.name, name, f"{restored} <> {text}"
                    )
            if kind is FieldType.PHONE and phones.region(region):
                cast = formats.casts[obj.name, name]
                yield from _counted(
                    connection, "PHONES_UNUSUAL", obj.name, name, f"NOT phone_valid({cast})"
                )
