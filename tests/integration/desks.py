"""A whole migration in this process: a project, an emulated account, a clock that jumps."""

from __future__ import annotations

import asyncio
import re
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import httpx2

from crossdock.connectors.base import Description
from crossdock.desk.mapping import confirm_mapping, propose_mapping
from crossdock.desk.migration import plan_all, run_all, verify_all
from crossdock.desk.workbench import Workbench
from crossdock.emulator import Account, create_app
from crossdock.load.runner import RunResult
from crossdock.mapping.document import Mapping
from crossdock.mapping.propose import Proposed
from crossdock.model.faults import FaultPoints
from crossdock.model.times import VirtualClock
from crossdock.plan.plan import Plan
from crossdock.project import Project
from crossdock.provision import missing
from crossdock.provision.creating import create_fields
from crossdock.provision.people import missing_users
from crossdock.routes.base import Phase
from crossdock.verify.verify import Verification
from tests.dumps import grouped

HOST = "http://emulator"
URL = f"{HOST}/crm/sales"
KEY = "emulator"


def unwatched(phase: Phase, what: str, done: int, total: int) -> None:
    """Watch nothing."""


@dataclass
class Desk:
    """One project and the account it writes to."""

    folder: Path
    account: Account
    clock: VirtualClock
    sent: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        app = create_app(self.account)
        self._http = httpx2.ASGITransport(app)
        self.bench = Workbench(self.folder, self.clock, _Counted(app, self.sent))

    def call(self, method: str, path: str, json: Any = None) -> Any:
        """Call the account's API as somebody else does; returns the answer's document."""
        answer = self._answer(method, path, json)
        return answer.json() if answer.content else None

    def _answer(self, method: str, path: str, json: Any = None) -> httpx2.Response:
        async def once() -> httpx2.Response:
            async with httpx2.AsyncClient(transport=self._http) as client:
                headers = {"Authorization": f"Token token={KEY}"}
                url = path if path.startswith(HOST) else f"{URL}/api/{path}"
                answer = await client.request(method, url, json=json, headers=headers)
                assert answer.status_code < 300, (answer.status_code, answer.text)
                return answer

        return asyncio.run(once())

    def dump(self) -> dict[str, list[dict[str, Any]]]:
        """Return everything the account holds."""
        return grouped(self._answer("GET", f"{HOST}/emulator/dump").text)

    def writes(self) -> int:
        """Return how many requests may have changed a record so far."""
        return sum(n for request, n in self.sent.items() if _may_change(request))

    def propose(self, connection: duckdb.DuckDBPyConnection) -> tuple[Proposed, Description]:
        """Propose a mapping for the export and the account as they are, and write it."""
        return propose_mapping(self.bench, connection, self.bench.default_policies())

    def confirm(self, connection: duckdb.DuckDBPyConnection, by: str = "tester") -> Mapping:
        """Confirm the mapping as it stands in the file."""
        confirm_mapping(self.bench, connection, by)
        return self.bench.mapping()

    def invite(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Add the people who own records, as an administrator does."""
        for person in missing_users(connection):
            self.account.add_user(person["name"] or person["email"], person["email"])

    def create_fields(self) -> None:
        """Create the custom fields that the mapping needs."""
        wanted = missing.missing_fields(self.bench.mapping(), self.bench.look())
        self.bench.at_destination(lambda there: create_fields(there, wanted, lambda _: None))

    def prepare(self, *rejected: str, replace: Sequence[tuple[str, str]] = ()) -> None:
        """Do all that comes before a plan; `rejected` names targets to leave out."""
        with self.bench.project.database() as connection:
            self.propose(connection)
            self.invite(connection)
            self.create_fields()
            self.edit(*replace)
            for target in rejected:
                self.reject(target)
            self.confirm(connection)

    def edit(self, *changes: tuple[str, str]) -> None:
        """Change the mapping file by hand, as text."""
        path = self.bench.project.mapping_file
        text = path.read_text("utf-8")
        for old, new in changes:
            assert old in text, f"{old} is not in mapping.toml"
            text = text.replace(old, new)
        path.write_text(text, "utf-8")

    def reject(self, target: str) -> None:
        """Reject the lines of a target, by hand."""
        path = self.bench.project.mapping_file
        before = path.read_text("utf-8")
        hit = rf'(?m)^(to = "{re.escape(target)}"\nby = .*\n)status = ".*"$'
        after = re.sub(hit, r'\1status = "rejected"', before)
        assert before != after, f"nothing goes to {target}"
        path.write_text(after, "utf-8")

    def plan(self) -> Plan:
        """Plan, as `crossdock plan` does."""
        self.bench.look()
        with self.bench.project.database() as connection:
            made, _, _ = self.bench.at_destination(
                lambda there: self.bench.plan(connection, there, lambda _: None)
            )
        return made

    def run(self, faults: FaultPoints | None = None) -> RunResult:
        """Load, as `crossdock run` does."""
        with self.bench.project.database() as connection:
            planned = plan_all(self.bench, connection, lambda _: None)
            return run_all(self.bench, connection, planned, unwatched, faults or FaultPoints())

    def verify(self) -> Verification:
        """Read back and compare, as `crossdock verify` does."""
        with self.bench.project.database() as connection:
            planned = plan_all(self.bench, connection, lambda _: None)
            return verify_all(self.bench, connection, planned, unwatched)

    def planned(self, query: str) -> list[tuple[Any, ...]]:
        """Ask the project's store."""
        with self.bench.project.database() as connection:
            return connection.execute(query).fetchall()

    def copied(self, folder: Path) -> Desk:
        """Return a desk of its own in the same state: project, ledger and account."""
        shutil.copytree(self.folder, folder)
        state = folder / "account.state"
        state.unlink(missing_ok=True)  # That of a desk which was a copy itself.
        self.account.keep(state)
        self.account.close()
        clock = VirtualClock(self.clock.now())
        account = Account(plan="enterprise", key=KEY, clock=clock, limits=False)
        account.keep(state)
        account.close()
        return Desk(folder, account, clock)


class _Counted(httpx2.ASGITransport):
    """The wire to the account, counting what goes over it by method and path."""

    def __init__(self, app: Any, sent: Counter[str]) -> None:
        super().__init__(app)
        self._sent = sent

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        self._sent[f"{request.method} {request.url.path}"] += 1
        return await super().handle_async_request(request)


def _may_change(request: str) -> bool:
    reads = ("filtered_search", "/lookup", "/search")
    return not request.startswith("GET ") and not any(word in request for word in reads)


def desk_for(folder: Path, export: Path, **account: Any) -> Desk:
    """Open a fresh account and a project for an export."""
    clock = VirtualClock()
    settings = {"plan": "enterprise", "key": KEY, "seed": 1, "limits": False, **account}
    Project.create(folder, export, URL)
    return Desk(folder, Account(clock=clock, **settings), clock)


@contextmanager
def dying(point: str, times: int = 1) -> Iterator[FaultPoints]:
    """Give fault points at one of which the program dies; the death itself is not passed on."""

    def die() -> None:
        raise Died(point)

    try:
        yield FaultPoints({(point, times): die})
    except Died:
        return
    raise AssertionError(f"the program never came to {point}")


class Died(BaseException):
    """The end of a program in the middle of its work, which no handler of errors sees."""
