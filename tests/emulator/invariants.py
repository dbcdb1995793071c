"""What holds in every account, whatever was done to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from crossdock.emulator import Account
from crossdock.emulator.store import Store


def broken(account: Account) -> list[str]:
    """Return what does not hold: live records and bin complete, every index true to the rows."""
    return [
        f"{name}: {problem}"
        for name, store in account.stores().items()
        for problem in (*_lists(store), *_indexes(store))
    ]


def _lists(store: Store) -> Iterator[str]:
    live, binned = list(store.live), list(store.bin)
    if live != sorted(set(live)):
        yield "the live ids are not in order"
    if binned != sorted(set(binned)):
        yield "the bin is not in order"
    if set(live) & set(binned):
        yield "a record is live and in the bin"
    if {*live, *binned} != set(store.rows):
        yield "a record is in no list, or a list names one that is gone"
    for record_id, row in store.rows.items():
        if row["id"] != record_id:
            yield f"{record_id} holds another record"
        if ("is_deleted" in row) != (record_id in set(binned)):
            yield f"{record_id} is marked otherwise than it is listed"


def _indexes(store: Store) -> Iterator[str]:
    for name in (*store._keys, *store._indexes):
        index = store.index(name)
        wanted: defaultdict[Any, list[int]] = defaultdict(list)
        for record_id in store.live:
            for key in index.keys(store.rows[record_id]):
                if record_id not in wanted[key]:
                    wanted[key].append(record_id)
        found = {key: list(index.find(key)) for key in index._ids}
        if found != wanted:
            yield f"the index {name} is not true to the records"
