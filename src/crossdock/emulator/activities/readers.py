"""How the values of activities are read: each reader returns a value and notes what is wrong.

Reference: Freshsales API, task, appointment, sales activity; certainty: observed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from crossdock.emulator import errors, values
from crossdock.emulator.accept import Acceptance
from crossdock.emulator.store import Row

if TYPE_CHECKING:
    from crossdock.emulator.account import Account

#: Account, value, list of complaints → value to keep.
Reader = Callable[["Account", Any, list[str]], Any]
USER = "FdMultitenant::User"
ATTENDEES = ("Contact", "Lead", USER)


def text(label: str, limit: int = values.TEXT_LENGTH) -> Reader:
    """Return a reader of a text of at most so many characters."""

    def read(account: Account, value: Any, wrong: list[str]) -> str | None:
        found = values.text(value)
        if found is None:
            wrong.append(f"{label} is not valid")
        elif len(found) > limit:
            wrong.append(errors.too_long(label))
        return found

    return read


def note_text(account: Account, value: Any, wrong: list[str]) -> str | None:
    """Read a note, as long as the assumptions let it be."""
    found: str | None = text("Description", account.assumptions.note_length)(account, value, wrong)
    return found


def moment(account: Account, value: Any, wrong: list[str]) -> float | None:
    """Read a moment; one that makes no sense counts as none."""
    return account.zone.moment(value)


def flag(account: Account, value: Any, wrong: list[str]) -> bool | None:
    """Read a truth value."""
    return values.flag(value)


def number(account: Account, value: Any, wrong: list[str]) -> int | float | None:
    """Read a number."""
    return values.number(value)


def task_status(account: Account, value: Any, wrong: list[str]) -> int | None:
    """Read the status of a task: 0 open, 1 completed."""
    found = values.flag(value)
    if found is None:
        wrong.append("Status is not valid")
        return None
    return int(found)


def zone(account: Account, value: Any, wrong: list[str]) -> str | None:
    """Read a time zone by its Rails name."""
    if isinstance(value, str) and value in account.rails_zones:
        return str(value)
    wrong.append("Not a supported time zone")
    return None


def choice(source: str, label: str) -> Reader:
    """Return a reader of the id of an item in a list."""

    def read(account: Account, value: Any, wrong: list[str]) -> int | None:
        found = values.record_id(value)
        item = None if found is None else account.catalog.find(source, found)
        if item is None:
            wrong.append(f"{label} doesn't exist")
        elif not item.get("is_active", True) and account.assumptions.refuse_inactive_owner:
            wrong.append(f"{label} is not active")
        return found

    return read


def members(account: Account, value: Any, wrong: list[str]) -> list[Row] | None:
    """Read who joins or leaves a task; users who do not exist are refused (inferred)."""
    rows = _objects(value)
    joining = [each for each in rows or () if not each.get("_destroy")]
    if any(account.user(values.record_id(each.get("user_id"))) is None for each in joining):
        wrong.append("User doesn't exist")
    return rows


def attendees(account: Account, value: Any, wrong: list[str]) -> list[Row] | None:
    """Read who is invited or no longer; who does not exist is refused (inferred).

    Nobody of an unknown type is invited, without a word.
    """
    rows = _objects(value)
    if any(not each.get("_destroy") and _nobody(account, each) for each in rows or ()):
        wrong.append("Attendee doesn't exist")
    return rows


def _nobody(account: Account, each: Row) -> bool:
    kind, found = each.get("attendee_type"), values.record_id(each.get("attendee_id"))
    if kind not in ATTENDEES:
        return False
    if kind == USER:
        return account.user(found) is None
    return found is None or not account.exists(str(kind).lower(), found)


def _objects(value: Any) -> list[Row] | None:
    """Return the objects of a list; what is none is dropped."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else None


def custom(account: Account, value: Any, wrong: list[str]) -> Row | None:
    """Read the custom fields of a sales activity."""
    acceptance = Acceptance(account, account.schemas["sales_activity"])
    acceptance.read({"custom_field": value})
    wrong.extend(acceptance.wrong)
    found: Row = acceptance.values.get("custom_field", {})
    return {name: each for name, each in found.items() if each is not None} or None
