"""The export as JSON: customers, jobs, invoices, payments nobody could place.

A job is the chain inquiry, quote, booking, with all that hangs on them. Flat lists of the
catalogue stand beside them. A row that belongs to no record of the export, such as a comment on a
booking that is gone, stands in a flat list of its file's name, so that the document says exactly as
much as the files do.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

import duckdb

from crossdock.connectors.octopuspro.catalogue import column_name, objects
from crossdock.connectors.octopuspro.tenant import account, files
from crossdock.model.fields import FieldType

#: The nested lists, each with its query in `sql/json/`.
NESTED = ("customers", "jobs", "invoices", "unassigned_payments")

#: Files whose rows stand in the document as they are, with snake_case keys.
FLAT = (
    *files.CATALOGUE,
    "fieldworkers",
    "labels",
    "fieldworker_payments",
    "user_activity",
)

_OF_CUSTOMERS = '"Customer ID" IN (SELECT "Customer ID" FROM x_customers)'
_OF_BOOKINGS = '"Booking Number" IN (SELECT no FROM job_numbers)'
_OF_JOBS = '"{}" IN (SELECT no FROM job_numbers)'
_OF_ANY = '"{0}" IN (SELECT no FROM job_numbers) OR "{0}" IN (SELECT no FROM invoice_numbers)'

#: Which rows of a file stand in a record; the others make a list beside.
NESTED_ROWS = {
    "customer_contacts": _OF_CUSTOMERS,
    "customer_addresses": _OF_CUSTOMERS,
    "customer_properties": _OF_CUSTOMERS,
    "custom_field_answers": '("Record Number", "Service Line ID") IN '
    "(SELECT (no, line) FROM service_lines)",
    "quote_items": _OF_JOBS.format("Quote Number"),
    "booking_services": _OF_BOOKINGS,
    "appointments": '("Booking Number", "Line ID") IN (SELECT (no, line) FROM service_lines)',
    "booking_fieldworkers": _OF_BOOKINGS,
    "job_requests": _OF_BOOKINGS,
    "booking_products": _OF_BOOKINGS,
    "booking_charges": _OF_BOOKINGS,
    "booking_history": _OF_BOOKINGS,
    "invoice_items": '"Invoice Number" IN (SELECT no FROM invoice_numbers)',
    "refunds": "rowid IN (SELECT at_row FROM nested_refunds)",
    "issues": _OF_JOBS.format("Record Number"),
    "ratings": "rowid IN (SELECT at_row FROM nested_ratings)",
    "discussions": _OF_ANY.format("Record Number"),
    "emails": _OF_ANY.format("Ref"),
    "sms": _OF_JOBS.format("Ref"),
    "calls": _OF_JOBS.format("Ref"),
    "attachments": _OF_ANY.format("Record Number"),
    "images": _OF_JOBS.format("Record Number"),
    "form_submissions": _OF_BOOKINGS,
}

#: How a flat list writes the values of a type; all others are texts.
_MACROS = {
    FieldType.NUMBER: "j_number",
    FieldType.MONEY: "j_number",
    FieldType.DATE: "j_date",
    FieldType.DATETIME: "j_moment",
    FieldType.TIME: "j_clock",
    FieldType.CHECKBOX: "j_flag",
}

_AT_ONCE = 2000


def write_document(con: duckdb.DuckDBPyConnection, target: Path) -> dict[str, int]:
    """Write one document from the tables ``x_…``; return how many records each list has."""
    counts = {}
    with target.open("w", encoding="utf-8", newline="\n") as sink:
        manifest = json.dumps(account.manifest([]), ensure_ascii=False)
        sink.write('{\n"manifest": ' + manifest)
        for name, query in _queries(con):
            sink.write(f',\n"{name}": [')
            counts[name] = _write(sink, _documents(con, query), "\n", ",\n")
            sink.write("\n]")
        sink.write("\n}\n")
    return counts


def write_lines(con: duckdb.DuckDBPyConnection, folder: Path) -> dict[str, int]:
    """Write each list as a file with one record per line; return how many each has."""
    counts = {}
    for name, query in _queries(con):
        with (folder / f"{name}.ndjson").open("w", encoding="utf-8", newline="\n") as sink:
            counts[f"{name}.ndjson"] = _write(sink, _documents(con, query), "", "\n")
            sink.write("\n")
    return counts


def _queries(con: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, str]]:
    """Yield each list with the query of its records."""
    for name in ("00_macros", "10_chains"):
        con.execute(files.text("sql", "json", f"{name}.sql"))
    yield from ((name, files.text("sql", "json", f"{name}.sql")) for name in NESTED)
    yield from ((name, _flat(con, name, "true")) for name in FLAT)
    for name, nested in NESTED_ROWS.items():
        others = f"NOT coalesce({nested}, false)"
        counted = con.execute(f"SELECT count(*) FROM x_{name} WHERE {others}").fetchone()
        if counted and counted[0]:
            yield name, _flat(con, name, others)


def _flat(con: duckdb.DuckDBPyConnection, name: str, where: str) -> str:
    headers = [row[0] for row in con.execute(f"DESCRIBE x_{name}").fetchall()]
    types = _types(headers)
    pairs = ", ".join(
        f"'{header.lower().replace(' ', '_')}': {_MACROS.get(types[header], '')}(\"{header}\")"
        for header in headers
    )
    return f"SELECT to_json({{{pairs}}}) FROM x_{name} WHERE {where} ORDER BY rowid"


def _types(headers: list[str]) -> dict[str, FieldType]:
    """Return the types of a file's columns: those of the object that has the most of them."""
    names = {header: column_name(header) for header in headers}
    best = max(objects(), key=lambda o: sum(o.column(n) is not None for n in names.values()))
    found = {header: best.column(name) for header, name in names.items()}
    return {header: column.type if column else FieldType.TEXT for header, column in found.items()}


def _documents(con: duckdb.DuckDBPyConnection, query: str) -> Iterator[str]:
    result = con.execute(query)
    while rows := result.fetchmany(_AT_ONCE):
        for row in rows:
            yield row[0]


def _write(sink: TextIO, documents: Iterator[str], before: str, between: str) -> int:
    count = 0
    for count, document in enumerate(documents, 1):
        sink.write((between if count > 1 else before) + document)
    return count
