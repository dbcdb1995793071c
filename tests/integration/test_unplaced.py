"""A mapping under which values of the export would be lost is told so, column by column."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from crossdock.mapping import document
from crossdock.mapping.document import Line, Mapping
from crossdock.mapping.places import unplaced
from crossdock.mapping.tenant_fields import tenant_fields
from crossdock.model.fields import FieldType
from crossdock.routes.octopuspro_freshsales import ROUTE
from tests.integration.exports import Shaped, export_of, shaped

CUSTOMER = {"customer_id": "7", "first_name": "Jane", "rating": "4", "CF: Gate code": "1234"}
BOOKING = {"booking_number": "BOK-1", "customer_id": "7", "branch": "North", "Crew": "Blue"}
WORKER = {"fieldworker_id": "1", "display_name": "Bob", "hourly_rate": "30", "Shoe Size": "44"}
INVOICES = [
    {"invoice_number": "INV-1", "booking_numbers": "BOK-1", "PO Number": "1"},
    {"invoice_number": "INV-2", "booking_numbers": "BOK-1", "PO Number": "2"},
]
QUOTE = {"quote_number": "EST-1", "booking_number": "BOK-1", "Signed On": "01/02/2025"}
OWN = {
    ("customer", "cf_gate_code", "CF: Gate code", 1),
    ("booking", "own_crew", "Crew", 1),
    ("fieldworker", "own_shoe_size", "Shoe Size", 1),
}


@pytest.fixture(scope="module")
def route(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shaped]:
    export = export_of(
        tmp_path_factory.mktemp("export"),
        customers=[CUSTOMER],
        bookings=[BOOKING],
        fieldworkers=[WORKER],
        invoices=INVOICES,
        quotes=[QUOTE],
    )
    with shaped(export) as made:
        yield made


@pytest.fixture
def mapping() -> Mapping:
    """The default lines alone."""
    default = document.parse(ROUTE.default_mapping())
    return Mapping(ROUTE.name, {}, list(default.lines), list(default.new_fields))


def _found(route: Shaped, mapping: Mapping) -> set[tuple[object, ...]]:
    found = unplaced(route.connection, ROUTE, mapping)
    return {(x["object"], x["column"], x["header"], x["filled"]) for x in found}


def test_only_own_columns_without_a_line_have_no_place(route: Shaped, mapping: Mapping) -> None:
    assert _found(route, mapping) == OWN


def test_a_line_of_any_status_and_what_is_left_out_are_places(
    route: Shaped, mapping: Mapping
) -> None:
    mapping.lines += [
        Line("contact", ("customer.cf_gate_code",), "custom:Gate code", "text"),
        Line("deal", ("booking.own_crew",), "custom:Crew", "text", status="rejected"),
    ]
    mapping.left_out.append({"object": "fieldworker", "field": "Shoe Size", "why": "not wanted"})
    assert _found(route, mapping) == set()


@pytest.mark.parametrize(
    ("target", "lost"),
    [
        ("custom:Branch", ("booking", "branch", "Branch", 1)),
        ("custom:Customer rating", ("customer", "rating", "Rating", 1)),
    ],
)
def test_a_line_that_is_gone_is_missed_where_its_column_has_values(
    route: Shaped, mapping: Mapping, target: str, lost: tuple[object, ...]
) -> None:
    mapping.lines = [line for line in mapping.lines if line.target != target]
    assert _found(route, mapping) == OWN | {lost}


def test_a_column_that_has_another_target_is_not_missed(route: Shaped, mapping: Mapping) -> None:
    mapping.lines = [
        replace(line, target="custom:Office") if line.target == "custom:Branch" else line
        for line in mapping.lines
    ]
    assert _found(route, mapping) == OWN


def test_a_line_without_values_is_not_missed(route: Shaped, mapping: Mapping) -> None:
    mapping.lines = [line for line in mapping.lines if line.target != "custom:Location type"]
    assert _found(route, mapping) == OWN


def test_own_columns_of_quotes_and_invoices_are_offered_as_fields_of_the_deal(
    route: Shaped,
) -> None:
    fields = {field.column: field for field in tenant_fields(route.connection)}
    order = fields["invoice_own_po_number"]
    assert (order.entity, order.source_object, order.label) == ("deal", "invoice", "PO Number")
    assert order.type is FieldType.TEXT, "two invoices are one deal, and '1; 2' is no number"
    signed = fields["quote_own_signed_on"]
    assert (signed.entity, signed.type, signed.filled) == ("deal", FieldType.DATE, 1)
