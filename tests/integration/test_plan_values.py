"""Every planned value is checked against the live schema; what does not fit is told, never sent."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from importlib import resources
from typing import Any

import duckdb
import pytest

from crossdock.connectors.base import Description
from crossdock.connectors.freshsales import limits
from crossdock.mapping.document import CONFIRMED, Line
from crossdock.model.fields import Choice, Entity, Field, FieldType
from crossdock.model.findings import Finding
from crossdock.plan import checks, compile
from crossdock.routes.base import Phase
from crossdock.routes.octopuspro_freshsales import ROUTE
from tests.integration.exports import store

CHOICES = (Choice("1", "Back door"), Choice("2", "Front door"))
FIELDS = (
    Field("name", "Name", FieldType.TEXT, required=True, max_length=10),
    Field("website", "Website", FieldType.TEXT),
    Field("phone", "Phone", FieldType.PHONE),
    Field("amount", "Value", FieldType.MONEY),
    Field("stage", "Stage", FieldType.PICKLIST, choices=CHOICES),
    Field("cf_volume", "Volume", FieldType.NUMBER, custom=True),
    Field("cf_since", "Since", FieldType.DATE, custom=True),
    Field("cf_dog", "Dog", FieldType.CHECKBOX, custom=True),
    Field("cf_entry", "Entry", FieldType.PICKLIST, custom=True, choices=CHOICES),
    Field("cf_ways", "Ways", FieldType.MULTI_PICKLIST, custom=True, choices=CHOICES),
    Field("email", "Email", FieldType.EMAIL),
)


class Checked:
    """One record of a made-up entity with one mapped value, after it was compiled."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, target: str, by: str, value: Any
    ) -> None:
        kind = "sales_account"
        description = Description("http://there", {kind: Entity(kind, "Account", FIELDS)}, [])
        macros = resources.files(ROUTE.package).joinpath("sql/00_macros.sql").read_text("utf-8")
        connection.execute(f"{macros}; CREATE SCHEMA plan")
        column = "VARCHAR" if isinstance(value, str) else "DECIMAL(38, 8)"
        connection.execute(f"CREATE TABLE route.r (source_key VARCHAR, title VARCHAR, v {column})")
        connection.execute("INSERT INTO route.r VALUES ('C1', 'Ann', ?)", [value])
        connection.execute("SET VARIABLE date_formats = ['%d/%m/%Y']")
        lines = [Line(kind, ("x.v",), target, by, status=CONFIRMED)]
        if target != "name":
            lines.append(Line(kind, ("x.title",), "name", "text", status=CONFIRMED))
        for part in (compile.rules, compile.problems, compile.references):
            part.prepare(connection)
        connection.execute("CREATE TABLE plan.value_map (name VARCHAR, value VARCHAR)")
        phase = Phase(kind, "Accounts", "route.r", "account")
        compile.compile_entity(connection, phase, lines, description)
        label = target.removeprefix("custom:")
        field = next(f for f in FIELDS if label in (f.label, f.name))
        path = f"$.custom_field.{field.name}" if field.custom else f"$.{field.name}"
        row = connection.execute(
            f"SELECT payload ->> '{path}', action, reason FROM plan.sales_account"
        ).fetchone()
        assert row is not None
        self.value, self.action, self.reason = row
        self.findings: list[Finding] = [*checks.values(connection, description)]

    @property
    def codes(self) -> list[str]:
        return [finding.code for finding in self.findings]


def checked(target: str, by: str, value: Any) -> Checked:
    with store() as connection:
        return Checked(connection, target, by, value)


