"""Reading an export, once: what the other rooms call."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from zoneinfo import available_timezones

import duckdb

from crossdock.connectors.base import ExportLayout, Source
from crossdock.errors import ExportIncompleteError, QuestionOpenError
from crossdock.intake import formats, staging
from crossdock.intake.staging import Progress
from crossdock.intake.unpack import Unpacked, unpack
from crossdock.model.findings import Question
from crossdock.project import Project


@dataclass(frozen=True, slots=True)
class Intake:
    """What reading the export left open."""

    folder: Path
    questions: Sequence[Question]

    def settled(self) -> None:
        """Raise when a person must answer something before anything goes on.

        Raises ExportIncompleteError for a missing object, else QuestionOpenError.
        """
        if self.questions:
            first = self.questions[0]
            missing = first.code.startswith("NO_FILE:")
            raise (ExportIncompleteError if missing else QuestionOpenError)(
                first.message,
                next_command=f"crossdock answer {first.code} {'|'.join(first.choices)}",
            )


def read_export(
    project: Project,
    source: Source,
    connection: duckdb.DuckDBPyConnection,
    progress: Progress = lambda _: None,
) -> Intake:
    """Stage the project's export and make the typed views; unchanged exports are not read again.

    Raises the E10x errors of the export.
    """
    unpacked = unpack(project.settings().export, project.work)
    folder = unpacked.folder
    layout = source.detect(folder)
    answers = project.answers()
    if not _same_as_before(connection, layout):
        staging.stage(connection, source.objects(), layout.files, progress)
    _remember(connection, layout, unpacked)
    found = formats.decide(connection, source.objects(), layout.facts, answers)
    formats.create_views(connection, source.objects(), found)
    month_first = "month-first" in found.orders.values()
    connection.execute(
        "CREATE OR REPLACE TABLE stage._order AS SELECT ? AS month_first", [month_first]
    )
    return Intake(
        folder,
        [*found.questions, *_missing(source, layout, answers), *_unstated(connection, answers)],
    )


def _missing(source: Source, layout: ExportLayout, answers: dict[str, str]) -> list[Question]:
    """Ask about each object that the route needs and no file holds."""
    present = {file.object for file in layout.files}
    return [
        Question(
            f"NO_FILE:{obj.name}",
            f"No file of the export holds {obj.label.lower()}.",
            {"none": f"this tenant has no {obj.label.lower()}; go on without them"},
            object=obj.name,
        )
        for obj in source.objects()
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


def _unstated(connection: duckdb.DuckDBPyConnection, answers: dict[str, str]) -> list[Question]:
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
    return field != "time_zone" or value in available_timezones()


def _same_as_before(connection: duckdb.DuckDBPyConnection, layout: ExportLayout) -> bool:
    known = connection.execute(
        "SELECT 1 FROM information_schema.tables WHERE table_name = '_fact'"
    ).fetchone()
    if known is None:
        return False
    staged = connection.execute("SELECT path, sha256 FROM stage._file").fetchall()
    return dict(staged) == {str(f.path): staging.digest(f.path) for f in layout.files}


def _remember(
    connection: duckdb.DuckDBPyConnection, layout: ExportLayout, unpacked: Unpacked
) -> None:
    """Keep what the export says of itself, its media, and what unpacking said, beside the rows.

    Written after the rows: a staging that died has no facts and is done again.
    """
    facts = dict(layout.facts) | {
        "unknown_files": json.dumps([str(p) for p in layout.unknown]),
        "settings_files": json.dumps([str(p) for p in layout.settings_files]),
    }
    connection.execute(
        "CREATE OR REPLACE TABLE stage._note (code VARCHAR, place VARCHAR, count BIGINT)"
    )
    for row in unpacked.notes.rows():
        connection.execute("INSERT INTO stage._note VALUES (?, ?, ?)", row)
    connection.execute(
        "CREATE OR REPLACE TABLE stage._media (path VARCHAR, bytes BIGINT, place VARCHAR)"
    )
    # All at once: an export may hold a hundred thousand photos.
    connection.execute(
        "INSERT INTO stage._media SELECT unnest(?), unnest(?), unnest(?)",
        [
            [str(p) for p in layout.media],
            [p.stat().st_size for p in layout.media],
            [_place(p, unpacked.folder) for p in layout.media],
        ],
    )
    connection.execute("CREATE OR REPLACE TABLE stage._fact (name VARCHAR, value VARCHAR)")
    connection.executemany("INSERT INTO stage._fact VALUES (?, ?)", list(facts.items()))


def _place(path: Path, folder: Path) -> str:
    """Return a media file's path as the export's lists write it: from `files/` on."""
    parts = path.relative_to(folder).parts
    return "/".join(parts[parts.index("files") :])


def export_facts(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Return what the export says of itself: account, time zone, currency, tax mode."""
    return dict(connection.execute("SELECT name, value FROM stage._fact").fetchall())


def date_formats(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Return the formats in which the tenant's own date fields are written."""
    row = connection.execute("SELECT month_first FROM stage._order").fetchone()
    return formats.date_formats("month-first" if row and row[0] else "day-first")


def export_digest(connection: duckdb.DuckDBPyConnection) -> str:
    """Return one digest over the export: files, how they were read, media, stated facts."""
    row = connection.execute(
        """
        SELECT md5(
            (SELECT string_agg(object || name || sha256, ';' ORDER BY object, name)
             FROM stage._file)
            || (SELECT string_agg(object || name, ';' ORDER BY object, position)
                FROM stage._column)
            || (SELECT coalesce(string_agg(place || bytes, ';' ORDER BY place), '')
                FROM stage._media)
            || (SELECT string_agg(name || value, ';' ORDER BY name) FROM stage._fact)
            || (SELECT any_value(month_first) FROM stage._order))
        """
    ).fetchone()
    return str(row[0]) if row else ""
