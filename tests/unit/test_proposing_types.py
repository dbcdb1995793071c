"""A new field gets the type that its values have, also where they are few."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from crossdock.model.fields import FieldType
from tests.unit.proposing import PHONES, profiles


@pytest.mark.parametrize(
    ("header", "values", "kind"),
    [
        ("Last service", ("01/02/2024", "", "15/03/2024"), FieldType.DATE),
        ("Desexed", ("Y", "N", "Y"), FieldType.CHECKBOX),
        ("Number of pets", ("0", "1", "1", "0"), FieldType.NUMBER),
        ("Weight (kg)", ("22.5", "4", "9.8"), FieldType.NUMBER),
        ("Microchip No", ("956000001234561", "956000001234563"), FieldType.TEXT),
        ("Vet phone", PHONES, FieldType.PHONE),
        ("Vet email", ("a@example.com", "b@example.com"), FieldType.EMAIL),
        ("Garden plan", ("https://plans.example/a.pdf",), FieldType.URL),
        ("Species", ("Dog", "Cat", "Dog", "Horse"), FieldType.PICKLIST),
        ("Usual vet", ("Hill Road", "Dale", "Hill Road"), FieldType.TEXT),
        ("Hazards", ("Dog; Steep drive", "Dog", "Low wires"), FieldType.MULTI_PICKLIST),
        ("Access instructions", ("Left at the tank, the latch is stiff.",), FieldType.LONG_TEXT),
        ("Fence phone", (), FieldType.PHONE),
        ("Dog on site?", ("", ""), FieldType.CHECKBOX),
    ],
)
def test_a_new_field_has_the_type_of_its_values(
    header: str, values: Sequence[str], kind: FieldType
) -> None:
    (profile,) = profiles([(header, values)])
    assert profile.type is kind


def test_the_choices_of_a_new_field_are_its_values_each_once() -> None:
    (profile,) = profiles([("Hazards", ("Dog; Wires", "Dog", "Wires; Ice"))])
    assert profile.choices == ("Dog", "Ice", "Wires")
