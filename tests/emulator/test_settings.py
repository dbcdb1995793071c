from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from crossdock.emulator import Assumptions
from crossdock.emulator.fields import internal_name

from .conftest import Api


def add(api: Api, module: str, **body: Any) -> dict[str, Any]:
    form = api.get(f"settings/{module}/forms")["forms"][0]["id"]
    made = api.post(f"settings/{module}/forms/{form}/fields", body)["field"]
    return dict(made)


def test_a_contact_has_65_fields_of_the_system(api: Api) -> None:
    fields = api.get("settings/contacts/fields")["fields"]
    assert len(fields) == 65
    assert all(field["default"] for field in fields)


def test_a_deal_requires_name_and_value(api: Api) -> None:
    fields = api.get("settings/deals/fields")["fields"]
    assert [f["name"] for f in fields if f["required"]] == ["name", "amount"]


def test_tasks_have_no_fields(api: Api) -> None:
    assert api("GET", "settings/tasks/fields").status_code == 404


@pytest.mark.parametrize("body", [{"field_type": 1}, {"type": "text"}], ids=["A", "B"])
def test_a_field_is_created_by_either_variant(api: Api, body: dict[str, Any]) -> None:
    made = add(api, "contacts", label="Legacy id", **body)
    assert made["name"] == "cf_legacy_id"
    listed = api.get("settings/contacts/fields")["fields"][-1]
    assert (listed["name"], listed["default"]) == ("cf_legacy_id", False)


def test_an_internal_name_can_be_given(api: Api) -> None:
    made = add(api, "contacts", label="Source ref", type="text", internal_name="legacy")
    assert made["name"] == "cf_legacy"


def test_the_short_path_creates_no_field(api: Api) -> None:
    body = {"label": "X", "type": "text"}
    assert api("POST", "settings/contacts/fields", body).status_code == 404


def test_field_creation_may_be_missing_altogether(open_account: Callable[..., Api]) -> None:
    api = open_account(assumptions=Assumptions(field_creation=False))
    response = api("POST", "settings/deals/forms/3/fields", {"label": "X", "type": "text"})
    assert response.status_code == 404


def test_a_plan_limits_custom_fields_by_type(open_account: Callable[..., Api]) -> None:
    api = open_account(plan="growth")
    for count in range(5):
        add(api, "deals", label=f"Long {count}", type="textarea")
    body = {"label": "One more", "type": "textarea"}
    status, messages = api.refused("POST", "settings/deals/forms/3/fields", body)
    assert (status, messages) == (400, ["You have reached the limit of 5 textarea fields"])


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("BDR stage - contact", "cf_bdr_stage_-_contact"),
        ("No-go truck types", "cf_no-go_truck_types"),
        ("Take away / delivery", "cf_take_away__delivery"),
        ("Medio de envío", "cf_medio_de_envio"),
        ("N° de orden", "cf_n_de_orden"),
    ],
)
def test_a_label_becomes_a_name(label: str, name: str) -> None:
    assert internal_name(label) == name


def test_a_custom_dropdown_takes_the_text_of_a_choice(api: Api) -> None:
    add(api, "deals", label="Size", type="dropdown", choices=[{"value": "S"}, {"value": "L"}])
    assert api.deal(custom_field={"cf_size": "L"})["custom_field"] == {"cf_size": "L"}
    body = {"deal": {"name": "D", "amount": 1, "custom_field": {"cf_size": "XL"}}}
    assert api.refused("POST", "deals", body) == (400, ["Size is not in the list of choices"])


@pytest.mark.parametrize(
    ("kind", "sent", "shown"),
    [
        ("text", "a", "a"),
        ("number", "12.5", 12.5),
        ("checkbox", True, True),
        ("date", "2024-05-06", "2024-05-06"),
        ("date", "6 May", None),
        ("multi_select_dropdown", ["a", "b"], "a;b"),
    ],
)
def test_values_of_custom_fields(api: Api, kind: str, sent: Any, shown: Any) -> None:
    add(api, "deals", label="Field", type=kind, choices=["a", "b"])
    assert api.deal(custom_field={"cf_field": sent})["custom_field"]["cf_field"] == shown


@pytest.mark.parametrize(("kind", "length"), [("text", 256), ("textarea", 10_000)])
def test_a_custom_text_has_a_length(api: Api, kind: str, length: int) -> None:
    add(api, "deals", label="Field", type=kind)
    api.deal(custom_field={"cf_field": "x" * length})
    body = {"deal": {"name": "D", "amount": 1, "custom_field": {"cf_field": "x" * (length + 1)}}}
    assert api.refused("POST", "deals", body) == (400, ["Field is not in required length"])


