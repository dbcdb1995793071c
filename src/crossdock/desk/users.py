"""Who needs a user before a load, for one project; waiting for them; giving them their records."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from crossdock.connectors.freshsales import Freshsales
from crossdock.desk.mapping import shape_export
from crossdock.desk.workbench import Workbench
from crossdock.ledger import Ledger
from crossdock.load.handover import Handover, Progress, hand_over
from crossdock.load.phase import Context
from crossdock.model.faults import FaultPoints
from crossdock.model.findings import Finding
from crossdock.provision import invitations
from crossdock.provision.identities import identities
from crossdock.provision.people import Person, people, require_default_owner


@dataclass(slots=True)
class Staff:
    """Everyone who owns something, and what the policies say of those without a user."""

    everyone: Sequence[Person]
    findings: Sequence[Finding]
    default_owner: str
    gate: bool
    path: Path
    #: E-mail addresses of those who got a user while this program waited.
    appeared: list[str] = field(default_factory=list)

    @property
    def missing(self) -> list[Person]:
        """Return those for whom the gate waits."""
        return [person for person in self.everyone if person.is_needed]

    @property
    def optional(self) -> list[Person]:
        """Return active people without a user who are on visits and own nothing."""
        return [p for p in invitations.to_invite(self.everyone) if not p.is_needed]

    @property
    def former(self) -> list[Person]:
        """Return people who are no longer active and have no user: nobody is invited for them."""
        return [p for p in self.everyone if not p.active and p.user != "there"]

    def as_json(self) -> dict[str, Any]:
        """Return all of it as the `--json` output shows it."""

        def shown(person: Person) -> dict[str, Any]:
            return person.as_json() | {"suggested_role": invitations.suggested_role(person)}

        return {
            "missing": [shown(person) for person in self.missing],
            "optional": [shown(person) for person in self.optional],
            "former": [shown(person) for person in self.former],
            "matched": [shown(p) for p in self.everyone if p.user == "there"],
            "appeared": self.appeared,
            "default_owner": self.default_owner or None,
            "findings": [finding.as_json() for finding in self.findings],
            "list": str(self.path),
        }


def staff(
    bench: Workbench,
    connection: duckdb.DuckDBPyConnection,
    progress: Callable[[str], None] = lambda _: None,
) -> Staff:
    """Look who owns what and who has a user, and write the list of people to invite.

    Raises the E10x errors of the export, DefaultOwnerError.
    """
    description = bench.look()
    has_map = bench.project.mapping_file.exists()
    policies = bench.mapping().policies if has_map else bench.default_policies()
    require_default_owner(description, policies)
    shape_export(bench, connection, description, policies, progress)
    everyone = people(connection)
    path = bench.project.folder / invitations.NAME
    invitations.write(path, everyone)
    gate = policies.get("missing_users") == "gate"
    owner = policies.get("default_owner", "")
    return Staff(everyone, identities(connection), owner, gate, path)


def wait_for(
    bench: Workbench, found: Staff, seconds: float, told: Callable[[str, int], None]
) -> list[str]:
    """Ask until everybody who is missing has an active user; returns the addresses in order.

    Costs one request each time. `told` hears of every address and how many are still missing.
    """
    waiting = {person.email for person in found.missing}

    async def work(destination: Freshsales) -> list[str]:
        appeared: list[str] = []
        while True:
            there = set[str]()
            async for page in destination.read("user"):
                there |= {
                    str(user.values.get("email") or "").lower()
                    for user in page
                    if user.values.get("is_active") is not False
                }
            for email in sorted(waiting & there):
                waiting.discard(email)
                appeared.append(email)
                told(email, len(waiting))
            if not waiting:
                return appeared
            await bench.clock.sleep(seconds)

    return bench.at_destination(work)


def reassign(
    bench: Workbench,
    connection: duckdb.DuckDBPyConnection,
    faults: FaultPoints,
    progress: Progress = lambda _entity, _done, _total: None,
) -> list[Handover]:
    """Give records that were loaded without their owner to him, where he has a user now."""
    description = bench.look()
    ledger = Ledger(bench.project.ledger_file, bench.clock)

    async def work(destination: Freshsales) -> list[Handover]:
        context = Context(connection, destination, ledger, 0, faults)
        return await hand_over(context, description, bench.clock, progress)

    try:
        return bench.at_destination(work)
    finally:
        ledger.close()
