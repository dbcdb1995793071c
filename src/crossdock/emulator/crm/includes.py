"""What `include=` adds: keys of the record, and arrays beside it.

Reference: Freshsales API, side-loading; certainty: observed; documented for the names that
each entity knows, inferred for those of products and custom modules. Without it most ids of other
records are absent. That `lost_reason_id` comes with the status is inferred.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crossdock.emulator.store import Row

if TYPE_CHECKING:
    from crossdock.emulator.account import Account
    from crossdock.emulator.crm.records import Records


@dataclass(frozen=True, slots=True)
class One:
    """A record or choice that a column names: shown as the column and in an array."""

    column: str
    key: str
    source: str


@dataclass(frozen=True, slots=True)
class Many:
    """Records that hang on this one: shown as a list of ids and in an array."""

    column: str
    key: str
    ids: Callable[[Account, Row], Iterable[int]]
    source: str


def _activities(kind: str, model: str) -> Callable[[Account, Row], Iterable[int]]:
    return lambda account, row: account.activities.of(kind, model, row["id"])


def _linked(entity: str, index: str) -> Callable[[Account, Row], Iterable[int]]:
    def ids(account: Account, row: Row) -> Iterable[int]:
        records = account.records(entity)
        return records.store.index(index).find(row["id"]) if records else ()

    return ids


def _contacts_of_deal(account: Account, row: Row) -> Iterable[int]:
    return [each for each in row.get("contact_ids", ()) if account.exists("contact", each)]


_USERS = {
    "owner": One("owner_id", "users", "@owners"),
    "creater": One("creater_id", "users", "@owners"),
    "updater": One("updater_id", "users", "@owners"),
}
_TERRITORY = {"territory": One("territory_id", "territories", "@territories")}
_ORIGIN = {
    "source": One("lead_source_id", "lead_sources", "@lead_sources"),
    "campaign": One("campaign_id", "campaigns", "@campaigns"),
}


def _hanging(model: str) -> dict[str, One | Many]:
    return {
        kind: Many(f"{kind[:-1]}_ids", kind, _activities(kind, model), kind)
        for kind in ("tasks", "appointments", "notes")
    }


INCLUDES: dict[str, dict[str, One | Many]] = {
    "contact": {
        **_USERS,
        **_TERRITORY,
        **_ORIGIN,
        **_hanging("Contact"),
        "contact_status": One("contact_status_id", "contact_status", "@contact_statuses"),
        "lifecycle_stage": One("lifecycle_stage_id", "lifecycle_stages", "@lifecycle_stages"),
        "deals": Many("deal_ids", "deals", _linked("deal", "contact"), "deal"),
    },
    "sales_account": {
        **_USERS,
        **_TERRITORY,
        **_hanging("SalesAccount"),
        "business_type": One("business_type_id", "business_types", "@business_types"),
        "industry_type": One("industry_type_id", "industry_types", "@industry_types"),
        "deals": Many("deal_ids", "deals", _linked("deal", "account"), "deal"),
        "contacts": Many(
            "contact_ids",
            "contacts",
            _linked("contact", "account"),
            "contact",
        ),
        "child_sales_accounts": Many(
            "child_sales_account_ids",
            "child_sales_accounts",
            _linked("sales_account", "parent"),
            "sales_account",
        ),
    },
    "deal": {
        **_USERS,
        **_ORIGIN,
        **_hanging("Deal"),
        "sales_activities": Many(
            "sales_activity_ids",
            "sales_activities",
            _activities("sales_activities", "Deal"),
            "sales_activities",
        ),
        "sales_account": One("sales_account_id", "sales_accounts", "sales_account"),
        "contacts": Many(
            "contact_ids",
            "contacts",
            _contacts_of_deal,
            "contact",
        ),
        "deal_stage": One("deal_stage_id", "deal_stages", "@deal_stages"),
        "deal_type": One("deal_type_id", "deal_types", "@deal_types"),
        "deal_reason": One("deal_reason_id", "deal_reasons", "@deal_reasons"),
        "deal_payment_status": One(
            "deal_payment_status_id", "deal_payment_statuses", "@deal_payment_statuses"
        ),
        "deal_product": One("deal_product_id", "deal_products", "@deal_products"),
        "currency": One("currency_id", "currencies", "@currencies"),
    },
    "product": {"owner": _USERS["owner"]},
    "custom_module": {**_USERS, **_TERRITORY},
}


def shown(
    records: Records, rows: list[Row], include: tuple[str, ...]
) -> tuple[list[Row], dict[str, list[Row]]]:
    """Return records as an answer shows them, and the arrays that stand beside them."""
    out = [records.render(row) for row in rows]
    beside: dict[str, dict[int, Row]] = {}
    known = INCLUDES.get(records.entity, INCLUDES["custom_module"])
    for name in include:
        if name in known:
            _add(records.account, known[name], rows, out, beside)
        if (records.entity, name) == ("contact", "sales_accounts"):
            for row, each in zip(rows, out, strict=True):
                each["sales_accounts"] = records.account.contacts.linked_accounts(row)
        if (records.entity, name) == ("contact", "contact_status"):
            for row, each in zip(rows, out, strict=True):
                each["lost_reason_id"] = row.get("lost_reason_id")
        if (records.entity, name) == ("deal", "products"):
            for row, each in zip(rows, out, strict=True):
                each["products"] = records.account.products.on_deal(row)
    arrays = {key: list(found.values()) for key, found in beside.items()}
    if records.entity == "contact" and not {"tasks", "appointments"}.isdisjoint(include):
        arrays["outcomes"] = _outcomes(records.account, arrays)
    return out, arrays


def _outcomes(account: Account, arrays: dict[str, list[Row]]) -> list[Row]:
    """Return the outcomes of the tasks and appointments beside a contact."""
    rows = (row for kind in ("tasks", "appointments") for row in arrays.get(kind, ()))
    ids = dict.fromkeys(row["outcome_id"] for row in rows if row["outcome_id"] is not None)
    found = (account.choice("sales_activity_outcomes", each) for each in ids)
    return [each for each in found if each is not None]


def _add(
    account: Account,
    what: One | Many,
    rows: list[Row],
    out: list[Row],
    beside: dict[str, dict[int, Row]],
) -> None:
    array = beside.setdefault(what.key, {})
    for row, each in zip(rows, out, strict=True):
        if isinstance(what, One):
            found = row.get(what.column)
            each[what.column] = found
            ids: list[Any] = [found] if found is not None else []
        else:
            ids = list(what.ids(account, row))
            each[what.column] = ids
        for item_id in ids:
            item = None if item_id in array else _item(account, what.source, item_id)
            if item is not None:
                array[item_id] = item


def _item(account: Account, source: str, item_id: int) -> Row | None:
    """Return a choice or a record as it stands beside another record."""
    if source == "@owners":
        return account.user(item_id)
    if source.startswith("@"):
        return account.choice(source[1:], item_id)
    records = account.records(source)
    if records is None:
        return account.activities.beside(source, item_id)
    row = records.store.get(item_id)
    return None if row is None else records.thin(row)
