"""Small exports with something missing, and the findings about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from crossdock.connectors.octopuspro import OctopusPro
from crossdock.model.findings import Finding
from crossdock.profile.profile import Profile, profile
from tests.integration.exports import MANIFEST, Row, export_of, project_of, store

#: The day on which the export was made.
MADE = date(2025, 6, 30)


def profile_of(
    folder: Path, manifest: Mapping[str, Any] | None = MANIFEST, **files: Sequence[Row] | None
) -> Profile:
    """Write an export and profile it; a file given as None is left out."""
    left_out = {name: rows for name, rows in files.items() if rows is not None}
    export = export_of(folder, manifest, **left_out)
    for name in files.keys() - left_out:
        (export / f"{name}.csv").unlink()
    return profile_at(folder, export)


def profile_at(folder: Path, export: Path) -> Profile:
    """Profile an export that is there already."""
    with store() as connection:
        return profile(project_of(folder, export), OctopusPro(), connection)


def of_code(found: Profile, code: str) -> list[Finding]:
    """Return the findings with this code."""
    return [finding for finding in found.findings if finding.code == code]


def on(day: date) -> str:
    """Return a day as an export writes a moment of it."""
    return f"{day:%d/%m/%Y} 9:00 AM"


def bookings(numbers: Sequence[int], last: date = MADE, **values: object) -> list[Row]:
    """Return a booking for each number, one made on each day up to the last, as if none missed."""
    return [
        {
            "booking_number": f"BOK-{n}",
            "created": on(last - timedelta(days=max(numbers) - n)),
            "status": "COMPLETED",
            "customer_id": 1,
            "first_start": on(MADE),
            "total": "100.00",
            "address": "1 High St",
            "services": "Carpet clean",
            "deleted": "No",
            **values,
        }
        for n in numbers
    ]
