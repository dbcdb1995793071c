"""The shapes of dates and times, per column, and what proves the order of day and month.

Some rows tell the usual shapes; then all rows are asked how many are of another one, and only
those are looked at more closely.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import duckdb

from crossdock.connectors.base import SourceObject
from crossdock.intake.formats.shapes import Shape, date_shape, time_shape
from crossdock.intake.formats.survey import columns
from crossdock.intake.formats.survey.columns import Columns
from crossdock.intake.formats.survey.traits import Trait, keep
from crossdock.intake.formats.words import NULLS, among
from crossdock.intake.sql import quoted
from crossdock.model.fields import FieldType

#: About how many rows tell the usual shapes. They come in blocks, so that the rest is not read.
_SAMPLE = 20_000
#: How many shapes of one column are looked at; a column of free text has no end of them.
_SHAPES = 1_000
#: Day and month as numbers, of which one can be a day only.
_PROOFS = {
    "day first": r"^ *(1[3-9]|2\d|3[01])[/.-]\d\d?[/.-]\d\d",
    "month first": r"^ *\d\d?[/.-](1[3-9]|2\d|3[01])[/.-]\d\d",
}

Reader = Callable[[str], Shape | None]


def shape_of(text: str) -> str:
    """Return the SQL of a text's shape: its digits written as 9."""
    return f"translate(trim({text}), '012345678', '999999999')"


def survey_dates(connection: duckdb.DuckDBPyConnection, obj: SourceObject, types: Columns) -> None:
    """Look at all dates and times of an object."""
    readers: dict[str, Reader] = {
        name: time_shape if types[name] is FieldType.TIME else date_shape
        for name in columns.of_types(types, columns.CLOCKED)
    }
    if not readers:
        return
    usual = _usual(connection, obj.name, readers)
    others = [name for name, n in _others(connection, obj.name, usual).items() if n]
    seen = [trait for traits in usual.values() for trait in traits]
    unlike = {name: _unlike(quoted(name), usual[name]) for name in others}
    seen += shapes(connection, obj.name, unlike, "shape")
    ordered = {trait.field for trait in seen if _is_ordered(readers[trait.field], trait)}
    keep(connection, [*seen, *_proofs(connection, obj.name, sorted(ordered))])


def _usual(
    connection: duckdb.DuckDBPyConnection, obj: str, readers: Mapping[str, Reader]
) -> dict[str, list[Trait]]:
    """Return the shapes of each column that are read and stand in rows from all over the files."""
    columns = ", ".join(quoted(name) for name in readers)
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE sampled AS SELECT _file, {columns} FROM stage.{obj}"
        f" TABLESAMPLE system({_percent(connection, obj)} PERCENT) REPEATABLE (1)"
    )
    parts = " UNION ALL ".join(
        f"SELECT '{name}', _file, {shape_of(c)}, count(*), min(trim({c}))"
        f" FROM sampled WHERE trim({c}) <> '' GROUP BY ALL"
        for name in readers
        for c in [quoted(name)]
    )
    found: dict[str, list[Trait]] = {name: [] for name in readers}
    for name, number, shape, n, low in connection.execute(parts).fetchall():
        if readers[name](shape):
            found[name].append(Trait(number, obj, name, "shape", shape, n, (low,)))
    connection.execute("DROP TABLE sampled")
    return found


def _percent(connection: duckdb.DuckDBPyConnection, obj: str) -> float:
    row = connection.execute(f"SELECT count(*) FROM stage.{obj}").fetchone()
    assert row is not None
    return min(100.0, 100.0 * _SAMPLE / max(int(row[0]), 1))


def _others(
    connection: duckdb.DuckDBPyConnection, obj: str, usual: Mapping[str, list[Trait]]
) -> dict[str, int]:
    """Return how many values of each column are of no usual shape; says where blanks stand."""
    if not usual:
        return {}
    parts = []
    for name, traits in usual.items():
        c = quoted(name)
        parts += [
            f"count(*) FILTER ({_unlike(c, traits)} AND trim({c}) <> '')",
            f"count(*) FILTER (prefix({c}, ' ') OR suffix({c}, ' ') OR {c} = '')",
        ]
    row = connection.execute(f"SELECT {', '.join(parts)} FROM stage.{obj}").fetchone()
    assert row is not None
    names = list(usual)
    keep(
        connection,
        [Trait(None, obj, names[i], "blanks", "", n) for i, n in enumerate(row[1::2]) if n],
    )
    return dict(zip(names, row[::2], strict=True))


def _unlike(column: str, traits: list[Trait]) -> str:
    shapes = (date_shape(t.value) or time_shape(t.value) for t in traits)
    known = sorted({shape.regex for shape in shapes if shape})
    if not known:
        return f"{column} IS NOT NULL"
    return f"NOT regexp_full_match({column}, ' *(?:{'|'.join(known)}) *')"


def shapes(
    connection: duckdb.DuckDBPyConnection, obj: str, conditions: Mapping[str, str], odd: str
) -> list[Trait]:
    """Return the shapes of the values for which their column's condition holds.

    They are of the kind `odd`, with the least and the greatest text of each. Words for nothing
    are told apart.
    """
    if not conditions:
        return []
    parts = []
    for name, condition in conditions.items():
        text = f"trim({quoted(name)})"
        nothing = f"coalesce({among(text, NULLS)}, false)"
        parts.append(
            f"(SELECT '{name}', _file, {nothing} AS nothing,"
            f" CASE WHEN {nothing} THEN lower({text}) ELSE {shape_of(text)} END AS value,"
            f" count(*) AS n, [min({text}), max({text})]"
            f" FROM stage.{obj} WHERE ({condition}) AND {text} <> ''"
            f" GROUP BY 2, 3, 4 ORDER BY n DESC LIMIT {_SHAPES})"
        )
    return [
        Trait(number, obj, name, "null word" if nothing else odd, value, n, examples)
        for name, number, nothing, value, n, examples in connection.execute(
            " UNION ALL ".join(parts)
        ).fetchall()
    ]


def _is_ordered(reader: Reader, trait: Trait) -> bool:
    shape = reader(trait.value) if trait.kind == "shape" else None
    return shape is not None and shape.ordered


def _proofs(
    connection: duckdb.DuckDBPyConnection, obj: str, fields: Sequence[str]
) -> Iterator[Trait]:
    """Yield per file and column how many dates prove each order."""
    if not fields:
        return
    wanted = [(field, kind) for field in fields for kind in _PROOFS]
    counts = ", ".join(
        f"count(*) FILTER (regexp_matches({quoted(field)}, '{_PROOFS[kind]}'))"
        for field, kind in wanted
    )
    rows = connection.execute(f"SELECT _file, {counts} FROM stage.{obj} GROUP BY 1")
    for number, *found in rows.fetchall():
        for (field, kind), n in zip(wanted, found, strict=True):
            if n:
                yield Trait(number, obj, field, kind, "", n)
