"""What an export lacks: measured for the rules, and told in findings."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

import duckdb

from crossdock.connectors.base import SourceObject
from crossdock.model.findings import Finding, Severity
from crossdock.profile.fields import ObjectProfile
from crossdock.profile.gaps import columns, days, ends, later, lists, numbers, texts


def measure(
    connection: duckdb.DuckDBPyConnection,
    objects: Sequence[SourceObject],
    profiled: Sequence[ObjectProfile],
) -> None:
    """Make the tables `gap_…`, which the rules of `catalogue/gaps.toml` ask."""
    days.measure(connection, objects)
    numbers.measure(connection, objects)
    later.measure(connection, objects)
    texts.measure(connection, objects, profiled)


def findings(
    connection: duckdb.DuckDBPyConnection,
    objects: Sequence[SourceObject],
    profiled: Sequence[ObjectProfile],
    facts: Mapping[str, str],
    answers: Mapping[str, str],
) -> Iterator[Finding]:
    """Name lists, columns and ends of files that are not there.

    `facts` is what the export says of itself, `answers` what a person said by question.
    """
    missing = lists.absent(objects, [one.object for one in profiled], answers)
    yield from lists.findings(missing)
    yield from columns.findings(connection, objects, profiled)
    yield from ends.findings(connection, profiled)
    yield from _unsaid(facts)


def _unsaid(facts: Mapping[str, str]) -> Iterator[Finding]:
    if "exported_at" not in facts:
        yield Finding(
            "NO_MANIFEST",
            Severity.NOTES,
            "The export does not say when it was made, nor how many rows its files have.",
            "ask support (crossdock request), and compare the counts with the screen",
        )
    if not json.loads(facts.get("settings_files", "[]")):
        yield Finding(
            "NO_SETTINGS",
            Severity.NOTES,
            "The export has no settings of the company and the customer portal.",
            "ask support (crossdock request), or write down what they are; they are not moved",
        )
