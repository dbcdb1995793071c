"""Dates of the tenant's own fields are read in the order that the intake decided for their file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from crossdock.errors import MappingInvalidError
from crossdock.intake.formats import orders
from crossdock.intake.intake import export_facts
from crossdock.mapping.document import Line
from crossdock.mapping.transforms import check, expression
from tests.integration.exports import (
    MANIFEST,
    Row,
    Shaped,
    export_of,
    project_of,
    read,
    shaped,
    store,
)

SILENT: dict[str, Any] = {key: MANIFEST[key] for key in MANIFEST if key != "date_format"}
OWN: Row = {"customer_id": "1", "first_name": "Ann", "CF: Vaccinated": "03/04/2025"}


def orders_of(export: Path) -> dict[str, orders.Order]:
    """Return the orders of customers and bookings, where something decides them."""
    with store() as connection:
        read(project_of(export.parent, export), connection, "customer", "booking")
        return orders.of_objects(connection, export_facts(connection))


@pytest.mark.parametrize(
    ("joined", "order"), [("27/03/2025", "day-first"), ("03/27/2025", "month-first")]
)
def test_another_date_of_the_file_decides(tmp_path: Path, joined: str, order: str) -> None:
    export = export_of(tmp_path, SILENT, customers=[{**OWN, "date_joined": joined}])
    assert orders_of(export)["customer"] == order


def test_the_exports_own_statement_decides_where_no_date_does(tmp_path: Path) -> None:
    stated = SILENT | {"date_format": "MM/DD/YYYY"}
    assert orders_of(export_of(tmp_path, stated, customers=[OWN]))["customer"] == "month-first"


def test_all_other_files_decide_where_they_agree(tmp_path: Path) -> None:
    booked = [{"booking_number": "BOK-1", "created": "27/03/2025 09:00"}]
    export = export_of(tmp_path, SILENT, customers=[OWN], bookings=booked)
    assert orders_of(export)["customer"] == "day-first"


def test_other_files_that_differ_decide_nothing(tmp_path: Path) -> None:
    booked = [{"booking_number": "BOK-1", "created": "27/03/2025 09:00"}]
    export = export_of(tmp_path, SILENT, customers=[OWN], bookings=booked)
    text = (export / "bookings.csv").read_text("utf-8")
    again = text.replace("27/03/2025", "03/27/2025").replace("BOK-1", "BOK-2")
    (export / "bookings_2.csv").write_text(again, "utf-8")
    assert orders_of(export) == {}


def vaccinated(result: Shaped, by: str) -> list[Any]:
    """Return the day of each contact's own field."""
    (column,) = [
        name
        for name in result.column("SELECT column_name FROM (DESCRIBE route.contact)")
        if "vaccinated" in name
    ]
    line = Line("contact", (f"customer.{column}",), "custom:Vaccinated", by)
    check(result.connection, "route.contact", line)
    return result.column(f"SELECT {expression(line)} FROM route.contact r ORDER BY source_key")


def test_own_dates_are_read_in_the_order_that_was_decided(tmp_path: Path) -> None:
    export = export_of(tmp_path, SILENT, customers=[{**OWN, "date_joined": "03/27/2025"}])
    with shaped(export) as result:
        assert vaccinated(result, "date") == ["2025-03-04"]


def test_where_nothing_decides_a_person_does(tmp_path: Path) -> None:
    with shaped(export_of(tmp_path, SILENT, customers=[OWN])) as result:
        with pytest.raises(
            MappingInvalidError, match=r"\[E123\].*1 value such as 03/04/2025 can be"
        ):
            vaccinated(result, "date")
        assert vaccinated(result, "date:day-first") == ["2025-04-03"]
        assert vaccinated(result, "date:month-first") == ["2025-03-04"]
