from __future__ import annotations

from typing import Any

import pytest

from .conftest import Api


def linked(api: Api) -> tuple[int, int, int]:
    """Make an account, its contact, and a deal of both; return their ids."""
    account = api.post("sales_accounts", {"name": "Acme"})["sales_account"]["id"]
    contact = api.contact(sales_accounts=[{"id": account, "is_primary": True}])["id"]
    deal = api.deal(sales_account_id=account, contacts_added_list=[contact])["id"]
    for model, record_id in (("Contact", contact), ("SalesAccount", account), ("Deal", deal)):
        target: dict[str, Any] = {"targetable_type": model, "targetable_id": record_id}
        api.post("notes", {"note": target | {"description": "n"}})
        api.post("tasks", {"task": target | {"title": "t", "due_date": "2030-01-01"}})
    return account, contact, deal


@pytest.mark.parametrize(
    ("include", "array", "column"),
    [
        ("owner", "users", "owner_id"),
        ("creater", "users", "creater_id"),
        ("source", "lead_sources", "lead_source_id"),
        ("campaign", "campaigns", "campaign_id"),
        ("territory", "territories", "territory_id"),
        ("contact_status", "contact_status", "contact_status_id"),
        ("lifecycle_stage", "lifecycle_stages", "lifecycle_stage_id"),
        ("deals", "deals", "deal_ids"),
        ("notes", "notes", "note_ids"),
        ("tasks", "tasks", "task_ids"),
        ("appointments", "appointments", "appointment_ids"),
    ],
)
def test_a_contact_brings_along_what_is_asked_for(
    api: Api, include: str, array: str, column: str
) -> None:
    path = f"contacts/{linked(api)[1]}"
    bare, full = api.get(path), api.get(f"{path}?include={include}")
    assert column not in bare["contact"]
    assert column in full["contact"]
    assert isinstance(full[array], list)


@pytest.mark.parametrize(
    ("include", "array"),
    [
        ("contacts", "contacts"),
        ("deals", "deals"),
        ("child_sales_accounts", "child_sales_accounts"),
        ("industry_type", "industry_types"),
        ("business_type", "business_types"),
        ("notes", "notes"),
    ],
)
def test_an_account_brings_along_what_is_asked_for(api: Api, include: str, array: str) -> None:
    assert isinstance(api.get(f"sales_accounts/{linked(api)[0]}?include={include}")[array], list)


@pytest.mark.parametrize(
    ("include", "array", "count"),
    [
        ("sales_account", "sales_accounts", 1),
        ("contacts", "contacts", 1),
        ("deal_stage", "deal_stages", 1),
        ("currency", "currencies", 1),
        ("deal_type", "deal_types", 0),
        ("deal_reason", "deal_reasons", 0),
        ("tasks", "tasks", 1),
    ],
)
def test_a_deal_brings_along_what_is_asked_for(
    api: Api, include: str, array: str, count: int
) -> None:
    assert len(api.get(f"deals/{linked(api)[2]}?include={include}")[array]) == count


@pytest.mark.parametrize("include", ["probability", "created_at", "nonsense", ""])
def test_what_cannot_be_brought_along_is_passed_over(api: Api, include: str) -> None:
    path = f"deals/{linked(api)[2]}"
    assert api.get(f"{path}?include={include}") == api.get(path)


def test_notes_beside_contacts_say_whose_they_are(api: Api) -> None:
    contact = linked(api)[1]
    view = api.view("contacts", "All Contacts")
    notes = api.get(f"contacts/view/{view}?include=notes")["notes"]
    assert [each["targetable"] for each in notes] == [{"id": contact, "type": "Contact"}]


def test_a_lookup_goes_through_several_kinds(api: Api) -> None:
    linked(api)
    found = api.get("lookup?q=acme&f=name&entities=sales_account,deal,contact")
    assert [each["name"] for each in found["sales_accounts"]["sales_accounts"]] == ["Acme"]
    assert (found["deals"]["deals"], found["contacts"]["contacts"]) == ([], [])


def test_a_lookup_goes_by_a_custom_field(api: Api) -> None:
    form = api.get("settings/deals/forms")["forms"][0]["id"]
    for label, kind in (("Legacy", "text"), ("Story", "textarea")):
        body = {"label": label, "type": kind}
        api.post(f"settings/deals/forms/{form}/fields", body)
    deal = api.deal(custom_field={"cf_legacy": "L-7", "cf_story": "once"})
    found = api.get("lookup?q=l-7&f=cf_legacy&entities=deal")["deals"]["deals"]
    assert [each["id"] for each in found] == [deal["id"]]
    refusal = api.refused("GET", "lookup?q=once&f=cf_story&entities=deal")
    assert refusal == (400, ["Invalid or missing attributes"])


@pytest.mark.parametrize(
    ("query", "count"), [("per_page=0", 0), ("page=9", 0), ("page=0", 1), ("per_page=1000", 1)]
)
def test_odd_pages_are_empty_or_clamped(api: Api, query: str, count: int) -> None:
    linked(api)
    view = api.view("deals", "All Deals")
    assert len(api.get(f"deals/view/{view}?{query}")["deals"]) == count
