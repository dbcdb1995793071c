from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest

from crossdock.emulator import Account, create_app
from crossdock.emulator.people import People
from crossdock.emulator.server import running
from tests.dumps import grouped

from .importing import Wizard

BASE = "http://acme.test/crm/sales"
KEY = {"Authorization": "Token token=emulator"}


class ManualClock:
    """A clock that stands still until a test moves it."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.moment

    async def sleep(self, seconds: float) -> None:
        self.moment += timedelta(seconds=seconds)

    def pass_(self, seconds: float) -> None:
        self.moment += timedelta(seconds=seconds)


@dataclass
class Api:
    """The API of one account, called synchronously; paths are relative to `/api`."""

    account: Account
    clock: ManualClock
    send: Callable[..., httpx2.Response]
    over_a_socket: bool = False

    def __call__(self, method: str, path: str, json: Any = None, **more: Any) -> httpx2.Response:
        url = path if path.startswith("http") else f"{BASE}/{path.lstrip('/')}"
        if not path.startswith(("http", "/")):
            url = f"{BASE}/api/{path}"
        return self.send(method, url, json=json, headers=KEY | more.pop("headers", {}), **more)

    def get(self, path: str) -> Any:
        return self.good(self("GET", path))

    def post(self, path: str, json: Any) -> Any:
        return self.good(self("POST", path, json))

    def put(self, path: str, json: Any) -> Any:
        return self.good(self("PUT", path, json))

    def good(self, response: httpx2.Response) -> Any:
        assert response.is_success, (response.status_code, response.text)
        return response.json()

    def refused(self, method: str, path: str, json: Any = None) -> tuple[int, list[str]]:
        response = self(method, path, json)
        assert response.status_code >= 400, response.text
        return response.status_code, response.json()["errors"]["message"]

    def control(self, method: str, path: str, json: Any = None) -> Any:
        """Ask the control surface."""
        return self.good(self(method, f"http://acme.test/emulator/{path}", json))

    def dump(self) -> dict[str, list[dict[str, Any]]]:
        """Return everything that the account holds."""
        return grouped(self("GET", "http://acme.test/emulator/dump").text)

    def contact(self, **fields: Any) -> dict[str, Any]:
        self.count = getattr(self, "count", 0) + 1
        given = {"last_name": "Doe", "emails": f"p{self.count}@x.co"} | fields
        return self.post("contacts", {"contact": given})["contact"]

    def deal(self, **fields: Any) -> dict[str, Any]:
        given = {"name": "Clean", "amount": 100} | fields
        return self.post("deals", {"deal": given})["deal"]

    def choice(self, selector: str, name: str) -> int:
        found = self.get(f"selector/{selector}")
        items = next(iter(found.values()))
        return next(item["id"] for item in items if item.get("name") == name)

    def view(self, collection: str, name: str) -> int:
        filters = self.get(f"{collection}/filters")["filters"]
        return next(each["id"] for each in filters if each["name"] == name)


def in_process(account: Account) -> Callable[..., httpx2.Response]:
    app = create_app(account)

    def send(method: str, url: str, **more: Any) -> httpx2.Response:
        async def once() -> httpx2.Response:
            async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app)) as client:
                return await client.request(method, url, **more)

        return asyncio.run(once())

    return send


@pytest.fixture
def open_account() -> Callable[..., Api]:
    """Open an account with the given settings."""

    def open_(**settings: Any) -> Api:
        clock = ManualClock()
        account = Account(clock=clock, **settings)
        return Api(account, clock, in_process(account))

    return open_


@pytest.fixture
def api(open_account: Callable[..., Api]) -> Api:
    return open_account()


@pytest.fixture
def wizard(api: Api) -> Wizard:
    """The import wizard of an account."""
    return Wizard(api)


@pytest.fixture
def people(api: Api) -> People:
    """Persons who work in an account of two users."""
    api.account.add_user("Kim Larkin", "kim@example.com")
    return People(api.account)


@pytest.fixture(params=["in process", "server"])
def wire(request: pytest.FixtureRequest) -> Iterator[Api]:
    """The same account over both wires."""
    clock = ManualClock()
    account = Account(clock=clock)
    if request.param == "in process":
        yield Api(account, clock, in_process(account))
        return
    with running(account) as url, httpx2.Client() as client:

        def send(method: str, target: str, **more: Any) -> httpx2.Response:
            host = url.removesuffix("/crm/sales")
            return client.request(method, target.replace("http://acme.test", host), **more)

        yield Api(account, clock, send, over_a_socket=True)
