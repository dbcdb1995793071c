"""What each value of a policy does: who moves, what accounts are called, who may own."""

from __future__ import annotations

from pathlib import Path

import pytest

from crossdock.routes.octopuspro_freshsales import ROUTE
from tests.integration.exports import Row, export_of, shaped


def _jane(number: int, suburb: str = "", **more: object) -> Row:
    jane = {"customer_id": str(number), "first_name": "Jane", "last_name": "Citizen"}
    return {**jane, "suburb": suburb, "email": f"j{number}@example.com", **more}


JANES = [_jane(1, "Perth"), _jane(2, "Perth"), _jane(3, "perth"), _jane(4, "Hobart"), _jane(5)]
BY_NUMBER = [f"Jane Citizen ({n})" for n in (2, 3, 4, 5)]


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("number", ["Jane Citizen", *BY_NUMBER]),
        (
            "place",
            [
                "Jane Citizen",
                "Jane Citizen (Perth)",
                "Jane Citizen (3)",
                "Jane Citizen (Hobart)",
                "Jane Citizen (5)",
            ],
        ),
    ],
)
def test_the_second_account_of_a_name(tmp_path: Path, value: str, names: list[str]) -> None:
    with shaped(export_of(tmp_path, customers=JANES), same_names=value) as route:
        query = "SELECT account_name FROM route.sales_account ORDER BY _row"
        assert route.column(query) == names


def test_a_place_behind_a_name_never_makes_the_name_of_another_account(tmp_path: Path) -> None:
    rows = [
        _jane(1),
        _jane(2, "Perth"),
        {"customer_id": "3", "business_name": "Jane Citizen (Perth)"},
    ]
    with shaped(export_of(tmp_path, customers=rows), same_names="place") as route:
        names = route.column("SELECT account_name FROM route.sales_account ORDER BY _row")
        assert names == ["Jane Citizen", "Jane Citizen (2)", "Jane Citizen (Perth)"]


@pytest.mark.parametrize(
    ("value", "moved", "bucket"),
    [("with-records", ["1"], "skipped"), ("all", ["1", "2"], "created")],
)
def test_a_deleted_customer_without_records(
    tmp_path: Path, value: str, moved: list[str], bucket: str
) -> None:
    rows = [_jane(1, status="Deleted"), _jane(2, status="Deleted")]
    job = {"booking_number": "BOK-1", "customer_id": "1", "deleted": "No"}
    export = export_of(tmp_path, customers=rows, bookings=[job])
    with shaped(export, deleted_customers=value) as route:
        assert route.column("SELECT customer_id FROM route.account ORDER BY _row") == moved
        assert route.buckets("customer")[1][0] == bucket
        assert route.deals()["BOK-1"]["account_key"] == "C1"


# --- the default owner ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "allowed"), [("", True), ("me@example.com", True), ("me", False), ("a@b.c d", False)]
)
def test_a_default_owner_is_an_address_or_nobody(value: str, allowed: bool) -> None:
    (policy,) = [p for p in ROUTE.policies if p.name == "default_owner"]
    assert policy.allows(value) is allowed
