from __future__ import annotations

from typing import Any

import pytest

from crossdock.connectors.base import Description
from crossdock.model.fields import FieldType

from .fakes import FakeAccount, rated, refusal, run


def row(number: int, name: str, kind: str, **more: Any) -> dict[str, Any]:
    base = {"id": number, "label": name.title(), "name": name, "type": kind, "default": True}
    return {**base, "choices": [], "required": False, "visible": True, **more}


CONTACT = [
    row(1, "last_name", "text"),
    row(4, "emails", "group_field", label="Emails"),
    row(7, "external_id", "text"),
    row(8, "owner_id", "dropdown", choices=[{"id": 31, "value": "Old Name", "position": 1}]),
    row(15, "lifecycle_stage_id", "dropdown"),
    row(16, "contact_status_id", "dropdown"),
    row(9, "subscription_status", "dropdown", choices=[{"id": "0", "value": "Unsubscribed"}]),
    row(59, "recent_note", "textarea"),
    row(90, "cf_pet", "multi_select_dropdown", default=False, choices=[{"id": 3, "value": "Cat"}]),
    row(91, "cf_what", "never_heard_of", default=False),
]
ACCOUNT = [row(1, "name", "text", required=True), row(2, "website", "text")]
DEAL = [
    row(1, "name", "text", required=True),
    row(2, "amount", "number", required=True),
    row(3, "sales_account_id", "auto_complete"),
    row(6, "deal_stage_id", "dropdown"),
    row(8, "closed_date", "date"),
    row(33, "stage_updated_time", "date"),
]
SELECTORS: dict[str, Any] = {
    "owners": {
        "users": [{"id": 31, "display_name": "Ro", "email": "r@x.test", "is_active": False}]
    },
    "deal_stages": {
        "deal_stages": [
            {
                "id": 71,
                "name": "New",
                "forecast_type": "Open",
                "deal_pipeline_id": 60,
                "probability": 10,
                "position": 1,
            }
        ]
    },
    "deal_pipelines": {"deal_pipelines": [{"id": 60, "name": "Default", "is_default": True}]},
    "lifecycle_stages": {"lifecycle_stages": [{"id": 98, "name": "Lead", "type": "Lead"}]},
    "contact_statuses": {"contact_statuses": [{"id": 57, "name": "New", "lifecycle_stage_id": 98}]},
    "currencies": {
        "currencies": [
            {"id": 2, "currency_code": "EUR", "is_active": True, "currency_type": 2},
            {"id": 1, "currency_code": "AUD", "is_active": True, "currency_type": 1},
            {"id": 3, "currency_code": "XXX", "is_active": False, "currency_type": 2},
        ]
    },
}
FORM = {
    "id": 1,
    "groupedMandatoryFields": [["emails", "mobile_number"]],
    "fields": [
        {
            "id": "g",
            "name": "basic_information",
            "type": "section",
            "fields": [{"id": 1, "name": "last_name", "fieldOptions": {"unique": "false"}}],
        }
    ],
}


def account(limit: int = 1000, *, modules: bool = False) -> FakeAccount:
    made = FakeAccount()
    for many, fields in (("contacts", CONTACT), ("sales_accounts", ACCOUNT), ("deals", DEAL)):
        made.on("GET", f"settings/{many}/fields", {"fields": fields})
    made.on("GET", "settings/contacts/forms", {"forms": [FORM]})
    made.on("GET", "settings/deals/forms", refusal(403, "no"))
    for name, body in SELECTORS.items():
        made.on("GET", f"selector/{name}", rated(body, limit=limit, remaining=900))
    if modules:
        listed = [
            {"entity_name": "cm_pet", "singular_name": "Pet", "custom": True},
            {"entity_name": "contact", "singular_name": "Contact", "custom": False},
        ]
        made.on("GET", "settings/module_customizations", {"module_customizations": listed})
        made.on(
            "GET",
            "settings/cm_pet/forms",
            {
                "forms": [
                    {"fields": [{"name": "g", "fields": [{"name": "cf_breed", "type": "text"}]}]}
                ]
            },
        )
    else:
        made.on("GET", "settings/module_customizations", refusal(403, "no"))
    return made


