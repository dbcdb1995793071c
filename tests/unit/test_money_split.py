"""Splitting an amount over parts loses no cent and favours nobody by more than one."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossdock.model.money import Money, split

amounts = st.integers(-10_000_000_00, 10_000_000_00).map(lambda cents: Decimal(cents) / 100)
weights = st.lists(
    st.integers(0, 1_000_000_00).map(lambda cents: Decimal(cents) / 100), min_size=1, max_size=12
)


@given(amounts, weights)
def test_the_parts_add_up_to_the_amount_exactly(amount: Decimal, shares: list[Decimal]) -> None:
    assert sum(split(amount, shares)) == amount


@given(amounts, weights)
def test_there_is_one_part_for_each_weight(amount: Decimal, shares: list[Decimal]) -> None:
    assert len(split(amount, shares)) == len(shares)


@given(amounts, weights)
def test_every_part_is_whole_cents(amount: Decimal, shares: list[Decimal]) -> None:
    assert all(part * 100 == (part * 100).to_integral_value() for part in split(amount, shares))


@given(amounts, weights)
def test_no_part_is_a_cent_or_more_away_from_its_fair_share(
    amount: Decimal, shares: list[Decimal]
) -> None:
    even = [Decimal(1)] * len(shares)
    used = shares if any(shares) else even
    whole = sum(Fraction(share) for share in used)
    for part, share in zip(split(amount, shares), used, strict=True):
        assert abs(Fraction(part) - Fraction(amount) * Fraction(share) / whole) < Fraction(1, 100)


@given(amounts, weights)
def test_a_weight_of_zero_takes_nothing_beside_one_that_is_not(
    amount: Decimal, shares: list[Decimal]
) -> None:
    parts = split(amount, [*shares, Decimal(1)])
    assert all(not part for part, share in zip(parts, shares, strict=False) if not share)


@given(amounts, st.integers(1, 12))
def test_weights_that_are_all_zero_split_evenly(amount: Decimal, parts: int) -> None:
    found = split(amount, [Decimal(0)] * parts)
    assert max(found) - min(found) <= Decimal("0.01")


@given(amounts, weights)
def test_a_credit_is_split_as_the_charge_it_takes_back(
    amount: Decimal, shares: list[Decimal]
) -> None:
    assert split(-amount, shares) == [-part for part in split(amount, shares)]


@given(amounts, weights, st.integers(1, 1000))
def test_only_the_proportion_of_the_weights_matters(
    amount: Decimal, shares: list[Decimal], factor: int
) -> None:
    assert split(amount, shares) == split(amount, [share * factor for share in shares])


def test_the_odd_cent_of_a_third_goes_to_the_first() -> None:
    assert split(Decimal("100.00"), [Decimal(1)] * 3) == [
        Decimal("33.34"),
        Decimal("33.33"),
        Decimal("33.33"),
    ]


def test_equal_remainders_favour_the_earlier_part_whatever_the_size_of_the_parts() -> None:
    # In cents: 16.3636..., 15.1515..., 2.1212... and 6.3636...; one cent is left over.
    assert split(Decimal("0.40"), [Decimal(54), Decimal(50), Decimal(7), Decimal(21)]) == [
        Decimal("0.17"),
        Decimal("0.15"),
        Decimal("0.02"),
        Decimal("0.06"),
    ]


def test_the_largest_remainder_gets_the_odd_cent() -> None:
    assert split(Decimal("0.05"), [Decimal(1), Decimal(2)]) == [Decimal("0.02"), Decimal("0.03")]


def test_nothing_to_split_over_is_refused() -> None:
    with pytest.raises(ValueError, match="no parts"):
        split(Decimal(1), [])


def test_an_amount_reads_with_its_currency_and_thousands() -> None:
    assert str(Money(Decimal("1234567.5"), "AUD")) == "AUD 1,234,567.50"
