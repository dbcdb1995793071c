"""Every field that a tenant made for itself is found, wherever the export holds it."""

from __future__ import annotations

from pathlib import Path

from crossdock.connectors.octopuspro import OctopusPro
from crossdock.model.fields import FieldType
from crossdock.profile.custom_fields import Choice
from crossdock.profile.profile import profile
from tests.integration.custom_field_exports import answers, column, columns, fields_of, stated
from tests.integration.exports import MANIFEST, export_of, project_of, store


def test_a_column_is_a_field_with_and_without_its_mark(tmp_path: Path) -> None:
    customers = [{"customer_id": "1", "CF: Pool volume": "45000", "Gate side": "left"}]
    bookings = [{"booking_number": "BOK-1", "Crew": "Red"}]
    found = fields_of(tmp_path, customers=customers, bookings=bookings, customer_properties=[])
    assert {(f.object, f.label, f.column) for f in found if f.filled} == {
        ("customer", "Pool volume", "cf_pool_volume"),
        ("customer", "Gate side", "own_gate_side"),
        ("booking", "Crew", "own_crew"),
    }


def test_two_columns_of_one_header_stay_two_fields(tmp_path: Path) -> None:
    export = export_of(
        tmp_path, customers=[{"customer_id": "1", "CF: Park": "a", "CF: Porch": "b"}]
    )
    path = export / "customers.csv"
    path.write_text(path.read_text("utf-8").replace("CF: Porch", "CF: Park"), "utf-8")
    with store() as connection:
        told = profile(project_of(tmp_path, export), OctopusPro(), connection)
    fields = [f for f in told.custom_fields if f.label == "Park"]
    assert [f.examples for f in fields] == [("a",), ("b",)]
    (finding,) = [f for f in told.findings if f.code == "FIELD_HEADER_TWICE"]
    assert finding.message.startswith("1 column repeats the header of another column")
    assert list(finding.evidence) == ["customer: Park"]


def test_answers_are_fields_by_their_id(tmp_path: Path) -> None:
    rows = [*answers("8", "Rooms", ["4", "2", "4"]), *answers("9", "Notes", ["by the pool"])]
    bookings = [{"booking_number": f"BOK-{n}"} for n in range(5)]
    found = fields_of(tmp_path, bookings=bookings, custom_field_answers=rows)
    rooms = next(f for f in found if f.label == "Rooms")
    assert (rooms.object, rooms.field_id, rooms.column) == ("booking", "8", "answer_8")
    assert (rooms.type, rooms.filled, rooms.rows) == (FieldType.NUMBER, 3, 5)
    assert rooms.examples == ("4", "2")


def test_answers_on_lines_are_counted_among_the_lines(tmp_path: Path) -> None:
    rows = [{**row, "service_line_id": "1"} for row in answers("8", "Rooms", ["4"])]
    lines = [{"booking_number": "BOK-1", "line_id": str(n)} for n in range(4)]
    found = fields_of(tmp_path, booking_services=lines, custom_field_answers=rows)
    assert next(f for f in found if f.label == "Rooms").fill_rate == 0.25


def test_answers_without_an_id_are_fields_by_their_label(tmp_path: Path) -> None:
    found = fields_of(tmp_path, custom_field_answers=answers("", "Rooms", ["4"]))
    assert next(f for f in found if f.label == "Rooms").column == "answer_Rooms"


def test_answers_about_customers_are_fields_of_customers(tmp_path: Path) -> None:
    rows = [{**row, "record_type": "Customer"} for row in answers("8", "Pets", ["Cat"])]
    found = fields_of(tmp_path, custom_field_answers=rows)
    assert next(f for f in found if f.label == "Pets").object == "customer"


def test_a_property_s_field_counts_in_the_types_that_have_it(tmp_path: Path) -> None:
    rows = [
        {"property_id": "1", "property_type": "Pet", "breed": "Kelpie"},
        {"property_id": "2", "property_type": "Pet"},
        {"property_id": "3", "property_type": "Pool", "pool_volume": "28000"},
    ]
    found = {f.label: f for f in fields_of(tmp_path, customer_properties=rows)}
    breed = found["Breed"]
    assert (breed.object, breed.scope, breed.rows, breed.empty) == (
        "customer_property",
        "Pet",
        2,
        1,
    )
    assert found["Pool Volume"].type is FieldType.NUMBER


