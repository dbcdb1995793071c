"""The JSON Schema that editors complete mapping.toml with says what the reader of it says."""

from __future__ import annotations

import json
import tomllib
from typing import Any

import jsonschema_rs
import pytest

from tests.integration.desks import Desk


@pytest.fixture(scope="module")
def schema(confirmed_desk: Desk) -> Any:
    path = confirmed_desk.bench.project.folder / "mapping.schema.json"
    return jsonschema_rs.validator_for(json.loads(path.read_text("utf-8")))


@pytest.fixture
def content(confirmed_desk: Desk) -> dict[str, Any]:
    return tomllib.loads(confirmed_desk.bench.project.mapping_file.read_text("utf-8"))


def test_a_proposed_and_confirmed_mapping_fits_its_schema(
    schema: Any, content: dict[str, Any]
) -> None:
    assert [error.message for error in schema.iter_errors(content)] == []


def test_the_first_line_of_the_file_names_the_schema_beside_it(confirmed_desk: Desk) -> None:
    text = confirmed_desk.bench.project.mapping_file.read_text("utf-8")
    assert text.startswith("#:schema ./mapping.schema.json\n")


def _line(content: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = content["deal"]["lines"][0]
    return found


@pytest.mark.parametrize(
    "spoil",
    [
        lambda c: _line(c).update(shure=1),
        lambda c: _line(c).update(sure=2),
        lambda c: _line(c).update(status="ok"),
        lambda c: _line(c).update({"from": "phone"}),
        lambda c: _line(c).update(by="no such"),
        lambda c: _line(c).pop("to"),
        lambda c: c["policies"].update(deals="both"),
        lambda c: c["policies"].update(no_such="x"),
        lambda c: c.update(format=1),
        lambda c: c.update(no_such={"lines": []}),
        lambda c: c["deal"].update(no_such=1),
        lambda c: c["maps"]["deal_stage"].update(x=1),
    ],
)
def test_a_mistake_does_not_fit_the_schema(
    schema: Any, content: dict[str, Any], spoil: Any
) -> None:
    spoil(content)
    assert not schema.is_valid(content)
