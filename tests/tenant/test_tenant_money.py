"""At mess 0 every sum of the export is right to the cent."""

from __future__ import annotations

from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from tenant_books import day, money, read, total

CENT = Decimal("0.01")
TODAY = day("30/06/2026")


def eleventh(amount: Decimal) -> Decimal:
    return (amount / 11).quantize(CENT, ROUND_HALF_UP)


def test_a_booking_is_worth_its_lines_products_and_charges(clean: Path) -> None:
    services = total(read(clean, "booking_services"), "Booking Number", "Amount")
    charges = total(read(clean, "booking_charges"), "Booking Number", "Amount")
    products: dict[str, Decimal] = defaultdict(Decimal)
    for row in read(clean, "booking_products"):
        products[row["Booking Number"]] += money(row["Quantity"]) * money(row["Sale Price"])
    for row in read(clean, "bookings"):
        number = row["Booking Number"]
        subtotal = services[number] + charges[number] + products[number]
        assert subtotal == money(row["Sub Total"]), number
        assert subtotal - money(row["Discount"]) == money(row["Total"]), number
        assert eleventh(money(row["Total"])) == money(row["Tax"]), number


@pytest.mark.parametrize("name", ["booking_services", "quote_items", "invoice_items"])
def test_a_line_is_quantity_times_price_less_its_discount(clean: Path, name: str) -> None:
    rate = "Unit Price" if name == "booking_services" else "Rate"
    for row in read(clean, name):
        gross = (money(row["Quantity"]) * money(row[rate])).quantize(CENT, ROUND_HALF_UP)
        assert gross - money(row["Discount"]) == money(row["Amount"]), row


def test_a_called_off_booking_is_worth_its_fee_or_nothing(clean: Path) -> None:
    called_off = [r for r in read(clean, "bookings") if r["Status"] in ("CANCELLED", "FAILED")]
    assert called_off
    for row in called_off:
        fee = money(row["Cancellation Fee"]) + money(row["Call Out Fee"])
        assert money(row["Total"]) == fee
    assert any(money(row["Total"]) for row in called_off)
    assert not all(money(row["Total"]) for row in called_off)


def test_a_quote_is_worth_its_items(clean: Path) -> None:
    items = total(read(clean, "quote_items"), "Quote Number", "Amount")
    for row in read(clean, "quotes"):
        assert items[row["Quote Number"]] == money(row["Sub Total"])
        assert money(row["Sub Total"]) - money(row["Discount"]) == money(row["Total"])


def test_an_invoice_adds_up_and_its_status_follows_its_balance(clean: Path) -> None:
    items = total(read(clean, "invoice_items"), "Invoice Number", "Amount")
    payments = [p for p in read(clean, "payments") if p["Status"] == "Approved"]
    paid = total(payments, "Invoice Number", "Amount")
    approved = [r for r in read(clean, "refunds") if r["Status"] == "Approved"]
    refunded = total(approved, "Invoice Number", "Amount")
    for row in read(clean, "invoices"):
        number, owed = row["Invoice Number"], money(row["Balance"])
        assert items[number] == money(row["Sub Total"]), number
        assert money(row["Sub Total"]) - money(row["Discount"]) == money(row["Total"]) > 0, number
        assert paid[number] == money(row["Paid"]), number
        assert refunded[number] == money(row["Refunded"]), number
        if row["Status"] == "Void":
            assert owed == paid[number] == 0
            assert row["Voided At"]
        else:
            assert owed == money(row["Total"]) - paid[number] >= 0, number
            assert (owed == 0) == (row["Status"] == "Closed"), number
            assert not row["Voided At"]
        if row["Status"] in ("Open", "Overdue"):
            assert (day(row["Due Date"]) < TODAY) == (row["Status"] == "Overdue"), number
        if row["Status"] == "Draft":
            assert money(row["Paid"]) == 0


def test_invoices_of_a_booking_add_up_to_it(clean: Path) -> None:
    bookings = {r["Booking Number"]: r for r in read(clean, "bookings")}
    live = [r for r in read(clean, "invoices") if r["Status"] != "Void"]
    invoiced: dict[str, Decimal] = defaultdict(Decimal)
    merged = progress = 0
    of_booking: dict[str, int] = defaultdict(int)
    for row in live:
        numbers = row["Booking Numbers"].split("; ") if row["Booking Numbers"] else []
        if len(numbers) > 1:
            merged += 1
            assert len({bookings[n]["Customer ID"] for n in numbers}) == 1
            assert money(row["Total"]) == sum(money(bookings[n]["Total"]) for n in numbers)
        elif numbers:
            invoiced[numbers[0]] += money(row["Total"])
            of_booking[numbers[0]] += 1
    for number, amount in invoiced.items():
        assert amount == money(bookings[number]["Total"]), number
    progress = sum(count > 1 for count in of_booking.values())
    assert merged > len(bookings) // 200
    assert progress > len(bookings) // 100


def test_merged_items_name_their_booking(clean: Path) -> None:
    items: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for row in read(clean, "invoice_items"):
        items[row["Invoice Number"], row["Booking Number"]] += money(row["Amount"])
    subtotal = {r["Booking Number"]: money(r["Sub Total"]) for r in read(clean, "bookings")}
    for row in read(clean, "invoices"):
        numbers = row["Booking Numbers"].split("; ")
        if len(numbers) > 1:
            for number in numbers:
                assert items[row["Invoice Number"], number] == subtotal[number]


def test_what_bookings_were_paid_is_what_invoices_were_paid(clean: Path) -> None:
    bookings = {r["Booking Number"]: r for r in read(clean, "bookings")}
    groups: dict[frozenset[str], Decimal] = defaultdict(Decimal)
    for row in read(clean, "invoices"):
        if row["Booking Numbers"]:
            groups[frozenset(row["Booking Numbers"].split("; "))] += money(row["Paid"])
    for numbers, paid in groups.items():
        assert sum(money(bookings[n]["Paid"]) for n in numbers) == paid, numbers
    for row in bookings.values():
        assert money(row["Total"]) - money(row["Paid"]) == money(row["Balance"])
        assert 0 <= money(row["Paid"]) <= money(row["Total"])


def test_payments_and_refunds_follow_the_rules_of_the_product(clean: Path) -> None:
    payments = {r["Payment ID"]: r for r in read(clean, "payments")}
    references = [r["Reference"] for r in payments.values() if r["Gateway"]]
    assert len(references) == len(set(references))
    stray = [r for r in payments.values() if not r["Invoice Number"]]
    assert stray
    assert all(r["Status"] == "Pending" for r in stray)
    refunds = read(clean, "refunds")
    assert refunds
    assert len({r["Payment ID"] for r in refunds}) == len(refunds)
    for row in refunds:
        parent = payments[row["Payment ID"]]
        assert parent["Status"] == "Approved"
        assert parent["Invoice Number"] == row["Invoice Number"]
        assert 0 < money(row["Amount"]) <= money(parent["Amount"])
    statuses = {r["Status"] for r in payments.values()}
    assert statuses == {"Approved", "Pending", "Unapproved", "Rejected"}
