"""Levels become plain CSV files, one per table, and each is compared with the second count."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path as FilePath

import duckdb

from crossdock.connectors.documents import NestedTable
from crossdock.errors import RowsLostError
from crossdock.intake.tables.documents import pivots
from crossdock.intake.tables.documents.expressions import Path, path_of
from crossdock.intake.tables.documents.levels import Level, Made, below, literal, make
from crossdock.intake.tables.documents.records import Count
from crossdock.intake.tables.documents.shape import has_path
from crossdock.intake.tables.table import LINE, Plain

Columns = list[tuple[str, str]]


@dataclass(slots=True)
class Writer:
    """Writes the tables of one document.

    `counts` has what was counted of each list of the document. `unread` counts values by the path
    of a key that no table takes.
    """

    connection: duckdb.DuckDBPyConnection
    folder: FilePath
    name: str
    origin: FilePath
    counts: dict[str, Count]
    plains: list[Plain] = field(default_factory=list)
    unread: dict[str, int] = field(default_factory=dict)
    _made: int = 0

    def write(self, level: Level) -> None:
        """Write the tables of a level and of all levels below it.

        Raises RowsLostError when the second count of a table differs.
        """
        done: set[Path] = set()
        self._write(level, done)
        _all_written(self.name, level, level.count, (), done)

    def _write(self, level: Level, done: set[Path]) -> None:
        made = make(self.connection, level, f"level_{self._made}")
        self._made += 1
        tables = level.tables()
        done.add(level.path)
        for table in tables:
            self._table(level, made, table)
        if made.texts and all(table.when for table in tables):
            # Nobody knows this list, or what these of its records are.
            conditions = [_any_text(made), *(f"NOT {name}" for name in made.conditions.values())]
            columns = [*level.carried, *((".".join(p), c) for p, c in made.texts.items())]
            self._copy(level, made, columns, "", " AND ".join(conditions), level.count.none)
        pivots = {path_of(t.pivot[0]) for t in tables if t.pivot}
        for leaf in level.leaves():
            if leaf.kind == "objects" and leaf.path not in pivots:
                self._write(below(level, made, leaf), done)
        as_text = [leaf.real_path for leaf in level.leaves() if leaf.kind in ("whole", "tail")]
        done.update((*level.path, *path, "*") for path in (*pivots, *as_text))
        self.connection.execute(f"DROP TABLE {made.table}")

    def _table(self, level: Level, made: Made, table: NestedTable) -> None:
        columns = [
            (header, column)
            for header, expression in table.columns
            if (column := made.names.column(expression))
            and (made.names.knows(expression) or self._is_constant(column))
        ]
        columns += self._own(level, made, table)
        if table.pivot:
            columns += self._pivot(level, made, table.pivot)
        if table.when:
            where = " OR ".join(made.conditions[path] for path in table.when)
            rows = level.count.some.get(table.when, 0)
        else:
            where, rows = _any_text(made, table), level.count.rows
        self._copy(level, made, columns, table.object, where, rows)

    def _is_constant(self, sql: str) -> bool:
        """Return whether SQL that names no column says something all the same."""
        found = self.connection.execute(f"SELECT {sql}").fetchone()
        return found is not None and found[0] is not None

    def _own(self, level: Level, made: Made, table: NestedTable) -> Iterator[tuple[str, str]]:
        """Yield columns for keys that the source does not know, where they belong to this table."""
        tables = level.tables()
        regions = {tuple(own.split(".")) if own else () for t in tables for own in t.own}
        mine = {tuple(own.split(".")) if own else () for own in table.own}
        taken = {path_of(ref) for ref in level.wanted_here()}
        for path, column in made.texts.items():
            if path in taken or self._said_elsewhere(level, path):
                continue
            around = [r for r in regions if path[: len(r)] == r]
            if not around or self._should_be_elsewhere(level, path):
                if table is tables[0]:
                    self._count_unread(level, made.table, path, column)
                continue
            nearest = max(around, key=len)
            if nearest in mine:
                yield ".".join(path[len(nearest) :] or path[-1:]), column

    def _should_be_elsewhere(self, level: Level, path: Path) -> str:
        """Return which list and path say the same as a path, in a whole document."""
        place = ".".join((*level.path, *path))
        return level.known.elsewhere.get(place, "") if level.known else ""

    def _said_elsewhere(self, level: Level, path: Path) -> bool:
        name, _, key = self._should_be_elsewhere(level, path).partition(".")
        return bool(key) and has_path(self.counts.get(name, Count()), path_of(key))

    def _count_unread(self, level: Level, table: str, path: Path, column: str) -> None:
        found = self.connection.execute(f"SELECT count(nullif({column}, '')) FROM {table}")
        (number,) = found.fetchone() or (0,)
        if number:
            self.unread[".".join((level.name, *path))] = number

    def _pivot(self, level: Level, made: Made, pivot: tuple[str, str, str, str]) -> Columns:
        """Return the columns of a list of fields, and count what else its fields say."""
        place, name, value, prefix = pivot
        listed = made.lists.get(path_of(place))
        if listed is None:
            return []
        names = pivots.spread(self.connection, made.table, listed, name, value)
        for key in level.count.at(path_of(place)).keys:
            path = (*path_of(place), key)
            if key not in (name, value) and not self._said_elsewhere(level, path):
                self._count_unread(level, pivots.FIELDS, path, pivots.text_of(key))
        return [(prefix + field, column) for field, column in names]

    def _copy(
        self, level: Level, made: Made, columns: Columns, object_name: str, where: str, counted: int
    ) -> None:
        """Write one table; without rows there is none."""
        if not counted:
            return
        path = self.folder / f"{len(self.plains):03}_{object_name or 'list'}.csv"
        heads = _unique([header for header, _ in columns])
        body = ", ".join(
            f"{column} AS {_quoted(head)}" for head, (_, column) in zip(heads, columns, strict=True)
        )
        done = self.connection.execute(
            f"COPY (SELECT {LINE}, {body} FROM {made.table} WHERE {where})"
            f" TO {literal(str(path))} (FORMAT csv, HEADER)"
        ).fetchone()
        rows = int(done[0]) if done else 0
        if rows != counted:
            raise RowsLostError(
                f"{self.name} has {counted} records in {level.name}, but {rows} were read"
                f" as {object_name or 'a table'}.",
                next_command="ask support for the export as CSV files, then: crossdock inspect",
            )
        label = f"{self.name}, {level.name}"
        if len(level.tables()) > 1:
            label += f" ({object_name or 'others'})"
        self.plains.append(Plain(label, self.origin, path, rows, True, object_name))


def _any_text(made: Made, table: NestedTable | None = None) -> str:
    """Return the condition that a record has a text of its own, or a list of fields."""
    texts = [f"nullif({column}, '')" for column in made.texts.values()]
    if table and table.pivot and (listed := made.lists.get(path_of(table.pivot[0]))):
        texts.append(f"{listed}::VARCHAR")
    return f"coalesce({', '.join(texts)}) IS NOT NULL" if texts else "false"


def _unique(headers: list[str]) -> list[str]:
    """Return headers of which no two are the same but for case."""
    taken = {LINE}
    found = []
    for header in headers:
        name, number = header or "without a name", 2
        while name.casefold() in taken:
            name, number = f"{header} ({number})", number + 1
        taken.add(name.casefold())
        found.append(name)
    return found


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _all_written(name: str, level: Level, count: Count, path: Path, done: set[Path]) -> None:
    """Raise RowsLostError when records were counted where none were read.

    Below a place that ends in ``*`` records are kept as text in a column of the record around.
    """
    if (*path, "*") in done:
        return
    if count.rows and path not in done:
        place = ".".join((level.name, *path))
        raise RowsLostError(
            f"{name} has {count.rows} records in {place} that no table was made of.",
            next_command="ask support for the export as CSV files, then: crossdock inspect",
        )
    for key, below_it in count.below.items():
        _all_written(name, level, below_it, (*path, key), done)
