"""Transforms that make a day, a moment or a year.

A date that the intake typed has one meaning. A text of the tenant's own field is read in every
spelling that the intake knows; where two numbers could each be the month, the order is the one
that the intake decided for the files of the column's object (`getvariable('date_order_OBJECT')`).
Where nothing decides it, such a text is read as nothing, `check` refuses the line, and a person
says which it is: `date:day-first` or `date:month-first`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from crossdock.intake.formats.shapes import ISO_OFFSET
from crossdock.mapping.transforms.quoting import literal, text
from crossdock.mapping.transforms.transform import DATED, Example, Gives, Kind, Transform

_CLOCK: Final = r"(?:(?: +|t|, | at )\d\d?(?:[:.]\d\d(?:[:.]\d\d(?:\.\d{1,9})?)?)?(?: ?[ap]m)?)?"
_ISO: Final = r"\d{4}-\d\d-\d\d(?: \d\d:\d\d:\d\d(?:\.\d+)?)?"
_YEAR_FIRST: Final = r"[12]\d{3}[/.-]\d\d?[/.-]\d\d?"
#: The database's regular expressions cannot say "the same sign again"; mixed signs fail later.
_NUMBERS: Final = r"\d\d?[/.-]\d\d?[/.-](?:\d{4}|\d\d)"
_MONTH: Final = (
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    "|sep(?:tember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_WEEKDAY: Final = (
    "(?:(?:mon(?:day)?|tue(?:sday)?|wed(?:nesday)?|thu(?:rsday)?|fri(?:day)?|sat(?:urday)?"
    "|sun(?:day)?),? )?"
)
_WORDS: Final = (
    rf"(?:\d\d?[ /-]{_MONTH}(?:,? |[/-])(?:\d{{4}}|\d\d)|{_MONTH} \d\d?,? (?:\d{{4}}|\d\d))"
)
_WORD_FORMATS: Final = [
    f"{date}-{year}" for date in ("%d-%b", "%d-%B", "%b-%d", "%B-%d") for year in ("%y", "%Y")
]
_DAY_FIRST: Final = ["%d-%m-%y", "%d-%m-%Y"]
_MONTH_FIRST: Final = ["%m-%d-%y", "%m-%d-%Y"]


def _order_of(source: str) -> str:
    """Return SQL for the order that the intake decided for an object; NULL for none."""
    return f"getvariable({literal(order_variable(source))})"


def order_variable(source: str) -> str:
    """Return the name of the variable that holds the order of day and month of an object."""
    return f"date_order_{source}"


def _numbers(value: str, formats: Sequence[str]) -> str:
    dashed = f"translate(regexp_extract({value}, '^[0-9/.-]+'), '/.', '--')"
    return f"try_strptime({dashed}, {list(formats)})"


def day_first(value: str) -> str:
    """Return SQL that reads a date of numbers, the day first."""
    return _numbers(value, _DAY_FIRST)


def month_first(value: str) -> str:
    """Return SQL that reads a date of numbers, the month first."""
    return _numbers(value, _MONTH_FIRST)


def ambiguous(value: str) -> str:
    """Return SQL that tells whether a text can be two different days."""
    return f"{_is(value, _NUMBERS)} AND {day_first(value)} <> {month_first(value)}"


def _is(value: str, date: str) -> str:
    return f"regexp_full_match({value}, '(?i:{date}{_CLOCK})')"


def _in_order(value: str, order: str) -> str:
    one, two = day_first(value), month_first(value)
    if order == literal("day-first"):
        return one
    if order == literal("month-first"):
        return two
    return (
        f"CASE {order} WHEN 'day-first' THEN {one} WHEN 'month-first' THEN {two}"
        f" ELSE CASE WHEN {one} <> {two} THEN NULL ELSE coalesce({one}, {two}) END END"
    )


def _day(column: str, numbers: str) -> str:
    """Return SQL for the day (DATE) in a column; `numbers` reads dates of numbers.

    A moment with an offset from UTC is a day on the clock of the tenant's time zone.
    """
    value = text(column)
    worded = rf"regexp_extract({value}, '(?i)^{_WEEKDAY}({_WORDS})', 1)"
    words = rf"try_strptime(regexp_replace({worded}, '[ ,/-]+', '-', 'g'), {_WORD_FORMATS})"
    parts = rf"translate(regexp_extract({value}, '^{_YEAR_FIRST}'), '/.', '--')"
    zulu = rf"regexp_replace(upper({value}), ' ?(UTC|GMT)$', 'Z')"
    moment = f"timezone(getvariable('time_zone'), try_cast({zulu} AS TIMESTAMPTZ))"
    return (
        # What the intake typed needs no reading; the database settles this once, not row by row.
        f"CASE WHEN typeof({column}) IN ('DATE', 'TIMESTAMP') THEN try_cast({column} AS DATE)"
        f" ELSE CAST(CASE WHEN regexp_full_match({value}, '{_ISO}')"
        f" THEN try_cast(left({value}, 10) AS DATE)"
        f" WHEN {_is(value, _NUMBERS)} THEN {numbers}"
        f" WHEN {_is(value, _WEEKDAY + _WORDS)} THEN {words}"
        f" WHEN {_is(value, _YEAR_FIRST)} THEN try_strptime({parts}, '%Y-%m-%d')"
        f" WHEN regexp_full_match({value}, '{ISO_OFFSET}') THEN {moment} END AS DATE) END"
    )


def date(column: str, order: str) -> str:
    """Return SQL for the day as YYYY-MM-DD; `order` is SQL for the order of day and month."""
    return f"CAST({_day(column, _in_order(text(column), order))} AS VARCHAR)"


def _year(columns: Sequence[str], argument: str) -> str:
    """Whichever number is the month, the year is the same."""
    value = text(columns[0])
    either = f"coalesce({day_first(value)}, {month_first(value)})"
    return f"CAST(year({_day(columns[0], either)}) AS INTEGER)"


def _stage_is(test: str, column: str) -> str:
    """Tell whether the stage that the row's status maps to is open, won or lost."""
    return f"CASE WHEN map_deal_stage._forecast {test} THEN strftime({column}, '%Y-%m-%d') END"


