"""What the shape of a date or time means.

A shape is a text with each digit written as 9: `27/03/2025 9:05 PM` has the shape
`99/99/9999 9:99 PM`. Thousands of values have a handful of shapes, and each shape that is known
has one way to be read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

_LONG_MONTH = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
)
_SHORT_MONTH = "|".join(month[:3] for month in _LONG_MONTH.split("|"))
_LONG_DAY = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_SHORT_DAY = "|".join(day[:3] for day in _LONG_DAY.split("|"))

_MONTH = rf"(?P<month>{_SHORT_MONTH}(?![a-z])|{_LONG_MONTH})"
_WEEKDAY = rf"(?:(?P<weekday>(?:{_SHORT_DAY})(?![a-z])|{_LONG_DAY})(?P<after>,? ))?"
_YEAR = r"(?P<year>9999|99)"
_DATES = (
    ("numbers", rf"99?(?P<sign>[/.-])99?(?P=sign){_YEAR}"),
    ("year first", r"(?P<year>9999)(?P<sign>[/.-])99?(?P=sign)99?"),
    ("day and word", rf"{_WEEKDAY}99?(?P<one>[ /-]){_MONTH}(?P<two>,? |[/-]){_YEAR}"),
    ("word and day", rf"{_WEEKDAY}{_MONTH} 99?(?P<two>,? ){_YEAR}"),
)
_CLOCK = (
    r"(?P<clock>99?(?:(?P<dot>[:.])99(?:(?P=dot)(?P<second>99)(?P<part>\.9{1,9})?)?)?"
    r"(?P<half> ?[ap]m)?)"
)
_OFFSET = r"(?P<offset>(?P<gap> ?)(?:z|utc|gmt|[+-]99(?::?99)?))?"
_DATED = tuple(
    (kind, re.compile(rf"{date}(?:(?P<join> +|t|, | at ){_CLOCK}{_OFFSET})?", re.IGNORECASE))
    for kind, date in _DATES
)
_TIMED = re.compile(_CLOCK, re.IGNORECASE)
#: A moment of the format of ISO 8601 that says how far its clock is from UTC.
ISO_OFFSET = r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)? ?(?i:z|utc|gmt|[+-]\d\d(:?\d\d)?)"
#: The same without an offset and with parts of a second.
ISO_PARTS = r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d\.\d+"
#: A count of days since the end of 1899, as spreadsheets keep dates.
SERIAL = r"\d{5}(\.\d+)?"


@dataclass(frozen=True, slots=True)
class Shape:
    """How values of one shape are read.

    `day_first` and `month_first` are the strptime formats for the two orders, the same where the
    order does not matter, and empty where a cast reads the value (`offset`, `parts`); `regex`
    matches every text that is read so; `kind` is how the date is written.
    """

    kind: str
    day_first: str
    month_first: str
    regex: str
    short_year: bool = False
    timed: bool = False
    half: bool = False
    offset: bool = False
    parts: bool = False

    @property
    def ordered(self) -> bool:
        """Return whether the order of day and month decides what a value means."""
        return self.day_first != self.month_first


@cache
def date_shape(shape: str) -> Shape | None:
    """Return how a shape of a date, with or without a time, is read; None for no date."""
    for kind, pattern in _DATED:
        found = pattern.fullmatch(shape)
        if found:
            return _dated(kind, found)
    return None


@cache
def time_shape(shape: str) -> Shape | None:
    """Return how a shape of a time without a date is read; None for none."""
    found = _TIMED.fullmatch(shape)
    if not found or not (found["dot"] or found["half"]):
        return None
    clock, regex = _clock(found)
    return Shape("time", clock, clock, regex, timed=True, half=bool(found["half"]))


def _dated(kind: str, found: re.Match[str]) -> Shape | None:
    year = "%Y" if found["year"] == "9999" else "%y"
    number = r"[12]\d{3}" if year == "%Y" else r"\d\d"
    day = r"\d\d?"
    if kind in ("numbers", "year first"):
        sign = found["sign"]
        parts = [[year, "%m", "%d"]] * 2
        regex = re.escape(sign).join((number, day, day))
        if kind == "numbers":
            parts = [["%d", "%m", year], ["%m", "%d", year]]
            regex = re.escape(sign).join((day, day, number))
        formats = [sign.join(part) for part in parts]
    else:
        before, before_regex = _weekday(found)
        month, month_regex = _month(found["month"])
        if kind == "day and word":
            date = f"%d{found['one']}{month}{found['two']}{year}"
            regex = f"{day}{found['one']}{month_regex}{found['two']}{number}"
        else:
            date = f"{month} %d{found['two']}{year}"
            regex = f"{month_regex} {day}{found['two']}{number}"
        formats, regex = [before + date] * 2, before_regex + regex
    if not found["clock"]:
        return Shape(kind, formats[0], formats[1], regex, short_year=year == "%y")
    if not (found["dot"] or found["half"]):
        return None
    clock, clock_regex = _clock(found)
    join = " " if found["join"].isspace() else found["join"]
    iso = kind == "year first" and found["sign"] == "-" and join in (" ", "T", "t")
    whole = f"{regex}{' +' if join == ' ' else join}{clock_regex}"
    if found["offset"]:
        return Shape(kind, "", "", ISO_OFFSET, timed=True, offset=True) if iso else None
    if found["part"] and iso:
        return Shape(kind, "", "", ISO_PARTS, timed=True, parts=True)
    first, second = (f"{date}{join}{clock}" for date in formats)
    half = bool(found["half"])
    return Shape(kind, first, second, whole, short_year=year == "%y", timed=True, half=half)


def _weekday(found: re.Match[str]) -> tuple[str, str]:
    if not found["weekday"]:
        return "", ""
    long = len(found["weekday"]) > 3
    return (
        f"{'%A' if long else '%a'}{found['after']}",
        f"(?i:{_LONG_DAY if long else _SHORT_DAY}){found['after']}",
    )


def _month(word: str) -> tuple[str, str]:
    """Return format and regular expression of a month's name; `May` counts as a short one."""
    if len(word) > 3:
        return "%B", f"(?i:{_LONG_MONTH})"
    return "%b", f"(?i:{_SHORT_MONTH})"


def _clock(found: re.Match[str]) -> tuple[str, str]:
    dot = found["dot"]
    half = found["half"] or ""
    text, regex = ("%I" if half else "%H"), r"\d\d?"
    if dot:
        text, regex = f"{text}{dot}%M", rf"{regex}{re.escape(dot)}\d\d"
    if found["second"]:
        text, regex = f"{text}{dot}%S", rf"{regex}{re.escape(dot or '')}\d\d"
    if found["part"]:
        text, regex = f"{text}.%f", rf"{regex}\.\d{{1,6}}"
    if half:
        text, regex = f"{text}{half[:-2]}%p", f"{regex}{half[:-2]}(?i:am|pm)"
    return text, regex
