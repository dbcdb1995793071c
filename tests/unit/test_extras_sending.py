"""What a model would be sent: headers, counts and shapes, and no value of the export."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossdock.mapping.proposing.extras.masking import SHAPE_LENGTH, mask
from crossdock.mapping.proposing.extras.sending import (
    AT_ONCE,
    describe,
    may_send_choices,
    requests,
)
from crossdock.mapping.proposing.scorer import ColumnProfile, Place
from crossdock.model.fields import FieldType

PLACES = [
    Place("column:mobile", "Mobile"),
    Place("field:deal.owner_id", "Sales owner", choices=("Robert Doe",)),
]
#: Texts with a letter or digit that a mask has to replace: only such can show who they are of.
letters_and_signs = st.characters(categories=("L", "Nd", "P", "Zs"), exclude_characters="A9")
values = st.tuples(
    st.sampled_from("Zqß山٣7"), st.text(letters_and_signs, min_size=3, max_size=9)
).map("".join)


def profile(**facts: Any) -> ColumnProfile:
    return ColumnProfile(**{"object": "customer", "header": "HDR", "column": "hdr"} | facts)


def column_sent(sent: ColumnProfile, choices_of: tuple[str, ...] = ()) -> dict[str, Any]:
    (message,) = requests([sent], PLACES, choices_of)
    column: dict[str, Any] = json.loads(message.text)["columns"][0]
    return column


@pytest.mark.parametrize(
    ("value", "shape"),
    [
        ("2042-NSW", "9999-AAA"),
        ("Ana Lúcia", "AAA AAAAA"),
        ("山田 ٣", "AA 9"),
        ("a@b.example", "A@A.AAAAAAA"),
        ("§|\n", "???"),
    ],
)
def test_a_mask_shows_the_shape_alone(value: str, shape: str) -> None:
    assert mask(value) == shape


@given(values)
def test_a_mask_keeps_no_letter_and_no_digit(value: str) -> None:
    assert {c for c in mask(value) if c.isalnum()} <= {"A", "9"}
    assert len(mask(value)) <= SHAPE_LENGTH


@given(st.lists(values, min_size=1, max_size=4), st.sampled_from(FieldType))
def test_no_value_of_the_export_is_in_what_is_sent(found: list[str], kind: FieldType) -> None:
    given = profile(type=kind, patterns=found, examples=found, choices=found, rows=9, filled=9)

    message = column_sent(given)

    texts = [str(part) for part in message["shapes"]]
    assert "choices" not in message
    assert not any(value in text for value in found for text in texts)
    assert {k: v for k, v in message.items() if k != "shapes"} == {
        k: v for k, v in column_sent(profile(type=kind, rows=9, filled=9)).items() if k != "shapes"
    }


@given(st.lists(st.text("BCDE", min_size=1), max_size=5))
def test_exports_of_the_same_shape_send_the_same_bytes(found: list[str]) -> None:
    other = [value.translate(str.maketrans("BCDE", "wxyz")) for value in found]

    one, two = (
        requests([profile(patterns=p, examples=p, choices=p)], PLACES)[0].text
        for p in (found, other)
    )

    assert one == two


def test_people_of_the_account_are_not_sent_as_the_choices_of_a_place() -> None:
    (message,) = requests([profile()], PLACES)

    assert "Robert Doe" not in message.text
    assert "Sales owner" in message.text


def test_the_choices_of_a_picklist_are_sent_only_when_a_person_allows_it() -> None:
    given = profile(type=FieldType.PICKLIST, choices=("Salt", "Mineral"))

    assert "choices" not in column_sent(given)
    assert column_sent(given, ("HDR",))["choices"] == ["Salt", "Mineral"]


@pytest.mark.parametrize(
    "facts",
    [
        {"type": FieldType.PICKLIST, "choices": tuple(f"c{n}" for n in range(21))},
        {"type": FieldType.TEXT, "choices": ("Salt",)},
        {"type": FieldType.PICKLIST, "choices": ("Salt", "pat@example.com")},
        {"type": FieldType.MULTI_PICKLIST, "choices": ("0491 570 006", "none")},
        {"type": FieldType.PICKLIST, "choices": ("www.example.com",)},
    ],
)
def test_choices_that_are_many_or_look_personal_are_never_sent(facts: dict[str, Any]) -> None:
    assert "choices" not in column_sent(profile(**facts), ("HDR",))
    assert may_send_choices([profile(**facts)]) == []


@pytest.mark.parametrize("header", ["pat@example.com", "0491 570 006", "https://a.example"])
def test_a_header_that_is_really_a_value_is_masked(header: str) -> None:
    assert column_sent(profile(header=header))["header"] == mask(header)


def test_a_header_keeps_its_words_and_loses_what_a_terminal_would_obey() -> None:
    assert column_sent(profile(header="Gate\x1b[2J code 2"))["header"] == "Gate [2J code 2"


def test_long_lists_are_asked_about_in_parts() -> None:
    columns = [profile(header=f"H{n}", column=f"h{n}") for n in range(AT_ONCE + 1)]

    messages = requests(columns, PLACES)

    assert [len(message.columns) for message in messages] == [AT_ONCE, 1]
    assert messages[1].columns == (f"h{AT_ONCE}",)


def test_a_list_without_columns_to_ask_about_sends_nothing() -> None:
    assert requests([], PLACES) == []


def test_the_description_names_the_model_each_header_and_the_choices() -> None:
    columns = [
        profile(header="Gate code", column="gate_code"),
        profile(header="Pool", column="pool", type=FieldType.PICKLIST, choices=("Salt", "None")),
    ]

    said = describe("openai:some-model", requests(columns, PLACES, ("Pool",)))

    assert said.startswith("To openai:some-model would go, in 1 message(s) of ")
    assert "- the choices of Pool: Salt; None" in said
    assert said.endswith("The headers:\n  customer: Gate code, Pool")
