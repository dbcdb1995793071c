"""`create_app`: an account as an ASGI application, for a server or in process."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from crossdock.emulator.account import Account
from crossdock.emulator.control.routes import control_routes
from crossdock.emulator.http.gate import BASE, Gate
from crossdock.emulator.http.table import build
from crossdock.emulator.imports.page import import_routes


class EmulatorApp:
    """The API under `/crm/sales`, and beside it what is not Freshsales, under `/emulator`."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self._gate = Gate(account, build(account))
        routes = [*control_routes(account), *import_routes(account)]
        self._control: ASGIApp = Starlette(routes=routes)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] == "http" and scope["path"].startswith(BASE + "/"):
            await self._gate(scope, receive, send)
            return

        async def kept(message: Message) -> None:
            # What was changed is in the account's file before the answer is sent.
            if message["type"] == "http.response.start":
                self.account.flush()
            await send(message)

        await self._control(scope, receive, kept)


def create_app(account: Account) -> EmulatorApp:
    """Return the application that serves an account.

    In process it is used through `httpx2.ASGITransport(app=create_app(account))`.
    """
    return EmulatorApp(account)
