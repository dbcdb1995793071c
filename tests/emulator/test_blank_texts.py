"""A required text that is nothing but space counts as empty."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import Api

TIMES = {"start_date": "2026-01-01", "end_date": "2026-01-02", "from_date": "2026-01-01"}
PET = {"entity_name": "cm_pet", "singular_name": "Pet", "plural_name": "Pets", "icon": "p"}


def hung(api: Api, **fields: Any) -> dict[str, Any]:
    return {"targetable_type": "Contact", "targetable_id": api.contact()["id"]} | fields


@pytest.mark.parametrize(
    ("path", "root", "fields", "said"),
    [
        ("sales_accounts", "sales_account", {"name": "   "}, "Name can't be empty"),
        ("deals", "deal", {"name": " \t", "amount": 1}, "Deal name can't be empty"),
        ("cpq/products", "product", {"name": "   "}, "Name can't be empty"),
        ("custom_module/cm_pet", "cm_pet", {"name": "   "}, "Name can't be empty"),
        ("notes", "note", {"description": " \n "}, "Description can't be empty"),
        ("tasks", "task", {"title": "   ", "due_date": "2026-01-01"}, "Title can't be blank"),
        ("appointments", "appointment", TIMES | {"title": " "}, "Title can't be blank"),
    ],
)
def test_a_required_text_of_nothing_but_space_is_refused(
    api: Api, path: str, root: str, fields: dict[str, Any], said: str
) -> None:
    api.account.modules.create(PET)
    assert api.refused("POST", path, {root: hung(api, **fields)}) == (400, [said])


def test_a_sales_activity_needs_more_than_a_blank_title(api: Api) -> None:
    kind = api.account.catalog.add_activity_type("Visit", "visit", default=False)["id"]
    owner = api.get("selector/owners")["users"][0]["id"]
    fields = TIMES | {"title": "  ", "owner_id": owner, "sales_activity_type_id": kind}
    refusal = api.refused("POST", "sales_activities", {"sales_activity": hung(api, **fields)})
    assert refusal == (400, ["Title can't be empty"])


def test_a_document_needs_more_than_a_blank_type(api: Api) -> None:
    body = {"cpq_document": {"deal_id": api.deal()["id"], "document_type": "  "}}
    assert api.refused("POST", "cpq/cpq_documents", body)[0] == 400


def test_a_name_cannot_be_emptied_with_space(api: Api) -> None:
    path = f"deals/{api.deal(name='Clean')['id']}"
    refusal = api.refused("PUT", path, {"deal": {"name": "   "}})
    assert refusal == (400, ["Deal name can't be empty"])
    assert api.get(path)["deal"]["name"] == "Clean"


def test_space_fills_no_field_that_the_form_demands(open_account: Any) -> None:
    api = open_account(mandatory_contact_fields=("mobile_number",))
    body = {"contact": {"last_name": "Doe", "mobile_number": "  "}}
    assert api.refused("POST", "contacts", body) == (400, ["Need to fill this Mobile"])


def test_a_text_that_nothing_demands_may_be_blank(api: Api) -> None:
    task = {"title": "T", "due_date": "2026-01-01", "description": "  "}
    assert api.post("tasks", {"task": task})["task"]["description"] == "  "
