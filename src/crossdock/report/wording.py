"""Numbers, money, shares, spans and moments as a person writes them."""

from __future__ import annotations

import shlex
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from crossdock.model.wording import count


def number(value: Any) -> str:
    """Return a whole number with thousands separators; a dash when there is none."""
    return "–" if value is None else f"{int(value):,}"


def decimal(value: Any) -> Decimal | None:
    """Return a value as an exact decimal, or None when it is none."""
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def money(value: Any) -> str:
    """Return an amount with thousands separators and cents."""
    found = decimal(value)
    if found is None:
        return "–" if value is None else str(value)
    return f"{found:,.2f}".replace("-", "\N{MINUS SIGN}")


def share(part: int, whole: int) -> str:
    """Return a percentage that says 100 % only for all, and 0 % only for nothing."""
    if whole <= 0:
        return "–"
    hundredths = (part * 20_000 + whole) // (2 * whole)
    if part:
        hundredths = max(hundredths, 1)
    if part < whole:
        hundredths = min(hundredths, 9_999)
    text = f"{hundredths // 100}.{hundredths % 100:02d}".rstrip("0").rstrip(".")
    return f"{text}\N{NO-BREAK SPACE}%"


def span(hours: float) -> str:
    """Return a number of hours as a person would say it."""
    minutes = round(hours * 60)
    if minutes < 1:
        return "under a minute"
    if minutes < 60:
        return count(minutes, "minute")
    if hours < 48:
        return f"{hours:,.1f}".removesuffix(".0") + (" hour" if hours == 1 else " hours")
    return f"{hours / 24:,.1f} days ({hours:,.0f} hours)"


def moment(value: Any) -> str:
    """Return an ISO 8601 moment as "30 June 2026, 23:10 (UTC+10:00)"."""
    try:
        found = datetime.fromisoformat(str(value))
    except ValueError:
        return str(value or "unknown")
    zone = "" if found.tzinfo is None else f" ({found.tzname()})"
    return f"{found.day} {found:%B %Y, %H:%M}{zone}"


def day(value: Any) -> str:
    """Return the day of a moment as "30 June 2026"."""
    try:
        found = datetime.fromisoformat(str(value))
    except ValueError:
        return str(value or "")
    return f"{found.day} {found:%B %Y}"


def listing(parts: list[str]) -> str:
    """Return "a, b and c"."""
    return " and ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))


def command(text: str, project: str) -> str:
    """Return a command that works from anywhere."""
    return f"{text} --project {shlex.quote(project)}" if project else text
