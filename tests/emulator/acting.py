"""What tests of persons need: their acts, and records to act on."""

from __future__ import annotations

from typing import Any

import pytest

from crossdock.emulator.people import People
from crossdock.emulator.store import Row

from .conftest import Api


def one(people: People, **act: Any) -> dict[str, Any]:
    (done,) = people.perform([act])
    return done


def refused(people: People, *acts: Any) -> str:
    with pytest.raises(ValueError) as problem:
        people.perform(list(acts))
    return str(problem.value)


def user(api: Api, name: str) -> int:
    return int(next(u["id"] for u in api.account.catalog.items("owners") if u["name"] == name))


def account(api: Api, name: str, **fields: Any) -> dict[str, Any]:
    return api.post("sales_accounts", {"sales_account": {"name": name} | fields})["sales_account"]


def note(api: Api, text: str, model: str, record_id: int) -> None:
    hung = {"targetable_type": model, "targetable_id": record_id}
    api.post("notes", {"note": {"description": text} | hung})


def task(api: Api, title: str, model: str, record_id: int) -> int:
    hung = {"targetable_type": model, "targetable_id": record_id}
    body = {"title": title, "due_date": "2026-03-05T10:00:00+11:00"} | hung
    return int(api.post("tasks", {"task": body})["task"]["id"])


def row(api: Api, entity: str, record_id: int) -> Row:
    found = api.account.stores()[entity].get(record_id)
    assert found is not None
    return found
