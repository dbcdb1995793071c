"""What is in an export twice, and what only looks like it, is counted and named."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.integration.exports import Row
from tests.integration.test_references import findings

JANE = {
    "customer_id": "1",
    "first_name": "Jane",
    "last_name": "Citizen",
    "email": "jane@example.com",
    "mobile": "0491 570 006",
    "street": "12 Smith St",
    "postcode": "2026",
}


def same(**changed: str) -> dict[str, str]:
    """Return a second customer who has only what is named."""
    return {"customer_id": "2", "first_name": "Jane", "last_name": "Citizen", **changed}


# --- customers ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "again",
    [
        same(mobile="+61 491 570 006"),
        same(mobile="61491570006"),
        same(mobile="0491570006", email="other@example.com"),
        same(email="JANE@Example.com"),
        same(phone="(0491) 570-006", first_name="JANE"),
    ],
)
def test_the_same_name_with_a_contact_detail_in_another_spelling_is_the_same_customer(
    tmp_path: Path, again: Row
) -> None:
    found = findings(tmp_path, customers=[JANE, again])
    assert found["CUSTOMERS_TWICE"].count == 1
    assert found["CUSTOMERS_TWICE"].evidence == ("Jane Citizen (jane@example.com)",)
    assert "CUSTOMERS_ALIKE" not in found


def test_three_rows_of_one_customer_are_one_group(tmp_path: Path) -> None:
    rows = [JANE, {**JANE, "customer_id": "2"}, {**JANE, "customer_id": "3"}]
    found = findings(tmp_path, customers=rows)["CUSTOMERS_TWICE"]
    assert found.message == (
        "2 customer rows repeat another one's name, and its e-mail or phone number."
    )
    assert len(found.evidence) == 1


@pytest.mark.parametrize(
    ("name", "again"),
    [
        ("J Citizen", same(first_name="J", email="jane@example.com")),
        ("J. Citizen", same(first_name="J.", mobile="+61491570006")),
        ("Citizen Jane", same(first_name="Citizen", last_name="Jane", email="jane@example.com")),
        ("Jane  Citizen-", same(last_name=" Citizen-", email="jane@example.com")),
        ("Jane Citizen", same(street="12 Smith St.", postcode="2026")),
    ],
)
def test_a_name_alike_with_the_same_detail_is_probably_the_same_person(
    tmp_path: Path, name: str, again: Row
) -> None:
    found = findings(tmp_path, customers=[JANE, again])
    assert found["CUSTOMERS_ALIKE"].message.startswith("1 customer is probably another one")
    (place,) = found["CUSTOMERS_ALIKE"].evidence
    assert place.startswith("Jane Citizen and ")
    assert "CUSTOMERS_TWICE" not in found


@pytest.mark.parametrize(
    "other",
    [
        same(),
        same(first_name="Tom", email="jane@example.com"),
        same(first_name="John", mobile="0491 570 006"),
        same(first_name="J", street="12 Smith St", postcode="2026"),
        same(email="citizen@example.com", mobile="0491 570 156"),
    ],
)
def test_a_family_and_a_namesake_are_not_the_same_person(tmp_path: Path, other: Row) -> None:
    found = findings(tmp_path, customers=[JANE, other])
    assert not {"CUSTOMERS_TWICE", "CUSTOMERS_ALIKE"} & set(found)


def test_a_phone_number_that_two_names_share_is_told(tmp_path: Path) -> None:
    tom = same(first_name="Tom", mobile="+61 491 570 006")
    found = findings(tmp_path, customers=[JANE, tom])["PHONE_SHARED"]
    assert found.message == "1 customer shares a phone number with a customer of another name."
    assert found.evidence == ("61491570006: Jane Citizen, Tom Citizen",)


# --- several people in one row --------------------------------------------------------------


def test_further_people_of_a_customer_are_counted(tmp_path: Path) -> None:
    row = {**JANE, "first_name2": "Tom", "last_name2": "Citizen", "first_name3": "Ann"}
    found = findings(tmp_path, customers=[row, same()])["SEVERAL_PEOPLE"]
    assert found.message == "1 customer holds more than one person."
    assert found.evidence == ("Jane Citizen, Tom Citizen, Ann",)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"first_name": "John & Mary", "last_name": "Smith"}, True),
        ({"first_name": "John and Mary", "last_name": "Smith"}, True),
        ({"first_name": "John", "last_name": "Smith / Mary Jones"}, True),
        ({"first_name": "Sandy", "last_name": "Andrews"}, False),
        ({"first_name": "A & B", "last_name": "Sons", "customer_type": "Business"}, False),
    ],
)
def test_two_people_in_one_name_are_told(tmp_path: Path, row: Row, told: bool) -> None:
    found = findings(tmp_path, customers=[{"customer_id": "1", **row}])
    assert ("SEVERAL_PEOPLE_IN_ONE_NAME" in found) is told
    if told:
        message = found["SEVERAL_PEOPLE_IN_ONE_NAME"].message
        assert message == "1 name looks like two people, such as John & Mary Smith."


@pytest.mark.parametrize("between", ["; ", ", ", " ", "/", " & "])
def test_two_addresses_in_one_cell_are_told(tmp_path: Path, between: str) -> None:
    email = f"jane@example.com{between}tom@example.com"
    found = findings(tmp_path, customers=[{**JANE, "email": email}])["EMAILS_IN_ONE_CELL"]
    assert found.message == "1 cell holds more than one e-mail address."
    assert found.evidence == (email,)


# --- whom nobody is -------------------------------------------------------------------------


def test_an_address_in_the_log_that_nobody_has_is_told(tmp_path: Path) -> None:
    found = findings(
        tmp_path,
        customers=[JANE],
        customer_contacts=[{"customer_id": "1", "email": "Tom@Example.com"}],
        emails=[
            {"recipient": "jane@example.com"},
            {"recipient": "Jane Citizen <JANE@example.com>"},
            {"recipient": "tom@example.com"},
            {"recipient": "old@example.com"},
            {"recipient": "Old@example.com"},
        ],
    )["EMAILS_TO_NOBODY"]
    assert found.message == "2 e-mails went to an address that no customer in the export has."
    assert found.evidence == ("old@example.com: 2 e-mails",)


def test_a_number_in_the_log_that_nobody_has_is_told(tmp_path: Path) -> None:
    ours = "02 5550 9000"
    found = findings(
        tmp_path,
        customers=[JANE],
        sms=[
            {"direction": "Outbound", "from": ours, "to": "+61491570006"},
            {"direction": "Inbound", "from": "0491 570 156", "to": ours},
        ],
        calls=[{"direction": "Outbound", "from": ours, "to": "0491570156"}],
    )["CALLS_WITH_NOBODY"]
    assert found.message.startswith("2 calls and text messages were with a number that nobody")
    assert found.evidence == ("61491570156: 2 calls and messages",)


# --- rows -----------------------------------------------------------------------------------


def test_a_record_that_stands_twice_word_for_word_is_told(tmp_path: Path) -> None:
    payment = {"payment_id": "1", "amount": "5.00", "invoice_number": "INV-1"}
    found = findings(tmp_path, payments=[payment, payment, {**payment, "amount": "6.00"}])
    assert found["ROWS_TWICE"].message == (
        "1 row of a record says word for word what an earlier row of its list says."
    )
    assert found["ROWS_TWICE"].evidence == ("Payments: 1 row",)
    assert found["ID_TWICE"].evidence == ("payment 1",)


def test_a_line_that_stands_twice_may_be_meant(tmp_path: Path) -> None:
    line = {"booking_number": "BOK-1", "service": "Clean", "amount": "5.00"}
    found = findings(tmp_path, bookings=[{"booking_number": "BOK-1"}], booking_services=[line] * 3)
    assert "ROWS_TWICE" not in found
    assert found["LINES_TWICE"].evidence == ("Booking services: 2 rows",)
    assert found["LINES_TWICE"].severity == "notes"


def customers(numbers: range, first_id: int) -> list[dict[str, Any]]:
    return [
        {
            "customer_id": str(first_id + place),
            "first_name": f"Name{number}",
            "last_name": "Citizen",
            "email": f"name{number}@example.com",
        }
        for place, number in enumerate(numbers)
    ]


@pytest.mark.parametrize("first_id", [1, 1001])
def test_a_list_that_was_imported_twice_is_a_block(tmp_path: Path, first_id: int) -> None:
    rows = [*customers(range(40), 1), JANE | {"customer_id": "999"}]
    again = customers(range(40), first_id)
    found = findings(tmp_path, customers=[*rows, *again])["BLOCK_TWICE"]
    assert found.message == "40 rows stand in blocks that repeat earlier blocks of their list."
    assert found.evidence == ("Customers: 40 rows one after the other",)


def test_a_few_rows_that_repeat_are_no_block(tmp_path: Path) -> None:
    rows = customers(range(40), 1)
    found = findings(tmp_path, customers=[*rows, *customers(range(0, 38, 2), 1001)])
    assert "BLOCK_TWICE" not in found
    assert found["CUSTOMERS_TWICE"].count == 19


@pytest.mark.parametrize(
    ("files", "place"),
    [
        ({"customers": [JANE, same(customer_id="1")]}, "customer 1"),
        ({"fieldworkers": [{"display_name": "Sam K"}] * 2}, "field worker Sam K"),
        ({"inquiries": [{"inquiry_number": "INQ-1", "source": s} for s in "ab"]}, "inquiry INQ-1"),
    ],
)
def test_an_id_that_two_records_carry_is_told(
    tmp_path: Path, files: dict[str, Sequence[Row]], place: str
) -> None:
    found = findings(tmp_path, **files)["ID_TWICE"]
    assert found.message.startswith(
        "1 record carries an id or a name that must be one record's own"
    )
    assert found.evidence == (place,)


# --- numbers --------------------------------------------------------------------------------


def invoices(*numbers: str) -> list[Row]:
    return [{"invoice_number": number} for number in numbers]


def test_a_number_that_two_invoices_carry_is_told(tmp_path: Path) -> None:
    found = findings(tmp_path, invoices=invoices("INV-1", "INV-1", "INV-2"))["NUMBER_TWICE"]
    assert found.message.startswith("1 booking, invoice or quote carries a number")
    assert found.evidence == ("invoice INV-1",)


@pytest.mark.parametrize("alike", ["INV-007", "inv-7", "INV 7", "INV7"])
def test_numbers_that_differ_only_in_spelling_are_told(tmp_path: Path, alike: str) -> None:
    found = findings(tmp_path, invoices=invoices("INV-6", "INV-7", "INV-8", alike))
    assert found["NUMBERS_ALIKE"].message.startswith("1 number differs from another one only in")
    assert "INV-7" in found["NUMBERS_ALIKE"].evidence[0]
    assert "NUMBER_TWICE" not in found


def test_numbers_typed_by_hand_are_told_by_their_kind(tmp_path: Path) -> None:
    usual = [f"INV-{n}" for n in range(100, 120)]
    found = findings(tmp_path, invoices=invoices(*usual, "INV-0130", "2019-7", "2019-8", "Smith"))
    assert found["NUMBERS_BY_HAND"].count == 4
    assert found["NUMBERS_BY_HAND"].evidence == (
        "invoice 2019-7, and 1 more like it",
        "invoice INV-0130",
        "invoice Smith",
    )
    assert "NUMBER_PREFIXES" not in found


def test_lists_with_two_usual_prefixes_are_told(tmp_path: Path) -> None:
    numbers = [
        f"{prefix}{n}" for prefix, many in (("INV-", 30), ("A", 20)) for n in range(1, many + 1)
    ]
    found = findings(tmp_path, invoices=invoices(*numbers))["NUMBER_PREFIXES"]
    assert found.message == "Numbers of one list begin in several ways, each often."
    assert found.evidence == ('invoice: "INV-" 30, "A" 20',)
