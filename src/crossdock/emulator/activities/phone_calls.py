"""Calls logged by hand.

Reference: Freshsales API, phone call; certainty: documented for JSON; another source got only
multipart to work. Neither time, length nor owner of a call can be set.
"""

from __future__ import annotations

from typing import Any

from crossdock.emulator import errors, values
from crossdock.emulator.http.call import Call, Reply
from crossdock.emulator.http.router import Doors, Router
from crossdock.emulator.store import Row

_MODELS = {"contact": "Contact", "sales_account": "SalesAccount", "deal": "Deal"}


def log_call(call: Call) -> Reply:
    """Log a call on a record; a contact that has no id is made. Answers 201."""
    body = call.fields("phone_call")
    incoming = values.flag(body.get("call_direction"))
    entity = str(body.get("targetable_type") or "").lower()
    records = call.account.records(entity)
    if incoming is None or records is None or entity not in _MODELS:
        raise errors.invalid("Invalid or missing attributes")
    target = _target(call, entity, body.get("targetable"))
    notes = []
    note = body.get("note")
    if isinstance(note, dict) and note.get("description"):
        hung = {"targetable_type": _MODELS[entity], "targetable_id": target["id"]}
        notes.append(call.account.activities.create("notes", {**note, **hung}, call.user_id))
    now = call.account.now()
    row: Row = {
        "id": call.account.ids.next("phone_calls"),
        "call_direction": incoming,
        "conversation_time": now,
        "created_at": now,
        "updated_at": now,
        "user_id": call.user_id,
        "targetable_type": _MODELS[entity],
        "targetable_id": target["id"],
    }
    if notes:
        row["note_id"] = notes[0]["id"]
    call.account.activities.stores["phone_calls"].add(row)
    beside: dict[str, list[Row]] = {"contacts": [], "sales_accounts": [], "deals": []}
    beside[records.schema.collection] = [records.thin(target)]
    shown = [call.account.activities.render("notes", each) for each in notes]
    return Reply({"phone_calls": [_shown(call, row)], "notes": shown, **beside}, 201)


def show_call(call: Call) -> Reply:
    """Show a logged call; there is no list of them."""
    row = call.account.activities.get("phone_calls", call.id())
    return Reply({"call": _shown(call, row)})


def _target(call: Call, entity: str, given: Any) -> Row:
    records = call.account.records(entity)
    if records is None or not isinstance(given, dict):
        raise errors.invalid("Invalid or missing attributes")
    if given.get("id") is None:
        return records.create(given, call.user_id)
    row = records.store.get(values.record_id(given["id"]))
    if row is None:
        raise errors.invalid("Targetable doesn't exist")
    return row


def _shown(call: Call, row: Row) -> Row:
    shown = call.account.activities.render("phone_calls", row)
    del shown["targetables"]
    kinds = {model: entity for entity, model in _MODELS.items()}
    kind = kinds[row["targetable_type"]]
    return shown | {"targetable": {"id": row["targetable_id"], "type": kind}}


def mount(router: Router) -> None:
    """Add the routes of logged calls."""
    router.add("POST", "phone_calls", log_call, Doors.BOTH)
    router.add("GET", "phone_calls/:id", show_call, Doors.BOTH)
