"""Files become staged rows: every row is staged, or rejected with its line and the reason."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from crossdock.connectors.octopuspro import OctopusPro
from crossdock.errors import CrossdockError
from crossdock.intake.intake import export_facts
from crossdock.profile.profile import Profile, profile
from crossdock.project import Project
from tests.integration.exports import MANIFEST, export_of, project_of, read, store, write_csv

HOSTILE = Path(__file__).parent.parent / "hostile"


@pytest.fixture(scope="module")
def staged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """The store after reading every file that is odd and can be read all the same."""
    folder = tmp_path_factory.mktemp("hostile")
    with store() as connection:
        read(project_of(folder, HOSTILE / "readable"), connection)
        yield connection


@pytest.fixture(scope="module")
def profiled(tmp_path_factory: pytest.TempPathFactory) -> Profile:
    folder = tmp_path_factory.mktemp("profiled")
    with store() as connection:
        return profile(project_of(folder, HOSTILE / "readable"), OctopusPro(), connection)


def _one(connection: duckdb.DuckDBPyConnection, query: str) -> object:
    (row,) = connection.execute(query).fetchall()
    return row[0] if len(row) == 1 else row


@pytest.mark.parametrize(
    ("name", "rows", "rejected"),
    [
        ("customer", 2, 0),
        ("booking", 2, 0),
        ("service", 1, 0),
        ("payment", 2, 2),
        ("discussion", 2, 1),
        ("issue", 0, 0),
        ("quote", 1, 0),
        ("fieldworker", 1, 0),
        ("label", 1, 0),
        ("email", 2, 0),
        ("sms", 2, 0),
        ("call", 2, 0),
        ("rating", 1, 0),
        ("image", 1, 0),
        ("invoice", 9, 0),
    ],
)
def test_every_row_of_an_odd_file_is_staged_or_rejected(
    staged: duckdb.DuckDBPyConnection, name: str, rows: int, rejected: int
) -> None:
    query = f"SELECT rows, rejected FROM stage._file WHERE object = '{name}'"
    assert _one(staged, query) == (rows, rejected)


def test_a_byte_order_mark_is_no_part_of_the_first_header(
    staged: duckdb.DuckDBPyConnection,
) -> None:
    assert _one(staged, "SELECT customer_id FROM src.customer WHERE first_name = 'Jane'") == "1"


def test_line_breaks_inside_quotes_stay_in_the_value(staged: duckdb.DuckDBPyConnection) -> None:
    found = _one(staged, "SELECT address FROM src.booking WHERE booking_number = 'BOK-1'")
    assert str(found).split() == ["3/12", "Smith", "St", "Bondi", "NSW"]


def test_quotes_inside_quotes_stay_in_the_value(staged: duckdb.DuckDBPyConnection) -> None:
    assert _one(staged, "SELECT service_name, description FROM src.service") == (
        'Clean 5" pipe',
        'the ""big"" one, with comma',
    )


@pytest.mark.parametrize("line", [3, 4])
def test_a_row_with_too_many_or_too_few_cells_is_rejected_with_its_line(
    staged: duckdb.DuckDBPyConnection, line: int
) -> None:
    found = _one(
        staged,
        f"SELECT file, reason FROM stage._reject WHERE object = 'payment' AND line = {line}",
    )
    assert isinstance(found, tuple)
    assert found[0] == "payments_with_ragged_rows.csv"
    assert "column" in found[1].lower()


def test_the_rows_around_a_ragged_one_are_staged(staged: duckdb.DuckDBPyConnection) -> None:
    rows = staged.execute("SELECT payment_id FROM src.payment ORDER BY 1").fetchall()
    assert rows == [("1",), ("4",)]


def test_a_quote_that_never_ends_is_rejected_with_the_line_on_which_it_began(
    staged: duckdb.DuckDBPyConnection,
) -> None:
    found = _one(staged, "SELECT line, reason FROM stage._reject WHERE object = 'discussion'")
    assert isinstance(found, tuple)
    assert found[0] == 3
    assert "quote" in found[1].lower()


def test_rejected_rows_are_a_finding_that_names_file_and_line(profiled: Profile) -> None:
    (finding,) = [f for f in profiled.findings if f.code == "ROWS_REJECTED"]
    assert finding.count == 3
    assert any("payments_with_ragged_rows.csv line 3" in place for place in finding.evidence)


def test_the_profile_counts_staged_and_rejected_rows_of_each_object(profiled: Profile) -> None:
    (payments,) = [o for o in profiled.objects if o.object == "payment"]
    assert (payments.rows, payments.staged, payments.rejected) == (4, 2, 2)


def test_a_quote_number_is_found_under_its_old_name(staged: duckdb.DuckDBPyConnection) -> None:
    assert _one(staged, "SELECT quote_number, sales_rep, booking_number FROM src.quote") == (
        "EST-1",
        "Alex P",
        "BOK-1",
    )


def test_a_field_worker_is_found_under_his_old_name(staged: duckdb.DuckDBPyConnection) -> None:
    assert _one(staged, "SELECT fieldworker_id, display_name FROM src.fieldworker") == (
        "7",
        "Sam K",
    )


def test_columns_that_nobody_knows_are_kept(staged: duckdb.DuckDBPyConnection) -> None:
    assert _one(staged, "SELECT own_would_recommend, own_net_score FROM src.rating") == ("yes", "9")


def test_columns_that_nobody_knows_are_a_finding(profiled: Profile) -> None:
    (finding,) = [
        f for f in profiled.findings if f.code == "CUSTOM_COLUMNS" and f.object == "rating"
    ]
    assert finding.evidence == ("Would Recommend?: 1 value", "Net Score: 1 value")


def test_two_columns_of_one_name_keep_both_values(staged: duckdb.DuckDBPyConnection) -> None:
    assert _one(staged, "SELECT own_note, own_note_2 FROM src.image") == ("first", "second")


@pytest.mark.parametrize(
    ("number", "amount"),
    [
        (1, Decimal("1234.50")),
        (2, Decimal("-12.00")),
        (3, Decimal("-5.00")),
        (4, Decimal("7.00")),
        (6, Decimal("8.00")),
        (7, None),
        (8, None),
        (9, None),
    ],
)
def test_money_is_read_in_every_usual_spelling(
    staged: duckdb.DuckDBPyConnection, number: int, amount: Decimal | None
) -> None:
    query = f"SELECT total FROM src.invoice WHERE invoice_number = 'INV-{number}'"
    assert _one(staged, query) == amount


def test_a_value_that_is_no_amount_is_a_finding_and_a_word_for_nothing_is_not(
    profiled: Profile,
) -> None:
    (finding,) = [
        f for f in profiled.findings if f.code == "VALUES_UNREAD" and f.object == "invoice"
    ]
    assert (finding.field, finding.count) == ("total", 1)


def test_a_date_and_time_is_read_in_every_usual_spelling(
    staged: duckdb.DuckDBPyConnection,
) -> None:
    rows = staged.execute("SELECT created FROM src.booking ORDER BY booking_number").fetchall()
    assert rows == [
        (datetime.fromisoformat("2025-02-13T09:05"),),
        (datetime.fromisoformat("2025-02-14T10:00"),),
    ]


def test_a_word_for_no_value_is_no_value(staged: duckdb.DuckDBPyConnection) -> None:
    query = "SELECT email, date_joined FROM src.customer WHERE customer_id = '2'"
    assert _one(staged, query) == (None, None)


def test_an_address_is_read_in_small_letters(staged: duckdb.DuckDBPyConnection) -> None:
    query = "SELECT email, date_joined FROM src.customer WHERE customer_id = '1'"
    assert _one(staged, query) == ("jane@example.com", date(2019, 12, 25))


def test_line_ends_of_two_systems_in_one_file_are_read(tmp_path: Path) -> None:
    with store() as connection:
        read(project_of(tmp_path, HOSTILE / "mixed_line_ends"), connection, "label")
        assert _one(connection, "SELECT count(*) FROM stage.label") == 3


def test_a_letter_of_a_code_page_far_down_in_a_file_is_a_question(tmp_path: Path) -> None:
    export = export_of(tmp_path)
    with (export / "customers.csv").open("ab") as stream:
        row = b"1,Personal" + b"," * 35 + b"\n"
        stream.write(row * 2000 + row.replace(b"Personal", "Privé".encode("cp1252")))
    with store() as connection:
        (question,) = read(project_of(tmp_path, export), connection).questions
    assert question.code == "ENCODING"
    assert question.message.startswith("1 file is not in UTF-8, and nothing in it says what it is")
    assert "customers.csv" in question.message
    assert question.choices["windows-1252"].startswith("Privé (")
    assert question.choices["windows-1251"].startswith("Privй (")


def test_a_file_that_was_changed_is_read_again(tmp_path: Path) -> None:
    export = export_of(tmp_path, customers=[{"customer_id": "1"}])
    project = project_of(tmp_path, export)
    with store() as connection:
        read(project, connection)
        write_csv(export / "customers.csv", "customers", [{"customer_id": "2"}])
        read(project, connection)
        assert _one(connection, "SELECT customer_id FROM src.customer") == "2"


def test_a_file_that_was_added_is_read(tmp_path: Path) -> None:
    export = export_of(tmp_path, customers=[{"customer_id": "1"}])
    project = project_of(tmp_path, export)
    with store() as connection:
        read(project, connection)
        write_csv(export / "labels.csv", "labels", [{"record_number": "1", "label": "VIP"}])
        read(project, connection)
        assert _one(connection, "SELECT label FROM src.label") == "VIP"


def test_files_that_stay_as_they_are_are_not_read_again(tmp_path: Path) -> None:
    project = project_of(tmp_path, export_of(tmp_path, customers=[{"customer_id": "1"}]))
    with store() as connection:
        read(project, connection)
        connection.execute("UPDATE stage.customer SET first_name = 'a mark in the store'")
        read(project, connection)
        assert _one(connection, "SELECT first_name FROM src.customer") == "a mark in the store"


def test_a_manifest_that_was_corrected_is_read_again(tmp_path: Path) -> None:
    export = export_of(tmp_path)
    project = project_of(tmp_path, export)
    with store() as connection:
        read(project, connection)
        manifest = (export / "manifest.json").read_text("utf-8")
        (export / "manifest.json").write_text(
            manifest.replace("Australia/Sydney", "Australia/Perth"), "utf-8"
        )
        read(project, connection)
        assert export_facts(connection)["time_zone"] == "Australia/Perth"


def test_media_that_were_added_later_are_seen(tmp_path: Path) -> None:
    export = export_of(tmp_path)
    project = project_of(tmp_path, export)
    with store() as connection:
        read(project, connection)
        (export / "files" / "BOK-1").mkdir(parents=True)
        (export / "files" / "BOK-1" / "before.jpg").write_bytes(b"jpeg")
        read(project, connection)
        assert _one(connection, "SELECT count(*) FROM stage._media") == 1


@pytest.mark.parametrize(
    "manifest",
    ['{"files": [{"rows": 3}]}', '{"files": "none"}'],
)
def test_a_manifest_that_makes_no_sense_is_said_to_be_so(tmp_path: Path, manifest: str) -> None:
    export = export_of(tmp_path)
    (export / "manifest.json").write_text(manifest, "utf-8")
    with store() as connection, pytest.raises(CrossdockError, match=r"manifest\.json"):
        read(project_of(tmp_path, export), connection)


def _profile_of(tmp_path: Path, export: Path) -> Profile:
    with store() as connection:
        return profile(Project.create(tmp_path / "project", export), OctopusPro(), connection)


def test_a_manifest_that_was_cut_is_a_finding_and_what_it_would_say_is_asked(
    tmp_path: Path,
) -> None:
    export = export_of(tmp_path)
    (export / "manifest.json").write_text('{"currency": "AUD", "time_z', "utf-8")
    made = _profile_of(tmp_path, export)
    (finding,) = [f for f in made.findings if f.code == "JSON_CUT"]
    assert finding.evidence == ("manifest.json line 1",)
    assert {question.code for question in made.questions} == {"TIME_ZONE", "CURRENCY"}


def test_a_manifest_that_counts_more_rows_than_there_are_is_a_finding(tmp_path: Path) -> None:
    manifest = MANIFEST | {"files": [{"name": "customers.csv", "rows": 12}]}
    found = _profile_of(tmp_path, export_of(tmp_path, manifest=manifest)).findings
    assert "ROWS_NOT_AS_DECLARED" in {finding.code for finding in found}


def test_a_file_that_belongs_to_nothing_is_a_finding(tmp_path: Path) -> None:
    export = export_of(tmp_path)
    shutil.copy(HOSTILE / "something_else" / "recipes.csv", export)
    (finding,) = [f for f in _profile_of(tmp_path, export).findings if f.code == "FILE_UNKNOWN"]
    assert finding.evidence == ("recipes.csv (no row of it looks like the header of a list)",)


@pytest.mark.parametrize("word", ["currency", "time zone"])
def test_an_export_that_does_not_name_its_currency_or_zone_is_a_finding(
    tmp_path: Path, word: str
) -> None:
    made = _profile_of(tmp_path, export_of(tmp_path, manifest=None))
    said = [f.message.lower() for f in made.findings] + [q.message.lower() for q in made.questions]
    assert any(word in message for message in said)


def test_a_time_zone_that_does_not_exist_is_said_before_anything_is_planned(
    tmp_path: Path,
) -> None:
    made = _profile_of(tmp_path, export_of(tmp_path, manifest=MANIFEST | {"time_zone": "AEST"}))
    said = [f.message for f in made.findings] + [q.message for q in made.questions]
    assert any("AEST" in message for message in said)


def test_a_row_of_empty_cells_is_no_customer(tmp_path: Path) -> None:
    export = export_of(tmp_path, customers=[{"customer_id": "1"}])
    with (export / "customers.csv").open("a", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerow([""] * 37)
    with store() as connection:
        read(project_of(tmp_path, export), connection, "customer")
        assert _one(connection, "SELECT count(*) FROM src.customer") == 1


PEOPLE = (
    "Name,Email,Mobile,Address,Labels\nJane Citizen,jane@example.com,0491 570 156,1 Hay St,VIP\n"
)


def test_a_list_that_may_be_of_two_kinds_of_people_is_a_question(tmp_path: Path) -> None:
    export = export_of(tmp_path)
    (export / "people.csv").write_text(PEOPLE, "utf-8")
    project = project_of(tmp_path, export)
    with store() as connection:
        (question,) = read(project, connection).questions
        assert question.code == "OBJECT:people.csv"
        assert set(question.choices) == {"customer", "fieldworker"}
        project.answer(question.code, "customer")
        assert read(project, connection).questions == []
        assert _one(connection, "SELECT first_name, last_name FROM src.customer") == (
            "Jane",
            "Citizen",
        )


@pytest.mark.parametrize(
    ("name", "found"), [("our customers.csv", "customer"), ("Contractors 2025.csv", "fieldworker")]
)
def test_where_headers_fit_two_kinds_the_name_of_the_file_may_tell(
    tmp_path: Path, name: str, found: str
) -> None:
    export = export_of(tmp_path)
    (export / name).write_text(PEOPLE, "utf-8")
    with store() as connection:
        assert read(project_of(tmp_path, export), connection).questions == []
        query = f"SELECT object FROM stage._file WHERE name = '{name}'"
        assert _one(connection, query) == found
