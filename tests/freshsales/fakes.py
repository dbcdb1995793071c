"""An account that answers from a table, and remembers what it was asked."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from typing import Any, TypeVar

import httpx2
import orjson

from crossdock.connectors.base import ReadRecord, WriteRecord
from crossdock.connectors.freshsales import Freshsales
from crossdock.model.times import VirtualClock

URL = "https://acme.myfreshworks.com/crm/sales"
KEY = "k3y-that-nobody-may-see"
START = datetime(2026, 11, 22, 10, 0, 0, tzinfo=UTC)
API = "/crm/sales/api/"
T = TypeVar("T")

Answer = dict[str, Any] | list[Any] | httpx2.Response | Exception | Callable[..., httpx2.Response]


class FakeAccount:
    """Answers each route with its answers in turn, the last one for ever after."""

    def __init__(self) -> None:
        self.routes: dict[tuple[str, str], list[Answer]] = {}
        self.calls: list[httpx2.Request] = []
        self.clock = VirtualClock(START)

    def on(self, method: str, path: str, *answers: Answer) -> FakeAccount:
        self.routes[method, path] = list(answers)
        return self

    def destination(self, **options: Any) -> Freshsales:
        return Freshsales(
            URL, KEY, clock=self.clock, transport=httpx2.MockTransport(self.answer), **options
        )

    def answer(self, request: httpx2.Request) -> httpx2.Response:
        self.calls.append(request)
        path = request.url.path.removeprefix(API)
        answers = self.routes.get((request.method, path))
        if answers is None:
            return refusal(404, "not in the CRM")
        found = answers.pop(0) if len(answers) > 1 else answers[0]
        if callable(found):
            found = found(request)
        if isinstance(found, Exception):
            raise found
        if isinstance(found, httpx2.Response):
            return copy(found)
        return httpx2.Response(200, content=orjson.dumps(found))

    def bodies(self, method: str, path: str) -> list[Any]:
        return [
            orjson.loads(call.content)
            for call in self.calls
            if call.method == method and call.url.path.removeprefix(API) == path
        ]

    def count(self, path: str) -> int:
        return sum(call.url.path.removeprefix(API) == path for call in self.calls)

    def seconds(self) -> float:
        """Return how long it took by the account's clock."""
        return (self.clock.now() - START).total_seconds()


def copy(response: httpx2.Response) -> httpx2.Response:
    return httpx2.Response(response.status_code, headers=response.headers, content=response.content)


def refusal(status: int, *messages: str, headers: dict[str, str] | None = None) -> httpx2.Response:
    body = {"errors": {"code": status, "message": list(messages)}}
    return httpx2.Response(status, content=orjson.dumps(body), headers=headers)


def rated(
    body: Any, *, limit: int = 1000, remaining: int, reset: str = "221126110000", status: int = 200
) -> httpx2.Response:
    headers = {
        "X-RateLimit-Limit": str(limit),
        "X-RateLimit-Remaining": str(remaining),
        "X-RateLimit-Reset": reset,
    }
    return httpx2.Response(status, content=orjson.dumps(body), headers=headers)


def job(succeeded: int, failed: int, *report: dict[str, Any], progress: int = 100) -> Answer:
    return {
        "status": "completed" if progress == 100 else "in_progress",
        "progress": progress,
        "data": {
            "record_status": {"succeeded": succeeded, "failed": failed},
            "detailed_failure_report": list(report),
        },
    }


def submitted(number: int = 4) -> Answer:
    return {
        "message": "ok",
        "job_status_url": f"https://elsewhere.example/api/job_statuses/{number}",
    }


def contact(key: str, **more: Any) -> WriteRecord:
    return WriteRecord(key, {"last_name": key, "email": f"{key}@x.test", **more})


def run(made: Coroutine[Any, Any, T]) -> T:
    return asyncio.run(made)


async def gathered(pages: Any) -> list[ReadRecord]:
    return [record async for page in pages for record in page]
