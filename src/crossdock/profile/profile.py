"""The profile of an export: objects, fields, findings, and the questions that are open."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import duckdb

from crossdock.connectors.base import Source, SourceObject
from crossdock.intake.intake import export_facts, read_export
from crossdock.model.findings import Finding, Question, Severity
from crossdock.model.wording import count
from crossdock.profile import custom_fields, identity, rules
from crossdock.profile.custom_fields import CustomField
from crossdock.profile.fields import ObjectProfile, profile_objects
from crossdock.profile.gaps import gaps
from crossdock.profile.gaps.checks import Check, checks
from crossdock.project import Project, sparing


@dataclass(slots=True)
class Profile:
    """What an export holds, and the counts that a person compares with the source's screen."""

    objects: list[ObjectProfile]
    findings: list[Finding]
    questions: Sequence[Question]
    facts: dict[str, str]
    checks: Sequence[Check]
    custom_fields: Sequence[CustomField]

    @property
    def blocks(self) -> bool:
        """Return whether something must be decided before anything goes on."""
        return bool(self.questions) or any(f.severity is Severity.BLOCKS for f in self.findings)

    def as_json(self) -> dict[str, Any]:
        """Return the profile as the `--json` output shows it."""
        return {
            "objects": [asdict(o) for o in self.objects],
            "findings": [f.as_json() for f in self.findings],
            "questions": [q.as_json() for q in self.questions],
            "facts": self.facts,
            "custom_fields": [f.as_json() for f in self.custom_fields],
            "checks": [c.as_json() for c in self.checks],
        }


def profile(
    project: Project,
    source: Source,
    connection: duckdb.DuckDBPyConnection,
    progress: Callable[[str], None] = lambda _: None,
) -> Profile:
    """Read the project's export and profile it. Raises the E10x errors of the export."""
    intake = read_export(project, source, connection, progress)
    with sparing(connection):
        return _profile(source.objects(), connection, intake.questions, project.answers())


def _profile(
    objects: Sequence[SourceObject],
    connection: duckdb.DuckDBPyConnection,
    questions: Sequence[Question],
    answers: Mapping[str, str],
) -> Profile:
    profiled = profile_objects(connection, objects)
    facts = export_facts(connection)
    gaps.measure(connection, objects, profiled)
    identity.measure(connection, objects)
    own = custom_fields.discover(connection)
    found = [
        *_unread(profiled),
        *_unknown(connection, profiled),
        *gaps.findings(connection, objects, profiled, facts, answers),
        *rules.findings(connection),
        *custom_fields.findings(own),
    ]
    counts = checks(connection, [each.object for each in profiled])
    return Profile(profiled, found, questions, facts, counts, own)


def _unread(objects: Sequence[ObjectProfile]) -> list[Finding]:
    return [
        Finding(
            "VALUES_UNREAD",
            Severity.WARNS,
            count(
                f.unread,
                f"value of {o.label.lower()} {f.header} is no {f.type}; it stays empty.",
                f"values of {o.label.lower()} {f.header} are no {f.type}; they stay empty.",
            ),
            "look at the column in the file; the text itself is kept",
            object=o.object,
            field=f.name,
            count=f.unread,
            evidence=tuple(f.unread_examples),
        )
        for o in objects
        for f in o.fields
        if f.unread
    ]


def _unknown(
    connection: duckdb.DuckDBPyConnection, objects: Sequence[ObjectProfile]
) -> list[Finding]:
    """Name the columns and files that Crossdock does not know."""
    found = []
    for profiled in objects:
        own = [f for f in profiled.fields if not f.known and f.filled]
        if own and profiled.object != "customer_property":
            found.append(
                Finding(
                    "CUSTOM_COLUMNS",
                    Severity.NOTES,
                    count(
                        len(own),
                        f"column of {profiled.label.lower()} is not OctopusPro's own.",
                        f"columns of {profiled.label.lower()} are not OctopusPro's own.",
                    ),
                    "they are proposed as custom fields"
                    if profiled.object in ("customer", "booking")
                    else "they have no place at the destination; map propose names them",
                    object=profiled.object,
                    count=len(own),
                    evidence=tuple(f"{f.header}: {count(f.filled, 'value')}" for f in own),
                )
            )
    unknown = connection.execute("SELECT name, why FROM stage._unknown").fetchall()
    if unknown:
        found.append(
            Finding(
                "FILE_UNKNOWN",
                Severity.WARNS,
                count(
                    len(unknown),
                    "file, or a part of one, is not read.",
                    "files, or parts of them, are not read.",
                ),
                "nothing to do for what is no list of records; else save it as CSV or .xlsx, with "
                "the usual headers",
                count=len(unknown),
                evidence=tuple(f"{name} ({why})" for name, why in unknown[: rules.EVIDENCE]),
            )
        )
    return found
