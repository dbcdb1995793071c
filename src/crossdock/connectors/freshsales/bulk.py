"""Bulk writing: contacts, accounts and deals by the hundred, as jobs that are then asked after.

Freshsales API documentation: bulk upsert; certainty: documented. At most 100 records a request is
seen in one client by Freshworks. Requests are counted as two per hundred records: one to submit and
one to ask; a slow job is asked more than once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any, Final

from crossdock.connectors.base import Outcome, OutcomeState, WriteRecord
from crossdock.connectors.freshsales.answers import Answer, error_for, is_throttling
from crossdock.connectors.freshsales.client import AnswerLostError, Client
from crossdock.connectors.freshsales.entities import kind_of
from crossdock.connectors.freshsales.jobs import BulkItem, outcomes_of, read_report
from crossdock.errors import RemoteError

BATCH: Final = 100
#: Jobs under way at once. More make the service behind the API refuse contacts.
_JOBS: Final = 4
#: Seconds until a job is first asked after. Requests are dearer than seconds, so this adapts:
#: longer after a look that came too early, a little shorter after one that did not.
_FIRST_LOOK: Final = 5.0
_SHORTEST_PAUSE: Final = 2.0
_LONGEST_PAUSE: Final = 30.0
_PATIENCE: Final = 15 * 60.0
#: How often records that a job refused for lack of capacity are sent again.
_ROUNDS: Final = 6
#: How often one request is halved to find the record that makes it unacceptable.
_HALVINGS: Final = 16

_TWICE: Final = "another record of the same batch has the same {field}: they would become one"
_NAMELESS: Final = "there is no {field} to tell this record from others by"


class BulkWriter:
    """Writes batches as bulk jobs and tells what became of every record."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._jobs = asyncio.Semaphore(_JOBS)
        self._first_look = _FIRST_LOOK

    async def write(self, entity: str, batch: Sequence[WriteRecord]) -> list[Outcome]:
        """Write any number of records, one outcome each, in order.

        Two records with one identifier would silently become one: the second is rejected.
        """
        outcomes: dict[int, Outcome] = {}
        items: dict[int, BulkItem] = {}
        seen: set[tuple[str, str]] = set()
        for place, record in enumerate(batch):
            item = item_for(entity, record)
            name = (item.field, item.value.strip().casefold())
            if not item.value.strip() or name in seen:
                why = (_TWICE if item.value.strip() else _NAMELESS).format(field=item.field)
                outcomes[place] = item.outcome(OutcomeState.REJECTED, [why])
                continue
            seen.add(name)
            items[place] = item
        places = list(items)
        chunks = [places[start : start + BATCH] for start in range(0, len(places), BATCH)]
        ended = await asyncio.gather(
            *(self._chunk(entity, [items[place] for place in chunk]) for chunk in chunks),
            return_exceptions=True,
        )
        fatal = next((result for result in ended if isinstance(result, BaseException)), None)
        if fatal is not None:
            done = sum(len(result) for result in ended if isinstance(result, list))
            if done and isinstance(fatal, RemoteError):
                fatal.written = f"{done} of {len(batch)} records of this batch were sent before."
            raise fatal
        for chunk, result in zip(chunks, ended, strict=True):
            assert isinstance(result, list)
            outcomes.update(zip(chunk, result, strict=True))
        return [outcomes[place] for place in range(len(batch))]

    async def _chunk(self, entity: str, items: Sequence[BulkItem]) -> list[Outcome]:
        async with self._jobs:
            outcomes = await self._submit(entity, items, _Allowed(_HALVINGS))
            for tries in range(1, _ROUNDS):
                places = [place for place, outcome in enumerate(outcomes) if _crowded_out(outcome)]
                if not places:
                    break
                await self._client.clock.sleep(min(900.0, 10.0 * 3.0**tries))
                again = await self._submit(entity, [items[p] for p in places], _Allowed(_HALVINGS))
                for place, outcome in zip(places, again, strict=True):
                    outcomes[place] = outcome
        return [
            items[place].outcome(OutcomeState.UNKNOWN, outcome.reasons)
            if _crowded_out(outcome)
            else outcome
            for place, outcome in enumerate(outcomes)
        ]

    async def _submit(
        self, entity: str, items: Sequence[BulkItem], halvings: _Allowed
    ) -> list[Outcome]:
        kind = kind_of(entity)
        body = {kind.many: [item.body() for item in items]}
        try:
            answer = await self._client.send("POST", f"{kind.path}/bulk_upsert", body)
        except AnswerLostError as error:
            return _all(items, OutcomeState.UNKNOWN, [f"the answer was lost: {error}"])
        if answer.ok:
            return await self._follow(items, answer)
        if answer.status in (403, 404):
            raise error_for(answer, f"take {kind.many} in bulk")
        if len(items) > 1 and halvings.take():
            middle = len(items) // 2
            first = await self._submit(entity, items[:middle], halvings)
            return first + await self._submit(entity, items[middle:], halvings)
        return _all(items, OutcomeState.REJECTED, answer.messages)

    async def _follow(self, items: Sequence[BulkItem], answer: Answer) -> list[Outcome]:
        """Ask after a job, at growing intervals, until it has ended or patience has."""
        job = _job_id(answer.body)
        if job is None:
            return _all(items, OutcomeState.UNKNOWN, ["the answer names no job to ask after"])
        waited, pause, looks = 0.0, self._first_look, 0
        while waited < _PATIENCE:
            await self._client.clock.sleep(pause)
            waited, looks = waited + pause, looks + 1
            pause = min(pause * 2, _LONGEST_PAUSE)
            try:
                status = await self._client.get(f"job_statuses/{job}")
            except RemoteError as error:
                return _all(items, OutcomeState.UNKNOWN, [f"job {job}: {error.message}"])
            report = read_report(status.body if status.ok else None)
            if report.ended(len(items)):
                self._adapt(looks)
                return outcomes_of(items, report)
        return _all(
            items, OutcomeState.UNKNOWN, [f"job {job} did not end within {_PATIENCE:.0f} s"]
        )

    def _adapt(self, looks: int) -> None:
        pause = self._first_look * (0.97 if looks == 1 else 1.5)
        self._first_look = min(_LONGEST_PAUSE, max(_SHORTEST_PAUSE, pause))


