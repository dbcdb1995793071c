"""Reading everything back: pages of views and lists, single records, files of records.

==============================  ===========================================================
contact, sales_account, deal    the view of all, 100 a page, oldest first
deal_products                   the same for deals; only those that have products
note                            side-loaded by the views of contacts, accounts and deals
task                            the lists of open, of overdue and of completed ones
appointment                     the list without a filter, which is all of them
product                         a list that is not documented, and refused where it is missing
custom modules                  filtered search, then each record whose fields it leaves out
user                            the selector of owners
document                        only per record: `read_targets`
==============================  ===========================================================

A record that appears twice is given once. When fewer records came than the destination says there
are (created in the same second, they may change places between two pages), the view is read once
more from its other end.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from typing import Any, Final

from crossdock.connectors.base import ReadRecord
from crossdock.connectors.freshsales.answers import error_for
from crossdock.connectors.freshsales.client import Client, Params
from crossdock.connectors.freshsales.entities import BULK, Kind, is_module, kind_of
from crossdock.connectors.freshsales.paging import PAGE, paged
from crossdock.connectors.freshsales.records import (
    read_record,
    rows_of,
    side_loaded,
    total_of,
)
from crossdock.connectors.freshsales.schema import Schema
from crossdock.connectors.freshsales.singles import quoted
from crossdock.connectors.freshsales.views import views_of_all
from crossdock.errors import RefusedError

#: That open ones include those overdue is not told, so both are asked for.
_TASK_FILTERS: Final = ("open", "overdue", "completed")
_NOT_ALONE: Final = frozenset({"note", "document", "user"})
_NOTED: Final = ("contact", "sales_account", "deal")
_EVER: Final = "2000-01-01T00:00:00Z"


class Reader:
    """Reads the records of one account, page by page."""

    def __init__(self, client: Client, schema: Schema) -> None:
        self._client = client
        self._schema = schema

    async def read(self, entity: str) -> AsyncIterator[list[ReadRecord]]:
        """Yield all records of an entity. Raises TypeError for documents, see `read_targets`."""
        key_field = await self._schema.key_field(entity)
        seen: set[str] = set()
        async for rows in self._rows(entity):
            records = [
                read_record(entity, row, key_field)
                for row in rows
                if not row.get("is_deleted") and str(row["id"]) not in seen
            ]
            seen.update(record.id for record in records)
            if records:
                yield records

    async def read_ids(self, entity: str, ids: Iterable[str]) -> AsyncIterator[list[ReadRecord]]:
        """Yield the records with these ids, one request each; those that are gone are left out.

        Raises TypeError for notes, documents and users: there is no request that reads one.
        """
        if entity in _NOT_ALONE:
            raise TypeError(f"Freshsales has no request that reads one {entity}")
        key_field = await self._schema.key_field(entity)
        wanted = list(dict.fromkeys(ids))
        for start in range(0, len(wanted), PAGE):
            part = wanted[start : start + PAGE]
            rows = await asyncio.gather(*(self._one(entity, identifier) for identifier in part))
            found = [read_record(entity, row, key_field) for row in rows if row is not None]
            if found:
                yield found

    async def read_targets(
        self, entity: str, ids: Iterable[str]
    ) -> AsyncIterator[list[ReadRecord]]:
        """Yield the files attached to these records of an entity, one request per record.

        Their `values` name the record as `targetable_type` and `targetable_id`.
        """
        kind = kind_of(entity)
        wanted = list(dict.fromkeys(ids))
        for start in range(0, len(wanted), PAGE):
            part = wanted[start : start + PAGE]
            lists = await asyncio.gather(*(self.files_of(kind, identifier) for identifier in part))
            found = [
                read_record(
                    "document",
                    {**row, "targetable_type": kind.target, "targetable_id": owner},
                    None,
                )
                for owner, rows in zip(part, lists, strict=True)
                for row in rows
            ]
            if found:
                yield found

    async def files_of(self, kind: Kind, identifier: str) -> list[Mapping[str, Any]]:
        """Return the files attached to one record."""
        path = f"{kind.path}/{quoted(identifier)}/document_associations"
        return [row async for rows in self.pages(path, "documents") for row in rows]

    async def pages(
        self, path: str, many: str, params: Params | None = None
    ) -> AsyncIterator[list[Mapping[str, Any]]]:
        """Yield the pages of a list that tells its total, until it is exhausted."""

        async def fetch(page: int) -> Any:
            asked = {**(params or {}), "page": page, "per_page": PAGE}
            return await self._client.read(path, asked, doing=f"read {many}")

        async for body in paged(fetch, many):
            yield rows_of(body, many)

    def _rows(self, entity: str) -> AsyncIterator[list[Mapping[str, Any]]]:
        if entity in BULK:
            return self._view_rows(kind_of(entity))
        if is_module(entity):
            return self._module_rows(entity)
        special = {
            "deal_products": self._deal_products,
            "note": self._notes,
            "task": self._tasks,
            "product": self._products,
        }
        if entity in special:
            return special[entity]()
        if entity == "appointment":
            kind = kind_of(entity)
            return self.pages(kind.path, kind.many, {"include": ",".join(kind.include)})
        if entity == "user":
            return self._users()
        raise TypeError(f"all records of {entity!r} cannot be listed; files are read per record")

    async def _view_rows(self, kind: Kind) -> AsyncIterator[list[Mapping[str, Any]]]:
        async for body in self._view_bodies(kind, kind.include):
            yield rows_of(body, kind.many)

    async def _view_bodies(self, kind: Kind, include: Sequence[str]) -> AsyncIterator[Any]:
        for view in await views_of_all(self._client, kind):
            found, total = set[str](), 0
            for order in ("asc", "desc"):
                async for body in self._ordered(kind, view, include, order):
                    found.update(str(row["id"]) for row in rows_of(body, kind.many))
                    total = max(total, total_of(body) or 0)
                    yield body
                if len(found) >= total:
                    break

    def _ordered(
        self, kind: Kind, view: str, include: Sequence[str], order: str
    ) -> AsyncIterator[Any]:
        path = f"{kind.path}/view/{quoted(view)}"

        async def fetch(page: int) -> Any:
            params: dict[str, str | int] = {
                "page": page,
                "per_page": PAGE,
                "sort": "created_at",
                "sort_type": order,
                "include": ",".join(include),
            }
            return await self._client.read(path, params, doing=f"read {kind.many}")

        return paged(fetch, kind.many)

    async def _deal_products(self) -> AsyncIterator[list[Mapping[str, Any]]]:
        async for rows in self._view_rows(kind_of("deal_products")):
            yield [{**row, "deal_id": row["id"]} for row in rows if row.get("products")]

    async def _notes(self) -> AsyncIterator[list[Mapping[str, Any]]]:
        """Yield notes beside the records they hang on.

        ``include=notes`` on views is seen in client code (Freshsales API documentation: side
        loading; certainty: observed).
        """
        for entity in _NOTED:
            async for body in self._view_bodies(kind_of(entity), ("notes",)):
                notes = side_loaded(body, "notes") or [
                    note
                    for row in rows_of(body, kind_of(entity).many)
                    for note in side_loaded(row, "notes")
                ]
                yield notes

    async def _tasks(self) -> AsyncIterator[list[Mapping[str, Any]]]:
        include = ",".join(kind_of("task").include)
        for name in _TASK_FILTERS:
            async for rows in self.pages("tasks", "tasks", {"filter": name, "include": include}):
                yield rows

    async def _products(self) -> AsyncIterator[list[Mapping[str, Any]]]:
        """Yield the catalogue from a list that no documentation names.

        Raises RefusedError where there is none; `read_ids` still reads products that are known.
        """
        answer = await self._client.get("cpq/products", {"page": 1, "per_page": 1})
        if not answer.ok:
            raise RefusedError(
                "This account lists no products, so they can only be read one by one.",
                next_command="crossdock doctor",
            )
        include = {"include": ",".join(kind_of("product").include)}
        async for rows in self.pages("cpq/products", "products", include):
            yield rows

    async def _module_rows(self, entity: str) -> AsyncIterator[list[Mapping[str, Any]]]:
        """Yield module records; a search that leaves out the custom fields is completed by id."""
        rule = {"attribute": "updated_at", "operator": "is_after", "value": _EVER}
        async for rows in self.search(entity, rule):
            if all("custom_field" in row for row in rows):
                yield rows
                continue
            full = await asyncio.gather(*(self._one(entity, str(row["id"])) for row in rows))
            yield [row for row in full if row is not None]

    async def search(
        self, entity: str, rule: Mapping[str, str]
    ) -> AsyncIterator[list[Mapping[str, Any]]]:
        """Yield what a filtered search finds. Its index may lag behind by some seconds."""

        async def fetch(page: int) -> Any:
            answer = await self._client.ask(
                "POST",
                f"filtered_search/{entity}",
                {"filter_rule": [dict(rule)]},
                params={"page": page, "per_page": PAGE},
            )
            if not answer.ok:
                raise error_for(answer, f"search {entity}")
            return answer.body

        async for body in paged(fetch, entity):
            yield rows_of(body, entity)

    async def _users(self) -> AsyncIterator[list[Mapping[str, Any]]]:
        body = await self._client.read("selector/owners", doing="list the users")
        yield rows_of(body, "users")

    async def _one(self, entity: str, identifier: str) -> Mapping[str, Any] | None:
        kind = kind_of(entity)
        params = {"include": ",".join(kind.include)} if kind.include else None
        answer = await self._client.get(f"{kind.path}/{quoted(identifier)}", params)
        if answer.status == 404:
            return None
        if not answer.ok:
            raise error_for(answer, f"read {kind.one} {identifier}")
        row = answer.body.get(kind.one) if isinstance(answer.body, Mapping) else None
        if not isinstance(row, Mapping) or row.get("id") is None:
            return None
        return {**row, "deal_id": row["id"]} if entity == "deal_products" else row
