"""Words that exports and spreadsheets write where there is no value."""

from __future__ import annotations

from collections.abc import Sequence

#: In small letters.
NULLS = (
    "n/a",
    "na",
    "n.a.",
    "n.a",
    "null",
    "(null)",
    "none",
    "nil",
    "nan",
    "undefined",
    "(blank)",
    "-",
    "--",
    "---",
    "–",
    "—",
    "#n/a",
    "#ref!",
    "#value!",
    "#name?",
    "#div/0!",
    "#null!",
    "#num!",
    "0000-00-00",
    "0000-00-00 00:00:00",
    "00/00/0000",
)
#: Words among them that people are called, too.
SURNAMES = frozenset({"na", "null", "none", "nil", "nan"})


def among(text: str, words: Sequence[str]) -> str:
    """Return the SQL that tells whether a text is one of some words, in capitals or not.

    Neither with IN nor with list_contains: of these the planner makes a join, and then a query
    that asks for one column of a view reads all of them (observed with DuckDB 2.0).
    """
    return f"list_position({list(words)}, lower({text})) > 0"
