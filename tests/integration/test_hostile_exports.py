"""Whole exports that are odd: a file twice, lists in parts, photos, very much of anything."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from crossdock.intake import staging
from crossdock.intake.tables.layout import Layout
from crossdock.intake.tables.tables import tables
from tests.integration.exports import Some, store

HEADER = "Payment ID,Invoice Number,Received Date,Amount,Payment Type,Reference,Note"


def _row(number: int, note: str = "") -> str:
    return f"{number},INV-{number},13/02/2025,10.00,Cash,,{note}"


def _csv(*rows: str, header: str = HEADER) -> str:
    return "\n".join([header, *rows]) + "\n"


@contextmanager
def staged(
    folder: Path, files: Mapping[str, str | bytes], *names: str
) -> Iterator[tuple[duckdb.DuckDBPyConnection, Layout]]:
    """Write the files of an export and stage it."""
    for name, content in files.items():
        path = folder / "export" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    source = Some(*(names or ("payment",)))
    with store() as connection:
        layout = tables(folder / "export", folder / "work", source, {})
        staging.stage(connection, source.objects(), layout, lambda _: None)
        yield connection, layout


def _files(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, int, int]]:
    query = "SELECT name, rows, rejected FROM stage._file ORDER BY name"
    return connection.execute(query).fetchall()


def _column(connection: duckdb.DuckDBPyConnection, query: str) -> Sequence[object]:
    return [row[0] for row in connection.execute(query).fetchall()]


def test_one_list_in_three_files_is_staged_in_their_order(tmp_path: Path) -> None:
    files = {f"payments_{n}.csv": _csv(_row(n), _row(n + 10)) for n in (1, 2, 3)}
    with staged(tmp_path, files) as (connection, _):
        assert _files(connection) == [(name, 2, 0) for name in files]
        found = _column(connection, "SELECT payment_id FROM stage.payment ORDER BY rowid")
        assert found == ["1", "11", "2", "12", "3", "13"]


def test_two_files_of_one_list_may_have_different_columns_in_different_dialects(
    tmp_path: Path,
) -> None:
    other = (
        "Amount;Moon Phase;Payment ID;Received Date;Invoice Number\n5,00;full;2;14/02/2025;INV-2\n"
    )
    files = {"a.csv": _csv(_row(1, "x")), "b.csv": other}
    with staged(tmp_path, files) as (connection, _):
        query = "SELECT payment_id, amount, note, own_moon_phase FROM stage.payment ORDER BY rowid"
        assert connection.execute(query).fetchall() == [
            ("1", "10.00", "x", None),
            ("2", "5,00", None, "full"),
        ]


def test_the_same_file_under_two_names_is_staged_twice_and_each_row_knows_its_file(
    tmp_path: Path,
) -> None:
    files = {"payments.csv": _csv(_row(1)), "payments (1).csv": _csv(_row(1))}
    with staged(tmp_path, files) as (connection, layout):
        assert _files(connection) == [("payments (1).csv", 1, 0), ("payments.csv", 1, 0)]
        assert len(set(layout.digests.values())) == 1
        assert len(set(_column(connection, "SELECT _file FROM stage.payment"))) == 2


def test_files_of_one_name_in_two_folders_are_told_apart_by_their_paths(tmp_path: Path) -> None:
    files = {"2024/payments.csv": _csv(_row(1)), "2025/payments.csv": _csv(_row(2))}
    with staged(tmp_path, files) as (connection, _):
        assert _files(connection) == [("2024/payments.csv", 1, 0), ("2025/payments.csv", 1, 0)]


def test_damaged_files_of_one_name_in_two_folders_do_not_mix(tmp_path: Path) -> None:
    mixed = HEADER + "\r\n" + _row(1, '"open') + "\n" + _row(2) + "\r\n"
    files = {"a/payments.csv": mixed, "b/payments.csv": mixed.replace("INV-2", "INV-3")}
    with staged(tmp_path, files) as (connection, _):
        assert _files(connection) == [("a/payments.csv", 1, 1), ("b/payments.csv", 1, 1)]
        found = _column(connection, "SELECT invoice_number FROM stage.payment ORDER BY rowid")
        assert found == ["INV-2", "INV-3"]


def test_photos_lie_in_folders_of_record_numbers_whatever_their_names(tmp_path: Path) -> None:
    odd = ["before & after.jpg", "фото.jpg", "=cmd.jpg", "a'b\"c.png", "no ending", "photo.csv"]
    files: dict[str, str | bytes] = {f"media/BOK-1/{name}": b"\xff\xd8\xff" for name in odd}
    files["files/inv-2/scan.pdf"] = b"%PDF-1.7"
    with staged(tmp_path, {"payments.csv": _csv(_row(1)), **files}) as (connection, layout):
        assert [name for name, _, _ in _files(connection)] == ["payments.csv"]
        places = {place for _, place in layout.media}
        assert places == {*(f"files/BOK-1/{name}" for name in odd), "files/inv-2/scan.pdf"}


def test_a_folder_called_files_that_holds_lists_is_read(tmp_path: Path) -> None:
    files = {"files/payments.csv": _csv(_row(1)), "files/notes.txt": "call back\n"}
    with staged(tmp_path, files) as (connection, layout):
        assert _files(connection) == [("payments.csv", 1, 0)]
        assert [place for _, place in layout.media] == ["files/notes.txt"]


def test_a_path_of_250_characters_is_read(tmp_path: Path) -> None:
    folder = "/".join("abcdefghi" for _ in range(20))
    name = f"{folder}/{'p' * 46}.csv"
    assert len(name) == 250
    with staged(tmp_path, {name: _csv(_row(1))}) as (connection, _):
        assert _files(connection) == [(name.rpartition("/")[2], 1, 0)]


def test_ten_thousand_small_files_are_each_accounted_for(tmp_path: Path) -> None:
    folder = tmp_path / "export" / "notes"
    folder.mkdir(parents=True)
    for number in range(10_000):
        (folder / f"{number}.txt").write_bytes(b"call back\n")
    with staged(tmp_path, {"payments.csv": _csv(_row(1))}) as (connection, layout):
        assert _files(connection) == [("payments.csv", 1, 0)]
        assert len(layout.unknown) == 10_000


def test_a_list_in_a_hundred_parts_is_read(tmp_path: Path) -> None:
    files = {f"part {n:03}.csv": _csv(_row(n)) for n in range(100)}
    with staged(tmp_path, files) as (connection, _):
        found = _column(connection, "SELECT payment_id FROM stage.payment ORDER BY rowid")
        assert found == [str(n) for n in range(100)]


@pytest.mark.parametrize("length", [100_000, 1_900_000])
def test_a_cell_of_very_many_characters_is_kept(tmp_path: Path, length: int) -> None:
    text = "x" * length
    with staged(tmp_path, {"a.csv": _csv(_row(1, text), _row(2))}) as (connection, _):
        assert _column(connection, "SELECT len(note) FROM stage.payment") == [length, None]


@pytest.mark.parametrize("text", ["x" * 3_000_000, '"' + "a line\n" * 500_000 + '"'])
def test_a_row_too_long_to_be_kept_is_rejected_and_those_around_it_are_not(
    tmp_path: Path, text: str
) -> None:
    with staged(tmp_path, {"a.csv": _csv(_row(1), _row(2, text), _row(3))}) as (connection, _):
        assert _files(connection) == [("a.csv", 2, 1)]
        rejected = connection.execute("SELECT line, reason FROM stage._reject").fetchall()
        assert rejected == [(3, "the row is longer than 2 million bytes")]


def test_two_thousand_columns_are_kept(tmp_path: Path) -> None:
    own = [f"CF: Field {n}" for n in range(1993)]
    table = _csv(f"{_row(1)},{','.join('x' for _ in own)}", header=f"{HEADER},{','.join(own)}")
    with staged(tmp_path, {"a.csv": table}) as (connection, _):
        assert _column(connection, "SELECT cf_field_1992 FROM stage.payment") == ["x"]


def test_a_stray_quote_in_a_large_file_costs_one_row(tmp_path: Path) -> None:
    rows = [_row(n, '"call back' if n == 7 else "") for n in range(1, 80_001)]
    with staged(tmp_path, {"a.csv": _csv(*rows)}) as (connection, _):
        assert _files(connection) == [("a.csv", 79_999, 1)]
        assert connection.execute("SELECT line FROM stage._reject").fetchall() == [(8,)]
        last = "SELECT max(line_from + (79998 - row_from)) FROM stage._run WHERE row_from > 0"
        assert connection.execute(last).fetchall() == [(80_001,)]


def test_many_stray_quotes_cost_a_row_each_or_are_accounted_for(tmp_path: Path) -> None:
    rows = [_row(n, '"call back' if n % 10 == 0 else "") for n in range(1, 1001)]
    with staged(tmp_path, {"a.csv": _csv(*rows)}) as (connection, _):
        assert _files(connection) == [("a.csv", 900, 100)]


def test_rows_that_lack_their_last_cells_are_read_in_a_large_file(tmp_path: Path) -> None:
    rows = [_row(n, "x") if n % 5 == 0 else _row(n).rstrip(",") for n in range(1, 50_001)]
    with staged(tmp_path, {"a.csv": _csv(*rows)}) as (connection, _):
        assert _files(connection) == [("a.csv", 50_000, 0)]
        assert _column(connection, "SELECT count FROM stage._noticed") == [40_000]


@pytest.mark.parametrize(
    "files", [[], [{"name": "payments.csv"}], [{"name": "gone.csv", "rows": 5, "sha256": "00"}]]
)
def test_a_manifest_that_says_little_of_its_files_is_read(
    tmp_path: Path, files: list[dict[str, object]]
) -> None:
    manifest = json.dumps({"account_name": "Bright Clean", "currency": "AUD", "files": files})
    both = {"manifest.json": manifest, "payments.csv": _csv(_row(1))}
    with staged(tmp_path, both) as (connection, layout):
        assert _files(connection) == [("payments.csv", 1, 0)]
        assert layout.declared.facts["currency"] == "AUD"
        assert list(layout.declared.files) == [entry["name"] for entry in files]


def test_nothing_is_written_into_the_export(tmp_path: Path) -> None:
    content = (HEADER + "\r\n" + _row(1, '"open') + "\n" + _row(2) + "\r\n").encode("utf-16")
    with staged(tmp_path, {"payments.csv": content}) as (connection, _):
        assert _files(connection) == [("payments.csv", 1, 1)]
    assert [path.name for path in (tmp_path / "export").rglob("*")] == ["payments.csv"]
    assert (tmp_path / "export" / "payments.csv").read_bytes() == content
