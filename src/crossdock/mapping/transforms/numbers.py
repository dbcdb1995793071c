"""Transforms that make a number, or yes or no."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from crossdock.mapping.transforms.quoting import text
from crossdock.mapping.transforms.transform import ANY, Example, Gives, Kind, Transform

#: A whole number text: a sign, a sign of money, thousands, a decimal point, `%`. No digit is ever
#: picked out of words.
_NUMBER: Final = r"[-+]?\s?(?:[A-Z]{0,2}\p{Sc})?\s?[-+]?(?:\d+|\d{1,3}(?:,\d{3})+)?(?:\.\d*)?\s?%?"


def _number(columns: Sequence[str], argument: str) -> str:
    value = text(columns[0])
    bare = f"regexp_replace({value}, '[^0-9.-]', '', 'g')"
    return (
        f"CASE WHEN regexp_full_match({value}, '{_NUMBER}')"
        f" THEN try_cast({bare} AS DECIMAL(18, 4)) END"
    )


def _money(columns: Sequence[str], argument: str) -> str:
    return f"CAST({columns[0]} AS DECIMAL(18, 2))"


def _checkbox(columns: Sequence[str], argument: str) -> str:
    value = f"lower(trim(CAST({columns[0]} AS VARCHAR)))"
    return (
        f"CASE WHEN {value} IN ('yes', 'y', 'true', '1', 'on') THEN true"
        f" WHEN {value} IN ('no', 'n', 'false', '0', 'off') THEN false END"
    )


NUMBERS: Final = (
    Transform(
        "number",
        "a number, with up to four decimals; a text must be a number as a whole",
        Gives.NUMBER,
        _number,
        (
            Example(("$1,250.50",), Decimal("1250.5000")),
            Example((12,), Decimal("12.0000")),
            Example(("-4",), Decimal("-4.0000")),
            Example(("about 3",), None),
            Example(("2-4",), None),
        ),
        takes=(Kind.TEXT, Kind.NUMBER),
    ),
    Transform(
        "money",
        "an amount, with two decimals",
        Gives.NUMBER,
        _money,
        (Example((Decimal("174.755"),), Decimal("174.76")), Example((None,), None)),
        takes=(Kind.NUMBER,),
    ),
    Transform(
        "checkbox",
        "true or false; words other than yes, no, true, false, on, off, 1, 0 are neither",
        Gives.YES_NO,
        _checkbox,
        (
            Example(("Yes",), True),
            Example((False,), False),
            Example(("maybe",), None),
        ),
        takes=(Kind.TEXT, Kind.NUMBER, Kind.YES_NO),
    ),
    Transform(
        "one-time",
        "the pricing type of a product that has a price",
        Gives.NUMBER,
        lambda columns, argument: f"CASE WHEN {columns[0]} IS NOT NULL THEN 1 END",
        (Example((Decimal("99.00"),), 1), Example((None,), None)),
        takes=ANY,
    ),
    Transform(
        "completed",
        "the status of a task that is done",
        Gives.NUMBER,
        lambda columns, argument: "1",
        (Example(("Called back",), 1),),
        takes=ANY,
    ),
)