class _Allowed:
    """How often something may still be done."""

    def __init__(self, times: int) -> None:
        self._left = times

    def take(self) -> bool:
        self._left -= 1
        return self._left >= 0


def item_for(entity: str, record: WriteRecord) -> BulkItem:
    """Return a record as bulk requests carry it, with the best identifier that it has.

    A payload with an `id` updates that record. Otherwise accounts and deals are told by name,
    contacts by e-mail or, without one, by external id.
    """
    payload = dict(record.payload)
    if payload.get("id"):
        return BulkItem(record, "id", str(payload.pop("id")), payload)
    payload.pop("id", None)
    if entity != "contact":
        return BulkItem(record, "name", str(payload.pop("name", None) or ""), payload)
    if payload.get("email"):
        return BulkItem(record, "emails", str(payload.pop("email")), payload)
    payload.pop("email", None)
    return BulkItem(
        record, "external_id", str(payload.pop("external_id", "") or record.key), payload
    )


def _job_id(body: Any) -> str | None:
    """Return the job's id. Only the id of the given address is used, never its host."""
    address = str(body.get("job_status_url") or "") if isinstance(body, dict) else ""
    last = address.split("?")[0].rstrip("/").rpartition("/")[2]
    return last if last.isalnum() else None


def _crowded_out(outcome: Outcome) -> bool:
    return outcome.state is OutcomeState.REJECTED and any(map(is_throttling, outcome.reasons))


def _all(items: Sequence[BulkItem], state: OutcomeState, reasons: Sequence[str]) -> list[Outcome]:
    return [item.outcome(state, reasons) for item in items]
