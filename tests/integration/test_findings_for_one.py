"""What a finding or a question says when it counts one."""

from __future__ import annotations

from pathlib import Path

import pytest

from crossdock.profile.rules import catalogue
from tests.integration.exports import Row
from tests.integration.gap_exports import of_code, profile_of

COUNTING = {code: rule for code, rule in catalogue().items() if "{n}" in rule["message"]}


@pytest.mark.parametrize("code", COUNTING)
def test_a_rule_that_counts_has_words_for_one(code: str) -> None:
    message, one = COUNTING[code]["message"], COUNTING[code]["one"]
    assert "{n}" not in one
    assert one != message.replace("{n}", "1")
    assert ("{field}" in one) == ("{field}" in message)


def test_only_a_rule_that_counts_has_words_for_one() -> None:
    assert {code for code, rule in catalogue().items() if "one" in rule} == set(COUNTING)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (1, "1 payment has no invoice, an unknown one, or a void one."),
        (2, "2 payments have no invoice, an unknown one, or a void one."),
    ],
)
def test_one_record_is_told_as_one(tmp_path: Path, rows: int, said: str) -> None:
    payments: list[Row] = [{"payment_id": n, "amount": "10.00"} for n in range(rows)]
    (finding,) = of_code(profile_of(tmp_path, payments=payments), "PAYMENT_WITHOUT_INVOICE")
    assert finding.message == said


def test_one_value_of_a_column_is_told_as_one(tmp_path: Path) -> None:
    customers: list[Row] = [{"customer_id": 1, "suburb": "n/a"}, {"customer_id": 2}]
    (finding,) = of_code(profile_of(tmp_path, customers=customers), "WORDS_FOR_NOTHING")
    assert finding.message == "1 value of suburb is a word for nothing, and is read as empty."


def test_one_column_is_told_as_one(tmp_path: Path) -> None:
    found = profile_of(tmp_path, ratings=[{"booking_number": "BOK-1", "Net Score": "9"}])
    (finding,) = of_code(found, "CUSTOM_COLUMNS")
    assert finding.message == "1 column of ratings is not OctopusPro's own."
    assert finding.evidence == ("Net Score: 1 value",)
