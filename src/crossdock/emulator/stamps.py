"""Times as Freshsales reads and writes them.

Reference: Freshsales API, timestamps; certainty: observed. Moments are written as ISO 8601 with
the offset of the account's zone; selectors write theirs in UTC with a Z. Moments are kept as
seconds since the epoch, dates as text.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, tzinfo
from email.utils import parsedate_to_datetime
from typing import Any
from zoneinfo import ZoneInfo

_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_JAVASCRIPT = re.compile(
    r"\w{3} (\w{3}) (\d{1,2}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) GMT([+-]\d{4})(?: \(.*\))?"
)

_FIRST_YEAR, _LAST_YEAR = 2, 9998


class Zone:
    """The zone of the account: it turns moments into text and text into moments."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.info: tzinfo = UTC if name == "UTC" else ZoneInfo(name)

    def text(self, moment: float) -> str:
        """Return the moment as a record shows it: `2023-05-14T22:29:55+02:00`."""
        return datetime.fromtimestamp(moment, self.info).isoformat(timespec="seconds")

    def day(self, moment: float) -> str:
        """Return the day of the moment in this zone."""
        return datetime.fromtimestamp(moment, self.info).date().isoformat()

    def start_of_day(self, moment: float, days: int = 0) -> float:
        """Return when the day of the moment began, or one so many days later."""
        day = datetime.fromtimestamp(moment, self.info).date() + timedelta(days=days)
        return datetime(day.year, day.month, day.day, tzinfo=self.info).timestamp()

    def moment(self, value: Any) -> float | None:
        """Return the moment that a client wrote, or None when it makes no sense.

        A moment without an offset is one of this zone; a day is its first moment.
        """
        if not isinstance(value, str):
            return None
        parsed = _parse(value.strip())
        # A year at the end of what a clock knows may lie beyond it in another zone.
        if parsed is None or not _FIRST_YEAR <= parsed.year <= _LAST_YEAR:
            return None
        if parsed.tzinfo is None:
            parsed = parsed.replace(tzinfo=self.info)
        return parsed.timestamp()

    def date(self, value: Any) -> str | None:
        """Return the day that a client wrote as `YYYY-MM-DD`, or None when it makes no sense."""
        if not isinstance(value, str):
            return None
        text = value.strip()
        if len(text) == 10:
            return text if _is_day(text) else None
        moment = self.moment(text)
        return None if moment is None else self.day(moment)


def utc_text(moment: float) -> str:
    """Return the moment as selectors show it: `2023-03-09T06:44:37Z`."""
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _is_day(text: str) -> bool:
    match = _DATE.fullmatch(text)
    if not match:
        return False
    try:
        date(*map(int, match.groups()))
    except ValueError:
        return False
    return True


def _parse(text: str) -> datetime | None:
    """Read ISO 8601, the text of a JavaScript date, or the date of a mail header."""
    if _DATE.match(text):
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            return None
    match = _JAVASCRIPT.fullmatch(text)
    try:
        if match:
            plain = "{1} {0} {2} {3}:{4}:{5} {6}".format(*match.groups())
            return datetime.strptime(plain, "%d %b %Y %H:%M:%S %z")
        return parsedate_to_datetime(text)
    except ValueError:
        return None
