"""Findings about who is who: addresses that people share, and names with several addresses."""

from __future__ import annotations

import duckdb

from crossdock.model.findings import Finding, Severity
from crossdock.model.wording import count


def identities(connection: duckdb.DuckDBPyConnection) -> list[Finding]:
    """Return what is doubtful about people; `provision.source_person` must be there."""
    shared = _evidence(
        connection,
        """
        SELECT email || ': ' || string_agg(DISTINCT name, ', ' ORDER BY name)
        FROM provision.source_person WHERE kind = 'field worker'
        GROUP BY email HAVING count(DISTINCT lower(name)) > 1 ORDER BY 1
        """,
    )
    renamed = _evidence(
        connection,
        """
        SELECT email || ': ' || string_agg(DISTINCT name, ', ' ORDER BY name)
        FROM provision.source_person GROUP BY email
        HAVING count(DISTINCT lower(name)) > 1 AND count(DISTINCT kind) > 1
            AND count(DISTINCT lower(name)) FILTER (kind = 'field worker') = 1 ORDER BY 1
        """,
    )
    twice = _evidence(
        connection,
        """
        SELECT any_value(name) || ': ' || string_agg(DISTINCT email, ', ' ORDER BY email)
        FROM provision.source_person WHERE NOT placeholder
        GROUP BY lower(name) HAVING count(DISTINCT email) > 1 ORDER BY 1
        """,
    )
    found = []
    if shared:
        found.append(
            Finding(
                "PEOPLE_SHARE_EMAIL",
                Severity.WARNS,
                f"{count(len(shared), 'e-mail address belongs', 'e-mail addresses belong')} to "
                "several field workers; they become one user, who owns the records of all.",
                "Give each an address of their own in OctopusPro and export again.",
                count=len(shared),
                evidence=shared[:5],
            )
        )
    if renamed:
        found.append(
            Finding(
                "PERSON_TWO_NAMES",
                Severity.NOTES,
                f"{count(len(renamed), 'person is', 'people are')} a field worker and an office "
                "user under two names; the address says that they are one.",
                "Nothing, where that is right. Else correct the address in OctopusPro.",
                count=len(renamed),
                evidence=renamed[:5],
            )
        )
    if twice:
        found.append(
            Finding(
                "PERSON_TWO_EMAILS",
                Severity.WARNS,
                f"{count(len(twice), 'name stands', 'names stand')} with several e-mail addresses; "
                "records name people by name, so all of them go to one address: a field worker's "
                "before an office user's, then the first in the alphabet.",
                "Make the names differ in OctopusPro, or the addresses the same, and export again.",
                count=len(twice),
                evidence=twice[:5],
            )
        )
    return found


def _evidence(connection: duckdb.DuckDBPyConnection, query: str) -> list[str]:
    return [text for (text,) in connection.execute(query).fetchall()]
