"""The tenant as tables: one DuckDB database, filled by the scripts of `sql/build/` in order."""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from crossdock.connectors.octopuspro.tenant import files

#: Above this many bookings the tables live in a file instead of in memory.
LARGE = 100_000

#: Services by place in the catalogue; the oftener, the more popular. The last two are rare.
_POPULAR = [1, 1, 1, 2, 2, 3, 3, 3, 3, 4, 4, 5, 5, 6, 7, 8, 8, 9, 10, 11, 11, 12, 13, 14, 15, 16]
_POPULAR += [*_POPULAR, *_POPULAR, 17, 18, 17, 18, 19, 20]

Notify = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Size:
    """How large a tenant is: everything that does not come from chance."""

    customers: int
    bookings_per_customer: float
    seed: int
    media_files: int

    @property
    def bookings(self) -> int:
        """Return how many bookings there are."""
        return max(1, round(self.customers * self.bookings_per_customer))

    def variables(self) -> dict[str, str]:
        """Return the SQL variables that the scripts read, as SQL expressions."""
        crew = min(60, max(6, self.customers // 60))
        quote_jobs = max(3, round(self.bookings * 0.55))
        inquiry_jobs = max(3, round(self.bookings * 0.3))
        alone = max(1, round(self.bookings * 0.005))
        numbers = {
            "seed": self.seed,
            "customers": self.customers,
            "bookings": self.bookings,
            "quote_jobs": quote_jobs,
            "inquiry_jobs": inquiry_jobs,
            "jobs": self.bookings + quote_jobs + inquiry_jobs + alone,
            "fieldworkers": crew,
            "leads": crew - max(1, crew // 5),
            "media_files": self.media_files,
        }
        return {name: f"{value}::BIGINT" for name, value in numbers.items()} | {
            "first_day": "TIMESTAMP '2023-07-01'",
            "today": "TIMESTAMP '2026-06-30'",
            "now": "TIMESTAMP '2026-06-30 23:10:00'",
        }


def connect(work: Path, size: Size, threads: int | None = None) -> duckdb.DuckDBPyConnection:
    """Open an empty database below `work`, with room to spill and rows kept in order."""
    large = size.bookings > LARGE
    con = duckdb.connect(str(work / "tenant.duckdb") if large else ":memory:")
    con.execute(f"SET temp_directory = {literal(str(work / 'spill'))}")
    con.execute("SET memory_limit = '4GB'")
    con.execute("SET preserve_insertion_order = true")
    con.execute("SET TimeZone = 'UTC'")
    con.execute("SET enable_progress_bar = false")
    if threads is not None:
        con.execute(f"SET threads = {int(threads)}")
    return con


def build(con: duckdb.DuckDBPyConnection, size: Size, notify: Notify) -> None:
    """Fill the database with the whole tenant."""
    for name, expression in size.variables().items():
        con.execute(f"SET VARIABLE {name} = {expression}")
    _load_words(con)
    _load_catalogue(con)
    scripts = files.names("sql/build", ".sql")
    for done, script in enumerate(scripts):
        notify(script.partition("_")[2].removesuffix(".sql"), done, len(scripts))
        con.execute(files.text("sql", "build", script))


def literal(value: Any) -> str:
    """Write a value of a words file as a SQL literal; a table becomes a struct."""
    if isinstance(value, bool | int | float):
        return str(value)
    if isinstance(value, list):
        return "[" + ", ".join(literal(item) for item in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"'{k}': {literal(v)}" for k, v in value.items()) + "}"
    return "'" + str(value).replace("'", "''") + "'"


def _load_words(con: duckdb.DuckDBPyConnection) -> None:
    words: dict[str, Any] = {"popular": _POPULAR}
    for name in files.names("words", ".toml"):
        words |= tomllib.loads(files.text("words", name))
    words["suburbs"] = [
        {"suburb": s, "state": st, "postcode": p, "lat": lat, "lon": lon}
        for s, st, p, lat, lon in words["suburbs"]
    ]
    words["emails"] = words.pop("email")
    for name, value in words.items():
        con.execute(f"SET VARIABLE {name} = {literal(value)}")


def _load_catalogue(con: duckdb.DuckDBPyConnection) -> None:
    for name in (*files.CATALOGUE, "crew"):
        rows = list(csv.reader(io.StringIO(files.text("catalogue", f"{name}.csv"))))
        columns = ", ".join(f'"{header}" VARCHAR' for header in rows[0])
        con.execute(f"CREATE TABLE cat_{name} (id BIGINT, {columns})")
        marks = ", ".join("?" for _ in range(len(rows[0]) + 1))
        con.executemany(
            f"INSERT INTO cat_{name} VALUES ({marks})",
            [[i, *(cell or None for cell in row)] for i, row in enumerate(rows[1:], 1)],
        )
        if name != "crew":
            con.execute(f"ALTER TABLE cat_{name} DROP COLUMN id")
    con.execute(files.text("sql", "catalogue.sql"))
