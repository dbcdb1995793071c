"""What happens around every handler: key, allowance, faults, errors, and the answer's bytes.

Reference: Freshsales API, auth, errors, rate limits; certainty: observed, except that a page of
the web application without a session answers 302 or 422 as browsers see it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from urllib.parse import parse_qsl

import orjson
from starlette.types import Receive, Scope, Send

from crossdock.emulator import errors
from crossdock.emulator.account import Account
from crossdock.emulator.errors import ApiError
from crossdock.emulator.faults import Fault
from crossdock.emulator.http.body import read_body
from crossdock.emulator.http.call import Call, Reply
from crossdock.emulator.http.router import Found, Router
from crossdock.emulator.http.wire import cut, lose
from crossdock.emulator.people import People

#: Where the API lives on a host; `/api` is the programs' door, without it the web application's.
BASE = "/crm/sales"
_READING = frozenset({"GET", "HEAD", "OPTIONS"})
_TOO_MANY = b"Too many requests"
_THROTTLED = "UCR contact fetch failure :: response_code :: 429 :: response :: Too many requests"


class Gate:
    """The ASGI application behind `/crm/sales`."""

    def __init__(self, account: Account, router: Router) -> None:
        self.account = account
        self.router = router

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, note it, and keep what it changed before it is answered."""
        account, method = self.account, scope["method"]
        path = scope["path"][len(BASE) :].strip("/")
        web = not (path == "api" or path.startswith("api/"))
        found = self.router.find(method, path if web else path[4:])
        if found and not found[0].doors.admit(web):
            found = None
        operation = f"{method} {found[0].pattern}" if found else "404"
        fault = account.faults.draw(operation)
        account.jobs.run_due()
        now = account.now()
        reply = await self._reply(scope, receive, path, web, found, fault, now)
        account.flush()
        if reply is None or fault is Fault.LOST_ANSWER:
            account.log.note(now, operation, path, 0, fault.value)
            await lose(receive)
            return
        account.log.note(now, operation, path, reply.status, fault.value)
        if fault is Fault.SLOW:
            # Real time, whatever the account's clock does: it is the wire that is slow.
            await asyncio.sleep(account.faults.slow_seconds)
        await self._send(receive, send, reply, fault)

    async def _reply(
        self,
        scope: Scope,
        receive: Receive,
        path: str,
        web: bool,
        found: Found | None,
        fault: Fault,
        now: float,
    ) -> Reply | None:
        """Return the answer, or None for a request that gets lost before it is carried out."""
        headers = dict(scope["headers"])
        user_id = self._user(headers)
        if user_id is None:
            return _stranger(scope["method"], headers, web, self.account)
        refused = self._allowance(fault, now)
        if refused is not None:
            return refused
        if fault is Fault.LOST_REQUEST:
            return None
        query = scope["query_string"]
        call = Call(
            account=self.account,
            method=scope["method"],
            path=path,
            query=dict(parse_qsl(query.decode("latin-1"), keep_blank_values=True)) if query else {},
            user_id=user_id,
            host=headers.get(b"host", b"127.0.0.1").decode("latin-1"),
        )
        try:
            if call.method not in _READING:
                await read_body(call, scope, receive, headers)
            return self._carried_out(call, found, fault)
        except ApiError as refusal:
            return Reply(refusal.shown(self.account.language_of(user_id)), refusal.status)

    def _user(self, headers: Mapping[bytes, bytes]) -> int | None:
        kind, _, rest = headers.get(b"authorization", b"").decode("latin-1").partition(" ")
        token = rest.strip().removeprefix("token=").strip('"')
        return self.account.keys.get(token) if kind == "Token" else None

    def _allowance(self, fault: Fault, now: float) -> Reply | None:
        """Use one request of the allowance; return the refusal when there is none left."""
        limiter = self.account.limiter
        allowed = limiter.take(now, self.account.faults.neighbour_took(now))
        if allowed and fault not in (Fault.TOO_MANY_REQUESTS, Fault.RETRY_AFTER):
            return None
        told = fault is Fault.RETRY_AFTER or self.account.assumptions.retry_after
        headers = [(b"retry-after", str(limiter.wait(now)).encode())] if told else []
        return Reply(_TOO_MANY, 429, "text/plain; charset=utf-8", headers)

    def _carried_out(self, call: Call, found: Found | None, fault: Fault) -> Reply:
        if call.path.endswith(".xml"):
            return Reply(b"", 406, "text/plain")
        if found is None:
            raise errors.not_found("page")
        route, call.params = found
        if fault is Fault.SERVER_ERROR:
            raise errors.server_error()
        if fault is Fault.THROTTLED_BEHIND and "contact" in route.pattern:
            raise errors.invalid(_THROTTLED)
        reply = route.handler(call)
        if call.method not in _READING:
            self._person()
        return reply

    def _person(self) -> None:
        """Let a person do something on a screen, where the faults say so."""
        faults = self.account.faults
        kind = faults.person()
        if kind:
            People(self.account).act_at_random(faults.random, kind)

    async def _send(self, receive: Receive, send: Send, reply: Reply, fault: Fault) -> None:
        body = reply.body
        content = body if isinstance(body, bytes) else orjson.dumps(body)
        headers = [
            (b"content-type", reply.content_type.encode()),
            (b"content-length", str(len(content)).encode()),
            *self.account.limiter.headers(),
            *reply.headers,
        ]
        await send({"type": "http.response.start", "status": reply.status, "headers": headers})
        if fault is Fault.HALF_ANSWER:
            half = content[: len(content) // 2]
            await send({"type": "http.response.body", "body": half, "more_body": True})
            await cut(receive)
            return
        await send({"type": "http.response.body", "body": content})


def _stranger(method: str, headers: Mapping[bytes, bytes], web: bool, account: Account) -> Reply:
    """Answer a request without a valid key, as programs and browsers see it."""
    if web and b"cookie" in headers and method not in _READING:
        return Reply({"error_code": 422}, 422)
    if web and b"text/html" in headers.get(b"accept", b""):
        return Reply(b"", 302, "text/html", [(b"location", b"/crm/sales/login")])
    refusal = errors.unauthenticated()
    return Reply(refusal.shown(account.language), refusal.status)
