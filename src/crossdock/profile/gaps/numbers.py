"""What is missing among numbers that count on: tables that rules ask.

================  =========================================================================
`gap_prefix`      object, label, prefix, highest: how most of its numbers begin, such as
                  "BOK-", and the highest of them, without a few that are far off
`gap_missing`     object, label, prefix, after, until, missing, hole, usual: a run of numbers
                  without a record, the days that lie between its neighbours, and those that
                  so many records would take; NULL where nobody knows
`gap_page`        object, label, prefix, page, missing, hits: a run is missing after every so
                  many records; `missing` is its usual length
================  =========================================================================

Deleted records and numbers set by hand leave gaps that are short and come at any place. A start
number that was raised leaves a long one between two neighbouring days. What a cut leaves is a long
one that took its days with it, or short ones at equal distances.
"""

from __future__ import annotations

from collections.abc import Iterable

import duckdb

from crossdock.connectors.base import SourceObject
from crossdock.intake.sql import quoted
from crossdock.profile.gaps.expected import expected

#: So many numbers in a row are not deleted one by one.
BLOCK = 25
#: So many records on both sides make a gap one in the middle, and tell how busy the days were.
NEIGHBOURS = 50
#: A number that lies so far behind the others was set by hand.
FAR = 1_000
#: Pages are looked for among so many first and last records, with lengths from and to these.
FIRST, SHORTEST, LONGEST = 20_000, 10, 2_500
#: A page repeats at least so often; then so large a share of its repetitions must have the gap.
REPEATS, ALIKE = 5, 0.9
#: Where gaps are as frequent as this, the numbers do not count on one by one.
TOO_MANY = 0.2

_TABLES = """
CREATE OR REPLACE TEMP TABLE gap_prefix (
    object VARCHAR, label VARCHAR, prefix VARCHAR, highest BIGINT);
CREATE OR REPLACE TEMP TABLE gap_run (
    object VARCHAR, after BIGINT, missing BIGINT, place BIGINT, records BIGINT, rows BIGINT[]);
CREATE OR REPLACE TEMP TABLE gap_missing (
    object VARCHAR, label VARCHAR, prefix VARCHAR, after BIGINT, until BIGINT, missing BIGINT,
    hole DOUBLE, usual DOUBLE);
"""

_PAGES = f"""
CREATE OR REPLACE TEMP TABLE gap_page AS
WITH run AS (
    SELECT object, missing, records, place FROM gap_run
    WHERE place <= {FIRST} UNION ALL
    SELECT object, missing, records, records - place FROM gap_run
    WHERE records - place <= {FIRST}
), busy AS (
    SELECT object FROM gap_run GROUP BY object
    HAVING count(*) BETWEEN {REPEATS} AND {TOO_MANY} * any_value(records)
), hit AS (
    SELECT object, page, count(DISTINCT place) AS hits, mode(missing) AS missing,
        any_value(least(records - 1, {FIRST}) // page) AS possible
    FROM run SEMI JOIN busy USING (object), range({SHORTEST}, {LONGEST} + 1) length(page)
    WHERE place % page = 0 GROUP BY object, page
)
SELECT object, label, prefix, min(page) AS page, arg_min(missing, page) AS missing,
    arg_min(hits, page) AS hits
FROM hit JOIN gap_prefix USING (object)
WHERE possible >= {REPEATS} AND hits >= {ALIKE} * possible GROUP BY ALL;
"""


def measure(connection: duckdb.DuckDBPyConnection, objects: Iterable[SourceObject]) -> None:
    """Make the tables, from the numbers of each object that has them; after the days."""
    connection.execute(_TABLES)
    for obj in objects:
        one = expected()[obj.name]
        if one.numbers:
            _find_runs(connection, obj, quoted(one.numbers))
            _find_blocks(connection, obj.name, quoted(one.moment))
    connection.execute(_PAGES)


def number(column: str, prefix: str) -> str:
    """Return the SQL that reads a number as a whole one; NULL where it begins otherwise."""
    rest = f"try_cast(substr({column}, {len(prefix) + 1}) AS BIGINT)"
    return f"CASE WHEN starts_with({column}, {text(prefix)}) THEN {rest} END"


def text(value: str) -> str:
    """Return a text as SQL writes it."""
    return "'" + value.replace("'", "''") + "'"


def _find_runs(connection: duckdb.DuckDBPyConnection, obj: SourceObject, column: str) -> None:
    """Find the runs of numbers without a record, and what most numbers begin with."""
    row = connection.execute(
        f"SELECT mode(regexp_extract(trim({column}), '^[^0-9]*'))"
        f" FROM (FROM stage.{obj.name} LIMIT {FIRST})"
    ).fetchone()
    prefix = str(row[0] or "") if row else ""
    connection.execute(
        f"""
        INSERT INTO gap_run
        WITH known AS (
            SELECT {number(f"trim({column})", prefix)} AS n, min(rowid) AS _row
            FROM stage.{obj.name} GROUP BY n HAVING n IS NOT NULL
        ), placed AS (
            SELECT n, lead(n) OVER w - n - 1 AS missing, row_number() OVER w AS place,
                count(*) OVER () AS records,
                [lag(_row, {NEIGHBOURS}) OVER w, _row, lead(_row) OVER w,
                 lead(_row, {NEIGHBOURS} + 1) OVER w] AS rows
            FROM known WINDOW w AS (ORDER BY n)
        )
        SELECT '{obj.name}', n, missing, place, records, rows FROM placed
        WHERE missing > 0 OR place = records
        """
    )
    # The last one has nothing missing behind it: it is the highest, unless it is far off.
    connection.execute(
        f"""
        INSERT INTO gap_prefix
        SELECT '{obj.name}', {text(obj.label)}, {text(prefix)}, min(after) FROM gap_run
        WHERE object = '{obj.name}'
            AND (missing IS NULL OR missing >= {FAR} AND records - place < {NEIGHBOURS})
        HAVING count(*) > 0;
        DELETE FROM gap_run WHERE missing IS NULL
        """
    )


def _find_blocks(connection: duckdb.DuckDBPyConnection, name: str, moment: str) -> None:
    """Compare the time between the neighbours of each long run with what it would have taken."""
    connection.execute(
        f"""
        INSERT INTO gap_missing
        WITH block AS (
            FROM gap_run WHERE object = '{name}' AND missing >= {BLOCK}
                AND place > {NEIGHBOURS} AND records - place > {NEIGHBOURS}
        ), seen AS (
            SELECT _row, epoch({moment}::TIMESTAMP) / 86400 AS day FROM typed.{name}
            WHERE _row IN (SELECT unnest(rows) FROM block)
        )
        SELECT object, label, prefix, after, after + missing + 1, missing, c.day - b.day,
            missing * (b.day - a.day + d.day - c.day) / (2 * {NEIGHBOURS})
        FROM block JOIN gap_prefix USING (object)
        LEFT JOIN seen a ON a._row = rows[1] LEFT JOIN seen b ON b._row = rows[2]
        LEFT JOIN seen c ON c._row = rows[3] LEFT JOIN seen d ON d._row = rows[4]
        """
    )
