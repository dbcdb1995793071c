"""A count and what it counts, in words that are right for one as well."""

from __future__ import annotations


def count(value: int, one: str, many: str = "") -> str:
    """Return "1 row" or "1,234 rows".

    What is counted may be a whole sentence, so that its verb goes with the number:
    `count(n, "list is not there.", "lists are not there.")`.
    """
    return f"{value:,} {one if value == 1 else many or one + 's'}"
