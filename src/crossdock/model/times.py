"""Clocks that are passed in, so that a sixty-hour load can be rehearsed in seconds."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """What time it is, and waiting. Everything that needs either is given one."""

    def now(self) -> datetime:
        """Return the present moment, in UTC."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Wait this many seconds of this clock's time."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """Return the present moment, in UTC."""
        return datetime.now(UTC)

    async def sleep(self, seconds: float) -> None:
        """Wait this many real seconds."""
        await asyncio.sleep(max(0.0, seconds))


class VirtualClock:
    """A clock that jumps to the end of a wait instead of waiting.

    Time passes with the machine's own clock as well, so that work still takes as long as it does;
    only waiting is free. Several sleepers at once jump together, not one after the other.
    """

    def __init__(self, start: datetime | None = None) -> None:
        self._origin = start or datetime.now(UTC)
        self._started = time.monotonic()
        self._skipped = 0.0

    def now(self) -> datetime:
        """Return the present moment of this clock, in UTC."""
        return self._origin + timedelta(seconds=self._elapsed())

    async def sleep(self, seconds: float) -> None:
        """Jump ahead, unless somebody who slept at the same time has already done so."""
        wake = self._elapsed() + max(0.0, seconds)
        await asyncio.sleep(0)
        self._skipped += max(0.0, wake - self._elapsed())

    def _elapsed(self) -> float:
        return time.monotonic() - self._started + self._skipped
