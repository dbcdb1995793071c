"""The request allowance: who may send now, and how long everyone waits when it is used up.

The allowance belongs to the whole account and is shared with the customer's other integrations
(Freshsales API documentation: rate limits; certainty: documented), so what an answer says of it
counts more than what was sent from here. `keep_free` leaves a share of it to the others.

One `Budget` serves all tasks of one event loop. Between a decision and its bookkeeping there is no
await, which is all the locking it needs.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from crossdock.connectors.freshsales.rate_headers import RateHeaders, rate_headers
from crossdock.errors import OverloadedError
from crossdock.model.times import Clock

#: The longest single wait after a refusal that does not say how long.
LONGEST_WAIT: Final = 900.0
#: Refusals in a row are waited out for as long as two windows of the allowance.
PATIENCE: Final = 2 * 3600.0
#: Reset tells whole seconds: one more, so that the new window has begun.
_MARGIN: Final = 1.0
#: How long a count without a Reset is believed.
_BELIEVED: Final = 60.0


@dataclass(frozen=True, slots=True)
class Permit:
    """Leave to send one request; `round` counts the waits that came before it."""

    round: int


class Budget:
    """Hands out permits so that the allowance is never knowingly exceeded."""

    def __init__(self, clock: Clock, keep_free: float = 0.0) -> None:
        if not 0.0 <= keep_free < 1.0:
            raise ValueError("keep_free is a share from 0 to below 1")
        self.limit: int | None = None
        self.remaining: int | None = None
        self._clock = clock
        self._keep_free = keep_free
        self._flying = 0
        self._silent = False
        self._resets_at: datetime | None = None
        self._closed_until: datetime | None = None
        self._round = 0
        self._refusals = 0
        self._waited = 0.0
        self._landed = asyncio.Event()

    @property
    def reserve(self) -> int:
        """Return how many requests of each window are left to the customer's other programs."""
        return math.ceil((self.limit or 0) * self._keep_free)

    async def enter(self) -> Permit:
        """Wait until a request may be sent. Every permit must come back by `leave` or `refused`."""
        while True:
            wait = self._wait(self._clock.now())
            if wait == 0:
                self._flying += 1
                return Permit(self._round)
            if wait is None:
                await self._landed.wait()
            else:
                await self._clock.sleep(wait)

    def leave(self, permit: Permit, headers: Mapping[str, str] | None = None) -> None:
        """Give a permit back; without headers the request counts as spent and unanswered."""
        now = self._clock.now()
        told = rate_headers(headers or {}, now)
        self._flying -= 1
        if headers is not None and permit.round == self._round:
            self._refusals, self._waited = 0, 0.0
        if told.remaining is None:
            self._silent = self._silent or (headers is not None and self.limit is None)
            self.remaining = self.remaining - 1 if self.remaining is not None else None
        else:
            self._silent = False
            self._learn(told, told.remaining, now)
        self._wake()

    def refused(self, permit: Permit, headers: Mapping[str, str]) -> None:
        """Give a permit back that was answered with "too many requests"; close until it is over.

        Requests that flew together are refused together: they count as one refusal. Raises
        OverloadedError when refusals in a row have been waited out for two hours.
        """
        now = self._clock.now()
        self._flying -= 1
        self._wake()
        if permit.round != self._round:
            return
        self._round += 1
        self._refusals += 1
        told = rate_headers(headers, now)
        self.limit = told.limit if told.limit is not None else self.limit
        self.remaining = self._resets_at = None
        wait = self._wait_after_refusal(told)
        if self._waited + wait > PATIENCE:
            raise OverloadedError(
                "Freshsales has answered 'too many requests' for two hours.",
                next_command="crossdock run (later: it goes on where it stopped)",
                written="What was written before stays; the refused requests wrote nothing.",
            )
        self._waited += wait
        self._closed_until = now + timedelta(seconds=wait)

    def _wait(self, now: datetime) -> float | None:
        """Return seconds to wait, 0 to go, None to wait until a request in flight has landed."""
        if self._closed_until is not None and now < self._closed_until:
            return (self._closed_until - now).total_seconds()
        if self._resets_at is not None and now >= self._resets_at:
            self.remaining = self._resets_at = None
        if self.remaining is None:
            # Nothing is known: one goes ahead and brings the count back, unless answers have none.
            free = self._flying == 0 or (self._silent and self._refusals == 0)
            return 0 if free else None
        if self.remaining - self._flying > self.reserve:
            return 0
        if self._flying or self._resets_at is None:
            return None if self._flying else 0
        return (self._resets_at - now).total_seconds()

    def _learn(self, told: RateHeaders, remaining: int, now: datetime) -> None:
        self.limit = told.limit if told.limit is not None else self.limit
        seconds = told.reset_in + _MARGIN if told.reset_in is not None else _BELIEVED
        resets_at = now + timedelta(seconds=seconds)
        if self._resets_at is None or self.remaining is None:
            self.remaining, self._resets_at = remaining, resets_at
            return
        later = (resets_at - self._resets_at).total_seconds()
        if abs(later) <= _BELIEVED:  # the same window: answers overtake each other, least is last
            self.remaining = min(self.remaining, remaining)
        elif later > 0:
            self.remaining, self._resets_at = remaining, resets_at

    def _wait_after_refusal(self, told: RateHeaders) -> float:
        if told.retry_after is not None:
            return max(told.retry_after, _MARGIN)
        if told.reset_in and not told.remaining:
            return told.reset_in + _MARGIN
        # Requests are left, so this was a shorter limit or a service behind the API.
        return float(min(LONGEST_WAIT, 2.0**self._refusals))

    def _wake(self) -> None:
        self._landed.set()
        self._landed = asyncio.Event()
