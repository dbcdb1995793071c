"""Each mapped field of each record, compared with what the destination shows, in one class each.

==================  ================================================================
`equal`             the same, letter by letter
`normalised`        the same value in the destination's own spelling: 174.75 as "174.75", a moment
                    in another zone, a list in another order
`truncated`         the destination kept the beginning of a text
`missing`           nothing is there, or the record is not
`unexpected`        something else is there
==================  ================================================================

`coerced`, `edited_by_person` and `edited_by_automation` need evidence that is not gathered yet;
such differences are counted as unexpected, never as fine.
"""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from crossdock.connectors.base import Description
from crossdock.connectors.freshsales.readable import NOT_READABLE, READ_AS
from crossdock.mapping.document import Line, Mapping
from crossdock.mapping.transforms import Gives, literal, transform_of
from crossdock.model.fields import Field, FieldType

CLASSES = (
    "equal",
    "normalised",
    "coerced",
    "truncated",
    "edited_by_person",
    "edited_by_automation",
    "missing",
    "unexpected",
)
_TABLES = """
CREATE SCHEMA IF NOT EXISTS seen;
CREATE OR REPLACE TABLE seen.difference (entity VARCHAR, source_id VARCHAR,
    destination_id VARCHAR, field VARCHAR, expected VARCHAR, found VARCHAR, class VARCHAR);
CREATE OR REPLACE TABLE seen.class_count
    (entity VARCHAR, field VARCHAR, class VARCHAR, records BIGINT);
CREATE OR REPLACE TABLE seen.not_verified (entity VARCHAR, field VARCHAR, reason VARCHAR);
"""
#: Text without markup; a line break is one however it is written.
_PLAIN = (
    "trim(regexp_replace(regexp_replace({0}, '<(br|/p|/div)[^>]*>', chr(10), 'gi'),"
    " '<[^>]+>', '', 'g'))"
)


def begin(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the tables for a new comparison."""
    connection.execute(_TABLES)


def compare_entity(
    connection: duckdb.DuckDBPyConnection,
    mapping: Mapping,
    description: Description,
    entity: str,
) -> int:
    """Compare all fields of an entity's records; returns how many records were compared.

    Needs `seen.<entity>` and `seen.crosswalk_<entity>` of this and every referred entity.
    """
    connection.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE pair AS
        SELECT p.source_key, c.id AS destination_id, p.payload, s.record
        FROM plan.{entity} p JOIN seen.crosswalk_{entity} c ON c.key = p.source_key
        LEFT JOIN seen.{entity} s ON s.id = c.id
        WHERE p.action = 'create'
        """
    )
    connection.execute(
        """
        INSERT INTO seen.difference SELECT ?, source_key, destination_id, '*', 'the record', NULL,
            'missing' FROM pair WHERE record IS NULL
        """,
        [entity],
    )
    connection.execute(
        "INSERT INTO seen.class_count SELECT ?, '*', 'missing', count(*) FROM pair"
        " WHERE record IS NULL HAVING count(*) > 0",
        [entity],
    )
    for line in mapping.active(entity):
        _compare_line(connection, line, description)
    row = connection.execute("SELECT count(*) FROM pair").fetchone()
    assert row is not None
    return int(row[0])


