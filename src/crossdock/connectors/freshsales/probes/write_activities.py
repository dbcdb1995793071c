"""Probes that hang tasks, appointments, notes and sales activities on the probes' contact."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from crossdock.connectors.freshsales.probes.asker import Asker, NothingToAskError
from crossdock.connectors.freshsales.probes.shapes import type_of
from crossdock.connectors.freshsales.probes.write_contacts import shared_contact

_START: Final = "2020-02-03T04:00:00Z"
_END: Final = "2020-02-03T05:00:00Z"
_HTML: Final = "<p>Gate code <b>12</b> &amp; dog</p>"
#: Longer than a text column of 64 kB.
_LONG: Final = 70_000


async def _target(asker: Asker) -> dict[str, Any]:
    shared = await shared_contact(asker)
    return {"targetable_type": "Contact", "targetable_id": shared["id"]}


async def tasks(asker: Asker) -> None:
    """Create a task that was done long ago, and one that was due long ago."""
    task = {"title": asker.marker, "due_date": _START, **await _target(asker)}
    done = {**task, "status": 1, "completed_date": _END}
    made = await asker.create("done", "tasks", "task", done)
    if made is not None:
        asker.fact("status comes back as", type_of(made.get("status")))
        asker.fact("completed_date", _kept(made, "completed_date", _END))
    made = await asker.create("overdue", "tasks", "task", task)
    if made is not None:
        asker.fact("due_date", _kept(made, "due_date", _START))


async def appointments(asker: Asker) -> None:
    """Create an appointment of the past with either kind of time zone's name."""
    fields = {"title": asker.marker, "from_date": _START, "end_date": _END, **await _target(asker)}
    for step, zone in (("Rails zone", "Sydney"), ("IANA zone", "Australia/Sydney")):
        made = await asker.create(
            step, "appointments", "appointment", {**fields, "time_zone": zone}
        )
        if made is not None:
            asker.fact(f"from_date with a {step}", _kept(made, "from_date", _START))


async def notes(asker: Asker) -> None:
    """Write a note with HTML, and one that is longer than most columns."""
    target = await _target(asker)
    texts = {"HTML": f"{_HTML}{asker.marker}", "long": f"{asker.marker} ".ljust(_LONG, "x")}
    for step, text in texts.items():
        made = await asker.create(step, "notes", "note", {"description": text, **target})
        if made is not None:
            came = str(made.get("description") or "")
            asker.fact(f"{step} text is kept", came == text)
            asker.fact(f"{step} text has characters", len(came))


async def sales_activity(asker: Asker) -> None:
    """Log an activity of the past with a type that every account has, by the key's own user."""
    target = await _target(asker)
    path = f"contacts/{target['targetable_id']}"
    shown = await asker.send("look", "GET", path, params={"include": "creater"})
    body = await asker.known("selector/sales_activity_types")
    listed = body.get("sales_activity_types") if isinstance(body, Mapping) else None
    built_in = [kind for kind in listed or () if kind.get("is_default")]
    if not built_in:
        raise NothingToAskError("the account shows no built-in kind of activity")
    fields = {
        "title": asker.marker,
        "sales_activity_type_id": built_in[0]["id"],
        "start_date": _START,
        "end_date": _END,
        "owner_id": shown.body["contact"].get("creater_id"),
        **target,
    }
    made = await asker.create("create", "sales_activities", "sales_activity", fields)
    if made is not None:
        asker.fact("start_date", _kept(made, "start_date", _START))


def _kept(record: Mapping[str, Any], name: str, sent: str) -> str:
    """Say what became of a moment; its day tells, give or take a time zone."""
    value = record.get(name)
    if value is None:
        return "null" if name in record else "absent"
    return "as sent" if str(value)[:7] == sent[:7] else "another date"
