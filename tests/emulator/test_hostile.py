from __future__ import annotations

from typing import Any

import pytest

from .conftest import Api

NASTY: list[Any] = [
    None,
    "",
    " ",
    0,
    -1,
    1e300,
    True,
    [],
    {},
    [None],
    [{}],
    [[1]],
    {"id": "x"},
    {"name": {"a": 1}},
    [{"id": {}}],
    "x" * 300,
    "ünï\u0000\ud7ff🙂",
    2**70 // 1024,
]
FIELDS = {
    "contacts": (
        "contact",
        {"emails": "n@x.co"},
        "first_name emails email phone_numbers sales_accounts sales_account_id sales_account tags "
        "owner_id lifecycle_stage_id contact_status_id time_zone subscription_types "
        "subscription_status custom_field external_id",
    ),
    "sales_accounts": (
        "sales_account",
        {"name": "N"},
        "name website phone number_of_employees annual_revenue parent_sales_account "
        "parent_sales_account_id tags custom_field industry_type_id",
    ),
    "deals": (
        "deal",
        {"name": "N", "amount": 1},
        "name amount deal_stage_id deal_pipeline_id sales_account sales_account_id "
        "contacts_added_list contacts_removed_list closed_date expected_close probability tags "
        "custom_field forecast_category currency_id",
    ),
    "cpq/products": (
        "product",
        {"name": "N"},
        "name category product_pricings pricing_type valid_till is_active custom_field",
    ),
    "notes": ("note", {"description": "N"}, "description targetable_type targetable_id"),
    "tasks": (
        "task",
        {"title": "N", "due_date": "2020-01-01"},
        "title due_date status owner_id task_users_attributes targetable_type targetable_id",
    ),
    "appointments": (
        "appointment",
        {"title": "N", "from_date": "2020-01-01", "end_date": "2020-01-01"},
        "title from_date end_date time_zone appointment_attendees_attributes latitude is_allday",
    ),
    "sales_activities": (
        "sales_activity",
        {"title": "N"},
        "title start_date sales_activity_type_id custom_field status owner_id targetable_type",
    ),
}


@pytest.mark.parametrize("path", FIELDS)
def test_no_value_breaks_the_server(api: Api, path: str) -> None:
    root, base, names = FIELDS[path]
    for name in names.split():
        for value in NASTY:
            response = api("POST", path, {root: {**base, name: value}})
            assert response.status_code in (200, 201, 400), (name, value, response.text)
            if response.is_success:
                made = response.json()[root]["id"]
                assert api("PUT", f"{path}/{made}", {root: {name: value}}).status_code < 500
                api("DELETE", f"{path}/{made}/forget")


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("contacts/upsert", {"unique_identifier": 1, "contact": {}}),
        ("contacts/upsert", {"unique_identifier": {"emails": {}}, "contact": {}}),
        ("contacts/upsert", {"unique_identifier": {"shoe": 1}, "contact": {}}),
        ("contacts/bulk_upsert", {"contacts": [1]}),
        ("contacts/bulk_upsert", {"contacts": {}}),
        ("contacts/bulk_destroy", {"selected_ids": "all"}),
        ("filtered_search/contact", {"filter_rule": [{"attribute": "x", "operator": "y"}]}),
        ("filtered_search/contact", {"filter_rule": [1]}),
        ("lists", {"name": None}),
        ("document_links", {"url": "x"}),
        ("settings/contacts/forms/1/fields", {"field_type": "text"}),
        ("settings/contacts/forms/1/fields", {"label": "A", "field_type": 99}),
        ("phone_calls", {"phone_call": {"call_direction": True}}),
        ("contacts", [1]),
        ("document_links", {"url": {"a": 1}, "targetable_type": "Contact"}),
        ("settings/module_customizations", {"entity_name": "cm_x", "icon": {"a": 1}}),
    ],
)
def test_a_malformed_call_is_refused(api: Api, path: str, body: Any) -> None:
    assert api.refused("POST", path, body)[0] == 400


def test_a_bulk_job_survives_malformed_items(api: Api) -> None:
    items: list[dict[str, Any]] = [
        {},
        {"data": {}},
        {"emails": None, "data": {}},
        {"emails": "a@x.co", "data": []},
        {"emails": ["b@x.co"], "data": {"last_name": []}},
        {"id": "x", "data": {}},
        {"emails": "ok@x.co", "data": {"last_name": "Ok"}},
    ]
    url = api.post("contacts/bulk_upsert", {"contacts": items})["job_status_url"]
    api.clock.pass_(5)
    status = api.get(url)["data"]["record_status"]
    assert status["succeeded"] + status["failed"] == len(items)


@pytest.mark.parametrize("moment", ["0001-01-01", "9999-12-31T23:59:59-14:00"])
def test_a_time_beyond_what_a_clock_knows_counts_as_none(api: Api, moment: str) -> None:
    task = {"title": "T", "due_date": moment}
    assert api.refused("POST", "tasks", {"task": task}) == (400, ["Due date can't be blank"])
    assert api.deal(closed_date=moment + "T" if len(moment) == 10 else moment)["id"]


@pytest.mark.parametrize("wanted", [None, "x", 5, [], {}])
def test_a_rule_compares_values_of_any_kind(api: Api, wanted: Any) -> None:
    api.contact(tags=["a"], external_id="7")
    api.contact()
    api.clock.pass_(10)
    for attribute in ("email", "tags", "external_id", "lead_score"):
        for operator in ("is_after", "is_before", "is_in", "equals"):
            rule = {"attribute": attribute, "operator": operator, "value": wanted}
            assert api.post("filtered_search/contact?sort=external_id", {"filter_rule": [rule]})


def test_the_source_of_a_move_must_be_a_list(api: Api) -> None:
    made = api.post("lists", {"name": "L"})["list"]["id"]
    body = {"ids": [1], "from_list_id": " "}
    assert api.refused("PUT", f"lists/{made}/move_contacts", body)[0] == 404


def test_options_of_a_new_field_that_are_no_object_are_passed_over(api: Api) -> None:
    body = {"label": "A", "type": "text", "field_options": "x"}
    assert api.post("settings/contacts/forms/1/fields", body)["field"]["name"] == "cf_a"


def test_a_product_line_beyond_counting_is_refused(api: Api) -> None:
    deal = api.deal()["id"]
    product = api.post("cpq/products", {"product": {"name": "P"}})["product"]["id"]
    line = {"id": product, "quantity": "1e999999", "unit_price": "1e999999"}
    body = {"deal": {"products": [line]}}
    refused = api.refused("PUT", f"deals/{deal}?include=products", body)
    assert refused == (400, ["Quantity is not a number"])
    assert api.get(f"deals/{deal}")["deal"]["amount"] == "100.0"
