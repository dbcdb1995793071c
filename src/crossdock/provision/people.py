"""The people who own records: who has a user at the destination, and who needs one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib import resources
from typing import Any

import duckdb

from crossdock.connectors.base import Description
from crossdock.errors import DefaultOwnerError, UsersMissingError

THERE = "there"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody by the e-mail address that he is matched by, and what is his.

    `user` is "there", "deactivated" or "missing". `placeholder` says that the address cannot
    receive mail. `visits` are appointments that he is on; nobody owns those.
    """

    email: str
    name: str
    works_in_field: bool
    role: str
    active: bool
    placeholder: bool
    source_email: str
    deals: int
    tasks: int
    visits: int
    user: str

    @property
    def owns(self) -> bool:
        """Return whether records name this person as owner."""
        return self.deals + self.tasks > 0

    @property
    def is_needed(self) -> bool:
        """Return whether the gate waits for this person's user."""
        return self.active and self.owns and self.user != THERE

    def as_json(self) -> dict[str, Any]:
        """Return the person as the `--json` output shows it."""
        return asdict(self)


def people(connection: duckdb.DuckDBPyConnection) -> list[Person]:
    """Return everyone who owns something or is on a visit, those with most first.

    The route's tables must be there. Users are those of the last look at the destination.
    """
    script = resources.files(__package__ or "").joinpath("people.sql").read_text("utf-8")
    connection.execute(script)
    rows = connection.execute(
        "SELECT email, name, works_in_field, role, active, placeholder, source_email,"
        ' deals, tasks, visits, "user" FROM provision.person'
        " ORDER BY deals DESC, tasks DESC, visits DESC, email"
    ).fetchall()
    return [Person(*row) for row in rows]


def missing_users(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Return the people for whom the gate waits: active owners of records without a user."""
    return [person.as_json() for person in people(connection) if person.is_needed]


def require_users(connection: duckdb.DuckDBPyConnection, policies: dict[str, str]) -> None:
    """Raise UsersMissingError when the policy wants users to exist first and some do not."""
    missing: Sequence[dict[str, Any]] = missing_users(connection)
    if missing and policies.get("missing_users") == "gate":
        names = ", ".join(m["email"] for m in missing[:5])
        raise UsersMissingError(
            f"{len(missing)} people own records and have no user at the destination ({names}"
            f"{', ...' if len(missing) > 5 else ''}).",
            next_command="crossdock users  (then invite them, or set missing_users = "
            '"default-owner" in mapping.toml and confirm)',
        )


def require_default_owner(description: Description, policies: dict[str, str]) -> None:
    """Raise DefaultOwnerError when the policy names somebody who is no active user."""
    email = policies.get("default_owner", "").strip().lower()
    if not email:
        return
    found = next((user for user in description.users if user.email.lower() == email), None)
    if found is None or not found.active:
        state = "no user" if found is None else "a deactivated user"
        raise DefaultOwnerError(
            f"The default owner {email} is {state} at the destination.",
            next_command="invite or activate them in Admin settings > Users, or name somebody else "
            "as default_owner in mapping.toml, then: crossdock map confirm --by NAME",
        )
