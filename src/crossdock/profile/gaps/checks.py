"""What a person compares with the tenant's own screen, from `checks.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

import duckdb


@dataclass(frozen=True, slots=True)
class Check:
    """One count of ours, and where on OctopusPro's screen the same must stand.

    `amount` is a sum in the account's currency, None where there is none to compare. `certainty`
    is documented or inferred: how sure we are of the place.
    """

    object: str
    label: str
    where: str
    certainty: str
    count: int
    amount: Decimal | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the check as the `--json` output shows it; an amount is plain text."""
        amount = None if self.amount is None else str(self.amount)
        return asdict(self) | {"amount": amount}


def checks(connection: duckdb.DuckDBPyConnection, present: Iterable[str]) -> list[Check]:
    """Return the checks about the objects of which the export has a file, status by status."""
    found = set(present)
    return [
        Check(
            one["object"],
            f"{one['label']}: {what}" if what else one["label"],
            one["where"],
            one["certainty"],
            count,
            amount,
        )
        for one in _catalogue()
        if one["object"] in found
        for what, count, amount in connection.execute(one["sql"]).fetchall()
    ]


@cache
def _catalogue() -> list[dict[str, str]]:
    text = resources.files(__package__).joinpath("checks.toml").read_text("utf-8")
    return list(tomllib.loads(text)["check"])