DATES: Final = (
    Transform(
        "date",
        "the day, as YYYY-MM-DD; a text in any spelling that the intake knows, day or month first "
        "as the file has it",
        Gives.DAY,
        lambda columns, source: date(columns[0], _order_of(source)),
        (
            Example((dt.date(2025, 3, 27),), "2025-03-27"),
            Example((dt.datetime(2025, 3, 27, 9, 5),), "2025-03-27"),  # noqa: DTZ001
            Example(("27/03/2025 9:05 PM",), "2025-03-27"),
            Example(("Thursday, 27 March 2025",), "2025-03-27"),
            Example(("27.3.25",), "2025-03-27"),
            Example(("2025/3/27",), "2025-03-27"),
            Example(("2025-03-27T22:30:00Z",), "2025-03-28"),
            Example(("soon",), None),
        ),
        takes=(Kind.TEXT, *DATED),
    ),
    Transform(
        "date:day-first",
        "the same where nothing in the export says whether the day or the month comes first: here "
        "the day",
        Gives.DAY,
        lambda columns, argument: date(columns[0], literal("day-first")),
        (Example(("03/04/2025",), "2025-04-03"), Example(("03/27/2025",), None)),
        takes=(Kind.TEXT,),
    ),
    Transform(
        "date:month-first",
        "the same, here the month",
        Gives.DAY,
        lambda columns, argument: date(columns[0], literal("month-first")),
        (Example(("03/04/2025",), "2025-03-04"), Example(("27/03/2025",), None)),
        takes=(Kind.TEXT,),
    ),
    Transform(
        "year",
        "the year of a date",
        Gives.NUMBER,
        _year,
        (
            Example((dt.date(2025, 3, 27),), 2025),
            Example(("03/04/2025",), 2025),
            Example(("soon",), None),
        ),
        takes=(Kind.TEXT, *DATED),
    ),
    Transform(
        "utc",
        "a moment of the tenant's local time, in UTC",
        Gives.MOMENT,
        lambda columns, argument: f"as_utc({columns[0]})",
        (Example((dt.datetime(2025, 3, 27, 9, 5),), "2025-03-26T22:05:00Z"),),  # noqa: DTZ001
        takes=(Kind.MOMENT,),
    ),
    Transform(
        "closed_date",
        "the day, only where the deal's stage is won or lost",
        Gives.DAY,
        lambda columns, argument: _stage_is("<> 'Open'", columns[0]),
        takes=DATED,
    ),
    Transform(
        "open_date",
        "the day, only where the deal's stage is open",
        Gives.DAY,
        lambda columns, argument: _stage_is("= 'Open'", columns[0]),
        takes=DATED,
    ),
)
