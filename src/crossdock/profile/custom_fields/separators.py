"""What parts the values of a field that holds several: found by what the parts do.

`Tile; Wood` is two choices when `Tile` and `Wood` stand in other values too, in other places of
them or alone. `Bondi, NSW` is one text: `Bondi` always comes first and `NSW` last. A line of notes
is one text: its parts are not seen again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb

from crossdock.profile.custom_fields.measures import SEPARATORS, Measures

#: A field with more different values is judged by about as many of them.
_SAMPLE = 5_000
#: Longer parts are sentences, and longer values are texts.
_LONGEST_PART, _LONGEST_VALUE = 80, 300
#: So much of the parts must be seen in other values, and in other places or alone.
_REPEATED, _MOVING = 0.8, 0.5
#: So much of the parts must be in the inventory's choices, where there are any.
_LISTED = 0.5
#: SQL for the characters that may surround a part.
BLANKS = "' ' || chr(9) || chr(10) || chr(13)"

#: Of every value that is looked at: its parts. One value, cut at a mark, is one row.
_CUT = f"""
    SELECT place, mark, n, row_number() OVER () AS v,
        list_filter(list_transform(string_split(value, mark), lambda p: trim(p, {BLANKS})),
            lambda p: p <> '') AS parts,
        contains(value, mark) AS held, contains(value, mark || ' ') AS after,
        contains(value, ' ' || mark) AS before
    FROM custom_value JOIN tried USING (place)
    WHERE hash(value) % step = 0 AND length <= {_LONGEST_VALUE}
"""
#: Of every part: in how many values it is, in how many of those that have several, and whether it
#: is ever alone or in another place.
_WORD = """
    SELECT place, mark, lower(p) AS word, count(DISTINCT v) AS seen,
        count(*) FILTER (several) AS within, count(DISTINCT v) FILTER (several) AS within_values,
        NOT bool_and(several) OR count(DISTINCT i) > 1 AS moves
    FROM (SELECT place, mark, v, len(parts) > 1 AS several, unnest(parts) AS p,
            generate_subscripts(parts, 1) AS i FROM cut)
    GROUP BY ALL
"""
_JUDGED = """
    SELECT word.place, mark, sum(within - within_values)::BIGINT AS twice,
        sum(within) FILTER (seen > 1) / sum(within) AS repeated,
        count(*) FILTER (moves AND within > 0) / count(*) FILTER (within > 0) AS moving,
        sum(seen) FILTER (l.value IS NOT NULL) / sum(seen) AS listed,
        max(length(word)) FILTER (within > 0) AS longest
    FROM word LEFT JOIN custom_listed l ON l.place = word.place AND l.value = word.word
    GROUP BY ALL
"""


@dataclass(frozen=True, slots=True)
class Split:
    """What becomes of a field's values when a character parts them.

    `separator` is the character as it stands there, with its blanks. `combined` counts rows with
    several parts. The shares are from 0 to 1, of the parts of those rows; `listed` of all parts.
    `longest` is the longest part, `twice` how many parts stand more than once in one value.
    """

    separator: str
    combined: int
    twice: int
    repeated: float
    moving: float
    listed: float
    longest: int

    @property
    def character(self) -> str:
        """Return the separator without blanks."""
        return self.separator.strip(" ")

    @property
    def is_evident(self) -> bool:
        """Return whether the parts behave as choices do."""
        return (
            self.combined > 1
            and self.twice == 0
            and self.longest <= _LONGEST_PART
            and self.repeated >= _REPEATED
            and self.moving >= _MOVING
        )


def splits(
    connection: duckdb.DuckDBPyConnection, measured: Mapping[int, Measures]
) -> Mapping[int, Sequence[Split]]:
    """Return by place what separators make of its values, in the order of SEPARATORS.

    Reads `custom_value`, and `custom_listed(place, value)`: the inventory's choices in lower case.
    """
    tried = [
        f"({place}, chr({ord(mark)}), {-(-m.distinct // _SAMPLE)})"
        for place, m in measured.items()
        for mark, held in zip(SEPARATORS, m.separated, strict=True)
        if held and m.filled not in (m.numbers, m.dates, m.moments, m.links)
    ]
    if not tried:
        return {}
    rows = connection.execute(
        f"""
        WITH tried(place, mark, step) AS (VALUES {", ".join(tried)}),
        cut AS MATERIALIZED ({_CUT}), word AS ({_WORD}), judged AS ({_JUDGED})
        SELECT place, mark, count(*) FILTER (after) * 2 > count(*) FILTER (held),
            count(*) FILTER (before) * 2 > count(*) FILTER (held),
            (sum(n) FILTER (len(parts) > 1))::BIGINT AS combined,
            any_value(twice), coalesce(any_value(repeated), 0), any_value(moving),
            coalesce(any_value(listed), 0), any_value(longest)
        FROM cut JOIN judged USING (place, mark) GROUP BY place, mark HAVING combined > 0
        """
    ).fetchall()
    found: dict[int, list[Split]] = defaultdict(list)
    for place, mark, after, before, *judged in sorted(rows, key=_strength):
        spelled = f"{' ' if before else ''}{mark}{' ' if after else ''}"
        found[place].append(Split(spelled, *judged))
    return found


def _strength(row: tuple[int, str]) -> int:
    return SEPARATORS.index(row[1])


def choose(found: Sequence[Split], *, several: bool, whole: float | None) -> Split | None:
    """Return the separator of a field, or None when each value is one.

    `several` says that the inventory has a type of several values for the field; `whole` is the
    share of its values that are choices of the inventory as they stand, None where none are listed.
    """
    if whole is not None:
        best = max(found, key=lambda split: split.listed, default=None)
        return best if best and best.listed > max(whole, _LISTED) else None
    evident = next((split for split in found if split.is_evident), None)
    return evident or (found[0] if found and several else None)
