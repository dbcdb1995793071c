"""The people who own records: whom the admin must invite before the load."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

from crossdock.errors import UsersMissingError


def missing_users(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Return active field workers and sales reps who own records and have no user."""
    rows = connection.execute(
        """
        SELECT e.email, min(coalesce(w.display_name, s.display_name)), count(DISTINCT o.deal_key)
        FROM route.deal_owner o
        JOIN route.person_email e ON e.email = o.email
        LEFT JOIN route.worker w ON w.email = e.email
        LEFT JOIN src.user s ON s.email = e.email
        WHERE e.email NOT IN (SELECT email FROM dest.user WHERE active)
          AND coalesce(w.is_active, true)
        GROUP BY 1 ORDER BY 3 DESC, 1
        """
    ).fetchall()
    return [{"email": email, "name": name or "", "deals": deals} for email, name, deals in rows]


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


def write_list(path: Path, missing: Sequence[dict[str, Any]]) -> None:
    """Write the people to invite as CSV: name, email, active."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["name", "email", "active"])
        writer.writerows([m["name"], m["email"], "yes"] for m in missing)
