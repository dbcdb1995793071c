"""Reading an export, measured: one big CSV, one workbook, and whole tenants, as JSON.

    python -m bench.intake [--rows 2000000] [--sheet-rows 100000] [--bookings 100000 1000000]

- `csv`: rows a second of a list with 15 columns, one row in five with a line break inside a cell
  and one in ten thousand with a cell too few: found, read, refused where it must be, counted twice.
- `workbook`: rows a second of a sheet of the same width.
- `tenants`: seconds of the whole intake and of the whole profile, for tenants of so many bookings.

Each figure is taken in a process of its own, from files that another one has written, so that its
peak memory is that of the reading.
"""

from __future__ import annotations

import argparse
import csv
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb

from bench.spine import BOOKINGS_PER_CUSTOMER, commit, machine, peak, rate
from crossdock.connectors.octopuspro import OctopusPro
from crossdock.connectors.octopuspro.tenant import write_tenant
from crossdock.intake import staging
from crossdock.intake.intake import read_export
from crossdock.intake.tables.tables import tables
from crossdock.profile.profile import profile
from crossdock.project import Project, configure

HEADER = [
    *("Booking Number", "Quote Number", "Created", "Status", "Customer ID", "Customer Name"),
    *("Address", "Sub Total", "Tax", "Total", "Paid", "Balance", "Services", "Labels", "Deleted"),
]


def main() -> None:
    """Measure everything and print one JSON document."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rows", type=int, default=2_000_000)
    parser.add_argument("--sheet-rows", type=int, default=100_000)
    parser.add_argument("--bookings", type=int, nargs="*", default=[100_000, 1_000_000])
    parser.add_argument("--folder", type=Path, help="where files are written and kept")
    parser.add_argument("--measure", nargs=2, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.measure:
        kind, folder = arguments.measure
        print(json.dumps(_MEASURES[kind](Path(folder))))
        return
    with tempfile.TemporaryDirectory(prefix="crossdock-bench-") as temporary:
        results = _all(arguments, arguments.folder or Path(temporary))
    print(json.dumps({"machine": machine(), "commit": commit()} | results, indent=2))


def _all(arguments: argparse.Namespace, folder: Path) -> dict[str, Any]:
    results: dict[str, Any] = {}
    if arguments.rows:
        results["csv"] = _measured("csv", folder / "csv", lambda to: _csv(to, arguments.rows))
    if arguments.sheet_rows:
        results["workbook"] = _measured(
            "workbook", folder / "workbook", lambda to: _workbook(to, arguments.sheet_rows)
        )
    results["tenants"] = [
        _measured("tenant", folder / f"tenant-{size}", _tenant(size)) for size in arguments.bookings
    ]
    return results


def _measured(kind: str, folder: Path, write: Callable[[Path], None]) -> Any:
    if not folder.exists():
        write(folder)
    words = [sys.executable, "-m", "bench.intake", "--measure", kind, str(folder)]
    return json.loads(subprocess.run(words, stdout=subprocess.PIPE, text=True, check=True).stdout)


def _rows(count: int) -> Iterator[list[str]]:
    for n in range(count):
        row = [
            f"BOK-{n}",
            f"EST-{n}" if n % 3 else "",
            f"{n % 28 + 1:02}/03/2025 09:{n % 60:02}",
            "COMPLETED",
            str(10_000 + n % 50_000),
            f"Jane Citizen {n % 977}",
            f'Unit 3, {n % 99} Smith St\n"Rear", Bondi' if n % 5 == 0 else f"{n % 99} Smith St",
            f"${n % 9000:,}.50",
            "12.00",
            f"${n % 9000:,}.50",
            "0.00",
            f"{n % 9000}.50",
            "Carpet clean; Windows",
            "VIP",
            "No",
        ]
        yield row[:-1] if n % 10_000 == 7 else row


def _csv(folder: Path, count: int) -> None:
    folder.mkdir(parents=True)
    with (folder / "bookings.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows(_rows(count))


def _workbook(folder: Path, count: int) -> None:
    import xlsxwriter  # type: ignore[import-untyped]

    folder.mkdir(parents=True)
    with xlsxwriter.Workbook(folder / "bookings.xlsx", {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Bookings")
        sheet.write_row(0, 0, HEADER)
        for place, row in enumerate(_rows(count), 1):
            sheet.write_row(place, 0, row)


def _tenant(bookings: int) -> Callable[[Path], None]:
    customers = round(bookings / BOOKINGS_PER_CUSTOMER)
    return lambda to: (write_tenant(to, customers=customers, seed=1, media=False), None)[1]


def _staged(folder: Path) -> dict[str, Any]:
    """Measure finding the tables of a folder and staging them, without the views."""
    source = OctopusPro()
    with tempfile.TemporaryDirectory(dir=folder.parent) as work:
        connection = duckdb.connect(str(Path(work) / "bench.duckdb"))
        configure(connection)
        started = time.perf_counter()
        layout = tables(folder, Path(work) / "plain", source, {})
        staging.stage(connection, source.objects(), layout, lambda _: None)
        seconds = time.perf_counter() - started
        row = connection.execute(
            "SELECT sum(rows), sum(rejected), (SELECT count(*) FROM stage._reject) FROM stage._file"
        ).fetchone()
        connection.close()
    assert row is not None
    staged, rejected, listed = row
    return {
        **rate(staged + rejected, seconds),
        "cpu_seconds": _cpu(),
        "staged": staged,
        "rejected": rejected,
        "rejects_listed": listed,
        "peak_mb": peak(),
    }


def _whole(folder: Path) -> dict[str, Any]:
    """Measure the intake of a tenant, and its profile, from an empty project."""
    with tempfile.TemporaryDirectory(dir=folder.parent) as work:
        project = Project.create(Path(work) / "project", folder)
        with project.database() as connection:
            started = time.perf_counter()
            read_export(project, OctopusPro(), connection)
            read = time.perf_counter() - started
            read_peak = peak()
            started = time.perf_counter()
            found = profile(project, OctopusPro(), connection)
            profiled = time.perf_counter() - started
            rows = connection.execute("SELECT sum(rows + rejected) FROM stage._file").fetchone()
            bookings = connection.execute("SELECT count(*) FROM stage.booking").fetchone()
    assert rows is not None
    assert bookings is not None
    return {
        "bookings": bookings[0],
        "intake": rate(rows[0], read),
        "intake_peak_mb": read_peak,
        "profile_seconds": round(profiled, 2),
        "findings": len(found.findings),
        "seconds": round(read + profiled, 2),
        "cpu_seconds": _cpu(),
        "peak_mb": peak(),
    }


def _cpu() -> float:
    """Return the processor time of this process so far: it is the same on a busy machine."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return round(used.ru_utime + used.ru_stime, 2)


_MEASURES = {"csv": _staged, "workbook": _staged, "tenant": _whole}


if __name__ == "__main__":
    main()
