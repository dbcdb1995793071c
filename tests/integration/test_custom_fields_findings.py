"""What is odd about a tenant's own fields is told, with values and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from crossdock.connectors.octopuspro import OctopusPro
from crossdock.model.findings import Finding, Severity
from crossdock.profile.custom_fields import findings
from crossdock.profile.profile import profile
from tests.integration.custom_field_exports import answers, column, columns, fields_of, stated
from tests.integration.exports import MANIFEST, Row, export_of, project_of, store


def of_values(folder: Path, values: Sequence[str], **files: list[Row]) -> list[Finding]:
    """Return the findings about one column of customers."""
    return findings([column(folder, values, **files)])


def ruled(folder: Path, code: str, **files: Sequence[Row]) -> list[Finding]:
    """Return the findings of a code about a whole export."""
    with store() as connection:
        told = profile(
            project_of(folder, export_of(folder, MANIFEST, **files)), OctopusPro(), connection
        )
    return [finding for finding in told.findings if finding.code == code]


def test_values_that_are_no_choices_are_told(tmp_path: Path) -> None:
    listed = stated("Mine", "Dropdown", "Street", "Garage")
    (found,) = of_values(tmp_path, ["Street", "garage", "Lane", "Lane", "Yard"], **listed)
    assert (found.code, found.severity) == ("FIELD_VALUES_UNLISTED", Severity.WARNS)
    assert found.message == "3 values of Mine (customer) are no choices that the inventory lists."
    assert list(found.evidence) == ["Lane (2)", "Yard (1)"]
    assert "become choices as well" in found.remedy


def test_of_several_choices_those_that_are_none_are_told(tmp_path: Path) -> None:
    listed = stated("Mine", "List", "Tile", "Wood", "Stone")
    (found,) = of_values(tmp_path, ["Tile; Wood", "Stone; Woood"], **listed)
    assert (found.count, list(found.evidence)) == (1, ["Woood (1)"])


@pytest.mark.parametrize(
    ("word", "values", "what", "odd"),
    [
        (
            "Number Stepper",
            ["4", "four", "1.23E+15"],
            "are not numbers",
            ["four (1)", "1.23E+15 (1)"],
        ),
        ("Date picker", ["27/03/2025", "soon", "soon"], "are not dates", ["soon (2)"]),
        ("Time picker", ["7:30 AM", "morning"], "is not a time", ["morning (1)"]),
        ("Toggle", ["Yes", "No", "Maybe"], "is not yes or no", ["Maybe (1)"]),
    ],
)
def test_values_against_the_type_of_the_inventory_are_told(
    tmp_path: Path, word: str, values: list[str], what: str, odd: list[str]
) -> None:
    (found,) = of_values(tmp_path, values, **stated("Mine", word))
    assert (found.code, found.severity) == ("FIELD_VALUES_UNFIT", Severity.WARNS)
    assert f"of Mine (customer) {what}, as the inventory says." in found.message
    assert list(found.evidence) == odd


def test_a_contradicted_type_is_doubtful(tmp_path: Path) -> None:
    found = column(tmp_path, ["4", "four"], **stated("Mine", "Number Stepper"))
    assert found.confidence == "doubtful"
    assert found.evidence == "the inventory says Number Stepper; 1 value is no number"


def test_a_few_odd_values_among_many_dates_are_told(tmp_path: Path) -> None:
    (found,) = of_values(tmp_path, ["27/03/2025"] * 39 + ["soon"])
    assert (found.code, found.severity) == ("FIELD_NEARLY_TYPED", Severity.NOTES)
    assert found.message.startswith("1 of 40 values of Mine (customer) is not a date")
    assert list(found.evidence) == ["soon (1)"]


@pytest.mark.parametrize(
    ("values", "files"),
    [
        (["Street", "Garage"], stated("Mine", "Dropdown", "Street", "Garage")),
        (["Street", "Garage"], stated("Mine", "Dropdown")),
        (["4", "$1,250.00"], stated("Mine", "Number Stepper")),
        (["27/03/2025"] * 9 + ["soon"], {}),
        (["4", ""], stated("Mine", "Number Stepper", mandatory="No")),
    ],
    ids=["listed", "no list", "numbers", "too few to tell", "not mandatory"],
)
def test_values_as_they_should_be_are_no_finding(
    tmp_path: Path, values: list[str], files: dict[str, list[Row]]
) -> None:
    assert of_values(tmp_path, values, **files) == []


def test_signatures_must_be_captured_again(tmp_path: Path) -> None:
    (found,) = of_values(tmp_path, ["a.png", "b.png", ""], **stated("Mine", "Signature"))
    assert (found.code, found.severity, found.count) == ("FIELD_SIGNATURES", Severity.WARNS, 2)
    assert found.message == "2 signatures are in 1 field; a signature cannot be moved."
    assert "signed again" in found.remedy


def test_a_mandatory_field_without_values_is_told(tmp_path: Path) -> None:
    listed = stated("Mine", "Short Text", mandatory="Yes")
    (found,) = of_values(tmp_path, ["4412", "", "N/A"], **listed)
    assert (found.code, found.severity) == ("FIELD_MANDATORY_EMPTY", Severity.NOTES)
    assert found.message == "1 mandatory field has no value in 2 rows."
    assert list(found.evidence) == ["Mine: 2 empty"]


def test_an_empty_answer_to_a_mandatory_field_is_told(tmp_path: Path) -> None:
    listed = [{"field_id": "8", "label": "Rooms", "type": "Number", "mandatory": "Yes"}]
    rows = answers("8", "Rooms", ["4", ""])
    found = findings(fields_of(tmp_path, custom_fields=listed, custom_field_answers=rows))
    assert [list(f.evidence) for f in found] == [["Rooms: 1 empty"]]


def test_a_field_of_the_inventory_without_a_value_is_listed(tmp_path: Path) -> None:
    listed = [
        *stated("Mine", "Short Text")["custom_fields"],
        {"field_id": "9", "label": "Coupon", "type": "Text box", "scope": "Service"},
    ]
    found = fields_of(tmp_path, custom_fields=listed)
    assert {"Mine", "Coupon"} <= {field.label for field in found}
    (finding,) = findings(found)
    assert (finding.code, finding.severity) == ("FIELD_UNUSED", Severity.NOTES)
    assert finding.message == "2 fields of the inventory have no value in the export."
    assert list(finding.evidence) == ["Mine: Customer profile", "Coupon: Service"]


def test_a_field_that_was_renamed_is_told(tmp_path: Path) -> None:
    rows = [*answers("8", "Access", ["Key"]), *answers("8", "Way in", ["Bell"])]
    (found,) = ruled(tmp_path, "FIELD_RELABELLED", custom_field_answers=rows)
    assert found.severity is Severity.NOTES
    assert found.message == "1 field was renamed: its answers stand under several labels."
    assert list(found.evidence) == ["8: Access, Way in"]


def test_the_label_of_the_portal_is_no_new_name(tmp_path: Path) -> None:
    listed = [{"field_id": "8", "label": "Access", "portal_label": "How do we get in?"}]
    rows = [*answers("8", "Access", ["Key"]), *answers("8", "How do we get in?", ["Bell"])]
    found = ruled(tmp_path, "FIELD_RELABELLED", custom_fields=listed, custom_field_answers=rows)
    assert found == []


def test_a_label_of_several_fields_is_told(tmp_path: Path) -> None:
    rows = [*answers("8", "Notes", ["a"]), *answers("9", "notes", ["b"])]
    (found,) = ruled(tmp_path, "FIELD_LABEL_SHARED", custom_field_answers=rows)
    assert found.severity is Severity.WARNS
    assert found.message.startswith("1 label stands for several fields")
    assert [place.casefold() for place in found.evidence] == ["notes: field ids 8, 9"]


def test_one_label_on_two_objects_is_no_finding(tmp_path: Path) -> None:
    listed = [
        {"field_id": "8", "label": "Notes", "scope": "Customer profile"},
        {"field_id": "9", "label": "Notes", "scope": "Service"},
    ]
    rows = answers("9", "Notes", ["a"])
    found = ruled(tmp_path, "FIELD_LABEL_SHARED", custom_fields=listed, custom_field_answers=rows)
    assert found == []


def test_columns_of_different_headers_are_no_finding(tmp_path: Path) -> None:
    customers = [{"customer_id": "1", "CF: Park": "a", "CF: Porch": "b"}]
    assert ruled(tmp_path, "FIELD_HEADER_TWICE", customers=customers) == []


def test_several_fields_share_a_finding(tmp_path: Path) -> None:
    listed = [
        *stated("A", "Signature")["custom_fields"],
        *stated("B", "Signature")["custom_fields"],
    ]
    found = columns(tmp_path, {"A": ["1.png"], "B": ["2.png", "3.png"]}, custom_fields=listed)
    (finding,) = findings(list(found.values()))
    assert list(finding.evidence) == ["A: 1 signature", "B: 2 signatures"]
