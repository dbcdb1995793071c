"""Verification as a whole: read everything back, compare every field, add up the money."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import duckdb

from crossdock.connectors.base import Description, Destination
from crossdock.ledger import Ledger
from crossdock.mapping.document import Mapping
from crossdock.mapping.target import needs
from crossdock.routes.base import Phase, Route
from crossdock.verify import compare, money
from crossdock.verify.readback import load_crosswalk, read_back

#: Told at each step: the phase and how many records were read.
Watcher = Callable[[Phase, str, int, int], None]


@dataclass(slots=True)
class Verification:
    """What was found. `fields` counts compared values, one per record and mapped field."""

    records: int = 0
    fields: int = 0
    requests: int = 0
    classes: dict[str, int] = field(default_factory=dict)
    differences: Sequence[dict[str, str | None]] = ()
    money: Sequence[dict[str, str]] = ()
    not_verified: Sequence[dict[str, str]] = ()

    @property
    def wrong(self) -> int:
        """Return how many values are not as planned."""
        return sum(n for name, n in self.classes.items() if name not in ("equal", "normalised"))

    @property
    def clean(self) -> bool:
        """Return whether everything is as planned, and the money agrees to the cent."""
        return not self.wrong and all(r["source"] == r["destination"] for r in self.money)

    def as_json(self) -> dict[str, Any]:
        """Return the verification as the `--json` output shows it."""
        return asdict(self) | {"clean": self.clean}


async def verify(
    connection: duckdb.DuckDBPyConnection,
    destination: Destination,
    ledger: Ledger,
    route: Route,
    mapping: Mapping,
    description: Description,
    watch: Watcher,
) -> Verification:
    """Read back every record that the API can show and compare every mapped field."""
    before = destination.requests
    result = Verification()
    compare.begin(connection)
    phases = [p for p in route.phases if not p.checked and needs(description, p.needs)]
    for phase in phases:
        read = 0

        def reading(records: int, phase: Phase = phase) -> None:
            nonlocal read
            read += records
            watch(phase, "reading back", read, read)

        await read_back(connection, destination, ledger, phase.entity, reading)
        load_crosswalk(connection, ledger, phase.entity)
    for phase in phases:
        result.records += compare.compare_entity(connection, mapping, description, phase.entity)
    result.classes = compare.class_counts(connection)
    result.fields = sum(result.classes.values())
    result.differences = compare.differences(connection)
    result.money = money.table(connection, mapping, description)
    result.not_verified = _not_verified(connection, route, description)
    result.requests = destination.requests - before
    return result


def _not_verified(
    connection: duckdb.DuckDBPyConnection, route: Route, description: Description
) -> list[dict[str, str]]:
    rows = connection.execute("SELECT entity, field, reason FROM seen.not_verified").fetchall()
    found = [{"entity": e, "field": f, "reason": r} for e, f, r in rows]
    found += [
        {"entity": p.entity, "field": "*", "reason": p.without}
        for p in route.phases
        if not needs(description, p.needs)
    ]
    return found
