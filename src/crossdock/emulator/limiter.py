"""The request allowance of the account, shared by all its keys.

Reference: Freshsales API, rate limits; certainty: documented for the hourly number, seen in
clients for the headers. `X-RateLimit-Reset` is written as ddmmyyHHMMSS. That it is a fixed hour
which starts with its first request, in UTC, and that refused requests cost nothing, is inferred.
"""

from __future__ import annotations

import math
from datetime import UTC, datetime

HOUR = 3600.0
MINUTE = 60.0


class Window:
    """So many requests in so many seconds, counted from the first one on."""

    def __init__(self, allowed: int, seconds: float) -> None:
        self.allowed = allowed
        self.seconds = seconds
        self.started = 0.0
        self.used = 0

    def roll(self, now: float) -> None:
        """Start anew when the time is over."""
        if now >= self.started + self.seconds:
            self.started, self.used = now, 0

    @property
    def remaining(self) -> int:
        """Return how many requests are left."""
        return max(0, self.allowed - self.used)


class Limiter:
    """The hourly allowance and, where asked for, one per minute; `on=False` never lessens it."""

    def __init__(self, per_hour: int, on: bool = True, per_minute: int | None = None) -> None:
        self.on = on
        self.hour = Window(per_hour, HOUR)
        self.minute = Window(per_minute, MINUTE) if per_minute else None
        #: When the hour that `_reset` tells the end of began; every answer repeats it.
        self._told_since = -1.0
        self._reset = b""

    def take(self, now: float, others: int = 0) -> bool:
        """Use one request; False when there is none left. Without limits nothing is used up.

        `others` is how many requests somebody else has sent in the meantime.
        """
        if not self.on:
            self.hour.roll(now)
            return True
        windows = [self.hour, *([self.minute] if self.minute else [])]
        for window in windows:
            window.roll(now)
            window.used += min(others, window.remaining)
        if any(window.remaining == 0 for window in windows):
            return False
        for window in windows:
            window.used += 1
        return True

    def wait(self, now: float) -> int:
        """Return in how many whole seconds there is a request again; 1 where there is one now."""
        windows = [self.hour, *([self.minute] if self.minute else [])]
        spent = [w.started + w.seconds - now for w in windows if w.remaining == 0]
        return max(1, math.ceil(max(spent, default=1.0)))

    def headers(self) -> list[tuple[bytes, bytes]]:
        """Return what every answer says about the allowance."""
        if self._told_since != self.hour.started:
            self._told_since = self.hour.started
            reset = datetime.fromtimestamp(self.hour.started + self.hour.seconds, UTC)
            self._reset = reset.strftime("%d%m%y%H%M%S").encode()
        return [
            (b"x-ratelimit-limit", b"%d" % self.hour.allowed),
            (b"x-ratelimit-remaining", b"%d" % self.hour.remaining),
            (b"x-ratelimit-reset", self._reset),
        ]

    def state(self) -> dict[str, float]:
        """Return the running hour, for the account's file."""
        return {"started": self.hour.started, "used": self.hour.used}

    def restore(self, state: dict[str, float]) -> None:
        """Continue the hour of a file."""
        self.hour.started, self.hour.used = state["started"], int(state["used"])
