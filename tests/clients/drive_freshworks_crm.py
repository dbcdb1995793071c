"""Drive python-freshworks-crm (Freshworks CRM Suite): its prefix is the only thing set."""

from __future__ import annotations

import json
import sys
import time
from typing import Any

from freshsales.api import API
from freshsales.errors import FreshsalesAccessDenied, FreshsalesNotFound, FreshsalesUnauthorized


def point(base: str, key: str) -> Any:
    api = API("acme.myfreshworks.com/crm/sales", key)
    api._api_prefix = f"{base}/api"
    return api


def create(api: Any) -> dict[str, Any]:
    user = api.selectors.get_users()[0].id
    account = api.accounts.create_account(name="Acme Inc", city="Toronto", phone="19266343001")
    contact = api.contacts.create_contact(
        first_name="Jane",
        last_name="Sampleton",
        emails="jane@example.com",
        sales_accounts=[{"id": account.id, "is_primary": True}],
    )
    deal = api.deals.create_deal(
        name="Gold plan", amount=2300, sales_account_id=account.id, contacts_added_list=[contact.id]
    )
    on_contact = {"targetable_type": "Contact", "targetable_id": contact.id}
    task = api.tasks.create_task(
        title="Call", due_date="Tue Jun 21 2099 11:00:00 GMT+0000", owner_id=user, **on_contact
    )
    met = api.appointments.create_appointment(
        title="Meet",
        from_date="Mon Jun 20 2016 10:30:00 GMT+0530 (IST)",
        end_date="Mon Jun 20 2016 11:30:00 GMT+0530 (IST)",
        **on_contact,
    )
    return {
        "account": account,
        "contact": contact,
        "deal": deal,
        "note": api.notes.create_note(description="Likes gold", **on_contact),
        "task": task,
        "appointment": met["appointment"],
        "product": api.products.create_product(name="Plan", product_code="GOLD"),
        "list": api.lists.create_list("Customers"),
    }


def listed(api: Any) -> dict[str, Any]:
    def everything(kind: Any) -> int:
        return next(view.id for view in kind.list_views() if view.name.startswith("All"))

    tasks = api.tasks.list_tasks("open", "owner", "users", "targetable")
    deals = api.deals.list_deals(everything(api.deals))
    return {
        "accounts": [str(it) for it in api.accounts.list_accounts(everything(api.accounts))],
        "contacts": [str(it) for it in api.contacts.list_contacts(everything(api.contacts))],
        "deals": [(it.name, it.amount) for it in deals],
        "tasks": [str(it) for it in tasks["tasks"]],
        "task owners": [str(it) for it in tasks["users"]],
        "appointments": [str(it) for it in api.appointments.list_appointments("past")],
        "stages": [str(it) for it in api.selectors.get_deal_stages()],
        "fields": [it.name for it in api.contacts.list_fields()][:2],
    }


def update(api: Any, made: dict[str, Any]) -> dict[str, Any]:
    contact, deal = made["contact"].id, made["deal"].id
    api.lists.add_contacts_to_list(made["list"].id, [contact])
    product = {"id": made["product"].id, "quantity": 2, "unit_price": 50}
    upserted = api.accounts.upsert_account(("name", "Acme Inc"), city="Perth")
    return {
        "account": (upserted.id == made["account"].id, upserted.city),
        "contact": api.contacts.update_contact(contact, last_name="Roe").display_name,
        "on list": [str(it) for it in api.lists.fetch_contacts_from_list(made["list"].id)],
        "deal": api.deals.update_deal(deal, name="Platinum plan").name,
        "deal products": [
            str(it) for it in api.products.add_products_to_deal(deal, [product]).products
        ],
        "note": api.notes.update_note(made["note"].id, description="Likes platinum").description,
        "task": api.tasks.mark_as_done(made["task"].id).status,
        "clone": api.deals.clone_deal(deal, name="Copy").name,
    }


def search(api: Any) -> list[str]:
    """Ask until the index has caught up, as callers of the real one learn to."""
    rule = {"attribute": "contact_email.email", "operator": "is_in", "value": "jane@example.com"}
    for _ in range(20):
        found, _ = api.search.filter_contacts([rule])
        if found:
            return [str(it) for it in found]
        time.sleep(0.5)
    return []


def delete(api: Any, made: dict[str, Any]) -> dict[str, Any]:
    contact = made["contact"].id
    gone = {
        "note": api.notes.delete_note(made["note"].id),
        "task": api.tasks.delete_task(made["task"].id),
        "appointment": api.appointments.delete_appointment(made["appointment"].id),
        "deal": api.deals.delete_deal(made["deal"].id),
        "contact": api.contacts.delete_contact(contact),
        "account": api.accounts.delete_account(made["account"].id),
    }
    try:
        api.contacts.view_contact(contact)
    except FreshsalesNotFound as refusal:
        gone["contact asked for again"] = str(refusal)
    return gone


def refusals(base: str, api: Any) -> dict[str, str]:
    said = {}
    try:
        api._get("/contacts")
    except FreshsalesAccessDenied as refusal:
        said["bare list"] = str(refusal)
    try:
        point(base, "wrong").deals.list_views()
    except FreshsalesUnauthorized as refusal:
        said["wrong key"] = str(refusal)
    return said


def main(base: str) -> None:
    api = point(base, "emulator")
    made = create(api)
    told = {
        "created": {kind: str(it) for kind, it in made.items()},
        "listed": listed(api),
        "updated": update(api, made),
        "found": search(api),
        "deleted": delete(api, made),
        "refused": refusals(base, api),
    }
    json.dump(told, sys.stdout)


main(sys.argv[1])
