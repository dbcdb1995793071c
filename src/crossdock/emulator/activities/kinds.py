"""The rules of each kind: what it reads, what it needs, what it shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from crossdock.emulator import values
from crossdock.emulator.activities import readers
from crossdock.emulator.activities.readers import Reader
from crossdock.emulator.store import Row

if TYPE_CHECKING:
    from crossdock.emulator.account import Account


def _no_check(account: Account, given: Row, row: Row | None, wrong: list[str]) -> None:
    """Check nothing more."""


def _no_change(account: Account, row: Row, before: Row | None) -> None:
    """Change nothing more."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of activity."""

    root: str
    readers: Mapping[str, Reader]
    #: Column → text of the refusal when it is empty.
    required: Mapping[str, str]
    template: Row
    moments: tuple[str, ...]
    needs_target: bool = False
    check: Callable[[Account, Row, Row | None, list[str]], None] = _no_check
    settle: Callable[[Account, Row, Row | None], None] = _no_change
    created: int = 201
    extra: Row = field(default_factory=dict)


def _task_done(account: Account, row: Row, before: Row | None) -> None:
    """The server sets the completed date when a task is done. Certainty: observed."""
    if row.get("status") == 1:
        row.setdefault("completed_date", account.now())
    else:
        row.pop("completed_date", None)
    _collaborators(row)


def _collaborators(row: Row) -> None:
    """Add and remove who works on a task beside its owner. Certainty: documented."""
    kept = dict.fromkeys(row.get("user_ids", ()))
    for each in row.pop("task_users_attributes", ()):
        found = values.record_id(each.get("user_id"))
        if found is not None:
            kept[found] = None
        if each.get("_destroy"):
            kept.pop(found, None)
    if kept or "user_ids" in row:
        row["user_ids"] = list(kept)


def _invite(account: Account, row: Row, before: Row | None) -> None:
    """Add and remove attendees; who makes the appointment is none. Certainty: observed."""
    kept = {(each["attendee_type"], each["attendee_id"]): each for each in row.get("attendees", ())}
    for each in row.pop("appointment_attendees_attributes", ()):
        kind, found = each.get("attendee_type"), values.record_id(each.get("attendee_id"))
        own = (kind, found) == (readers.USER, row.get("creater_id"))
        if kind not in readers.ATTENDEES or found is None or own:
            continue
        if each.get("_destroy"):
            kept.pop((kind, found), None)
        elif (kind, found) not in kept:
            new = {"id": account.ids.next("attendee"), "attendee_type": kind, "attendee_id": found}
            kept[kind, found] = new
    if kept or "attendees" in row:
        row["attendees"] = list(kept.values())


def _activity_check(account: Account, given: Row, row: Row | None, wrong: list[str]) -> None:
    """Only custom activity types are taken (certainty: inferred), and an owner is needed."""
    type_id = given.get("sales_activity_type_id")
    kind = account.catalog.find("sales_activity_types", type_id)
    if kind and kind["is_default"] and not account.assumptions.default_activity_types_allowed:
        wrong.append("Sales activity type doesn't exist")


def _activity_times(account: Account, row: Row, before: Row | None) -> None:
    """The conversation is over when the activity ends. Certainty: observed."""
    row["conversation_time"] = row["end_date"]


def _blank(names: str, **filled: Any) -> Row:
    return dict.fromkeys(names.split()) | filled


_OWNER = readers.choice("owners", "Owner")
_CREATER = readers.choice("owners", "Creater")
_STAMPS = ("created_at", "updated_at")
#: What answers of 2026 have beside those of 2023.
_NEWER: Row = {"has_multiple_emails": False}

