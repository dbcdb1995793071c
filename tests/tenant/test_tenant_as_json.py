"""The JSON shapes of a tenant say what its CSV files say, row for row."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest

from crossdock.connectors.base import SourceObject
from crossdock.connectors.octopuspro import OctopusPro
from crossdock.connectors.octopuspro.tenant import as_json, files, write_tenant
from crossdock.connectors.octopuspro.tenant.write import Shape
from crossdock.intake.intake import read_export
from crossdock.project import Project, configure

CUSTOMERS = 60


def typed(folder: Path, shape: Shape, mess: int = 0) -> Path:
    """Write a tenant in a shape, read it, and keep its typed rows in a database of their own."""
    export = write_tenant(
        folder / shape / "export", customers=CUSTOMERS, seed=4, shape=shape, mess=mess, media=True
    )
    project = Project.create(folder / shape / "project", export.path)
    kept = folder / shape / "rows.duckdb"
    with duckdb.connect(folder / shape / "store.duckdb") as connection:
        configure(connection)
        read_export(project, OctopusPro(), connection)
        connection.execute(f"ATTACH '{kept}' AS kept")
        for obj in OctopusPro().objects():
            connection.execute(f"CREATE TABLE kept.{obj.name} AS {_query(connection, obj)}")
        rejected = connection.execute("SELECT count(*) FROM stage._reject").fetchone()
        assert rejected == (0,)
    return kept


def _query(connection: duckdb.DuckDBPyConnection, obj: SourceObject) -> str:
    """Return the query of an object's rows: known columns, and the tenant's own that hold a value.

    Own columns are put in the order of their names: no shape promises another.
    """
    described = connection.execute(f"DESCRIBE src.{obj.name}").fetchall()
    known = [column.name for column in obj.columns]
    own = sorted(name for name, *_ in described if not name.startswith("_") and name not in known)
    filled = [
        name
        for name in own
        if connection.execute(f'SELECT count("{name}") FROM src.{obj.name}').fetchone() != (0,)
    ]
    columns = ", ".join(f'"{name}"' for name in (*known, *filled))
    return f"SELECT {columns} FROM src.{obj.name}"


def differences(one: Path, other: Path) -> dict[str, tuple[int, int]]:
    """Return how many rows of each object stand in only one of two databases."""
    found = {}
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{one}' AS one; ATTACH '{other}' AS other")
        for obj in OctopusPro().objects():
            here, there = f"FROM one.{obj.name}", f"FROM other.{obj.name}"
            counts = [
                connection.execute(f"SELECT count(*) FROM ({a} EXCEPT ALL {b})").fetchall()[0][0]
                for a, b in ((here, there), (there, here))
            ]
            if any(counts):
                found[obj.name] = (counts[0], counts[1])
    return found


@pytest.fixture(scope="module")
def csv_rows(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return typed(tmp_path_factory.mktemp("clean"), "csv")


@pytest.mark.parametrize("shape", [pytest.param("json", marks=pytest.mark.slow), "ndjson"])
def test_every_row_is_the_same_in_every_shape(tmp_path: Path, csv_rows: Path, shape: Shape) -> None:
    assert differences(csv_rows, typed(tmp_path, shape)) == {}


@pytest.mark.slow
@pytest.mark.parametrize("mess", [1, 2])
def test_rows_in_a_mess_are_the_same_in_every_shape(tmp_path: Path, mess: int) -> None:
    assert differences(typed(tmp_path, "csv", mess), typed(tmp_path, "json", mess)) == {}


def test_a_row_without_its_record_stands_in_a_list_beside(tmp_path: Path) -> None:
    made = write_tenant(tmp_path / "made", customers=400, seed=5, shape="json", mess=1)
    document = json.loads((made.path / "export.json").read_text(encoding="utf-8"))
    numbers = {job["numbers"]["booking"] for job in document["jobs"]}
    assert document["discussions"]
    assert numbers.isdisjoint(row["record_number"] for row in document["discussions"])


def test_each_line_of_the_lines_is_one_record(tmp_path: Path) -> None:
    made = write_tenant(tmp_path / "made", customers=10, seed=1, shape="ndjson")
    for name, count in made.files.items():
        lines = (made.path / name).read_text(encoding="utf-8").splitlines()
        assert len(lines) == count
        assert all(isinstance(json.loads(line), dict) for line in lines)
    assert {"customers.ndjson", "jobs.ndjson", "invoices.ndjson"} <= set(made.files)
    assert (made.path / "manifest.json").is_file()


def test_every_file_is_nested_or_flat() -> None:
    records = {"customers", "inquiries", "quotes", "bookings", "invoices", "payments"}
    assert {*as_json.FLAT, *as_json.NESTED_ROWS, *records} == set(files.ALL)
