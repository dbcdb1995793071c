"""Quotes and other documents on deals, with their own products.

Reference: Freshsales API, documents; certainty: documented for the calls and the keys. Everything
else is inferred: that any text is a type or a stage, that a new one is a Draft in the account's
currency, that the first on a deal is its primary one, how they are numbered, and that products
make the amount, as they do on deals. Nothing here is signed.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from crossdock.emulator import values
from crossdock.emulator.accept import Acceptance
from crossdock.emulator.crm.records import Records
from crossdock.emulator.products.lines import line_total
from crossdock.emulator.store import Row, blank

#: Column → entity, and whether a document must have one.
_PARTS = {"deal_id": ("deal", True), "contact_id": ("contact", False)}
_PARTS |= {"sales_account_id": ("sales_account", False)}
_DRAFT = "Draft"


def _deal(row: Row) -> Iterable[int]:
    return (row["deal_id"],)


_INDEXES = {"deal": _deal}


class Documents(Records):
    """All documents."""

    entity = "cpq_document"
    label = "Document"
    template = blank(
        "id deal_id contact_id sales_account_id document_type document_number display_name stage "
        "amount base_currency_amount currency_code cpq_document_template_name valid_till owner_id "
        "territory_id creater_id updater_id created_at updated_at is_deleted is_deal_primary "
        "has_products has_signatures signing_order_modified cpq_signature_limit "
        "cpq_signatures_used pricing_table_settings shipping_address shipping_city "
        "shipping_state shipping_zipcode shipping_country billing_address billing_city "
        "billing_state billing_zipcode billing_country",
        is_deleted=False,
        is_deal_primary=False,
        has_signatures=False,
        signing_order_modified=False,
        cpq_signature_limit=0,
        cpq_signatures_used=0,
    )
    indexes = _INDEXES

    def accept(self, acceptance: Acceptance, row: Row | None, body: Row) -> None:
        """Read what the document is about, its amount and its currency."""
        values.drop_blank(acceptance.values, "document_type")
        for column, (entity, needed) in _PARTS.items():
            self._part(acceptance, row, body, column, entity, needed)
        if "amount" in body and not (row or {}).get("products"):
            amount = values.amount(body["amount"])
            if amount is None and body["amount"] not in (None, ""):
                acceptance.complain("Amount is not valid")
            acceptance.values["amount"] = None if amount is None else values.amount_text(amount)
        code = acceptance.values.get("currency_code")
        if code is not None and self._currency(code) is None:
            acceptance.complain("Currency code is not valid")
        if row is None:
            acceptance.values.setdefault("stage", _DRAFT)
            acceptance.values.setdefault("currency_code", self.account.currency)

    def _part(
        self,
        acceptance: Acceptance,
        row: Row | None,
        body: Row,
        column: str,
        entity: str,
        needed: bool,
    ) -> None:
        given = body.get(column)
        if given in (None, ""):
            if needed and (row is None or column in body):
                acceptance.complain(f"{entity.capitalize()} can't be empty")
            elif column in body:
                acceptance.values[column] = None
            return
        found = values.record_id(given)
        if found is None or not self.account.exists(entity, found):
            acceptance.complain(f"{entity.replace('_', ' ').capitalize()} doesn't exist")
        acceptance.values[column] = found

    def _currency(self, code: str) -> Row | None:
        return self.account.catalog.named("currencies", code)

    def written(self, row: Row, before: Row | None) -> None:
        """Make the first document on a deal its primary one."""
        if before is None and len(self.store.index("deal").find(row["deal_id"])) == 1:
            self.store.touch(row, {"is_deal_primary": True})

    def lines(self, row: Row, given: Any) -> list[Row] | None:
        """Read products for a document; None when the call does not speak of them."""
        currency = self._currency(row["currency_code"]) or {}
        return self.account.products.lines({"currency_id": currency.get("id")}, given)

    def put(self, row: Row, lines: list[Row]) -> None:
        """Put products on a document: they replace the former ones and make its amount."""
        changes: Row = {"products": lines or None}
        if lines:
            total = sum((line_total(line) for line in lines), Decimal(0))
            changes["amount"] = values.amount_text(total)
        self.store.change(row, changes)

    def products(self, row: Row) -> list[Row]:
        """Return the products of a document as `include=products` shows them."""
        out = []
        for line in self.account.products.on_deal(row):
            kept = {name: value for name, value in line.items() if name not in ("deal_id", "_id")}
            item = {"cpq_document_id": row["id"], "item_id": line["_id"]}
            out.append(kept | item)
        return out

    def show(self, row: Row, shown: Row) -> None:
        """Add the number, and the amounts, which are numbers here and texts on deals."""
        del shown["custom_field"]
        amount = Decimal(row.get("amount", "0"))
        currency = self._currency(row["currency_code"]) or {"exchange_rate": "1"}
        shown["document_number"] = str(row["id"])
        shown["amount"] = float(amount)
        shown["base_currency_amount"] = float(amount * Decimal(currency["exchange_rate"]))
        shown["has_products"] = bool(row.get("products"))
