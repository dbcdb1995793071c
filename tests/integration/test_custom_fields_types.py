"""The type of a tenant's own field is found in its values, or in the inventory."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from crossdock.model.fields import FieldType
from crossdock.profile.custom_fields import CustomField
from tests.integration.custom_field_exports import column, columns, stated

FILES = "https://files.example.com"
#: Type, and values that prove it.
PROVEN: dict[str, tuple[FieldType, list[str]]] = {
    "texts": (FieldType.TEXT, ["blue gate", "call Ann first", "rear lane"]),
    "a text of many characters": (FieldType.LONG_TEXT, ["x" * 256]),
    "a text of several lines": (FieldType.LONG_TEXT, ["ring twice\nthen wait"]),
    "numbers": (FieldType.NUMBER, ["45000", "12.5", "-3"]),
    "amounts as people write them": (FieldType.NUMBER, ["$1,234.50", "80"]),
    "numbers with leading zeros": (FieldType.TEXT, ["0412", "7", "9934"]),
    "numbers with a plus": (FieldType.TEXT, ["+61412345678", "61412345679"]),
    "numbers that a spreadsheet cut": (FieldType.TEXT, ["1.23E+15", "7"]),
    "numbers that a number field would round": (FieldType.TEXT, ["-33.890812", "151.274300"]),
    "numbers with a unit": (FieldType.TEXT, ["12 m", "340 m"]),
    "dates in the account's order": (FieldType.DATE, ["27/03/2025", "01/04/2025", "2025-05-31"]),
    "dates in another order": (FieldType.TEXT, ["03/27/2025", "04/30/2025"]),
    "dates with a time": (FieldType.DATETIME, ["27/03/2025 9:00 AM", "01/04/2025"]),
    "times": (FieldType.TIME, ["7:30 AM", "16:00"]),
    "yes and no": (FieldType.CHECKBOX, ["Yes", "no", "YES"]),
    "one and nought": (FieldType.CHECKBOX, ["1", "0", "1"]),
    "one only": (FieldType.NUMBER, ["1", "1"]),
    "a few texts again and again": (FieldType.PICKLIST, ["Back door", "Front door"] * 3),
    "a few texts, hardly again": (FieldType.TEXT, ["Back door", "Front door"] * 2),
    "several in one": (FieldType.MULTI_PICKLIST, ["Wood; Stone", "Stone", "Stone; Tile; Wood"]),
    "suburb and state": (
        FieldType.TEXT,
        ["Bondi, NSW", "Manly, NSW", "Coogee, NSW", "Carlton, VIC"],
    ),
    "signatures": (FieldType.SIGNATURE, [f"{FILES}/signatures/1.png"]),
    "pictures": (FieldType.IMAGE, [f"{FILES}/a.jpg", "files/BOK-1/b.PNG"]),
    "files": (FieldType.FILE, [f"{FILES}/plan.pdf", f"{FILES}/a.jpg"]),
    "pages": (FieldType.URL, ["https://example.com/house/7", "http://example.com"]),
    "words for nothing": (FieldType.TEXT, ["N/A", "-", ""]),
}


Found = Mapping[str, CustomField]


@pytest.fixture(scope="module")
def proven(tmp_path_factory: pytest.TempPathFactory) -> Found:
    """The fields that only their values tell of."""
    values = {name: given for name, (_, given) in PROVEN.items()}
    return columns(tmp_path_factory.mktemp("proven"), values)


@pytest.mark.parametrize("values", PROVEN)
def test_the_values_prove_the_type(proven: Found, values: str) -> None:
    found = proven[values]
    assert (found.type, found.source) == (PROVEN[values][0], "data")


#: The inventory's word, its type, and a value that would be of another type without it.
STATED = [
    ("Short Text", FieldType.TEXT, "412"),
    ("Textfield", FieldType.TEXT, "7"),
    ("Paragraph", FieldType.LONG_TEXT, "ring twice"),
    ("Number Stepper", FieldType.NUMBER, "007"),
    ("(+/-) button", FieldType.NUMBER, "0"),
    ("Dropdown", FieldType.PICKLIST, "Front door"),
    ("Radio group", FieldType.PICKLIST, "1"),
    ("List", FieldType.MULTI_PICKLIST, "Wood"),
    ("Checkbox", FieldType.CHECKBOX, "1"),
    ("Date picker", FieldType.DATE, "27/03/2025"),
    ("Time picker", FieldType.TIME, "7:30 AM"),
    ("Signature", FieldType.SIGNATURE, "signature.png"),
    ("Image", FieldType.IMAGE, "https://files.example.com/1"),
    ("File", FieldType.FILE, "https://files.example.com/2"),
]


@pytest.fixture(scope="module")
def declared(tmp_path_factory: pytest.TempPathFactory) -> Found:
    """The fields whose types the inventory names."""
    listed = [row for word, _, _ in STATED for row in stated(word, word)["custom_fields"]]
    values = {word: [value] for word, _, value in STATED}
    return columns(tmp_path_factory.mktemp("declared"), values, custom_fields=listed)


@pytest.mark.parametrize(("word", "kind"), [(word, kind) for word, kind, _ in STATED])
def test_the_inventory_wins_over_the_values(declared: Found, word: str, kind: FieldType) -> None:
    found = declared[word]
    assert (found.type, found.source, found.confidence) == (kind, "inventory", "sure")
    assert found.evidence == f"the inventory says {word}"


def test_a_short_text_with_a_long_value_is_a_long_text(tmp_path: Path) -> None:
    found = column(tmp_path, ["x" * 300], **stated("Mine", "Short Text"))
    assert (found.type, found.longest) == (FieldType.LONG_TEXT, 300)


def test_checkboxes_with_choices_of_their_own_hold_several(tmp_path: Path) -> None:
    found = column(tmp_path, ["Wood; Tile", "Tile"], **stated("Mine", "Checkbox", "Wood", "Tile"))
    assert (found.type, found.separator) == (FieldType.MULTI_PICKLIST, "; ")


def test_a_type_that_nobody_knows_is_found_in_the_values(tmp_path: Path) -> None:
    found = column(tmp_path, ["12", "13"], **stated("Mine", "Slider"))
    assert (found.type, found.source) == (FieldType.NUMBER, "data")
    assert found.evidence == "the inventory says Slider; all 2 values are numbers"


def test_a_type_that_nobody_knows_with_choices_is_a_picklist(tmp_path: Path) -> None:
    found = column(tmp_path, ["Low"], **stated("Mine", "Rating", "Low", "High"))
    assert found.type is FieldType.PICKLIST


@pytest.mark.parametrize(
    ("values", "evidence"),
    [
        ("one and nought", "there is 0 and 1 only; they may be numbers"),
        ("numbers with leading zeros", "1 number begins with 0 or +, as codes do"),
        ("yes and no", "all 3 values say yes or no"),
        ("words for nothing", "it has no value"),
        ("a few texts again and again", "2 different values stand 6 times"),
        ("several in one", "2 values hold several parts between ;, which repeat"),
    ],
)
def test_the_reason_is_told_in_words(proven: Found, values: str, evidence: str) -> None:
    assert (proven[values].evidence, proven[values].confidence) == (evidence, "likely")


def test_many_values_make_a_type_sure(tmp_path: Path) -> None:
    assert column(tmp_path, [str(n) for n in range(20)]).confidence == "sure"


def test_a_field_tells_how_it_is_filled(tmp_path: Path) -> None:
    found = column(tmp_path, ["red", "red", "green", "", "N/A"])
    assert (found.rows, found.filled, found.distinct) == (5, 3, 2)
    assert (found.shortest, found.longest, found.fill_rate) == (3, 5, 0.6)
    assert found.examples == ("red", "green")


def test_at_most_five_examples_are_shown(tmp_path: Path) -> None:
    found = column(tmp_path, [f"text {n}" for n in range(9)])
    assert len(found.examples) == 5