def _compare_line(
    connection: duckdb.DuckDBPyConnection, line: Line, description: Description
) -> None:
    if line.target in NOT_READABLE:
        connection.execute(
            "INSERT INTO seen.not_verified VALUES (?, ?, ?)",
            [line.entity, line.target, NOT_READABLE[line.target]],
        )
        return
    described = description.entities.get(line.entity)
    if line.is_custom:
        own = described.field_by_label(line.label) if described else None
        if own is None:
            return
        target: Field | None = own
        written = read = f'$.custom_field."{own.name}"'
    else:
        target = described.field(line.target) if described else None
        written = f"$.{line.target}"
        read = f"$.{READ_AS.get(line.target, line.target)}"
    is_number = target is not None and target.type is FieldType.NUMBER
    connection.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE compared AS
        SELECT source_key, destination_id, expected, found, CASE
            WHEN found IS NULL THEN 'missing'
            WHEN expected = found THEN 'equal'
            WHEN {_same(line, is_number)} THEN 'normalised'
            WHEN length(found) > 0 AND starts_with(expected, found) THEN 'truncated'
            ELSE 'unexpected' END AS class
        FROM ({_pairs(line, written, read)}) WHERE expected IS NOT NULL
        """
    )
    connection.execute(
        "INSERT INTO seen.class_count SELECT ?, ?, class, count(*) FROM compared GROUP BY class",
        [line.entity, line.target],
    )
    connection.execute(
        "INSERT INTO seen.difference SELECT ?, source_key, destination_id, ?, expected, found,"
        " class FROM compared WHERE class NOT IN ('equal', 'normalised')",
        [line.entity, line.target],
    )


def _pairs(line: Line, written: str, read: str) -> str:
    """Return the query for expected and found, both as text, references as ids."""
    name, _, argument = line.transform.partition(":")
    found = f"record ->> {literal(read)}"
    if name == "ref":
        return _reference(f"payload ->> {literal(written + '.$ref[1]')}", argument, found)
    if name == "target":
        return _target()
    if name in ("accounts", "contacts"):
        inner = "[*].id.$ref[1]" if name == "accounts" else "[*].$ref[1]"
        entity = "sales_account" if name == "accounts" else "contact"
        return _references(f"payload ->> {literal(written + inner)}", entity, read)
    if name == "json":
        return _products()
    if name == "pricing":
        price = "$.product_pricings[0].unit_price"
        return _select(f"payload ->> {literal(price)}", f"record ->> {literal(price)}")
    return _select(f"payload ->> {literal(written)}", found)


def _select(expected: str, found: str) -> str:
    return (
        f"SELECT source_key, destination_id, {expected} AS expected, {found} AS found FROM pair"
        " WHERE record IS NOT NULL"
    )


def _reference(key: str, entity: str, found: str) -> str:
    return (
        f"SELECT source_key, destination_id, x.id AS expected, {found} AS found FROM pair"
        f" LEFT JOIN seen.crosswalk_{entity} x ON x.key = {key} WHERE record IS NOT NULL"
    )


def _target() -> str:
    """An attached record is on the right one when type and id agree."""
    parts = " UNION ALL ".join(
        f"SELECT p.*, '{word} ' || x.id AS expected FROM pair p JOIN seen.crosswalk_{entity} x"
        f" ON p.payload ->> '$.targetable_id.$ref[0]' = '{entity}'"
        " AND x.key = p.payload ->> '$.targetable_id.$ref[1]'"
        for entity, word in (("deal", "Deal"), ("contact", "Contact"))
    )
    return (
        "SELECT source_key, destination_id, expected, (record ->> '$.targetable_type') || ' '"
        f" || (record ->> '$.targetable_id') AS found FROM ({parts}) WHERE record IS NOT NULL"
    )


def _references(keys: str, entity: str, read: str) -> str:
    return f"""
        SELECT p.source_key, p.destination_id, e.ids AS expected,
            array_to_string(list_sort(CAST(record -> {literal(read)} AS VARCHAR[])), ' ') AS found
        FROM pair p JOIN (
            SELECT u.source_key, string_agg(x.id, ' ' ORDER BY x.id) AS ids
            FROM (SELECT source_key, unnest({keys}) AS key FROM pair) u
            JOIN seen.crosswalk_{entity} x USING (key) GROUP BY 1
        ) e USING (source_key) WHERE record IS NOT NULL
    """


def _products() -> str:
    """The lines of a deal: each product's id, quantity and price, in any order."""
    line = "format('{} x {} at {}', id, CAST(q AS DOUBLE), CAST(u AS DOUBLE))"
    return f"""
        WITH wanted AS (
            SELECT source_key, unnest(CAST(payload -> '$.products' AS JSON[])) AS l FROM pair
            WHERE record IS NOT NULL
        ),
        shown AS (
            SELECT source_key, unnest(CAST(record -> '$.products' AS JSON[])) AS l FROM pair
            WHERE record IS NOT NULL
        ),
        e AS (SELECT source_key, string_agg({line}, ', ' ORDER BY {line}) AS t FROM (
            SELECT w.source_key, x.id, l ->> '$.quantity' AS q, l ->> '$.unit_price' AS u
            FROM wanted w JOIN seen.crosswalk_product x
                ON x.key = l ->> '$.id.$ref[1]') GROUP BY 1),
        f AS (SELECT source_key, string_agg({line}, ', ' ORDER BY {line}) AS t FROM (
            SELECT source_key, coalesce(l ->> '$.product_id', l ->> '$.id') AS id,
                l ->> '$.quantity' AS q, l ->> '$.unit_price' AS u FROM shown) GROUP BY 1)
        SELECT p.source_key, p.destination_id, e.t AS expected, f.t AS found
        FROM pair p JOIN e USING (source_key) LEFT JOIN f USING (source_key)
    """


def _same(line: Line, is_number: bool) -> str:
    """Return the condition under which two different spellings are the same value.

    `is_number` says that the destination's field holds numbers.
    """
    gives = transform_of(line).gives
    if gives in (Gives.NUMBER, Gives.ID) or line.transform == "pricing":
        return "try_cast(expected AS DECIMAL(28, 4)) = try_cast(found AS DECIMAL(28, 4))"
    if gives is Gives.DAY:
        return "left(found, 10) = expected"
    if gives is Gives.MOMENT:
        return "try_cast(expected AS TIMESTAMPTZ) = try_cast(found AS TIMESTAMPTZ)"
    if gives is Gives.LIST:
        return (
            "list_sort(CAST(CAST(expected AS JSON) AS VARCHAR[]))"
            " = list_sort(CAST(CAST(found AS JSON) AS VARCHAR[]))"
        )
    if gives is Gives.CHOICES:
        return "list_sort(string_split(expected, ';')) = list_sort(string_split(found, ';'))"
    if gives is Gives.ANYTHING and is_number:
        return "try_cast(expected AS DECIMAL(28, 4)) = try_cast(found AS DECIMAL(28, 4))"
    if line.transform == "marked_html":
        return f"{_PLAIN.format('expected')} = {_PLAIN.format('found')}"
    return "trim(expected) = trim(found)"


def class_counts(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Return how many field values are in each class."""
    rows = dict(
        connection.execute(
            "SELECT class, sum(records)::BIGINT FROM seen.class_count GROUP BY 1"
        ).fetchall()
    )
    return {name: int(rows.get(name, 0)) for name in CLASSES}


def differences(
    connection: duckdb.DuckDBPyConnection, most: int = 1000
) -> Sequence[dict[str, str | None]]:
    """Return up to `most` differences, as the `--json` output shows them."""
    names = ("entity", "source_id", "destination_id", "field", "expected", "found", "class")
    rows = connection.execute(
        f"SELECT {', '.join(names)} FROM seen.difference ORDER BY ALL LIMIT ?", [most]
    ).fetchall()
    return [dict(zip(names, row, strict=True)) for row in rows]
