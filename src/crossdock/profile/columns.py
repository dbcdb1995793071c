"""What stands in the columns of one staged table: as text, and as what it was read as.

A column with few different values is counted by value: everything about its text is then asked of
the values, which are few, and not of the rows. A column with very many is only estimated, so that
memory does not grow with the export. Types are asked of the typed view in one scan per table.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from crossdock.intake.formats.words import NULLS, among
from crossdock.intake.sql import quoted
from crossdock.model.fields import FieldType

#: From this many different values on, they are estimated (within about 2 %), not counted.
ESTIMATE_FROM = 200_000
#: How many values are shown of a column, and how much of each.
EXAMPLES, WIDTH = 3, 80
#: Among so many of the first values of a column its examples are looked for.
_FIRST = 100
#: Types of which a value is more than its text.
_RANGED = (FieldType.NUMBER, FieldType.MONEY, FieldType.DATE, FieldType.DATETIME, FieldType.TIME)
_CAST = (*_RANGED, FieldType.CHECKBOX)


@dataclass(frozen=True, slots=True)
class Texts:
    """The text of a column: what `FieldProfile` says of it.

    `said` is `filled` without words that stand for nothing; it is asked of typed columns only.
    """

    filled: int
    distinct: int
    shortest: int | None
    longest: int | None
    said: int
    examples: tuple[str, ...] = ()
    counts: tuple[int, ...] = ()
    estimated: bool = False


_NOTHING = Texts(0, 0, None, None, 0)


@dataclass(frozen=True, slots=True)
class Values:
    """The values of a column as its type: how many could not be read, some of them, the range."""

    unread: int = 0
    lowest: str | None = None
    highest: str | None = None
    unread_examples: tuple[str, ...] = ()


#: What is said of a column that is text.
NOT_CAST = Values()


def texts(
    connection: duckdb.DuckDBPyConnection, table: str, types: Mapping[str, FieldType], rows: int
) -> dict[str, Texts]:
    """Return what stands in each of these columns of `stage.<table>`, which has this many rows."""
    many = _with_many_values(connection, table, list(types)) if rows >= ESTIMATE_FROM else []
    found = _estimated(connection, table, {name: types[name] for name in many})
    empty = _without_values(connection, table, list(types)) if rows else list(types)
    for name, kind in types.items():
        if name in empty:
            found[name] = _NOTHING
        elif name not in found:
            found[name] = _counted(connection, table, name, kind)
    return found


def _without_values(
    connection: duckdb.DuckDBPyConnection, table: str, names: Sequence[str]
) -> list[str]:
    """Return the columns without a text: there is no need to ask more about each of them."""
    if not names:
        return []
    parts = ", ".join(f"count({quoted(name)})" for name in names)
    counts = _row(connection, f"SELECT {parts} FROM stage.{table}")
    return [name for name, count in zip(names, counts, strict=True) if not count]


def _with_many_values(
    connection: duckdb.DuckDBPyConnection, table: str, names: Sequence[str]
) -> list[str]:
    parts = [f"approx_count_distinct({quoted(name)})" for name in names]
    counts = _row(connection, f"SELECT {', '.join(parts)} FROM stage.{table}") if parts else ()
    return [name for name, count in zip(names, counts, strict=True) if count >= ESTIMATE_FROM]


def _counted(
    connection: duckdb.DuckDBPyConnection, table: str, name: str, kind: FieldType
) -> Texts:
    filled, distinct, shortest, longest, said, examples = _row(
        connection,
        f"""
        SELECT coalesce(sum(n) FILTER (v IS NOT NULL), 0)::BIGINT, count(v),
            min(length(v)), max(length(v)),
            coalesce(sum(n) FILTER ({_says("v", kind)}), 0)::BIGINT,
            arg_min({{'v': left(v, {WIDTH}), 'n': n}}, (-n, v), {EXAMPLES})
                FILTER (v IS NOT NULL)
        FROM (SELECT {_text(name)} AS v, count(*) AS n FROM stage.{table} GROUP BY 1)
        """,
    )
    shown, counts = [x["v"] for x in examples or ()], [x["n"] for x in examples or ()]
    return Texts(filled, distinct, shortest, longest, said, tuple(shown), tuple(counts))


def _estimated(
    connection: duckdb.DuckDBPyConnection, table: str, types: Mapping[str, FieldType]
) -> dict[str, Texts]:
    if not types:
        return {}
    texts = ", ".join(f"{_text(name)} AS {quoted(name)}" for name in types)
    parts = ", ".join(
        f"count({v}), approx_count_distinct({v}), min(length({v})), max(length({v})),"
        f" count(*) FILTER ({_says(v, kind)})"
        for v, kind in ((quoted(name), kind) for name, kind in types.items())
    )
    row = _row(connection, f"SELECT {parts} FROM (SELECT {texts} FROM stage.{table})")
    found = {}
    for name, (filled, distinct, shortest, longest, said) in zip(types, _by(row, 5), strict=True):
        examples = _first(connection, table, name)
        found[name] = Texts(
            filled, min(distinct, filled), shortest, longest, said, examples, estimated=True
        )
    return found


def _first(connection: duckdb.DuckDBPyConnection, table: str, name: str) -> tuple[str, ...]:
    """Return the first different values, in the order of the files."""
    (shown,) = _row(
        connection,
        f"""
        SELECT list(left(v, {WIDTH}) ORDER BY r)[:{EXAMPLES}] FROM (
            SELECT v, min(r) AS r FROM (
                SELECT {_text(name)} AS v, rowid AS r FROM stage.{table}
                WHERE v IS NOT NULL LIMIT {_FIRST}
            ) GROUP BY v
        )
        """,
    )
    return tuple(shown or ())


def values(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    types: Mapping[str, FieldType],
    texts: Mapping[str, Texts],
) -> dict[str, Values]:
    """Return what the columns that are no text hold, by `typed.<table>`.

    What says something as text and is nothing in the view is unread.
    """
    cast = [name for name in types if types[name] in _CAST and texts[name].said]
    if not cast:
        return {}
    asked = {name: quoted(name) for name in cast}
    parts = ", ".join(
        f"count({q})::BIGINT, min({q})::VARCHAR, max({q})::VARCHAR" for q in asked.values()
    )
    row = _row(connection, f"SELECT {parts} FROM typed.{table}")
    found = {}
    for name, (read, lowest, highest) in zip(cast, _by(row, 3), strict=True):
        unread = max(texts[name].said - read, 0)
        examples = _unread(connection, table, name, types[name]) if unread else ()
        if types[name] is FieldType.NUMBER:
            lowest, highest = _plain(lowest), _plain(highest)
        elif types[name] not in _RANGED:
            lowest = highest = None
        found[name] = Values(unread, lowest, highest, examples)
    return found


def _unread(
    connection: duckdb.DuckDBPyConnection, table: str, name: str, kind: FieldType
) -> tuple[str, ...]:
    """Return some of the values that are text and no value, the most frequent first."""
    (shown,) = _row(
        connection,
        f"""
        SELECT list(left(v, {WIDTH}) ORDER BY n DESC, v)[:{EXAMPLES}] FROM (
            SELECT v, count(*) AS n
            FROM (SELECT {_text(name)} AS v, rowid AS r FROM stage.{table} WHERE {_says("v", kind)})
            SEMI JOIN (SELECT _row FROM typed.{table} WHERE {quoted(name)} IS NULL) ON _row = r
            GROUP BY v
        )
        """,
    )
    return tuple(shown or ())


def _plain(number: str | None) -> str | None:
    """Return a decimal number without the noughts behind it."""
    return number.rstrip("0").rstrip(".") if number and "." in number else number


def _text(name: str) -> str:
    return f"nullif(trim({quoted(name)}), '')"


def _says(text: str, kind: FieldType) -> str:
    """Return the condition for a text that is no word for nothing; of mere text nobody asks."""
    words = f" AND NOT coalesce({among(text, NULLS)}, false)" if kind in _CAST else ""
    return f"{text} IS NOT NULL{words}"


def _row(connection: duckdb.DuckDBPyConnection, query: str) -> Sequence[Any]:
    row = connection.execute(query).fetchone()
    assert row is not None
    return tuple(row)


def _by(row: Sequence[Any], size: int) -> Iterable[Sequence[Any]]:
    return (row[at : at + size] for at in range(0, len(row), size))
