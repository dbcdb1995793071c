"""The destination as the rest of Crossdock sees it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence

import httpx2

from crossdock.connectors.base import Description, Outcome, ReadRecord, WriteRecord
from crossdock.connectors.freshsales.bulk import BulkWriter
from crossdock.connectors.freshsales.client import Client
from crossdock.connectors.freshsales.costs import requests_for
from crossdock.connectors.freshsales.describing import describe
from crossdock.connectors.freshsales.entities import BULK, is_module
from crossdock.connectors.freshsales.fields import FieldMaker
from crossdock.connectors.freshsales.finding import Finder
from crossdock.connectors.freshsales.modules import create_module
from crossdock.connectors.freshsales.reading import Reader
from crossdock.connectors.freshsales.schema import Schema
from crossdock.connectors.freshsales.singles import SingleWriter
from crossdock.model.fields import Field
from crossdock.model.times import Clock


class Freshsales:
    """A Freshsales account, as a `Destination`.

    `url` is the account's address up to ``/crm/sales``; `keep_free` is the share of each hour's
    requests that is left to the customer's other programs. One object belongs to one event loop.
    """

    def __init__(
        self,
        url: str,
        key: str,
        *,
        clock: Clock,
        transport: httpx2.AsyncBaseTransport | None = None,
        in_flight: int = 16,
        keep_free: float = 0.0,
    ) -> None:
        self._client = Client(
            url,
            key,
            clock=clock,
            transport=transport,
            in_flight=in_flight,
            keep_free=keep_free,
        )
        self._schema = Schema(self._client)
        self._reader = Reader(self._client, self._schema)
        self._finder = Finder(self._client, self._schema, self._reader)
        self._bulk = BulkWriter(self._client)
        self._singles = SingleWriter(self._client, in_flight)
        self._fields = FieldMaker(self._client, self._schema)

    @property
    def requests(self) -> int:
        """Return how many requests were sent so far, however they ended."""
        return self._client.requests

    @property
    def remaining(self) -> int | None:
        """Return how many requests the current hour has left, as far as answers have told."""
        return self._client.budget.remaining

    async def describe(self) -> Description:
        """Read the account's schema, users, pipelines and limits. Costs about 22 requests."""
        return await describe(self._client, self._schema)

    async def write(self, entity: str, batch: Sequence[WriteRecord]) -> list[Outcome]:
        """Write a batch of any size, one outcome per record in the same order.

        A payload with an `id` updates that record. Raises TypeError for users, which no API
        creates; KeyRefusedError, PermissionRefusedError, RefusedError, UnreachableError,
        OverloadedError when the account as a whole says no.
        """
        if entity == "user":
            raise TypeError("Freshsales has no call that creates users; an administrator adds them")
        if not batch:
            return []
        try:
            writer = self._bulk if entity in BULK else self._singles
            return await writer.write(entity, batch)
        finally:
            if entity in BULK or is_module(entity):
                self._finder.wrote()

    def read(self, entity: str) -> AsyncIterator[list[ReadRecord]]:
        """Read all records of an entity, page by page, at about one request per 100 records.

        Raises TypeError for documents (see `read_targets`), RefusedError for products where the
        account does not list them (see `read_ids`).
        """
        return self._reader.read(entity)

    def read_ids(self, entity: str, ids: Iterable[str]) -> AsyncIterator[list[ReadRecord]]:
        """Read the records with these ids, one request each; those that are gone are left out.

        Raises TypeError for notes, documents and users: there is no request that reads one.
        """
        return self._reader.read_ids(entity, ids)

    def read_targets(self, entity: str, ids: Iterable[str]) -> AsyncIterator[list[ReadRecord]]:
        """Read the files attached to these records of an entity, one request per record."""
        return self._reader.read_targets(entity, ids)

    async def find(self, entity: str, record: WriteRecord) -> list[str]:
        """Return the ids of the records that carry this record's source key.

        One or two requests; a product costs one per hundred products. Within half a minute of a
        write an empty answer is asked again when the search index has had time to follow.
        """
        return await self._finder.find(entity, record)

    async def create_field(self, entity: str, wanted: Field) -> Field:
        """Create a custom field and return it as read back. Raises RefusedError when it cannot."""
        return await self._fields.create(entity, wanted)

    async def create_module(self, entity: str, singular: str, plural: str) -> None:
        """Create a custom module. Raises RefusedError where the plan or the user may not."""
        await create_module(self._client, entity, singular, plural)

    def requests_for(self, entity: str, records: int) -> int:
        """Return how many requests writing this many records of an entity costs."""
        return requests_for(entity, records)

    async def aclose(self) -> None:
        """Give back the connections."""
        await self._client.aclose()
