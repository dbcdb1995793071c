"""Calls logged by hand.

Reference: Freshsales API, phone call; certainty: documented for JSON; another source got only a
multipart form with names such as `phone_call[targetable][id]` to work, so both are taken. Neither
time, length nor owner of a call can be set. Whether a contact can be made here without the fields
that its form demands is unknown; here it cannot. That a call counts as the last contact is
inferred.
"""

from __future__ import annotations

from typing import Any

from crossdock.emulator import errors, values
from crossdock.emulator.activities import readers
from crossdock.emulator.activities.beside import user_beside
from crossdock.emulator.crm.includes import shown as shown_records
from crossdock.emulator.crm.records import Records
from crossdock.emulator.http.call import Call, Reply
from crossdock.emulator.http.router import Doors, Router
from crossdock.emulator.store import Row

_MODELS = {"contact": "Contact", "sales_account": "SalesAccount", "deal": "Deal"}
_ENTITIES = {model: entity for entity, model in _MODELS.items()}
#: Arrays that an answer always has, mostly empty.
_ARRAYS = (
    "contacts",
    "sales_accounts",
    "deals",
    "tasks",
    "appointments",
    "currencies",
    "deal_payment_statuses",
    "deal_pipelines",
    "deal_stages",
    "lead_sources",
    "sales_activity_entity_types",
)


def log_call(call: Call) -> Reply:
    """Log a call on a record; a contact that has no id is made. Answers 201."""
    call.body = _nested(call.body)
    body = call.fields("phone_call")
    incoming = values.flag(body.get("call_direction"))
    given = str(body.get("targetable_type") or "")
    entity = _ENTITIES.get(given, given)
    records = call.account.records(entity) if entity in _MODELS else None
    if incoming is None or records is None:
        raise errors.invalid("Invalid or missing attributes")
    note = _note(call, body.get("note"))
    target = _target(call, records, body.get("targetable"))
    hung = {"targetable_type": _MODELS[entity], "targetable_id": target["id"]}
    activities = call.account.activities
    notes = [activities.create("notes", note | hung, call.user_id)] if note else []
    row: Row = {
        "id": call.account.ids.next("phone_calls"),
        "call_direction": incoming,
        "conversation_time": call.account.now(),
        "created_at": call.account.now(),
        "updated_at": call.account.now(),
        "user_id": call.user_id,
        **hung,
    }
    if notes:
        row["note_id"] = notes[0]["id"]
    activities.stores["phone_calls"].add(row)
    if entity != "deal":
        mode = "Call Incoming" if incoming else "Call Outgoing"
        told = {"last_contacted": row["conversation_time"], "last_contacted_mode": mode}
        records.store.touch(target, told)
    return Reply(_answer(call, records, target, row, notes), 201)


def _nested(body: Any) -> Any:
    """Return the fields of a form as the object that their names spell."""
    if not isinstance(body, dict) or not any("[" in name for name in body):
        return body
    out: Row = {}
    for name, value in body.items():
        *path, last = name.replace("]", "").split("[")
        place: Any = out
        for part in path:
            place = place.setdefault(part, {})
            if not isinstance(place, dict):
                raise errors.invalid("Invalid or missing attributes")
        place[last] = value
    return out


def _target(call: Call, records: Records, given: Any) -> Row:
    if not isinstance(given, dict):
        raise errors.invalid("Invalid or missing attributes")
    if given.get("id") is None:
        company = given.get("company")
        return records.create({"sales_account": company, **given}, call.user_id)
    found = values.record_id(given["id"])
    row = None if found is None else records.store.get(found)
    if row is None:
        raise errors.invalid("Targetable doesn't exist")
    return row


def _note(call: Call, given: Any) -> Row | None:
    """Return the note of a call, read before anything is made: a refused call leaves nothing."""
    if not isinstance(given, dict) or not given.get("description"):
        return None
    wrong: list[str] = []
    text = readers.note_text(call.account, given["description"], wrong)
    if wrong:
        raise errors.invalid(*wrong)
    return {"description": text}


def _answer(call: Call, records: Records, target: Row, row: Row, notes: list[Row]) -> Row:
    targetable = {"id": target["id"], "type": records.entity}
    body: Row = {name: [] for name in _ARRAYS}
    body[records.schema.collection] = [_short(records, target)]
    render = call.account.activities.render
    user = user_beside(call.account, call.user_id)
    return {
        **body,
        "phone_calls": [_shown(call, row)],
        "notes": [render("notes", each) | {"targetable": targetable} for each in notes],
        "targetables": [{"targetable": targetable}],
        "users": [user],
        "user": [user],
    }


def _short(records: Records, row: Row) -> Row:
    """Return a record beside its call: the short form, and for contacts what they belong to."""
    short = records.thin(row) | {"has_access": True}
    if records.entity == "contact":
        full = shown_records(records, [row], ("owner", "deals", "sales_accounts"))[0][0]
        names = ("owner_id", "deal_ids", "sales_accounts", "last_seen")
        short |= {name: full[name] for name in names}
    return short


def show_call(call: Call) -> Reply:
    """Show a logged call; there is no list of them."""
    row = call.account.activities.get("phone_calls", call.id())
    return Reply({"call": _shown(call, row)})


def _shown(call: Call, row: Row) -> Row:
    shown = call.account.activities.render("phone_calls", row)
    del shown["targetables"]
    kind = _ENTITIES[row["targetable_type"]]
    return shown | {"targetable": {"id": row["targetable_id"], "type": kind}}


def refuse_telephony(call: Call) -> Reply:
    """Refuse what only a telephone system may send. Certainty: observed."""
    raise errors.invalid("Invalid or missing attributes")


def mount(router: Router) -> None:
    """Add the routes of logged calls."""
    router.add("POST", "phone_calls", log_call, Doors.BOTH)
    router.add("GET", "phone_calls/:id", show_call, Doors.BOTH)
    router.add("POST", "cti_phone_calls", refuse_telephony, Doors.BOTH)
