"""What `include` puts beside activities: users, targets, types, outcomes, attendees.

Reference: Freshsales API, side-loading, task, appointment; certainty: observed for users, targets
and attendees, inferred for the others. The short forms here are narrower than those beside records.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crossdock.emulator.activities.targets import ENTITIES
from crossdock.emulator.crm.contacts import display_name
from crossdock.emulator.store import Row

if TYPE_CHECKING:
    from crossdock.emulator.account import Account

#: Include → column that names a user.
_USERS = {"owner": "owner_id", "creater": "creater_id", "updater": "updater_id"}
#: Include → column, and the list that its id is looked up in.
_CHOICES = {
    "task_type": ("task_type_id", "sales_activity_entity_types"),
    "outcome": ("outcome_id", "sales_activity_outcomes"),
}
_CONTACT = (
    "first_name",
    "last_name",
    "email",
    "work_number",
    "mobile_number",
    "job_title",
    "linkedin",
)


def beside(account: Account, rows: list[Row], include: tuple[str, ...]) -> dict[str, list[Row]]:
    """Return the arrays that stand beside activities."""
    out: dict[str, list[Row]] = {}
    if any(name == "users" or name in _USERS for name in include):
        out["users"] = _users(account, rows, include)
    for name in include:
        if name in _CHOICES:
            column, source = _CHOICES[name]
            found = (account.choice(source, each) for each in _distinct(rows, column))
            out[source] = [each for each in found if each]
    if "targetable" in include:
        out |= _targets(account, rows)
    if "appointment_attendees" in include:
        out["appointment_attendees"] = [each for row in rows for each in row.get("attendees", ())]
    if "conference" in include:
        out["conferences"] = []
    if "note" in include:
        out["notes"] = []
    return out


def _distinct(rows: list[Row], column: str) -> list[Any]:
    return list(dict.fromkeys(row[column] for row in rows if row.get(column) is not None))


def _users(account: Account, rows: list[Row], include: tuple[str, ...]) -> list[Row]:
    wanted: dict[int, None] = {}
    for name in include:
        if name in _USERS:
            wanted |= dict.fromkeys(_distinct(rows, _USERS[name]))
        elif name == "users":
            wanted |= dict.fromkeys(each for row in rows for each in row.get("user_ids", ()))
    return [user for each in wanted if (user := user_beside(account, each))]


def user_beside(account: Account, user_id: int) -> Row | None:
    """Return a user as it stands beside activities, which is more than beside records."""
    user = account.user(user_id)
    if user is None:
        return None
    extra = {"avatar": None, "type": "FdMultitenant::User", "uuid": str(570_000 * 10**12 + user_id)}
    return user | extra


def _targets(account: Account, rows: list[Row]) -> dict[str, list[Row]]:
    out: dict[str, list[Row]] = {}
    for model, entity in ENTITIES.items():
        records = account.records(entity)
        wanted = _distinct([row for row in rows if row.get("targetable_type") == model], _TARGET)
        if records is not None and wanted:
            found = (records.store.get(each) for each in wanted)
            shown = [_target(entity, each) for each in found if each is not None]
            out[records.schema.collection] = shown
    return out


_TARGET = "targetable_id"


def _target(entity: str, row: Row) -> Row:
    short: Row = {"id": row["id"], "avatar": None}
    if entity == "contact":
        short["display_name"] = display_name(row)
        short |= {name: row.get(name) for name in _CONTACT}
        short["subscription_status"] = row.get("subscription_status", 1)
        short["subscription_types"] = row.get("subscription_types", "1;2;3;4;5")
        return short
    short["name"] = row.get("name")
    if entity == "deal":
        short["deal_pipeline_id"] = row.get("deal_pipeline_id")
    return short


def with_email(account: Account, row: Row) -> list[Row]:
    """Return the targets of an activity that an e-mail could be sent to (newer: 2026)."""
    if row.get("targetable_type") != "Contact":
        return []
    target = account.contacts.store.get(row["targetable_id"])
    if target is None or not target.get("email"):
        return []
    return [{"id": target["id"], "name": display_name(target), "type": "Contact"}]
