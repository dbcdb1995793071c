"""The mess cabinet: named tricks, each of which spoils one file in one documented way.

A trick on rows is SQL on the file's table ``x_<file>``, where every column is text; a trick on
bytes rewrites the written file. Each says how many rows (or lines) it touched.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import duckdb

RowTrick = Callable[[duckdb.DuckDBPyConnection], int]
ByteTrick = Callable[[Path], int]


@dataclass(frozen=True, slots=True)
class Planted:
    """One data problem that was put into an export on purpose."""

    trick: str
    level: int
    file: str
    count: int
    what: str

    def as_json(self) -> dict[str, str | int]:
        """Return the problem as a line of the list beside the export."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Trick:
    """A row trick or a byte trick, and where it belongs."""

    name: str
    level: int
    file: str
    what: str
    rows: RowTrick | None = None
    bytes: ByteTrick | None = None


CABINET: list[Trick] = []


def on_rows(level: int, file: str) -> Callable[[RowTrick], RowTrick]:
    """Put a function on the table of a file into the cabinet; its docstring says what it does."""

    def add(function: RowTrick) -> RowTrick:
        CABINET.append(Trick(function.__name__, level, f"{file}.csv", _says(function), function))
        return function

    return add


def on_bytes(level: int, file: str) -> Callable[[ByteTrick], ByteTrick]:
    """Put a function on the written file into the cabinet; its docstring says what it does."""

    def add(function: ByteTrick) -> ByteTrick:
        CABINET.append(
            Trick(function.__name__, level, f"{file}.csv", _says(function), bytes=function)
        )
        return function

    return add


def upto(level: int) -> list[Trick]:
    """Return the tricks up to a level, the lower levels first."""
    return sorted((t for t in CABINET if t.level <= level), key=lambda t: t.level)


def plant(con: duckdb.DuckDBPyConnection, level: int) -> list[Planted]:
    """Do every row trick up to a level; later ones see what earlier ones left."""
    return [
        Planted(t.name, t.level, t.file, t.rows(con), t.what)
        for t in upto(level)
        if t.rows is not None
    ]


def damage(folder: Path, level: int) -> list[Planted]:
    """Do every byte trick up to a level on the files of a written export."""
    return [
        Planted(t.name, t.level, t.file, t.bytes(folder / t.file), t.what)
        for t in upto(level)
        if t.bytes is not None
    ]


def some(table: str, trick: str, share: float, where: str = "true") -> str:
    """Return a SQL condition true for a share of a table's rows: at least one, always the same."""
    return (
        f"rowid IN (SELECT rowid FROM {table} WHERE {where} "
        f"ORDER BY h('{trick}', rowid) LIMIT greatest(1, "
        f"round((SELECT count(*) FROM {table} WHERE {where}) * {share})::BIGINT))"
    )


def changed(con: duckdb.DuckDBPyConnection, sql: str) -> int:
    """Run one statement and return how many rows it touched."""
    row = con.execute(sql).fetchone()
    return int(row[0]) if row else 0


def _says(function: Callable[..., int]) -> str:
    return (function.__doc__ or "").strip().splitlines()[0].rstrip(".")
