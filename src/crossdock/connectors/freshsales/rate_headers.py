"""What an answer's headers say about the request allowance.

Freshsales API documentation: rate limits. The names X-RateLimit-Limit, -Remaining and -Reset are
seen in several clients, the form of Reset (ddmmyyHHMMSS) in one (certainty: observed). Everything
else that such a header commonly holds is read as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

_HOUR: Final = 3600.0
#: Clocks of two machines are rarely further apart than this.
_SKEW: Final = 120.0


@dataclass(frozen=True, slots=True)
class RateHeaders:
    """The allowance as one answer tells it; what it does not tell is None. Times in seconds."""

    limit: int | None = None
    remaining: int | None = None
    reset_in: float | None = None
    retry_after: float | None = None


def rate_headers(headers: Mapping[str, str], now: datetime) -> RateHeaders:
    """Read the allowance from headers whose names are compared without case."""
    return RateHeaders(
        limit=_whole(headers.get("x-ratelimit-limit")),
        remaining=_whole(headers.get("x-ratelimit-remaining")),
        reset_in=seconds_until(headers.get("x-ratelimit-reset"), now),
        retry_after=_retry_after(headers.get("retry-after"), now),
    )


def seconds_until(text: str | None, now: datetime) -> float | None:
    """Return how long it is until the moment that a Reset header names, or None.

    The allowance is hourly, so a moment further away than that was written in another time zone:
    only its minutes and seconds count then.
    """
    text = (text or "").strip()
    if text.isdigit() and len(text) <= 6:
        return float(text)
    moment = _moment(text)
    if moment is None:
        return None
    seconds = (moment - now).total_seconds()
    if -_SKEW <= seconds < 0:
        return 0.0
    return seconds if 0 <= seconds <= _HOUR + _SKEW else seconds % _HOUR


def _moment(text: str) -> datetime | None:
    if text.isdigit():
        return _from_digits(text)
    try:
        return _aware(datetime.fromisoformat(text))
    except ValueError:
        return _from_http_date(text)


def _from_digits(digits: str) -> datetime | None:
    if len(digits) in (11, 12):
        try:
            return datetime.strptime(digits.zfill(12), "%d%m%y%H%M%S").replace(tzinfo=UTC)
        except ValueError:
            return None
    if len(digits) not in (10, 13):
        return None
    scale = 1000 if len(digits) == 13 else 1
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(digits) / scale)


def _from_http_date(text: str) -> datetime | None:
    try:
        return _aware(parsedate_to_datetime(text))
    except (TypeError, ValueError):
        return None


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _retry_after(text: str | None, now: datetime) -> float | None:
    if text is None:
        return None
    try:
        return max(0.0, float(text))
    except ValueError:
        moment = _from_http_date(text)
    return max(0.0, (moment - now).total_seconds()) if moment is not None else None


def _whole(text: str | None) -> int | None:
    try:
        return int(float(text)) if text is not None else None
    except ValueError:
        return None
