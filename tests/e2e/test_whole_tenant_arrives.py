"""The export's files and the account's own dump agree, both counted without Crossdock.

Nothing here is imported from the loader: the files are read with `csv`, the account through the
emulator's dump.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from crossdock.connectors.octopuspro.tenant import write_tenant
from tests.migrations import Migration, migration

#: A whole migration of its own takes a minute; the quick suite has smaller ones.
pytestmark = pytest.mark.slow
Rows = list[dict[str, str]]


class Export:
    """An export's files, read plainly."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def rows(self, name: str) -> Rows:
        with (self.folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as stream:
            return list(csv.DictReader(stream))

    def living_invoices(self) -> Rows:
        return [row for row in self.rows("invoices") if row["Status"] != "Void"]

    def bookings(self) -> Rows:
        """Bookings that are not deleted, or were invoiced all the same."""
        billed = {
            number.strip()
            for row in self.living_invoices()
            for number in row["Booking Numbers"].split(";")
        }
        return [
            row
            for row in self.rows("bookings")
            if row["Deleted"] in ("", "No") or row["Booking Number"] in billed
        ]

    def customers(self) -> Rows:
        """Customers that are not deleted, or have records all the same."""
        linked = {
            row["Customer ID"]
            for name in ("bookings", "quotes", "invoices")
            for row in self.rows(name)
        }
        return [
            row
            for row in self.rows("customers")
            if row["Status"] != "Deleted" or row["Customer ID"] in linked
        ]

    def total(self, rows: Rows, column: str) -> Decimal:
        return sum((Decimal(row[column]) for row in rows if row[column]), Decimal(0))


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Export:
    folder = tmp_path_factory.mktemp("tenant") / "export"
    write_tenant(folder, customers=80, seed=5)
    return Export(folder)


@pytest.fixture(scope="module")
def project(export: Export, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Migration]:
    with migration(tmp_path_factory.mktemp("e2e") / "project") as opened:
        opened.prepare(export.folder)
        opened.json("run")
        yield opened


@pytest.fixture(scope="module")
def account(project: Migration) -> dict[str, list[dict[str, Any]]]:
    return project.dump()


def money(account: dict[str, list[dict[str, Any]]], field: str) -> Decimal:
    values = (deal["custom_field"].get(field) for deal in account["deals"])
    return sum((Decimal(str(value)) for value in values if value is not None), Decimal(0))


def test_every_customer_is_an_account(export: Export, account: dict[str, Any]) -> None:
    keys = {a["custom_field"]["cf_source_key"] for a in account["sales_accounts"]}
    assert keys == {f"C{row['Customer ID']}" for row in export.customers()}


def test_every_person_named_in_a_customer_row_is_a_contact(
    export: Export, account: dict[str, Any]
) -> None:
    named = {
        (row[f"First_name{n}" if n else "First Name"], row[f"Last_name{n}" if n else "Last Name"])
        for row in export.customers()
        for n in ("", "2", "3")
    }
    there = {(c["first_name"] or "", c["last_name"]) for c in account["contacts"]}
    assert {name for name in named if all(name)} <= there


def test_every_email_address_belongs_to_one_contact(
    export: Export, account: dict[str, Any]
) -> None:
    wanted = {row["Email"].lower() for row in export.customers() if row["Email"]}
    addresses = [c["email"] for c in account["contacts"]]
    assert wanted <= set(addresses)
    assert len(addresses) == len(set(addresses))


def test_every_job_is_one_deal(export: Export, account: dict[str, Any]) -> None:
    bookings = {row["Booking Number"] for row in export.bookings()}
    quotes = {
        row["Quote Number"]
        for row in export.rows("quotes")
        if row["Booking Number"] not in bookings
    }
    quotes -= {row["Quote Number"] for row in export.bookings()}
    invoices = {
        row["Invoice Number"]
        for row in export.rows("invoices")
        if not bookings & {n.strip() for n in row["Booking Numbers"].split(";")}
    }
    keys = [deal["custom_field"]["cf_source_key"] for deal in account["deals"]]
    assert sorted(keys) == sorted(bookings | quotes | invoices)


def test_a_job_carries_the_numbers_of_its_quote_and_invoices(
    export: Export, account: dict[str, Any]
) -> None:
    by_key = {d["custom_field"]["cf_source_key"]: d["custom_field"] for d in account["deals"]}
    for row in export.bookings():
        if row["Quote Number"]:
            assert by_key[row["Booking Number"]]["cf_quote_number"] == row["Quote Number"]
    for row in export.living_invoices():
        for number in (n.strip() for n in row["Booking Numbers"].split(";") if n.strip()):
            assert row["Invoice Number"] in by_key[number]["cf_invoice_numbers"].split("; ")


def test_completed_jobs_are_won_and_cancelled_and_failed_ones_lost(
    export: Export, account: dict[str, Any], project: Migration
) -> None:
    stages = {s["id"]: s["name"] for s in project.ask("selector/deal_stages")["deal_stages"]}
    by_key = {d["custom_field"]["cf_source_key"]: d for d in account["deals"]}
    wanted = {"COMPLETED": "Won", "CANCELLED": "Lost", "FAILED": "Lost"}
    for row in export.bookings():
        if row["Status"] in wanted:
            stage = stages[by_key[row["Booking Number"]]["deal_stage_id"]]
            assert stage == wanted[row["Status"]], row["Booking Number"]


def test_every_service_and_product_is_in_the_catalogue(
    export: Export, account: dict[str, Any]
) -> None:
    names = {row["Service Name"] for row in export.rows("services")}
    names |= {row["Product Name"] for row in export.rows("products")}
    assert names <= {product["name"] for product in account["products"]}


def test_every_visit_is_an_appointment(export: Export, account: dict[str, Any]) -> None:
    bookings = {row["Booking Number"] for row in export.bookings()}
    visits = [row for row in export.rows("appointments") if row["Booking Number"] in bookings]
    assert len(account["appointments"]) == len(visits)


def test_every_status_change_payment_and_refund_is_a_task(
    export: Export, account: dict[str, Any]
) -> None:
    bookings = {row["Booking Number"] for row in export.bookings()}
    living = {row["Invoice Number"] for row in export.living_invoices()}
    changes = [
        row
        for row in export.rows("booking_history")
        if row["Action"] == "Status changed" and row["Booking Number"] in bookings
    ]
    paid = [row for row in export.rows("payments") if row["Invoice Number"] in living]
    refunded = [row for row in export.rows("refunds") if row["Invoice Number"] in living]
    assert len(account["tasks"]) == len(changes) + len(paid) + len(refunded)


def test_every_file_is_attached(export: Export, account: dict[str, Any]) -> None:
    on_disk = [path for path in (export.folder / "files").rglob("*") if path.is_file()]
    assert len(account["documents"]) == len(on_disk)


def test_every_message_stands_in_a_note(export: Export, account: dict[str, Any]) -> None:
    notes = "\n".join(note["description"] for note in account["notes"])
    plain = notes.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")
    bookings = {row["Booking Number"] for row in export.bookings()}
    for row in export.rows("discussions"):
        if row["Record Type"] == "Booking" and row["Record Number"] in bookings:
            assert row["Comment"].splitlines()[0] in plain
    for row in export.rows("emails"):
        if row["Ref"] in bookings:
            assert row["Subject"] in plain


def test_invoiced_money_agrees_to_the_cent(export: Export, account: dict[str, Any]) -> None:
    assert money(account, "cf_invoiced") == export.total(export.living_invoices(), "Total")


def test_paid_money_agrees_to_the_cent(export: Export, account: dict[str, Any]) -> None:
    living = {row["Invoice Number"] for row in export.living_invoices()}
    paid = [
        row
        for row in export.rows("payments")
        if row["Status"] == "Approved" and row["Invoice Number"] in living
    ]
    assert money(account, "cf_paid") == export.total(paid, "Amount")


def test_refunded_money_agrees_to_the_cent(export: Export, account: dict[str, Any]) -> None:
    refunds = [row for row in export.rows("refunds") if row["Status"].lower() == "approved"]
    assert money(account, "cf_refunded") == export.total(refunds, "Amount")


def test_outstanding_money_agrees_to_the_cent(export: Export, account: dict[str, Any]) -> None:
    assert money(account, "cf_outstanding") == export.total(export.living_invoices(), "Balance")


def test_lines_add_up_to_each_deal(account: dict[str, Any]) -> None:
    for deal in account["deals"]:
        if deal["products"]:
            lines = sum(
                Decimal(str(line["unit_price"])) * line["quantity"] for line in deal["products"]
            )
            assert lines == Decimal(deal["amount"]), deal["name"]


def test_everything_read_back_is_as_planned(project: Migration) -> None:
    found = project.json("verify")
    assert found["classes"]["equal"] > 0
    assert not found["differences"]
    assert all(row["source"] == row["destination"] for row in found["money"])
