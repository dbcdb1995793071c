"""What the profile says of each column of an export."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from crossdock.model.fields import FieldType
from crossdock.profile import columns
from crossdock.profile.fields import FieldProfile, profile_objects
from tests.integration.exports import Row, Some, export_of, project_of, read, store


def fields_of(folder: Path, name: str, file: str, rows: list[Row]) -> dict[str, FieldProfile]:
    """Return the fields of one object of an export that holds these rows."""
    project = project_of(folder, export_of(folder, **{file: rows}))
    with store() as connection:
        read(project, connection, name)
        (profiled,) = profile_objects(connection, Some(name).objects())
    return {field.name: field for field in profiled.fields}


def payments(folder: Path, **columns: list[str]) -> dict[str, FieldProfile]:
    rows = [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]
    return fields_of(folder, "payment", "payments", rows)


def test_values_are_counted_without_the_spaces_around_them(tmp_path: Path) -> None:
    field = payments(
        tmp_path,
        payment_id=["1", "2", "3", "4"],
        payment_type=["Cash", " Cash ", "   ", "Card"],
    )["payment_type"]
    assert (field.filled, field.distinct, field.estimated) == (3, 2, False)
    assert (field.shortest, field.longest) == (4, 4)


def test_examples_are_the_most_frequent_values_with_how_often_each_occurs(tmp_path: Path) -> None:
    methods = ["Card", "Cash", "Cash", "EFT", "Cheque", "Cheque", "Cheque"]
    field = payments(tmp_path, payment_id=[str(n) for n in range(7)], payment_type=methods)[
        "payment_type"
    ]
    assert field.examples == ("Cheque", "Cash", "Card")
    assert field.counts == (3, 2, 1)


def test_a_long_example_is_cut(tmp_path: Path) -> None:
    field = payments(tmp_path, payment_id=["1"], reference=["x" * 5000])["reference"]
    assert field.examples == ("x" * columns.WIDTH,)
    assert field.longest == 5000


def test_amounts_and_dates_have_a_range(tmp_path: Path) -> None:
    found = payments(
        tmp_path,
        payment_id=["1", "2"],
        amount=["$1,250.50", "9"],
        received_date=["31/12/2024 9:00 AM", "01/02/2025 5:30 PM"],
        payment_type=["Cash", "Card"],
    )
    assert (found["amount"].lowest, found["amount"].highest) == ("9.00", "1250.50")
    dates = found["received_date"]
    assert (dates.lowest, dates.highest) == ("2024-12-31 09:00:00", "2025-02-01 17:30:00")
    assert (found["payment_type"].lowest, found["payment_type"].highest) == (None, None)


def test_what_is_no_amount_is_unread_and_shown(tmp_path: Path) -> None:
    amounts = ["10", "ask Bob", "later", "later", "N/A", ""]
    field = payments(tmp_path, payment_id=[str(n) for n in range(6)], amount=amounts)["amount"]
    assert (field.filled, field.unread) == (5, 3)
    assert field.unread_examples == ("later", "ask Bob")


def test_a_column_without_a_value_has_no_length_and_no_examples(tmp_path: Path) -> None:
    field = payments(tmp_path, payment_id=["1"], amount=[""])["amount"]
    assert (field.filled, field.distinct, field.unread) == (0, 0, 0)
    assert (field.shortest, field.longest, field.lowest, field.examples) == (None, None, None, ())


def test_an_export_without_rows_is_profiled(tmp_path: Path) -> None:
    found = fields_of(tmp_path, "payment", "payments", [])
    assert found
    assert {(field.filled, field.distinct) for field in found.values()} == {(0, 0)}


ROWS = columns.ESTIMATE_FROM + 50_000
TYPES = {"number": FieldType.TEXT, "status": FieldType.TEXT}


@pytest.fixture(scope="module")
def large() -> Iterator[duckdb.DuckDBPyConnection]:
    """A table with a column of different values, and one of few."""
    with duckdb.connect() as connection:
        connection.execute("CREATE SCHEMA stage")
        connection.execute(
            "CREATE TABLE stage.large AS SELECT 'B-' || i AS number,"
            f" ['Open', 'Done', 'Done'][i % 3 + 1] AS status FROM range({ROWS}) t(i)"
        )
        yield connection


def test_very_many_different_values_are_estimated(large: duckdb.DuckDBPyConnection) -> None:
    text = columns.texts(large, "large", TYPES, ROWS)["number"]
    assert text.estimated
    assert text.filled == ROWS
    assert 0.95 * ROWS <= text.distinct <= ROWS
    assert (text.shortest, text.longest) == (3, 8)
    assert (text.examples, text.counts) == (("B-0", "B-1", "B-2"), ())


def test_few_values_in_many_rows_are_counted(large: duckdb.DuckDBPyConnection) -> None:
    text = columns.texts(large, "large", TYPES, ROWS)["status"]
    assert (text.distinct, text.estimated) == (2, False)
    assert text.examples == ("Done", "Open")
    assert sum(text.counts) == ROWS
