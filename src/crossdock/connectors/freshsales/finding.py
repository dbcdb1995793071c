"""Looking whether a record is there, by its source key.

Accounts, contacts and deals are looked up. That index lags behind by up to about twenty seconds
(Freshsales API documentation: search; certainty: observed), so an empty answer soon after a write
is not believed: it is asked again when the index has had time. Everything that hangs on a record is
looked for at that record, which is always up to date.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from datetime import timedelta
from typing import Any, Final

from crossdock.connectors.base import WriteRecord
from crossdock.connectors.freshsales.answers import error_for
from crossdock.connectors.freshsales.client import Client
from crossdock.connectors.freshsales.entities import BULK, Kind, is_module, kind_of, kind_of_target
from crossdock.connectors.freshsales.keys import key_of
from crossdock.connectors.freshsales.paging import PAGE
from crossdock.connectors.freshsales.reading import Reader
from crossdock.connectors.freshsales.records import rows_of, side_loaded
from crossdock.connectors.freshsales.schema import Schema
from crossdock.connectors.freshsales.singles import quoted

#: How long the index may take to show a record.
LAG: Final = 30.0


class Finder:
    """Finds records by the source key they carry."""

    def __init__(self, client: Client, schema: Schema, reader: Reader) -> None:
        self._client = client
        self._schema = schema
        self._reader = reader
        # Another process may have died just before this one began.
        self._settled_at = client.clock.now() + timedelta(seconds=LAG)

    def wrote(self) -> None:
        """Take note that something was just written that the index will show later."""
        self._settled_at = self._client.clock.now() + timedelta(seconds=LAG)

    async def find(self, entity: str, record: WriteRecord) -> list[str]:
        """Return the ids of the records that carry this record's key."""
        if entity in BULK or is_module(entity):
            return await self._patiently(entity, record)
        if entity == "product":
            return await self._scan(entity, record)
        if entity == "deal_products":
            return await self._deal_products(record)
        if entity == "user":
            raise TypeError("users carry no source key; they are matched by e-mail")
        target = record.payload.get("targetable_id")
        if target is None:
            return await self._scan(entity, record)
        kind = kind_of_target(str(record.payload["targetable_type"]))
        if entity == "document":
            name = str(record.payload.get("file_name") or record.key)
            files = await self._reader.files_of(kind, str(target))
            return [str(row["id"]) for row in files if row.get("name") == name]
        return await self._attached(entity, record.key, kind, str(target))

    async def _patiently(self, entity: str, record: WriteRecord) -> list[str]:
        found = await self._look_up(entity, record)
        wait = (self._settled_at - self._client.clock.now()).total_seconds()
        if found or wait <= 0:
            return found
        await self._client.clock.sleep(wait)
        return await self._look_up(entity, record)

    async def _look_up(self, entity: str, record: WriteRecord) -> list[str]:
        """Ask for the key field; without one, which only happens by hand, for the name."""
        field = await self._schema.key_field(entity)
        wanted = record.key if field else str(record.payload.get("name") or "")
        if is_module(entity):
            rule = {"attribute": field or "name", "operator": "is_in", "value": wanted}
            rows = [row async for page in self._reader.search(entity, rule) for row in page]
        else:
            rows = await self._lookup(entity, field or "name", wanted)
        return [str(row["id"]) for row in rows if _fits(entity, row, field, wanted)]

    async def _lookup(self, entity: str, field: str, wanted: str) -> list[Mapping[str, Any]]:
        params = {"q": wanted, "f": field, "entities": entity}
        body = await self._client.read("lookup", params, doing=f"look up a {entity}")
        kind = kind_of(entity)
        inner = body.get(kind.many) if isinstance(body, Mapping) else None
        return rows_of(inner, kind.many) if inner is not None else []

    async def _attached(self, entity: str, key: str, kind: Kind, target: str) -> list[str]:
        many = kind_of(entity).many
        if entity == "note":
            answer = await self._client.get(
                f"{kind.path}/{quoted(target)}/notes", {"page": 1, "per_page": PAGE}
            )
            if answer.ok and len(rows_of(answer.body, "notes")) < PAGE:
                return _with_key(entity, key, rows_of(answer.body, "notes"))
        answer = await self._client.get(f"{kind.path}/{quoted(target)}", {"include": many})
        if answer.status == 404:
            return []
        if not answer.ok:
            raise error_for(answer, f"read the {many} of {kind.one} {target}")
        inner = answer.body.get(kind.one) if isinstance(answer.body, Mapping) else None
        rows = side_loaded(answer.body, many) or side_loaded(inner, many)
        return _with_key(entity, key, rows)

    async def _deal_products(self, record: WriteRecord) -> list[str]:
        deal = str(record.payload["deal_id"])
        pages = self._reader.read_ids("deal_products", [deal])
        return [row.id async for page in pages for row in page if row.values.get("products")]

    async def _scan(self, entity: str, record: WriteRecord) -> list[str]:
        pages: AsyncIterator[Any] = self._reader.read(entity)
        return [row.id async for page in pages for row in page if row.key == record.key]


def _with_key(entity: str, key: str, rows: list[Mapping[str, Any]]) -> list[str]:
    return [str(row["id"]) for row in rows if key_of(entity, row, None) == key]


def _fits(entity: str, row: Mapping[str, Any], field: str | None, wanted: str) -> bool:
    """Return whether a found record is really meant; thin records that do not tell count as so."""
    if row.get("is_deleted"):
        return False
    if field is None:
        return str(row.get("name") or "").casefold() == wanted.casefold()
    custom = row.get("custom_field")
    tells = field in row or (isinstance(custom, Mapping) and field in custom)
    return not tells or key_of(entity, row, field) == wanted
