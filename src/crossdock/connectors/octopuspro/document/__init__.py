"""The job-centred document: quote, booking and invoice of a job in one record.

One file for each list of the document says what its records and their nested lists are. The
nesting and the names of the keys are inferred from how the product shows its records; no document
of OctopusPro is public. `crossdock.connectors.documents` tells how to read the expressions.

====================  ===================================================================
`customers.toml`      people, contacts, addresses, properties, their own fields
`jobs.toml`           inquiry, quote, booking, and all that hangs on them
`invoices.toml`       lines, payments, refunds
`unassigned.toml`     payments that nobody could place
====================  ===================================================================
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

from crossdock.connectors.documents import DocumentList, NestedTable

__all__ = ["lists"]


@cache
def lists() -> tuple[DocumentList, ...]:
    """Return the lists of the job-centred document, in the order of their files."""
    found = sorted(resources.files(__package__).iterdir(), key=lambda entry: entry.name)
    texts = [entry.read_text("utf-8") for entry in found if entry.name.endswith(".toml")]
    return tuple(_list(tomllib.loads(text)) for text in texts)


def _list(entry: dict[str, Any]) -> DocumentList:
    return DocumentList(
        name=entry["list"],
        marks=frozenset(entry.get("marks", ())),
        hints=frozenset(entry.get("hints", ())),
        tables=tuple(_table(table) for table in entry["table"]),
        carry=_columns(entry.get("carry", "")),
        elsewhere=entry.get("elsewhere", {}),
    )


def _table(entry: dict[str, Any]) -> NestedTable:
    pivot = entry.get("pivot")
    return NestedTable(
        object=entry["object"],
        at=entry.get("at", ""),
        columns=_columns(entry["columns"]),
        when=tuple(entry.get("when", ())),
        own=tuple(entry.get("own", ("",))),
        pivot=(pivot["list"], pivot["name"], pivot["value"], pivot["prefix"]) if pivot else None,
    )


def _columns(text: str) -> tuple[tuple[str, str], ...]:
    """Pair headers with expressions; a line that begins with blanks goes on the one before."""
    joined = text.strip("\n").replace("\n  ", " ")
    pairs = [line.split("=", 1) for line in joined.splitlines() if line.strip()]
    return tuple((header.strip(), expression.strip()) for header, expression in pairs)
