"""What is found of a tenant's own field decides what is made for it, so that no value is lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from crossdock.connectors.base import Description
from crossdock.mapping.document import Line
from crossdock.mapping.propose import Proposed, propose
from crossdock.mapping.tenant_fields import TenantField, tenant_fields
from crossdock.mapping.transforms import expression
from crossdock.model.fields import Choice, Entity, Field, FieldType
from crossdock.routes.octopuspro_freshsales import ROUTE
from tests.integration.custom_field_exports import answers
from tests.integration.exports import Row, Shaped, export_of, policies, shaped

#: Columns of customers by label: the inventory's type and the values.
COLUMNS: dict[str, tuple[str, Sequence[str]]] = {
    "number with words": ("Number Stepper", ["4", "four"]),
    "date with words": ("Date picker", ["27/03/2025", "soon"]),
    "toggle with words": ("Toggle", ["Yes", "Maybe"]),
    "long address": ("Image", ["https://files.example.com/" + "x" * 250]),
    "too many choices": ("Dropdown", [str(n) for n in range(301)]),
    "street": ("Dropdown", ["Street", "Lane"]),
    "semicolons": ("", ["Tile", "Wood", "Tile; Wood", "Wood; Tile"]),
    "commas": ("", ["Tile", "Wood", "Tile, Wood", "Wood, Tile"]),
    "bars": ("", ["Tile", "Wood", "Tile | Wood", "Wood | Tile"]),
    "lines": ("", ["Tile", "Wood", "Tile\nWood", "Wood\nTile"]),
    "Twin": ("", ["left"]),
    "TWIN": ("", ["right"]),
    "tWIN": ("", ["middle"]),
}
#: Fields of jobs by label: the inventory's type and the answers on one booking.
ANSWERED: dict[str, tuple[str, Sequence[str]]] = {
    "rooms": ("Number Stepper", ["4", "2"]),
    "cleaned": ("Date picker", ["27/03/2025", "01/04/2025"]),
    "access": ("Dropdown", ["Key", "Bell"]),
    "pets": ("Toggle", ["Yes", "No"]),
    "remark": ("Short Text", ["x" * 200, "y" * 200]),
    "area": ("Decimal", ["12.5"]),
}


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shaped]:
    """An export with all of these fields, shaped by the route."""
    listed: list[Row] = []
    for scope, fields in (("Customer profile", COLUMNS), ("Service", ANSWERED)):
        listed += [
            {"field_id": label, "label": label, "type": word, "scope": scope}
            for label, (word, _) in fields.items()
            if word
        ]
    customers = [
        {"customer_id": str(row), "first_name": "Ann"}
        | {f"CF: {label}": v[row] for label, (_, v) in COLUMNS.items() if row < len(v)}
        for row in range(301)
    ]
    answered = [
        {**row, "record_number": "BOK-1"}
        for label, (_, values) in ANSWERED.items()
        for row in answers(label, label, values)
    ]
    export = export_of(
        tmp_path_factory.mktemp("taken"),
        customers=customers,
        bookings=[{"booking_number": "BOK-1", "customer_id": "1", "total": "1"}],
        custom_fields=listed,
        custom_field_answers=answered,
    )
    with shaped(export) as done:
        yield done


@pytest.fixture(scope="module")
def taken(result: Shaped) -> dict[str, TenantField]:
    return {field.label: field for field in tenant_fields(result.connection)}


@pytest.fixture(scope="module")
def proposed(result: Shaped) -> Proposed:
    """The proposal for an account without any custom field."""
    entities = {phase.entity: Entity(phase.entity, phase.entity) for phase in ROUTE.phases}
    stage = Field("deal_stage_id", "Deal stage", FieldType.REFERENCE, choices=[Choice("1", "New")])
    entities["deal"] = Entity("deal", "Deal", [stage])
    return propose(result.connection, ROUTE, Description("", entities, ()), policies())


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("number with words", FieldType.TEXT),
        ("date with words", FieldType.TEXT),
        ("toggle with words", FieldType.MULTI_PICKLIST),
        ("long address", FieldType.LONG_TEXT),
        ("too many choices", FieldType.LONG_TEXT),
        ("area", FieldType.NUMBER),
    ],
)
def test_a_field_gets_a_type_that_holds_all_of_its_values(
    taken: dict[str, TenantField], label: str, kind: FieldType
) -> None:
    assert taken[label].type is kind


@pytest.mark.parametrize(
    ("label", "kind", "choices"),
    [
        ("rooms", FieldType.TEXT, ()),
        ("cleaned", FieldType.TEXT, ()),
        ("access", FieldType.MULTI_PICKLIST, ("Bell", "Key")),
        ("pets", FieldType.MULTI_PICKLIST, ("No", "Yes")),
        ("remark", FieldType.LONG_TEXT, ()),
    ],
)
def test_several_answers_on_one_job_are_all_held(
    taken: dict[str, TenantField], label: str, kind: FieldType, choices: tuple[str, ...]
) -> None:
    found = taken[label]
    assert (found.type, found.choices, found.filled) == (kind, choices, 1)


def test_the_choices_are_those_in_use(taken: dict[str, TenantField]) -> None:
    assert taken["street"].choices == ("Lane", "Street")


@pytest.mark.parametrize(
    ("label", "transform"),
    [
        ("semicolons", "choices"),
        ("commas", "choices:comma"),
        ("bars", "choices:bar"),
        ("lines", "choices:line"),
    ],
)
def test_choices_are_parted_as_the_export_parts_them(
    proposed: Proposed, label: str, transform: str
) -> None:
    (line,) = [x for x in proposed.mapping.lines if x.target == f"custom:{label}"]
    (field,) = [f for f in proposed.mapping.new_fields if f.label == label]
    assert (line.transform, field.choices) == (transform, ("Tile", "Wood"))


def test_fields_of_one_label_are_proposed_under_labels_of_their_own(proposed: Proposed) -> None:
    labels = [f.label for f in proposed.mapping.new_fields if f.label.casefold()[:4] == "twin"]
    assert labels == ["Twin", "TWIN (OctopusPro)", "tWIN (OctopusPro 2)"]


@pytest.mark.parametrize(
    ("transform", "text"),
    [
        ("choices", "Tile; Wood"),
        ("choices:comma", "Tile, Wood"),
        ("choices:comma", "Tile; Wood"),
        ("choices:bar", "Tile | Wood"),
        ("choices:line", "Tile\r\nWood"),
    ],
)
def test_choices_arrive_one_by_one_whatever_parts_them(
    result: Shaped, transform: str, text: str
) -> None:
    sql = expression(Line("contact", ("customer.c",), "custom:Mine", transform))
    assert result.column(f"SELECT {sql} FROM (SELECT '{text}' AS c)") == ["Tile;Wood"]
