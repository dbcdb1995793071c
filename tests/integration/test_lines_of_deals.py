"""The product lines of a deal add up to its amount, whatever the document looked like."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from tests.integration.exports import Row, Shaped, export_of, shaped


def _booking(number: str, total: str, **more: object) -> dict[str, object]:
    return {"booking_number": number, "customer_id": "1", "total": total} | more


def _service(booking: str, service: str, quantity: str, price: str, amount: str) -> Row:
    return {
        "booking_number": booking,
        "service": service,
        "quantity": quantity,
        "unit_price": price,
        "amount": amount,
    }


MANY = 101
FILES: dict[str, list[Row]] = {
    "customers": [{"customer_id": "1", "first_name": "Jane", "last_name": "Citizen"}],
    "services": [
        {"service_id": "5", "service_name": "Carpet clean", "price": "55.00"},
        {"service_id": "6", "service_name": "Oven clean", "price": "80.00"},
        {"service_id": "7", "service_name": "Bucket"},
    ],
    "products": [{"product_name": "Bucket", "item_code": "B-1", "sale_price": "9.90"}],
    "bookings": [
        _booking("BOK-PLAIN", "165.00"),
        _booking("BOK-DISCOUNT", "100.00", discount="35.00"),
        _booking("BOK-HALF", "27.50"),
        _booking("BOK-MANY", "1010.00"),
        _booking("BOK-FEES", "30.00"),
        _booking("BOK-PARTS", "90.00"),
        _booking("BOK-FREE", "0.00"),
        _booking("BOK-PRODUCT", "19.80"),
        _booking("BOK-BILLED", "50.00", status="COMPLETED"),
        _booking("BOK-MERGED", "20.00", status="COMPLETED"),
    ],
    "booking_services": [
        _service("BOK-PLAIN", "Carpet clean", "3", "55.00", "165.00"),
        _service("BOK-DISCOUNT", "Carpet clean", "1", "55.00", "55.00"),
        _service("BOK-DISCOUNT", "Oven clean", "1", "80.00", "80.00"),
        _service("BOK-HALF", "Carpet clean", "0.5", "55.00", "27.50"),
        *[_service("BOK-MANY", "Carpet clean", "1", "10.00", "10.00") for _ in range(MANY)],
        *[_service("BOK-PARTS", f"Gutters (part {n} of 3)", "1", "30", "30") for n in (1, 2, 3)],
        _service("BOK-FREE", "Carpet clean", "1", "0.00", "0.00"),
        _service("BOK-BILLED", "Carpet clean", "1", "50.00", "50.00"),
    ],
    "booking_products": [
        {
            "booking_number": "BOK-PRODUCT",
            "product": "Bucket",
            "quantity": "2",
            "sale_price": "9.90",
        }
    ],
    "booking_charges": [
        {"booking_number": "BOK-FEES", "charge": "Travel fee", "amount": "10.00"},
        {"booking_number": "BOK-FEES", "charge": "Travel  fee", "amount": "12.00"},
        {"booking_number": "BOK-FEES", "charge": "TRAVEL FEE", "amount": "8.00"},
    ],
    "invoices": [
        {
            "invoice_number": "INV-1",
            "booking_numbers": "BOK-BILLED; BOK-MERGED",
            "customer_id": "1",
            "total": "75.00",
        }
    ],
    "invoice_items": [
        {
            "invoice_number": "INV-1",
            "booking_number": "BOK-BILLED",
            "item": "Oven clean",
            "quantity": "1",
            "rate": "55.00",
            "amount": "55.00",
        },
        {
            "invoice_number": "INV-1",
            "booking_number": "BOK-MERGED",
            "item": "Carpet clean",
            "quantity": "1",
            "rate": "20.00",
            "amount": "20.00",
        },
    ],
}


@pytest.fixture(scope="module")
def price_book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shaped]:
    with shaped(export_of(tmp_path_factory.mktemp("lines"), **FILES)) as made:
        yield made


@pytest.mark.parametrize(
    "deal",
    [
        "BOK-PLAIN",
        "BOK-DISCOUNT",
        "BOK-HALF",
        "BOK-MANY",
        "BOK-FEES",
        "BOK-PARTS",
        "BOK-PRODUCT",
        "BOK-BILLED",
        "BOK-MERGED",
    ],
)
def test_the_lines_of_a_deal_add_up_to_its_amount(price_book: Shaped, deal: str) -> None:
    assert price_book.line_total(deal) == price_book.deals()[deal]["amount"]


def test_a_line_keeps_its_quantity_and_price_where_nothing_was_taken_off(
    price_book: Shaped,
) -> None:
    (line,) = price_book.lines()["BOK-PLAIN"]
    assert (Decimal(str(line["quantity"])), Decimal(str(line["unit_price"]))) == (3, 55)


def test_a_discount_on_the_whole_is_spread_in_proportion(price_book: Shaped) -> None:
    prices = [Decimal(str(line["unit_price"])) for line in price_book.lines()["BOK-DISCOUNT"]]
    assert prices == [Decimal("40.74"), Decimal("59.26")]


def test_half_a_unit_is_one_line_of_what_it_costs(price_book: Shaped) -> None:
    (line,) = price_book.lines()["BOK-HALF"]
    assert (Decimal(str(line["quantity"])), Decimal(str(line["unit_price"]))) == (
        1,
        Decimal("27.50"),
    )


def test_no_deal_has_more_than_a_hundred_lines(price_book: Shaped) -> None:
    assert len(price_book.lines()["BOK-MANY"]) == 100


def test_what_does_not_fit_into_a_hundred_lines_shares_the_last(price_book: Shaped) -> None:
    assert Decimal(str(price_book.lines()["BOK-MANY"][-1]["unit_price"])) == 20


def test_the_parts_of_a_service_are_lines_of_one_product(price_book: Shaped) -> None:
    products = {line["id"]["$ref"][1] for line in price_book.lines()["BOK-PARTS"]}
    assert len(products) == 1


def test_a_job_that_costs_nothing_has_no_lines(price_book: Shaped) -> None:
    assert "BOK-FREE" not in price_book.lines()


def test_a_fee_that_is_in_no_price_list_is_a_product_once(price_book: Shaped) -> None:
    fees = price_book.column(
        "SELECT name FROM route.item WHERE kind = 'charge' AND name ILIKE 'tr%'"
    )
    assert len(fees) == 1


def test_a_product_named_like_a_service_has_a_name_of_its_own(price_book: Shaped) -> None:
    names = price_book.column("SELECT lower(name) FROM route.item")
    assert len(names) == len(set(names))


def test_a_finished_and_invoiced_job_carries_the_lines_of_its_invoice(price_book: Shaped) -> None:
    (line,) = price_book.lines()["BOK-BILLED"]
    assert line["id"]["$ref"] == ["product", "S6"]


def test_every_line_names_a_product_that_is_planned(price_book: Shaped) -> None:
    planned = set(price_book.column("SELECT source_key FROM route.item"))
    named = {x["id"]["$ref"][1] for lines in price_book.lines().values() for x in lines}
    assert named <= planned
