"""Acts in the order of their moments, so that ids grow with time as they do in real accounts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from heapq import heappop, heappush
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crossdock.emulator.account import Account

Act = Callable[[], object]
DAY = 86_400.0
HOUR = 3_600.0


class _Past:
    """A clock that shows the moment of the act that is being carried out."""

    def __init__(self) -> None:
        self.moment = 0.0

    def now(self) -> datetime:
        """Return the moment of the act, in UTC."""
        return datetime.fromtimestamp(self.moment, UTC)

    async def sleep(self, seconds: float) -> None:
        """Move on without waiting."""
        self.moment += seconds


class Diary:
    """What happens when. An act may write down later acts; nothing happens after the present."""

    def __init__(self, account: Account, random: Random) -> None:
        self._account = account
        self._random = random
        self._present = account.now()
        self._today = account.zone.start_of_day(self._present)
        self._acts: list[tuple[float, int, Act]] = []
        self._written = 0

    def write(self, moment: float, act: Act) -> None:
        """Write down an act; one that lies in the future does not happen."""
        if moment < self._present:
            heappush(self._acts, (moment, self._written, act))
            self._written += 1

    def days_ago(self, most: int, least: int = 1) -> float:
        """Return a moment in the working hours of a day so long ago."""
        day = self._today - self._random.randint(least, most) * DAY
        return day + self._random.uniform(7.5, 17.5) * HOUR

    def later(self, least: float, most: float) -> float:
        """Return a moment so many days after the act that is being carried out."""
        return self._account.now() + self._random.uniform(least, most) * DAY

    def run(self) -> None:
        """Carry out every act at its moment; the account's own clock is back afterwards."""
        clock, past = self._account.clock, _Past()
        self._account.clock = past
        try:
            while self._acts:
                past.moment, _, act = heappop(self._acts)
                act()
        finally:
            self._account.clock = clock
