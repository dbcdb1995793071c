"""Where references stand that lead nowhere, and customers who are named and not told.

============================  ==============================================================
`identity_dangling`           code, state, place, n: what `link.dangling` says, in words
`identity_spelling`           place, n: what is read as another number than it says
`identity_doubt`              several, place, n: customers named that nobody or several may be
`identity_linked`             how, place, n: customers told by name, contact or number
============================  ==============================================================
"""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from crossdock.connectors.base import SourceObject

#: How many examples of each kind are looked up in the files.
_EXAMPLES = 5

_TABLES = """
CREATE OR REPLACE TEMP TABLE identity_label (object VARCHAR, label VARCHAR);
CREATE OR REPLACE TEMP TABLE identity_place (object VARCHAR, _row BIGINT, place VARCHAR);
"""

#: Rows whose place in the files is worth looking up: a few of each kind, the most frequent first.
_WANTED = f"""
CREATE OR REPLACE TEMP TABLE identity_wanted AS
SELECT object, _row FROM (
    SELECT object, _row FROM link.dangling
    QUALIFY row_number() OVER (PARTITION BY code, state ORDER BY n DESC, _row) <= {_EXAMPLES}
    UNION ALL
    SELECT object, _row FROM link.customer_doubt
    QUALIFY row_number() OVER (PARTITION BY candidates IS NULL ORDER BY object, _row) <= {_EXAMPLES}
)
GROUP BY ALL
"""

_IN_WORDS = """
CREATE OR REPLACE TEMP TABLE identity_dangling AS
SELECT d.code, d.object, d.state, d.n,
    coalesce(p.place, l.label) || ': ' || d.written
        || CASE WHEN d.state = 'several' THEN ' may be ' || d.candidates ELSE '' END
        || CASE WHEN d.n > 1 THEN ', in ' || d.n || ' rows' ELSE '' END AS place
FROM link.dangling d JOIN identity_label l USING (object)
LEFT JOIN identity_place p USING (object, _row)
ORDER BY p.place IS NULL, d.n DESC, d.object, d._row;

CREATE OR REPLACE TEMP TABLE identity_spelling AS
SELECT l.label || ': ' || first(s.written ORDER BY s._row) || ' is read as '
    || first(s.number ORDER BY s._row)
    || CASE WHEN sum(s.n) > 1 THEN ', and ' || (sum(s.n) - 1) || ' more like it' ELSE '' END
    AS place,
    sum(s.n)::BIGINT AS n
FROM link.spelling s JOIN identity_label l USING (object) WHERE s.rank >= 3
GROUP BY l.label, s.object, s.field ORDER BY n DESC, s.object, s.field;

CREATE OR REPLACE TEMP TABLE identity_doubt AS
SELECT d.candidates IS NOT NULL AS several, 1 AS n,
    coalesce(p.place, l.label) || ': ' || d.name
        || coalesce(' may be ' || array_to_string(d.candidates[1:3], ' or ')
            || CASE WHEN len(d.candidates) > 3 THEN ' or …' ELSE '' END, '') AS place
FROM link.customer_doubt d JOIN identity_label l USING (object)
LEFT JOIN identity_place p USING (object, _row)
ORDER BY p.place IS NULL, d.object, d._row;

CREATE OR REPLACE TEMP TABLE identity_linked AS
SELECT how, l.label || ': ' || count(*) || ', such as ' || first(c.name ORDER BY c._row) AS place,
    count(*) AS n
FROM link.customer_of c JOIN identity_label l USING (object)
GROUP BY how, l.label ORDER BY n DESC, l.label;
"""


def measure(connection: duckdb.DuckDBPyConnection, objects: Sequence[SourceObject]) -> None:
    """Make the four tables from what `crossdock.intake.links` found."""
    connection.execute(_TABLES)
    connection.executemany(
        "INSERT INTO identity_label VALUES (?, ?)", [(obj.name, obj.label) for obj in objects]
    )
    connection.execute(_WANTED)
    wanted = connection.execute("SELECT DISTINCT object FROM identity_wanted").fetchall()
    for (name,) in wanted:
        rows = connection.execute(
            "SELECT list(_row) FROM identity_wanted WHERE object = ?", [name]
        ).fetchone()
        assert rows is not None
        connection.execute(
            f"INSERT INTO identity_place SELECT '{name}', _row, place FROM row.{name}"
            f" WHERE _row IN {(*rows[0], -1)}"
        )
    connection.execute(_IN_WORDS)
