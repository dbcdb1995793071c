"""A person says which column a header stands for: it is then read as one that always had it."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from crossdock.cli.app import app
from crossdock.errors import AnswerError
from crossdock.mapping import shaping
from crossdock.project import Project
from crossdock.routes.octopuspro_freshsales import ROUTE
from tests.integration.exports import Row, Shaped, export_of, policies, project_of, read, store

JANE = {"customer_id": "7", "first_name": "Jane", "last_name": "Citizen"}


def _renamed(folder: Path, file: str, rows: list[Row], headers: dict[str, str]) -> Path:
    """Write an export in which some headers of one file are called otherwise."""
    export = export_of(folder, **{file: rows})
    path = export / f"{file}.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        first, *below = csv.reader(stream)
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([[headers.get(h, h) for h in first], *below])
    return export


def _answer(project: Project, code: str, value: str) -> tuple[int, dict[str, str]]:
    result = CliRunner().invoke(
        app, ["answer", code, value, "--project", str(project.folder), "--json"]
    )
    return result.exit_code, json.loads(result.stdout)


@pytest.fixture
def handy(tmp_path: Path) -> Project:
    """A tenant whose mobile numbers stand below a word that nobody knows."""
    rows = [JANE | {"mobile": "0491 570 156"}]
    return project_of(tmp_path, _renamed(tmp_path, "customers", rows, {"Mobile": "Handy"}))


def _customers(project: Project, columns: str) -> list[tuple[object, ...]]:
    with store() as connection:
        read(project, connection, "customer")
        return connection.execute(f"SELECT {columns} FROM src.customer").fetchall()


def test_a_header_that_nobody_knows_is_the_tenants_own_field(handy: Project) -> None:
    assert _customers(handy, "mobile, own_handy") == [(None, "0491 570 156")]


def test_what_a_person_calls_a_mobile_number_arrives_as_one(handy: Project) -> None:
    assert _answer(handy, "COLUMN:customer.Handy", "mobile") == (
        0,
        {"code": "COLUMN:customer.Handy", "answer": "mobile"},
    )
    with store() as connection:
        read(handy, connection)
        shaping.shape(connection, ROUTE, None, policies())
        assert Shaped(connection).column("SELECT mobile FROM route.contact") == ["0491 570 156"]


def test_a_column_is_read_with_its_type(tmp_path: Path) -> None:
    rows = [JANE | {"date_joined": "03/04/2021"}]
    export = _renamed(tmp_path, "customers", rows, {"Date Joined": "First seen"})
    project = project_of(tmp_path, export)
    project.answer("COLUMN:customer.First seen", "date_joined")
    assert _customers(project, "date_joined") == [(date(2021, 4, 3),)]


def test_an_answer_given_after_the_export_was_read_is_heard(handy: Project) -> None:
    with store() as connection:
        read(handy, connection, "customer")
        handy.answer("COLUMN:customer.Handy", "mobile")
        read(handy, connection, "customer")
        assert connection.execute("SELECT mobile FROM src.customer").fetchall() == [
            ("0491 570 156",)
        ]


def test_a_header_may_be_said_to_be_the_tenants_own(tmp_path: Path) -> None:
    rows = [JANE | {"phone": "Bob"}]
    project = project_of(tmp_path, export_of(tmp_path, customers=rows))
    assert _answer(project, "COLUMN:customer.Phone", "own")[0] == 0
    assert _customers(project, "phone, own_phone") == [(None, "Bob")]


def test_two_headers_may_change_places(tmp_path: Path) -> None:
    rows = [JANE | {"phone": "0491 570 156", "mobile": "02 5550 1234"}]
    project = project_of(tmp_path, export_of(tmp_path, customers=rows))
    project.write_json(
        project.answers_file, {"COLUMN:customer.Phone": "mobile", "COLUMN:customer.Mobile": "phone"}
    )
    assert _customers(project, "phone, mobile") == [("02 5550 1234", "0491 570 156")]


def test_the_lines_of_a_detailed_list_have_columns_of_their_own(tmp_path: Path) -> None:
    export = export_of(tmp_path, quotes=None)
    (export / "quotes.csv").write_text(
        "Quote Number,Status,Customer ID,Item,Quantity,Rate,Amount\n"
        "EST-1,Sent,7,Carpet,1,10.00,10.00\nEST-1,Sent,7,Tiles,2,20.00,40.00\n",
        "utf-8",
    )
    project = project_of(tmp_path, export)
    project.answer("COLUMN:quote_item.Rate", "own")
    project.answer("COLUMN:quote.Status", "own")
    with store() as connection:
        read(project, connection, "quote", "quote_item")
        lines = connection.execute(
            "SELECT quote_number, rate, own_rate, amount FROM src.quote_item"
        )
        assert lines.fetchall() == [
            ("EST-1", None, "10.00", 10),
            ("EST-1", None, "20.00", 40),
        ]
        quotes = connection.execute("SELECT quote_number, status, own_status FROM src.quote")
        assert quotes.fetchall() == [("EST-1", None, "Sent")]


# --- refused ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "value", "why"),
    [
        ("COLUMN:customer.Shoe size", "mobile", "no list of customer with a column Shoe size"),
        ("COLUMN:person.Handy", "mobile", "no list of person with a column Handy"),
        ("COLUMN:", "mobile", "no list of this name with a column of this name"),
        ("COLUMN:customer.Handy", "shoe_size", "customer has no column shoe_size (it has: "),
        ("COLUMN:customer.Handy", "phone", "the column Phone is phone already"),
    ],
)
def test_an_answer_that_cannot_be_is_refused_and_not_kept(
    handy: Project, code: str, value: str, why: str
) -> None:
    status, told = _answer(handy, code, value)
    assert (status, told["error"]["code"]) == (2, "E113")
    assert why in told["error"]["message"]
    assert handy.answers() == {}


def test_an_answer_written_by_hand_is_checked_when_the_export_is_read(handy: Project) -> None:
    handy.answer("COLUMN:customer.Handy", "phone")
    with store() as connection, pytest.raises(AnswerError) as refused:
        read(handy, connection, "customer")
    assert refused.value.message == (
        "COLUMN:customer.Handy cannot be phone: the column Phone is phone already. "
        "Nothing was read."
    )
    assert refused.value.next_command == "crossdock answer COLUMN:customer.Handy own"


def test_an_answer_about_a_header_that_is_gone_is_passed_over(tmp_path: Path) -> None:
    project = project_of(tmp_path, export_of(tmp_path, customers=[JANE]))
    project.answer("COLUMN:customer.Handy", "mobile")
    assert _customers(project, "first_name") == [("Jane",)]
