"""Local times that do not exist, or exist twice, when clocks are put forward or back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import duckdb

_YEARS = (1990, 2050)


def zone_of(facts: Mapping[str, str]) -> str:
    """Return the account's time zone (IANA), and UTC while it is asked for."""
    zone = facts.get("time_zone", "")
    return zone if is_zone(zone) else "UTC"


def is_zone(name: str) -> bool:
    """Return whether the database of time zones has one of this name (IANA)."""
    try:
        return ZoneInfo(name).key == name
    except (OSError, ValueError, LookupError):
        return False


@cache
def transitions(zone: str) -> list[tuple[str, datetime, datetime]]:
    """Return the intervals of local time that are skipped or come twice in a zone (IANA).

    Each is ("skipped" or "twice", first moment, first moment after), without time zone.
    """
    rules = ZoneInfo(zone)
    found = []
    moment = datetime(_YEARS[0], 1, 1, tzinfo=UTC)
    end = datetime(_YEARS[1], 1, 1, tzinfo=UTC)
    while moment < end:
        later = moment + timedelta(days=1)
        if _offset(rules, moment) != _offset(rules, later):
            found.append(_interval(rules, moment, later))
        moment = later
    return found


def _offset(rules: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(rules).utcoffset() or timedelta()


def _interval(rules: ZoneInfo, before: datetime, after: datetime) -> tuple[str, datetime, datetime]:
    old, new = _offset(rules, before), _offset(rules, after)
    while after - before > timedelta(minutes=1):
        middle = before + (after - before) / 2
        middle = middle.replace(second=0, microsecond=0)
        if middle == before:
            break
        if _offset(rules, middle) == old:
            before = middle
        else:
            after = middle
    local = after.replace(tzinfo=None)
    if new > old:
        return "skipped", local + old, local + new
    return "twice", local + new, local + old


def create_table(connection: duckdb.DuckDBPyConnection, zone: str) -> None:
    """Make the table `clock_change(kind, day, starts, ends)` with a row per day it touches."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE clock_change"
        " (kind VARCHAR, day DATE, starts TIMESTAMP, ends TIMESTAMP)"
    )
    rows = [
        [kind, day, starts, ends]
        for kind, starts, ends in transitions(zone)
        for day in {starts.date(), (ends - timedelta(microseconds=1)).date()}
    ]
    connection.execute(
        "INSERT INTO clock_change SELECT unnest(?), unnest(?), unnest(?), unnest(?)",
        [list(column) for column in zip(*rows, strict=True)] if rows else [[], [], [], []],
    )
