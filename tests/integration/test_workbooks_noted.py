"""What is noted about a workbook is a finding that people are told."""

from __future__ import annotations

import duckdb
import pytest

from crossdock.profile import rules


@pytest.mark.parametrize(
    ("code", "severity", "message"),
    [
        ("SHEETS_HIDDEN", "warns", "sheets that hold something are hidden"),
        ("CELLS_MERGED", "notes", "a cell above was merged over them"),
        ("FORMULAS_WITHOUT_VALUE", "warns", "a formula that was never computed"),
        ("ERRORS_IN_CELLS", "warns", "such as #N/A"),
        ("NUMBERS_TOO_LONG", "warns", "more than 15 digits"),
        ("NUMBERS_AS_SHOWN", "notes", "as their sheet shows them"),
    ],
)
def test_a_note_about_a_workbook_is_a_finding(code: str, severity: str, message: str) -> None:
    rule = rules.catalogue()[code]
    place = "report.xlsx, sheet Jobs, from cell B2"
    with duckdb.connect() as connection:
        connection.execute("CREATE SCHEMA stage")
        connection.execute("CREATE TABLE stage._note (code VARCHAR, place VARCHAR, count BIGINT)")
        connection.execute(
            "INSERT INTO stage._note VALUES (?, ?, 7), ('OTHER', 'x', 1)", [code, place]
        )
        assert connection.execute(rule["sql"]).fetchall() == [(place, 7)]
    assert rule["severity"] == severity
    assert message in rule["message"]
    assert rule["remedy"]
