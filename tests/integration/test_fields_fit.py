"""Whether every value fits its field is asked of all rows, by the type of the field."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from crossdock.connectors.base import Description
from crossdock.mapping.document import Line, Mapping, NewField
from crossdock.model.fields import Choice, Entity, Field, FieldType
from crossdock.provision.fitting import Fit, fits
from crossdock.routes.base import Phase, Route
from tests.integration.exports import store

ROUTE = Route(
    "small",
    "",
    "octopuspro",
    "freshsales",
    (),
    (Phase("contact", "Contacts", "route.contact", "contact"),),
)


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with store() as made:
        made.execute("CREATE SCHEMA route")
        made.execute("SET VARIABLE date_formats = ['%d/%m/%Y', '%Y-%m-%d']")
        made.execute("CREATE MACRO as_list(t) AS string_split(t, ';')")
        yield made


def fit(
    connection: duckdb.DuckDBPyConnection,
    values: list[str | None],
    kind: str,
    by: str,
    choices: tuple[str, ...] = (),
    there: Field | None = None,
) -> Fit:
    """Return how values, each with the key K1, K2 ..., fit a field."""
    connection.execute("CREATE OR REPLACE TABLE route.contact (source_key VARCHAR, own VARCHAR)")
    connection.executemany(
        "INSERT INTO route.contact VALUES (?, ?)", [[f"K{n}", v] for n, v in enumerate(values, 1)]
    )
    line = Line("contact", ("customer.own",), "custom:Own", by)
    mapping = Mapping("small", {}, [line], [NewField("contact", "Own", kind, choices)])
    entity = Entity("contact", "Contact", [there] if there else [])
    (found,) = fits(connection, ROUTE, mapping, Description("", {"contact": entity}, []))
    return found


@pytest.mark.parametrize(
    ("kind", "by", "good", "bad", "what", "becomes"),
    [
        ("text", "text", "x" * 256, "x" * 257, "longer than 256 characters", "cut"),
        ("long_text", "text", "x" * 10_000, "x" * 10_001, "longer than 10,000 characters", "cut"),
        ("number", "number", "12.5", "about 3", "no number", "left empty"),
        (
            "number",
            "number",
            "99999999999",
            "100000000000",
            "more than 11 digits before the point",
            "refused",
        ),
        ("number", "number", "1.0000", "1.00005", "more than 4 decimals", "rounded"),
        ("number", "number", "1.50000", "1.00005", "more than 4 decimals", "rounded"),
        ("number", "text", "4", "four", "no number", "refused"),
        ("date", "date", "31/12/2024", "soon", "no readable date", "left empty"),
        ("checkbox", "checkbox", "Yes", "sometimes", "neither yes nor no", "left empty"),
    ],
)
def test_a_value_that_does_not_fit_is_found_with_what_becomes_of_it(
    connection: duckdb.DuckDBPyConnection,
    kind: str,
    by: str,
    good: str,
    bad: str,
    what: str,
    becomes: str,
) -> None:
    assert not fit(connection, [good, None, ""], kind, by).unfit
    (unfit,) = fit(connection, [good, bad, None], kind, by).unfit
    assert (unfit.what, unfit.becomes, unfit.count) == (what, becomes, 1)
    assert list(unfit.examples) == ["K2"]


def test_a_choice_that_the_new_field_does_not_have_is_found(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    (unfit,) = fit(connection, ["Red", "red"], "picklist", "choice", ("Red",)).unfit
    assert (unfit.what, unfit.examples) == ("none of its choices", ["K2"])


def test_each_part_of_several_choices_is_looked_at(connection: duckdb.DuckDBPyConnection) -> None:
    values: list[str | None] = ["Red;Blue", "Red;Green"]
    (unfit,) = fit(connection, values, "multi_picklist", "choices", ("Red", "Blue")).unfit
    assert (unfit.what, unfit.count, unfit.examples) == ("none of its choices", 1, ["K2"])


def test_choices_that_a_field_at_the_destination_lacks_are_no_matter_of_fit(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    there = Field("cf_own", "Own", FieldType.PICKLIST, custom=True, choices=[Choice("1", "Red")])
    assert not fit(connection, ["Blue"], "picklist", "choice", ("Blue",), there).unfit


def test_more_than_300_choices_and_a_label_too_long_are_found(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    labels = tuple(f"Choice {n}" for n in range(301))
    assert not fit(connection, list(labels[:300]), "picklist", "choice", labels[:300]).unfit
    (unfit,) = fit(connection, list(labels), "picklist", "choice", labels).unfit
    assert unfit.what == "more than 300 different choices"
    long = "x" * 257
    (unfit,) = fit(connection, ["a", long], "picklist", "choice", ("a", long)).unfit
    assert unfit.what == "a choice longer than 256 characters"


def test_examples_are_five_at_most_and_every_value_is_counted(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    found = fit(connection, ["never"] * 40, "date", "date")
    assert found.unfit[0].count == 40
    assert len(found.unfit[0].examples) == 5


def test_the_remedy_fits_where_the_field_is(connection: duckdb.DuckDBPyConnection) -> None:
    (new,) = fit(connection, ["soon"], "date", "date").unfit
    assert 'set its type to "text" in [contact.new_fields] and by = "text"' in new.remedy
    there = Field("cf_own", "Own", FieldType.DATE, custom=True)
    (old,) = fit(connection, ["soon"], "date", "date", there=there).unfit
    assert "correct them in the source" in old.remedy


def test_an_expression_that_shortens_says_that_a_person_wants_it(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    assert not fit(connection, ["x" * 300], "text", "sql:left(own, 256)").unfit
