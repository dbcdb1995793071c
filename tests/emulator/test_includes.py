from __future__ import annotations

from typing import Any

import pytest

from .conftest import Api


def linked(api: Api) -> dict[str, Any]:
    """Make an account, its contact and a deal of both, with choices and activities on each.

    Return the ids by what they are of; those of activities by the model of their record.
    """
    ids: dict[str, Any] = {"user": api.get("selector/owners")["users"][0]["id"]}
    for name in ("campaigns", "territories"):
        ids[name] = api.account.catalog.add(name, name="New")["id"]
    for name in ("lead_sources", "industry_types", "business_types", "deal_types", "deal_reasons"):
        ids[name] = api.account.catalog.items(name)[1]["id"]
    for name, label in (("contact_statuses", "Contacted"), ("deal_stages", "Won")):
        ids[name] = api.choice(name, label)
    ids["currencies"] = api.account.catalog.items("currencies")[0]["id"]
    common = {"owner_id": ids["user"], "territory_id": ids["territories"]}
    origin = {"lead_source_id": ids["lead_sources"], "campaign_id": ids["campaigns"]}
    kind = {each[:-1] + "_id": ids[each] for each in ("industry_types", "business_types")}
    account = {"name": "Acme"} | common | kind
    ids["account"] = api.post("sales_accounts", account)["sales_account"]["id"]
    child = {"name": "Acme North", "parent_sales_account_id": ids["account"]}
    ids["child"] = api.post("sales_accounts", child)["sales_account"]["id"]
    ids["contact"] = api.contact(
        sales_accounts=[{"id": ids["account"], "is_primary": True}],
        contact_status_id=ids["contact_statuses"],
        **common,
        **origin,
    )["id"]
    ids["deal"] = api.deal(
        sales_account_id=ids["account"],
        contacts_added_list=[ids["contact"]],
        deal_stage_id=ids["deal_stages"],
        deal_type_id=ids["deal_types"],
        deal_reason_id=ids["deal_reasons"],
        **common,
        **origin,
    )["id"]
    for model, entity in (("Contact", "contact"), ("SalesAccount", "account"), ("Deal", "deal")):
        ids[model] = hang_on(api, model, ids[entity])
    return ids


def hang_on(api: Api, model: str, record_id: int) -> dict[str, int]:
    """Hang a note, a task and an appointment on a record; return their ids."""
    target: dict[str, Any] = {"targetable_type": model, "targetable_id": record_id}
    times = {"title": "v", "from_date": "2030-01-01", "end_date": "2030-01-01"}
    note = {"note": target | {"description": "n"}}
    task = {"task": target | {"title": "t", "due_date": "2030-01-01"}}
    visit = {"appointment": target | times}
    return {
        "notes": api.post("notes", note)["note"]["id"],
        "tasks": api.post("tasks", task)["task"]["id"],
        "appointments": api.post("appointments", visit)["appointment"]["id"],
    }


def brought(shown: dict[str, Any], array: str) -> list[int]:
    return [int(each["id"]) for each in shown[array]]


@pytest.mark.parametrize(
    ("include", "array", "column", "of"),
    [
        ("owner", "users", "owner_id", "user"),
        ("creater", "users", "creater_id", "user"),
        ("updater", "users", "updater_id", "user"),
        ("source", "lead_sources", "lead_source_id", "lead_sources"),
        ("campaign", "campaigns", "campaign_id", "campaigns"),
        ("territory", "territories", "territory_id", "territories"),
        ("deals", "deals", "deal_ids", "deal"),
    ],
)
def test_a_contact_brings_along_what_is_asked_for(
    api: Api, include: str, array: str, column: str, of: str
) -> None:
    ids = linked(api)
    path = f"contacts/{ids['contact']}"
    bare, full = api.get(path), api.get(f"{path}?include={include}")
    assert column not in bare["contact"]
    assert full["contact"][column] in (ids[of], [ids[of]])
    assert brought(full, array) == [ids[of]]


def test_a_contact_brings_along_where_it_stands_in_its_life(api: Api) -> None:
    contact = linked(api)["contact"]
    shown = api.get(f"contacts/{contact}?include=contact_status,lifecycle_stage")
    assert brought(shown, "contact_status") == [shown["contact"]["contact_status_id"]]
    assert brought(shown, "lifecycle_stages") == [shown["contact"]["lifecycle_stage_id"]]
    # Its deal is won.
    assert [each["name"] for each in shown["lifecycle_stages"]] == ["Customer"]


@pytest.mark.parametrize("kind", ["notes", "tasks", "appointments"])
@pytest.mark.parametrize(
    ("collection", "entity", "model"),
    [
        ("contacts", "contact", "Contact"),
        ("sales_accounts", "sales_account", "SalesAccount"),
        ("deals", "deal", "Deal"),
    ],
)
def test_a_record_brings_along_what_hangs_on_it(
    api: Api, collection: str, entity: str, model: str, kind: str
) -> None:
    ids = linked(api)
    record = ids["account" if entity == "sales_account" else entity]
    shown = api.get(f"{collection}/{record}?include={kind}")
    assert brought(shown, kind) == [ids[model][kind]]
    assert shown[entity][f"{kind[:-1]}_ids"] == [ids[model][kind]]


@pytest.mark.parametrize(
    ("include", "array", "of"),
    [
        ("owner", "users", "user"),
        ("territory", "territories", "territories"),
        ("contacts", "contacts", "contact"),
        ("deals", "deals", "deal"),
        ("child_sales_accounts", "child_sales_accounts", "child"),
        ("industry_type", "industry_types", "industry_types"),
        ("business_type", "business_types", "business_types"),
    ],
)
def test_an_account_brings_along_what_is_asked_for(
    api: Api, include: str, array: str, of: str
) -> None:
    ids = linked(api)
    shown = api.get(f"sales_accounts/{ids['account']}?include={include}")
    assert brought(shown, array) == [ids[of]]


@pytest.mark.parametrize(
    ("include", "array", "of"),
    [
        ("owner", "users", "user"),
        ("source", "lead_sources", "lead_sources"),
        ("campaign", "campaigns", "campaigns"),
        ("sales_account", "sales_accounts", "account"),
        ("contacts", "contacts", "contact"),
        ("deal_stage", "deal_stages", "deal_stages"),
        ("currency", "currencies", "currencies"),
        ("deal_type", "deal_types", "deal_types"),
        ("deal_reason", "deal_reasons", "deal_reasons"),
    ],
)
def test_a_deal_brings_along_what_is_asked_for(api: Api, include: str, array: str, of: str) -> None:
    ids = linked(api)
    assert brought(api.get(f"deals/{ids['deal']}?include={include}"), array) == [ids[of]]


@pytest.mark.parametrize(
    ("collection", "of", "include"),
    [
        ("sales_accounts", "account", "source"),
        ("sales_accounts", "account", "campaign"),
        ("deals", "deal", "territory"),
        ("contacts", "contact", "deal_stage"),
    ],
)
def test_what_another_entity_brings_along_is_passed_over(
    api: Api, collection: str, of: str, include: str
) -> None:
    path = f"{collection}/{linked(api)[of]}"
    assert api.get(f"{path}?include={include}") == api.get(path)


@pytest.mark.parametrize("include", ["probability", "created_at", "nonsense", ""])
def test_what_cannot_be_brought_along_is_passed_over(api: Api, include: str) -> None:
    path = f"deals/{linked(api)['deal']}"
    assert api.get(f"{path}?include={include}") == api.get(path)


def test_notes_beside_contacts_say_whose_they_are(api: Api) -> None:
    contact = linked(api)["contact"]
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
