"""What a column is called, holds, and stands beside decides what it is proposed to be."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossdock.mapping.proposing import OWN
from tests.unit.proposing import NAMES, PHONES, keys, profiles, proposed

DATES = ("01/02/2024", "15/03/2024", "28/04/2024")
AMOUNTS = ("120.00", "85.50", "1,240.00")


@pytest.mark.parametrize(
    ("object_name", "header", "values", "key"),
    [
        ("customer", "MOBILE-PHONE", PHONES, "column:mobile"),
        ("customer", "mobilePhone", PHONES, "column:mobile"),
        ("customer", "Cust Mob No", PHONES, "column:mobile"),
        ("customer", "Moblie", PHONES, "column:mobile"),
        ("customer", "Client cell", PHONES, "column:mobile"),
        ("customer", "FName", NAMES, "column:first_name"),
        ("customer", "2nd email", ("a@example.com", "b@example.com"), "column:email2"),
        ("booking", "Work Order #", ("1001", "1002"), "column:booking_number"),
        ("booking", "Scheduled finish", DATES, "column:last_end"),
        ("quote", "Valid through", DATES, "column:expiry_date"),
        ("invoice", "Amt still owing", AMOUNTS, "column:balance"),
        ("payment", "Paid with", ("Cash", "Card", "Cash"), "column:payment_type"),
        ("service", "Bookable online?", ("Yes", "No", "Yes"), "column:show_in_portal"),
    ],
)
def test_a_header_in_another_spelling_or_in_other_words_is_the_same_column(
    object_name: str, header: str, values: Sequence[str], key: str
) -> None:
    assert keys([(header, values)], object_name) == {header: key}


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("Vet phone", PHONES),
        ("Neighbour's mobile", PHONES),
        ("Tank address", ("1 Reef Ct", "2 Palm Ave", "3 Kiln St")),
        ("Strata manager's email", ("a@example.com", "b@example.com")),
        ("Dog on site?", ("Yes", "No", "Yes")),
        ("Lawn area (m2)", ("120", "85", "4400")),
        ("CF: Mobile", PHONES),
    ],
)
def test_what_belongs_to_somebody_or_something_else_is_the_tenants_own_field(
    header: str, values: Sequence[str]
) -> None:
    assert keys([(header, values)]) == {header: OWN}


def test_values_that_are_no_phone_numbers_speak_against_a_phone() -> None:
    said = proposed([("Mobile", ("Yes", "No", "Yes"))])["Mobile"]
    assert said.confidence < proposed([("Mobile", PHONES)])["Mobile"].confidence
    assert "its values are no phone numbers" in said.reason


def test_values_of_one_shape_alone_make_no_column() -> None:
    assert keys([("Zorblatt", PHONES)]) == {"Zorblatt": OWN}


def test_one_place_is_proposed_once() -> None:
    columns = [("Mobile", PHONES), ("Cell", PHONES), ("Mob", PHONES), ("Mobile number", PHONES)]
    chosen = [key for key in keys(columns).values() if key != OWN]
    assert len(chosen) == len(set(chosen)), chosen
    assert keys(columns)["Mobile"] == "column:mobile"


def test_a_number_that_begins_as_those_of_bookings_is_a_bookings_number() -> None:
    found = keys([("Number", ("BOK-1", "BOK-2")), ("Ref", ("EST-7", "EST-8"))], "booking")
    assert found["Number"] == "column:booking_number"
    assert found["Ref"] != "column:booking_number"


def test_a_standard_field_of_the_destination_that_no_column_feeds_is_proposed() -> None:
    found = keys([("Job title", ("Manager", "Owner")), ("Web site", ("https://a.example",))])
    assert found == {
        "Job title": "field:contact.job_title",
        "Web site": "field:sales_account.website",
    }


def test_a_field_that_the_destination_keeps_itself_is_never_proposed() -> None:
    assert "field:contact.created_at" not in keys([("Created at", DATES)]).values()


def test_a_custom_field_of_nearly_the_same_label_is_proposed() -> None:
    found = keys([("CF: Gate-code", ("1180#", "A44")), ("Pool kind", ("Salt", "Salt", "Chlorine"))])
    assert found == {
        "CF: Gate-code": "field:contact.cf_gate",
        "Pool kind": "field:contact.cf_pool",
    }


def test_a_reason_says_what_can_be_checked() -> None:
    said = proposed([("Handy cell", PHONES), ("Client cell", PHONES)])["Client cell"]
    assert "all 3 values look like phone numbers" in said.reason
    assert "in other words" in said.reason


def test_the_three_likeliest_places_are_shown_the_chosen_one_first() -> None:
    said = proposed([("Home number", PHONES)])["Home number"]
    assert said.candidates[0].place == said.place
    assert 1 < len(said.candidates) <= 3


def test_what_the_header_says_outright_is_sure_and_what_it_hints_at_is_not() -> None:
    found = proposed([("First Name", NAMES), ("Moniker number", NAMES)])
    assert found["First Name"].is_high
    assert not found["Moniker number"].is_high


def test_a_list_without_a_value_is_judged_by_its_headers() -> None:
    assert keys([("Given name", ("", "")), ("Cell", ())]) == {
        "Given name": "column:first_name",
        "Cell": "column:mobile",
    }


def test_profiles_show_a_shape_and_no_value_in_their_patterns() -> None:
    (profile,) = profiles([("Cell", ("0412 555 010", "Ann"))])
    assert profile.patterns == ("9999 999 999", "Aaa")


LIST = [
    ("Cell", PHONES),
    ("Mobile", PHONES),
    ("Phone", ("02 5550 1122", "02 5550 1123")),
    ("Other phone", ("02 5550 1124",)),
    ("Given name", NAMES),
    ("Surname", ("Dell", "Enns")),
    ("Vet phone", PHONES),
    ("Town", ("Bowral", "Kew")),
    ("Zip", ("2576", "3101")),
    ("Joined", DATES),
    ("Started", DATES),
]


@settings(max_examples=25, deadline=None)
@given(st.permutations(LIST))
def test_the_order_of_columns_does_not_change_the_proposal(
    columns: list[tuple[str, Sequence[str]]],
) -> None:
    assert keys(columns) == keys(LIST)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(st.text(max_size=25), st.lists(st.text(max_size=12), max_size=4)), max_size=5
    )
)
def test_whatever_a_list_holds_each_column_gets_one_proposal(
    columns: list[tuple[str, list[str]]],
) -> None:
    found = profiles(columns)
    assert [p.header for p in found] == [header for header, _ in columns]
    chosen = [p.place.key for p in proposed(columns).values() if p.place.key != OWN]
    assert len(chosen) == len(set(chosen))
