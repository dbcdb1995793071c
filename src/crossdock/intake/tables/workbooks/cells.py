"""The value of a cell as text."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from crossdock.intake.tables.workbooks.numbers import as_text

Value = int | float | str | bool | date | time | timedelta

_HALF = timedelta(microseconds=500_000)
#: The last day there is. A time of day is rounded on it, so that it does not turn over to 0.
_LAST_DAY = date(9999, 12, 31)


def text(value: Value) -> str:
    """Return a cell's value as text, as it would stand in a CSV file.

    Dates are `2025-03-27`, with a time of day `2025-03-27 14:05:00`, without a zone, to the second.
    A duration is `30:00:00`, in hours. Truth is TRUE or FALSE, as Excel writes it. A day number of
    0 is a time of day, because that is what Excel keeps times as.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float | int):
        return as_text(float(value))
    if isinstance(value, datetime):
        return str(_to_the_second(value))
    if isinstance(value, timedelta):
        return _duration(value)
    if isinstance(value, time):
        return str(_to_the_second(datetime.combine(_LAST_DAY, value)).time())
    return value.isoformat()


def _to_the_second(moment: datetime) -> datetime:
    """Round: a part of a day has no exact number, and 14:05 may be kept as 14:04:59.995."""
    cut = moment.replace(microsecond=0)
    is_last = cut == datetime.combine(_LAST_DAY, time(23, 59, 59))
    return cut if is_last or moment - cut < _HALF else cut + timedelta(seconds=1)


def _duration(value: timedelta) -> str:
    seconds = round(value.total_seconds())
    minutes, second = divmod(abs(seconds), 60)
    sign = "-" if seconds < 0 else ""
    return f"{sign}{minutes // 60:02}:{minutes % 60:02}:{second:02}"
