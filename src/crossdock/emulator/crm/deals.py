"""Deals: value, stage, closing, account and contacts.

Reference: Freshsales API, deal; certainty: observed, except where a remark says inferred.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from crossdock.emulator import values
from crossdock.emulator.accept import Acceptance
from crossdock.emulator.crm.records import Records, links
from crossdock.emulator.crm.stages import place
from crossdock.emulator.store import Row, blank, folded

_LINKS = ("conversations", "document_associations", "notes", "tasks", "appointments")
_DAY = 86_400
_ZERO = Decimal(0)


def _names(row: Row) -> Iterable[str]:
    return (folded(row["name"]),)


def _account(row: Row) -> Iterable[int]:
    found = row.get("sales_account_id")
    return () if found is None else (found,)


def _contacts(row: Row) -> Iterable[int]:
    return list(row.get("contact_ids", ()))


_LABELS = {"name": "Deal name", "amount": "Deal value"}
_INDEXES = {"name": _names, "account": _account, "contact": _contacts}


class Deals(Records):
    """All deals."""

    entity = "deal"
    label = "Deal"
    template = blank(
        "id name amount base_currency_amount expected_close closed_date stage_updated_time "
        "custom_field probability updated_at created_at deal_pipeline_id deal_stage_id age "
        "links recent_note completed_sales_sequences active_sales_sequences web_form_id "
        "upcoming_activities_time collaboration last_assigned_at "
        "last_contacted_sales_activity_mode last_contacted_via_sales_activity "
        "expected_deal_value is_deleted team_user_ids avatar fc_widget_collaboration "
        "forecast_category deal_prediction deal_prediction_last_updated_at "
        "freddy_forecast_metrics last_deal_prediction has_products rotten_days tags",
        is_deleted=False,
        deal_prediction=0,
        has_products=False,
    )
    hidden = (
        "owner_id",
        "creater_id",
        "updater_id",
        "territory_id",
        "sales_account_id",
        "contact_ids",
        "currency_id",
        "lead_source_id",
        "campaign_id",
        "deal_type_id",
        "deal_reason_id",
        "deal_payment_status_id",
        "deal_product_id",
        "products",
    )
    moments = (
        "created_at",
        "updated_at",
        "stage_updated_time",
        "last_assigned_at",
        "last_contacted_via_sales_activity",
    )
    labels = _LABELS
    own = frozenset({"amount", "contacts", "sales_account_id"})
    indexes = _INDEXES

    def accept(self, acceptance: Acceptance, row: Row | None, body: Row) -> None:
        """Read the name, the value, the stage, the account and the contacts."""
        values.drop_blank(acceptance.values, "name")
        self._amount(acceptance, row, body)
        self._probability(acceptance)
        if row is None and acceptance.values.get("currency_id") is None:
            acceptance.values["currency_id"] = self.account.catalog.items("currencies")[0]["id"]
        self._account(acceptance, body)
        self._contacts(acceptance, row, body)
        if not acceptance.wrong:
            place(acceptance, row)

    def _amount(self, acceptance: Acceptance, row: Row | None, body: Row) -> None:
        """Keep the value exactly; with products on the deal it is theirs and not writable."""
        given = acceptance.values
        if "amount" not in body or (row and row.get("products")):
            return
        value = body["amount"]
        number = None if value in (None, "") else values.amount(value)
        if value not in (None, "") and number is None:
            acceptance.complain("Deal value is not valid")
        given["amount"] = None if number is None else values.amount_text(number)

    def _probability(self, acceptance: Acceptance) -> None:
        """A probability is a percentage; another number is refused (certainty: inferred)."""
        value = acceptance.values.get("probability")
        if value is not None and not 0 <= value <= 100:
            acceptance.complain("Probability (%) is not valid")

    def _account(self, acceptance: Acceptance, body: Row) -> None:
        named = body.get("sales_account")
        if isinstance(named, dict) and named.get("name"):
            accounts = self.account.sales_accounts
            acceptance.later["sales_account_id"] = lambda: accounts.find_or_create(named)
            return
        if "sales_account_id" not in body:
            return
        found = body["sales_account_id"]
        account_id = values.record_id(found)
        known = account_id is not None and self.account.exists("sales_account", account_id)
        if found not in (None, "") and not known:
            acceptance.complain("Account name doesn't exist")
        acceptance.values["sales_account_id"] = account_id

    def _contacts(self, acceptance: Acceptance, row: Row | None, body: Row) -> None:
        """Link and unlink contacts: `contacts_added_list`, `contacts_removed_list`."""
        added, removed = body.get("contacts_added_list"), body.get("contacts_removed_list")
        if not isinstance(added, list) and not isinstance(removed, list):
            return
        linked = dict.fromkeys((row or {}).get("contact_ids", ()))
        for each in added if isinstance(added, list) else ():
            found = values.record_id(each)
            if found is None or not self.account.exists("contact", found):
                acceptance.complain("Contact doesn't exist")
            else:
                linked[found] = None
        for each in removed if isinstance(removed, list) else ():
            linked.pop(values.record_id(each) or -1, None)
        acceptance.values["contact_ids"] = list(linked) or None

    def written(self, row: Row, before: Row | None) -> None:
        """Let the account's rules move the contacts along the life cycle."""
        contacts = self.account.contacts
        linked = row.get("contact_ids", ())
        former = (before or {}).get("contact_ids", ())
        won = self.forecast(row) == "Closed Won"
        was_won = before is not None and self.forecast(before) == "Closed Won"
        for contact_id in linked:
            new = contact_id not in former
            if won and (new or not was_won):
                contacts.advance(contact_id, "Customer", ("Lead", "Sales Qualified Lead"))
            elif new:
                contacts.advance(contact_id, "Sales Qualified Lead", ("Lead",))

    def forecast(self, row: Row) -> str:
        """Return whether a deal is Open, Closed Won or Closed Lost."""
        stage = self.account.catalog.find("deal_stages", row.get("deal_stage_id"))
        return str(stage["forecast_type"]) if stage else "Open"

    def sums(self, deal_ids: Sequence[int]) -> dict[str, Any]:
        """Return how many deals are open and won, and what they are worth."""
        if not deal_ids:
            return dict(_NO_DEALS)
        worth = {"Open": _ZERO, "Closed Won": _ZERO, "Closed Lost": _ZERO}
        count = dict.fromkeys(worth, 0)
        for deal_id in deal_ids:
            row = self.store.rows[deal_id]
            kind = self.forecast(row)
            worth[kind] += self.base_amount(row)
            count[kind] += 1
        return {
            "open_deals_amount": values.amount_text(worth["Open"]),
            "open_deals_count": count["Open"],
            "won_deals_amount": values.amount_text(worth["Closed Won"]),
            "won_deals_count": count["Closed Won"],
        }

    def base_amount(self, row: Row) -> Decimal:
        """Return the value in the account's currency."""
        amount = Decimal(row.get("amount", "0"))
        currency = self.account.catalog.find("currencies", row.get("currency_id"))
        rate = Decimal(currency["exchange_rate"]) if currency else Decimal(1)
        return amount if rate == 1 else amount * rate

    def show(self, row: Row, shown: Row) -> None:
        """Add what follows from value, stage and age."""
        base = self.base_amount(row)
        shown["base_currency_amount"] = values.amount_text(base)
        chance = Decimal(str(row.get("probability", 0)))
        shown["expected_deal_value"] = values.amount_text(base * chance / 100)
        shown["age"] = int((self.account.now() - row["created_at"]) // _DAY)
        shown["rotten_days"] = shown["age"] if self.forecast(row) == "Open" else None
        shown["has_products"] = bool(row.get("products"))
        shown["collaboration"] = {}
        shown["tags"] = list(row.get("tags", ()))
        shown["links"] = links("deals", row["id"], _LINKS)
        # The real record carries tokens here; whoever logs records must strip this key.
        shown["fc_widget_collaboration"] = {
            "convo_token": "not.a.token",
            "auth_token": "not.a.token",
            "encoded_jwt_token": "not.a.token",
        }

    def identified(self, key: str, value: Any) -> Row | None:
        """Return the deal that an identifier means; of several by name, one (see Assumptions)."""
        if key == "name" and not self.account.assumptions.oldest_deal_wins:
            found = self.store.index("name").find(folded(value))
            return self.store.rows[found[-1]] if found else None
        return super().identified(key, value)

    def thin(self, row: Row) -> Row:
        """Return the short form of a deal."""
        return super().thin(row) | {
            "amount": row.get("amount"),
            "deal_stage_id": row.get("deal_stage_id"),
            "deal_pipeline_id": row.get("deal_pipeline_id"),
            "probability": row.get("probability"),
            "expected_close": row.get("expected_close"),
            "closed_date": row.get("closed_date"),
            "created_at": self.account.zone.text(row["created_at"]),
            "updated_at": self.account.zone.text(row["updated_at"]),
        }


_NO_DEALS = {
    "open_deals_amount": "0.0",
    "open_deals_count": 0,
    "won_deals_amount": "0.0",
    "won_deals_count": 0,
}
