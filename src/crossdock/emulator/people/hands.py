"""Each act of a person: first checked, then done.

A hand takes an act and the user who acts. It raises ValueError when the act means nothing, and
else returns what to do; doing it returns what was done.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from crossdock.emulator.activities.kinds import KINDS
from crossdock.emulator.activities.targets import ENTITIES
from crossdock.emulator.people import merging
from crossdock.emulator.people.changes import changes, picture
from crossdock.emulator.people.finding import (
    entity_named,
    find,
    named,
    stage_named,
    store_of,
    user_named,
)
from crossdock.emulator.store import Row

if TYPE_CHECKING:
    from crossdock.emulator.account import Account

Doing = Callable[[], Row]
Hand = Callable[["Account", Row, int], Doing]
#: What a client may send beside the fields that the module shows.
_BESIDE = {
    "contact": ("email", "custom_field", "sales_account", "sales_account_id"),
    "sales_account": ("custom_field",),
    "deal": ("custom_field", "sales_account", "contacts_added_list", "contacts_removed_list"),
    "product": ("custom_field", "product_pricings"),
}


def edit(account: Account, act: Row, user_id: int) -> Doing:
    """Write `fields` into a record."""
    entity = entity_named(account, act.get("entity"))
    return _writing(
        account, entity, find(account, entity, act), _fields(account, entity, act), user_id
    )


def assign(account: Account, act: Row, user_id: int) -> Doing:
    """Give a record to the user `owner`."""
    entity = entity_named(account, act.get("entity"))
    if act.get("owner") is None:
        raise ValueError("say which user becomes the owner")
    body = {"owner_id": user_named(account, act["owner"])}
    return _writing(account, entity, find(account, entity, act), body, user_id)


def move(account: Account, act: Row, user_id: int) -> Doing:
    """Put a deal into `stage`."""
    body = {"deal_stage_id": stage_named(account, act.get("stage"))}
    return _writing(account, "deal", find(account, "deal", act), body, user_id)


def tick(account: Account, act: Row, user_id: int) -> Doing:
    """Mark a task as done."""
    return _writing(account, "tasks", find(account, "tasks", act), {"status": 1}, user_id)


def create(account: Account, act: Row, user_id: int) -> Doing:
    """Make a record of `entity` with `fields`."""
    entity = entity_named(account, act.get("entity"))
    body = _fields(account, entity, act)
    return lambda: _made(entity, _create(account, entity, body, user_id))


def note(account: Account, act: Row, user_id: int) -> Doing:
    """Add the note `text` to a record."""
    entity = entity_named(account, act.get("entity"))
    model = next((model for model, each in ENTITIES.items() if each == entity), None)
    if model is None or not isinstance(act.get("text"), str):
        raise ValueError("a note needs a text, and a contact, an account or a deal to stand on")
    target = find(account, entity, act)["id"]
    body = {"description": act["text"], "targetable_type": model, "targetable_id": target}
    return lambda: _made("notes", _create(account, "notes", body, user_id))


def delete(account: Account, act: Row, user_id: int) -> Doing:
    """Put a record into the recycle bin; an activity goes for good."""
    entity = entity_named(account, act.get("entity"))
    row = find(account, entity, act)

    def do() -> Row:
        _check_live(account, entity, row)
        records = account.records(entity)
        if records is None:
            account.activities.delete(entity, row["id"])
        else:
            records.delete(row)
        return _done(entity, row, {})

    return do


def restore(account: Account, act: Row, user_id: int) -> Doing:
    """Take a record out of the recycle bin."""
    entity, records = _with_bin(account, act)
    row = find(account, entity, act, in_bin=True)
    return lambda: _done(entity, records.restore(row["id"]), {})


def forget(account: Account, act: Row, user_id: int) -> Doing:
    """Remove a record for good, live or from the bin."""
    entity, records = _with_bin(account, act)
    try:
        row = find(account, entity, act)
    except ValueError:
        row = find(account, entity, act, in_bin=True)

    def do() -> Row:
        records.forget(row["id"])
        return _done(entity, row, {})

    return do


def merge(account: Account, act: Row, user_id: int) -> Doing:
    """Merge the records `lose` into the record `keep`."""
    entity = entity_named(account, act.get("entity"))
    if entity not in merging.MERGED:
        raise ValueError(f"records of {entity} cannot be merged")
    others = act.get("lose")
    if not isinstance(others, list) or not 0 < len(others) < merging.LARGEST:
        raise ValueError(f"name those to lose, at most {merging.LARGEST - 1} of them")
    kept = named(account, entity, act.get("keep"))
    lost = [named(account, entity, each) for each in others]
    if len({row["id"] for row in (kept, *lost)}) <= len(lost):
        raise ValueError("each record can take part in a merge once")

    def do() -> Row:
        for row in (kept, *lost):
            _check_live(account, entity, row)
        before = picture(kept)
        moved = merging.merge(account, entity, kept, lost, user_id)
        ids = {"lost": [row["id"] for row in lost], "moved": moved}
        return _done(entity, kept, changes(before, kept)) | ids

    return do


HANDS: Mapping[str, Hand] = {
    hand.__name__: hand
    for hand in (edit, create, delete, restore, forget, assign, move, note, tick, merge)
}


def _writing(account: Account, entity: str, row: Row, body: Row, user_id: int) -> Doing:
    def do() -> Row:
        _check_live(account, entity, row)
        before = picture(row)
        records = account.records(entity)
        if records is None:
            account.activities.update(entity, row, body, user_id)
        else:
            records.update(row, body, user_id)
        return _done(entity, row, changes(before, row))

    return do


def _create(account: Account, entity: str, body: Row, user_id: int) -> Row:
    records = account.records(entity)
    if records is None:
        return account.activities.create(entity, body, user_id)
    return records.create(body, user_id)


def _fields(account: Account, entity: str, act: Row) -> Row:
    """Return the body of a write; a screen has no fields that the module does not have."""
    given = act.get("fields")
    if not isinstance(given, dict) or not given:
        raise ValueError("say which fields: an object of names and values")
    if entity in KINDS:
        known = {*KINDS[entity].readers, "targetable_type", "targetable_id"}
    else:
        beside = _BESIDE.get(entity, ("custom_field",))
        known = {*(field.name for field in account.schemas[entity].all()), *beside}
    unknown = sorted(set(given) - known)
    if unknown:
        raise ValueError(f"{entity} has no field {', '.join(unknown)}")
    body = {name: value for name, value in given.items() if not name.startswith("cf_")}
    custom = {name: value for name, value in given.items() if name.startswith("cf_")}
    if not custom:
        return body
    further = body.get("custom_field")
    return body | {"custom_field": (further if isinstance(further, dict) else {}) | custom}


def _with_bin(account: Account, act: Row) -> tuple[str, Any]:
    entity = entity_named(account, act.get("entity"))
    records = account.records(entity)
    if records is None:
        raise ValueError(f"there is no recycle bin for {entity}")
    return entity, records


def _check_live(account: Account, entity: str, row: Row) -> None:
    """An act before this one may have taken the record away."""
    if store_of(account, entity).get(row["id"]) is not row:
        raise ValueError(f"the {entity} {row['id']} is gone")


def _done(entity: str, row: Row, fields: Row) -> Row:
    return {"entity": entity, "id": row["id"], "fields": fields}


def _made(entity: str, row: Row) -> Row:
    return _done(entity, row, changes({}, row))
