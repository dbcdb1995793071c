"""The labelled lists that measure the proposer: every answer exists, and the two parts differ."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from crossdock.connectors.octopuspro import catalogue
from crossdock.emulator.catalog import table

LABELS = Path(__file__).parents[2] / "bench" / "mapping" / "labels"
FILES = sorted(LABELS.glob("*/*.toml"))
KINDS = {"documented", "renamed", "abbreviated", "other vocabulary", "own fields"}
OWN_TYPES = [
    "text",
    "long_text",
    "number",
    "date",
    "checkbox",
    "picklist",
    "multi_picklist",
    "url",
    "email",
    "phone",
]
COLUMNS = {obj.name: {c.name for c in obj.columns} for obj in catalogue.objects()}


def writable_standard_fields() -> set[str]:
    return {
        f"field:{entity}.{name}"
        for entity in ("contact", "sales_account", "deal")
        for name, _, _, flags, _ in table("fields")[entity]
        if "w" in flags
    }


def read(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text("utf-8"))


def answers(column: dict[str, Any]) -> list[str]:
    told = column["is"]
    return [told] if isinstance(told, str) else told


def columns_of(part: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for file in FILES:
        if file.parent.name == part:
            for column in read(file)["columns"]:
                yield file.name, column


def headers(file: Path) -> tuple[str, ...]:
    return tuple(sorted(catalogue.squash(c["header"]) for c in read(file)["columns"]))


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_every_answer_of_a_labelled_list_exists(file: Path) -> None:
    told = read(file)
    known = (
        {f"column:{name}" for name in COLUMNS[told["object"]]}
        | writable_standard_fields()
        | {"own"}
    )

    assert told["kind"] in KINDS
    for column in told["columns"]:
        assert set(answers(column)) <= known, column["header"]
        assert 4 <= len(column["values"]) <= 12, column["header"]
        assert column.keys() <= {"header", "values", "is", "type", "choices"}, column["header"]


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_an_own_field_says_its_type_and_a_picklist_its_choices(file: Path) -> None:
    for column in read(file)["columns"]:
        own = "own" in answers(column)
        assert (column.get("type") in OWN_TYPES) == own, column["header"]
        assert bool(column.get("choices")) == ("picklist" in column.get("type", "")), column


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_one_header_at_most_is_the_place_of_a_canonical_column(file: Path) -> None:
    columns = read(file)["columns"]
    sure = [answers(c)[0] for c in columns if len(answers(c)) == 1 and c["is"] != "own"]

    assert [place for place, times in Counter(sure).items() if times > 1] == []
    assert len({c["header"] for c in columns}) == len(columns)


def test_no_held_list_stands_among_those_for_tuning() -> None:
    tune = [file for file in FILES if file.parent.name == "tune"]
    held = [file for file in FILES if file.parent.name == "held"]

    assert {read(f)["name"] for f in tune}.isdisjoint(read(f)["name"] for f in held)
    assert {headers(f) for f in tune}.isdisjoint(headers(f) for f in held)


@pytest.mark.parametrize(("part", "lists", "columns"), [("tune", 12, 250), ("held", 12, 300)])
def test_each_part_is_large_enough_to_measure_with(part: str, lists: int, columns: int) -> None:
    found = list(columns_of(part))

    assert len({name for name, _ in found}) >= lists
    assert len(found) >= columns
    assert {read(f)["kind"] for f in FILES if f.parent.name == part} == KINDS
