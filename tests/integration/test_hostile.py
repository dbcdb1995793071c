"""Every file of `tests/hostile` ends up as its group's `expected.toml` says.

A group is a folder that is read as one export. Its `expected.toml` has an entry for each file:

- `object`, `rows`: what it is and how many of its rows are staged; `also`: rows of other objects
  in it; or `unknown`: why it, or a sheet of it, is not read.
- `rejected`: each row that is not staged, as "line 3: the reason".
- `findings`, `questions`: the codes that name the file.
- `values`: what is staged, by column, row for row.
- `delimiter`, `encoding`, `above` (records above the header), `sheets`: how a reader that is not
  ours reads it, to count its rows; `counted_by = "lines"` where a stray quote leads it astray;
  `records`: a pattern that each record has once, where it has no rows at all.
"""

from __future__ import annotations

import csv
import io
import re
import shutil
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest

from crossdock import profile
from tests.integration.exports import project_of, read, store

HOSTILE = Path(__file__).parent.parent / "hostile"
GROUPS = sorted(path.parent.name for path in HOSTILE.glob("*/expected.toml"))
RULES: dict[str, dict[str, str]] = tomllib.loads(
    resources.files(profile).joinpath("catalogue", "files.toml").read_text("utf-8")
)


@cache
def _expected(group: str) -> dict[str, dict[str, Any]]:
    return tomllib.loads((HOSTILE / group / "expected.toml").read_text("utf-8"))


def _files(group: str) -> list[Path]:
    paths = (HOSTILE / group).iterdir()
    return sorted(path for path in paths if path.name != "expected.toml")


#: Folders that other tests read: whole archives, and files whose typed values are looked at.
ELSEWHERE = {"broken_zips", "mixed_line_ends", "readable", "something_else"}
CASES = [(group, name) for group in GROUPS for name in _expected(group)]


@dataclass(slots=True)
class Told:
    """What the product made of one file."""

    rows: dict[str, int] = field(default_factory=dict)
    counted: dict[int, int] = field(default_factory=dict)
    rejected: list[str] = field(default_factory=list)
    unknown: str = ""
    values: dict[str, list[str | None]] = field(default_factory=dict)
    findings: set[str] = field(default_factory=set)
    questions: set[str] = field(default_factory=set)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Told]:
    """What the product made of every file."""
    found: dict[tuple[str, str], Told] = {}
    for group in GROUPS:
        folder = tmp_path_factory.mktemp(group)
        for path in _files(group):
            shutil.copy(path, folder)
        with store() as connection:
            questions = read(project_of(tmp_path_factory.mktemp("p"), folder), connection).questions
            for path in _files(group):
                one = _of_file(connection, path.name)
                one.questions = {q.code for q in questions if path.name in q.message}
                found[group, path.name] = one
    return found


def _of_file(connection: duckdb.DuckDBPyConnection, name: str) -> Told:
    told = Told()
    here = "(name = $1 OR starts_with(name, $1 || ', '))"
    staged = connection.execute(
        f"SELECT object, file_no, rows, rejected FROM stage._file WHERE {here} ORDER BY object",
        [name],
    ).fetchall()
    for obj, number, rows, rejected in staged:
        told.rows[obj] = rows
        told.counted[number] = max(told.counted.get(number, 0), rows + rejected)
        told.values |= {f"{obj}.{k}": v for k, v in _values(connection, obj, number)}
    rejects = (
        "SELECT 'line ' || line || ': ' || reason FROM (SELECT *, file AS name FROM stage._reject)"
        f" WHERE {here}"
    )
    told.rejected = [row for (row,) in connection.execute(rejects, [name]).fetchall()]
    unknown = connection.execute("SELECT why FROM stage._unknown WHERE name = ?", [name])
    told.unknown = "; ".join(why for (why,) in unknown.fetchall())
    told.findings = {
        code
        for code, rule in RULES.items()
        for place, _ in connection.execute(rule["sql"]).fetchall()
        if name in place
    }
    return told


def _values(
    connection: duckdb.DuckDBPyConnection, obj: str, number: int
) -> Iterator[tuple[str, list[str | None]]]:
    done = connection.execute(f"SELECT * FROM stage.{obj} WHERE _file = {number} ORDER BY rowid")
    names = [column[0] for column in done.description]
    rows = done.fetchall()
    for place, name in enumerate(names):
        yield name, [row[place] for row in rows]


def test_every_file_has_an_expectation_and_every_expectation_a_file() -> None:
    assert {path.name for path in HOSTILE.iterdir()} == {*GROUPS, *ELSEWHERE}
    for group in GROUPS:
        assert {path.name for path in _files(group)} == set(_expected(group)), group


@pytest.mark.parametrize(("group", "name"), CASES)
def test_a_hostile_file_is_read_as_expected(
    told: dict[tuple[str, str], Told], group: str, name: str
) -> None:
    expected, found = _expected(group)[name], told[group, name]
    rows = {expected["object"]: expected["rows"]} if "object" in expected else {}
    rows |= expected.get("also", {})
    assert found.rows == rows
    assert found.rejected == expected.get("rejected", [])
    assert found.unknown == expected.get("unknown", "")
    assert found.findings == set(expected.get("findings", []))
    assert found.questions == set(expected.get("questions", []))
    for column, values in expected.get("values", {}).items():
        cells = [cell or "" for cell in found.values[f"{expected['object']}.{column}"]]
        assert cells == values, column


@pytest.mark.parametrize(("group", "name"), [c for c in CASES if "object" in _expected(c[0])[c[1]]])
def test_another_reader_counts_as_many_rows_as_were_staged_and_rejected(
    told: dict[tuple[str, str], Told], group: str, name: str
) -> None:
    expected = _expected(group)[name]
    counted = _counted(HOSTILE / group / name, expected)
    assert counted == sum(told[group, name].counted.values())


def _counted(path: Path, how: dict[str, Any]) -> int:
    """Return the number of rows below the headers of a file."""
    csv.field_size_limit(sys.maxsize)
    encoding, above = how.get("encoding", "utf-8-sig"), how.get("above", 0) + 1
    if "sheets" in how:
        book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()), data_only=True)
        return sum(_rows_of_sheet(book[sheet]) - above for sheet in how["sheets"])
    if "records" in how:
        return len(re.findall(how["records"], path.read_text(encoding)))
    if how.get("counted_by") == "lines":
        return sum(1 for line in path.read_text(encoding).splitlines() if line) - above
    with path.open(encoding=encoding, errors="replace", newline="") as stream:
        rows = csv.reader(stream, delimiter=how.get("delimiter", ","))
        return sum(1 for row in rows if row) - above


def _rows_of_sheet(sheet: Any) -> int:
    rows = sheet.iter_rows(values_only=True)
    return sum(1 for row in rows if any(cell is not None for cell in row))
