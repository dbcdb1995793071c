"""Sales accounts: unique names, buckets of employees, what is dropped silently.

Reference: Freshsales API, sales account; certainty: observed. That names are compared without
case and outer space is inferred.
"""

from __future__ import annotations

from collections.abc import Iterable

from crossdock.emulator import errors, values
from crossdock.emulator.accept import Acceptance
from crossdock.emulator.crm.records import Records, links
from crossdock.emulator.store import Row, blank, folded

_LINKS = ("conversations", "document_associations", "notes", "tasks", "appointments")


def _names(row: Row) -> Iterable[str]:
    return (folded(row["name"]),)


def _parents(row: Row) -> Iterable[int]:
    parent = row.get("parent_sales_account_id")
    return () if parent is None else (parent,)


_INDEXES = {"name": _names, "parent": _parents}
_UNIQUE = {"name": "Name has already been taken"}


class SalesAccounts(Records):
    """All accounts."""

    entity = "sales_account"
    label = "Account"
    template = blank(
        "id name address city state zipcode country number_of_employees annual_revenue "
        "website owner_id phone open_deals_amount open_deals_count won_deals_amount "
        "won_deals_count last_contacted last_contacted_mode facebook twitter linkedin links "
        "custom_field created_at updated_at avatar parent_sales_account_id recent_note "
        "last_contacted_via_sales_activity last_contacted_sales_activity_mode "
        "completed_sales_sequences active_sales_sequences last_assigned_at is_deleted "
        "team_user_ids web_form_ids tags has_connections child_sales_accounts_count "
        "record_type_id",
        is_deleted=False,
        has_connections=False,
    )
    hidden = ("creater_id", "updater_id", "territory_id", "business_type_id", "industry_type_id")
    moments = (
        "created_at",
        "updated_at",
        "last_assigned_at",
        "last_contacted",
        "last_contacted_via_sales_activity",
    )
    own = frozenset({"number_of_employees"})
    indexes = _INDEXES
    unique = _UNIQUE

    def accept(self, acceptance: Acceptance, row: Row | None, body: Row) -> None:
        """Read the name, the web address, the phone, the employees and the parent."""
        given = acceptance.values
        name = given.get("name")
        if isinstance(name, str):
            given["name"] = name = name.strip() or None
            # One character less than other texts; those beyond 256 were refused already.
            if name and len(name) == values.ACCOUNT_NAME_LENGTH + 1:
                acceptance.complain(errors.too_long("Name"))
        website = given.get("website")
        if website is not None and not values.is_website(website):
            acceptance.complain("website is not in required format")
        if given.get("phone") is not None:
            given["phone"] = values.phone_or_none(given["phone"])
        if "number_of_employees" in body:
            # What is no count is dropped silently (certainty: inferred).
            given["number_of_employees"] = values.employees(body["number_of_employees"])
        self._parent(acceptance, row, body)

    def _parent(self, acceptance: Acceptance, row: Row | None, body: Row) -> None:
        named = body.get("parent_sales_account")
        if isinstance(named, dict) and named.get("name"):
            own = acceptance.values.get("name") or (row or {}).get("name")
            if folded(named["name"]) == folded(own):
                acceptance.complain("Parent account doesn't exist")
            acceptance.later["parent_sales_account_id"] = lambda: self.find_or_create(named)
            return
        if "parent_sales_account_id" not in body:
            return
        parent = body["parent_sales_account_id"]
        if parent is None:
            acceptance.values["parent_sales_account_id"] = None
            return
        found = values.record_id(parent)
        if found is None or self.store.get(found) is None or (row and row["id"] == found):
            acceptance.complain("Parent account doesn't exist")
        acceptance.values["parent_sales_account_id"] = found

    def find_or_create(self, named: Row) -> int:
        """Return the id of the account with this name, made without a parent if there is none."""
        found = self.store.first("name", folded(named["name"]))
        if found is None:
            plain = {name: value for name, value in named.items() if name != "parent_sales_account"}
            found = self.create(plain, self.account.catalog.items("owners")[0]["id"])
        return int(found["id"])

    def delete(self, row: Row) -> None:
        """Put an account into the bin; its deals and children lose it and do not get it back.

        Reference: Freshsales API, sales account, restore; certainty: documented.
        """
        deals = self.account.deals
        for deal_id in list(deals.store.index("account").find(row["id"])):
            deals.store.change(deals.store.rows[deal_id], {"sales_account_id": None})
        for child_id in list(self.store.index("parent").find(row["id"])):
            self.store.change(self.store.rows[child_id], {"parent_sales_account_id": None})
        super().delete(row)

    def show(self, row: Row, shown: Row) -> None:
        """Add the deals' sums, the tags, the links and what newer answers tell.

        Reference: Freshsales API, sales account; certainty: documented for the keys of newer
        answers, inferred for what stands in them: the record type is that of hits of a search, and
        nothing here makes connections.
        """
        deals = self.account.deals
        shown["child_sales_accounts_count"] = len(self.store.index("parent").find(row["id"]))
        shown["record_type_id"] = str(self.schema.form_id)
        shown.update(deals.sums(deals.store.index("account").find(row["id"])))
        shown["tags"] = list(row.get("tags", ()))
        shown["links"] = links("sales_accounts", row["id"], _LINKS)
