"""How many records of each object came to be on each day: tables that rules ask.

==============  ===========================================================================
`gap_day`       object, day, rows: dates in the account's own time zone
`gap_newest`    object, label, by_hand, rows, newest, wait: the newest day, and the longest wait
                in days among about the last 200 records, which tells busy objects from others
`gap_taken`     one row, newest, stated: the newest day that the system wrote, and the day on
                which the export says that it was made (NULL when it says nothing)
`gap_month`     object, label, month, hole, before, after: months with records, how many months
                without any follow, and on how many days of a month there were some, as the
                mean of three months on both sides
==============  ===========================================================================
"""

from __future__ import annotations

from collections.abc import Iterable

import duckdb

from crossdock.connectors.base import SourceObject
from crossdock.intake.sql import quoted
from crossdock.profile.gaps.expected import expected

#: Fewer records than these say nothing about when a file was taken.
ENOUGH = 20
#: Among so many of the last records the longest wait is looked for.
LAST = 200
#: A date in figures is no longer than this.
FIGURES = 12

_NEWEST = f"""
CREATE OR REPLACE TEMP TABLE gap_stated AS
SELECT max(try_cast(left(value, 10) AS DATE)) AS stated FROM stage._fact WHERE name = 'exported_at';

CREATE OR REPLACE TEMP TABLE gap_newest AS
WITH counted AS (
    SELECT object, day, rows,
        sum(rows) OVER (PARTITION BY object ORDER BY day DESC) - rows AS later,
        day - lag(day) OVER (PARTITION BY object ORDER BY day) AS wait
    FROM gap_day WHERE day <= coalesce((SELECT stated FROM gap_stated) + 1, DATE '9999-12-31')
)
SELECT object, any_value(label) AS label, any_value(by_hand) AS by_hand, sum(rows) AS rows,
    max(day) AS newest, coalesce(max(wait) FILTER (WHERE later < {LAST}), 0) AS wait
FROM counted JOIN gap_object USING (object)
GROUP BY object HAVING sum(rows) >= {ENOUGH};

-- Where the export does not say when it was made, one object with a wrong clock decides nothing.
CREATE OR REPLACE TEMP TABLE gap_taken AS
WITH written AS (
    SELECT list(newest ORDER BY newest DESC) AS days FROM gap_newest WHERE NOT by_hand
)
SELECT CASE WHEN stated IS NULL AND len(days) > 2 THEN days[2] ELSE days[1] END AS newest,
    stated
FROM gap_stated, written;

CREATE OR REPLACE TEMP TABLE gap_month AS
WITH counted AS (
    SELECT object, date_trunc('month', day)::DATE AS month, count(DISTINCT day) AS days
    FROM gap_day GROUP BY ALL
)
SELECT object, label, month,
    date_diff('month', month, lead(month) OVER w) - 1 AS hole,
    avg(days) OVER (w ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) AS before,
    avg(days) OVER (w ROWS BETWEEN 1 FOLLOWING AND 3 FOLLOWING) AS after
FROM counted JOIN gap_object USING (object)
WINDOW w AS (PARTITION BY object ORDER BY month);
"""


def measure(connection: duckdb.DuckDBPyConnection, objects: Iterable[SourceObject]) -> None:
    """Make the tables, from the column of each object that says when a record came to be."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE gap_object (object VARCHAR, label VARCHAR, by_hand BOOLEAN);"
        "CREATE OR REPLACE TEMP TABLE gap_day (object VARCHAR, day DATE, rows BIGINT)"
    )
    for obj in objects:
        one = expected()[obj.name]
        if one.moment:
            connection.execute(
                "INSERT INTO gap_object VALUES (?, ?, ?)", [obj.name, obj.label, one.by_hand]
            )
            _count_days(connection, obj.name, quoted(one.moment))
    connection.execute(_NEWEST)


def _count_days(connection: duckdb.DuckDBPyConnection, name: str, moment: str) -> None:
    """Count an object's records by day. Reading dates is slow: each day's text is read once.

    The first characters are a date in figures, perhaps with a part of its hour. Where a letter is
    the first or the fifth, the month or the day of the week is a word, and all of it is the key.
    """
    word = f"left({moment}, 1) >= 'A' OR substr({moment}, 5, 1) >= 'A'"
    day = f"CASE WHEN {word} THEN {moment} ELSE left({moment}, {FIGURES}) END"
    connection.execute(
        f"""
        INSERT INTO gap_day
        WITH day AS (
            SELECT min(rowid) AS _row, count(*) AS n FROM stage.{name}
            WHERE {moment} IS NOT NULL GROUP BY _file, {day}
        )
        SELECT '{name}', read.{moment}::DATE, sum(day.n)
        FROM day JOIN typed.{name} read USING (_row)
        WHERE read.{moment} IS NOT NULL GROUP BY ALL
        """
    )
