"""References lead to their record however it is spelled, or a finding says that they do not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pytest

from crossdock.connectors.octopuspro import OctopusPro
from crossdock.intake.links.references import kinds, references
from crossdock.model.findings import Finding
from crossdock.profile.profile import profile
from crossdock.profile.rules import catalogue
from tests.integration.exports import MANIFEST, Row, export_of, project_of, read, store

CUSTOMER = {"customer_id": "1", "first_name": "Jane", "last_name": "Citizen"}
BOOKING = {"booking_number": "BOK-194", "customer_id": "1"}
QUOTE = {"quote_number": "EST-7", "customer_id": "1"}
INVOICE = {"invoice_number": "INV-3", "customer_id": "1", "booking_numbers": "BOK-194"}


def values(folder: Path, query: str, **files: Sequence[Row]) -> list[Any]:
    """Return what an export says to a query, one value or tuple per row."""
    with store() as connection:
        read(project_of(folder, export_of(folder, MANIFEST, **files)), connection)
        rows = connection.execute(query).fetchall()
    return [row[0] if len(row) == 1 else row for row in rows]


def findings(folder: Path, **files: Sequence[Row]) -> dict[str, Finding]:
    """Return the findings about an export by their code."""
    with store() as connection:
        found = profile(
            project_of(folder, export_of(folder, MANIFEST, **files)), OctopusPro(), connection
        )
    return {finding.code: finding for finding in found.findings}


# --- numbers --------------------------------------------------------------------------------


SAME = ("BOK-194", "bok-194", "bok 194", "BOK194", "BOK-0194", "BOK #194", "194", "194.0")
OTHER = ("EST-194", "195", "BOK-1940", "2019-194", "BOK-19 4")


@pytest.fixture(scope="module")
def read_as(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What each way to write a booking's number is read as."""
    found = values(
        tmp_path_factory.mktemp("numbers"),
        "SELECT line_id, booking_number FROM src.appointment",
        bookings=[BOOKING],
        appointments=[{"line_id": text, "booking_number": text} for text in (*SAME, *OTHER)],
    )
    return dict(found)


@pytest.mark.parametrize("written", SAME)
def test_a_booking_is_found_however_its_number_is_spelled(
    read_as: dict[str, str], written: str
) -> None:
    assert read_as[written] == "BOK-194"


@pytest.mark.parametrize("written", OTHER)
def test_another_number_is_not_taken_for_it(read_as: dict[str, str], written: str) -> None:
    assert read_as[written] == written


def test_several_numbers_in_one_cell_are_each_found(tmp_path: Path) -> None:
    found = values(
        tmp_path,
        "SELECT booking_numbers FROM src.invoice",
        bookings=[BOOKING, {**BOOKING, "booking_number": "BOK-195"}],
        invoices=[{**INVOICE, "booking_numbers": "194, bok 195"}],
    )
    assert found == ["BOK-194; BOK-195"]


def test_a_bare_number_is_of_the_kind_that_the_row_names(tmp_path: Path) -> None:
    found = values(
        tmp_path,
        "SELECT record_number FROM src.label ORDER BY _row",
        bookings=[{**BOOKING, "booking_number": "BOK-7"}],
        quotes=[QUOTE],
        labels=[
            {"record_type": "Booking", "record_number": "7", "label": "VIP"},
            {"record_type": "Estimate", "record_number": "7", "label": "VIP"},
            {"record_type": "Something", "record_number": "7", "label": "VIP"},
        ],
    )
    assert found == ["BOK-7", "EST-7", "7"]


def test_the_text_of_the_file_stays_in_the_staged_table(tmp_path: Path) -> None:
    found = values(
        tmp_path,
        "SELECT booking_number FROM stage.appointment",
        bookings=[BOOKING],
        appointments=[{"booking_number": "bok 194"}],
    )
    assert found == ["bok 194"]


