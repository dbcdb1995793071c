"""Random tables in random dialects are read back as they were written, or refused with a code."""

from __future__ import annotations

import csv
import io
import random
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crossdock.connectors.base import SourceObject
from crossdock.connectors.octopuspro.catalogue import objects
from crossdock.errors import CrossdockError
from crossdock.intake import located, staging
from crossdock.intake.tables.tables import tables
from crossdock.project import configure
from tests.integration.exports import Some, project_of, read, store

OBJECTS = {o.name: o for o in objects() if o.name in ("payment", "customer", "booking", "refund")}
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32")
#: What a cell may hold: anything that a keyboard, a phone or a broken program writes.
LETTERS = st.characters(exclude_categories=("Cs",), exclude_characters="\0\ufeff")
CELLS = st.one_of(
    st.text(LETTERS, max_size=12),
    st.text(st.sampled_from(" \"',;|\t\n=+-@abé"), max_size=8),
    st.sampled_from(["", "", "13/02/2025", "1,234.50", "a\r\nb", '5" pipe', "Ja\0ne", "N/A"]),
)
quick = settings(
    max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)
much = settings(max_examples=1000, deadline=None, suppress_health_check=list(HealthCheck))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table before it is written: the names of its columns, and its rows."""

    object: SourceObject
    names: list[str]
    rows: list[list[str]]


@dataclass(frozen=True, slots=True)
class Style:
    """How a table is written."""

    delimiter: str = ","
    quoting: int = csv.QUOTE_MINIMAL
    end: str = "\n"
    encoding: str = "utf-8"
    titles: tuple[str, ...] = ()
    blank_every: int = 0
    total: bool = False
    last_end: bool = True
    seed: int = 0


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    """Return a table of an object, some of its columns left out, in any order."""
    obj = draw(st.sampled_from(list(OBJECTS.values())))
    first = [c.name for c in obj.columns[:1]]
    names = [c.name for c in obj.columns[1:]]
    kept = draw(st.integers(len(names) * 3 // 4, len(names)))
    chosen = draw(st.permutations(names))[:kept]
    rows = draw(st.lists(st.lists(CELLS, min_size=kept, max_size=kept), max_size=8))
    return Sheet(obj, first + chosen, [[f"K{n}", *row] for n, row in enumerate(rows)])


styles = st.builds(
    Style,
    delimiter=st.sampled_from(",;\t|"),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    end=st.sampled_from(["\n", "\r\n"]),
    encoding=st.sampled_from(ENCODINGS),
    titles=st.lists(
        st.sampled_from(["Payments - Bright Clean", "", 'Filter: "all"', "Printed, by Alex; ok"]),
        max_size=3,
    ).map(tuple),
    blank_every=st.integers(0, 3),
    total=st.booleans(),
    last_end=st.booleans(),
    seed=st.integers(0, 99),
)


def written(sheet: Sheet, style: Style) -> tuple[str, list[int]]:
    """Return the text of a file, and the line on which each row begins."""
    out = io.StringIO(newline="")
    out.writelines(title + style.end for title in style.titles)
    # Python's writer leaves a lone return without quotes, where it would end the row.
    returns = any("\r" in cell for row in sheet.rows for cell in row)
    quoting = csv.QUOTE_ALL if returns else style.quoting
    writer = csv.writer(out, delimiter=style.delimiter, quoting=quoting, lineterminator=style.end)
    writer.writerow(_spelt(sheet, random.Random(style.seed)))
    lines = []
    for number, row in enumerate(sheet.rows):
        if style.blank_every and number % style.blank_every == 0:
            out.write(style.end)
        lines.append(out.getvalue().count("\n") + 1)
        writer.writerow(row)
    if style.total:
        writer.writerow(["Total", *[""] * (len(sheet.names) - 2), "12.00"])
    text = out.getvalue()
    return (text if style.last_end else text.removesuffix(style.end)), lines


def _spelt(sheet: Sheet, chance: random.Random) -> list[str]:
    headers = {column.name: column.header for column in sheet.object.columns}
    ways = (str, str.upper, str.lower, lambda h: f"*{h}", lambda h: h.replace(" ", "_"))
    return [chance.choice(ways)(headers[name]) for name in sheet.names]


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        configure(connection)
        yield connection


@dataclass(frozen=True, slots=True)
class Staged:
    """What came of one file: its rows, the line of each, and the lines that were rejected."""

    rows: list[tuple[str | None, ...]]
    lines: list[int]
    rejected: list[int]


def stage(
    connection: duckdb.DuckDBPyConnection, content: bytes, sheet: Sheet, **answers: str
) -> Staged:
    name = sheet.object.name
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "e").mkdir()
        (Path(folder) / "e" / "list.csv").write_bytes(content)
        source = Some(name)
        layout = tables(Path(folder) / "e", Path(folder) / "work", source, answers)
        staging.stage(connection, source.objects(), layout, lambda _: None)
    columns = ", ".join(f'"{column}"' for column in sheet.names)
    rows = connection.execute(f"SELECT {columns} FROM stage.{name} ORDER BY rowid").fetchall()
    lines = connection.execute(
        f"SELECT line_from + s.rowid - row_from FROM stage.{name} s ASOF JOIN stage._run"
        " ON s.rowid >= row_from ORDER BY s.rowid"
    ).fetchall()
    rejected = connection.execute("SELECT line FROM stage._reject ORDER BY line").fetchall()
    counted = connection.execute("SELECT sum(rows + rejected) FROM stage._file").fetchone()
    assert counted == (len(rows) + len(rejected),)
    return Staged(rows, [line for (line,) in lines], [line for (line,) in rejected])


def _is_read_back(connection: duckdb.DuckDBPyConnection, sheet: Sheet, style: Style) -> None:
    text, lines = written(sheet, style)
    found = stage(connection, text.encode(style.encoding), sheet)
    read_back = [[cell or "" for cell in row] for row in found.rows]
    assert _different(read_back, sheet.rows) == []
    assert len(found.rejected) == style.total
    if "\r" not in text.replace("\r\n", ""):
        assert found.lines == lines


def _different(read_back: list[list[str]], rows: list[list[str]]) -> list[tuple[object, object]]:
    """Return the cells that differ; rows when there is another number of them."""
    if len(read_back) != len(rows):
        return [(read_back, rows)]
    pairs = zip(chain(*read_back), chain(*rows), strict=True)
    return [(found, cell) for found, cell in pairs if found != cell]


@given(sheet=sheets(), style=styles)
@quick
def test_a_table_in_any_dialect_is_read_back_cell_by_cell_and_line_by_line(
    connection: duckdb.DuckDBPyConnection, sheet: Sheet, style: Style
) -> None:
    _is_read_back(connection, sheet, style)


@pytest.mark.slow
@given(sheet=sheets(), style=styles)
@much
def test_many_tables_in_any_dialect_are_read_back(
    connection: duckdb.DuckDBPyConnection, sheet: Sheet, style: Style
) -> None:
    _is_read_back(connection, sheet, style)


@given(
    sheet=sheets(),
    style=styles,
    damage=st.lists(st.tuples(st.integers(0, 4), st.floats(0, 1)), min_size=1, max_size=4),
)
@quick
def test_a_damaged_file_is_accounted_for_or_refused_with_a_code(
    connection: duckdb.DuckDBPyConnection,
    sheet: Sheet,
    style: Style,
    damage: list[tuple[int, float]],
) -> None:
    _is_accounted_for(connection, sheet, style, damage)


@pytest.mark.slow
@given(
    sheet=sheets(),
    style=styles,
    damage=st.lists(st.tuples(st.integers(0, 4), st.floats(0, 1)), min_size=1, max_size=4),
)
@much
def test_many_damaged_files_are_accounted_for(
    connection: duckdb.DuckDBPyConnection,
    sheet: Sheet,
    style: Style,
    damage: list[tuple[int, float]],
) -> None:
    _is_accounted_for(connection, sheet, style, damage)


def _is_accounted_for(
    connection: duckdb.DuckDBPyConnection,
    sheet: Sheet,
    style: Style,
    damage: list[tuple[int, float]],
) -> None:
    content = written(sheet, style)[0].encode(style.encoding)
    for kind, where in damage:
        content = _damaged(content, kind, int(where * len(content)))
    try:
        found = stage(connection, content, sheet)
    except CrossdockError as error:
        assert error.code != "E000"
        return
    lines = sorted([*found.lines, *found.rejected])
    assert len(set(lines)) == len(lines)


def _damaged(content: bytes, kind: int, place: int) -> bytes:
    """Drop a byte, put in a quote, a break or a byte that is no letter, or cut the file."""
    before, after = content[:place], content[place:]
    return (before + after[1:], before + b'"' + after, before + b"\n" + after,
            before + b"\xff" + after, before)[kind]  # fmt: skip


@given(sheet=sheets(), style=styles, other=styles)
@settings(quick, max_examples=8)
def test_the_same_content_has_the_same_digest_in_every_dialect(
    sheet: Sheet, style: Style, other: Style
) -> None:
    assert _digest(sheet, style) == _digest(sheet, other)


@pytest.mark.slow
@given(sheet=sheets(), style=styles, other=styles)
@settings(much, max_examples=200)
def test_much_of_the_same_content_has_the_same_digests(
    sheet: Sheet, style: Style, other: Style
) -> None:
    assert _digest(sheet, style) == _digest(sheet, other)


def _digest(sheet: Sheet, style: Style) -> dict[str, tuple[int, str]]:
    with tempfile.TemporaryDirectory() as folder, store() as connection:
        export = Path(folder) / "export"
        export.mkdir()
        (export / "list.csv").write_bytes(written(sheet, style)[0].encode(style.encoding))
        read(project_of(Path(folder), export), connection, sheet.object.name)
        return located.contents(connection)
