"""Who owns a deal, and what its status says."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from crossdock.model.fields import Choice
from crossdock.routes.octopuspro_freshsales import statuses
from tests.integration.exports import Row, Shaped, export_of, shaped


def _job(number: str, **more: object) -> dict[str, object]:
    return {"booking_number": number, "customer_id": "1", "total": "1.00"} | more


FILES: dict[str, list[Row]] = {
    "customers": [{"customer_id": "1", "first_name": "Jane", "last_name": "Citizen"}],
    "fieldworkers": [
        {"fieldworker_id": "7", "display_name": "Sam K", "email": "Sam@example.com"},
        {
            "fieldworker_id": "8",
            "display_name": "Lee T",
            "parent_fieldworker": "Sam K",
            "email": "",
        },
        {
            "fieldworker_id": "9",
            "display_name": "General Fieldworker",
            "email": "office@example.com",
        },
        {
            "fieldworker_id": "10",
            "display_name": "Old Hand",
            "email": "old@example.com",
            "status": "Inactive",
        },
    ],
    "users": [{"user_id": "1", "display_name": "Alex P", "email": "alex@example.com"}],
    "bookings": [
        _job("BOK-SHARE", fieldworkers="Old Hand"),
        _job("BOK-NAMED", fieldworkers="sam k; Old Hand"),
        _job("BOK-SUB", fieldworkers="Lee T", sales_rep="Alex P"),
        _job("BOK-GENERAL", fieldworkers="General Fieldworker", sales_rep="Alex P"),
        _job("BOK-REP", sales_rep="Alex P"),
        _job("BOK-NOBODY"),
        _job("BOK-CUSTOM", status=" waiting  on Strata "),
    ],
    "booking_fieldworkers": [{"booking_number": "bok-share", "fieldworker": "Sam K"}],
    "quotes": [{"quote_number": "EST-1", "customer_id": "1", "sales_rep": "Alex P"}],
}


@pytest.fixture(scope="module")
def crew(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shaped]:
    with shaped(export_of(tmp_path_factory.mktemp("crew"), **FILES)) as made:
        yield made


@pytest.mark.parametrize(
    ("deal", "owner"),
    [
        ("BOK-SHARE", "sam@example.com"),
        ("BOK-NAMED", "sam@example.com"),
        ("BOK-GENERAL", "alex@example.com"),
        ("BOK-REP", "alex@example.com"),
        ("BOK-NOBODY", None),
        ("EST-1", "alex@example.com"),
    ],
)
def test_a_deal_belongs_to_its_first_field_worker_else_to_its_sales_rep(
    crew: Shaped, deal: str, owner: str | None
) -> None:
    assert crew.deals()[deal]["owner_email"] == owner


def test_the_job_of_a_sub_worker_without_address_belongs_to_his_lead(crew: Shaped) -> None:
    assert crew.deals()["BOK-SUB"]["owner_email"] == "sam@example.com"


def test_the_business_calendar_is_no_person(crew: Shaped) -> None:
    assert crew.buckets("fieldworker")[2] == ("skipped", "no person: the business calendar")


def test_an_inactive_field_worker_is_accounted_for(crew: Shaped) -> None:
    bucket, reason = crew.buckets("fieldworker")[3]
    assert (bucket, reason) == (
        "skipped",
        "no longer active; the default owner takes the records",
    )


def test_a_status_that_the_tenant_made_up_is_kept_in_one_spelling(crew: Shaped) -> None:
    assert crew.deals()["BOK-CUSTOM"]["status"] == "booking: WAITING ON STRATA"


def test_a_job_without_a_status_says_so(crew: Shaped) -> None:
    assert crew.deals()["BOK-NOBODY"]["status"] == "booking: NONE"


STAGES = [
    Choice("1", "New", {"forecast_type": "Open"}),
    Choice("2", "Quoted", {"forecast_type": "Open"}),
    Choice("3", "Booked", {"forecast_type": "Open"}),
    Choice("4", "Hurra", {"forecast_type": "Closed Won"}),
    Choice("5", "Schade", {"forecast_type": "Closed Lost"}),
]


@pytest.mark.parametrize(
    ("status", "stage"),
    [
        ("booking: COMPLETED", "Hurra"),
        ("booking: CANCELLED", "Schade"),
        ("booking: FAILED", "Schade"),
        ("booking: TO DO", "Booked"),
        ("booking: AWAITING UPDATE", "Booked"),
        ("booking: JOB DONE BY PARTNER", "Hurra"),
        ("booking: CUSTOMER CANCELLED LATE", "Schade"),
        ("quote: SENT", "Quoted"),
        ("quote: DECLINED", "Schade"),
        ("quote: EXPIRED", "Schade"),
        ("invoice: OPEN", "Hurra"),
        ("invoice: VOID", "Schade"),
        ("booking: WAITING ON STRATA", "Booked"),
    ],
)
def test_a_status_becomes_the_stage_that_means_it(status: str, stage: str) -> None:
    assert statuses.propose("deal_stage", status, STAGES).label == stage


@pytest.mark.parametrize(
    "status", ["booking: NOT COMPLETED", "booking: INCOMPLETE", "booking: UNPAID"]
)
def test_a_status_that_denies_a_word_does_not_become_its_stage(status: str) -> None:
    assert statuses.propose("deal_stage", status, STAGES).label != "Hurra"


def test_a_status_nobody_documented_is_proposed_with_less_confidence() -> None:
    known = statuses.propose("deal_stage", "booking: COMPLETED", STAGES)
    made_up = statuses.propose("deal_stage", "booking: WAITING ON STRATA", STAGES)
    assert made_up.confidence < known.confidence


REASONS = [Choice("1", "Price is too high"), Choice("2", "Opted our rival"), Choice("3", "Other")]


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("quote: DECLINED / Found a cheaper price", "Price is too high"),
        ("quote: DECLINED / went with another company", "Opted our rival"),
        ("quote: DECLINED / the dog ate it", ""),
    ],
)
def test_a_lost_reason_is_proposed_from_the_customers_words_or_not_at_all(
    said: str, reason: str
) -> None:
    assert statuses.propose("lost_reason", said, REASONS).label == reason