def test_a_number_that_is_read_as_another_is_a_finding(tmp_path: Path) -> None:
    found = findings(
        tmp_path,
        customers=[CUSTOMER],
        bookings=[BOOKING],
        appointments=[{"booking_number": "194"}, {"booking_number": "bok 194"}],
    )["NUMBER_WRITTEN_OTHERWISE"]
    assert found.message.startswith("2 references write a number or name otherwise")
    assert found.evidence == ("Appointments: 194 is read as BOK-194, and 1 more like it",)


def test_a_number_that_fits_two_records_leads_to_none(tmp_path: Path) -> None:
    files: dict[str, Sequence[Row]] = {
        "customers": [CUSTOMER],
        "bookings": [BOOKING, {**BOOKING, "booking_number": "BOK-0194"}],
        "appointments": [{"booking_number": "194"}],
    }
    query = "SELECT booking_number FROM src.appointment"
    assert values(tmp_path / "read", query, **files) == ["194"]
    found = findings(tmp_path / "profiled", **files)["REFERENCE_IN_DOUBT"]
    assert found.message == "1 reference fits more than one record, and is given to none."
    assert found.evidence == ("appointments.csv line 2: 194 may be BOK-0194, BOK-194",)


def test_a_field_worker_is_found_by_the_name_in_another_order(tmp_path: Path) -> None:
    found = values(
        tmp_path,
        "SELECT fieldworkers FROM src.booking",
        bookings=[{**BOOKING, "fieldworkers": "Dubois, Chloe;SAM K"}],
        fieldworkers=[{"display_name": "Chloé Dubois"}, {"display_name": "Sam K"}],
    )
    assert found == ["Chloé Dubois; Sam K"]


# --- what leads nowhere ---------------------------------------------------------------------

#: A row that names what is not in the export, by the code of the finding, and what it says.
LOST: dict[str, tuple[str, Row, str]] = {
    "CUSTOMER_GONE": ("bookings", {**BOOKING, "customer_id": "99"}, "99"),
    "CUSTOMER_PARTS_GONE": ("customer_contacts", {"customer_id": "99", "contact_name": "A"}, "99"),
    "BOOKING_GONE": ("invoices", {**INVOICE, "booking_numbers": "BOK-99"}, "BOK-99"),
    "BOOKING_PARTS_GONE": ("booking_history", {"booking_number": "BOK-99"}, "BOK-99"),
    "SERVICE_LINE_GONE": ("appointments", {"booking_number": "BOK-194", "line_id": "99"}, "99"),
    "QUOTE_GONE": ("bookings", {**BOOKING, "quote_number": "EST-99"}, "EST-99"),
    "QUOTE_PARTS_GONE": ("quote_items", {"quote_number": "EST-99", "item": "x"}, "EST-99"),
    "INVOICE_PARTS_GONE": ("invoice_items", {"invoice_number": "INV-99"}, "INV-99"),
    "PAYMENT_BOOKING_GONE": ("refunds", {"booking_number": "BOK-99"}, "BOK-99"),
    "REFUND_WITHOUT_INVOICE": ("refunds", {"invoice_number": "INV-99"}, "INV-99"),
    "REFUND_WITHOUT_PAYMENT": ("refunds", {"payment_id": "99"}, "99"),
    "RECORD_GONE": ("discussions", {"record_number": "BOK-99", "comment": "x"}, "BOK-99"),
    "LOG_RECORD_GONE": ("emails", {"ref": "EST-99", "subject": "x"}, "EST-99"),
    "CONVERTED_TO_GONE": ("inquiries", {"inquiry_number": "INQ-1", "converted_to": "?"}, "?"),
    "FIELDWORKER_UNKNOWN": ("bookings", {**BOOKING, "fieldworkers": "Ann; Sam K"}, "Ann"),
    "LEAD_FIELDWORKER_GONE": (
        "fieldworkers",
        {"display_name": "B", "parent_fieldworker": "A"},
        "A",
    ),
    "OWNER_UNKNOWN": ("quotes", {**QUOTE, "sales_rep": "Nobody"}, "Nobody"),
    "SERVICE_UNKNOWN": ("booking_services", {"booking_number": "BOK-194", "service": "Y"}, "Y"),
    "PRODUCT_UNKNOWN": ("booking_products", {"booking_number": "BOK-194", "product": "Y"}, "Y"),
    "CUSTOM_FIELD_UNKNOWN": ("custom_field_answers", {"field_id": "99", "value": "x"}, "99"),
    "PROPERTY_GONE": ("booking_services", {"booking_number": "BOK-194", "property": "99"}, "99"),
}
WHOLE: dict[str, Sequence[Row]] = {
    "customers": [CUSTOMER],
    "bookings": [BOOKING],
    "booking_services": [{"booking_number": "BOK-194", "line_id": "5", "service": "Clean"}],
    "quotes": [QUOTE],
    "quote_items": [{"quote_number": "EST-7", "item": "Clean", "type": "Service"}],
    "invoices": [INVOICE],
    "payments": [{"payment_id": "8", "invoice_number": "INV-3", "amount": "1.00"}],
    "refunds": [{"payment_id": "8", "invoice_number": "INV-3", "amount": "1.00"}],
    "services": [{"service_id": "1", "service_name": "Clean"}],
    "products": [{"product_name": "Soap"}],
    "fieldworkers": [{"display_name": "Sam K"}],
    "users": [{"user_id": "1", "display_name": "Alex P"}],
    "custom_fields": [{"field_id": "4", "label": "Gate code"}],
    "customer_properties": [{"property_id": "6", "customer_id": "1", "name": "Rex"}],
    "labels": [{"record_type": "Customer", "record_number": "1", "label": "VIP"}],
}


