"""An account that holds one record of every kind, for tests that are rough with it."""

from __future__ import annotations

from typing import Any

from crossdock.emulator import Account


def populate(account: Account) -> dict[str, int]:
    """Add one of everything; return the ids by the part of a path that names the kind."""
    user = next(iter(account.keys.values()))
    kind = account.catalog.add_activity_type("Job", "job", default=False)["id"]
    module = account.modules.create(
        {"entity_name": "cm_job", "singular_name": "Job", "plural_name": "Jobs", "icon": "x"}
    )
    acme = account.sales_accounts.create({"name": "Acme"}, user)["id"]
    doe = account.contacts.create(
        {"last_name": "Doe", "emails": "doe@x.co", "sales_accounts": [{"id": acme}]}, user
    )["id"]
    deal = account.deals.create(
        {"name": "Clean", "amount": 5, "sales_account_id": acme, "contacts_added_list": [doe]},
        user,
    )["id"]
    price = {"currency_code": account.currency, "unit_price": 3}
    product = account.products.create({"name": "Hour", "product_pricings": [price]}, user)["id"]
    day = "2026-01-01"
    bodies: dict[str, dict[str, Any]] = {
        "notes": {"description": "n"},
        "tasks": {"title": "t", "due_date": day},
        "appointments": {"title": "t", "from_date": day, "end_date": day},
        "sales_activities": {
            "title": "t",
            "start_date": day,
            "end_date": day,
            "owner_id": user,
            "sales_activity_type_id": kind,
        },
    }
    hung = {"targetable_type": "Contact", "targetable_id": doe}
    made = {
        name: account.activities.create(name, body | hung, user)["id"]
        for name, body in bodies.items()
    }
    return {
        "contacts": doe,
        "sales_accounts": acme,
        "deals": deal,
        "products": product,
        "lists": account.lists.create("All")["id"],
        "module_customizations": module["id"],
        "custom_module": account.modules.records["cm_job"].create({"name": "J1"}, user)["id"],
        "tags": account.catalog.add("tags", name="VIP")["id"],
        "users": user,
        "sales_activity_types": kind,
        "form": 1,
        **made,
    }


def aimed(value: Any, ids: list[int], named: bool = False) -> Any:
    """Return a value whose ids are those of records that exist.

    A fuzzer does not know any id; without this, most of its calls end at the first look-up.
    """
    if isinstance(value, dict):
        return {name: aimed(each, ids, _is_id(name)) for name, each in value.items()}
    if isinstance(value, list):
        return [aimed(each, ids, named) for each in value]
    return ids[value % len(ids)] if named and type(value) is int else value


def _is_id(name: str) -> bool:
    return name in ("id", "ids") or name.endswith(("_id", "_ids", "_list"))
