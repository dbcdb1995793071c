"""`rules.toml` as findings: each rule is asked once, over whole tables."""

from __future__ import annotations

import tomllib
from importlib import resources

import duckdb

from crossdock.model.findings import Finding, Severity

#: How many places a finding names.
EVIDENCE = 5


def findings(connection: duckdb.DuckDBPyConnection) -> list[Finding]:
    """Return a finding for every rule that holds for at least one row."""
    text = resources.files(__package__).joinpath("rules.toml").read_text("utf-8")
    found = []
    for code, rule in tomllib.loads(text).items():
        row = connection.execute(
            f"""
            WITH hit(place, n) AS ({rule["sql"]})
            SELECT coalesce(sum(n), 0)::BIGINT, list(place)[1:{EVIDENCE}] FROM hit
            """
        ).fetchone()
        if row and row[0]:
            found.append(
                Finding(
                    code,
                    Severity(rule["severity"]),
                    rule["message"].replace("{n}", f"{row[0]:,}"),
                    rule["remedy"],
                    object=rule.get("object", ""),
                    field=rule.get("field", ""),
                    count=row[0],
                    evidence=tuple(str(place) for place in row[1] if place is not None),
                )
            )
    return found