@pytest.fixture(scope="module")
def lost(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Finding, str]]:
    """The finding about each of the rows that name what is not there, and the row's place."""
    files = {name: list(rows) for name, rows in WHOLE.items()}
    places = {}
    for code, (name, row, written) in LOST.items():
        files.setdefault(name, []).append(row)
        places[code] = f"{name}.csv line {len(files[name]) + 1}: {written}"
    found = findings(tmp_path_factory.mktemp("lost"), **files)
    return {code: (found[code], place) for code, place in places.items()}


@pytest.mark.parametrize("code", LOST)
def test_a_name_that_leads_nowhere_is_a_finding_with_its_place(
    lost: dict[str, tuple[Finding, str]], code: str
) -> None:
    found, place = lost[code]
    assert found.message.startswith("1 ")
    assert found.message == catalogue()[code]["one"]
    assert found.evidence == (place,)


def test_an_export_that_is_whole_has_no_such_finding(tmp_path: Path) -> None:
    assert not set(LOST) & set(findings(tmp_path, **WHOLE))


def test_every_reference_that_may_lead_nowhere_has_its_finding() -> None:
    every = {kind.object for group in kinds().values() for kind in group}
    codes = {
        reference.code for reference in references({obj.name for obj in OctopusPro().objects()})
    }
    assert codes == set(LOST) | {"PAYMENT_WITHOUT_INVOICE"}
    assert codes <= set(catalogue())
    assert every <= {obj.name for obj in OctopusPro().objects()}


def test_every_column_of_a_reference_is_one_of_the_source() -> None:
    columns = {(obj.name, c.name) for obj in OctopusPro().objects() for c in obj.columns}
    present = {obj.name for obj in OctopusPro().objects()}
    assert {(r.object, r.column) for r in references(present)} <= columns
    assert {(k.object, k.column) for group in kinds().values() for k in group} <= columns


def test_a_list_that_is_not_in_the_export_is_not_told_row_by_row(tmp_path: Path) -> None:
    found = findings(
        tmp_path, bookings=[{**BOOKING, "quote_number": "EST-1", "fieldworkers": "Sam K"}]
    )
    assert not {"CUSTOMER_GONE", "QUOTE_GONE", "FIELDWORKER_UNKNOWN"} & set(found)


def test_a_word_for_nothing_names_nothing(tmp_path: Path) -> None:
    found = findings(
        tmp_path,
        customers=[CUSTOMER],
        quotes=[QUOTE],
        bookings=[{**BOOKING, "quote_number": "N/A"}],
    )
    assert "QUOTE_GONE" not in found