def test_properties_with_a_field_in_each_row_have_those_fields(tmp_path: Path) -> None:
    export = export_of(tmp_path)
    (export / "customer_properties.csv").write_text(
        "Property ID,Customer ID,Property Type,Name,Field,Value,Created\n"
        "1,1,Pet,Rex,Breed,Kelpie,\n1,1,Pet,Rex,Born,27/03/2020,\n2,1,Pet,Tom,Breed,,\n",
        "utf-8",
    )
    with store() as connection:
        told = profile(project_of(tmp_path, export), OctopusPro(), connection)
    found = {f.label: f for f in told.custom_fields if f.object == "customer_property"}
    assert (found["Breed"].scope, found["Breed"].filled, found["Breed"].empty) == ("Pet", 1, 1)
    assert found["Born"].type is FieldType.DATE


def test_the_answers_of_forms_are_fields_of_their_form(tmp_path: Path) -> None:
    rows = [
        {"booking_number": "BOK-1", "form": "Pre-start", "field": "Safe", "answer": answer}
        for answer in ("Yes", "No")
    ]
    (field,) = [f for f in fields_of(tmp_path, form_submissions=rows) if f.filled]
    assert (field.object, field.label, field.scope) == ("form_submission", "Safe", "Pre-start")
    assert field.type is FieldType.CHECKBOX


def test_a_field_goes_by_the_inventory_s_label_and_its_older_ones_are_kept(tmp_path: Path) -> None:
    rows = [*answers("8", "Access", ["Key"]), *answers("8", "Way in", ["Bell"])]
    listed = [{"field_id": "8", "label": "Entry", "type": "Short Text", "scope": "Service"}]
    found = fields_of(tmp_path, custom_field_answers=rows, custom_fields=listed)
    entry = next(f for f in found if f.field_id == "8")
    assert (entry.label, entry.labels) == ("Entry", ("Entry", "Way in", "Access"))


def test_a_label_of_the_portal_is_no_older_label(tmp_path: Path) -> None:
    listed = [{"field_id": "8", "label": "Entry", "portal_label": "How do we get in?"}]
    rows = answers("8", "How do we get in?", ["Bell"])
    found = fields_of(tmp_path, custom_field_answers=rows, custom_fields=listed)
    assert next(f for f in found if f.field_id == "8").labels == ("Entry",)


def test_the_inventory_is_asked_for_the_object_that_carries_the_field(tmp_path: Path) -> None:
    listed = [
        {"field_id": "1", "label": "Size", "type": "Dropdown", "scope": "Fieldworker profile"},
        {"field_id": "2", "label": "Size", "type": "Decimal", "scope": "Customer profile"},
    ]
    found = columns(tmp_path, {"Size": ["3"], "Breed": ["Cat"]}, custom_fields=listed)
    assert (found["Size"].field_id, found["Size"].type) == ("2", FieldType.NUMBER)
    assert found["Breed"].source == "data"


def test_choices_are_counted_and_those_of_the_inventory_marked(tmp_path: Path) -> None:
    listed = stated("Mine", "Dropdown", "Street", "Garage", "Driveway")
    found = column(tmp_path, ["Street", "street", "Lane", "Street", "Garage"], **listed)
    assert list(found.choices) == [
        Choice("Street", 2, True),
        Choice("Garage", 1, True),
        Choice("Lane", 1, False),
        Choice("street", 1, True),
        Choice("Driveway", 0, True),
    ]


def test_of_very_many_choices_the_most_frequent_are_kept(tmp_path: Path) -> None:
    values = [str(n) for n in range(1100)] + ["7"]
    found = column(tmp_path, values, **stated("Mine", "Dropdown"))
    assert (len(found.choices), found.choices[0], found.distinct) == (
        1000,
        Choice("7", 2, False),
        1100,
    )


def test_the_profile_tells_of_the_fields(tmp_path: Path) -> None:
    customers = [{"customer_id": "1", "CF: Surfaces": "Wood; Tile"}]
    listed = stated("Surfaces", "List", "Tile", "Wood", "Stone")
    export = export_of(tmp_path, MANIFEST, customers=customers, **listed)
    with store() as connection:
        told = profile(project_of(tmp_path, export), OctopusPro(), connection).as_json()
    (field,) = [f for f in told["custom_fields"] if f["filled"]]
    assert field == {
        "object": "customer",
        "label": "Surfaces",
        "field_id": "Surfaces",
        "scope": "Customer profile",
        "type": "multi_picklist",
        "choices": [
            {"value": "Tile", "count": 1, "listed": True},
            {"value": "Wood", "count": 1, "listed": True},
            {"value": "Stone", "count": 0, "listed": True},
        ],
        "separator": "; ",
        "rows": 1,
        "filled": 1,
        "distinct": 1,
        "shortest": 10,
        "longest": 10,
        "examples": ["Wood; Tile"],
        "source": "inventory",
        "confidence": "sure",
        "evidence": "the inventory says List",
    }
