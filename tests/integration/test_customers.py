"""Customers become accounts, people become contacts: nobody twice, nobody lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.integration.exports import Row, Shaped, export_of, shaped


def _customer(number: str, first: str, last: str, **more: object) -> dict[str, object]:
    return {"customer_id": number, "first_name": first, "last_name": last} | more


CUSTOMERS: list[Row] = [
    # One person whose phone number is written in three ways.
    _customer("10", "Kim", "Poe", email="kim@example.com", mobile="0412 345 678"),
    _customer("11", "Kim", "Poe", mobile="+61 412 345 678", notes="Likes the side gate"),
    _customer("12", "kim", "poe", mobile="61412345678", labels="VIP"),
    # Two people who share an address.
    _customer("20", "Ann", "Roe", email="Family@example.com"),
    _customer("21", "Bob", "Roe", email="family@example.com"),
    # Three people in one row.
    {
        "customer_id": "30",
        "business_name": "Citizen Strata",
        "customer_type": "Business",
        "first_name": "Jane",
        "last_name": "Citizen",
        "email": "jane@example.com",
        "first_name2": "Tom",
        "last_name2": "Citizen",
        "email2": "tom@example.com",
        "first_name3": "Uma",
        "last_name3": "Lee",
        "mobile3": "0400 000 111",
    },
    # Nobody named, and no address.
    {"customer_id": "40", "business_name": "Silent Pty Ltd"},
    _customer("50", "Gone", "Quietly", status="Deleted"),
    _customer("51", "Gone", "Owing", status="Deleted"),
    # Two different people of one name.
    _customer("60", "Sam", "Same", email="sam1@example.com", mobile="0400 111 111"),
    _customer("61", "Sam", "Same", email="sam2@example.com", mobile="0400 222 222"),
]
FILES: dict[str, list[Row]] = {
    "customers": CUSTOMERS,
    "customer_contacts": [
        {"customer_id": "30", "contact_name": "Vic Site", "relation": "Site contact"},
        {"customer_id": "30", "contact_name": "Jane Citizen", "relation": "partner"},
        {"customer_id": "404", "contact_name": "Nobody Knows"},
        {"customer_id": "50", "contact_name": "Gone Too"},
    ],
    "bookings": [
        {"booking_number": "BOK-1", "customer_id": "11", "total": "50.00"},
        {"booking_number": "BOK-2", "customer_id": "51", "total": "60.00"},
        {"booking_number": "BOK-3", "customer_name": "citizen strata", "total": "70.00"},
        {
            "booking_number": "BOK-4",
            "customer_id": "30",
            "onsite_contact": "vic site",
            "total": "1.00",
        },
    ],
    "inquiries": [
        {"inquiry_number": "INQ-1", "customer_name": "New Face", "email": "new@example.com"},
        {"inquiry_number": "INQ-2", "customer_name": "Kim P", "email": "kim@example.com"},
    ],
}


@pytest.fixture(scope="module")
def merged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shaped]:
    with shaped(export_of(tmp_path_factory.mktemp("merged"), **FILES)) as made:
        yield made


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shaped]:
    folder = tmp_path_factory.mktemp("kept")
    chosen = {"duplicates": "keep", "accounts": "business", "missing_email": "reject"}
    with shaped(export_of(folder, **FILES), **chosen) as made:
        yield made


def _contacts(shaped_: Shaped) -> dict[str, dict[str, Any]]:
    rows = shaped_.rows("FROM route.contact ORDER BY source_key")
    return {f"{row['first_name'] or ''} {row['last_name']}".strip(): row for row in rows}


def _accounts(shaped_: Shaped) -> dict[str, str]:
    rows = shaped_.rows("SELECT source_key, account_name FROM route.sales_account")
    return {row["source_key"]: row["account_name"] for row in rows}


def test_a_phone_number_written_in_three_ways_is_one_customer(merged: Shaped) -> None:
    assert {"C10", "C11", "C12"} & set(_accounts(merged)) == {"C10"}


def test_each_merged_row_says_whose_duplicate_it_is(merged: Shaped) -> None:
    assert merged.buckets("customer")[1] == ("merged", "duplicate of C10")


def test_the_jobs_of_a_duplicate_go_to_the_one_account(merged: Shaped) -> None:
    assert merged.deals()["BOK-1"]["account_key"] == "C10"


def test_the_details_of_a_duplicate_stand_in_a_note(merged: Shaped) -> None:
    notes = merged.column("SELECT description FROM route.note WHERE source_key LIKE 'C10-1/%'")
    assert any("Likes the side gate" in note for note in notes)


def test_the_labels_of_a_duplicate_are_kept_as_tags(merged: Shaped) -> None:
    tags = merged.column("SELECT all_labels FROM route.sales_account WHERE source_key = 'C10'")
    assert tags == [["VIP"]]


def test_kept_duplicates_are_accounts_of_their_own_with_names_of_their_own(kept: Shaped) -> None:
    names = kept.column(
        "SELECT account_name FROM route.account WHERE source_key IN ('C10', 'C11', 'C12')"
    )
    assert len({name.lower() for name in names}) == 3


def test_two_people_of_one_name_with_nothing_in_common_stay_two(merged: Shaped) -> None:
    assert {"C60", "C61"} <= set(_accounts(merged))


def test_the_second_account_of_a_name_carries_its_number(merged: Shaped) -> None:
    assert _accounts(merged)["C61"] == "Sam Same (61)"


def test_an_address_that_two_people_share_is_the_first_ones(merged: Shaped) -> None:
    contacts = _contacts(merged)
    assert contacts["Ann Roe"]["address_to_send"] == "family@example.com"


def test_whoever_has_an_address_second_keeps_it_as_work_address(merged: Shaped) -> None:
    assert _contacts(merged)["Bob Roe"]["shared_email"] == "family@example.com"


def test_whoever_has_an_address_second_gets_one_that_receives_nothing(merged: Shaped) -> None:
    assert _contacts(merged)["Bob Roe"]["address_to_send"].endswith("@no-email.invalid")


def test_no_two_contacts_are_sent_with_one_address(merged: Shaped) -> None:
    sent = [row["address_to_send"] for row in _contacts(merged).values()]
    assert len(sent) == len(set(sent))


def test_three_people_in_a_row_are_three_contacts(merged: Shaped) -> None:
    assert {"Jane Citizen", "Tom Citizen", "Uma Lee"} <= set(_contacts(merged))


def test_the_people_of_a_row_belong_to_its_account(merged: Shaped) -> None:
    contacts = _contacts(merged)
    found = {name: contacts[name]["account_keys"] for name in ("Jane Citizen", "Uma Lee")}
    assert found == {"Jane Citizen": ["C30"], "Uma Lee": ["C30"]}


def test_the_account_of_a_business_has_the_business_name(merged: Shaped) -> None:
    assert _accounts(merged)["C30"] == "Citizen Strata"


def test_an_additional_contact_is_a_contact_with_his_role(merged: Shaped) -> None:
    assert _contacts(merged)["Vic Site"]["relation"] == "Site contact"


def test_an_additional_contact_who_is_in_the_row_already_is_not_made_twice(merged: Shaped) -> None:
    assert merged.buckets("customer_contact")[1] == ("merged", "the person is already a contact")


def test_an_additional_contact_of_an_unknown_customer_is_rejected_with_the_reason(
    merged: Shaped,
) -> None:
    assert merged.buckets("customer_contact")[2] == (
        "rejected",
        "its customer is not in the export",
    )


def test_the_contact_on_site_stands_on_the_deal(merged: Shaped) -> None:
    contact = _contacts(merged)["Vic Site"]["source_key"]
    assert merged.deals()["BOK-4"]["onsite_key"] == contact


def test_a_business_that_names_nobody_has_a_contact_of_its_name(merged: Shaped) -> None:
    assert "Silent Pty Ltd" in _contacts(merged)


def test_a_deleted_customer_without_records_stays_behind(merged: Shaped) -> None:
    assert merged.buckets("customer")[7] == (
        "skipped",
        "deleted in OctopusPro and without any record",
    )


def test_people_of_a_customer_who_stays_behind_stay_behind(merged: Shaped) -> None:
    assert merged.buckets("customer_contact")[3] == ("skipped", "its customer is deleted")


def test_a_deleted_customer_with_a_job_moves(merged: Shaped) -> None:
    assert "C51" in _accounts(merged)


def test_a_job_that_names_its_customer_and_no_id_is_found_by_the_name(merged: Shaped) -> None:
    assert merged.deals()["BOK-3"]["account_key"] == "C30"


def test_an_inquiry_of_somebody_new_is_an_early_contact(merged: Shaped) -> None:
    assert _contacts(merged)["New Face"]["is_lead"]


def test_an_inquiry_of_a_customer_makes_no_second_contact(merged: Shaped) -> None:
    assert "Kim P" not in _contacts(merged)


def test_with_business_accounts_only_a_person_has_no_account(kept: Shaped) -> None:
    assert set(_accounts(kept)) == {"C30"}


def test_with_business_accounts_only_a_person_is_still_a_contact(kept: Shaped) -> None:
    assert "Ann Roe" in _contacts(kept)


def test_without_placeholders_a_person_without_address_has_none(kept: Shaped) -> None:
    assert _contacts(kept)["Silent Pty Ltd"]["address_to_send"] is None


def test_a_deleted_customer_does_not_take_his_living_twin_along(tmp_path: Any) -> None:
    twins = [
        _customer("1", "Lee", "Twin", email="lee@example.com", status="Deleted"),
        _customer("2", "Lee", "Twin", email="lee@example.com", status="Active"),
    ]
    jobs = [{"booking_number": "BOK-1", "customer_id": "2", "total": "5.00"}]
    with shaped(export_of(tmp_path, customers=twins, bookings=jobs)) as made:
        assert made.deals()["BOK-1"]["account_key"] is not None


def test_a_long_chain_of_duplicates_ends_in_one_account(tmp_path: Any) -> None:
    # Each row shares its address with one neighbour and its phone with the other.
    chain = [
        _customer(
            str(n),
            "Jo",
            "Chain",
            email=f"jo{n // 2}@example.com",
            mobile=f"0400 000 {(n + 1) // 2:03}",
        )
        for n in range(12)
    ]
    with shaped(export_of(tmp_path, customers=chain)) as made:
        buckets = [bucket for bucket, _ in made.buckets("customer").values()]
    assert sorted(buckets) == ["created"] + ["merged"] * 11


def test_customer_numbers_that_differ_in_case_only_are_two_customers(tmp_path: Any) -> None:
    two = [_customer("ab1", "Ada", "One"), _customer("AB1", "Ben", "Two")]
    with shaped(export_of(tmp_path, customers=two)) as made:
        keys = made.column("SELECT source_key FROM route.sales_account")
    assert len(keys) == len(set(keys)) == 2


def test_numbers_of_two_countries_that_end_alike_are_two_customers(tmp_path: Path) -> None:
    rows = [
        {"customer_id": "1", "first_name": "Jo", "last_name": "Blogs", "mobile": "+61 412 345 678"},
        {"customer_id": "2", "first_name": "Jo", "last_name": "Blogs", "mobile": "0412 345 678"},
        {"customer_id": "3", "first_name": "Jo", "last_name": "Blogs", "mobile": "+44 7412 345678"},
    ]
    with shaped(export_of(tmp_path, customers=rows)) as route:
        assert route.column("SELECT key FROM route.customer ORDER BY _row") == ["C1", "C1", "C3"]
