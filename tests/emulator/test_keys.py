"""A key reaches what its owner reaches."""

from __future__ import annotations

from typing import Any

import pytest

from tests.emulator.conftest import Api

FORBIDDEN = ["You are not authorized to perform this operation."]
SEEN = {"Authorization": "Token token=restricted"}


@pytest.fixture
def restricted(api: Api) -> int:
    user = {"name": "Kim", "email": "kim@x.co", "key": "restricted", "restricted": True}
    return int(api.control("POST", "users", [user])["users"][0]["id"])


def refused(api: Api, method: str, path: str, body: Any = None) -> Any:
    answer = api(method, path, body, headers=SEEN)
    assert answer.status_code == 403
    return answer.json()["errors"]["message"]


def test_a_restricted_user_sees_others_records_in_views_and_not_one_by_one(
    api: Api, restricted: int
) -> None:
    other = api.contact()["id"]
    view = api.view("contacts", "All Contacts")
    listed = api("GET", f"contacts/view/{view}", headers=SEEN).json()["contacts"]
    assert [each["id"] for each in listed] == [other]
    assert refused(api, "GET", f"contacts/{other}") == FORBIDDEN


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_a_restricted_user_changes_nothing_of_others(
    api: Api, restricted: int, method: str
) -> None:
    other = api.contact()["id"]
    assert refused(api, method, f"contacts/{other}", {"contact": {"city": "Hobart"}}) == FORBIDDEN
    assert api.get(f"contacts/{other}")["contact"]["city"] is None


def test_a_restricted_user_works_with_records_of_their_own(api: Api, restricted: int) -> None:
    own = api.contact(owner_id=restricted)["id"]
    changed = api("PUT", f"contacts/{own}", {"contact": {"city": "Hobart"}}, headers=SEEN)
    assert changed.json()["contact"]["city"] == "Hobart"


def test_a_restricted_user_creates_no_fields(api: Api, restricted: int) -> None:
    field = {"label": "Ref", "type": "text"}
    assert refused(api, "POST", "settings/contacts/forms/1/fields", field) == FORBIDDEN


def test_what_a_key_writes_is_created_by_its_owner(api: Api, restricted: int) -> None:
    note = {"description": "n", "targetable_type": "Contact", "targetable_id": api.contact()["id"]}
    made = api("POST", "notes", {"note": note}, headers=SEEN).json()["note"]
    assert made["creater_id"] == restricted