def described(made: FakeAccount) -> Description:
    return run(made.destination().describe())


def test_fields_carry_their_types() -> None:
    contact = described(account()).entity("contact")
    types = {field.name: field.type for field in contact.fields}
    assert types["emails"] is FieldType.EMAIL
    assert types["owner_id"] is FieldType.REFERENCE
    assert types["cf_pet"] is FieldType.MULTI_PICKLIST
    assert types["cf_what"] is FieldType.TEXT


def test_limits_uniqueness_and_what_is_read_only_are_known() -> None:
    found = described(account())
    contact, deal = found.entity("contact"), found.entity("deal")
    name = found.entity("sales_account").field("name")
    assert name is not None and name.unique and name.required and name.max_length == 255
    key, note = contact.field("external_id"), contact.field("recent_note")
    assert key is not None and key.unique and key.max_length == 256
    assert note is not None and note.read_only and note.max_length == 10_000
    stage, closed = deal.field("stage_updated_time"), deal.field("closed_date")
    assert stage is not None and stage.read_only
    assert closed is not None and not closed.read_only


def test_choices_come_from_the_selectors_with_their_facts() -> None:
    found = described(account())
    stage = found.entity("deal").field("deal_stage_id")
    assert stage is not None
    assert stage.choices[0].id == "71"
    assert stage.choices[0].facts == {
        "forecast_type": "Open",
        "deal_pipeline_id": "60",
        "probability": "10",
        "position": "1",
    }
    status = found.entity("contact").field("contact_status_id")
    assert status is not None and status.choices[0].facts["lifecycle_stage_id"] == "98"
    own = found.entity("contact").field("subscription_status")
    assert own is not None and own.choices[0].label == "Unsubscribed"


def test_what_the_form_demands_is_read_and_a_hidden_form_is_no_error() -> None:
    found = described(account())
    assert found.entity("contact").required_groups == (("emails", "mobile_number"),)
    assert found.entity("deal").required_groups == ()


def test_users_and_currencies() -> None:
    found = described(account())
    assert [(u.email, u.active) for u in found.users] == [("r@x.test", False)]
    assert found.currencies == ("AUD", "EUR")


@pytest.mark.parametrize(
    ("limit", "plan", "text_fields"),
    [(1000, "growth", 20), (2000, "pro", 30), (5000, "enterprise", 70)],
)
def test_the_plan_follows_from_the_allowance(limit: int, plan: str, text_fields: int) -> None:
    found = described(account(limit))
    assert (found.plan, found.requests_per_hour) == (plan, limit)
    assert found.custom_field_limits["text"] == text_fields
    assert ("products" in found.features) is (plan != "growth")


def test_an_unknown_allowance_names_no_plan() -> None:
    found = described(account(1234))
    assert found.plan is None and found.custom_field_limits == {}


def test_custom_modules_are_entities() -> None:
    found = described(account(5000, modules=True))
    assert found.modules == {"cm_pet": "Pet"}
    assert found.entity("cm_pet").field("cf_breed") is not None
    assert found.features == {"products", "custom_modules", "sales_activities"}


def test_entities_without_a_field_list_are_described_all_the_same() -> None:
    found = described(account())
    assert {"product", "task", "appointment", "note", "document"} <= set(found.entities)
    zone = found.entity("appointment").field("time_zone")
    assert zone is not None and "Sydney" in {choice.id for choice in zone.choices}
    owner = found.entity("task").field("owner_id")
    assert owner is not None and owner.choices[0].label == "Ro"


def test_describing_costs_about_twenty_requests() -> None:
    made = account()
    described(made)
    assert len(made.calls) <= 25
