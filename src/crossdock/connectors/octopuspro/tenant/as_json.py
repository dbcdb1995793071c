"""The export as one JSON document: customers, jobs, invoices, payments nobody could place.

A job is the chain inquiry, quote, booking. Flat lists of the catalogue stand beside them, so that
the document says as much as the files do.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

import duckdb

from crossdock.connectors.octopuspro.tenant import account, files

#: The nested lists, each with its query in `sql/json/`.
NESTED = ("customers", "jobs", "invoices", "unassigned_payments")

#: Files whose rows stand in the document as they are, with snake_case keys.
FLAT = (
    "custom_fields",
    "custom_field_values",
    "booking_statuses",
    "services",
    "products",
    "tax_rates",
    "users",
    "fieldworkers",
    "automations",
)

_AT_ONCE = 2000


def write_export(con: duckdb.DuckDBPyConnection, target: Path) -> dict[str, int]:
    """Write `export.json` from the tables ``x_…``; return how many records each list has."""
    con.execute(files.text("sql", "json", "00_macros.sql"))
    counts = {}
    with target.open("w", encoding="utf-8", newline="\n") as sink:
        manifest = json.dumps(account.manifest([]), ensure_ascii=False)
        sink.write('{\n"manifest": ' + manifest)
        for name in NESTED + FLAT:
            query = files.text("sql", "json", f"{name}.sql") if name in NESTED else _flat(con, name)
            counts[name] = _write_list(sink, name, _documents(con, query))
        sink.write("\n}\n")
    return counts


def _flat(con: duckdb.DuckDBPyConnection, name: str) -> str:
    columns = [row[0] for row in con.execute(f"DESCRIBE x_{name}").fetchall()]
    pairs = ", ".join(f"'{c.lower().replace(' ', '_')}': \"{c}\"" for c in columns)
    return f"SELECT to_json({{{pairs}}}) FROM x_{name} ORDER BY rowid"


def _documents(con: duckdb.DuckDBPyConnection, query: str) -> Iterator[str]:
    result = con.execute(query)
    while rows := result.fetchmany(_AT_ONCE):
        for row in rows:
            yield row[0]


def _write_list(sink: TextIO, name: str, documents: Iterator[str]) -> int:
    sink.write(f',\n"{name}": [')
    count = 0
    for count, document in enumerate(documents, 1):
        sink.write(("," if count > 1 else "") + "\n" + document)
    sink.write("\n]")
    return count