def test_many_rows_with_one_lost_number_are_one_place_and_counted(tmp_path: Path) -> None:
    lost = [{"booking_number": "BOK-9", "action": str(n)} for n in range(3)]
    found = findings(tmp_path, customers=[CUSTOMER], bookings=[BOOKING], booking_history=lost)
    assert found["BOOKING_PARTS_GONE"].count == 3
    assert found["BOOKING_PARTS_GONE"].evidence == ("booking_history.csv line 2: BOK-9, in 3 rows",)


# --- deleted and void -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "deleted", [{"status": "Deleted"}, {"deleted_at": "01/02/2025"}, {"status": " deleted "}]
)
def test_a_deleted_customer_is_told_from_a_missing_one(tmp_path: Path, deleted: Row) -> None:
    found = findings(tmp_path, customers=[{**CUSTOMER, **deleted}], bookings=[BOOKING])
    assert "CUSTOMER_GONE" not in found
    assert found["REFERS_TO_DELETED"].evidence == ("bookings.csv line 2: 1",)
    assert "is in the export and deleted in OctopusPro" in found["REFERS_TO_DELETED"].message


def test_a_date_of_deletion_that_is_no_date_deletes_nobody(tmp_path: Path) -> None:
    customer = {**CUSTOMER, "deleted_at": "0000-00-00"}
    assert "REFERS_TO_DELETED" not in findings(tmp_path, customers=[customer], bookings=[BOOKING])


def test_an_invoice_of_a_deleted_booking_is_told(tmp_path: Path) -> None:
    found = findings(
        tmp_path,
        customers=[CUSTOMER],
        bookings=[{**BOOKING, "deleted": "Yes"}],
        invoices=[INVOICE],
    )
    assert "BOOKING_GONE" not in found
    assert found["REFERS_TO_DELETED"].evidence == ("invoices.csv line 2: BOK-194",)


def test_a_payment_says_whether_its_invoice_is_missing_or_void(tmp_path: Path) -> None:
    found = findings(
        tmp_path,
        invoices=[INVOICE, {"invoice_number": "INV-4", "status": "Void"}],
        payments=[
            {"payment_id": "1", "amount": "5.00", "invoice_number": "INV-3"},
            {"payment_id": "2", "amount": "5.00", "invoice_number": "INV-4"},
            {"payment_id": "3", "amount": "5.00", "invoice_number": "INV-5"},
            {"payment_id": "4", "amount": "5.00"},
        ],
    )["PAYMENT_WITHOUT_INVOICE"]
    assert found.message == "3 payments have no invoice, an unknown one, or a void one."
    assert found.evidence == (
        "2: 5.00, INV-4 is void",
        "3: 5.00, INV-5 is not in the export",
        "4: 5.00, no invoice",
    )


@pytest.fixture(scope="module")
def spelled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """An export in which every kind of view is filled in."""
    folder = tmp_path_factory.mktemp("spelled")
    export = export_of(
        folder,
        customers=[{"first_name": "Jane", "last_name": "Citizen"}, {"Customer Name": "Lee, Ann"}],
        bookings=[
            {"booking_number": "BOK-194", "customer_name": "Jane Citizen"},
            {"booking_number": "BOK-195", "customer_name": "Ann Lee", "quote_number": "7"},
        ],
        quotes=[{"quote_number": "EST-7", "customer_name": "Ann Lee", "booking_number": "195"}],
        payments=[{"invoice_number": "3", "amount": "1.00"}] * 2,
        invoices=[{"invoice_number": "INV-3", "booking_numbers": "194"}],
        labels=[{"record_type": "Job", "record_number": "194", "label": "VIP"}] * 3,
    )
    with store() as connection:
        read(project_of(folder, export), connection)
        yield connection


@pytest.mark.parametrize("name", [obj.name for obj in OctopusPro().objects()])
def test_filling_in_loses_and_doubles_no_row(spelled: duckdb.DuckDBPyConnection, name: str) -> None:
    rows = f"SELECT count(*), count(DISTINCT _row) FROM src.{name}"
    (staged,) = spelled.execute(f"SELECT count(*) FROM stage.{name}").fetchall()
    assert spelled.execute(rows).fetchone() == (staged[0], staged[0])
