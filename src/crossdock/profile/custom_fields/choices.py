"""The values in use of fields with choices, and how many values the inventory does not list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb

from crossdock.profile.custom_fields.field import Choice
from crossdock.profile.custom_fields.inventory import Entry
from crossdock.profile.custom_fields.measures import EXAMPLES
from crossdock.profile.custom_fields.separators import BLANKS

#: So many choices of a field are kept, the most frequent; no list of choices is longer.
KEPT = 1_000


@dataclass(frozen=True, slots=True)
class Chosen:
    """The choices of one field; `unlisted` counts values that are none of the inventory's."""

    choices: Sequence[Choice]
    unlisted: int
    unlisted_examples: Sequence[str]


def keep_listed(
    connection: duckdb.DuckDBPyConnection, entries: Mapping[int, Entry]
) -> Mapping[int, float]:
    """Keep the inventory's choices of each place in `custom_listed`, in lower case.

    Returns by place which share of its different values is one of them as it stands.
    """
    connection.execute("CREATE OR REPLACE TEMP TABLE custom_listed (place INTEGER, value VARCHAR)")
    listed = [(place, value) for place, entry in entries.items() for value in entry.choices]
    if listed:
        connection.execute(
            "INSERT INTO custom_listed SELECT DISTINCT place, lower(value)"
            " FROM (SELECT unnest(?) AS place, unnest(?) AS value)",
            [[place for place, _ in listed], [value for _, value in listed]],
        )
    return dict(
        connection.execute(
            """
            SELECT v.place, count(l.value) / count(*) FROM custom_value v
            LEFT JOIN custom_listed l ON l.place = v.place AND l.value = lower(v.value)
            WHERE v.place IN (SELECT place FROM custom_listed) GROUP BY v.place
            """
        ).fetchall()
    )


def choices(
    connection: duckdb.DuckDBPyConnection,
    marks: Mapping[int, str],
    entries: Mapping[int, Entry],
) -> Mapping[int, Chosen]:
    """Count the choices in use of each place in `marks`, by what parts its values, or nothing.

    Choices of the inventory that nobody chose follow with a count of 0. Writings of a choice that
    differ in case count as two, for they are two at the destination.
    """
    if not marks:
        return {}
    wanted = ", ".join(
        f"({place}, {f'chr({ord(mark)})' if mark else 'NULL'})" for place, mark in marks.items()
    )
    rows = connection.execute(
        f"""
        WITH wanted(place, mark) AS (VALUES {wanted}),
        part AS (
            SELECT place, n, unnest(CASE WHEN mark IS NULL THEN [value] ELSE list_distinct(
                list_transform(string_split(value, mark), lambda p: trim(p, {BLANKS}))) END) AS p
            FROM custom_value JOIN wanted USING (place)
        ),
        used AS (
            SELECT part.place, p, sum(n)::BIGINT AS n, any_value(l.value) IS NOT NULL AS listed
            FROM part LEFT JOIN custom_listed l ON l.place = part.place AND l.value = lower(p)
            WHERE p <> '' GROUP BY ALL
        )
        SELECT place, max((n, p, listed), {KEPT}),
            coalesce(sum(n) FILTER (NOT listed), 0)::BIGINT,
            max((n, p), {EXAMPLES}) FILTER (NOT listed)
        FROM used GROUP BY place
        """
    ).fetchall()
    return {
        place: _chosen(entries.get(place), used, unlisted, examples or ())
        for place, used, unlisted, examples in rows
    }


def _chosen(
    entry: Entry | None,
    used: Sequence[tuple[int, str, bool]],
    unlisted: int,
    examples: Sequence[tuple[int, str]],
) -> Chosen:
    ordered = sorted(used, key=lambda row: (-row[0], row[1]))
    found = [Choice(value, count, listed) for count, value, listed in ordered]
    if entry is None or not entry.choices:
        return Chosen(tuple(found), 0, ())
    seen = {choice.value.casefold() for choice in found}
    found += [Choice(value, 0, True) for value in entry.choices if value.casefold() not in seen]
    return Chosen(tuple(found), unlisted, tuple(f"{value} ({n:,})" for n, value in examples))
