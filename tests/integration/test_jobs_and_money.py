"""Quotes, bookings, invoices and payments become deals, and the money stays the same."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from crossdock.plan import money
from tests.integration.exports import Row, Shaped, export_of, shaped

LONG_AGO = "12/03/2024 09:00"


def _booking(number: str, total: str, **more: object) -> dict[str, object]:
    return {
        "booking_number": number,
        "customer_id": "1",
        "total": total,
        "status": "COMPLETED",
        "created": LONG_AGO,
    } | more


def _invoice(number: str, bookings: str, total: str, **more: object) -> dict[str, object]:
    return {
        "invoice_number": number,
        "booking_numbers": bookings,
        "customer_id": "1",
        "total": total,
        "status": "Open",
        "issue_date": "14/03/2024",
    } | more


def _payment(number: str, invoice: str, amount: str, **more: object) -> dict[str, object]:
    return {
        "payment_id": number,
        "invoice_number": invoice,
        "amount": amount,
        "status": "Approved",
        "received_date": "20/03/2024 10:00",
    } | more


BOOKINGS: list[Row] = [
    # One invoice over three jobs, without lines of its own.
    _booking("BOK-M1", "100.00"),
    _booking("BOK-M2", "100.00"),
    _booking("BOK-M3", "100.00"),
    # One invoice over two jobs, each with its lines.
    _booking("BOK-L1", "10.00"),
    _booking("BOK-L2", "999.00"),
    # One job that is invoiced in two steps.
    _booking("BOK-P", "300.00"),
    # A job in progress of which a third is invoiced.
    _booking("BOK-Q", "300.00", status="TO DO"),
    _booking("BOK-V", "80.00"),
    # Quote, booking and invoice of one job.
    _booking("BOK-J", "120.00", quote_number="EST-J"),
    # A weekly series: the product knows no link between them.
    _booking("BOK-R1", "60.00", first_start="01/04/2024 09:00"),
    _booking("BOK-R2", "60.00", first_start="08/04/2024 09:00"),
    _booking("BOK-GONE", "40.00", deleted="Yes"),
    _booking("BOK-BILLED", "40.00", deleted="Yes"),
    _booking("BOK-TWIN", "11.00"),
    _booking("BOK-TWIN", "12.00"),
    _booking("BOK-NOBODY", "15.00", customer_id="404"),
]
QUOTES: list[Row] = [
    {"quote_number": "EST-J", "customer_id": "1", "total": "110.00", "status": "Accepted"},
    {
        "quote_number": "EST-LOST",
        "customer_id": "1",
        "total": "75.00",
        "status": "Declined",
        "decline_reason": "Found a cheaper price",
        "decided_at": "02/02/2024 10:00",
    },
    {"quote_number": "EST-OPEN", "customer_id": "1", "total": "65.50", "status": "Sent"},
]
INVOICES: list[Row] = [
    _invoice("INV-M", "BOK-M1; BOK-M2; BOK-M3", "100.00"),
    _invoice("INV-L", "BOK-L1; BOK-L2", "90.00", discount="60.00"),
    _invoice("INV-P1", "BOK-P", "100.00"),
    _invoice("INV-P2", "BOK-P", "200.00"),
    _invoice("INV-Q", "BOK-Q", "100.00"),
    _invoice("INV-V", "BOK-V", "80.00", status="Void"),
    _invoice("INV-J", "BOK-J", "120.00"),
    _invoice("INV-ALONE", "", "55.00"),
    _invoice("INV-FORGOTTEN", "BOK-404", "25.00"),
    _invoice("INV-B", "BOK-BILLED", "40.00"),
    _invoice("INV-CREDIT", "BOK-R1; BOK-R2", "-10.01"),
]
PAYMENTS: list[Row] = [
    _payment("1", "INV-J", "50.00"),
    _payment("2", "INV-J", "20.00", status="Pending"),
    _payment("3", "INV-V", "80.00"),
    _payment("4", "INV-404", "33.00"),
    _payment("5", "", "44.00"),
    _payment("6", "INV-M", "50.00"),
    _payment("7", "INV-J", "30.00"),
]
REFUNDS: list[Row] = [
    {"payment_id": "1", "amount": "12.50", "status": "Approved", "kind": "Process"},
    {"payment_id": "3", "amount": "80.00", "status": "Approved"},
    {"payment_id": "7", "amount": "5.00", "status": "Pending"},
]
FILES: dict[str, list[Row]] = {
    "customers": [{"customer_id": "1", "first_name": "Jane", "last_name": "Citizen"}],
    "bookings": BOOKINGS,
    "quotes": QUOTES,
    "invoices": INVOICES,
    "invoice_items": [
        {"invoice_number": "INV-L", "booking_number": "BOK-L1", "item": "Carpet", "amount": "100"},
        {"invoice_number": "INV-L", "booking_number": "BOK-L2", "item": "Oven", "amount": "50"},
    ],
    "payments": PAYMENTS,
    "refunds": REFUNDS,
}


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shaped]:
    with shaped(export_of(tmp_path_factory.mktemp("company"), **FILES)) as made:
        yield made


@pytest.fixture(scope="module")
def deals(company: Shaped) -> dict[str, dict[str, Any]]:
    return company.deals()


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shaped]:
    """The same company with a deal per document."""
    with shaped(export_of(tmp_path_factory.mktemp("documents"), **FILES), deals="document") as made:
        yield made


def _cents(text: str) -> Decimal:
    return Decimal(text)


def test_a_merged_invoice_is_split_over_its_jobs_to_the_cent(
    deals: dict[str, dict[str, Any]],
) -> None:
    split = [deals[number]["invoiced"] for number in ("BOK-M1", "BOK-M2", "BOK-M3")]
    assert split == [_cents("33.34"), _cents("33.33"), _cents("33.33")]


def test_a_merged_invoice_is_split_by_its_own_lines_where_it_has_them(
    deals: dict[str, dict[str, Any]],
) -> None:
    split = (deals["BOK-L1"]["invoiced"], deals["BOK-L2"]["invoiced"])
    assert split == (_cents("60.00"), _cents("30.00"))


def test_progress_invoices_add_up_on_the_job(deals: dict[str, dict[str, Any]]) -> None:
    assert deals["BOK-P"]["invoiced"] == _cents("300.00")


def test_progress_invoices_are_no_deals_of_their_own(deals: dict[str, dict[str, Any]]) -> None:
    assert not {"INV-P1", "INV-P2"} & set(deals)


def test_both_numbers_of_progress_invoices_stand_on_the_job(
    deals: dict[str, dict[str, Any]],
) -> None:
    assert deals["BOK-P"]["invoice_numbers"] == "INV-P1; INV-P2"


def test_a_job_in_progress_is_worth_what_was_booked(deals: dict[str, dict[str, Any]]) -> None:
    assert deals["BOK-Q"]["amount"] == _cents("300.00")


def test_a_job_in_progress_owes_what_was_invoiced(deals: dict[str, dict[str, Any]]) -> None:
    assert deals["BOK-Q"]["outstanding"] == _cents("100.00")


def test_a_finished_job_is_worth_what_was_invoiced(deals: dict[str, dict[str, Any]]) -> None:
    assert deals["BOK-L2"]["amount"] == _cents("30.00")


def test_a_void_invoice_counts_nothing(deals: dict[str, dict[str, Any]]) -> None:
    deal = deals["BOK-V"]
    assert (deal["invoiced"], deal["paid"], deal["outstanding"]) == (0, 0, 0)


def test_a_void_invoice_leaves_the_job_its_booked_value(deals: dict[str, dict[str, Any]]) -> None:
    assert deals["BOK-V"]["amount"] == _cents("80.00")


def test_a_void_invoice_is_named_as_void(deals: dict[str, dict[str, Any]]) -> None:
    assert deals["BOK-V"]["invoice_numbers"] == "INV-V (void)"


def test_quote_booking_and_invoice_of_a_job_are_one_deal(deals: dict[str, dict[str, Any]]) -> None:
    assert "BOK-J" in deals
    assert not {"EST-J", "INV-J"} & set(deals)


def test_the_quote_of_a_job_can_be_found_by_its_number(deals: dict[str, dict[str, Any]]) -> None:
    assert deals["BOK-J"]["quote_number"] == "EST-J"


def test_a_quote_that_led_to_a_job_is_not_counted_as_quoted_money(
    deals: dict[str, dict[str, Any]],
) -> None:
    assert deals["BOK-J"]["quoted"] == 0


def test_a_quote_without_a_job_is_a_deal_of_its_own(deals: dict[str, dict[str, Any]]) -> None:
    assert (deals["EST-OPEN"]["kind"], deals["EST-OPEN"]["amount"]) == ("quote", _cents("65.50"))


def test_a_declined_quote_carries_the_customers_reason(deals: dict[str, dict[str, Any]]) -> None:
    assert deals["EST-LOST"]["lost_status"] == "quote: DECLINED / Found a cheaper price"


def test_a_declined_quote_closed_on_the_day_of_the_decision(
    deals: dict[str, dict[str, Any]],
) -> None:
    assert str(deals["EST-LOST"]["ended_on"]) == "2024-02-02"


def test_an_invoice_without_a_booking_is_a_deal_of_its_own(
    deals: dict[str, dict[str, Any]],
) -> None:
    deal = deals["INV-ALONE"]
    assert (deal["kind"], deal["amount"], deal["invoiced"]) == ("invoice", 55, 55)


def test_an_invoice_of_a_booking_that_is_not_in_the_export_is_a_deal(
    deals: dict[str, dict[str, Any]],
) -> None:
    assert deals["INV-FORGOTTEN"]["invoiced"] == 25


def test_an_approved_payment_counts_as_paid_and_a_pending_one_does_not(
    deals: dict[str, dict[str, Any]],
) -> None:
    assert deals["BOK-J"]["paid"] == _cents("80.00")


def test_what_is_not_paid_stays_open(deals: dict[str, dict[str, Any]]) -> None:
    assert deals["BOK-J"]["outstanding"] == _cents("40.00")


def test_a_payment_of_a_merged_invoice_is_split_to_the_cent(
    deals: dict[str, dict[str, Any]],
) -> None:
    split = [deals[number]["paid"] for number in ("BOK-M1", "BOK-M2", "BOK-M3")]
    assert split == [_cents("16.67"), _cents("16.67"), _cents("16.66")]


def test_an_approved_refund_is_refunded_money(deals: dict[str, dict[str, Any]]) -> None:
    assert deals["BOK-J"]["refunded"] == _cents("12.50")


def test_a_credit_note_over_two_jobs_is_split_to_the_cent(
    deals: dict[str, dict[str, Any]],
) -> None:
    split = (deals["BOK-R1"]["invoiced"], deals["BOK-R2"]["invoiced"])
    assert split == (_cents("-5.01"), _cents("-5.00"))


@pytest.mark.parametrize(
    ("payment", "reason"),
    [("P3", "invoice INV-V is void"), ("P4", "INV-404 is not in the export"), ("P5", "no invoice")],
)
def test_money_without_a_living_invoice_goes_to_a_person(
    company: Shaped, payment: str, reason: str
) -> None:
    found = {row["key"]: row["reason"] for row in company.rows("FROM route.review")}
    assert reason in found[payment]


def test_a_refund_of_a_void_invoices_payment_goes_to_a_person(company: Shaped) -> None:
    found = company.column("SELECT reason FROM route.review WHERE object = 'refund'")
    assert found == ["invoice INV-V is void"]


@pytest.mark.parametrize("payment", ["P3", "P4", "P5"])
def test_money_without_a_living_invoice_stands_on_no_deal(company: Shaped, payment: str) -> None:
    tasks = company.column("SELECT source_key FROM route.task")
    assert payment not in tasks


def test_each_payment_of_a_living_invoice_is_an_activity(company: Shaped) -> None:
    tasks = company.column("SELECT source_key FROM route.task WHERE object = 'payment'")
    assert sorted(tasks) == ["P1", "P2", "P6", "P7"]


def test_a_pending_payment_is_not_called_received(company: Shaped) -> None:
    titles = company.column("SELECT title FROM route.task WHERE source_key = 'P2'")
    assert titles == ["Payment pending: AUD 20.00 · INV-J"]


def test_each_refund_is_an_activity_of_its_own(company: Shaped) -> None:
    tasks = company.column("SELECT source_key FROM route.task WHERE object = 'refund'")
    assert sorted(tasks) == ["P1/refund", "P7/refund"]


def test_a_series_stays_as_many_deals_as_it_has_bookings(deals: dict[str, dict[str, Any]]) -> None:
    assert {"BOK-R1", "BOK-R2"} <= set(deals)


def test_a_deleted_booking_is_skipped_and_says_so(company: Shaped) -> None:
    place = BOOKINGS.index(next(b for b in BOOKINGS if b["booking_number"] == "BOK-GONE"))
    assert company.buckets("booking")[place] == ("skipped", "deleted in OctopusPro")


def test_a_deleted_booking_that_was_invoiced_moves(deals: dict[str, dict[str, Any]]) -> None:
    assert deals["BOK-BILLED"]["invoiced"] == 40


def test_two_bookings_with_one_number_are_two_deals(deals: dict[str, dict[str, Any]]) -> None:
    assert sorted(d["amount"] for d in deals.values() if d["number"] == "BOK-TWIN") == [11, 12]


def test_a_booking_of_an_unknown_customer_moves_without_an_account(
    deals: dict[str, dict[str, Any]],
) -> None:
    assert deals["BOK-NOBODY"]["account_key"] is None


def test_the_deals_carry_the_money_of_the_export(company: Shaped) -> None:
    assert money.planned(company.connection) == money.source(company.connection)


def test_the_export_says_what_its_files_add_up_to(company: Shaped) -> None:
    said = money.source(company.connection)
    assert said == {
        "invoiced": _cents("819.99"),
        "paid": _cents("130.00"),
        "refunded": _cents("12.50"),
        "outstanding": _cents("689.99"),
        "quoted": _cents("140.50"),
    }


def test_money_for_a_person_to_look_at_is_added_up(company: Shaped) -> None:
    assert money.in_review(company.connection) == (_cents("77.00"), 4)


def test_with_a_deal_per_document_each_quote_booking_and_invoice_is_one(documents: Shaped) -> None:
    assert {"EST-J", "BOK-J", "INV-J", "INV-P1", "INV-P2"} <= set(documents.deals())


def test_with_a_deal_per_document_the_money_still_reconciles(documents: Shaped) -> None:
    assert money.planned(documents.connection) == money.source(documents.connection)


def test_with_a_deal_per_document_invoiced_money_stands_on_the_invoice(documents: Shaped) -> None:
    found = documents.deals()
    assert (found["BOK-J"]["invoiced"], found["INV-J"]["invoiced"]) == (0, 120)


def test_with_a_deal_per_document_a_quote_that_was_taken_counts_nothing_as_quoted(
    documents: Shaped,
) -> None:
    assert documents.deals()["EST-J"]["quoted"] == 0
