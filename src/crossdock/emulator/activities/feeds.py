"""What happened to a record, newest first, and its e-mail conversations.

Reference: Freshsales API, contact activities; certainty: documented for the keys. What counts as
an activity here (notes, tasks, appointments, sales activities and calls on the record) is
inferred. Conversations can only be read, and there are none: no call can create an e-mail. Nor
does anything here make reminders, connections or suspected duplicates of a contact.
"""

from __future__ import annotations

from collections.abc import Callable

from crossdock.emulator.crm.views import cut, page_of
from crossdock.emulator.http.call import Call, Reply
from crossdock.emulator.http.router import Doors, Router
from crossdock.emulator.store import Row

_MODELS = {
    "notes": "Note",
    "tasks": "Task",
    "appointments": "Appointment",
    "sales_activities": "SalesActivity",
    "phone_calls": "PhoneCall",
}


def feed(entity: str) -> Callable[[Call], Reply]:
    """Return the call that lists what happened to a record."""

    def handler(call: Call) -> Reply:
        records = call.account.records(entity)
        assert records is not None
        row = records.get(call.id())
        found: list[tuple[float, str, int]] = []
        for kind in _MODELS:
            store = call.account.activities.stores[kind]
            ids = call.account.activities.of(kind, records.schema.model, row["id"])
            found += [(store.rows[each]["created_at"], kind, each) for each in ids]
        found.sort(reverse=True)
        page, size = page_of(call)
        wanted = cut(range(len(found)), page, size)
        out = [_entry(call, entity, row["id"], *found[at]) for at in wanted]
        meta = {"has_next": page * size < len(found), "has_previous": page > 1}
        return Reply({"activities": out, "meta": meta})

    return handler


def _entry(call: Call, entity: str, target: int, moment: float, kind: str, row_id: int) -> Row:
    return {
        "id": str(row_id),
        "action_type": "create",
        "actionable_type": _MODELS[kind],
        "actionable_id": row_id,
        "targetable_type": entity,
        "targetable_id": target,
        "user_activity": True,
        "created_at": call.account.zone.text(moment),
        "composite_id": f"{kind}_{row_id}",
    }


def empty(entity: str, key: str) -> Callable[[Call], Reply]:
    """Return the call that lists what a record never has here (shape: inferred)."""

    def handler(call: Call) -> Reply:
        records = call.account.records(entity)
        assert records is not None
        records.get(call.id())
        return Reply({key: []})

    return handler


def mount(router: Router, entity: str, collection: str) -> None:
    """Add the feeds of an entity."""
    router.add("GET", f"{collection}/:id/activities", feed(entity), Doors.BOTH)
    router.add("GET", f"{collection}/:id/timeline_feeds", feed(entity), Doors.BOTH)
    mails = empty(entity, "email_conversations")
    router.add("GET", f"{collection}/:id/conversations/all", mails, Doors.WEB)
    if entity == "contact":
        for name in ("duplicates", "connections", "reminders"):
            router.add("GET", f"contacts/:id/{name}", empty(entity, name), Doors.WEB)
