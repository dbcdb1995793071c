"""The whole account as one document: to look at, to save and to load again."""

from __future__ import annotations

import gzip
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from crossdock.emulator.fields import Field

if TYPE_CHECKING:
    from crossdock.emulator.account import Account

#: Raised when the shape of a snapshot changes.
VERSION = 1


def dump(account: Account) -> dict[str, Any]:
    """Return every record as the API shows it, with all ids visible, one list per entity.

    Records in the recycle bin are there too, with `is_deleted` true.
    """
    out: dict[str, Any] = {"users": account.catalog.items("owners")}
    for records in account.all_records():
        rows = records.store.rows.values()
        shown = [records.render(row, everything=True) for row in rows]
        if records.entity == "deal":
            for each, row in zip(shown, rows, strict=True):
                each["products"] = account.products.on_deal(row)
        elif records.entity == "product":
            for each, row in zip(shown, rows, strict=True):
                each["product_pricings"] = row.get("prices", [])
        elif records.entity == "contact":
            for each, row in zip(shown, rows, strict=True):
                each["sales_accounts"] = account.contacts.linked_accounts(row)
        out[records.schema.collection] = shown
    for kind, store in account.activities.stores.items():
        out[kind] = [
            account.activities.render(kind, row)
            | {
                "targetable_type": row.get("targetable_type"),
                "targetable_id": row.get("targetable_id"),
            }
            for row in store.rows.values()
        ]
    out["documents"] = account.files.documents.state()
    out["document_links"] = account.files.links.state()
    out["lists"] = list(account.lists.all.values())
    out["jobs"] = [account.jobs.show(job_id) for job_id in account.jobs.all]
    out["fields"] = {
        schema.entity: [asdict(field) for field in schema.custom.values()]
        for schema in account.schemas.values()
    }
    return out


def save(account: Account, path: Path) -> None:
    """Write the account into a file, which is replaced as a whole or not at all."""
    state = {
        "version": VERSION,
        "seed": account.seed,
        "plan": account.plan.name,
        "opened": account.opened,
        "ids": account.ids.state(),
        "keys": account.keys,
        "catalog": account.catalog.state(),
        "modules": list(account.modules.facts.values()),
        "fields": {
            entity: [asdict(field) for field in schema.custom.values()]
            for entity, schema in account.schemas.items()
        },
        "stores": {name: store.state() for name, store in account.stores().items()},
        "lists": list(account.lists.all.values()),
        "jobs": account.jobs.state(),
        "limiter": account.limiter.state(),
        "storage": account.files.used,
    }
    fresh = path.with_name(path.name + ".new")
    fresh.write_bytes(gzip.compress(orjson.dumps(state), compresslevel=1))
    fresh.replace(path)


def load(account: Account, path: Path) -> None:
    """Take over the account of a file. Raises ValueError for a file of another version.

    Views and standard modules get their ids from the seed, so the account must have been opened
    with the seed that the file was saved with.
    """
    state = orjson.loads(gzip.decompress(path.read_bytes()))
    if state.get("version") != VERSION:
        raise ValueError(f"{path.name} is a snapshot of another version of the emulator")
    if state["seed"] != account.seed:
        raise ValueError(f"{path.name} was saved with --seed {state['seed']}")
    account.opened = state["opened"]
    account.keys |= state["keys"]
    account.catalog.restore(state["catalog"])
    account.modules.restore(state["modules"])
    for entity, fields in state["fields"].items():
        account.schemas[entity].custom = {each["name"]: _field(each) for each in fields}
    for name, store in account.stores().items():
        store.load(state["stores"].get(name, []))
    account.lists.all = {row["id"]: row for row in state["lists"]}
    account.jobs.restore(state["jobs"])
    account.limiter.restore(state["limiter"])
    account.files.used = state["storage"]
    # Last: what was opened above has drawn ids that the file already accounts for.
    account.ids.restore(state["ids"])


def _field(state: dict[str, Any]) -> Field:
    return Field(**state | {"choices": [tuple(choice) for choice in state["choices"]]})
