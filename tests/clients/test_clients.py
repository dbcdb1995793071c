"""Public clients written for the real API, unchanged but for the base URL, against the emulator.

They live in environments of their own, which `make clients` sets up.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from crossdock.emulator import Account
from crossdock.emulator.server import running

pytestmark = pytest.mark.clients

HERE = Path(__file__).parent
PYTHON = HERE.parents[1] / ".venv-clients" / "bin" / "python"
INTERPRETERS = {".py": str(PYTHON), ".cjs": "node"}
ADMIN = "admin@example.com"


@pytest.fixture
def url() -> Iterator[str]:
    with running(Account()) as url:
        yield url


@pytest.fixture
def drive(url: str) -> Callable[[str], Any]:
    """Run a client's driver against the emulator and return what it tells."""

    def drive_(script: str) -> Any:
        command = [INTERPRETERS[Path(script).suffix], str(HERE / script), url]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return drive_


def held(url: str, entity: str) -> list[dict[str, Any]]:
    dump = httpx2.get(url.replace("/crm/sales", "/emulator/dump"), params={"entity": entity})
    return [json.loads(line) for line in dump.text.splitlines()]


def post(url: str, path: str, json: dict[str, Any]) -> dict[str, Any]:
    key = {"Authorization": "Token token=emulator"}
    answer = httpx2.post(f"{url}/api/{path}", json=json, headers=key)
    assert answer.is_success, answer.text
    record: dict[str, Any] = next(iter(answer.json().values()))
    return record


@pytest.fixture
def customers(url: str) -> None:
    """Two accounts, each with a contact and a deal, all with an owner."""
    owned = {"owner_id": held(url, "users")[0]["id"]}
    for number in (1, 2):
        account = post(url, "sales_accounts", {"name": f"Acme {number}"} | owned)
        contact = {
            "last_name": f"Doe {number}",
            "emails": f"doe{number}@example.com",
            "sales_accounts": [{"id": account["id"], "is_primary": True}],
        }
        post(url, "contacts", contact | owned)
        deal = {"name": f"Deal {number}", "amount": number, "sales_account_id": account["id"]}
        post(url, "deals", deal | owned)


def test_python_freshworks_crm_lists_creates_updates_searches_and_deletes(
    url: str, drive: Callable[[str], Any]
) -> None:
    told = drive("drive_freshworks_crm.py")
    assert told["created"] == {
        "account": "Acme Inc",
        "contact": "Jane Sampleton",
        "deal": "Gold plan",
        "note": "Likes gold",
        "task": "Call",
        "appointment": "Meet",
        "product": "Plan",
        "list": "Customers",
    }
    listed = told["listed"]
    assert listed.pop("stages")[-2:] == ["Won", "Lost"]
    assert listed == {
        "accounts": ["Acme Inc"],
        "contacts": ["Jane Sampleton"],
        "deals": [["Gold plan", "2300.0"]],
        "tasks": ["Call"],
        "task owners": ["Avery Admin"],
        "appointments": ["Meet"],
        "fields": ["first_name", "last_name"],
    }
    assert told["updated"] == {
        "account": [True, "Perth"],
        "contact": "Jane Roe",
        "on list": ["Jane Roe"],
        "deal": "Platinum plan",
        "deal products": ["Plan"],
        "note": "Likes platinum",
        "task": 1,
        "clone": "Copy",
    }
    assert told["found"] == ["Jane Roe"]
    assert told["deleted"].pop("contact asked for again").endswith("is not in the CRM']}")
    assert set(told["deleted"].values()) == {True}
    assert "You are not authorized to perform this operation" in told["refused"]["bare list"]
    assert told["refused"]["wrong key"] == "Invalid credentials"
    assert [deal["name"] for deal in held(url, "deals") if not deal["is_deleted"]] == ["Copy"]
    for entity in ("contacts", "sales_accounts"):
        assert [record["is_deleted"] for record in held(url, entity)] == [True]
    assert [each["name"] for each in held(url, "lists")] == ["Customers"]


def test_the_freshworks_node_of_n8n_lists_creates_updates_searches_and_deletes(
    url: str, drive: Callable[[str], Any]
) -> None:
    told = drive("drive_n8n.cjs")
    assert told["listed"] == {
        "accounts": ["Acme"],
        "contacts": ["jo@example.com"],
        "deals": ["12.5"],
        "tasks": ["Call"],
        "appointments": ["2030-01-02T10:00:00+11:00"],
    }
    assert told["updated"] == {
        "account": "Perth",
        "contact": "Jo Roe",
        "deal": "13.0",
        "note": "Likes platinum",
        "task": "Call again",
        "appointment": "Meet again",
    }
    assert told["found"] == [["contact", "Jo Roe"]]
    assert told["lookedUp"] == ["jo@example.com"]
    assert told["deleted"].pop("contact asked for again") == (
        "The requested Contact is not in the CRM"
    )
    assert set(told["deleted"].values()) == {True}
    for entity in ("contacts", "sales_accounts", "deals"):
        assert [record["is_deleted"] for record in held(url, entity)] == [True]


def test_the_singer_tap_extracts_every_record_in_the_shape_it_promises(
    url: str, customers: None, drive: Callable[[str], Any]
) -> None:
    told = drive("drive_singer_tap.py")
    assert sorted(record["name"] for record in told["accounts"]) == ["Acme 1", "Acme 2"]
    assert sorted(record["amount"] for record in told["deals"]) == [1.0, 2.0]
    assert [record["email"] for record in told["owners"]] == [ADMIN]
    assert {record["id"] for record in told["deals"]} == {deal["id"] for deal in held(url, "deals")}


def test_freshsalessdk_reads_records_with_what_they_include(
    url: str, customers: None, drive: Callable[[str], Any]
) -> None:
    told = drive("drive_freshsalessdk.py")
    assert sorted(contact["last_name"] for contact in told["contacts"]) == ["Doe 1", "Doe 2"]
    assert sorted(account["name"] for account in told["accounts"]) == ["Acme 1", "Acme 2"]
    owners = [record["owner"] for record in told["contacts"] + told["accounts"] + told["deals"]]
    assert {owner["email"] for owner in owners} == {ADMIN}
    assert {contact["contact_status"]["name"] for contact in told["contacts"]} == {"New"}
    assert {deal["sales_account"]["name"] for deal in told["deals"]} == {"Acme 1", "Acme 2"}
    assert {deal["deal_stage"]["name"] for deal in told["deals"]} == {"New"}


def test_the_node_wrapper_for_classic_is_served_and_refused_its_leads(
    url: str, drive: Callable[[str], Any]
) -> None:
    told = drive("drive_node_freshsales.cjs")
    assert (told["changed"], told["owners"], told["deleted"]) == ("Perth", [ADMIN], True)
    assert told["leads"][0] == 403
    assert "You are not authorized to perform this operation" in told["leads"][1][0]
    assert [contact["is_deleted"] for contact in held(url, "contacts")] == [True]
