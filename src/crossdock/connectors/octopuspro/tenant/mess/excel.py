"""Level 3: what a spreadsheet program and kind hands do to files before they are sent on."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb

from crossdock.connectors.octopuspro.tenant.mess.cabinet import changed, on_bytes, on_rows, some

Con = duckdb.DuckDBPyConnection

# --- values ---------------------------------------------------------------------------------


@on_rows(3, "customers")
def lost_zeros(con: Con) -> int:
    """Leading zeros gone from mobiles, postcodes and gate codes."""
    chosen = some("x_customers", "zeros", 0.4)
    return changed(
        con,
        f"""UPDATE x_customers SET "Postcode" = ltrim("Postcode", '0'),
          "CF: Gate code" = CASE WHEN ltrim("CF: Gate code", '0') = '' THEN '0'
            ELSE ltrim("CF: Gate code", '0') END,
          "Mobile" = CASE WHEN "Mobile" LIKE '0%' THEN ltrim(replace("Mobile", ' ', ''), '0')
            ELSE "Mobile" END
        WHERE {chosen}""",
    )


@on_rows(3, "custom_field_answers")
def scientific_references(con: Con) -> int:
    """Long numbers shown as 1.23457E+15."""
    chosen = some("x_custom_field_answers", "scientific", 0.5, "\"Field ID\" = '8207'")
    return changed(
        con,
        "UPDATE x_custom_field_answers SET \"Value\" = '1.2345' || (1 + rowid % 9) || 'E+15' "
        f"WHERE \"Field ID\" = '8207' AND {chosen}",
    )


@on_rows(3, "fieldworkers")
def bank_codes_as_dates(con: Con) -> int:
    """A bank code read as a month: 062-000 became Jun-62."""
    chosen = some("x_fieldworkers", "bank code", 0.2, '"BSB" IS NOT NULL')
    return changed(con, f"UPDATE x_fieldworkers SET \"BSB\" = 'Jun-62' WHERE {chosen}")


@on_rows(3, "customers")
def truncated_notes(con: Con) -> int:
    """Long notes cut off in the middle of a word."""
    return changed(
        con,
        'UPDATE x_customers SET "CF: Special instructions" = left("CF: Special instructions", 40) '
        'WHERE length("CF: Special instructions") > 40',
    )


@on_rows(3, "discussions")
def mojibake(con: Con) -> int:
    """UTF-8 read as Windows-1252 and saved again: CafÃ© and â€“."""
    return changed(
        con,
        """UPDATE x_discussions SET
          "Comment" = replace(replace("Comment", 'é', 'Ã©'), '–', 'â€“')
        WHERE "Comment" LIKE '%é%' OR "Comment" LIKE '%–%'""",
    )


# --- files ----------------------------------------------------------------------------------


def _rewrite(path: Path, change: Callable[[Iterator[str]], Iterator[str]]) -> None:
    """Pass a file through a change of its lines, endings included."""
    target = path.with_suffix(".new")
    with (
        path.open(encoding="utf-8", newline="") as source,
        target.open("w", encoding="utf-8", newline="") as sink,
    ):
        sink.writelines(change(iter(source)))
    target.replace(path)


@on_bytes(3, "customers")
def byte_order_mark_and_twin_header(path: Path) -> int:
    """A byte order mark, and two columns with one header (CF: Parking)."""

    def change(lines: Iterator[str]) -> Iterator[str]:
        yield "\ufeff" + next(lines).replace("CF: Surfaces", "CF: Parking")
        yield from lines

    _rewrite(path, change)
    return 1


@on_bytes(3, "quotes")
def windows_1252(path: Path) -> int:
    """Saved as Windows-1252; letters it does not have became question marks."""
    target = path.with_suffix(".new")
    with (
        path.open(encoding="utf-8", newline="") as source,
        target.open("w", encoding="cp1252", errors="replace", newline="") as sink,
    ):
        sink.writelines(source)
    target.replace(path)
    return 1


@on_bytes(3, "quote_items")
def semicolons(path: Path) -> int:
    """Semicolons between the columns, as a spreadsheet of another country writes them."""
    target = path.with_suffix(".new")
    with (
        path.open(encoding="utf-8", newline="") as source,
        target.open("w", encoding="utf-8", newline="") as sink,
    ):
        writer = csv.writer(sink, delimiter=";", lineterminator="\n")
        writer.writerows(csv.reader(source))
    target.replace(path)
    return 1


@on_bytes(3, "invoices")
def title_and_totals(path: Path) -> int:
    """Three title rows above the header and a row of totals at the end."""

    def change(lines: Iterator[str]) -> Iterator[str]:
        yield "Invoices - Bright Clean Pty Ltd\n"
        yield 'Filter: all statuses, printed 30/06/2026 by "Alex P"\n'
        yield "\n"
        count = -1
        for line in lines:
            count += 1
            yield line
        yield f"Total,{count} invoices,,,,,,,,,,,,,,,,,,,\n"

    _rewrite(path, change)
    return 4


@on_bytes(3, "bookings")
def blank_rows(path: Path) -> int:
    """A blank row after every fortieth, once with only commas."""
    count = 0

    def change(lines: Iterator[str]) -> Iterator[str]:
        nonlocal count
        for i, line in enumerate(lines):
            yield line
            if i and i % 40 == 0:
                count += 1
                yield "," * 31 + "\n" if count == 1 else "\n"

    _rewrite(path, change)
    return count


@on_bytes(3, "labels")
def mixed_line_ends(path: Path) -> int:
    """Every third line ends the Windows way."""
    count = 0

    def change(lines: Iterator[str]) -> Iterator[str]:
        nonlocal count
        for i, line in enumerate(lines):
            windows = i % 3 == 0
            count += windows
            yield line.removesuffix("\n") + "\r\n" if windows else line

    _rewrite(path, change)
    return count


@on_bytes(3, "calls")
def missing_file(path: Path) -> int:
    """The manifest names the file, and it is not there."""
    path.unlink()
    return 1
