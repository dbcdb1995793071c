"""The value of a cell as text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from crossdock.intake.tables.workbooks.numbers import as_text

_HALF = 500_000
_SECOND = timedelta(seconds=1)
#: The last day there is. A time of day is rounded on it, so that it does not turn over to 0.
_LAST_DAY = date(9999, 12, 31)
_LAST = datetime.combine(_LAST_DAY, time(23, 59, 59))


def _number(value: float) -> str:
    return as_text(float(value))


def _truth(value: bool) -> str:
    return "TRUE" if value else "FALSE"


def _moment(value: datetime) -> str:
    return (_to_the_second(value) if value.microsecond else value).isoformat(" ")


def _time_of_day(value: time) -> str:
    return str(_to_the_second(datetime.combine(_LAST_DAY, value)).time())


def _to_the_second(moment: datetime) -> datetime:
    """Round: a part of a day has no exact number, and 14:05 may be kept as 14:04:59.995."""
    cut = moment.replace(microsecond=0)
    return cut if moment.microsecond < _HALF or cut == _LAST else cut + _SECOND


def _duration(value: timedelta) -> str:
    seconds = round(value.total_seconds())
    minutes, second = divmod(abs(seconds), 60)
    sign = "-" if seconds < 0 else ""
    return f"{sign}{minutes // 60:02}:{minutes % 60:02}:{second:02}"


#: What makes a value the text that would stand in a CSV file, by its type.
#:
#: Dates are `2025-03-27`, with a time of day `2025-03-27 14:05:00`, without a zone, to the second.
#: A duration is `30:00:00`, in hours. Truth is TRUE or FALSE, as Excel writes it. A day number of
#: 0 is a time of day, because that is what Excel keeps times as.
TEXTS: Mapping[type, Callable[[Any], str]] = {
    str: str,
    float: as_text,
    int: _number,
    bool: _truth,
    datetime: _moment,
    date: date.isoformat,
    time: _time_of_day,
    timedelta: _duration,
}
