"""A field that holds several values tells by its parts what parts them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from string import ascii_letters, digits
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossdock.model.fields import FieldType
from crossdock.profile.custom_fields import CustomField
from tests.integration.custom_field_exports import column, columns, stated


def choices_of(found: CustomField) -> dict[str, int]:
    return {choice.value: choice.count for choice in found.choices}


@pytest.mark.parametrize("separator", ["; ", ";", ", ", ",", "|", " | ", "\n"])
def test_the_separator_is_found_as_it_stands(tmp_path: Path, separator: str) -> None:
    rows = [("Wood", "Tile"), ("Tile",), ("Tile", "Stone"), ("Stone", "Wood")]
    found = column(tmp_path, [separator.join(row) for row in rows])
    assert (found.type, found.separator) == (FieldType.MULTI_PICKLIST, separator)
    assert choices_of(found) == {"Tile": 3, "Stone": 2, "Wood": 2}


def test_a_choice_with_a_comma_stays_whole_between_semicolons(tmp_path: Path) -> None:
    found = column(tmp_path, ["Wine; Coffee, tea", "Coffee, tea", "Wine", "Coffee, tea; Wine"])
    assert choices_of(found) == {"Coffee, tea": 3, "Wine": 3}


def test_the_choices_of_the_inventory_tell_what_is_one(tmp_path: Path) -> None:
    listed = stated("Mine", "List", "Tile", "Tile, large", "Wood")
    found = column(tmp_path, ["Tile, large", "Tile", "Wood"], **listed)
    assert (found.separator, found.unfit) == ("", 0)


def test_the_choices_of_the_inventory_tell_the_separator(tmp_path: Path) -> None:
    found = column(tmp_path, ["Tile|Wood, oiled"], **stated("Mine", "List", "Tile", "Wood, oiled"))
    assert (found.separator, choices_of(found)) == ("|", {"Tile": 1, "Wood, oiled": 1})


def test_a_list_without_known_choices_is_parted_all_the_same(tmp_path: Path) -> None:
    found = column(tmp_path, ["Tile; Wood"], **stated("Mine", "Multi-select"))
    assert (found.separator, choices_of(found)) == ("; ", {"Tile": 1, "Wood": 1})


@pytest.mark.parametrize(
    "values",
    [
        ["Ring the bell, then wait", "Side gate, please", "No bell, knock"],
        ["Small, cheap", "Small, dear", "Large, cheap", "Large, dear"],
        ["Citizen, Jane", "Citizen, Tom", "Roe, Jane", "Roe, Tom"],
        ["Yes, yes", "Yes", "No, yes, no", "No"],
    ],
    ids=["notes", "pairs", "names", "repetitions"],
)
def test_commas_in_texts_part_nothing(tmp_path: Path, values: list[str]) -> None:
    assert column(tmp_path, values).separator == ""


def test_a_choice_counts_once_in_a_value(tmp_path: Path) -> None:
    found = column(tmp_path, ["Tile; Tile; Wood"], **stated("Mine", "List", "Tile", "Wood"))
    assert choices_of(found) == {"Tile": 1, "Wood": 1}


#: Not every letter: intake mends texts that look like two letters made of one.
_LETTERS = st.sampled_from(f"{ascii_letters}{digits}éñü&/-")
#: No number, date, or word for nothing: those are no texts.
_TEXTS = st.text(_LETTERS, min_size=1, max_size=8).map("x".__add__)
_CHOICES = st.lists(
    st.lists(_TEXTS, min_size=1, max_size=3).map(" ".join),
    min_size=2,
    max_size=8,
    unique_by=(str.lower, str.upper),
)


@st.composite
def fields(
    draw: st.DrawFn, separators: Sequence[str], ending: str = ""
) -> tuple[str, list[str], list[str]]:
    """Draw a separator, choices, and values: each choice alone, and some sets in any order."""
    separator = draw(st.sampled_from(separators))
    choices = [f"{choice}{ending}" for choice in draw(_CHOICES)]
    several = draw(st.lists(st.permutations(choices), min_size=2, max_size=6))
    size = st.integers(min_value=2, max_value=len(choices))
    sets = [separator.join(order[: draw(size)]) for order in several]
    return separator, choices, [*choices, *sets]


@settings(max_examples=8, deadline=None)
@given(st.lists(fields(["; ", ";", ", ", ",", "|", " | ", "\n"]), min_size=1, max_size=12))
def test_random_choices_are_found_again(drawn: list[tuple[str, list[str], list[str]]]) -> None:
    _find_again(drawn)


@settings(max_examples=8, deadline=None)
@given(st.lists(fields(["; ", "|", "\n"], ending=", large"), min_size=1, max_size=12))
def test_random_choices_with_commas_stay_whole(
    drawn: list[tuple[str, list[str], list[str]]],
) -> None:
    _find_again(drawn)


def _find_again(drawn: list[tuple[str, list[str], list[str]]]) -> None:
    with TemporaryDirectory() as folder:
        values = {f"Field {number}": given for number, (_, _, given) in enumerate(drawn)}
        found = columns(Path(folder), values)
    for number, (separator, choices, _) in enumerate(drawn):
        field = found[f"Field {number}"]
        assert field.type is FieldType.MULTI_PICKLIST
        assert (field.separator, set(choices_of(field))) == (separator, set(choices))
