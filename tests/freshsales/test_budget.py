from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from crossdock.connectors.freshsales.budget import PATIENCE, Budget
from crossdock.connectors.freshsales.rate_headers import seconds_until
from crossdock.errors import OverloadedError
from crossdock.model.times import VirtualClock

from .fakes import START, FakeAccount, contact, gathered, rated, refusal, run

USERS = {"users": [{"id": 1, "email": "a@x.test", "display_name": "A"}]}


def read_users(account: FakeAccount, times: int = 1, **options: float) -> None:
    async def work() -> None:
        destination = account.destination(**options)
        for _ in range(times):
            await gathered(destination.read("user"))

    run(work())


def test_waits_until_the_reset_when_nothing_is_left() -> None:
    account = FakeAccount().on("GET", "selector/owners", rated(USERS, remaining=0))
    read_users(account, 2)
    assert 3600 <= account.seconds() < 3610


def test_keeps_a_share_free_for_others() -> None:
    account = FakeAccount().on("GET", "selector/owners", rated(USERS, remaining=250))
    read_users(account, 2, keep_free=0.25)
    assert account.seconds() >= 3600


def test_does_not_wait_while_more_than_the_share_is_left() -> None:
    account = FakeAccount().on("GET", "selector/owners", rated(USERS, remaining=252))
    read_users(account, 2, keep_free=0.25)
    assert account.seconds() < 5


def test_a_refusal_with_retry_after_is_waited_out() -> None:
    account = FakeAccount().on(
        "GET", "selector/owners", refusal(429, "slow", headers={"Retry-After": "40"}), USERS
    )
    read_users(account)
    assert 40 <= account.seconds() < 45


def test_a_refusal_without_any_header_is_backed_off_from() -> None:
    account = FakeAccount().on("GET", "selector/owners", *[refusal(429, "no")] * 4, USERS)
    read_users(account)
    assert 2 + 4 + 8 + 16 <= account.seconds() < 35


def test_a_refusal_with_nothing_left_waits_for_the_reset() -> None:
    account = FakeAccount().on("GET", "selector/owners", rated({}, remaining=0, status=429), USERS)
    read_users(account)
    assert 3600 <= account.seconds() < 3610


def test_a_refusal_with_requests_left_is_a_shorter_limit() -> None:
    account = FakeAccount().on(
        "GET", "selector/owners", rated({}, remaining=900, status=429), USERS
    )
    read_users(account)
    assert account.seconds() < 10


def test_the_disguised_refusal_of_a_service_behind_is_retried() -> None:
    disguised = refusal(
        400, "UCR contact fetch failure :: response_code :: 429 :: response :: Too many requests"
    )
    account = FakeAccount().on("POST", "tasks", disguised, {"task": {"id": 5}})

    async def work() -> str | None:
        outcomes = await account.destination().write("task", [contact("T-1")])
        return outcomes[0].destination_id

    assert run(work()) == "5"
    assert account.count("tasks") == 2


def test_gives_up_after_two_hours_of_refusals() -> None:
    account = FakeAccount().on("GET", "selector/owners", refusal(429, "no"))
    with pytest.raises(OverloadedError) as caught:
        read_users(account)
    assert caught.value.next_command.startswith("crossdock run")
    assert account.seconds() <= PATIENCE + 5


def test_many_at_once_never_send_more_than_the_allowance() -> None:
    """Sixteen senders, an hour of ten requests: thirty requests take two resets."""

    class Server:
        def __init__(self, clock: VirtualClock) -> None:
            self.clock, self.used, self.window, self.over = clock, 0, 0, 0

        async def serve(self) -> dict[str, str]:
            window = int((self.clock.now() - START).total_seconds() // 3600)
            if window != self.window:
                self.window, self.used = window, 0
            self.used += 1
            self.over += self.used > 10
            remaining = max(0, 10 - self.used)
            for _ in range(self.used % 3):
                await asyncio.sleep(0)
            reset = START + timedelta(hours=window + 1)
            return {
                "x-ratelimit-limit": "10",
                "x-ratelimit-remaining": str(remaining),
                "x-ratelimit-reset": reset.strftime("%d%m%y%H%M%S"),
            }

    async def work() -> Server:
        clock = VirtualClock(START)
        budget, server = Budget(clock), Server(clock)

        async def one() -> None:
            permit = await budget.enter()
            budget.leave(permit, await server.serve())

        await asyncio.gather(*(one() for _ in range(30)))
        return server

    server = run(work())
    assert server.over == 0
    assert server.window == 2


def test_refusals_that_flew_together_count_once() -> None:
    async def work() -> float:
        clock = VirtualClock(START)
        budget = Budget(clock)
        first = await budget.enter()
        budget.leave(first, {})
        permits = [await budget.enter() for _ in range(16)]
        for permit in permits:
            budget.refused(permit, {})
        await budget.enter()
        return (clock.now() - START).total_seconds()

    assert run(work()) < 3


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("221126103000", 1800.0),
        ("1795343400", 1800.0),
        ("1795343400000", 1800.0),
        ("1800", 1800.0),
        ("2026-11-22T10:30:00Z", 1800.0),
        ("2026-11-22T21:30:00+11:00", 1800.0),
        ("Sun, 22 Nov 2026 10:30:00 GMT", 1800.0),
        ("221126213000", 1800.0),  # written in a zone eleven hours ahead
        ("221126095930", 0.0),  # half a minute ago, by a clock that differs
        ("soon", None),
        ("", None),
        ("991399999999", None),
    ],
)
def test_every_form_of_reset_is_read(text: str, expected: float | None) -> None:
    assert seconds_until(text, START) == expected


def test_a_single_digit_day_that_lost_its_zero_is_read() -> None:
    now = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
    assert seconds_until("21126103000", now) == 1800.0
