"""Reading an export, once: what the other rooms call."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from crossdock.connectors.base import Source, SourceObject
from crossdock.errors import ExportIncompleteError, QuestionOpenError
from crossdock.intake import asking, formats, links, located, remembering, staging
from crossdock.intake.remembering import export_facts as export_facts
from crossdock.intake.staging import Progress
from crossdock.intake.tables import claims
from crossdock.intake.tables.layout import Layout
from crossdock.intake.tables.tables import tables
from crossdock.intake.unpack import Unpacked, unpack
from crossdock.model.findings import Question
from crossdock.project import Project, sparing


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
            code, choices = shlex.quote(first.code), "|".join(first.choices)
            missing = first.code.startswith("NO_FILE:")
            raise (ExportIncompleteError if missing else QuestionOpenError)(
                first.message,
                next_command=f"crossdock answer {code} {choices}",
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
    answers = project.answers()
    unpacked = unpack(project.settings().export, project.work)
    layout = tables(unpacked.folder, project.work / "plain", source, answers)
    key = remembering.key(layout, unpacked, source.objects(), answers)
    questions = remembering.questions_of(connection, key)
    if questions is None:
        with sparing(connection):
            questions = _read(source.objects(), connection, layout, unpacked, answers, progress)
        remembering.done(connection, key, questions)
    return Intake(unpacked.folder, questions)


def meaning_of_column(project: Project, source: Source, code: str, value: str) -> str:
    """Return in words what the answer to a `COLUMN:` code means; nobody need have asked.

    Raises AnswerError when the export has no such header, or it cannot be read so, and the E10x
    errors of the export.
    """
    answers = project.answers()
    before = {known: said for known, said in answers.items() if known != code}
    unpacked = unpack(project.settings().export, project.work)
    layout = tables(unpacked.folder, project.work / "plain", source, before)
    return claims.check(layout.tables, source, before, code, value)


def _read(
    objects: Sequence[SourceObject],
    connection: duckdb.DuckDBPyConnection,
    layout: Layout,
    unpacked: Unpacked,
    answers: Mapping[str, str],
    progress: Progress,
) -> list[Question]:
    """Stage what is not staged yet, decide how it is written, and return what that leaves open."""
    if not remembering.same_as_before(connection, layout):
        remembering.forget(connection)
        staging.stage(connection, objects, layout, progress)
    remembering.remember(connection, layout, unpacked)
    unstated = asking.unstated(connection, answers)
    found = formats.decide(connection, objects, export_facts(connection), answers)
    formats.create_views(connection, objects, found)
    links.build(connection, objects, formats.NULLS)
    formats.examine(connection, objects, found)
    located.create_views(connection, objects)
    remembering.add_facts(connection, found.facts)
    month_first = "month-first" in found.orders.values()
    connection.execute(
        "CREATE OR REPLACE TABLE stage._order AS SELECT ? AS month_first", [month_first]
    )
    missing = asking.missing(objects, layout.objects(), answers)
    return [*layout.questions, *found.questions, *missing, *unstated]


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
            || (SELECT coalesce(string_agg(concat_ws(':', file_no, object, field, decision), ';'
                ORDER BY file_no, object, field, decision), '') FROM stage._format)
            || (SELECT coalesce(md5(string_agg(object || field || original, ';'
                ORDER BY object, field, original)), '') FROM stage._mended))
        """
    ).fetchone()
    return str(row[0]) if row else ""
