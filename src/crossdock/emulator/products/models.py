"""The product catalogue, its prices, and products on deals.

Reference: Freshsales API, products, pricing, deal products; certainty: observed for the shapes and
for a deal's value that follows from its products, documented for the limit of 100.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from crossdock.emulator import errors, values
from crossdock.emulator.accept import Acceptance
from crossdock.emulator.crm.records import Records
from crossdock.emulator.products.lines import line_total, read_line, shown_line
from crossdock.emulator.store import Row, blank, folded

MOST_ON_A_DEAL = 100
#: 0 none, 1 one-time, 2 subscription; what 2 means is inferred.
PRICING_TYPES = (0, 1, 2)


def _names(row: Row) -> Iterable[str]:
    return (folded(row["name"]),)


_INDEXES = {"name": _names}
_UNIQUE = {"name": "Name has already been taken"}


class Products(Records):
    """All products."""

    entity = "product"
    label = "Product"
    template = blank(
        "id name category custom_field product_code sku_number parent_product territory_id "
        "valid_till is_active owner_id is_deleted created_at updated_at pricing_type avatar "
        "base_currency_amount creater_id updater_id description",
        is_active=True,
        is_deleted=False,
        pricing_type=0,
    )
    indexes = _INDEXES
    own = frozenset({"category"})
    #: Certainty: observed on screens; for the API it is inferred.
    unique = _UNIQUE

    def accept(self, acceptance: Acceptance, row: Row | None, body: Row) -> None:
        """Read the name, the category, which is free text, and the prices."""
        values.drop_blank(acceptance.values, "name")
        if "category" in body:
            acceptance.values["category"] = values.text(body["category"]) or None
        given = acceptance.values.get("pricing_type")
        if given not in (None, *PRICING_TYPES):
            acceptance.complain("Pricing type is not valid")
        former = (row or {}).get("pricing_type")
        if row and row.get("prices") and given not in (None, former):
            acceptance.complain("Pricing type can't be changed")
        if "product_pricings" in body:
            self._prices(acceptance, row, body["product_pricings"])

    def _prices(self, acceptance: Acceptance, row: Row | None, given: Any) -> None:
        kept = {price["id"]: dict(price) for price in (row or {}).get("prices", ())}
        for each in given if isinstance(given, list) else ():
            if not isinstance(each, dict):
                continue
            price_id = values.record_id(each.get("id"))
            if price_id is not None and price_id not in kept:
                acceptance.complain("Pricing doesn't exist")
                continue
            if each.get("_destroy"):
                kept.pop(price_id or -1, None)
                continue
            price = self._price(acceptance, kept.get(price_id or -1, {}), each)
            kept[price["id"]] = price
        acceptance.values["prices"] = list(kept.values()) or None

    def _price(self, acceptance: Acceptance, former: Row, each: Row) -> Row:
        code = each.get("currency_code", former.get("currency_code"))
        if self.account.catalog.named("currencies", str(code)) is None:
            acceptance.complain("Currency code is not valid")
        unit = values.amount(each.get("unit_price", former.get("unit_price")))
        if unit is None:
            acceptance.complain("Unit price is not a number")
        return {
            "id": former.get("id") or self.account.ids.next("product_pricing"),
            "currency_code": code,
            "_destroy": False,
            "billing_cycle": values.number(each.get("billing_cycle", former.get("billing_cycle"))),
            "billing_type": values.number(each.get("billing_type", former.get("billing_type"))),
            "unit_price": float(unit or 0),
            "setup_fee": values.number(each.get("setup_fee", former.get("setup_fee"))),
            "is_locked": False,
        }

    def show(self, row: Row, shown: Row) -> None:
        """Add the price in the account's currency."""
        prices = {price["currency_code"]: price["unit_price"] for price in row.get("prices", ())}
        shown["base_currency_amount"] = prices.get(self.account.currency)

    def lines(self, deal: Row, given: Any) -> list[Row] | None:
        """Read products for a deal: the list replaces the former one, an empty one takes all off.

        None when the call does not speak of products.
        """
        if not self.account.plan.products:
            raise errors.forbidden()
        if not isinstance(given, list):
            return None
        if len(given) > MOST_ON_A_DEAL:
            raise errors.invalid("Maximum of 100 products can be added to the deal")
        currency = self.account.catalog.find("currencies", deal.get("currency_id"))
        code = currency["name"] if currency else self.account.currency
        wanted = (each for each in given if isinstance(each, dict) and not each.get("_destroy"))
        return [self._line(each, code) for each in wanted]

    def _line(self, each: Row, code: str) -> Row:
        product_id = values.record_id(each.get("id"))
        product = None if product_id is None else self.store.get(product_id)
        if product is None:
            raise errors.invalid("Product doesn't exist")
        return read_line(each, product, code, self.account.ids.next("deal_product_association"))

    def put_on_deal(self, deal: Row, lines: list[Row]) -> None:
        """Put products on a deal, whose value is theirs from then on."""
        changes: Row = {"products": lines or None}
        if lines:
            total = sum((line_total(line) for line in lines), Decimal(0))
            changes["amount"] = values.amount_text(total)
        self.account.deals.store.change(deal, changes)

    def on_deal(self, deal: Row) -> list[Row]:
        """Return the products of a deal as `include=products` shows them."""
        products = self.store.rows
        return [
            shown_line(line, products.get(line["id"], {}), deal)
            for line in deal.get("products", ())
        ]
