"""`create_app`: an account as an ASGI application, for a server or in process."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.routing import Mount

from crossdock.emulator.account import Account
from crossdock.emulator.http.control import control_routes
from crossdock.emulator.http.gate import BASE, Gate
from crossdock.emulator.http.table import build


def create_app(account: Account) -> Starlette:
    """Return the application that serves an account.

    The API stands under `/crm/sales/api`, the control surface under `/_emulator`. In process it is
    used through `httpx2.ASGITransport(app=create_app(account))`.
    """
    gate = Gate(account, build(account))
    app = Starlette(routes=[*control_routes(account, gate), Mount(BASE, app=gate)])
    app.state.account = account
    app.state.gate = gate
    return app
