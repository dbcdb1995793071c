"""Answers about what hangs on records."""

from __future__ import annotations

from typing import Any

from . import shapes
from .conftest import Api
from .exampling import MEETING, example, full_contact, hung, me, upload


@example("note")
def _note(api: Api) -> tuple[Any, Any]:
    body = {"note": hung("Contact", full_contact(api), description="Hello")}
    return api.post("notes", body), {"note": shapes.NOTE}


@example("task")
def _task(api: Api) -> tuple[Any, Any]:
    body = {"title": "Call", "description": "d", "due_date": "Tue Jun 21 2099 11:00:00 GMT+0000"}
    body = hung("Contact", full_contact(api), owner_id=me(api), **body)
    return api.post("tasks", {"task": body}), {"task": shapes.TASK}


@example("tasks")
def _tasks(api: Api) -> tuple[Any, Any]:
    contact = full_contact(api)
    account = api.get(f"contacts/{contact}?include=sales_accounts")["contact"]["sales_accounts"][0]
    targets = {"Contact": contact, "SalesAccount": account["id"], "Deal": api.deal()["id"]}
    for model, record_id in targets.items():
        body = hung(model, record_id, title="T", due_date="2030-01-01", owner_id=me(api))
        api.post("tasks", {"task": body})
    return api.get("tasks?filter=open&include=owner,users,targetable"), shapes.TASKS


@example("appointment")
def _appointment(api: Api) -> tuple[Any, Any]:
    more = {"time_zone": "Chennai", "location": "Chennai", "latitude": 13.1, "longitude": 80.3}
    body = hung("Contact", full_contact(api), description="d", **MEETING, **more)
    return api.post("appointments", {"appointment": body}), shapes.APPOINTMENT


@example("sales activity")
def _activity(api: Api) -> tuple[Any, Any]:
    kind = api.account.catalog.add_activity_type("Payment", "payment", default=False)["id"]
    times = {"start_date": "2017-12-04T17:00:00+05:30", "end_date": "2017-12-04T17:30:00+05:30"}
    body = hung("Deal", api.deal()["id"], title="Paid", notes="n", owner_id=me(api), **times)
    made = api.post("sales_activities", {"sales_activity": body | {"sales_activity_type_id": kind}})
    return made, {"sales_activity": shapes.ACTIVITY}


@example("file")
def _file(api: Api) -> tuple[Any, Any]:
    return upload(api, api.deal()["id"]), shapes.KEPT


@example("link")
def _link(api: Api) -> tuple[Any, Any]:
    body = hung("Deal", api.deal()["id"], url="https://x.co/a", name="A", is_shared=True)
    return api.post("document_links", body), shapes.KEPT


@example("files of a record")
def _files(api: Api) -> tuple[Any, Any]:
    deal = api.deal()["id"]
    upload(api, deal)
    api.post("document_links", hung("Deal", deal, url="https://x.co/a", name="A"))
    return api.get(f"deals/{deal}/document_associations"), shapes.ASSOCIATIONS


@example("phone call")
def _call(api: Api) -> tuple[Any, Any]:
    body = {"call_direction": True, "targetable_type": "contact", "note": {"description": "n"}}
    body |= {"targetable": {"id": full_contact(api)}}
    return api.post("phone_calls", {"phone_call": body}), shapes.LOGGED


@example("activities of a contact")
def _feed(api: Api) -> tuple[Any, Any]:
    return api.get(f"contacts/{full_contact(api)}/activities"), shapes.FEED
