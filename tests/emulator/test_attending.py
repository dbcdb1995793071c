"""Who takes part in tasks and appointments."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import Api

VISIT = {"title": "V", "from_date": "2020-01-01", "end_date": "2020-01-01"}
USER = "FdMultitenant::User"


def task(api: Api, *users: dict[str, Any]) -> dict[str, Any]:
    body = {"title": "T", "due_date": "2030-01-01", "task_users_attributes": list(users)}
    return dict(api.post("tasks", {"task": body})["task"])


def visit(*attendees: tuple[str, int]) -> dict[str, Any]:
    given = [{"attendee_type": kind, "attendee_id": str(found)} for kind, found in attendees]
    return {"appointment": VISIT | {"appointment_attendees_attributes": given}}


def test_users_join_a_task_and_leave_it(api: Api) -> None:
    first = api.account.add_user("Jo", "jo@x.co")["id"]
    second = api.account.add_user("Al", "al@x.co")["id"]
    path = f"tasks/{task(api, {'user_id': first}, {'user_id': second})['id']}?include=users"
    assert [each["display_name"] for each in api.get(path)["users"]] == ["Jo", "Al"]
    api.put(path, {"task": {"task_users_attributes": [{"user_id": first, "_destroy": True}]}})
    assert api.get(path)["task"]["user_ids"] == [second]


@pytest.mark.parametrize("user", [{"user_id": 5}, {"user_id": "me"}, {}])
def test_nobody_joins_a_task_who_does_not_exist(api: Api, user: dict[str, Any]) -> None:
    body = {"title": "T", "due_date": "2030-01-01", "task_users_attributes": [user]}
    assert api.refused("POST", "tasks", {"task": body}) == (400, ["User doesn't exist"])


def test_somebody_unknown_can_leave_a_task(api: Api) -> None:
    path = f"tasks/{task(api)['id']}"
    api.put(path, {"task": {"task_users_attributes": [{"user_id": 5, "_destroy": True}]}})
    assert api.get(path)["task"]["user_ids"] == []


def test_who_makes_an_appointment_does_not_attend_it(api: Api) -> None:
    me = api.get("selector/owners")["users"][0]["id"]
    contact = api.contact()["id"]
    made = api.post("appointments", visit((USER, me), ("Contact", contact)))
    attending = made["appointment_attendees"]
    assert [(each["attendee_type"], each["attendee_id"]) for each in attending] == [
        ("Contact", contact)
    ]
    assert made["appointment"]["appointment_attendee_ids"] == [attending[0]["id"]]


@pytest.mark.parametrize("kind", ["Contact", "Lead", USER])
def test_nobody_is_invited_who_does_not_exist(api: Api, kind: str) -> None:
    refusal = api.refused("POST", "appointments", visit((kind, 5), (kind, 6)))
    assert refusal == (400, ["Attendee doesn't exist"])


def test_a_deleted_contact_is_not_invited_and_can_be_taken_off(api: Api) -> None:
    contact = api.contact()["id"]
    made = api.post("appointments", visit(("Contact", contact)))["appointment"]
    api("DELETE", f"contacts/{contact}")
    assert api.refused("POST", "appointments", visit(("Contact", contact)))[0] == 400
    off = {"attendee_type": "Contact", "attendee_id": contact, "_destroy": True}
    body = {"appointment": {"appointment_attendees_attributes": [off]}}
    changed = api.put(f"appointments/{made['id']}", body)["appointment"]
    assert changed["appointment_attendee_ids"] == []
