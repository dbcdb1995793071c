"""What a person might do at any moment, mostly with what was entered last."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING

from crossdock.emulator.store import Row, Store

if TYPE_CHECKING:
    from crossdock.emulator.account import Account

KINDS = ("edit", "merge", "delete")
#: How often each kind is what a person does.
OFTEN = (8, 1, 1)
#: How many records ago, on average, the one was entered that a person turns to.
_BACK = 15.0

Whim = Callable[["Account", Random, Row], Row]


def whim(account: Account, random: Random, kind: str) -> Row | None:
    """Return an act of this kind, or None when there is no record for it.

    Raises ValueError for a kind other than edit, merge and delete.
    """
    if kind not in KINDS:
        raise ValueError(f"{kind!r} is no kind of act at random; known: {', '.join(KINDS)}")
    if kind == "merge":
        return _merge(account, random)
    if kind == "delete":
        return _delete(account, random)
    return _edit(account, random)


def _recent(store: Store, random: Random) -> Row | None:
    """Return a live record, most likely one of the latest."""
    if not store.live:
        return None
    back = min(int(random.expovariate(1 / _BACK)), len(store.live) - 1)
    return store.rows[store.live[-1 - back]]


def _merge(account: Account, random: Random) -> Row | None:
    """Merge two contacts or accounts that were entered close to each other."""
    entity = random.choice(("contact", "contact", "sales_account"))
    records = account.records(entity)
    first, second = (_recent(records.store, random) for _ in range(2)) if records else (None, None)
    if first is None or second is None or first is second:
        return None
    return {"act": "merge", "entity": entity, "keep": first["id"], "lose": [second["id"]]}


def _delete(account: Account, random: Random) -> Row | None:
    entity = random.choice(("contact", "deal", "deal", "sales_account"))
    records = account.records(entity)
    row = _recent(records.store, random) if records else None
    return {"act": "delete", "entity": entity, "id": row["id"]} if row else None


def _edit(account: Account, random: Random) -> Row | None:
    entity, change = random.choice(_EDITS)
    records = account.records(entity)
    store = records.store if records else account.activities.stores[entity]
    row = _recent(store, random)
    if row is None:
        return None
    return {"act": "edit", "entity": entity, "id": row["id"]} | change(account, random, row)


def _phone(account: Account, random: Random, row: Row) -> Row:
    return {
        "fields": {"mobile_number": f"0491 57{random.randint(0, 9)} {random.randint(0, 999):03}"}
    }


def _surname(account: Account, random: Random, row: Row) -> Row:
    return {
        "fields": {
            "last_name": f"{row.get('last_name', '')} {random.choice(('Jr', 'Lee'))}".strip()
        }
    }


def _tag(account: Account, random: Random, row: Row) -> Row:
    tags = [*row.get("tags", ()), random.choice(("call first", "vip", "check"))]
    return {"fields": {"tags": list(dict.fromkeys(tags))}}


def _city(account: Account, random: Random, row: Row) -> Row:
    return {"fields": {"city": random.choice(("Newtown", "Toowong", "Glenelg", "Footscray"))}}


def _stage(account: Account, random: Random, row: Row) -> Row:
    stages = account.catalog.items("deal_stages")
    own = [s["id"] for s in stages if s["deal_pipeline_id"] == row["deal_pipeline_id"]]
    return {"fields": {"deal_stage_id": random.choice(own)}}


def _amount(account: Account, random: Random, row: Row) -> Row:
    return {"fields": {"amount": str(Decimal(row.get("amount", "0")) + random.randint(5, 200))}}


def _done(account: Account, random: Random, row: Row) -> Row:
    return {"act": "tick"}


_EDITS: tuple[tuple[str, Whim], ...] = (
    ("contact", _phone),
    ("contact", _surname),
    ("contact", _tag),
    ("sales_account", _city),
    ("sales_account", _tag),
    ("deal", _stage),
    ("deal", _amount),
    ("tasks", _done),
)
