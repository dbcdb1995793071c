from __future__ import annotations

import pytest

from crossdock.report import labels, wording


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (0, "under a minute"),
        (0.02, "1 minute"),
        (0.5, "30 minutes"),
        (1.0, "1 hour"),
        (12.82, "12.8 hours"),
        (1234.5, "51.4 days (1,234 hours)"),
    ],
)
def test_spans(hours: float, words: str) -> None:
    assert wording.span(hours) == words


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [
        (0, 0, "–"),
        (0, 9, "0 %"),
        (1, 10**6, "0.01 %"),
        (9, 9, "100 %"),
        (999_999, 10**6, "99.99 %"),
    ],
)
def test_shares(part: int, whole: int, words: str) -> None:
    assert wording.share(part, whole).replace("\N{NO-BREAK SPACE}", " ") == words


def test_money_is_exact() -> None:
    assert wording.money("12345678901234567.89") == "12,345,678,901,234,567.89"
    assert wording.money(None) == "–"
    assert wording.money("not money") == "not money"


def test_moments() -> None:
    assert wording.moment("2026-06-30T23:10:00+10:00") == "30 June 2026, 23:10 (UTC+10:00)"
    assert wording.moment("soon") == "soon"


def test_an_unknown_name_becomes_readable() -> None:
    assert labels.of_object("booking_service") == "Booking lines"
    assert labels.of_object("some_new_object") == "Some new object"
    assert labels.of_field("custom:Job status") == "Job status"
    assert labels.of_field("deal_stage_id") == "Deal stage"
