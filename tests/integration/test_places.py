"""Every column of an export has a place at the destination, or a reason why it has none."""

from __future__ import annotations

import csv
import datetime as dt
import re
import tomllib
from collections.abc import Iterator
from importlib import resources

import pytest

from crossdock.connectors.base import SourceColumn, SourceObject
from crossdock.connectors.octopuspro.catalogue import objects
from crossdock.mapping import document
from crossdock.model.fields import FieldType
from crossdock.routes.octopuspro_freshsales import ROUTE
from tests.integration.exports import MOVED, export_of, shaped

PLACES = ROUTE.places()
FOLDER = resources.files(ROUTE.package)
SQL = "\n".join(
    file.read_text("utf-8")
    for file in FOLDER.joinpath("sql").iterdir()
    if file.name.endswith(".sql")
)
USED = SQL + ROUTE.default_mapping()
LINES = {
    (entity, line["to"])
    for entity, block in tomllib.loads(ROUTE.default_mapping()).items()
    if isinstance(block, dict)
    for line in block.get("lines", ())
}
COLUMNS = [(obj, column) for obj in objects() for column in obj.columns]
#: How a place begins that holds content, so that the content must be found at the destination.
HOLDING = re.compile(r"in the |deal: |\w+\.")
#: What links and steers the rows of the export in which every column is filled.
LINKS = {
    "customer_id": "7",
    "booking_number": "BOK-1",
    "booking_numbers": "BOK-1",
    "quote_number": "EST-1",
    "invoice_number": "INV-1",
    "payment_id": "5",
    "record_number": "BOK-1",
    "ref": "BOK-1",
    "line_id": "3",
    "deleted": "No",
    "converted_to": "",
}
#: The path of a file is used to open it, which this export has not.
UNSEEN = (FieldType.CHECKBOX,)


def _id(value: SourceObject | SourceColumn) -> str:
    return value.name


def test_every_object_and_every_column_has_a_place() -> None:
    assert {name: set(place.columns) for name, place in PLACES.items()} == {
        obj.name: {column.name for column in obj.columns} for obj in objects()
    }


def test_what_an_object_becomes_are_phases_of_the_route() -> None:
    phases = {phase.entity for phase in ROUTE.phases}
    assert {entity for place in PLACES.values() for entity in place.becomes} <= phases
    assert all(PLACES[obj.name].becomes for obj in objects() if not obj.settings)


def test_a_place_that_is_a_field_is_one_of_the_default_mapping() -> None:
    fields = {
        tuple(re.sub(r" of a (second|third) contact$", "", place).split(".", 1))
        for entry in PLACES.values()
        for place in entry.columns.values()
        if re.match(r"[a-z_]+\.", place)
    }
    assert fields <= LINES


def test_every_place_is_of_a_kind_that_the_file_explains() -> None:
    kinds = r"[a-z_]+\.\S|[a-z]+: |in the |finds |decides |a setting, in the inventory$|nowhere: \w"
    said = [p for entry in PLACES.values() for p in (entry.own, *entry.columns.values())]
    assert [place for place in said if not re.match(kinds, place)] == []


@pytest.mark.parametrize(("obj", "column"), [x for x in COLUMNS if x[0].name in MOVED], ids=_id)
def test_a_column_that_is_used_is_named_in_the_sql(obj: SourceObject, column: SourceColumn) -> None:
    place = PLACES[obj.name].columns[column.name]
    if not place.startswith("nowhere"):
        assert re.search(rf"\b{column.name}\b", USED), f"{obj.name}.{column.name}: {place}"


# --- every column filled, every value looked for ----------------------------------------------


def _value(obj: SourceObject, column: SourceColumn, number: int) -> str:
    """Return a value of a column's type that no other column has."""
    match column.type:
        case FieldType.NUMBER:
            return str(3000 + number)
        case FieldType.MONEY:
            return f"{7000 + number}.25"
        case FieldType.DATE:
            return f"{dt.date(2019, 1, 1) + dt.timedelta(number):%d/%m/%Y}"
        case FieldType.DATETIME:
            return f"{dt.date(2019, 1, 1) + dt.timedelta(number):%d/%m/%Y} 10:{number % 60:02}"
        case FieldType.TIME:
            return f"{number % 24:02}:{number % 60:02}"
        case FieldType.CHECKBOX:
            return "Yes"
        case FieldType.EMAIL:
            return f"{obj.name}.{column.name}@example.com"
        case FieldType.PHONE:
            return f"+61 491 57{number:04}"
        case _:
            return f"{obj.name} {column.name} {number}"


def _sought(column: SourceColumn, value: str) -> str:
    """Return a value as the destination's texts write it."""
    if column.type in (FieldType.DATE, FieldType.DATETIME):
        day, month, rest = value.split("/")
        return f"{rest[:4]}-{month}-{day}"
    if column.type is FieldType.PHONE:
        return value.replace(" ", "")
    return value.casefold()


@pytest.fixture(scope="module")
def filled() -> dict[tuple[str, str], str]:
    """The value of each column of each object that moves."""
    columns = [x for x in COLUMNS if not x[0].settings]
    return {
        (obj.name, column.name): LINKS.get(column.name, _value(obj, column, number))
        for number, (obj, column) in enumerate(columns)
    }


@pytest.fixture(scope="module")
def arrived(
    filled: dict[tuple[str, str], str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Everything that the destination would get of an export with all columns filled."""
    folder = tmp_path_factory.mktemp("filled")
    export = export_of(folder)
    for file in export.glob("*.csv"):
        file.unlink()
    for obj in objects():
        if obj.settings:
            continue
        with (export / f"{obj.name}.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow([column.header for column in obj.columns])
            writer.writerow([filled[obj.name, column.name] for column in obj.columns])
    lines = document.parse(ROUTE.default_mapping()).lines
    tables = {phase.entity: phase.table for phase in ROUTE.phases}
    with shaped(export) as route:
        staged = set(route.column("SELECT object FROM stage._file"))
        assert staged >= {obj.name for obj in objects() if not obj.settings}
        columns = {(tables[line.entity], column) for line in lines for column in line.columns}
        answers = route.column(
            "SELECT name FROM (DESCRIBE route.deal) t(name) WHERE name LIKE 'answer%'"
        )
        columns |= {("route.deal", name) for name in answers}
        values = [
            str(value)
            for table, column in sorted(columns)
            for value in route.column(f'SELECT "{column}" FROM {table}')
        ]
        text = "\n".join(values).casefold()
        yield text + "\n" + text.replace(",", "") + "\n" + re.sub(r"(?<=\d) (?=\d)", "", text)


@pytest.mark.parametrize(("obj", "column"), [x for x in COLUMNS if x[0].name in MOVED], ids=_id)
def test_what_stands_in_a_column_arrives(
    obj: SourceObject, column: SourceColumn, filled: dict[tuple[str, str], str], arrived: str
) -> None:
    place = PLACES[obj.name].columns[column.name]
    if HOLDING.match(place) and column.type not in UNSEEN and column.name != "file_path":
        assert _sought(column, filled[obj.name, column.name]) in arrived, place
