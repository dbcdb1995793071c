"""A migration as a user does it: the real command line in its own process, over a socket."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crossdock.emulator import Account
from crossdock.emulator.server import running
from tests.dumps import grouped

KEY = "emulator"


@dataclass
class Migration:
    """One project and the Freshsales that it writes to."""

    folder: Path
    url: str
    environment: dict[str, str] = field(default_factory=dict)

    def crossdock(self, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run a command of the product in the project, whatever its exit code."""
        return subprocess.run(
            [sys.executable, "-c", "from crossdock.cli import main; main()", *words],
            cwd=self.folder,
            env={**os.environ, "CROSSDOCK_FRESHSALES_KEY": KEY, **self.environment, **environment},
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )

    def json(self, *words: str) -> Any:
        """Run a command that must succeed and return its JSON document."""
        done = self.crossdock(*words, "--json")
        assert done.returncode == 0, done.stdout + done.stderr
        return json.loads(done.stdout)

    def prepare(self, export: Path) -> None:
        """Do everything that comes before the run."""
        self.json("new", ".", "--export", str(export), "--url", self.url)
        self.json("map", "propose")
        self.json("map", "confirm", "--by", "tester", "--yes")
        self.json("fields", "--create")
        listed = json.loads(self.crossdock("users", "--json").stdout)
        self.control("users", [{**person, "active": True} for person in listed["missing"]])

    def control(self, what: str, body: Any = None) -> Any:
        """Do what an administrator does on a screen of the emulated account."""
        address = self.url.replace("/crm/sales", f"/emulator/{what}")
        data = None if body is None else json.dumps(body).encode()
        headers = {"content-type": "application/json"}
        with urllib.request.urlopen(urllib.request.Request(address, data, headers)) as answer:
            return json.loads(answer.read())

    def ask(self, path: str) -> Any:
        """Ask the account's own API, as any other client would."""
        request = urllib.request.Request(
            f"{self.url}/api/{path}", headers={"authorization": f"Token token={KEY}"}
        )
        with urllib.request.urlopen(request) as answer:
            return json.loads(answer.read())

    def dump(self) -> dict[str, list[dict[str, Any]]]:
        """Return everything that the account holds."""
        address = self.url.replace("/crm/sales", "/emulator/dump")
        with urllib.request.urlopen(address) as answer:
            return grouped(answer.read().decode())

    def writes(self) -> int:
        """Return how many requests so far may have changed a record."""
        return sum(
            count
            for route, count in self.control("requests")["routes"].items()
            if not route.startswith("GET ") and "filtered_search" not in route
        )


@contextmanager
def migration(folder: Path, **account: Any) -> Iterator[Migration]:
    """Open a fresh account behind a socket, and an empty project folder for it."""
    folder.mkdir(parents=True, exist_ok=True)
    settings = {"plan": "enterprise", "key": KEY, "seed": 1, "limits": False, **account}
    with running(Account(**settings)) as url:
        yield Migration(folder, url)


def state_of(dump: dict[str, list[dict[str, Any]]]) -> dict[str, list[str]]:
    """Return what an account holds without what differs between two equal migrations: ids, times.

    Links are compared by what they lead to, so that a record on the wrong deal shows.
    """
    names = _names(dump)
    return {
        entity: sorted(_canonical(record, names) for record in records)
        for entity, records in dump.items()
        if entity in _COMPARED and isinstance(records, list)
    }


_COMPARED = (
    "contacts",
    "sales_accounts",
    "deals",
    "tasks",
    "appointments",
    "notes",
    "documents",
    "products",
)
#: What the account derives by itself from when and in which order records came, and own ids.
_UNSTABLE = re.compile(
    r"^(_?id|association_id|mcr_id|links|recent_note|completed_date|created_at|updated_at"
    r"|stage_updated_time|last_assigned_at)$"
)


def _names(dump: dict[str, list[dict[str, Any]]]) -> dict[str, str]:
    return {
        str(record["id"]): str(record.get("name") or record.get("email") or record.get("title"))
        for records in dump.values()
        if isinstance(records, list)
        for record in records
        if isinstance(record, dict) and "id" in record
    }


def _canonical(record: dict[str, Any], names: dict[str, str]) -> str:
    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {k: plain(v) for k, v in value.items() if not _UNSTABLE.search(k)}
        if isinstance(value, list):
            return sorted((plain(v) for v in value), key=str)
        return names.get(str(value), value)

    return json.dumps(plain(record), sort_keys=True, default=str)
