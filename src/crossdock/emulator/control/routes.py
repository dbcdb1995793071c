"""The calls of the control surface."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Coroutine
from itertools import islice
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from crossdock.emulator.account import Account
from crossdock.emulator.control.digest import digest
from crossdock.emulator.control.dump import dump, kinds
from crossdock.emulator.control.log import LONGEST
from crossdock.emulator.control.setup import Fact, adders
from crossdock.emulator.errors import ApiError
from crossdock.emulator.faults import read_faults
from crossdock.emulator.openapi import openapi_route
from crossdock.emulator.people import People

_LINES_AT_ONCE = 500
#: The year 2200, in seconds since the epoch: dates far beyond it cannot be written.
_END_OF_TIME = 7_258_118_400
Endpoint = Callable[[Request], Coroutine[Any, Any, Response]]


def control_routes(account: Account) -> list[Route]:
    """Return the routes of the control surface."""

    async def show_dump(request: Request) -> Response:
        account.jobs.run_due()
        entity = request.query_params.get("entity", "")
        if entity and entity not in kinds(account):
            raise MisuseError(f"there is no {entity}; there are {', '.join(kinds(account))}")
        return StreamingResponse(_lines(account, entity), media_type="application/x-ndjson")

    async def show_requests(request: Request) -> Response:
        last = request.query_params.get("last", "100")
        if not (last.isascii() and last.isdigit()):
            raise MisuseError("last is how many requests to show, such as 100")
        return _json(account.log.show(min(int(last[:9]), LONGEST)))

    async def pass_time(request: Request) -> Response:
        seconds = (await _document(request)).get("seconds")
        if isinstance(seconds, bool) or not isinstance(seconds, int | float) or seconds < 0:
            raise MisuseError('say how far: {"seconds": 60}')
        if account.now() + seconds > _END_OF_TIME:
            raise MisuseError(f"{seconds:g} seconds lead beyond the year 2200; nothing was changed")
        await account.clock.sleep(seconds)
        account.jobs.run_due()
        return _json({"now": account.clock.now().isoformat()})

    async def show_digest(request: Request) -> Response:
        account.jobs.run_due()
        return _json(digest(account))

    async def act(request: Request) -> Response:
        given = await _body(request)
        try:
            done = People(account).perform(given if isinstance(given, list) else [given])
        except ValueError as problem:
            raise MisuseError(str(problem)) from problem
        return _json({"people": done})

    async def set_faults(request: Request) -> Response:
        try:
            account.faults = read_faults(await _document(request))
        except ValueError as problem:
            raise MisuseError(str(problem)) from problem
        return _json(account.faults.shown())

    return [
        Route("/emulator/dump", _answered(show_dump)),
        Route("/emulator/digest", show_digest),
        Route("/emulator/requests", _answered(show_requests)),
        openapi_route(account),
        Route("/emulator/people", _answered(act), methods=["POST"]),
        Route("/emulator/faults", _answered(set_faults), methods=["POST"]),
        Route("/emulator/clock", _answered(pass_time), methods=["POST"]),
        *(_each(name, add) for name, add in adders(account).items()),
    ]


async def _lines(account: Account, entity: str) -> AsyncIterator[bytes]:
    """Yield the lines of a dump, many at a time."""
    records = dump(account, entity)
    while part := list(islice(records, _LINES_AT_ONCE)):
        yield b"".join(
            orjson.dumps({"entity": name, **record}, option=orjson.OPT_NON_STR_KEYS) + b"\n"
            for name, record in part
        )


def _each(name: str, add: Callable[[Fact], Fact]) -> Route:
    """Return a route that adds each item of a list, or a single one."""

    async def endpoint(request: Request) -> Response:
        given = await _body(request)
        try:
            added = [add(dict(each)) for each in (given if isinstance(given, list) else [given])]
        except KeyError as problem:
            raise MisuseError(f"{problem} is missing") from problem
        except (TypeError, ValueError) as problem:
            raise MisuseError(f"{name} cannot be read: {problem}") from problem
        return _json({name: added})

    return Route(f"/emulator/{name}", _answered(endpoint), methods=["POST"])


class MisuseError(Exception):
    """A call of the control surface that makes no sense, with what would."""


def _answered(endpoint: Endpoint) -> Endpoint:
    """Return the endpoint with its refusals as answers: those of Freshsales, and 400 of ours."""

    async def guarded(request: Request) -> Response:
        try:
            return await endpoint(request)
        except ApiError as refusal:
            return _json(refusal.body, refusal.status)
        except MisuseError as problem:
            return _json({"error": str(problem)}, 400)

    return guarded


async def _body(request: Request) -> Any:
    try:
        return orjson.loads(await request.body())
    except orjson.JSONDecodeError as problem:
        raise MisuseError(f"the body is no JSON: {problem}") from problem


async def _document(request: Request) -> dict[str, Any]:
    found = await _body(request)
    if not isinstance(found, dict):
        raise MisuseError("the body must be a JSON object")
    return found


def _json(body: Any, status: int = 200) -> Response:
    content = orjson.dumps(body, option=orjson.OPT_NON_STR_KEYS)
    return Response(content, status, media_type="application/json")
