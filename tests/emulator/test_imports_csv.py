"""CSV files, and the rows that failed."""

from __future__ import annotations

import orjson
import pytest

from .conftest import Api
from .importing import CONTACT, PATH, Wizard, counts


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"", "The file is empty: it needs a header and at least one row"),
        (b"\n \n,,\n", "The file is empty: it needs a header and at least one row"),
        (b"Last name,Email\n", "The file has a header and no rows"),
        (b"Last name,Email,Email\nA,B,C\n", "The column 'Email' stands twice in the header"),
        ("Last name,Email\nMüller,a@x.co".encode("latin-1"), "The file is not UTF-8"),
        ("Last name,Email\nA,B".encode("utf-16"), "The file is not UTF-8"),
        (b"Last name;Email\nRoe;a@x.co\n", "Map a column to Last name"),
        (b'Last name,Email\n"Roe,a@x.co\n', "The file is no CSV that can be read: line 2"),
        (b"Last name,Email\nRoe\x00,a@x.co\n", "The file is no text: save it as CSV in UTF-8"),
        (b"Last name,Email\nR" + b"o" * 200_000 + b",x\n", "The file is no CSV that can be read"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 100, "This is an XLS file: save it as CSV or XLSX"),
        (b"PK\x03\x04" + b"x" * 100, "The file is no XLSX that can be read: save it as CSV"),
        (b"x" * (5 * 1024 * 1024 + 1), "The file is larger than 5 MB"),
        (b"x" * (6 * 1024 * 1024), "The file is larger than 5 MB"),
    ],
    ids=range(14),
)
def test_a_file_that_cannot_be_read_is_refused(wizard: Wizard, content: bytes, text: str) -> None:
    status, message = wizard.refused(content, module="contacts")
    assert status == 400
    assert message.startswith(text)


def test_a_file_of_exactly_5_mb_is_taken(wizard: Wizard) -> None:
    head = b"Last name,Email,Padding\nRoe,a@x.co,"
    tail = b"\n,," + b"x" * 99_996 + b"\n"
    size = 5 * 1024 * 1024
    rows = (size - len(head)) // len(tail)
    file = head + b"x" * (size - len(head) - rows * len(tail)) + tail * rows
    assert len(file) == size
    assert counts(wizard.upload(file, module="contacts").json()["import"]) == (1, 0, 0, rows)


def test_a_mark_at_the_start_and_line_breaks_in_cells_are_read(api: Api, wizard: Wizard) -> None:
    file = '\ufeffLast name,Email,Address\r\nÖz,a@x.co,"1 Main St\r\nPerth"\r\n'.encode()
    assert counts(wizard.upload(file, module="contacts").json()["import"]) == (1, 0, 0, 0)
    (row,) = api.account.contacts.store.rows.values()
    assert (row["last_name"], row["address"]) == ("Öz", "1 Main St\r\nPerth")


def test_a_bad_row_costs_only_itself(wizard: Wizard) -> None:
    rows = [
        ["Roe", "a@x.co"],
        ["Poe", "no address"],
        ["x" * 300, "b@x.co"],
        ["Moe"],
        ["Loe", "c@x.co"],
    ]
    run = wizard.run("contacts", CONTACT, *rows)
    assert counts(run) == (2, 0, 0, 3)
    assert wizard.reasons(run) == [
        "no address is an invalid email address",
        "Last name is not in required length",
        "Need to fill this Email",
    ]


def test_failed_rows_keep_every_column_of_their_source(wizard: Wizard) -> None:
    header = [*CONTACT, "Shoe size", ""]
    run = wizard.run("contacts", header, ["Roe", "bad", "9", "x"], ["Poe", "a@x.co", "8", ""])
    response = wizard.send("GET", f"{PATH}/{run['id']}/failed.csv")
    assert response.headers["content-type"].startswith("text/csv")
    assert response.content.decode("utf-8-sig").splitlines() == [
        "Last name,Email,Shoe size,,Import error",
        "Roe,bad,9,x,bad is an invalid email address",
    ]


def test_a_row_with_too_many_cells_fails_and_loses_none(wizard: Wizard) -> None:
    run = wizard.run("contacts", CONTACT, ["Roe", "a@x.co", "more", "still"])
    response = wizard.send("GET", f"{PATH}/{run['id']}/failed.csv")
    assert response.content.decode("utf-8-sig").splitlines()[1] == (
        "Roe,a@x.co,The row has more cells than the header,more,still"
    )


def test_failed_rows_can_be_mended_and_imported_again(wizard: Wizard) -> None:
    run = wizard.run("contacts", CONTACT, ["Roe", "bad"], ["Poe", "worse"])
    content = wizard.send("GET", f"{PATH}/{run['id']}/failed.csv").content
    again = wizard.upload(content.replace(b"Roe,bad,", b"Roe,a@x.co,"), module="contacts")
    assert counts(again.json()["import"]) == (1, 0, 0, 1)
    (left,) = wizard.failed(again.json()["import"])
    assert list(left) == ["Last name", "Email", "Import error"]


def test_there_is_no_file_of_failed_rows_where_none_failed(wizard: Wizard) -> None:
    run = wizard.run("contacts", CONTACT, ["Roe", "a@x.co"])
    for number in (run["id"], 12):
        response = wizard.send("GET", f"{PATH}/{number}/failed.csv")
        assert response.status_code == 404
        assert response.json()["errors"]["message"] == ["The requested import is not in the CRM"]


def test_what_is_remembered_of_imports_survives_as_json(api: Api, wizard: Wizard) -> None:
    run = wizard.run("contacts", CONTACT, ["Roe", "bad"])
    imports = api.account.imports
    before, state = imports.recent(), orjson.loads(orjson.dumps(imports.runs.state()))
    imports.runs.load(state)
    assert imports.recent() == before
    assert wizard.reasons(run) == ["bad is an invalid email address"]
