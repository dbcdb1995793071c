"""The order of day and month is decided per file, from evidence, or asked; never guessed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from crossdock.errors import ExportIncompleteError, QuestionOpenError
from crossdock.intake.intake import Intake
from crossdock.project import Project
from tests.integration.exports import MANIFEST, export_of, project_of, read, store

SILENT = {key: value for key, value in MANIFEST.items() if key != "date_format"}


def _jobs(*dates: str) -> list[dict[str, object]]:
    return [{"booking_number": f"BOK-{n}", "created": d} for n, d in enumerate(dates, 1)]


def _created(
    folder: Path, manifest: Mapping[str, Any], *dates: str, answers: Mapping[str, str] | None = None
) -> tuple[list[datetime | None], Intake]:
    project = project_of(folder, export_of(folder, manifest=manifest, bookings=_jobs(*dates)))
    for code, value in (answers or {}).items():
        project.answer(code, value)
    with store() as connection:
        intake = read(project, connection, "booking")
        rows = connection.execute("SELECT created FROM src.booking ORDER BY booking_number")
        return [row[0] for row in rows.fetchall()], intake


def test_a_first_number_above_twelve_says_that_the_day_comes_first(tmp_path: Path) -> None:
    found, _ = _created(tmp_path, SILENT, "03/04/2025 09:00", "25/04/2025 09:00")
    assert found[0] == datetime.fromisoformat("2025-04-03T09:00")


def test_a_second_number_above_twelve_says_that_the_month_comes_first(tmp_path: Path) -> None:
    found, _ = _created(tmp_path, SILENT, "03/04/2025 09:00", "04/25/2025 09:00")
    assert found[0] == datetime.fromisoformat("2025-03-04T09:00")


def test_what_a_file_shows_outweighs_what_the_manifest_says(tmp_path: Path) -> None:
    found, _ = _created(tmp_path, MANIFEST, "03/04/2025 09:00", "04/25/2025 09:00")
    assert found[0] == datetime.fromisoformat("2025-03-04T09:00")


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        ("DD/MM/YYYY", datetime.fromisoformat("2025-04-03")),
        ("MM/DD/YYYY", datetime.fromisoformat("2025-03-04")),
        ("D/M/YYYY", datetime.fromisoformat("2025-04-03")),
        ("M/D/YYYY", datetime.fromisoformat("2025-03-04")),
    ],
)
def test_a_file_that_shows_nothing_follows_the_manifest(
    tmp_path: Path, declared: str, expected: datetime
) -> None:
    found, intake = _created(tmp_path, SILENT | {"date_format": declared}, "03/04/2025")
    assert (found, list(intake.questions)) == ([expected], [])


def test_a_file_that_shows_nothing_and_no_manifest_is_a_question(tmp_path: Path) -> None:
    _, intake = _created(tmp_path, SILENT, "03/04/2025")
    assert [question.code for question in intake.questions] == ["DATE_ORDER:bookings.csv"]


def test_a_file_that_contradicts_itself_is_a_question(tmp_path: Path) -> None:
    _, intake = _created(tmp_path, SILENT, "25/04/2025", "04/25/2025")
    assert [question.code for question in intake.questions] == ["DATE_ORDER:bookings.csv"]


def test_dates_with_dashes_are_no_less_a_question(tmp_path: Path) -> None:
    _, intake = _created(tmp_path, SILENT, "03-04-2025")
    assert [question.code for question in intake.questions] == ["DATE_ORDER:bookings.csv"]


def test_dates_with_dashes_decide_by_what_they_show(tmp_path: Path) -> None:
    found, _ = _created(tmp_path, SILENT, "03-04-2025", "04-25-2025")
    assert found[0] == datetime.fromisoformat("2025-03-04")


def test_dates_that_begin_with_the_year_are_no_question(tmp_path: Path) -> None:
    found, intake = _created(tmp_path, SILENT, "2025-04-03")
    assert (found, list(intake.questions)) == ([datetime.fromisoformat("2025-04-03")], [])


def test_an_answer_decides_and_the_question_is_not_asked_again(tmp_path: Path) -> None:
    found, intake = _created(
        tmp_path, SILENT, "03/04/2025", answers={"DATE_ORDER:bookings.csv": "month-first"}
    )
    assert (found, list(intake.questions)) == ([datetime.fromisoformat("2025-03-04")], [])


def test_an_open_question_stops_what_comes_next_and_names_the_command(tmp_path: Path) -> None:
    _, intake = _created(tmp_path, SILENT, "03/04/2025")
    with pytest.raises(QuestionOpenError) as raised:
        intake.settled()
    assert raised.value.next_command.startswith("crossdock answer DATE_ORDER:bookings.csv ")


def test_each_file_is_decided_for_itself(tmp_path: Path) -> None:
    export = export_of(
        tmp_path,
        manifest=SILENT,
        bookings=_jobs("25/04/2025", "03/04/2025"),
        quotes=[
            {"quote_number": "EST-1", "created": "04/25/2025"},
            {"quote_number": "EST-2", "created": "03/04/2025"},
        ],
    )
    with store() as connection:
        read(project_of(tmp_path, export), connection, "booking", "quote")
        query = "SELECT max(created) FROM src.{} WHERE extract(day FROM created) < 13"
        days = [connection.execute(query.format(o)).fetchall()[0][0] for o in ("booking", "quote")]
    assert days == [datetime.fromisoformat("2025-04-03"), datetime.fromisoformat("2025-03-04")]


# --- objects without a file -----------------------------------------------------------------


def _without_customers(folder: Path) -> Project:
    export = export_of(folder)
    (export / "customers.csv").unlink()
    return project_of(folder, export)


def test_an_export_without_customers_stops_and_names_the_command(tmp_path: Path) -> None:
    with store() as connection:
        intake = read(_without_customers(tmp_path), connection, "customer", "booking")
    with pytest.raises(ExportIncompleteError) as raised:
        intake.settled()
    assert raised.value.next_command == "crossdock answer NO_FILE:customer none"


def test_a_tenant_who_has_no_customers_is_asked_once(tmp_path: Path) -> None:
    project = _without_customers(tmp_path)
    project.answer("NO_FILE:customer", "none")
    with store() as connection:
        assert list(read(project, connection, "customer", "booking").questions) == []


def test_a_file_with_a_header_alone_is_a_file(tmp_path: Path) -> None:
    with store() as connection:
        assert list(read(project_of(tmp_path, export_of(tmp_path)), connection).questions) == []