KEPT: Mapping[str, tuple[str, str, Any, str]] = {
    "a number with 11 digits": ("custom:Volume", "number", "99999999999.1234", "99999999999.1234"),
    "a date": ("custom:Since", "date", "28/02/2024", "2024-02-28"),
    "a yes": ("custom:Dog", "checkbox", "Yes", "true"),
    "a choice in other letters": ("custom:Entry", "choice", "BACK door", "Back door"),
    "several choices": ("custom:Ways", "choices", "front door; Back door", "Front door;Back door"),
    "a text that just fits": ("name", "text", "0123456789", "0123456789"),
    "a web address": (
        "website",
        "text",
        "https://example.com.au/a?b=c",
        "https://example.com.au/a?b=c",
    ),
    "an id of a choice": ("stage", "text", "2", "2"),
    "the largest value of a deal": ("amount", "money", limits.LARGEST_AMOUNT, "9007199254740991.0"),
}


@pytest.mark.parametrize("name", KEPT)
def test_what_fits_is_planned_without_a_word(name: str) -> None:
    target, by, value, planned = KEPT[name]
    found = checked(target, by, value)
    assert (found.value, found.codes) == (planned, [])


UNFIT: Mapping[str, tuple[str, str, Any, str, str | None]] = {
    "a text for a number": ("custom:Volume", "number", "many", "VALUE_LEFT_OUT", None),
    "a text sent as a number": ("custom:Volume", "text", "many", "VALUE_LEFT_OUT", None),
    "a 12th digit": ("custom:Volume", "number", "100000000000", "NUMBER_OUT_OF_RANGE", None),
    "a 5th decimal": ("custom:Volume", "number", "1.00004", "NUMBER_ROUNDED", "1.0000"),
    "a 5th decimal by SQL": ("custom:Volume", "sql:v", Decimal("1.00004"), "NUMBER_ROUNDED", "1"),
    "a day that is none": ("custom:Since", "date", "31/02/2024", "VALUE_LEFT_OUT", None),
    "a text sent as a day": ("custom:Since", "text", "soon", "VALUE_LEFT_OUT", None),
    "neither yes nor no": ("custom:Dog", "checkbox", "perhaps", "VALUE_LEFT_OUT", None),
    "a text sent as yes or no": ("custom:Dog", "text", "perhaps", "VALUE_LEFT_OUT", None),
    "no choice": ("custom:Entry", "choice", "Roof", "CHOICE_UNKNOWN", None),
    "one choice of two": (
        "custom:Ways",
        "choices",
        "Roof;Back door",
        "CHOICE_UNKNOWN",
        "Back door",
    ),
    "an id of no choice": ("stage", "text", "3", "CHOICE_UNKNOWN", None),
    "too long a text": ("name", "text", "0123456789x", "TEXT_CUT", "0123456789"),
    "no address": ("email", "text", "ann at home", "EMAIL_UNFIT", None),
    "no web address": ("website", "text", "ask Ann", "WEBSITE_UNFIT", None),
    "no phone number": ("phone", "text", "call Bob", "PHONE_UNFIT", "call Bob"),
    "too large a value": ("amount", "money", 9007199254740992, "NUMBER_OUT_OF_RANGE", None),
}


@pytest.mark.parametrize("name", UNFIT)
def test_what_does_not_fit_is_counted_and_its_record_is_loaded(name: str) -> None:
    target, by, value, code, planned = UNFIT[name]
    found = checked(target, by, value)
    assert (found.codes, found.action) == ([code], "create")
    assert (found.value is None) == (planned is None)
    assert planned is None or found.value.rstrip("0").rstrip(".") == planned.rstrip("0").rstrip(".")


def test_a_finding_names_the_column_the_field_and_the_record() -> None:
    (found,) = checked("custom:Volume", "number", "many").findings
    assert found.message == (
        "1 value of x.v is not of the kind that sales_account Volume holds; it is left out."
    )
    assert (found.object, found.field, found.count, list(found.evidence)) == (
        "x",
        "Volume",
        1,
        ["C1"],
    )


@pytest.mark.parametrize("by", ["text", "sql:v"])
def test_a_demanded_field_without_a_value_rejects_the_record(by: str) -> None:
    found = checked("name", by, " ")
    assert (found.action, found.reason) == (
        "reject",
        "Name is empty, and the destination demands it",
    )
