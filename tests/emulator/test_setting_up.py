"""What an admin adds, through the control surface, and what is refused there."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import Api

STAGES = [["New", "Open", 10]]


def misuse(api: Api, name: str, body: Any) -> str:
    answer = api("POST", f"http://acme.test/emulator/{name}", body)
    assert answer.status_code == 400, answer.text
    return str(answer.json()["error"])


@pytest.mark.parametrize(
    ("name", "body", "said"),
    [
        ("fields", {"entity": "deal"}, "'label' is missing"),
        ("fields", {"entity": "deal", "label": " "}, "label is a text that is not blank"),
        ("fields", {"entity": "deal", "label": 7}, "label is a text that is not blank"),
        ("fields", {"entity": "deal", "label": "A", "type": "bogus"}, "there is no type 'bogus'"),
        ("choices", {"name": "North"}, "'list' is missing"),
        ("choices", {"list": "teritories", "name": "North"}, "there is no list 'teritories'"),
        ("choices", {"list": ["a"], "name": "North"}, "choices cannot be read"),
        ("choices", {"list": "territories"}, "'name' is missing"),
        ("choices", {"list": "territories", "name": ""}, "name is a text that is not blank"),
        ("choices", {"list": "owners", "name": "Jo"}, "owners are added by /emulator/users"),
        ("choices", {"list": "contact_statuses", "name": "Hot"}, "'lifecycle_stage_id' is missing"),
        ("users", {"email": "  "}, "email is a text that is not blank"),
        ("users", {"email": "ADMIN@example.com"}, "a user with the e-mail 'ADMIN@example.com'"),
        ("pipelines", {"name": "", "stages": STAGES}, "name is a text that is not blank"),
        ("pipelines", {"name": "Sales"}, "'stages' is missing"),
        ("activity_types", {"name": "Visit"}, "'internal_name' is missing"),
    ],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(
    api: Api, name: str, body: Any, said: str
) -> None:
    before = repr(api.account.catalog.state())
    assert said in misuse(api, name, body)
    assert repr(api.account.catalog.state()) == before
    assert api.account.schemas["deal"].custom == {}


def test_two_users_do_not_share_an_email(api: Api) -> None:
    both = [{"email": "jo@x.co"}, {"email": "Jo@X.co"}]
    assert misuse(api, "users", both) == (
        "users cannot be read: there is a user with the e-mail 'Jo@X.co' already"
    )


def test_a_refused_type_names_those_that_there_are(api: Api) -> None:
    said = misuse(api, "fields", {"entity": "deal", "label": "A", "type": "bogus"})
    assert said.startswith("fields cannot be read: there is no type 'bogus'; there are text, ")


@pytest.mark.parametrize("name", ["territories", "lead_sources", "campaigns", "lost_reasons"])
def test_a_choice_is_added_to_its_list(api: Api, name: str) -> None:
    (added,) = api.control("POST", "choices", {"list": name, "name": "North"})["choices"]
    assert api.account.catalog.named(name, "North") == added


def test_a_status_is_added_to_its_stage(api: Api) -> None:
    stage = api.choice("lifecycle_stages", "Lead")
    body = {"list": "contact_statuses", "name": "Hot", "forecast_type": "Open"}
    api.control("POST", "choices", body | {"lifecycle_stage_id": stage})
    status = api.choice("contact_statuses", "Hot")
    assert api.contact(contact_status_id=status)["id"]


def test_a_field_is_added_to_its_module(api: Api) -> None:
    (field,) = api.control("POST", "fields", {"entity": "deal", "label": "Site"})["fields"]
    assert (field["name"], field["type"]) == ("cf_site", "text")
