"""Numbers that a sheet shows as something else, or that hold more digits than a number can."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation

#: Makes what a person sees of the number in a cell.
Shown = Callable[[str], str]

#: What a number keeps in a sheet (documented by Microsoft for Excel).
DIGITS = 15
_LONG = 1e15
#: Beyond this a number is not written without an exponent.
_PLACES = 21
_UNSHOWN = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|[_*].')
_SHARES = {"9", "10"}


def shown(number: str, codes: Mapping[str, str]) -> Shown | None:
    """Return how a format, by its number, shows numbers, when not as a plain number."""
    if number in _SHARES:
        return _share
    bare = _UNSHOWN.sub("", codes.get(number, "")).split(";")[0].strip()
    if "%" in bare:
        return _share
    if len(bare) > 1 and set(bare) == {"0"}:
        return lambda text: _padded(text, len(bare))
    return None


def is_long(text: str) -> bool:
    """Return whether a cell's number has more digits before its point than a number can keep."""
    try:
        return abs(float(text)) >= _LONG
    except ValueError:
        return False


def exact(text: str) -> str:
    """Return a long number with every digit that the file has of it."""
    return text if text.lstrip("-").isdigit() else as_text(float(text))


def as_text(value: float) -> str:
    """Return a number as text: no exponent, and no more digits than a sheet shows."""
    text = repr(value)
    if text.endswith(".0") and abs(value) < _LONG:
        return text[:-2] if value else "0"
    if len(text) <= DIGITS and "e" not in text:
        return text
    short = f"{value:.{DIGITS}g}" if abs(value) < _LONG else text
    if "e" not in short:
        return short
    number = Decimal(short)
    if abs(number.adjusted()) < _PLACES:
        return format(number, "f")
    return text


def _share(text: str) -> str:
    try:
        return f"{as_text(float(Decimal(text) * 100))}%"
    except (InvalidOperation, OverflowError):
        return text


def _padded(text: str, width: int) -> str:
    whole = exact(text) if is_long(text) else as_text(float(text))
    return whole.zfill(width) if whole.isdigit() else text
