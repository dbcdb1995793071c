"""Why a record cannot be loaded: every reason with a stable code, as SQL over its values.

==================  ======================================================================
`REQUIRED`          a field that the account's form demands is empty
`REQUIRED_GROUP`    none of the fields is filled of which the form demands one
`REFERENCE`         the record that it stands on cannot be loaded
`UNIQUE`            another planned record has the same value in a field that must differ
`UNIQUE_THERE`      a record at the destination has it
`TOO_MANY_LINES`    more lines than a deal takes
`FILE_TOO_LARGE`    a larger file than the destination takes
`EXPORT`            the export's row leads nowhere; the route says so
==================  ======================================================================
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb

from crossdock.connectors.freshsales import limits
from crossdock.mapping.transforms import literal, quoted
from crossdock.model.fields import Entity


@dataclass(frozen=True, slots=True)
class Rule:
    """A reason to reject a record: `where` is SQL over the record's values that is true then."""

    code: str
    where: str
    reason: str


def demanded(entity: Entity | None, values: Mapping[str, str]) -> list[Rule]:
    """Return the rules of the account's own form.

    `values` leads from the name of each mapped field to the SQL of its value. A field that the form
    demands and that nothing is mapped to is empty in every record.
    """
    if entity is None:
        return []
    rules = [
        Rule(
            "REQUIRED",
            _empty(values, wanted.name),
            f"{wanted.label} is empty, and the destination demands it",
        )
        for wanted in entity.fields
        if wanted.required and not wanted.read_only
    ]
    for group in entity.required_groups:
        names = ["email" if name == "emails" else name for name in group]
        rules.append(
            Rule(
                "REQUIRED_GROUP",
                " AND ".join(_empty(values, name) for name in names) or "false",
                f"none of {', '.join(names)} is filled, and the destination demands one",
            )
        )
    return rules


def _empty(values: Mapping[str, str], name: str) -> str:
    value = values.get(name) or (values.get("email") if name == "emails" else None)
    return f"{value} IS NULL" if value else "true"


def of_lines(value: str) -> Rule:
    """Return the rule for the lines of a deal; `value` is the SQL of their JSON list."""
    return Rule(
        "TOO_MANY_LINES",
        f"json_array_length({value}) > {limits.LINES}",
        f"it has more than the {limits.LINES} lines that a deal takes",
    )


def of_files(column: str) -> Rule:
    """Return the rule for the size of a file; `column` is the route's column with its bytes."""
    size = limits.LARGEST_FILE // 1024**2
    return Rule(
        "FILE_TOO_LARGE",
        f"{quoted(column)} > {limits.LARGEST_FILE}",
        f"the file is larger than the {size} MB that the destination takes",
    )


def reason(rules: Sequence[Rule]) -> str:
    """Return SQL of the first reason that holds for a record, NULL where none does."""
    if not rules:
        return "NULL::VARCHAR"
    cases = " ".join(f"WHEN {rule.where} THEN {literal(rule.reason)}" for rule in rules)
    return f"CASE {cases} END"


def prepare(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the empty table that says which code a reason has."""
    connection.execute(
        "CREATE OR REPLACE TABLE plan._reason (entity VARCHAR, reason VARCHAR, code VARCHAR)"
    )


def remember(connection: duckdb.DuckDBPyConnection, entity: str, rules: Sequence[Rule]) -> None:
    """Keep which code each reason has."""
    rows = [[entity, rule.reason, rule.code] for rule in rules]
    if rows:
        connection.executemany("INSERT INTO plan._reason VALUES (?, ?, ?)", rows)
