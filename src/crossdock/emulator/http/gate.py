"""What happens around every handler: key, allowance, faults, errors, and the answer's bytes.

Reference: Freshsales API, auth, errors, rate limits; certainty: observed.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

import httpx2
import orjson
from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from crossdock.emulator import errors
from crossdock.emulator.account import Account
from crossdock.emulator.errors import ApiError
from crossdock.emulator.faults import Fault
from crossdock.emulator.http.call import Call, Reply, Upload
from crossdock.emulator.http.router import Router

#: Where the API lives on a host; `/api` is the programs' door, without it the web application's.
BASE = "/crm/sales"
_TOO_MANY = Reply(b"Too many requests", 429, "text/plain; charset=utf-8")
_THROTTLED = "UCR contact fetch failure :: response_code :: 429 :: response :: Too many requests"


class Gate:
    """The ASGI application behind `/crm/sales`."""

    def __init__(self, account: Account, router: Router) -> None:
        self.account = account
        self.router = router
        #: How often each route was asked for: "POST contacts/upsert" → 12.
        self.counts: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        headers = dict(scope["headers"])
        path = str(scope["path"]).removeprefix(BASE).strip("/")
        self.account.jobs.run_due()
        user_id = self._user(headers)
        if user_id is None:
            await self._send(send, _reply_of(errors.unauthenticated()))
            return
        fault = self.account.faults.draw(scope["method"])
        allowed = self.account.limiter.take(self.account.now())
        if not allowed or fault is Fault.TOO_MANY_REQUESTS:
            self.counts["429"] += 1
            await self._send(send, _TOO_MANY)
            return
        if fault is Fault.LOST_REQUEST:
            await _lose(receive)
            return
        call = Call(
            account=self.account,
            method=scope["method"],
            path=path,
            query=dict(parse_qsl(scope["query_string"].decode(), keep_blank_values=True)),
            user_id=user_id,
            base_url=_base_url(scope, headers),
        )
        try:
            await self._read_body(call, scope, receive, headers)
            reply = self._answer(call, fault)
        except ApiError as refusal:
            reply = _reply_of(refusal)
        if fault is Fault.LOST_ANSWER:
            await _lose(receive)
            return
        await self._send(send, reply)

    def _user(self, headers: Mapping[bytes, bytes]) -> int | None:
        kind, _, rest = headers.get(b"authorization", b"").decode("latin-1").partition(" ")
        token = rest.strip().removeprefix("token=").strip('"')
        return self.account.keys.get(token) if kind == "Token" else None

    async def _read_body(
        self, call: Call, scope: Scope, receive: Receive, headers: Mapping[bytes, bytes]
    ) -> None:
        if call.method not in ("POST", "PUT", "PATCH", "DELETE"):
            return
        kind = headers.get(b"content-type", b"").decode("latin-1").partition(";")[0].strip()
        if kind == "multipart/form-data":
            await _read_form(call, Request(scope, receive))
            return
        body = await _read_all(receive)
        if not body:
            return
        if kind == "text/plain":
            raise errors.server_error()
        if kind != "application/json":
            raise errors.invalid("Invalid or missing attributes")
        try:
            call.body = orjson.loads(body)
        except orjson.JSONDecodeError:
            raise errors.invalid("Invalid or missing attributes") from None

    def _answer(self, call: Call, fault: Fault) -> Reply:
        if call.path.endswith(".xml"):
            return Reply(b"", 406, "text/plain")
        web = not (call.path == "api" or call.path.startswith("api/"))
        found = self.router.find(call.method, call.path if web else call.path[4:])
        if found is None or not found[0].doors.admit(web):
            self.counts["404"] += 1
            raise errors.not_found("page")
        route, call.params = found
        self.counts[f"{call.method} {route.pattern}"] += 1
        if fault is Fault.SERVER_ERROR:
            raise errors.server_error()
        if fault is Fault.THROTTLED_BEHIND and "contact" in route.pattern:
            raise errors.invalid(_THROTTLED)
        return route.handler(call)

    async def _send(self, send: Send, reply: Reply) -> None:
        body = reply.body
        content = body if isinstance(body, bytes) else orjson.dumps(body)
        headers = [
            (b"content-type", reply.content_type.encode()),
            (b"content-length", str(len(content)).encode()),
            *self.account.limiter.headers(),
        ]
        await send({"type": "http.response.start", "status": reply.status, "headers": headers})
        await send({"type": "http.response.body", "body": content})


def _reply_of(refusal: ApiError) -> Reply:
    return Reply(refusal.body, refusal.status)


def _base_url(scope: Scope, headers: Mapping[bytes, bytes]) -> str:
    host = headers.get(b"host", b"127.0.0.1").decode("latin-1")
    return f"{scope.get('scheme', 'http')}://{host}{BASE}"


async def _read_all(receive: Receive) -> bytes:
    parts = []
    while True:
        message = await receive()
        parts.append(message.get("body", b""))
        if not message.get("more_body"):
            return parts[0] if len(parts) == 1 else b"".join(parts)


async def _read_form(call: Call, request: Request) -> None:
    """Read a multipart body: its files, and its fields as a flat object."""
    fields: dict[str, Any] = {}
    files: dict[str, Upload] = {}
    async with request.form() as form:
        for name, value in form.multi_items():
            if isinstance(value, str):
                fields[name] = value
            else:
                content = await value.read()
                kind = value.content_type or "application/octet-stream"
                files[name] = Upload(value.filename or "file", kind, content)
    call.body, call.files = fields, files


async def _lose(receive: Receive) -> None:
    """Let the answer never arrive: close the socket, or fail as a broken connection does.

    The server's own receive function knows the connection; in process there is none.
    """
    transport = getattr(getattr(receive, "__self__", None), "transport", None)
    if transport is None:
        raise httpx2.ReadError("the answer was lost")
    transport.abort()
    await asyncio.sleep(0)
