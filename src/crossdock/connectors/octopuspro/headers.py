"""Which column of an object a header stands for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from crossdock.connectors.base import SourceColumn, SourceObject
from crossdock.connectors.octopuspro.catalogue import column_name, modern, spellings, squash

#: Headers of a customer's own fields in `customers.csv` begin with this.
CUSTOM_PREFIX = "cf:"
#: How a header claims a column, the surest way first.
_WAYS: tuple[Callable[[str, SourceColumn], bool], ...] = (
    lambda header, column: squash(header) == squash(column.name),
    lambda header, column: squash(header) in spellings(column),
    lambda header, column: modern(header) in spellings(column),
)


def is_custom(header: str) -> bool:
    """Return whether a header says that the column is one of the tenant's own fields."""
    return header.casefold().startswith(CUSTOM_PREFIX)


def named(
    headers: Sequence[str], told: Sequence[str], obj: SourceObject
) -> Iterator[tuple[str, str]]:
    """Pair each header with its canonical name; unknown ones keep a name made from the header.

    `told` are the headers, or better words for them where the values said more.
    """
    claimed = claimed_columns(told, obj)
    taken = set(claimed.values())
    for place, header in enumerate(headers):
        name = claimed.get(place) or _free_name(own_name(header, place), taken)
        taken.add(name)
        yield header or f"column {place + 1}", name


def claimed_columns(headers: Sequence[str], obj: SourceObject) -> dict[int, str]:
    """Return which of an object's columns each place is, the surest claims first.

    A column's own header goes before its other names, and these before the older words.
    """
    claimed: dict[int, str] = {}
    for way in _WAYS:
        for place, header in enumerate(headers):
            if place in claimed or not squash(header) or is_custom(header):
                continue
            for column in obj.columns:
                if column.name not in claimed.values() and way(header, column):
                    claimed[place] = column.name
                    break
    return claimed


def own_name(header: str, place: int) -> str:
    """Return a name that can never be one of our own words for a column.

    `place` is the column's, from 0, for those without a header.
    """
    if is_custom(header):
        return "cf_" + column_name(header[len(CUSTOM_PREFIX) :])
    return "own_" + (column_name(header) if header else f"column_{place + 1}")


def _free_name(name: str, taken: set[str]) -> str:
    candidate, number = name, 2
    while candidate in taken:
        candidate, number = f"{name}_{number}", number + 1
    return candidate
