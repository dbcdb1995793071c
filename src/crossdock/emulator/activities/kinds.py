"""The rules of each kind: what it reads, what it needs, what it shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from crossdock.emulator import errors, values
from crossdock.emulator.accept import Acceptance
from crossdock.emulator.store import Row

if TYPE_CHECKING:
    from crossdock.emulator.account import Account

Reader = Callable[["Account", Any, list[str]], Any]


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


def _text(label: str, limit: int = values.TEXT_LENGTH) -> Reader:
    def read(account: Account, value: Any, wrong: list[str]) -> str | None:
        text = values.text(value)
        if text is None:
            wrong.append(f"{label} is not valid")
        elif len(text) > limit:
            wrong.append(errors.too_long(label))
        return text

    return read


def _note_text(account: Account, value: Any, wrong: list[str]) -> str | None:
    text: str | None = _text("Description", account.assumptions.note_length)(account, value, wrong)
    return text


def _moment(account: Account, value: Any, wrong: list[str]) -> float | None:
    return account.zone.moment(value)


def _flag(account: Account, value: Any, wrong: list[str]) -> bool | None:
    return values.flag(value)


def _number(account: Account, value: Any, wrong: list[str]) -> int | float | None:
    return values.number(value)


def _task_status(account: Account, value: Any, wrong: list[str]) -> int | None:
    found = values.flag(value)
    if found is None:
        wrong.append("Status is not valid")
        return None
    return int(found)


def _zone(account: Account, value: Any, wrong: list[str]) -> str | None:
    if isinstance(value, str) and value in account.rails_zones:
        return str(value)
    wrong.append("Not a supported time zone")
    return None


def _choice(source: str, label: str) -> Reader:
    def read(account: Account, value: Any, wrong: list[str]) -> int | None:
        found = values.record_id(value)
        item = None if found is None else account.catalog.find(source, found)
        if item is None:
            wrong.append(f"{label} doesn't exist")
        elif not item.get("is_active", True) and account.assumptions.refuse_inactive_owner:
            wrong.append(f"{label} is not active")
        return found

    return read


def _attendees(account: Account, value: Any, wrong: list[str]) -> list[Row] | None:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else None


def _users(account: Account, value: Any, wrong: list[str]) -> list[int] | None:
    if not isinstance(value, list):
        return None
    ids = [each.get("user_id") for each in value if isinstance(each, dict)]
    return [found for each in ids if (found := values.record_id(each)) is not None]


def _custom(account: Account, value: Any, wrong: list[str]) -> Row | None:
    acceptance = Acceptance(account, account.schemas["sales_activity"])
    acceptance.read({"custom_field": value})
    wrong.extend(acceptance.wrong)
    found: Row = acceptance.values.get("custom_field", {})
    return {name: each for name, each in found.items() if each is not None} or None


def _task_done(account: Account, row: Row, before: Row | None) -> None:
    """The server sets the completed date when a task is done. Certainty: observed."""
    if row.get("status") == 1:
        row.setdefault("completed_date", account.now())
    else:
        row.pop("completed_date", None)


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


_OWNER = _choice("owners", "Owner")
_STAMPS = ("created_at", "updated_at")

KINDS: dict[str, Kind] = {
    "notes": Kind(
        root="note",
        readers={"description": _note_text},
        required={"description": "Description can't be empty"},
        template=_blank(
            "id description created_at updated_at url duration creater_id has_access "
            "collab_context targetables",
            has_access=True,
            collab_context={"hasSlackViewAccess": False, "messageId": ""},
        ),
        moments=_STAMPS,
        needs_target=True,
        created=200,
    ),
    "tasks": Kind(
        root="task",
        readers={
            "title": _text("Title"),
            "description": _text("Description", values.TEXTAREA_LENGTH),
            "due_date": _moment,
            "status": _task_status,
            "owner_id": _OWNER,
            "task_type_id": _choice("sales_activity_entity_types", "Task type"),
            "outcome_id": _choice("sales_activity_outcomes", "Outcome"),
            "task_users_attributes": _users,
        },
        required={"title": "Title can't be blank", "due_date": "Due date can't be blank"},
        template=_blank(
            "id status title description created_at updated_at owner_id due_date completed_date "
            "creater_id updater_id outcome_id task_type_id targetables",
            status=0,
        ),
        moments=(*_STAMPS, "due_date", "completed_date"),
        settle=_task_done,
    ),
    "appointments": Kind(
        root="appointment",
        readers={
            "title": _text("Title"),
            "description": _text("Description", values.TEXTAREA_LENGTH),
            "location": _text("Location"),
            "from_date": _moment,
            "end_date": _moment,
            "time_zone": _zone,
            "is_allday": _flag,
            "outcome_id": _choice("sales_activity_outcomes", "Outcome"),
            "latitude": _number,
            "longitude": _number,
            "appointment_attendees_attributes": _attendees,
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
            "appointment_attendee_ids note_id",
            is_allday=False,
            provider="freshsales",
            can_checkin_checkout=True,
            can_checkin=True,
        ),
        moments=(*_STAMPS, "from_date", "end_date"),
        extra={"appointment_attendees": [], "conferences": [], "notes": []},
    ),
    "sales_activities": Kind(
        root="sales_activity",
        readers={
            "title": _text("Title"),
            "notes": _text("Notes", values.TEXTAREA_LENGTH),
            "start_date": _moment,
            "end_date": _moment,
            "owner_id": _OWNER,
            "sales_activity_type_id": _choice("sales_activity_types", "Sales activity type"),
            "sales_activity_outcome_id": _choice("sales_activity_outcomes", "Outcome"),
            "location": _text("Location"),
            "latitude": _number,
            "longitude": _number,
            "status": _flag,
            "completed_date": _moment,
            "custom_field": _custom,
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