def test_a_required_custom_field_must_be_filled(api: Api) -> None:
    add(api, "deals", label="Job type", type="text", required=True)
    refusal = api.refused("POST", "deals", {"deal": {"name": "D", "amount": 1}})
    assert refusal == (400, ["Job type can't be empty"])


def test_the_stages_are_those_of_2026(api: Api) -> None:
    stages = api.get("selector/deal_stages")["deal_stages"]
    assert [(each["name"], each["forecast_type"]) for each in stages][-3:] == [
        ("Negotiation", "Open"),
        ("Won", "Closed Won"),
        ("Lost", "Closed Lost"),
    ]
    *rising, lost = [each["probability"] for each in stages]
    assert (rising, lost) == (sorted(rising), 0)


def test_users_are_listed_even_when_inactive(api: Api) -> None:
    url = "http://acme.test/emulator/users"
    api("POST", url, [{"email": "jo@x.co", "name": "Jo", "active": False}])
    found = api.get("selector/owners")["users"][-1]
    assert (found["display_name"], found["email"], found["is_active"]) == ("Jo", "jo@x.co", False)


def test_a_custom_module_holds_records(api: Api) -> None:
    module = {"entity_name": "cm_pet", "singular_name": "Pet", "plural_name": "Pets", "icon": "p"}
    api.post("settings/module_customizations", {"module_customization": module})
    add(api, "cm_pet", label="Breed", field_type=1)
    body = {"cm_pet": {"name": "Rex", "custom_field": {"cf_breed": "Kelpie"}}}
    made = api.post("custom_module/cm_pet", body)["cm_pet"]
    shown = api.get(f"custom_module/cm_pet/{made['id']}")["cm_pet"]
    assert (shown["name"], shown["custom_field"]) == ("Rex", {"cf_breed": "Kelpie"})


def test_custom_modules_belong_to_enterprise(open_account: Callable[..., Api]) -> None:
    api = open_account(plan="pro")
    body = {"module_customization": {"entity_name": "cm_pet"}}
    assert api.refused("POST", "settings/module_customizations", body)[0] == 403


def test_a_lookup_takes_the_id_of_a_record_that_exists(api: Api) -> None:
    options = {"lookup_type": "contacts"}
    add(api, "deals", label="Site contact", type="auto_complete", field_options=options)
    contact = api.contact()["id"]
    shown = api.deal(custom_field={"cf_site_contact": contact})["custom_field"]
    assert shown == {"cf_site_contact": contact}
    body = {"deal": {"name": "D", "amount": 1, "custom_field": {"cf_site_contact": 5}}}
    assert api.refused("POST", "deals", body) == (400, ["Site contact doesn't exist"])


def test_a_deal_in_another_currency_shows_its_value_in_the_account_s(api: Api) -> None:
    url = "http://acme.test/emulator/choices"
    given = {"list": "currencies", "name": "USD", "exchange_rate": "1.5"}
    added = api.good(api("POST", url, given))["choices"][0]
    deal = api.deal(amount=10, currency_id=added["id"])
    assert (deal["amount"], deal["base_currency_amount"]) == ("10.0", "15.0")


def test_a_pipeline_of_its_own_has_its_own_first_stage(api: Api) -> None:
    stages = [["Booked", "Open", 50], ["Paid", "Closed Won", 100]]
    url = "http://acme.test/emulator/pipelines"
    added = api.good(api("POST", url, {"name": "Jobs", "stages": stages}))["pipelines"][0]
    deal = api.deal(deal_pipeline_id=added["id"])
    assert deal["deal_stage_id"] == api.choice("deal_stages", "Booked")
    wrong = {"deal_pipeline_id": added["id"], "deal_stage_id": api.choice("deal_stages", "New")}
    body = {"deal": {"name": "D", "amount": 1, **wrong}}
    assert api.refused("POST", "deals", body) == (400, ["Deal stage doesn't exist"])


def test_outcomes_of_all_types_come_by_position(api: Api) -> None:
    found = api.get("selector/sales_activity_outcomes")["sales_activity_outcomes"]
    positions = [each["position"] for each in found]
    assert positions == sorted(positions)
    assert found[0]["name"] == found[1]["name"] == "Interested"


def test_tags_of_settings_have_their_quirks(api: Api) -> None:
    assert api("POST", "/settings/tags", {}).status_code == 500
    made = api.post("/settings/tags", {"tag": {"name": "VIP"}})["tag"]
    api.put(f"/settings/tags/{made['id']}", {"tag": {"name": "Other"}})
    assert [tag["name"] for tag in api.get("/settings/tags")["tags"]] == ["VIP"]
