"""The rules in `catalogue/` as findings: each is asked once, over whole tables.

A rule is one question in SQL that returns rows of (place, count); no row means that there is
nothing to say. `{n}` in its message is the sum of the counts; where that is 1, the text `one` is
told in place of the message. The codes are unique over all files.

A rule without SQL is about columns: intake counted it where it stands in `stage._oddity` under the
rule's code. It is a finding for each column, which its message calls `{field}`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

import duckdb

from crossdock.model.findings import Finding, Severity

#: How many places a finding names.
EVIDENCE = 5
#: The files of the catalogue, in the order in which their findings are told.
TOPICS = (
    "files",
    "people",
    "duplicates",
    "references",
    "money",
    "custom_fields",
    "values",
    "gaps",
)


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """Return every rule by its code, topic by topic."""
    rules: dict[str, dict[str, str]] = {}
    for topic in TOPICS:
        text = (
            resources.files(__package__).joinpath("catalogue", f"{topic}.toml").read_text("utf-8")
        )
        rules |= tomllib.loads(text)
    return rules


def findings(connection: duckdb.DuckDBPyConnection) -> list[Finding]:
    """Return a finding for every rule that holds for at least one row."""
    found = []
    for code, rule in catalogue().items():
        if "sql" not in rule:
            continue
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
                    _told(rule, row[0]),
                    rule["remedy"],
                    object=rule.get("object", ""),
                    field=rule.get("field", ""),
                    count=row[0],
                    evidence=tuple(str(place) for place in row[1] if place is not None),
                )
            )
    return found + column_findings(connection)


def column_findings(connection: duckdb.DuckDBPyConnection) -> list[Finding]:
    """Return a finding for every column that intake found odd."""
    rules = catalogue()
    order = {code: place for place, code in enumerate(rules)}
    rows = connection.execute("SELECT code, object, field, n, examples FROM stage._oddity")
    found = sorted(rows.fetchall(), key=lambda row: order[row[0]])
    return [
        Finding(
            code,
            Severity((rule := rules[code])["severity"]),
            _told(rule, n).replace("{field}", field),
            rule["remedy"],
            object=name,
            field=field,
            count=n,
            evidence=tuple(examples),
        )
        for code, name, field, n, examples in found
    ]


def _told(rule: Mapping[str, str], n: int) -> str:
    message = rule["message"]
    return rule.get("one", message) if n == 1 else message.replace("{n}", f"{n:,}")
