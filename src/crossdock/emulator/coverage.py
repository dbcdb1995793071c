"""Every known operation, and what this emulator does with it.

The table is data (`data/coverage.json`); a test holds it against the router, both ways. The
documentation's page is generated from `markdown`.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from crossdock.emulator.catalog import table


class Status(StrEnum):
    """What the emulator does with an operation."""

    EMULATED = "emulated"
    REFUSED = "refused"
    MISSING = "missing"
    #: Somebody asked the real one for it, and it was not there: 404, and so here.
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation with the certainty of what is known about it."""

    name: str
    method: str
    path: str
    status: Status
    #: `documented`, `observed` (somebody recorded it) or `inferred`.
    certainty: str
    remark: str
    #: What no source tells, or where sources contradict each other.
    unknown: str

    def paths(self) -> list[str]:
        """Return every path: `{contacts,deals}/:id` stands for two."""
        choice = re.search(r"\{(.*?)\}", self.path)
        if choice is None:
            return [self.path]
        return [self.path.replace(choice[0], each) for each in choice[1].split(",")]


def operations() -> list[Operation]:
    """Return every operation, in the order of the table."""
    return [
        Operation(name, method, path, Status(status), certainty, remark, unknown)
        for name, method, path, status, certainty, remark, unknown in table("coverage")[
            "operations"
        ]
    ]


def counts() -> Counter[Status]:
    """Return how many operations are emulated, refused, missing and absent."""
    return Counter(each.status for each in operations())


def markdown() -> str:
    """Return the table of coverage, with the counts above it."""
    found = counts()
    lines = [
        f"{found[Status.EMULATED]} operations are emulated, {found[Status.REFUSED]} are refused "
        f"on purpose, {found[Status.MISSING]} are missing, {found[Status.ABSENT]} are absent: the "
        "real one answers 404 too.",
        "",
        "| operation | call | status | certainty | remark | what is unknown |",
        "|---|---|---|---|---|---|",
    ]
    for each in operations():
        call = f"`{each.method} {each.path}`"
        cells = (each.name, call, each.status, each.certainty, each.remark, each.unknown)
        lines.append("| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines) + "\n"
