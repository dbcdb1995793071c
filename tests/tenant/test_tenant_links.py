"""At mess 0 every reference of the export finds its record."""

from __future__ import annotations

import itertools
from collections import defaultdict
from pathlib import Path

import pytest
from tenant_books import Row, read, when


@pytest.fixture(scope="module")
def numbers(clean: Path) -> dict[str, set[str]]:
    return {
        "Inquiry": {r["Inquiry Number"] for r in read(clean, "inquiries")},
        "Quote": {r["Quote Number"] for r in read(clean, "quotes")},
        "Booking": {r["Booking Number"] for r in read(clean, "bookings")},
        "Invoice": {r["Invoice Number"] for r in read(clean, "invoices")},
        "Customer": {r["Customer ID"] for r in read(clean, "customers")},
        "Fieldworker": {r["Display Name"] for r in read(clean, "fieldworkers")},
    }


REFERENCES = [
    *((name, "Customer ID", "Customer") for name in (
        "customer_contacts", "customer_addresses", "customer_properties",
        "inquiries", "quotes", "bookings", "invoices",
    )),
    *((name, "Booking Number", "Booking") for name in (
        "quotes", "booking_services", "appointments", "booking_fieldworkers", "job_requests",
        "booking_products", "booking_charges", "booking_history", "invoice_items",
        "fieldworker_payments", "ratings", "form_submissions", "payments", "refunds",
    )),
    ("bookings", "Quote Number", "Quote"), ("quote_items", "Quote Number", "Quote"),
    ("invoices", "Booking Numbers", "Booking"), ("invoice_items", "Invoice Number", "Invoice"),
    ("payments", "Invoice Number", "Invoice"), ("refunds", "Invoice Number", "Invoice"),
    *((name, "Fieldworker", "Fieldworker") for name in (
        "booking_fieldworkers", "job_requests", "payments", "refunds", "fieldworker_payments",
        "ratings",
    )),
    ("bookings", "Fieldworkers", "Fieldworker"), ("appointments", "Fieldworkers", "Fieldworker"),
    ("appointments", "Subworkers", "Fieldworker"),
    ("fieldworkers", "Parent Fieldworker", "Fieldworker"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "column", "kind"), REFERENCES)
def test_a_reference_finds_its_record(
    clean: Path, numbers: dict[str, set[str]], name: str, column: str, kind: str
) -> None:
    seen = {part for row in read(clean, name) for part in row[column].split("; ") if part}
    assert seen
    assert seen <= numbers[kind], sorted(seen - numbers[kind])[:5]


@pytest.mark.parametrize(
    "name", ["labels", "discussions", "issues", "attachments", "images", "custom_field_answers"]
)
def test_a_record_type_and_number_find_their_record(
    clean: Path, numbers: dict[str, set[str]], name: str
) -> None:
    rows = read(clean, name)
    assert rows
    for row in rows:
        assert row["Record Number"] in numbers[row["Record Type"]], row


@pytest.mark.parametrize("name", ["emails", "sms", "calls"])
def test_a_message_refers_to_a_record(clean: Path, numbers: dict[str, set[str]], name: str) -> None:
    every = set().union(*numbers.values())
    assert all(row["Ref"] in every for row in read(clean, name))


def test_numbers_are_unique_and_run_on_from_400(clean: Path, numbers: dict[str, set[str]]) -> None:
    for name, kind in (("inquiries", "Inquiry"), ("quotes", "Quote"), ("bookings", "Booking"),
                       ("invoices", "Invoice"), ("customers", "Customer")):  # fmt: skip
        assert len(numbers[kind]) == len(read(clean, name))
        if kind != "Customer":
            assert min(int(n[4:]) for n in numbers[kind]) in (400, 401)


