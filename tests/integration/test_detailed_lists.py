"""Detailed lists: a booking or an invoice stands on each of its lines."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest

from tests.integration.exports import export_of, project_of, read, store

BOOKINGS = """\
Bookings in detail
Number,Customer,Date,Status,Discount,Service,Qty,Rate,Amount,Total
BOK-1,Jane Citizen,01/02/2025 09:00,COMPLETED,0,Carpet clean,2,50.00,100.00,130.00
BOK-1,Jane Citizen,01/02/2025 09:00,COMPLETED,0,Windows,1,30.00,30.00,130.00
BOK-2,Tom Smith,13/02/2025 10:00,TO DO,0,Windows,1,30.00,30.00,30.00
Number,Customer,Date,Status,Discount,Service,Qty,Rate,Amount,Total
BOK-1,Jane Citizen,01/02/2025 09:00,COMPLETED,0,Call-out,1,0.00,0.00,130.00
,,,,,,,,,
Total,,,,,,,,,160.00
"""


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    folder = tmp_path_factory.mktemp("detailed")
    export = export_of(folder)
    (export / "bookings.csv").write_text(BOOKINGS, "utf-8")
    with store() as made:
        read(project_of(folder, export), made, "booking", "booking_service")
        yield made


def test_each_row_is_a_line_of_its_booking(connection: duckdb.DuckDBPyConnection) -> None:
    query = "SELECT booking_number, service, quantity::INTEGER, amount FROM src.booking_service"
    assert [(n, s, q, str(a)) for n, s, q, a in connection.execute(query).fetchall()] == [
        ("BOK-1", "Carpet clean", 2, "100.00"),
        ("BOK-1", "Windows", 1, "30.00"),
        ("BOK-2", "Windows", 1, "30.00"),
        ("BOK-1", "Call-out", 1, "0.00"),
    ]


def test_each_booking_is_staged_once(connection: duckdb.DuckDBPyConnection) -> None:
    query = "SELECT booking_number, customer_name, status, total FROM src.booking"
    assert [(n, c, s, str(t)) for n, c, s, t in connection.execute(query).fetchall()] == [
        ("BOK-1", "Jane Citizen", "COMPLETED", "130.00"),
        ("BOK-2", "Tom Smith", "TO DO", "30.00"),
    ]


def test_lines_and_bookings_know_where_they_stand(connection: duckdb.DuckDBPyConnection) -> None:
    lines = connection.execute("SELECT _line FROM row.booking_service ORDER BY _row").fetchall()
    bookings = connection.execute("SELECT _line FROM row.booking ORDER BY _row").fetchall()
    assert (lines, bookings) == ([(3,), (4,), (5,), (7,)], [(3,), (5,)])


def test_a_header_that_comes_again_a_blank_row_and_the_totals_are_set_aside(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    query = "SELECT line, reason FROM stage._reject ORDER BY line"
    assert connection.execute(query).fetchall() == [
        (6, "the header again"),
        (8, "an empty row"),
        (9, "a total, no record"),
    ]


def test_every_row_is_counted_once(connection: duckdb.DuckDBPyConnection) -> None:
    query = "SELECT object, rows, rejected FROM stage._file ORDER BY object"
    assert connection.execute(query).fetchall() == [
        ("booking", 2, 0),
        ("booking_service", 4, 3),
    ]
