"""How many values a field holds, how different and how long they are, and what they could be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

#: Words for yes and no. `0` and `1` may be numbers as well.
BOOLEAN_WORDS = ("yes", "no", "y", "n", "true", "false", "on", "off", "1", "0")
#: How many examples a field shows.
EXAMPLES = 5
#: What may part several values in one; a value seldom holds the first, often the last.
SEPARATORS = ("\n", "|", ";", ",")

_SIGN = r"[-+]?(A|US|NZ|C)?[$€£¥]?"
#: As many digits as a number of the destination holds without rounding.
_DIGITS = r"(\d{1,14}|\d{1,3}(,\d{3}){1,3})(\.\d{1,4})?"
_NUMBER = _SIGN + _DIGITS
#: A leading zero or plus tells that it is a code: as a number, that would be lost.
_CODE = r"[0+]\d.*"
_PICTURE = r"\S.*\.(jpe?g|png|gif|webp|heic|bmp|tiff?|svg)(\?\S*)?"
_DOCUMENT = r"\S.*\.(pdf|docx?|xlsx?|csv|txt|rtf|odt|zip|mp[34]|mov|m4a|wav)(\?\S*)?"


@dataclass(frozen=True, slots=True)
class Measures:
    """Counts of values, each value as often as it stands there, but for `distinct`.

    `separated` counts the different values that hold each of SEPARATORS, in their order.
    """

    filled: int = 0
    distinct: int = 0
    shortest: int = 0
    longest: int = 0
    words: int = 0
    different_words: int = 0
    numbers: int = 0
    codes: int = 0
    dates: int = 0
    moments: int = 0
    times: int = 0
    links: int = 0
    pictures: int = 0
    documents: int = 0
    signatures: int = 0
    broken: int = 0
    separated: Sequence[int] = (0, 0, 0, 0)
    examples: Sequence[str] = ()


def tests(date_formats: Sequence[str]) -> dict[str, str]:
    """Return SQL that tells of a `value` whether it could be of a type; for `custom_value`.

    What is quickly told stands first: most values are asked no more than that.
    """
    short = "length BETWEEN 1 AND 30"
    dated = f"{short} AND regexp_matches(value, '^(\\d{{1,4}}[-/ ]|[A-Za-z]{{3}} \\d)')"
    moment = f"CASE WHEN {dated} THEN try_strptime(value, {list(date_formats)}) END IS NOT NULL"
    clock = "try_strptime(value, ['%I:%M %p', '%H:%M', '%H:%M:%S'])"
    linked = _when("contains(value, '://')", "regexp_full_match(value, 'https?://\\S+', 'i')")
    named = _when("contains(value, '.')", f"regexp_full_match(value, '{_PICTURE}', 'i')")
    pictured = f"({named} OR starts_with(value, 'data:image/'))"
    document = f"regexp_full_match(value, '{_DOCUMENT}', 'i')"
    return {
        "words": _when("length <= 5", f"lower(value) IN {BOOLEAN_WORDS}"),
        "numbers": _when(short, f"regexp_full_match(value, '{_NUMBER}')"),
        "codes": _when(short, f"regexp_full_match(value, '{_CODE}')"),
        "dates": f"NOT contains(value, ':') AND {moment}",
        "moments": f"contains(value, ':') AND {moment}",
        "times": f"CASE WHEN {short} AND contains(value, ':') THEN {clock} END IS NOT NULL",
        "links": linked,
        "pictures": pictured,
        "documents": _when("contains(value, '.')", document),
        "signatures": _when("contains(value, 'ignature')", f"{linked} OR {pictured}"),
        "broken": "contains(value, chr(10))",
    }


def _when(quick: str, test: str) -> str:
    """Return SQL for both conditions, the first of which spares the second."""
    return f"CASE WHEN {quick} THEN {test} ELSE false END"


def measure(
    connection: duckdb.DuckDBPyConnection, date_formats: Sequence[str]
) -> Mapping[int, Measures]:
    """Measure everything in `custom_value`, by place; places without a value are not in it."""
    tested = tests(date_formats)
    flags = ", ".join(f"({test}) AS is_{name}" for name, test in tested.items())
    sums = ", ".join(f"coalesce(sum(n) FILTER (is_{name}), 0)::BIGINT" for name in tested)
    parted = ", ".join(f"count(*) FILTER (contains(value, chr({ord(s)})))" for s in SEPARATORS)
    rows = connection.execute(
        f"""
        SELECT place, sum(n)::BIGINT, count(*), min(length), max(length),
            count(DISTINCT CASE WHEN is_words THEN lower(value) END), {sums}, [{parted}],
            max((n, -length, value), {EXAMPLES})
        FROM (SELECT *, {flags} FROM custom_value) GROUP BY place
        """
    ).fetchall()
    return {place: _measures(list(tested), values) for place, *values in rows}


def _measures(names: Sequence[str], values: Sequence[Any]) -> Measures:
    filled, distinct, shortest, longest, different, *counts, separated, examples = values
    return Measures(
        filled=filled,
        distinct=distinct,
        shortest=shortest,
        longest=longest,
        different_words=different,
        separated=separated,
        examples=tuple(value for _, _, value in examples),
        **dict(zip(names, counts, strict=True)),
    )
