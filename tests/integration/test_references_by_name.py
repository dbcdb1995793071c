"""Lists without ids: records find their customer by name, and nobody is taken for another."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.integration.exports import Row, export_of, shaped
from tests.integration.test_references import findings, values

JANE = {"first_name": "Jane", "last_name": "Citizen", "email": "jane@example.com"}
#: Two customers of one name, who differ in everything else.
SMITHS = (
    {
        "first_name": "John",
        "last_name": "Smith",
        "email": "john1@example.com",
        "mobile": "0491 570 006",
        "street": "1 First Ave",
        "suburb": "Ryde",
        "postcode": "2112",
    },
    {
        "first_name": "John",
        "last_name": "Smith",
        "email": "john2@example.com",
        "mobile": "0491 570 156",
        "street": "2 Second Ave",
        "suburb": "Ryde",
        "postcode": "2112",
    },
)
WHOSE = (
    "SELECT c.email FROM src.booking b LEFT JOIN src.customer c USING (customer_id) ORDER BY b._row"
)


def test_a_booking_finds_its_customer_however_the_name_is_spelled(tmp_path: Path) -> None:
    names = ("Jane Citizen", "JANE  citizen", "Citizen, Jane", "citizen jane", "Jane-Citizén.")
    bookings = [{"booking_number": f"BOK-{n}", "customer_name": x} for n, x in enumerate(names)]
    other = {"first_name": "Janet", "last_name": "Citizen", "email": "janet@example.com"}
    found = values(tmp_path, WHOSE, customers=[other, JANE], bookings=bookings)
    assert found == ["jane@example.com"] * len(names)


def test_a_business_is_found_by_its_name_and_by_its_persons(tmp_path: Path) -> None:
    business = {**JANE, "business_name": "Citizen Strata Pty Ltd"}
    bookings = [
        {"booking_number": "BOK-1", "customer_name": "citizen strata pty. ltd."},
        {"booking_number": "BOK-2", "customer_name": "Jane Citizen"},
    ]
    found = values(tmp_path, WHOSE, customers=[business], bookings=bookings)
    assert found == ["jane@example.com"] * 2


def test_the_name_that_a_customer_goes_by_counts_before_any_other(tmp_path: Path) -> None:
    business = {**JANE, "business_name": "Citizen Strata", "email": "strata@example.com"}
    bookings = [{"booking_number": "BOK-1", "customer_name": "Jane Citizen"}]
    found = values(tmp_path, WHOSE, customers=[business, JANE], bookings=bookings)
    assert found == ["jane@example.com"]


def test_customers_of_one_name_are_told_apart_by_what_the_row_says(tmp_path: Path) -> None:
    told: list[Row] = [
        {"Mobile": "+61 491 570 156"},
        {"Customer Email": "JOHN2@example.com"},
        {"address": "2 Second Ave, Ryde NSW 2112"},
    ]
    bookings = [
        {"booking_number": f"BOK-{n}", "customer_name": "John Smith", **row}
        for n, row in enumerate(told)
    ]
    found = values(tmp_path, WHOSE, customers=SMITHS, bookings=bookings)
    assert found == ["john2@example.com"] * 3


def test_customers_of_one_name_are_told_apart_by_the_documents_of_the_job(tmp_path: Path) -> None:
    files: dict[str, Sequence[Row]] = {
        "customers": SMITHS,
        "quotes": [{"quote_number": "EST-1", "customer_name": "John Smith", "Phone": "0491570156"}],
        "bookings": [
            {"booking_number": "BOK-1", "customer_name": "John Smith", "quote_number": "EST-1"}
        ],
    }
    assert values(tmp_path / "read", WHOSE, **files) == ["john2@example.com"]
    found = findings(tmp_path / "profiled", **files)["CUSTOMER_BY_CONTACT"]
    assert found.message.startswith("2 records name a customer of whom there are several;")
    assert found.evidence == ("Bookings: 1, such as John Smith", "Quotes: 1, such as John Smith")


def test_one_of_several_is_given_to_nobody_and_named(tmp_path: Path) -> None:
    files: dict[str, Sequence[Row]] = {
        "customers": SMITHS,
        "bookings": [{"booking_number": "BOK-1", "customer_name": "John Smith"}],
    }
    assert values(tmp_path / "read", WHOSE, **files) == [None]
    found = findings(tmp_path / "profiled", **files)["CUSTOMER_NAME_SHARED"]
    assert found.message == (
        "1 record shows no customer ID and a name that several customers have, with nothing to "
        "tell them apart."
    )
    (place,) = found.evidence
    assert place.startswith("bookings.csv line 2: John Smith may be N")


def test_details_that_point_to_two_customers_decide_nothing(tmp_path: Path) -> None:
    booking = {
        "booking_number": "BOK-1",
        "customer_name": "John Smith",
        "Mobile": "0491 570 006",
        "Email": "john2@example.com",
    }
    assert values(tmp_path, WHOSE, customers=SMITHS, bookings=[booking]) == [None]


def test_one_customer_who_stands_twice_in_the_list_is_no_doubt(tmp_path: Path) -> None:
    twice = [
        JANE,
        {**JANE, "mobile": "0491 570 006"},
        {**JANE, "email": "", "mobile": "0491570006"},
    ]
    bookings = [{"booking_number": "BOK-1", "customer_name": "Jane Citizen"}]
    whose = "SELECT c._row FROM src.booking b JOIN src.customer c USING (customer_id)"
    assert values(tmp_path, whose, customers=twice, bookings=bookings) == [0]


def test_a_name_that_nobody_has_is_a_finding(tmp_path: Path) -> None:
    found = findings(
        tmp_path,
        customers=[JANE],
        bookings=[{"booking_number": "BOK-1", "customer_name": "Nobody Here"}],
    )
    assert found["CUSTOMER_NAME_UNKNOWN"].evidence == ("bookings.csv line 2: Nobody Here",)
    assert found["CUSTOMER_NAME_UNKNOWN"].message == (
        "1 record shows no customer ID and a name that no customer has."
    )


def test_a_customer_told_by_name_alone_is_a_finding(tmp_path: Path) -> None:
    found = findings(
        tmp_path,
        customers=[JANE],
        bookings=[{"booking_number": "BOK-1", "customer_name": "Jane Citizen"}],
        invoices=[{"invoice_number": "INV-1", "customer_name": "Citizen, Jane"}],
    )["CUSTOMER_BY_NAME"]
    assert found.message == (
        "2 records show no customer ID and are given to the only customer of the name."
    )
    assert found.evidence == (
        "Bookings: 1, such as Jane Citizen",
        "Invoices: 1, such as Citizen, Jane",
    )


def test_where_rows_show_an_id_the_name_decides_nothing(tmp_path: Path) -> None:
    customers = [{**JANE, "customer_id": "1"}]
    bookings = [{"booking_number": "BOK-1", "customer_id": "99", "customer_name": "Jane Citizen"}]
    found = values(
        tmp_path, "SELECT customer_id FROM src.booking", customers=customers, bookings=bookings
    )
    assert found == ["99"]


def test_ids_of_customers_whose_list_shows_none_give_way_to_the_name(tmp_path: Path) -> None:
    bookings = [{"booking_number": "BOK-1", "customer_id": "99", "customer_name": "Jane Citizen"}]
    assert values(tmp_path, WHOSE, customers=[JANE], bookings=bookings) == ["jane@example.com"]


def test_parts_of_a_customer_find_it_by_name(tmp_path: Path) -> None:
    found = values(
        tmp_path,
        "SELECT c.email FROM src.customer_contact x JOIN src.customer c USING (customer_id)",
        customers=[JANE],
        customer_contacts=[{"contact_name": "Tom", "Customer Name": "Jane Citizen"}],
    )
    assert found == ["jane@example.com"]


# --- ids of our own -------------------------------------------------------------------------

IDS = "SELECT customer_id FROM src.customer ORDER BY email, mobile"


def test_a_customer_without_an_id_gets_the_same_one_in_a_later_export(tmp_path: Path) -> None:
    first = values(tmp_path / "first", IDS, customers=[JANE, *SMITHS])
    more = {"first_name": "New", "last_name": "Customer", "email": "a@example.com"}
    noted = {**JANE, "notes": "Dog in yard", "labels": "VIP"}
    later = values(tmp_path / "later", IDS, customers=[more, *reversed(SMITHS), noted])
    assert len(set(first)) == 3
    assert later[1:] == first


def test_customers_who_agree_in_everything_get_a_number_behind_it(tmp_path: Path) -> None:
    plain, second = sorted(values(tmp_path, IDS, customers=[JANE, JANE]))
    assert second == f"{plain}-2"


def test_an_id_of_the_export_is_kept(tmp_path: Path) -> None:
    known = {**SMITHS[0], "customer_id": "10001"}
    ids = values(tmp_path, IDS, customers=[JANE, known])
    assert ids[1] == "10001"
    assert ids[0].startswith("N")


def test_made_ids_are_a_finding(tmp_path: Path) -> None:
    found = findings(tmp_path, customers=[JANE], payments=[{"amount": "5.00"}])
    assert found["CUSTOMERS_WITHOUT_ID"].message.startswith("1 customer shows no ID;")
    assert found["PAYMENTS_WITHOUT_ID"].message.startswith("1 payment shows no ID;")


def test_a_payment_without_an_id_keeps_its_own_wherever_it_stands(tmp_path: Path) -> None:
    payment = {"invoice_number": "INV-1", "received_date": "01/02/2025", "amount": "5.00"}
    other = {**payment, "amount": "6.00"}
    query = "SELECT payment_id FROM src.payment ORDER BY amount"
    first = values(tmp_path / "first", query, payments=[payment, other])
    assert first == values(tmp_path / "later", query, payments=[other, payment])


def test_a_whole_name_in_one_column_is_split_and_told(tmp_path: Path) -> None:
    files: dict[str, Sequence[Row]] = {
        "customers": [
            {"Customer Name": "Lee, Ann", "email": "ann@example.com"},
            {"Customer Name": "Citizen Strata Pty Ltd", "email": "strata@example.com"},
            {"Customer Name": "Cher", "email": "cher@example.com"},
        ]
    }
    query = "SELECT first_name, last_name FROM src.customer ORDER BY email"
    assert values(tmp_path / "read", query, **files) == [
        ("Ann", "Lee"),
        (None, "Cher"),
        ("Citizen", "Strata Pty Ltd"),
    ]
    found = findings(tmp_path / "profiled", **files)["NAME_IN_ONE_COLUMN"]
    assert found.evidence[0] == "Lee, Ann is read as first name Ann, last name Lee"
    assert found.message.startswith("3 customers have their whole name in one column;")


def test_a_list_without_ids_becomes_deals_of_its_customers(tmp_path: Path) -> None:
    export = export_of(
        tmp_path,
        customers=[JANE],
        quotes=[{"quote_number": "EST-1", "customer_name": "Jane Citizen", "total": "9.00"}],
        bookings=[
            {"booking_number": "BOK-1", "customer_name": "Citizen, Jane", "quote_number": "1"}
        ],
        invoices=[{"invoice_number": "INV-1", "booking_numbers": "bok 1", "total": "9.00"}],
        payments=[{"invoice_number": "1", "amount": "9.00", "status": "Approved"}],
    )
    with shaped(export) as route:
        (deal,) = route.deals().values()
        assert (deal["number"], deal["quote_number"], deal["invoice_numbers"]) == (
            "BOK-1",
            "EST-1",
            "INV-1",
        )
        assert str(deal["paid"]) == "9.00"
        assert deal["contact_key"].startswith("CN")
