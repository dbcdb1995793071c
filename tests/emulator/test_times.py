from __future__ import annotations

from typing import Any

import pytest

from .conftest import Api

_LONG_AGO = "2009-01-01T00:00:00+11:00"
_NOW = "2026-03-02T12:00:00+11:00"
_BODIES: dict[str, dict[str, Any]] = {
    "contacts": {"last_name": "Doe", "emails": "d@x.co"},
    "sales_accounts": {"name": "Acme"},
    "deals": {"name": "D", "amount": 1},
    "cpq/products": {"name": "P"},
    "notes": {"description": "n"},
    "tasks": {"title": "t", "due_date": "2030-01-01"},
    "appointments": {"title": "a", "from_date": "2020-01-01", "end_date": "2020-01-02"},
    "sales_activities": {"title": "s", "start_date": "2020-01-01", "end_date": "2020-01-02"},
}


@pytest.mark.parametrize("path", _BODIES)
def test_nobody_can_say_when_something_was_created(api: Api, path: str) -> None:
    body = _BODIES[path] | {"created_at": _LONG_AGO, "updated_at": _LONG_AGO}
    if path in ("notes", "sales_activities"):
        body |= {"targetable_type": "Deal", "targetable_id": api.deal()["id"]}
    if path == "sales_activities":
        kind = api.account.catalog.add_activity_type("Payment", "payment", default=False)
        body["sales_activity_type_id"] = kind["id"]
        body["owner_id"] = api.get("selector/owners")["users"][0]["id"]
    record = next(value for value in api.post(path, body).values() if isinstance(value, dict))
    assert (record["created_at"], record["updated_at"]) == (_NOW, _NOW)


@pytest.mark.parametrize("written", ["2020-05-06T07:08:09Z", "Wed May 06 2020 07:08:09 GMT+0000"])
def test_moments_come_back_in_the_zone_of_the_account(api: Api, written: str) -> None:
    made = api.post("tasks", {"task": {"title": "t", "due_date": written}})["task"]
    assert made["due_date"] == "2020-05-06T17:08:09+10:00"
