"""The document: one path per route of the router, with what `operations` says of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route as HttpRoute

from crossdock.emulator.http.router import Doors, Route
from crossdock.emulator.http.table import build
from crossdock.emulator.openapi.answers import REFUSALS, answer_schemas, refusal_schemas
from crossdock.emulator.openapi.bodies import bodies
from crossdock.emulator.openapi.operations import Operation, operations
from crossdock.emulator.openapi.writable import ID, TEXT, Shape, record_schemas
from crossdock.emulator.search.routes import KINDS
from crossdock.emulator.settings.selectors import NAMES

if TYPE_CHECKING:
    from crossdock.emulator.account import Account

_NUMBER: Shape = {"type": "integer"}
_QUERY: dict[str, tuple[str, Shape]] = {
    "include": ("Names of what to show beside the record, with commas", TEXT),
    "page": ("From 1", _NUMBER | {"default": 1}),
    "per_page": ("At most 100; more counts as 100", _NUMBER | {"default": 25}),
    "sort": ("A field", TEXT),
    "sort_type": ("Which end comes first", {"enum": ["asc", "desc"]}),
    "task_filter": ("Which tasks", TEXT | {"examples": ["open", "completed", "overdue"]}),
    "appointment_filter": ("Which appointments", TEXT | {"examples": ["past", "upcoming"]}),
    "q": ("What to look for", TEXT),
    "f": ("The field to look in", TEXT | {"examples": ["email", "name", "external_id"]}),
    "entities": ("Entities with commas", TEXT | {"examples": ["contact,deal"]}),
    "search_include": ("Entities with commas", TEXT | {"examples": ["contact,deal,user"]}),
}
#: A parameter that is called otherwise on the wire.
_CALLED = {
    "task_filter": "filter",
    "appointment_filter": "filter",
    "search_include": "include",
}
_REQUIRED = {"q"}
_WITH_BODY = (400, 500)
_ALWAYS = (401, 403, 404, 406, 429)


def document(account: Account) -> dict[str, Any]:
    """Return the OpenAPI 3.1 document of an account. KeyError for a route without description."""
    known = operations()
    paths: dict[str, dict[str, Any]] = {}
    for route in build(account).routes():
        operation = known[f"{route.method} {route.pattern}"]
        door = "" if route.doors is Doors.WEB else "/api"
        path = f"{door}/" + re.sub(r":(\w+)", r"{\1}", route.pattern)
        described = _described(account, route, operation)
        paths.setdefault(path, {})[route.method.lower()] = described
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Freshsales, as this emulator knows it",
            "version": "1",
            "description": "Facts and their certainty: see the coverage table of the emulator.",
        },
        "servers": [{"url": "/crm/sales"}],
        "security": [{"key": []}],
        "paths": paths,
        "components": {
            "schemas": {
                **record_schemas(account),
                **{f"{name}_body": body for name, body in bodies(account).items()},
                **{f"{name}_answer": each for name, each in answer_schemas(account).items()},
                **refusal_schemas(),
            },
            "responses": {str(status): _refusal(status) for status in REFUSALS},
            "securitySchemes": {
                "key": {
                    "type": "apiKey",
                    "in": "header",
                    "name": "Authorization",
                    "description": "`Token token=<key>`",
                }
            },
        },
    }


def _described(account: Account, route: Route, operation: Operation) -> dict[str, Any]:
    out: dict[str, Any] = {
        "operationId": re.sub(r"\W+", "_", f"{route.method} {route.pattern}"),
        "summary": operation.summary,
        "tags": [route.pattern.partition("/")[0]],
        "parameters": [*_path_parameters(account, route), *_query_parameters(operation)],
        "responses": _responses(route, operation),
    }
    if route.doors is Doors.BOTH:
        out["description"] = "Also without `/api`, as the web application calls it."
    if operation.quirk:
        out["x-quirk"] = f"Answers 500 to {operation.quirk}."
    if operation.body:
        kind = "multipart/form-data" if operation.body == "document" else "application/json"
        schema = {"$ref": f"#/components/schemas/{operation.body}_body"}
        out["requestBody"] = {
            "required": not operation.body.endswith("_changes"),
            "content": {kind: {"schema": schema}},
        }
    return out


def _path_parameters(account: Account, route: Route) -> Iterator[dict[str, Any]]:
    names: dict[str, Shape] = {
        "module": {"enum": [schema.collection for schema in account.schemas.values()]},
        "entity": {"enum": [*KINDS, *account.modules.records]},
        "entity_name": TEXT | {"examples": list(account.modules.records)},
        "name": {"enum": list(NAMES)},
        "a": TEXT,
        "b": TEXT,
    }
    for name in re.findall(r":(\w+)", route.pattern):
        yield {"name": name, "in": "path", "required": True, "schema": names.get(name, ID)}


def _query_parameters(operation: Operation) -> Iterator[dict[str, Any]]:
    for name in operation.query.split():
        description, schema = _QUERY[name]
        yield {
            "name": _CALLED.get(name, name),
            "in": "query",
            "required": name in _REQUIRED,
            "description": description,
            "schema": schema,
        }


def _responses(route: Route, operation: Operation) -> dict[str, Any]:
    out: dict[str, Any] = {}
    if operation.answer:
        schema = {"$ref": f"#/components/schemas/{operation.answer}_answer"}
        for status in operation.statuses:
            out[str(status)] = {
                "description": operation.summary,
                "content": {"application/json": {"schema": schema}},
            }
    refused = {*_ALWAYS, *(_WITH_BODY if operation.body else ())}
    refused |= {500} if operation.quirk else set()
    refused |= {400} if operation.query else set()
    refused |= set(operation.refusals)
    if route.doors is not Doors.API:
        refused |= {302, 422} if route.method != "GET" else {302}
    for status in sorted(refused):
        out[str(status)] = {"$ref": f"#/components/responses/{status}"}
    return out


def _refusal(status: int) -> dict[str, Any]:
    description, name = REFUSALS[status]
    if not name:
        return {"description": description}
    if name == "text":
        return {"description": description, "content": {"text/plain": {"schema": TEXT}}}
    schema = {"$ref": f"#/components/schemas/{name}"}
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def openapi_route(account: Account) -> HttpRoute:
    """Return the route of the control surface that shows the document."""

    async def show(request: Request) -> Response:
        return Response(orjson.dumps(document(account)), media_type="application/json")

    return HttpRoute("/emulator/openapi.json", show)
