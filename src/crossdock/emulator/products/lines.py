"""Products on a deal or document: one line each, with price and discount.

Reference: Freshsales API, deal products; certainty: observed for the shape. That `discount_type` 1
means percent and 2 an amount is inferred.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from crossdock.emulator import errors, values
from crossdock.emulator.store import Row

PERCENT = 1
#: What a price of a subscription has beside its amount.
SUBSCRIPTION = ("setup_fee", "billing_type", "billing_cycle")


def read_line(given: Row, product: Row, code: str, line_id: int) -> Row:
    """Return the line that a client asks for; what it leaves out comes from the product."""
    prices = product.get("prices", ())
    price: Row = next((p for p in prices if p["currency_code"] == code), {})
    numbers: dict[str, Any] = {}
    defaults = {"quantity": 1, "unit_price": price.get("unit_price", 0.0), "discount": 0.0}
    for name, default in defaults.items():
        found = values.amount(given[name]) if given.get(name) is not None else default
        if found is None:
            raise errors.invalid(f"{name.replace('_', ' ').capitalize()} is not a number")
        numbers[name] = str(found)
    return {
        "id": product["id"],
        "association_id": line_id,
        "currency_code": values.text(given.get("currency_code")) or code,
        "discount_type": values.record_id(given.get("discount_type")) or PERCENT,
        **{name: values.number(given.get(name, price.get(name))) for name in SUBSCRIPTION},
        **numbers,
    }


def shown_line(line: Row, product: Row, deal: Row) -> Row:
    """Return a line as `include=products` shows it."""
    return {
        **line,
        "product_id": line["id"],
        "unit_price": float(line["unit_price"]),
        "quantity": values.number(line["quantity"]),
        "discount": float(line["discount"]),
        "deal_id": deal["id"],
        "_id": str(line["association_id"]),
        "name": product.get("name"),
        "pricing_type": product.get("pricing_type", 0),
        "avatar": None,
        "owner_id": product.get("owner_id"),
        "category": product.get("category"),
    }


def line_total(line: Row) -> Decimal:
    """Return what one product on a deal costs after its discount."""
    gross = Decimal(line["quantity"]) * Decimal(line["unit_price"])
    discount = Decimal(line["discount"])
    if line["discount_type"] == PERCENT:
        discount = gross * discount / 100
    return gross - discount
