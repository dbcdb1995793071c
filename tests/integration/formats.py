"""Small exports, what was decided about how they are written, and what is said about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from crossdock.intake.intake import Intake
from crossdock.model.findings import Finding, Question
from crossdock.profile import rules
from tests.integration.exports import MANIFEST, Row, export_of, project_of, read, store

#: A manifest that leaves the order of day and month, and the tax, to the rows.
SILENT = {key: value for key, value in MANIFEST.items() if key != "date_format"}


class Read:
    """An export after intake."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, intake: Intake) -> None:
        self.connection = connection
        self.intake = intake

    def column(self, query: str) -> list[Any]:
        """Return the first column of a query."""
        return [row[0] for row in self.connection.execute(query).fetchall()]

    def findings(self, code: str) -> list[Finding]:
        """Return the findings about columns with this code."""
        return [f for f in rules.column_findings(self.connection) if f.code == code]

    def finding(self, code: str) -> Finding:
        """Return the one finding about a column with this code."""
        (finding,) = self.findings(code)
        return finding

    def codes(self) -> set[str]:
        """Return the codes of all findings about columns."""
        return {finding.code for finding in rules.column_findings(self.connection)}

    def question(self, code: str) -> Question:
        """Return the open question with this code."""
        (question,) = [q for q in self.intake.questions if q.code == code]
        return question

    def questions(self) -> list[str]:
        """Return the codes of all open questions."""
        return [question.code for question in self.intake.questions]


@contextmanager
def reading(
    folder: Path,
    *names: str,
    manifest: Mapping[str, Any] | None = MANIFEST,
    answers: Mapping[str, str] | None = None,
    **files: Sequence[Row],
) -> Iterator[Read]:
    """Write an export and read these objects of it, with what a person answered before."""
    project = project_of(folder, export_of(folder, manifest=manifest, **files))
    for code, value in (answers or {}).items():
        project.answer(code, value)
    with store() as connection:
        yield Read(connection, read(project, connection, *names))


def bookings(*created: str) -> list[Row]:
    """Return bookings that were created at these moments, as a file writes them."""
    return [{"booking_number": f"BOK-{n:03}", "created": c} for n, c in enumerate(created, 1)]


def invoices(*totals: str) -> list[Row]:
    """Return invoices with these totals, as a file writes them."""
    return [{"invoice_number": f"INV-{n:03}", "total": t} for n, t in enumerate(totals, 1)]
