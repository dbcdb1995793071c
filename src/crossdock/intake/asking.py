"""What the export leaves open that its rows cannot decide: missing objects, time zone, currency."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import duckdb

from crossdock.connectors.base import SourceObject
from crossdock.intake.formats.zones import is_zone
from crossdock.intake.remembering import export_facts
from crossdock.model.findings import Question


def missing(
    objects: Sequence[SourceObject], present: set[str], answers: Mapping[str, str]
) -> list[Question]:
    """Ask about each object that the route needs and no file holds."""
    return [
        Question(
            f"NO_FILE:{obj.name}",
            f"No file of the export holds {obj.label.lower()}.",
            {"none": f"this tenant has no {obj.label.lower()}; go on without them"},
            object=obj.name,
        )
        for obj in objects
        if obj.needed and obj.name not in present and answers.get(f"NO_FILE:{obj.name}") != "none"
    ]


#: What an export must say of itself, or a person: it cannot be seen in the rows.
_STATED = (
    Question(
        "TIME_ZONE",
        "The export does not name a time zone for its times that is known.",
        {"Australia/Sydney": "Sydney time", "America/New_York": "New York time"},
        field="time_zone",
        pattern="[A-Z][A-Za-z_]+(/[A-Za-z_+-]+)*[0-9]*",
    ),
    Question(
        "CURRENCY",
        "The export does not say in which currency its amounts are.",
        {"AUD": "Australian dollars", "USD": "US dollars"},
        field="currency",
        pattern="[A-Z]{3}",
    ),
)


def unstated(connection: duckdb.DuckDBPyConnection, answers: Mapping[str, str]) -> list[Question]:
    """Ask for what the manifest does not state, and keep what was answered beside its facts."""
    facts = export_facts(connection)
    open_questions = []
    for question in _STATED:
        stated = facts.get(question.field)
        if stated and _is_known(question.field, stated):
            continue
        if question.code in answers:
            connection.execute("DELETE FROM stage._fact WHERE name = ?", [question.field])
            connection.execute(
                "INSERT INTO stage._fact VALUES (?, ?)", [question.field, answers[question.code]]
            )
        else:
            names = f'It names "{stated}".' if stated else "It names none."
            open_questions.append(replace(question, message=f"{question.message} {names}"))
    return open_questions


def _is_known(field: str, value: str) -> bool:
    """Return whether a stated fact can be used: a zone that no database knows cannot."""
    return field != "time_zone" or is_zone(value)
