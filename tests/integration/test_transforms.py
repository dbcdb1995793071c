"""Every named transform makes of its examples what the reference says it makes."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from decimal import Decimal
from importlib import resources

import duckdb
import pytest

from crossdock.errors import MappingInvalidError
from crossdock.intake.formats import phones
from crossdock.mapping import transforms
from crossdock.mapping.document import Line
from crossdock.mapping.transforms import Example, Transform
from crossdock.mapping.transforms.transform import kind_of
from crossdock.project import configure
from crossdock.routes.octopuspro_freshsales import ROUTE

EXAMPLES = [(each, example) for each in transforms.TRANSFORMS for example in each.examples]
#: The types of columns that values of examples stand in.
TYPES = {
    str: "VARCHAR",
    bool: "BOOLEAN",
    int: "BIGINT",
    Decimal: "DECIMAL(18, 3)",
    dt.date: "DATE",
    dt.datetime: "TIMESTAMP",
    list: "VARCHAR[]",
}


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    """What the route and the destination give to transforms, for a business in Sydney."""
    with duckdb.connect() as opened:
        configure(opened)
        macros = resources.files(ROUTE.package).joinpath("sql", "00_macros.sql")
        opened.execute(macros.read_text("utf-8"))
        phones.create_macros(opened, "AU")
        opened.execute("SET VARIABLE time_zone = 'Australia/Sydney'")
        opened.execute("SET VARIABLE currency = 'AUD'")
        opened.execute("SET VARIABLE date_order_booking = 'day-first'")
        opened.execute("SET VARIABLE date_order_customer = 'month-first'")
        opened.execute("CREATE SCHEMA dest")
        opened.execute(
            "CREATE TABLE dest.user AS SELECT 'ann@example.com' AS email, '5' AS id, true AS active"
        )
        opened.execute(
            "CREATE TABLE choices AS SELECT 'Web' AS _value, 7 AS _id, 'Open' AS _forecast"
        )
        yield opened


def line_of(by: str, columns: Sequence[str] = ("c",), source: str = "job") -> Line:
    return Line("deal", tuple(f"{source}.{column}" for column in columns), "custom:Mine", by)


def made(
    connection: duckdb.DuckDBPyConnection,
    by: str,
    given: Sequence[object],
    kinds: Sequence[str] = (),
    source: str = "job",
) -> object:
    """Return what a transform makes of one row whose columns are c, d, e."""
    columns = "cde"[: len(given)]
    types = kinds or [TYPES.get(type(value), "VARCHAR") for value in given]
    row = ", ".join(
        f"CAST(? AS {kind}) AS {name}" for name, kind in zip(columns, types, strict=True)
    )
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE one AS SELECT 'KEY-1' AS source_key, {row}", list(given)
    )
    line = line_of(by, columns, source)
    transforms.check(connection, "one", line)
    found = connection.execute(
        f"SELECT {transforms.expression(line)} FROM one r"
        " LEFT JOIN choices map_lead_source ON map_lead_source._value = CAST(r.c AS VARCHAR)"
    ).fetchone()
    assert found is not None
    return found[0]


@pytest.mark.parametrize(
    ("transform", "example"), EXAMPLES, ids=lambda value: getattr(value, "title", None)
)
def test_an_example_of_the_reference_is_true(
    connection: duckdb.DuckDBPyConnection, transform: Transform, example: Example
) -> None:
    by = f"{transform.name}:{example.argument}" if transform.argument else transform.name
    given = [value if value is not None else None for value in example.given]
    kinds = ["BOOLEAN"] if by == "yes_no" else ["DECIMAL(18, 3)"] if by == "money" else []
    found = made(connection, by, given, kinds)
    if isinstance(example.made, str) and example.made[0] in "[{":
        assert isinstance(found, str) and json.loads(found) == json.loads(example.made)
    else:
        assert found == example.made


def test_every_transform_has_examples_but_those_that_need_a_stage() -> None:
    without = {each.title for each in transforms.TRANSFORMS if not each.examples}
    assert without == {"closed_date", "open_date"}


def test_no_two_transforms_are_written_alike() -> None:
    titles = [each.title for each in transforms.TRANSFORMS]
    assert len(titles) == len(set(titles))


# --- dates ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("03/04/2025", "2025-04-03"),
        ("3-4-25", "2025-04-03"),
        ("03.04.2025 14:30", "2025-04-03"),
        ("03/04/2025, 9:05:10 am", "2025-04-03"),
        ("Apr 3, 2025", "2025-04-03"),
        ("Thu, 3 April 2025 at 9:05 PM", "2025-04-03"),
        ("3-Apr-25", "2025-04-03"),
        ("2025-04-03T09:05:10.123", "2025-04-03"),
        ("2025.04.03", "2025-04-03"),
        ("2025-04-03T09:05:10+10:00", "2025-04-03"),
        ("04/27/2025", None),
        ("31/02/2025", None),
        ("2025-02-30", None),
        ("3 rooms", None),
        ("10.12", None),
        ("1/2/2025 or 3/2/2025", None),
        ("may 2025", None),
    ],
)
def test_a_date_is_read_in_every_spelling_and_nothing_else_is_taken_for_one(
    connection: duckdb.DuckDBPyConnection, text: str, day: str | None
) -> None:
    assert made(connection, "date", [text], source="booking") == day


def test_the_month_comes_first_where_the_intake_decided_so(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    assert made(connection, "date", ["03/04/2025"], source="customer") == "2025-03-04"


def test_a_date_that_can_be_two_days_is_refused_with_both_ways_to_say_which(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    with pytest.raises(MappingInvalidError) as raised:
        made(connection, "date", ["03/04/2025"])
    assert str(raised.value).startswith(
        "[E123] In mapping.toml, deal.custom:Mine: 1 value such as 03/04/2025 can be two different "
        "days, and nothing in the export says whether the day or the month comes first; write "
        'by = "date:day-first" or by = "date:month-first".'
    )


@pytest.mark.parametrize(
    ("text", "day"),
    [("27/03/2025", "2025-03-27"), ("03/27/2025", "2025-03-27"), ("4/4/2025", "2025-04-04")],
)
def test_a_date_that_can_be_one_day_only_needs_no_order(
    connection: duckdb.DuckDBPyConnection, text: str, day: str
) -> None:
    assert made(connection, "date", [text]) == day


# --- numbers and texts ----------------------------------------------------------------------


@pytest.mark.parametrize("text", ["3 rooms", "1,25", "2-4", "12.5.1", "A1", "-", ".", "1 2"])
def test_no_digit_is_picked_out_of_what_is_no_number(
    connection: duckdb.DuckDBPyConnection, text: str
) -> None:
    assert made(connection, "number", [text]) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [("1,250", "1250"), ("A$ 3.5", "3.5"), ("-$4", "-4"), (".5", "0.5"), ("15%", "15")],
)
def test_a_number_is_read_with_its_signs(
    connection: duckdb.DuckDBPyConnection, text: str, number: str
) -> None:
    assert made(connection, "number", [text]) == Decimal(number)


@pytest.mark.parametrize(
    ("by", "given", "message"),
    [
        ("money", ["12"], "job.c holds text, and money takes numbers"),
        ("utc", ["2025-03-27 09:05"], "job.c holds text, and utc takes moments"),
        ("text", [["a"]], "job.c holds a list, and text takes text or numbers"),
        ("join", ["a"], "join takes 2 columns or more, and from names 1"),
        ("text", ["a", "b"], "text takes one column, and from names 2"),
        ("uper", ["a"], "there is no transform uper (is it upper?)"),
        ("prefix:", ["a"], "by = 'prefix:' lacks what stands after the colon"),
        ("upper:x", ["a"], "there is no transform upper:x (is it upper?)"),
    ],
)
def test_a_transform_that_cannot_take_its_columns_is_refused(
    connection: duckdb.DuckDBPyConnection, by: str, given: list[object], message: str
) -> None:
    with pytest.raises(MappingInvalidError) as raised:
        made(connection, by, given)
    assert f"In mapping.toml, deal.custom:Mine: {message}" in str(raised.value)


def test_a_column_that_is_not_there_is_refused_with_the_one_probably_meant(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE one AS SELECT 'K' AS source_key, 'x' AS suburb"
    )
    with pytest.raises(MappingInvalidError, match=r"job\.subrub is not there \(is it suburb\?\)"):
        transforms.check(connection, "one", line_of("text", ["subrub"]))


@pytest.mark.parametrize(
    ("type_name", "kind"),
    [
        ("VARCHAR", "text"),
        ("DECIMAL(18,2)", "numbers"),
        ("UHUGEINT", "numbers"),
        ("TIMESTAMP WITH TIME ZONE", "moments"),
        ("VARCHAR[]", "a list"),
        ("STRUCT(a INTEGER)", "something else"),
        ("INTERVAL", "something else"),
    ],
)
def test_the_kind_of_a_column_follows_from_its_type(type_name: str, kind: str) -> None:
    assert kind_of(type_name) == kind
