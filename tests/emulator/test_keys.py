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


CHANGES: dict[str, tuple[str, str, Any]] = {
    "update": ("PUT", "contacts/{}", {"contact": {"city": "Hobart"}}),
    "delete": ("DELETE", "contacts/{}", None),
    "forget": ("DELETE", "contacts/{}/forget", None),
    "clone": ("POST", "contacts/{}/clone", {"contact": {"emails": "b@x.co"}}),
    "team": ("POST", "contacts/{}/manage_team_members", {"team_users": []}),
    "upsert": (
        "POST",
        "contacts/upsert",
        {"unique_identifier": {"emails": "a@x.co"}, "contact": {"city": "Hobart"}},
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_restricted_user_changes_nothing_of_others(
    api: Api, restricted: int, change: str
) -> None:
    other = api.contact(emails="a@x.co")["id"]
    before = api.dump()["contacts"]
    method, path, body = CHANGES[change]
    assert refused(api, method, path.format(other), body) == FORBIDDEN
    assert api.dump()["contacts"] == before


def test_in_bulk_others_records_are_passed_over(api: Api, restricted: int) -> None:
    other, own = api.contact()["id"], api.contact(owner_id=restricted)["id"]
    api("POST", "contacts/bulk_destroy", {"selected_ids": [other, own]}, headers=SEEN)
    found = {each["id"]: each["is_deleted"] for each in api.dump()["contacts"]}
    assert found == {other: False, own: True}


def test_a_job_fails_for_others_records(api: Api, restricted: int) -> None:
    api.contact(emails="a@x.co")
    items = {"contacts": [{"emails": "a@x.co", "data": {"city": "Hobart"}}]}
    api("POST", "contacts/bulk_upsert", items, headers=SEEN)
    api.clock.pass_(60)
    (failure,) = api.get("job_statuses/1")["data"]["detailed_failure_report"]
    assert failure == {"emails": "a@x.co", "error_message": FORBIDDEN}


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
