"""The list of people whom an administrator must invite."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from crossdock.connectors.freshsales import admin
from crossdock.project import write_text
from crossdock.provision.people import THERE, Person

NAME: Final = "users-to-invite.csv"
_COLUMNS: Final = (
    "name",
    "email",
    "role",
    "active",
    "placeholder",
    "source_email",
    "needed",
    "deals",
    "tasks",
    "visits",
    "note",
)


def to_invite(everyone: Sequence[Person]) -> list[Person]:
    """Return the active people without an active user, also those who are only on visits."""
    return [person for person in everyone if person.active and person.user != THERE]


def suggested_role(person: Person) -> str:
    """Return the destination's role that fits the person's role in the source."""
    return admin.role(person.role, is_field_worker=person.works_in_field)


def write(path: Path, everyone: Sequence[Person]) -> None:
    """Write whom to invite as CSV, those whom the gate waits for first."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for person in sorted(to_invite(everyone), key=lambda person: not person.is_needed):
        writer.writerow(
            [
                person.name,
                person.email,
                suggested_role(person),
                "yes",
                "yes" if person.placeholder else "no",
                person.source_email,
                "yes" if person.is_needed else "no",
                person.deals,
                person.tasks,
                person.visits,
                _note(person),
            ]
        )
    write_text(path, stream.getvalue())


def _note(person: Person) -> str:
    if person.user == "deactivated":
        return "has a user, which is deactivated: activate it"
    if person.placeholder:
        return "no real address: enter one in OctopusPro and export again, or invite as it is here"
    return "" if person.owns else "is on visits and owns nothing: optional"
