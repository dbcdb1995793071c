"""Which record, activity or user an act means."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from crossdock.emulator import values
from crossdock.emulator.activities.kinds import KINDS
from crossdock.emulator.crm.contacts import display_name
from crossdock.emulator.store import Row, Store, folded

if TYPE_CHECKING:
    from crossdock.emulator.account import Account

_KEYS = ("id", "email", "name", "title", "external_id")


def entity_named(account: Account, given: Any) -> str:
    """Return the entity or the kind of activity that a name means (`contacts`, `task`).

    Raises ValueError for one that this account does not have.
    """
    for schema in account.schemas.values():
        if given in (schema.entity, schema.collection) and account.records(schema.entity):
            return schema.entity
    for kind, rules in KINDS.items():
        if given in (kind, rules.root):
            return kind
    raise ValueError(f"there is no entity {given!r}")


def store_of(account: Account, entity: str) -> Store:
    """Return where the records of an entity or of a kind of activity are."""
    records = account.records(entity)
    return records.store if records else account.activities.stores[entity]


def find(account: Account, entity: str, means: Row, in_bin: bool = False) -> Row:
    """Return the one record that `means` names, live or from the recycle bin.

    Raises ValueError when there is none, or more than one.
    """
    key = next((key for key in means if key in _KEYS or str(key).startswith("cf_")), None)
    if key is None:
        raise ValueError(f"say which {entity}: one of {', '.join(_KEYS)} or a custom field")
    store, value = store_of(account, entity), means[key]
    found = list(_matching(store, key, value, store.bin if in_bin else store.live))
    where = " in the recycle bin" if in_bin else ""
    if not found:
        raise ValueError(f"there is no {entity} with {key} {value!r}{where}")
    if len(found) > 1:
        raise ValueError(
            f"{len(found)} records of {entity} have {key} {value!r}{where}; give an id"
        )
    return found[0]


def named(account: Account, entity: str, given: Any) -> Row:
    """Return the record that an id, an e-mail address or a name means."""
    if values.record_id(given) is not None:
        return find(account, entity, {"id": given})
    return find(account, entity, {"email" if "@" in str(given) else "name": given})


def user_named(account: Account, given: Any) -> int:
    """Return the user that an id, an address or a name means; None is the first active one.

    Raises ValueError when there is none.
    """
    for user in account.catalog.items("owners"):
        if given is None and user["is_active"]:
            return int(user["id"])
        if given is not None and given in (user["id"], user["email"], user["name"]):
            return int(user["id"])
    raise ValueError(f"there is no user {given!r}" if given else "no user is active")


def stage_named(account: Account, given: Any) -> int:
    """Return the id of the deal stage that an id or a name means, or raise ValueError."""
    for stage in account.catalog.items("deal_stages"):
        if given in (stage["id"], stage["name"]):
            return int(stage["id"])
    raise ValueError(f"there is no deal stage {given!r}")


def _matching(store: Store, key: str, value: Any, ids: list[int]) -> Iterator[Row]:
    if key == "id":
        wanted = values.record_id(value)
        yield from (store.rows[each] for each in ids if each == wanted)
        return
    text = folded(value)
    for record_id in ids:
        row = store.rows[record_id]
        if text in _texts(row, key):
            yield row


def _texts(row: Row, key: str) -> set[str]:
    """Return what a record answers to under a key; every address of a contact counts."""
    if key == "email":
        found = [row.get("email"), *(each[1] for each in row.get("emails", ()))]
    elif key == "name" and "name" not in row:
        found = [display_name(row)]
    else:
        found = [row.get("custom_field", {}).get(key) if key.startswith("cf_") else row.get(key)]
    return {folded(each) for each in found if each is not None}