KINDS: dict[str, Kind] = {
    "notes": Kind(
        root="note",
        readers={"description": readers.note_text},
        required={"description": "Description can't be empty"},
        template=_blank(
            "id description created_at updated_at url duration creater_id has_access "
            "collab_context targetables html_content has_mentions",
            has_access=True,
            has_mentions=False,
            collab_context={"hasSlackViewAccess": False, "messageId": ""},
        ),
        moments=_STAMPS,
        needs_target=True,
        created=200,
    ),
    "tasks": Kind(
        root="task",
        readers={
            "title": readers.text("Title"),
            "description": readers.text("Description", values.TEXTAREA_LENGTH),
            "due_date": readers.moment,
            "status": readers.task_status,
            "owner_id": _OWNER,
            "task_type_id": readers.choice("sales_activity_entity_types", "Task type"),
            "outcome_id": readers.choice("sales_activity_outcomes", "Outcome"),
            "creater_id": _CREATER,
            "task_users_attributes": readers.members,
        },
        required={"title": "Title can't be blank", "due_date": "Due date can't be blank"},
        template=_blank(
            "id status title description created_at updated_at owner_id due_date completed_date "
            "creater_id updater_id outcome_id task_type_id targetables has_multiple_emails "
            "is_linkedin_type targetables_with_email",
            status=0,
            **_NEWER,
            is_linkedin_type=False,
        ),
        moments=(*_STAMPS, "due_date", "completed_date"),
        settle=_task_done,
    ),
    "appointments": Kind(
        root="appointment",
        readers={
            "title": readers.text("Title"),
            "description": readers.text("Description", values.TEXTAREA_LENGTH),
            "location": readers.text("Location"),
            "from_date": readers.moment,
            "end_date": readers.moment,
            "time_zone": readers.zone,
            "is_allday": readers.flag,
            "outcome_id": readers.choice("sales_activity_outcomes", "Outcome"),
            "latitude": readers.number,
            "longitude": readers.number,
            "creater_id": _CREATER,
            "appointment_attendees_attributes": readers.attendees,
        },
        required={
            "title": "Title can't be blank",
            "from_date": "From date can't be blank",
            "end_date": "End date can't be blank",
        },
        template=_blank(
            "id time_zone title description location is_allday outcome_id from_date end_date "
            "created_at updated_at provider creater_id latitude longitude checkedin_at "
            "can_checkin_checkout checkedout_latitude checkedout_longitude checkedout_location "
            "checkedout_at checkedin_duration can_checkin conference_id targetables "
            "appointment_attendee_ids note_id has_multiple_emails targetables_with_email",
            is_allday=False,
            **_NEWER,
            provider="freshsales",
            can_checkin_checkout=True,
            can_checkin=True,
        ),
        moments=(*_STAMPS, "from_date", "end_date"),
        settle=_invite,
        extra={"appointment_attendees": [], "conferences": [], "notes": []},
    ),
    "sales_activities": Kind(
        root="sales_activity",
        readers={
            "title": readers.text("Title"),
            "notes": readers.text("Notes", values.TEXTAREA_LENGTH),
            "start_date": readers.moment,
            "end_date": readers.moment,
            "owner_id": _OWNER,
            "sales_activity_type_id": readers.choice("sales_activity_types", "Sales activity type"),
            "sales_activity_outcome_id": readers.choice("sales_activity_outcomes", "Outcome"),
            "location": readers.text("Location"),
            # Numbers on appointments, texts here.
            "latitude": readers.text("Latitude"),
            "longitude": readers.text("Longitude"),
            "creater_id": _CREATER,
            "status": readers.flag,
            "completed_date": readers.moment,
            "custom_field": readers.custom,
        },
        required={
            "title": "Title can't be empty",
            "start_date": "Start date can't be empty",
            "end_date": "End date can't be empty",
            "owner_id": "Owner can't be empty",
            "sales_activity_type_id": "Sales activity type can't be empty",
        },
        template=_blank(
            "id title start_date end_date sales_activity_type_id created_at updated_at notes "
            "owner_id sales_activity_outcome_id remote_id import_id creater_id updater_id "
            "conversation_time targetable_id targetable_type latitude longitude location "
            "checkedin_at conversation_id checkedout_latitude checkedout_longitude "
            "checkedout_location checkedout_at checkedin_duration custom_field completed_date "
            "status targetables",
            status=False,
        ),
        moments=(*_STAMPS, "start_date", "end_date", "conversation_time", "completed_date"),
        needs_target=True,
        check=_activity_check,
        settle=_activity_times,
        created=200,
    ),
    "phone_calls": Kind(
        root="phone_call",
        readers={},
        required={},
        template=_blank(
            "id call_direction status conversation_time cost is_manual is_external_recording_url "
            "note_id root_phone_call_id user_id",
            is_manual=True,
            is_external_recording_url=False,
        ),
        moments=("conversation_time",),
    ),
}
