"""The records of a list, and those nested in them, as tables of DuckDB: one per level."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import duckdb

from crossdock.connectors.documents import DocumentList, NestedTable
from crossdock.intake.tables.documents import expressions
from crossdock.intake.tables.documents.expressions import Names, Path
from crossdock.intake.tables.documents.records import Count
from crossdock.intake.tables.documents.shape import Leaf, has_path, leaves

#: Last words of a key that tells one record from others, so that nested lists carry it.
_TELLING = ("id", "no", "num", "number", "ref")
_NOT_TELLING = re.compile(r"phone|mobile|fax|tax|account|serial|licen[cs]e|card", re.IGNORECASE)


@dataclass(slots=True)
class Level:
    """The records at a place of a list: where they come from, and what is known of them.

    `name` is the place in the document, `path` the place below the list's records.
    `rows` is a query of `_line`, the columns handed down, and `j`, the record as JSON.
    `carried` pairs headers with columns of `rows` that name the records around these.
    """

    name: str
    known: DocumentList | None
    path: Path
    count: Count
    rows: str
    handed_down: dict[str, str] = field(default_factory=dict)
    carried: list[tuple[str, str]] = field(default_factory=list)

    def tables(self) -> list[NestedTable]:
        """Return the tables that the source knows to lie here."""
        here = ".".join(self.path)
        return [t for t in self.known.tables if t.at == here] if self.known else []

    def indexed(self) -> dict[Path, int]:
        """Return the lists here whose elements are named by place."""
        return expressions.indexed(expressions.all_refs(self.tables()))

    def leaves(self) -> list[Leaf]:
        """Return the places in these records."""
        return list(leaves(self.count, self.indexed()))

    def nested(self, leaf: Leaf) -> Level:
        """Return the level of a nested list, as yet without rows."""
        count = self.count.at(leaf.path)
        name = ".".join((self.name, *leaf.path))
        return Level(name, self.known, (*self.path, *leaf.path), count, "")

    def wanted_from_above(self) -> set[str]:
        """Return the references, as seen from here, to the records around these."""
        return {ref for ref in self._wanted() if ref.startswith("^")}

    def wanted_here(self) -> set[str]:
        """Return the references to these records, from here and from below."""
        return {ref for ref in self._wanted() if not ref.startswith("^")}

    def _wanted(self) -> set[str]:
        found = set(expressions.all_refs(self.tables()))
        for leaf in self.leaves():
            if leaf.kind == "objects":
                found |= {ref[1:] for ref in self.nested(leaf).wanted_from_above()}
        if not self.path and self.known:
            found |= {ref for _, text in self.known.carry for ref in expressions.refs(text)}
        return found


@dataclass(slots=True)
class Made:
    """A level's table: its name, its columns by what they hold, and the nested lists' columns."""

    table: str
    names: Names
    texts: dict[Path, str]
    lists: dict[Path, str]
    conditions: dict[str, str]


def make(connection: duckdb.DuckDBPyConnection, level: Level, table: str) -> Made:
    """Make the table of a level: each place of its records a column of text."""
    found = level.leaves()
    plain = [leaf for leaf in found if leaf.kind == "text"]
    raw = [leaf for leaf in found if leaf.kind != "text"]
    through = sorted(
        ref
        for ref in level.wanted_here()
        if "[]" in ref and has_path(level.count, expressions.path_of(ref.replace("[]", "")))
    )
    when = sorted({path for t in level.tables() for path in t.when})
    pointers = [leaf.pointer for leaf in raw] + [_pointer(path) for path in when]
    texts = {leaf.path: f"c{n}" for n, leaf in enumerate(plain)}
    lists = {}
    columns = ["* EXCLUDE (j, x, y)"]
    columns += [f"x[{n + 1}] AS c{n}" for n in range(len(plain))]
    for n, leaf in enumerate(raw):
        if leaf.kind == "objects":
            lists[leaf.path] = f"l{n}"
            columns.append(f"CASE WHEN left(y[{n + 1}], 1) = '[' THEN y[{n + 1}] END AS l{n}")
        else:
            texts[leaf.path] = f"r{n}"
            columns.append(f"{_as_text(leaf, f'y[{n + 1}]')} AS r{n}")
    columns += [
        f"coalesce(y[{len(raw) + n + 1}]::VARCHAR NOT IN ('null', '\"\"', '{{}}', '[]'), false)"
        f" AS b{n}"
        for n in range(len(when))
    ]
    columns += [
        f"json_extract_string(j, {literal(expressions.through_path(ref))}) AS w{n}"
        for n, ref in enumerate(through)
    ]
    connection.execute(
        f"""
        CREATE OR REPLACE TABLE {table} AS SELECT {", ".join(columns)} FROM (
            SELECT *, {_extract("json_extract_string", [leaf.pointer for leaf in plain])} AS x,
            {_extract("json_extract", pointers)} AS y FROM ({level.rows}))
        """
    )
    names = Names(texts, {r: f"w{n}" for n, r in enumerate(through)}, level.handed_down)
    return Made(table, names, texts, lists, {path: f"b{n}" for n, path in enumerate(when)})


def below(level: Level, made: Made, leaf: Leaf) -> Level:
    """Return the level of a nested list, with what its rows need to know of these records."""
    nested = level.nested(leaf)
    for n, ref in enumerate(sorted(nested.wanted_from_above())):
        if made.names.text(ref[1:]):
            nested.handed_down[ref] = f"u{n}"
    handed = [
        f"{made.names.text(ref[1:])} AS {column}" for ref, column in nested.handed_down.items()
    ]
    carried = list(_telling(level, made))
    nested.carried = [(header, f"k{n}") for n, (header, _) in enumerate(carried)]
    handed += [f"{column} AS k{n}" for n, (_, column) in enumerate(carried)]
    parts = ", ".join(["_line", *handed, f"unnest({made.lists[leaf.path]} -> '$[*]') AS j"])
    nested.rows = f"SELECT * FROM (SELECT {parts} FROM {made.table}) WHERE left(j, 1) = '{{'"
    return nested


def _telling(level: Level, made: Made) -> Iterator[tuple[str, str]]:
    """Yield headers and columns that tell a record here from others, for lists nobody knows."""
    yield from level.carried
    if level.known and not level.path:
        for header, expression in level.known.carry:
            if column := made.names.column(expression):
                yield header, column
        return
    taken = {header for header, _ in level.carried}
    for path, column in made.texts.items():
        header = _telling_header(level.name, path)
        if header and header not in taken:
            yield header, column


def _telling_header(name: str, path: Path) -> str:
    """Return the header under which nested lists carry a key; empty for one that tells nothing.

    The `id` of a record of `bookings` becomes `booking id`.
    """
    key = path[-1]
    words = re.findall(r"[A-Z]?[a-z]+|[A-Z]+|#", key)
    if len(path) > 1 or not words or _NOT_TELLING.search(key):
        return ""
    if words[-1].lower() not in _TELLING and words[-1] != "#":
        return ""
    of = re.sub(r"ies$", "y", name.rpartition(".")[2])
    return f"{of.removesuffix('s')} {key}" if len(words) == 1 else key


def _pointer(path: str) -> str:
    return Leaf(tuple(path.split(".")), "text").pointer


def _extract(function: str, pointers: list[str]) -> str:
    """Return SQL for the values at some places of `j`, read in one go."""
    if not pointers:
        return "NULL::VARCHAR[]"
    return f"{function}(j, [{', '.join(map(literal, pointers))}])"


def _as_text(leaf: Leaf, value: str) -> str:
    """Return SQL for a JSON value as one text; the texts of a list are joined."""
    if leaf.kind == "whole":
        return f"nullif({value}::VARCHAR, 'null')"
    if leaf.kind == "single":
        return f"CASE WHEN left({value}, 1) NOT IN ('[', '{{', 'n') THEN {value} ->> '$' END"
    if leaf.kind == "element":
        return f"CASE WHEN left({value}, 1) <> '{{' THEN {value} ->> '$' END"
    if leaf.kind == "tail":
        return joined(f"from_json({value}, '[\"VARCHAR\"]')[{leaf.behind + 1}:]")
    if leaf.kind == "texts":
        return joined(f"from_json({value}, '[\"VARCHAR\"]')")
    return mixed(value)


def joined(texts: str) -> str:
    """Return SQL that joins a list of texts, but for empty ones."""
    return f"nullif(array_to_string(list_filter({texts}, lambda t: t <> ''), '; '), '')"


def mixed(value: str) -> str:
    """Return SQL for a JSON value that may be anything as one text; objects are left out."""
    elements = f"list_filter(from_json({value}, '[\"JSON\"]'), lambda e: left(e, 1) <> '{{')"
    texts = f"list_transform({elements}, lambda e: e ->> '$')"
    return (
        f"CASE left({value}, 1) WHEN '[' THEN {joined(texts)} WHEN '{{' THEN NULL"
        f" ELSE {value} ->> '$' END"
    )


def literal(text: str) -> str:
    """Return a text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"
