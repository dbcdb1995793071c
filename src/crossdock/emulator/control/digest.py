"""The business state of an account as one hash: ids, times of writing and the bin aside.

Two accounts that hold the same records have the same digest, whenever and in whatever order these
were written. A reference counts as the natural key of what it points to (an e-mail, a name), a
choice as its name. Dates that say something about the business (a due date, a closed date) count.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import orjson

from crossdock.emulator.activities.targets import entity_of
from crossdock.emulator.store import Row

if TYPE_CHECKING:
    from crossdock.emulator.account import Account
    from crossdock.emulator.crm.records import Records

#: What differs between two accounts that were filled alike.
_ASIDE = frozenset(
    {
        "id",
        "created_at",
        "updated_at",
        "creater_id",
        "updater_id",
        "last_assigned_at",
        "stage_updated_time",
        "completed_date",
        "conversation_time",
        "note_id",
        "user_id",
        "association_id",
        "import_id",
        "last_contacted",
        "team",
    }
)
#: Columns that name other records, with their kind.
_REFERENCES = {
    "sales_account_id": "sales_account",
    "parent_sales_account_id": "sales_account",
    "deal_id": "deal",
    "contact_id": "contact",
}
#: Columns that name several users.
_USERS = ("team_user_ids", "user_ids")
#: Columns of activities and lines that name a choice, with the list that it stands in.
_CHOICES = {
    "owner_id": "owners",
    "task_type_id": "sales_activity_entity_types",
    "outcome_id": "sales_activity_outcomes",
    "sales_activity_type_id": "sales_activity_types",
    "sales_activity_outcome_id": "sales_activity_outcomes",
}


def digest(account: Account) -> dict[str, Any]:
    """Return the hash of the whole, and count and hash of every kind that has records."""
    kinds = {}
    for name, rows in _kinds(account):
        lines = sorted(orjson.dumps(row, option=orjson.OPT_SORT_KEYS) for row in rows)
        if lines:
            kinds[name] = {"count": len(lines), "digest": _hash(lines)}
    whole = [f"{name} {each['digest']}".encode() for name, each in sorted(kinds.items())]
    return {"digest": _hash(whole), "entities": kinds}


def _hash(lines: Iterable[bytes]) -> str:
    found = hashlib.sha256()
    for line in lines:
        found.update(line + b"\n")
    return found.hexdigest()


def _kinds(account: Account) -> Iterator[tuple[str, Iterator[Row]]]:
    for records in account.all_records():
        yield records.schema.collection, _records(account, records)
    hanging = {**account.activities.stores, "documents": account.files.documents}
    for kind, store in {**hanging, "document_links": account.files.links}.items():
        yield kind, (_hanging(account, store.rows[each]) for each in store.live)
    yield (
        "lists",
        (
            {"name": each["name"], "contacts": sorted(_keys(account, each["contacts"]))}
            for each in account.lists.all.values()
        ),
    )


def _keys(account: Account, ids: Iterable[int]) -> list[str]:
    return [_key(account, "contact", each) for each in ids]


def _key(account: Account, entity: str, record_id: Any) -> str:
    """Return what a person would know a record by."""
    records = account.records(entity)
    row = records.store.rows.get(record_id) if records else None
    if records is None or row is None:
        return "?"
    return str(row.get("external_id") or row.get("email") or records.name_of(row))


def _choice(account: Account, name: str, item_id: Any) -> Any:
    found = account.catalog.find(name, item_id)
    return item_id if found is None else found.get("email") or found["name"]


def _records(account: Account, records: Records) -> Iterator[Row]:
    sources = {
        field.name: field.source[1:]
        for field in records.schema.fields.values()
        if field.type == "dropdown" and field.source.startswith("@")
    }
    lookups = {field.name: field.lookup for field in records.schema.custom.values() if field.lookup}
    for record_id in records.store.live:
        row = records.store.rows[record_id]
        shown = {name: value for name, value in row.items() if name not in _ASIDE}
        for name in sources.keys() & shown.keys():
            shown[name] = _choice(account, sources[name], shown[name])
        _without_ids(account, shown)
        custom = dict(shown.get("custom_field", {}))
        for name in lookups.keys() & custom.keys():
            custom[name] = _key(account, lookups[name], custom[name])
        yield shown | {"custom_field": custom}


def _without_ids(account: Account, shown: Row) -> None:
    """Replace the references of a record by the keys of what they point to."""
    for name in _REFERENCES.keys() & shown.keys():
        shown[name] = _key(account, _REFERENCES[name], shown[name])
    _without_users(account, shown)
    if "contact_ids" in shown:
        shown["contact_ids"] = sorted(_keys(account, shown["contact_ids"]))
    if "sales_accounts" in shown:
        links = shown["sales_accounts"]
        shown["sales_accounts"] = sorted([_key(account, "sales_account", i), p] for i, p in links)
    if "emails" in shown:
        shown["emails"] = sorted([address, label] for _, address, label in shown["emails"])
    for name in ("products", "prices", "phone_numbers"):
        if name in shown:
            shown[name] = [_line(account, each) for each in shown[name]]


def _without_users(account: Account, shown: Row) -> None:
    for name in _USERS:
        if name in shown:
            shown[name] = sorted(_choice(account, "owners", each) for each in shown[name])


def _attendee(account: Account, each: Row) -> str:
    entity = entity_of(account, str(each["attendee_type"]))
    who = each["attendee_id"]
    return str(_key(account, entity, who) if entity else _choice(account, "owners", who))


def _line(account: Account, line: Row) -> Row:
    kept = {name: value for name, value in line.items() if name not in _ASIDE}
    product = _key(account, "product", line.get("id"))
    return kept if product == "?" else kept | {"product": product}


def _hanging(account: Account, row: Row) -> Row:
    """Return a note, a task, a file with the key of what it hangs on."""
    shown = {name: value for name, value in row.items() if name not in _ASIDE}
    for name in _CHOICES.keys() & shown.keys():
        shown[name] = _choice(account, _CHOICES[name], shown[name])
    _without_users(account, shown)
    if "attendees" in shown:
        shown["attendees"] = sorted(_attendee(account, each) for each in shown["attendees"])
    entity = entity_of(account, str(row.get("targetable_type")))
    if entity:
        shown["targetable_id"] = _key(account, entity, row["targetable_id"])
    return shown
