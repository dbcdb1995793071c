"""Writing one record per request: products, tasks, appointments, notes, files, module records.

None of these requests is idempotent, so none is sent twice: an answer that is lost makes the
outcome unknown. Many are under way at once; when the destination as a whole says no, those that
have not begun do not begin.
"""

from __future__ import annotations

import asyncio
import mimetypes
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import quote

from crossdock.connectors.base import Outcome, OutcomeState, WriteRecord
from crossdock.connectors.freshsales.answers import Answer, error_for
from crossdock.connectors.freshsales.client import AnswerLostError, Client
from crossdock.connectors.freshsales.entities import kind_of
from crossdock.errors import RemoteError

_Writer: TypeAlias = Callable[[WriteRecord], Awaitable[Outcome]]


class _ForbiddenError(Exception):
    """One record was refused with 403; carries the answer, to be judged with the others."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.status)
        self.answer = answer


@dataclass(slots=True)
class _Halt:
    """Whether the destination as a whole has said no to one record of a batch."""

    called: bool = False


class SingleWriter:
    """Writes records one request each, at most `in_flight` at once."""

    def __init__(self, client: Client, in_flight: int) -> None:
        self._client = client
        self._slots = asyncio.Semaphore(in_flight)

    async def write(self, entity: str, batch: Sequence[WriteRecord]) -> list[Outcome]:
        """Write any number of records, one outcome each, in order.

        Raises PermissionRefusedError when every record was refused for lack of permission.
        """
        writer = self._writer(entity)
        halt = _Halt()
        results = await asyncio.gather(*(self._guarded(writer, r, halt) for r in batch))
        fatal = next((r for r in results if isinstance(r, RemoteError)), None)
        if fatal is not None:
            done = sum(isinstance(result, Outcome) for result in results)
            if done:
                fatal.written = f"{done} of {len(batch)} records of this batch were sent before."
            raise fatal
        forbidden = [r for r in results if isinstance(r, _ForbiddenError)]
        if forbidden and len(forbidden) == len(batch):
            raise error_for(forbidden[0].answer, f"write a {entity}")
        return [_settled(record, result) for record, result in zip(batch, results, strict=True)]

    async def _guarded(
        self, writer: _Writer, record: WriteRecord, halt: _Halt
    ) -> Outcome | RemoteError | _ForbiddenError | None:
        async with self._slots:
            if halt.called:
                return None
            try:
                return await writer(record)
            except AnswerLostError as error:
                why = (f"the answer was lost: {error}",)
                return Outcome(record.key, OutcomeState.UNKNOWN, None, why)
            except _ForbiddenError as error:
                return error
            except RemoteError as error:
                halt.called = True
                return error

    def _writer(self, entity: str) -> _Writer:
        special: Mapping[str, _Writer] = {
            "product": self._product,
            "deal_products": self._deal_products,
            "document": self._document,
        }

        async def plain(record: WriteRecord) -> Outcome:
            return await self._plain(entity, record)

        return special.get(entity, plain)

    async def _plain(self, entity: str, record: WriteRecord) -> Outcome:
        """POST a record; a payload with an `id` is a PUT to that record."""
        kind = kind_of(entity)
        payload = dict(record.payload)
        known = payload.pop("id", None)
        if known:
            answer = await self._client.send(
                "PUT", f"{kind.path}/{quoted(known)}", {kind.one: payload}
            )
        else:
            answer = await self._client.send("POST", kind.path, {kind.one: payload})
        return outcome_of(record, answer, kind.one, known)

    async def _product(self, record: WriteRecord) -> Outcome:
        """Create a product, then give it its prices: two requests.

        Prices are a second call (Freshsales API documentation: add prices to the product;
        certainty: documented). When only the prices are refused the product stands: its outcome is
        CREATED, with the refusal as reasons.
        """
        payload = dict(record.payload)
        prices = payload.pop("product_pricings", None)
        pricing = {"product_pricings": prices}
        if prices and "pricing_type" in payload:
            pricing["pricing_type"] = payload.pop("pricing_type")
        created = await self._plain("product", WriteRecord(record.key, payload))
        if not prices or created.destination_id is None:
            return created
        path = f"cpq/products/{quoted(created.destination_id)}"
        include = {"include": "product_pricings"}
        try:
            answer = await self._client.send("PUT", path, {"product": pricing}, params=include)
        except AnswerLostError as error:
            return Outcome(
                record.key,
                OutcomeState.UNKNOWN,
                created.destination_id,
                (f"the product stands; the answer to its prices was lost: {error}",),
            )
        if answer.ok:
            return created
        reasons = tuple(f"its prices were refused: {m}" for m in answer.messages)
        return Outcome(record.key, created.state, created.destination_id, reasons)

    async def _deal_products(self, record: WriteRecord) -> Outcome:
        """Set the products of a deal; the deal's own id is the outcome's."""
        deal = str(record.payload["deal_id"])
        answer = await self._client.send(
            "PUT",
            f"deals/{quoted(deal)}",
            {"deal": {"products": list(record.payload["products"])}},
            params={"include": "products"},
        )
        return outcome_of(record, answer, "deal", deal)

    async def _document(self, record: WriteRecord) -> Outcome:
        """Upload a file as a form with parts, read from disk while it is sent."""
        payload = record.payload
        path = Path(str(payload["path"]))
        if not path.is_file():
            return Outcome(record.key, OutcomeState.REJECTED, None, (f"there is no file {path}",))
        name = str(payload.get("file_name") or record.key)
        form = {
            "file_name": name,
            "is_shared": "true" if payload.get("is_shared") else "false",
            "targetable_id": str(payload["targetable_id"]),
            "targetable_type": str(payload["targetable_type"]),
        }
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        with path.open("rb") as stream:

            def parts() -> Mapping[str, Any]:
                stream.seek(0)
                return {"file": (name, stream, kind)}

            answer = await self._client.send("POST", "documents", form=form, files=parts)
        return outcome_of(record, answer, "document")


def outcome_of(record: WriteRecord, answer: Answer, one: str, known: Any = None) -> Outcome:
    """Return what an answer says of a record: done with its id, or refused with the reasons."""
    if answer.status == 403:
        raise _ForbiddenError(answer)
    if not answer.ok:
        return Outcome(record.key, OutcomeState.REJECTED, None, answer.messages)
    state = OutcomeState.UPDATED if known else OutcomeState.CREATED
    found = known or _id_in(answer.body, one)
    if found is None:
        why = ("the answer shows no id",)
        return Outcome(record.key, OutcomeState.UNKNOWN, None, why)
    return Outcome(record.key, state, str(found))


def quoted(identifier: Any) -> str:
    """Return an id as it may stand in a path."""
    return quote(str(identifier), safe="")


def _settled(record: WriteRecord, result: object) -> Outcome:
    if isinstance(result, Outcome):
        return result
    messages = result.answer.messages if isinstance(result, _ForbiddenError) else ()
    return Outcome(record.key, OutcomeState.REJECTED, None, messages)


def _id_in(body: Any, one: str) -> Any:
    """Return the new record's id: inside its wrapper, or bare as documents answer."""
    if not isinstance(body, Mapping):
        return None
    inner = body.get(one)
    return inner.get("id") if isinstance(inner, Mapping) else body.get("id")
