"""The import wizard of an account, as tests use it."""

from __future__ import annotations

import asyncio
import csv
import io
from typing import TYPE_CHECKING, Any

import httpx2
from starlette.applications import Starlette

from crossdock.emulator.imports.page import import_routes
from crossdock.emulator.settings.creation import add_field

if TYPE_CHECKING:
    from .conftest import Api

CONTACT = ["Last name", "Email"]
DEAL = ["Deal name", "Deal value"]
PATH = "http://acme.test/emulator/import"


def csv_file(*rows: list[str]) -> bytes:
    """Return rows as a CSV file."""
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


class Wizard:
    """Uploads files and reads the answers."""

    def __init__(self, api: Api) -> None:
        self._app = Starlette(routes=import_routes(api.account))

    def send(self, method: str, url: str, **more: Any) -> httpx2.Response:
        async def once() -> httpx2.Response:
            transport = httpx2.ASGITransport(app=self._app)
            async with httpx2.AsyncClient(transport=transport) as client:
                return await client.request(method, url, **more)

        return asyncio.run(once())

    def upload(self, content: bytes, *, headers: Any = None, **form: str) -> httpx2.Response:
        files = {"file": ("rows.csv", content, "text/csv")}
        return self.send("POST", PATH, files=files, data=form, headers=headers)

    def run(self, module: str, *rows: list[str], **form: str) -> dict[str, Any]:
        """Import rows, the first of which is the header."""
        response = self.upload(csv_file(*rows), module=module, **form)
        assert response.status_code == 200, response.text
        found: dict[str, Any] = response.json()["import"]
        return found

    def refused(self, content: bytes, **form: str) -> tuple[int, str]:
        response = self.upload(content, **form)
        assert response.status_code >= 400, response.text
        return response.status_code, response.json()["errors"]["message"][0]

    def failed(self, run: dict[str, Any]) -> list[dict[str, str]]:
        """Return the rows that failed, from the file that a person downloads."""
        response = self.send("GET", f"{PATH}/{run['id']}/failed.csv")
        assert response.status_code == 200, response.text
        return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))

    def reasons(self, run: dict[str, Any]) -> list[str]:
        return [each["Import error"] for each in self.failed(run)]


def counts(run: dict[str, Any]) -> tuple[int, int, int, int]:
    """Return how many rows were created, updated, skipped and refused."""
    return run["created"], run["updated"], run["skipped"], run["failed"]


def contacts(api: Api) -> list[dict[str, object]]:
    view = api.view("contacts", "All Contacts")
    found: list[dict[str, object]] = api.get(f"contacts/view/{view}?include=owner")["contacts"]
    return found


def custom(api: Api, entity: str, label: str, kind: str = "text", **more: object) -> str:
    schema = api.account.schemas[entity]
    return add_field(api.account, schema, label, kind, **more).name  # type: ignore[arg-type]


def shown(api: Api, collection: str, view: str, include: str = "owner") -> list[dict[str, Any]]:
    found = api.get(f"{collection}/view/{api.view(collection, view)}?include={include}")
    records: list[dict[str, Any]] = found[collection]
    return records


def accounts(api: Api) -> dict[str, dict[str, Any]]:
    return {each["name"]: each for each in shown(api, "sales_accounts", "All Accounts")}


def make_account(api: Api, name: str, **fields: Any) -> int:
    body = {"sales_account": {"name": name, **fields}}
    found: int = api.post("sales_accounts", body)["sales_account"]["id"]
    return found
