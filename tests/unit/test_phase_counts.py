"""Every record of a phase is in one bucket, or the phase does not balance."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossdock.model.outcomes import Bucket, PhaseCounts

numbers = st.integers(0, 1000)
filled = st.fixed_dictionaries({str(bucket): numbers for bucket in Bucket})


@given(filled)
def test_a_phase_balances_when_its_buckets_hold_what_was_read(buckets: dict[str, int]) -> None:
    assert PhaseCounts("deal", read=sum(buckets.values()), **buckets).balanced


@given(filled, st.integers(-5, 5).filter(bool))
def test_one_record_more_or_less_than_was_read_does_not_balance(
    buckets: dict[str, int], off: int
) -> None:
    assert not PhaseCounts("deal", read=sum(buckets.values()) + off, **buckets).balanced


@pytest.mark.parametrize("bucket", list(Bucket))
def test_every_bucket_counts_as_a_place(bucket: Bucket) -> None:
    assert PhaseCounts("deal", read=3, **{str(bucket): 3}).balanced


def test_a_reason_against_it_keeps_a_phase_open_though_the_numbers_agree() -> None:
    counts = PhaseCounts("deal", read=2, created=2, reasons=["one of them is there twice"])
    assert not counts.balanced


def test_a_script_is_told_whether_a_phase_balanced() -> None:
    assert PhaseCounts("deal", read=2, created=1).as_json()["balanced"] is False
