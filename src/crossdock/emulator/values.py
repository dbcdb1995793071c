"""Single values: what Freshsales accepts, what it keeps and what it shows.

Reference: Freshsales API, values on write, deals, accounts; certainty: observed unless a function
says otherwise.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any

#: The largest deal value that is accepted, 2^53 - 1.
LARGEST_AMOUNT = Decimal(9007199254740991)
TEXT_LENGTH = 256
TEXTAREA_LENGTH = 10_000
ACCOUNT_NAME_LENGTH = 255
PHONE_LENGTH = 30
_LARGEST_EXPONENT = 300
LARGEST_NUMBER = Decimal(10) ** 11

#: Longer digits are no id; Python refuses to read very long ones.
_LONGEST_ID = 30
_EMAIL = re.compile(r"[^@\s,;<>()\"]+@[^@\s,;<>()\".]+(?:\.[^@\s,;<>()\".]+)+")
_WEBSITE = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[^\W\d_]{2,}(?::\d+)?(?:[/?#]\S*)?", re.I)
_PHONE = re.compile(r"\+?[\d\s().\-/]{3,30}(?:\s*(?:x|ext\.?)\s*\d{1,6})?", re.I)
_STARTS_OF_BUCKETS = (10001, 5001, 1001, 501, 201, 51, 11, 1)


def amount(value: Any) -> Decimal | None:
    """Return a sum of money as an exact number, or None when it is none.

    Numbers are read through their shortest text, so that 174.75 stays 174.75.
    """
    number = decimal(value)
    if number is None or abs(number) > LARGEST_AMOUNT:
        return None
    return number


def decimal(value: Any) -> Decimal | None:
    """Return a number or the text of one as an exact number, or None."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, str) and (not value.isascii() or "_" in value):
        return None  # Python reads 1_000 and other scripts' digits as numbers.
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        return None
    # What is beyond a float is beyond every field; arithmetic with it would overflow.
    return number if number.is_finite() and abs(number.adjusted()) < _LARGEST_EXPONENT else None


def amount_text(value: Decimal) -> str:
    """Return a sum as records show it: a text with at least one decimal, `5600.0`."""
    text = format(value, "f")
    if "." not in text:
        return text + ".0"
    text = text.rstrip("0")
    return text + "0" if text.endswith(".") else text


def number(value: Any) -> int | float | None:
    """Return a number as JSON shows it: whole where it is whole."""
    exact = decimal(value)
    if exact is None:
        return None
    whole = abs(exact) <= LARGEST_AMOUNT and exact == exact.to_integral_value()
    return int(exact) if whole else float(exact)


def text(value: Any) -> str | None:
    """Return a value as a text field keeps it; None for what is no single value.

    Numbers and truth values become their text (certainty: inferred).
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    return None


def is_blank(value: Any) -> bool:
    """Say whether a required field counts as empty: nothing, or nothing but space.

    Certainty: inferred; the real one is said to be written in Rails, whose check is this one.
    """
    return value is None or (isinstance(value, str) and not value.strip())


def drop_blank(given: dict[str, Any], name: str) -> None:
    """Empty a value that is nothing but space, so that a required field misses it."""
    if name in given and is_blank(given[name]):
        given[name] = None


def is_email(value: str) -> bool:
    """Say whether the address has the form of one."""
    return _EMAIL.fullmatch(value) is not None


def is_website(value: str) -> bool:
    """Say whether the value is a web address, with or without its scheme."""
    return _WEBSITE.fullmatch(value) is not None


def phone_or_none(value: str) -> str | None:
    """Return an account's phone number, or None for what is none: it is dropped silently."""
    return value if _PHONE.fullmatch(value.strip()) else None


def employees(value: Any) -> int | None:
    """Return the start of the bucket that a number of employees falls into: 50 becomes 11."""
    count = decimal(value)
    if count is None or count < 1:
        return None
    return next(start for start in _STARTS_OF_BUCKETS if count >= start)


def flag(value: Any) -> bool | None:
    """Return a truth value as JSON, text or number may say it, or None."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        return {"true": True, "1": True, "false": False, "0": False}.get(value.strip().lower())
    return {1: True, 0: False}.get(value) if isinstance(value, int) else None


def record_id(value: Any) -> int | None:
    """Return an id that came as a number or as its digits, or None."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    if isinstance(value, str) and len(value) < _LONGEST_ID and value.isascii() and value.isdigit():
        return int(value)
    return None
