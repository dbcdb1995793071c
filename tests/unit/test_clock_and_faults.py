"""A clock that jumps instead of waiting, and named places where a program may die."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta

import pytest

from crossdock.model.faults import FaultPoints
from crossdock.model.times import SystemClock, VirtualClock

START = datetime(2026, 1, 1, tzinfo=UTC)


class DeathError(Exception):
    """A program that ended in the middle."""


def _die() -> None:
    raise DeathError


def test_an_hour_of_waiting_takes_no_real_time() -> None:
    clock, began = VirtualClock(START), time.monotonic()
    asyncio.run(clock.sleep(3600))
    assert clock.now() - START >= timedelta(hours=1)
    assert time.monotonic() - began < 5


def test_sleepers_at_the_same_time_wake_together_and_not_one_after_the_other() -> None:
    clock = VirtualClock(START)

    async def five() -> None:
        await asyncio.gather(*(clock.sleep(60) for _ in range(5)))

    asyncio.run(five())
    assert timedelta(seconds=60) <= clock.now() - START < timedelta(seconds=65)


def test_the_longest_of_several_sleeps_decides_when_all_are_awake() -> None:
    clock = VirtualClock(START)

    async def three() -> None:
        await asyncio.gather(*(clock.sleep(seconds) for seconds in (10, 300, 20)))

    asyncio.run(three())
    assert timedelta(seconds=300) <= clock.now() - START < timedelta(seconds=305)


def test_a_virtual_clock_runs_while_nobody_sleeps() -> None:
    clock = VirtualClock(START)
    first = clock.now()
    time.sleep(0.01)
    assert clock.now() > first


def test_a_negative_wait_does_not_turn_time_back() -> None:
    clock = VirtualClock(START)
    asyncio.run(clock.sleep(-60))
    assert clock.now() >= START


def test_the_systems_clock_tells_utc() -> None:
    assert SystemClock().now().utcoffset() == timedelta(0)


def test_the_systems_clock_takes_a_negative_wait_as_none() -> None:
    began = time.monotonic()
    asyncio.run(SystemClock().sleep(-5))
    assert time.monotonic() - began < 2


def test_a_fault_strikes_at_the_named_time_and_not_before() -> None:
    faults = FaultPoints({("deal.sent", 3): _die})
    faults.reach("deal.sent")
    faults.reach("deal.sent")
    with pytest.raises(DeathError):
        faults.reach("deal.sent")


def test_a_fault_strikes_once() -> None:
    faults = FaultPoints({("deal.sent", 1): _die})
    with pytest.raises(DeathError):
        faults.reach("deal.sent")
    faults.reach("deal.sent")


def test_points_are_counted_each_for_itself() -> None:
    faults = FaultPoints({("deal.sent", 2): _die})
    faults.reach("deal.sent")
    faults.reach("note.sent")
    with pytest.raises(DeathError):
        faults.reach("deal.sent")