def test_quote_and_booking_name_each_other(clean: Path) -> None:
    quoted = {r["Quote Number"]: r["Booking Number"] for r in read(clean, "quotes")}
    booked = {r["Booking Number"]: r["Quote Number"] for r in read(clean, "bookings")}
    assert all(booked[b] == q for q, b in quoted.items() if b)
    assert all(quoted[q] == b for b, q in booked.items() if q)
    without = sum(not quote for quote in booked.values())
    assert 0.3 < without / len(booked) < 0.6


def test_history_is_in_order_and_ends_at_the_status(clean: Path) -> None:
    history: dict[str, list[Row]] = defaultdict(list)
    for row in read(clean, "booking_history"):
        history[row["Booking Number"]].append(row)
    for booking in read(clean, "bookings"):
        rows = history[booking["Booking Number"]]
        times = [when(row["Date Time"]) for row in rows]
        assert times == sorted(times), booking["Booking Number"]
        changes = [row for row in rows if row["Action"] == "Status changed"]
        assert changes[-1]["New Value"] == booking["Status"], booking["Booking Number"]
        for before, after in itertools.pairwise(changes):
            assert before["New Value"] == after["Old Value"]


def test_visits_lie_within_their_booking(clean: Path) -> None:
    bookings = {r["Booking Number"]: r for r in read(clean, "bookings")}
    modes = set()
    for row in read(clean, "appointments"):
        modes.add(row["Time Mode"])
        booking = bookings[row["Booking Number"]]
        begins = when(f"{row['Date']} {row['Start'] or '12:00 AM'}")
        assert when(booking["First Start"]) <= begins <= when(booking["Last End"])
    assert modes == {"Timed", "All day", "Part of day", "No specified time"}


def test_fieldworkers_of_a_booking_are_its_rows(clean: Path) -> None:
    rows: dict[str, list[str]] = defaultdict(list)
    for row in read(clean, "booking_fieldworkers"):
        rows[row["Booking Number"]].append(row["Fieldworker"])
    for booking in read(clean, "bookings"):
        assert "; ".join(rows[booking["Booking Number"]]) == booking["Fieldworkers"]


def test_the_crew_has_its_special_cases(clean: Path) -> None:
    crew = read(clean, "fieldworkers")
    users = {r["Email"] for r in read(clean, "users")}
    assert len({r["Display Name"] for r in crew}) == len(crew)
    assert crew[0]["Display Name"] == "General Fieldworker"
    assert sum(r["Status"] == "Inactive" for r in crew) == 1
    assert any(r["Parent Fieldworker"] for r in crew)
    assert len(users & {r["Email"] for r in crew}) == 1
    reps = {r["Display Name"] for r in read(clean, "users")}
    for name in ("quotes", "bookings", "invoices"):
        assert {r["Sales Rep"] for r in read(clean, name)} <= reps


def test_files_that_are_named_exist(clean: Path) -> None:
    named = {r["File Path"] for name in ("images", "attachments") for r in read(clean, name)}
    there = {p.relative_to(clean).as_posix() for p in (clean / "files").rglob("*") if p.is_file()}
    assert named == there
    assert 0 < len(named) <= 400


def test_nobody_is_deleted_who_has_records(clean: Path) -> None:
    deleted = {r["Customer ID"] for r in read(clean, "customers") if r["Status"] == "Deleted"}
    for name in ("inquiries", "quotes", "bookings", "invoices"):
        assert not deleted & {r["Customer ID"] for r in read(clean, name)}
    assert deleted


def test_mail_goes_to_people_with_an_address_six_to_eight_times(clean: Path) -> None:
    mails, bookings = read(clean, "emails"), read(clean, "bookings")
    assert all(r["Recipient"].rpartition("@")[2].endswith(("example.com", "example.net",
               "example.org")) for r in mails)  # fmt: skip
    assert 5 < len(mails) / len(bookings) < 9
    addresses = [r["Email"] for r in read(clean, "customers") if r["Email"]]
    assert len(addresses) == len(set(addresses))
