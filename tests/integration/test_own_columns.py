"""Columns that only one tenant has: each is a field, or a line of text where its row went."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.integration.exports import Row, export_of, shaped

JANE = {"customer_id": "7", "first_name": "Jane", "last_name": "Citizen", "email": "j@example.com"}
BOOKING = {"booking_number": "BOK-1", "customer_id": "7", "status": "Completed", "deleted": "No"}
INVOICE = {"invoice_number": "INV-1", "booking_numbers": "BOK-1", "customer_id": "7", "total": "10"}
ON_BOOKING = {"booking_number": "BOK-1"}
ON_RECORD = {"record_type": "Booking", "record_number": "BOK-1"}
PAID = {"payment_id": "1", "invoice_number": "INV-1", "amount": "5", "status": "Approved"}
#: A row of each file, and where the route puts its own columns.
ROWS: dict[str, tuple[Row, str]] = {
    "invoices": (INVOICE, "note"),
    "quotes": ({"quote_number": "EST-1", "customer_id": "7"}, "note"),
    "payments": (PAID, "task"),
    "refunds": (PAID, "task"),
    "services": ({"service_id": "3", "service_name": "Wash"}, "item"),
    "products": ({"product_name": "Soap"}, "item"),
    "appointments": (ON_BOOKING | {"date": "01/02/2025"}, "visit"),
    "booking_services": (ON_BOOKING | {"service": "Wash"}, "note"),
    "booking_products": (ON_BOOKING | {"product": "Soap"}, "note"),
    "booking_charges": (ON_BOOKING | {"charge": "Fee"}, "note"),
    "booking_fieldworkers": (ON_BOOKING | {"fieldworker": "Bob"}, "note"),
    "invoice_items": ({"invoice_number": "INV-1", "item": "Wash"}, "note"),
    "inquiries": ({"inquiry_number": "INQ-1", "customer_id": "7"}, "note"),
    "discussions": (ON_RECORD | {"comment": "Hello"}, "note"),
    "emails": ({"ref": "BOK-1", "subject": "Hello"}, "note"),
    "ratings": (ON_BOOKING | {"stars": "5"}, "note"),
    "issues": (ON_RECORD | {"issue_number": "9"}, "note"),
    "customer_addresses": ({"customer_id": "7", "label": "Home"}, "note"),
    "customer_contacts": ({"customer_id": "7", "contact_name": "Bob Brown"}, "note"),
    "customer_properties": ({"customer_id": "7", "property_type": "Dog", "name": "Rex"}, "note"),
    "custom_field_answers": (ON_RECORD | {"label": "Gate", "value": "4"}, "note"),
    "labels": (ON_RECORD | {"label": "VIP"}, "note"),
    "attachments": (ON_RECORD | {"file_name": "a.pdf"}, "note"),
    "booking_history": (
        ON_BOOKING | {"action": "Status", "new_value": "Done", "date_time": "01/02/2025 10:00"},
        "task",
    ),
}


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What the route writes into each table, of an export in which every file has an own column."""
    files = {name: [row | {"Shoe Size": f"of {name}"}] for name, (row, _) in ROWS.items()}
    export = export_of(
        tmp_path_factory.mktemp("own"), customers=[JANE], bookings=[BOOKING], **files
    )
    with shaped(export) as route:
        return {
            table: "\n".join(map(str, route.column(f"SELECT description FROM route.{table}")))
            for table in ("note", "task", "item", "visit")
        }


@pytest.mark.parametrize("file", ROWS)
def test_an_own_column_stands_where_its_row_went(texts: dict[str, str], file: str) -> None:
    assert f"hoe Size: of {file}".casefold() in texts[ROWS[file][1]].casefold()


def test_own_columns_of_a_customer_who_is_there_twice_are_kept(tmp_path: Path) -> None:
    rows = [JANE | {"CF: Gate": "1234"}, JANE | {"customer_id": "8", "CF: Gate": "9876"}]
    with shaped(export_of(tmp_path, customers=rows)) as route:
        assert route.column("SELECT cf_gate FROM route.contact") == ["1234"]
        (note,) = route.column("SELECT description FROM route.note")
        assert "Merged duplicate customer 8\nGate: 9876" in note
        assert "1234" not in note


def test_own_columns_of_documents_are_fields_of_their_deal(tmp_path: Path) -> None:
    invoices = [
        INVOICE | {"PO Number": "B-2"},
        INVOICE | {"invoice_number": "INV-2", "PO Number": "A-1"},
        INVOICE | {"invoice_number": "INV-3", "PO Number": ""},
    ]
    quote = {"quote_number": "EST-1", "booking_number": "BOK-1", "PO Number": "Q-1"}
    bookings = [BOOKING | {"PO Number": "own of the booking"}]
    export = export_of(
        tmp_path, customers=[JANE], bookings=bookings, invoices=invoices, quotes=[quote]
    )
    with shaped(export) as route:
        deal = route.deals()["BOK-1"]
        assert deal["invoice_own_po_number"] == "A-1; B-2"
        assert deal["quote_own_po_number"] == "Q-1"
        assert deal["own_po_number"] == "own of the booking"
