"""Bookings at regular intervals are seen to be a series, and stay bookings of their own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.integration.exports import Row, export_of, shaped
from tests.integration.test_references import findings, values

SERIES = "SELECT booking_number, series, pace, place, bookings FROM link.series ORDER BY _row"
START = date(2025, 1, 6)


def bookings(days: Iterable[date], first: int = 1, **more: str) -> list[Row]:
    return [
        {
            "booking_number": f"BOK-{first + place}",
            "customer_id": "1",
            "services": "Office clean; Windows",
            "first_start": f"{day:%d/%m/%Y} 9:00 AM",
            **more,
        }
        for place, day in enumerate(days)
    ]


def every(days: int, times: int) -> list[date]:
    return [START + timedelta(days=days * n) for n in range(times)]


@pytest.mark.parametrize(
    ("days", "pace"),
    [
        (every(7, 3), "week"),
        (every(14, 4), "fortnight"),
        (every(28, 5), "four weeks"),
        ([date(2025, month, 15) for month in range(1, 7)], "month"),
        ([date(2025, 1, 31), date(2025, 2, 28), date(2025, 3, 31), date(2025, 4, 30)], "month"),
        ([START, START + timedelta(8), START + timedelta(14), START + timedelta(21)], "week"),
    ],
)
def test_bookings_at_one_rhythm_are_a_series(tmp_path: Path, days: list[date], pace: str) -> None:
    found = values(tmp_path, SERIES, bookings=bookings(days))
    assert found == [(f"BOK-{n}", "BOK-1", pace, n, len(days)) for n in range(1, len(days) + 1)]


def test_services_in_another_order_are_the_same_services(tmp_path: Path) -> None:
    first, second, third = bookings(every(7, 3))
    rows = [first, {**second, "services": "Windows;office clean"}, third]
    assert len(values(tmp_path, SERIES, bookings=rows)) == 3


@pytest.mark.parametrize(
    "rows",
    [
        bookings(every(7, 2)),
        bookings(every(5, 6)),
        bookings([START, START + timedelta(7), START + timedelta(21), START + timedelta(28)]),
        [*bookings(every(14, 2)), *bookings([START + timedelta(28)], 3, customer_id="2")],
        [*bookings(every(14, 2)), *bookings([START + timedelta(28)], 3, services="Oven")],
        [*bookings(every(7, 2)), *bookings([START + timedelta(14)], 3, first_start="")],
    ],
)
def test_too_few_or_no_rhythm_is_no_series(tmp_path: Path, rows: list[Row]) -> None:
    assert values(tmp_path, SERIES, bookings=rows) == []


def test_a_change_of_rhythm_begins_another_series(tmp_path: Path) -> None:
    days = [*every(7, 4), *(START + timedelta(21 + 14 * n) for n in range(1, 4))]
    found = values(
        tmp_path,
        "SELECT series, pace, count(*) FROM link.series GROUP BY ALL ORDER BY 1",
        bookings=bookings(days),
    )
    assert found == [("BOK-1", "week", 4), ("BOK-4", "fortnight", 4)]


def test_customers_without_an_id_have_their_series(tmp_path: Path) -> None:
    rows = bookings(every(7, 3), customer_id="", customer_name="Jane Citizen")
    customer = {"first_name": "Jane", "last_name": "Citizen"}
    assert len(values(tmp_path, SERIES, customers=[customer], bookings=rows)) == 3


def test_series_are_a_finding_with_their_numbers(tmp_path: Path) -> None:
    rows = [*bookings(every(7, 4)), *bookings(every(14, 3), 11, customer_id="2")]
    found = findings(tmp_path, bookings=rows)["RECURRING_SERIES"]
    assert found.message == (
        "7 bookings repeat an earlier one of the same customer at regular intervals: a recurring "
        "series."
    )
    assert found.evidence == (
        "every week: 1 series of 4 bookings, such as BOK-1 with 4",
        "every fortnight: 1 series of 3 bookings, such as BOK-11 with 3",
    )


def test_every_booking_of_a_series_stays_a_deal_of_its_own(tmp_path: Path) -> None:
    customer = {"customer_id": "1", "first_name": "Jane", "last_name": "Citizen"}
    export = export_of(tmp_path, customers=[customer], bookings=bookings(every(7, 3)))
    with shaped(export) as route:
        deals: dict[str, Any] = route.deals()
        assert list(deals) == ["BOK-1", "BOK-2", "BOK-3"]
