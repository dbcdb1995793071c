"""Every record of an account, to look at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from crossdock.emulator.store import Row

if TYPE_CHECKING:
    from crossdock.emulator.account import Account
    from crossdock.emulator.crm.records import Records


def dump(account: Account, entity: str = "") -> Iterator[tuple[str, Row]]:
    """Yield the name of a kind and one of its records, as the API shows it with all ids visible.

    Records in the recycle bin are there too, with `is_deleted` true. `entity` names one kind
    (`contacts`, `notes`, `jobs`, ...); without it all come, kind by kind.
    """
    for name, rows in _kinds(account):
        if entity in ("", name):
            for row in rows:
                yield name, row


def kinds(account: Account) -> list[str]:
    """Return the names of all kinds of records."""
    return [name for name, _ in _kinds(account)]


def _kinds(account: Account) -> Iterator[tuple[str, Iterator[Row]]]:
    yield "users", iter(account.catalog.items("owners"))
    for records in account.all_records():
        yield records.schema.collection, _records(account, records)
    for kind in account.activities.stores:
        yield kind, _activities(account, kind)
    yield "documents", iter(account.files.documents.state())
    yield "document_links", iter(account.files.links.state())
    yield "lists", iter(account.lists.state())
    yield "jobs", (account.jobs.show(job_id) for job_id in list(account.jobs.all))
    yield (
        "fields",
        (
            {"module": schema.entity, **field.state()}
            for schema in account.schemas.values()
            for field in schema.custom.values()
        ),
    )


def _records(account: Account, records: Records) -> Iterator[Row]:
    # A copy of the list: requests that come while a long dump is read may change it.
    for row in list(records.store.rows.values()):
        shown = records.render(row, everything=True)
        if records.entity == "deal":
            shown["products"] = account.products.on_deal(row)
        elif records.entity == "product":
            shown["product_pricings"] = row.get("prices", [])
        elif records.entity == "contact":
            shown["sales_accounts"] = account.contacts.linked_accounts(row)
        yield shown


def _activities(account: Account, kind: str) -> Iterator[Row]:
    for row in list(account.activities.stores[kind].rows.values()):
        target = {name: row.get(name) for name in ("targetable_type", "targetable_id")}
        yield account.activities.render(kind, row) | target
