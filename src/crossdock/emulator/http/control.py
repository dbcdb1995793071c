"""`/_emulator/...`: what an admin does on screens, and what tests want to know.

Not part of Freshsales: nothing here asks for a key or counts against the allowance, so a server
must listen on the loopback interface only.

======================================  ========================================================
`GET  /_emulator/dump`                  every record as JSON, one array per entity, ids visible
`GET  /_emulator/requests`              how often each route was asked for
`POST /_emulator/users`                 `[{email, name, active, key}]`: add users
`POST /_emulator/fields`                `[{entity, label, type, choices, required, unique, name,
                                        lookup}]`: add custom fields
`POST /_emulator/choices`               `[{list, name, ...}]`: add lead sources, territories, ...
`POST /_emulator/pipelines`             `[{name, stages: [[name, forecast, probability]]}]`
`POST /_emulator/activity_types`        `[{name, internal_name}]`: add custom activity types
`POST /_emulator/clock`                 `{"seconds": n}`: let time pass, on a clock that can jump
======================================  ========================================================
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from crossdock.emulator.account import Account
from crossdock.emulator.errors import ApiError
from crossdock.emulator.http.gate import Gate
from crossdock.emulator.settings.creation import add_field
from crossdock.emulator.snapshot import dump

Endpoint = Callable[[Request], Coroutine[Any, Any, Response]]


def _json(body: Any, status: int = 200) -> Response:
    content = orjson.dumps(body, option=orjson.OPT_NON_STR_KEYS)
    return Response(content, status, media_type="application/json")


def control_routes(account: Account, gate: Gate) -> list[Route]:
    """Return the routes of the control surface."""

    async def show_dump(request: Request) -> Response:
        account.jobs.run_due()
        return _json(dump(account))

    async def show_requests(request: Request) -> Response:
        return _json({"total": sum(gate.counts.values()), "routes": dict(gate.counts)})

    async def pass_time(request: Request) -> Response:
        await account.clock.sleep(float((await request.json())["seconds"]))
        account.jobs.run_due()
        return _json({"now": account.clock.now().isoformat()})

    return [
        Route("/_emulator/dump", show_dump),
        Route("/_emulator/requests", show_requests),
        Route("/_emulator/clock", pass_time, methods=["POST"]),
        _each("users", lambda given: _add_user(account, given)),
        _each("fields", lambda given: _add_field(account, given)),
        _each("choices", lambda given: _add_choice(account, given)),
        _each(
            "pipelines", lambda given: account.catalog.add_pipeline(given["name"], given["stages"])
        ),
        _each(
            "activity_types",
            lambda given: account.catalog.add_activity_type(
                given["name"], given["internal_name"], default=False
            ),
        ),
    ]


def _each(name: str, add: Callable[[dict[str, Any]], dict[str, Any]]) -> Route:
    """Return a route that adds each item of a list, or a single one."""

    async def endpoint(request: Request) -> Response:
        given = await request.json()
        try:
            added = [add(dict(each)) for each in (given if isinstance(given, list) else [given])]
        except ApiError as refusal:
            return _json(refusal.body, refusal.status)
        return _json({name: added})

    return Route(f"/_emulator/{name}", endpoint, methods=["POST"])


def _add_user(account: Account, given: dict[str, Any]) -> dict[str, Any]:
    name = given.get("name") or str(given["email"]).partition("@")[0]
    return account.add_user(name, given["email"], given.get("active", True), given.get("key"))


def _add_choice(account: Account, given: dict[str, Any]) -> dict[str, Any]:
    name = given.pop("list")
    if name == "currencies":
        given = {"exchange_rate": "1.0", "is_active": True, "currency_type": 2} | given
    return account.catalog.add(name, **given)


def _add_field(account: Account, given: dict[str, Any]) -> dict[str, Any]:
    schema = account.schemas[given["entity"]]
    field = add_field(
        account,
        schema,
        label=given["label"],
        kind=given.get("type", "text"),
        name=given.get("name", ""),
        required=given.get("required", False),
        unique=given.get("unique", False),
        choices=given.get("choices"),
        lookup=given.get("lookup", ""),
    )
    return {"id": field.id, "name": field.name, "label": field.label, "type": field.type}
