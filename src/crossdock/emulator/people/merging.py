"""Several records become one, as the merge screen does it.

Reference: Freshsales, merging contacts, merging accounts (help pages); certainty: documented for
these: up to 25 records at once; the kept record keeps its values; its empty fields take those of
the record that was updated last; it is as old as the oldest of them; notes, tasks and appointments
become its own; the others are deleted for good and do not go to the recycle bin.

Inferred: it also takes over the e-mail addresses (as further ones), other phone numbers, tags,
accounts, deals, sales activities, calls, files, places on lists, children, and whatever points to
the lost records by a lookup field; what moves keeps its own time of update. Deals are not merged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from crossdock.emulator.store import Row, Store, folded

if TYPE_CHECKING:
    from crossdock.emulator.account import Account

#: A link to an account: its id, and whether it is the primary one.
Link = list[Any]
MERGED = ("contact", "sales_account")
LARGEST = 25
#: What a record keeps whatever the others hold, or what is put together in a way of its own.
_STAMPS = ("id", "created_at", "updated_at", "creater_id", "updater_id")
_JOINED = ("custom_field", "email", "emails", "phone_numbers", "tags", "sales_accounts")


def merge(account: Account, entity: str, kept: Row, lost: list[Row], user_id: int) -> Row:
    """Merge `lost` into `kept` and return how many records of each kind moved."""
    records = account.records(entity)
    if records is None:
        raise ValueError(f"records of {entity} cannot be merged")
    lost = sorted(lost, key=lambda row: row["updated_at"], reverse=True)
    changes: Row = {"updated_at": account.now(), "updater_id": user_id}
    changes["created_at"] = min(row["created_at"] for row in (kept, *lost))
    changes |= _filled(kept, lost) | _joined(entity, kept, lost)
    moved: Row = {}
    for row in lost:
        for name, count in _move(account, entity, row["id"], kept["id"]):
            moved[name] = moved.get(name, 0) + count
    for row in lost:
        records.forget(row["id"])
    if changes.get("parent_sales_account_id") in [row["id"] for row in (kept, *lost)]:
        changes["parent_sales_account_id"] = None
    records.store.change(kept, changes)
    return moved


def _filled(kept: Row, lost: list[Row]) -> Row:
    """Return the values for the empty fields of the kept record."""
    filled: Row = {}
    custom: Row = {}
    for row in reversed(lost):
        filled |= {name: each for name, each in row.items() if name not in (*_STAMPS, *_JOINED)}
        custom |= row.get("custom_field", {})
    filled = {name: each for name, each in filled.items() if kept.get(name) in (None, "")}
    custom |= kept.get("custom_field", {})
    return filled | ({"custom_field": custom} if custom else {})


def _joined(entity: str, kept: Row, lost: list[Row]) -> Row:
    """Return the lists that hold what all of the records held; the kept record's come first."""
    rows = (kept, *lost)
    joined: Row = {"tags": list(dict.fromkeys(tag for row in rows for tag in row.get("tags", ())))}
    if entity == "contact":
        joined["emails"] = _each_once(rows, "emails", lambda address: folded(address[1]))
        joined["email"] = next((row["email"] for row in rows if row.get("email")), None)
        joined["phone_numbers"] = _each_once(rows, "phone_numbers", lambda phone: phone["value"])
        joined["sales_accounts"] = _links(link for row in rows for link in _accounts(row))
    return {name: value or None for name, value in joined.items()}


def _each_once(rows: tuple[Row, ...], name: str, key: Callable[[Any], str]) -> list[Any]:
    found: dict[str, Any] = {}
    for row in rows:
        for each in row.get(name, ()):
            found.setdefault(key(each), each)
    return list(found.values())


def _accounts(row: Row) -> list[Link]:
    return list(row.get("sales_accounts", ()))


def _links(links: Iterable[Link]) -> list[Link]:
    """Return links to accounts, each account once and the first primary one as the only one."""
    found: dict[int, bool] = {}
    for account_id, primary in links:
        found[account_id] = found.get(account_id, False) or (primary and True not in found.values())
    return [[account_id, primary] for account_id, primary in found.items()]


def _move(account: Account, entity: str, old: int, new: int) -> Iterator[tuple[str, int]]:
    """Let everything that names the old record name the new one; yield what and how many."""
    deals, contacts = account.deals.store, account.contacts.store
    accounts = account.sales_accounts.store
    if entity == "contact":
        yield "deals", _repoint(deals, "contact", old, lambda row: _contact_ids(row, old, new))
        yield "lists", _move_on_lists(account, old, new)
    else:
        yield (
            "contacts",
            _repoint(contacts, "account", old, lambda row: _account_links(row, old, new)),
        )
        yield "deals", _repoint(deals, "account", old, lambda row: {"sales_account_id": new})
        # A kept record that hung below a lost one comes to stand alone.
        yield (
            "sales_accounts",
            _repoint(accounts, "parent", old, lambda row: _parent(row, new)),
        )
    model = account.schemas[entity].model
    hanging = account.activities.stores | {
        "documents": account.files.documents,
        "document_links": account.files.links,
    }
    for kind, store in hanging.items():
        yield kind, _repoint(store, model, old, lambda row: {"targetable_id": new})
    yield "lookups", sum(_lookups(account, entity, old, new))


def _repoint(store: Store, index: str, old: Any, changed: Callable[[Row], Row]) -> int:
    """Change every live record that an index finds; its time of update stays."""
    ids = list(store.index(index).find(old))
    for record_id in ids:
        store.change(store.rows[record_id], changed(store.rows[record_id]))
    return len(ids)


def _contact_ids(row: Row, old: int, new: int) -> Row:
    ids = (new if each == old else each for each in row["contact_ids"])
    return {"contact_ids": list(dict.fromkeys(ids))}


def _account_links(row: Row, old: int, new: int) -> Row:
    links = ([new if link[0] == old else link[0], link[1]] for link in row["sales_accounts"])
    return {"sales_accounts": _links(links)}


def _parent(row: Row, new: int) -> Row:
    return {"parent_sales_account_id": None if row["id"] == new else new}


def _move_on_lists(account: Account, old: int, new: int) -> int:
    on = [row for row in account.lists.all.values() if old in row["contacts"]]
    for row in on:
        ids = (new if each == old else each for each in row["contacts"])
        row["contacts"] = list(dict.fromkeys(ids))
    return len(on)


def _lookups(account: Account, entity: str, old: int, new: int) -> Iterator[int]:
    for schema in account.schemas.values():
        records = account.records(schema.entity)
        store = account.stores()[schema.entity if records else schema.collection]
        for name in [each.name for each in schema.custom.values() if each.lookup == entity]:
            yield _repoint(store, name, folded(old), partial(_pointed, name=name, new=new))


def _pointed(row: Row, *, name: str, new: int) -> Row:
    return {"custom_field": row["custom_field"] | {name: new}}
