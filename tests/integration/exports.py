"""Tiny exports, written row by row, and what the product makes of them."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from crossdock.connectors.base import Recognised, Sample, SourceObject
from crossdock.connectors.octopuspro import OctopusPro
from crossdock.connectors.octopuspro.catalogue import objects
from crossdock.intake.intake import Intake, read_export
from crossdock.mapping import shaping
from crossdock.project import Project, configure
from crossdock.routes.octopuspro_freshsales import ROUTE
from tests.tenant.tenant_documented import COLUMNS

Row = Mapping[str, object]

MANIFEST: dict[str, Any] = {
    "account_name": "Bright Clean Pty Ltd",
    "exported_at": "2025-06-30T23:10:00+10:00",
    "time_zone": "Australia/Sydney",
    "date_format": "DD/MM/YYYY",
    "currency": "AUD",
}
#: Without these files the product asks whether the tenant has none; they are there, and empty.
ALWAYS = (
    "customers",
    "services",
    "fieldworkers",
    "quotes",
    "bookings",
    "invoices",
    "payments",
    "customer_properties",
)
#: Objects whose rows are moved, each of which must end in one place.
MOVED = tuple(obj.name for obj in objects() if not obj.settings)


def _canonical(header: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", header.casefold().replace("%", "percent")).strip("_")


def write_csv(path: Path, name: str, rows: Sequence[Row]) -> None:
    """Write one file with its documented headers.

    A row names its columns as `booking_number`; a key with a capital letter is a further column
    of the tenant's own, with that header.
    """
    headers = COLUMNS[name].split(",")
    own = dict.fromkeys(key for row in rows for key in row if key != key.lower())
    known = {_canonical(header) for header in headers}
    for row in rows:
        assert set(row) <= known | set(own), f"{name} has no column {set(row) - known - set(own)}"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow([*headers, *own])
        for row in rows:
            cells = [row.get(_canonical(header), "") for header in headers]
            writer.writerow([*cells, *(row.get(header, "") for header in own)])


def export_of(
    folder: Path, manifest: Mapping[str, Any] | None = MANIFEST, **files: Sequence[Row]
) -> Path:
    """Write an export that holds just these rows, by file: `bookings=[{...}]`; returns its folder.

    A file given as None is left out altogether.
    """
    export = folder / "export"
    export.mkdir(parents=True)
    if manifest is not None:
        (export / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    for name in dict.fromkeys((*ALWAYS, *files)):
        rows = files.get(name, ())
        if rows is not None:
            write_csv(export / f"{name}.csv", name, rows)
    return export


@contextmanager
def store() -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a staging store that lives in memory."""
    with duckdb.connect() as connection:
        configure(connection)
        yield connection


def project_of(folder: Path, export: Path) -> Project:
    """Make a project for an export."""
    return Project.create(folder / "project", export)


class Some(OctopusPro):
    """The source as if it had these objects only: reading its exports takes a moment."""

    def __init__(self, *names: str) -> None:
        self._names = names

    def objects(self) -> Sequence[SourceObject]:
        """Return the few objects."""
        return [obj for obj in super().objects() if obj.name in self._names]

    def recognise(self, sample: Sample, only: str = "") -> Recognised | None:
        """Return what a table is, when it is one of the few."""
        found = super().recognise(sample, only)
        return found if found and found.object in self._names else None


def read(project: Project, connection: duckdb.DuckDBPyConnection, *names: str) -> Intake:
    """Read a project's export into a store; only some objects of it, where they are named."""
    return read_export(project, Some(*names) if names else OctopusPro(), connection)


class Shaped:
    """An export after the route has put its jobs together."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection

    def rows(self, query: str) -> list[dict[str, Any]]:
        """Return the rows of a query, by column."""
        done = self.connection.execute(query)
        names = [column[0] for column in done.description]
        return [dict(zip(names, row, strict=True)) for row in done.fetchall()]

    def column(self, query: str) -> list[Any]:
        """Return the first column of a query."""
        return [row[0] for row in self.connection.execute(query).fetchall()]

    def deals(self) -> dict[str, dict[str, Any]]:
        """Return the deals by their source key."""
        return {row["source_key"]: row for row in self.rows("FROM route.deal ORDER BY source_key")}

    def buckets(self, name: str) -> dict[int, tuple[str, str | None]]:
        """Return bucket and reason of each staged row of an object, by its place in the file."""
        rows = self.rows(f"SELECT _row, bucket, reason FROM route.flow WHERE object = '{name}'")
        return {row["_row"]: (row["bucket"], row["reason"]) for row in rows}

    def lines(self) -> dict[str, list[dict[str, Any]]]:
        """Return the product lines of each deal, by its source key."""
        rows = self.rows("SELECT source_key, products FROM route.deal_products")
        return {row["source_key"]: json.loads(row["products"]) for row in rows}

    def line_total(self, deal: str) -> Decimal:
        """Return what a deal's product lines add up to, as the destination would add them."""
        return sum(
            (
                Decimal(str(x["quantity"])) * Decimal(str(x["unit_price"]))
                for x in self.lines()[deal]
            ),
            Decimal(0),
        ).quantize(Decimal("0.01"))


def policies(**chosen: str) -> dict[str, str]:
    """Return the route's default policies, with some chosen otherwise."""
    return {policy.name: policy.default for policy in ROUTE.policies} | chosen


@contextmanager
def shaped(export: Path, **chosen: str) -> Iterator[Shaped]:
    """Read an export and shape it for the route's default policies, or those chosen."""
    project = project_of(export.parent, export)
    with store() as connection:
        read(project, connection)
        shaping.shape(connection, ROUTE, None, policies(**chosen))
        yield Shaped(connection)
