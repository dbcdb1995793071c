from __future__ import annotations

import pytest

from .conftest import Api


@pytest.mark.parametrize("name", ["lifecycle_stages", "currencies", "sales_activity_types"])
def test_a_settings_screen_lists_what_its_selector_does(api: Api, name: str) -> None:
    assert api.get(f"/settings/{name}") == api.get(f"selector/{name}")
    assert api("GET", f"settings/{name}").status_code == 404


def test_the_screen_of_pipelines_puts_their_stages_beside_them(api: Api) -> None:
    shown = api.get("/settings/deal_pipelines?include=deal_stages")
    assert "deal_stages" not in shown["deal_pipelines"][0]
    assert [each["name"] for each in shown["deal_stages"]][-2:] == ["Won", "Lost"]
    assert "deal_stages" not in api.get("/settings/deal_pipelines")


def test_the_screen_of_custom_modules_leaves_the_standard_ones_out(api: Api) -> None:
    assert api.get("/settings/custom_modules") == {"custom_modules": []}
    module = {"entity_name": "cm_pet", "singular_name": "Pet", "plural_name": "Pets", "icon": "p"}
    api.post("settings/module_customizations", {"module_customization": module})
    found = api.get("/settings/custom_modules")["custom_modules"]
    assert [each["entity_name"] for each in found] == ["cm_pet"]


def test_a_form_s_sections_are_listed(api: Api) -> None:
    groups = api.get("/settings/contacts/field_groups")["field_groups"]
    assert [each["name"] for each in groups] == ["basic_information"]
    assert api.get("settings/contacts/fields?include=field_group")["field_groups"] == groups


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/settings/contacts/fields"),
        ("GET", "/tags"),
        ("GET", "/lifecycle_stages"),
        ("GET", "/settings/contact_statuses"),
        ("GET", "/settings/scoring"),
        ("GET", "/settings/tasks/fields"),
    ],
)
def test_what_others_probed_in_vain_is_not_there(api: Api, method: str, path: str) -> None:
    body = {"label": "X", "type": "text"} if method == "POST" else None
    status, messages = api.refused(method, path, body)
    assert (status, messages[0][-14:]) == (404, "not in the CRM")


def test_deleting_an_activity_type_deletes_its_activities(api: Api) -> None:
    kind = api.account.catalog.add_activity_type("Payment", "payment", default=False)
    owner = api.get("selector/owners")["users"][0]["id"]
    body = {
        "title": "Paid",
        "start_date": "2020-01-01",
        "end_date": "2020-01-01",
        "owner_id": owner,
        "sales_activity_type_id": kind["id"],
        "targetable_type": "Deal",
        "targetable_id": api.deal()["id"],
    }
    api.post("sales_activities", {"sales_activity": body})
    api.good(api("DELETE", f"/settings/sales_activity_types/{kind['id']}"))
    assert api.get("sales_activities")["sales_activities"] == []
    phone = api.choice("sales_activity_types", "Phone")
    assert api.refused("DELETE", f"/settings/sales_activity_types/{phone}")[0] == 403


def test_a_tag_that_came_with_a_record_is_known_to_settings(api: Api) -> None:
    api.deal(tags=["Legacy", "Big"])
    assert [each["name"] for each in api.get("/settings/tags")["tags"]] == ["Legacy", "Big"]


def test_lead_statuses_are_refused_as_leads_are(api: Api) -> None:
    refusal = api.refused("GET", "selector/lead_statuses")
    assert refusal == (403, ["You are not authorized to perform this operation."])
