"""What a project's export lacks, for the request to support."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import duckdb

from crossdock.connectors.octopuspro.request.gaps import Gaps, Point, label_of, missing_columns
from crossdock.connectors.octopuspro.request.letter import can_be_asked
from crossdock.connectors.octopuspro.request.wanted import NOT_ASKED
from crossdock.desk.workbench import Workbench
from crossdock.profile.profile import Profile, profile


def gaps_of_export(
    bench: Workbench, progress: Callable[[str], None] = lambda _: None
) -> tuple[Gaps, str]:
    """Return what the export lacks, and the account's name that it states, which may be empty.

    Raises the E10x errors of the export.
    """
    with bench.project.database() as connection:
        found = profile(bench.project, bench.source, connection, progress)
        gaps = Gaps(
            _absent(bench, found),
            _columns(bench, found),
            _unexplained(connection, found),
            tuple(_points(found)),
        )
    return gaps, found.facts.get("account_name", "")


def _absent(bench: Workbench, found: Profile) -> frozenset[str]:
    """Return the objects without a file, but for those that a person said the tenant has not."""
    answers = bench.project.answers()
    present = {profiled.object for profiled in found.objects}
    return frozenset(
        obj.name
        for obj in bench.source.objects()
        if obj.name not in present and answers.get(f"NO_FILE:{obj.name}") != "none"
    )


def _columns(bench: Workbench, found: Profile) -> dict[str, tuple[str, ...]]:
    present = {o.object: [f.name for f in o.fields] for o in found.objects}
    missing = {
        obj.name: tuple(
            name for name in missing_columns(obj, present[obj.name]) if name not in NOT_ASKED
        )
        for obj in bench.source.objects()
        if obj.name in present
    }
    return {name: columns for name, columns in missing.items() if columns}


def _unexplained(
    connection: duckdb.DuckDBPyConnection, found: Profile
) -> dict[str, tuple[str, ...]]:
    """Return headers of the tenant's own that the inventory of custom fields does not name.

    Properties are left out: each of their types has columns of its own.
    """
    rows = connection.execute("SELECT lower(trim(label)) FROM src.custom_field").fetchall()
    inventory = {label for (label,) in rows}
    own = {
        o.object: tuple(
            f.header
            for f in o.fields
            if not f.known and f.filled and label_of(f.header).lower() not in inventory
        )
        for o in found.objects
        if o.object != "customer_property"
    }
    return {name: headers for name, headers in own.items() if headers}


def _points(found: Profile) -> Iterator[Point]:
    for finding in found.findings:
        if can_be_asked(finding.code):
            yield Point(finding.code, finding.count, tuple(finding.evidence))
    for question in found.questions:
        if can_be_asked(question.code):
            yield Point(question.code, evidence=(question.code.partition(":")[2],))
    if "exported_at" not in found.facts:
        yield Point("NO_MANIFEST")
    if found.facts.get("settings_files") == "[]":
        yield Point("NO_SETTINGS")
