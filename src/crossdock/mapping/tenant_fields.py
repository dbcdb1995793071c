"""The fields that a tenant made for itself: from the export's inventory, else from the data."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from crossdock.mapping.transforms import quoted
from crossdock.model.fields import FieldType

#: The source's own words for a field's type (custom field settings; old and new names).
_TYPES = {
    "short text": FieldType.TEXT,
    "single-line text": FieldType.TEXT,
    "text box": FieldType.TEXT,
    "textfield": FieldType.TEXT,
    "long text": FieldType.LONG_TEXT,
    "paragraph": FieldType.LONG_TEXT,
    "number stepper": FieldType.NUMBER,
    "(+/-) button": FieldType.NUMBER,
    "number": FieldType.NUMBER,
    "integer": FieldType.NUMBER,
    "decimal": FieldType.NUMBER,
    "temperature": FieldType.NUMBER,
    "formula": FieldType.NUMBER,
    "dropdown": FieldType.PICKLIST,
    "radio button": FieldType.PICKLIST,
    "radio group": FieldType.PICKLIST,
    "list": FieldType.MULTI_PICKLIST,
    "multi-select": FieldType.MULTI_PICKLIST,
    "checkbox": FieldType.CHECKBOX,
    "toggle": FieldType.CHECKBOX,
    "date picker": FieldType.DATE,
    "time picker": FieldType.TEXT,
    "signature": FieldType.SIGNATURE,
    "image": FieldType.URL,
    "file": FieldType.URL,
}
#: More different values than this are text, not choices (the destination takes 300).
MOST_CHOICES = 300
_BOOLEAN_WORDS = "('yes','no','y','n','true','false','on','off','1','0')"


@dataclass(frozen=True, slots=True)
class TenantField:
    """One of the tenant's own fields, and the entity it belongs on at the destination."""

    object: str
    source_object: str
    column: str
    entity: str
    label: str
    type: FieldType
    filled: int
    choices: tuple[str, ...] = ()
    from_inventory: bool = False


def tenant_fields(connection: duckdb.DuckDBPyConnection) -> list[TenantField]:
    """Return the tenant's own fields of customers and bookings that hold at least one value."""
    inventory = _inventory(connection)
    found = []
    for name, header in _unknown_columns(connection, "customer"):
        label = header.partition(":")[2].strip() if header[:3].lower() == "cf:" else header
        type_name = inventory.get(label.casefold(), "")
        own = _field(
            connection, "customer", "customer", name, "contact", label, type_name, "stage.customer"
        )
        found.append(own)
    for name, header in _unknown_columns(connection, "booking"):
        own = _field(connection, "booking", "booking", name, "deal", header, "", "stage.booking")
        found.append(own)
    for ref, label, type_name in _answered(connection):
        column = f"answer_{ref}"
        own = _field(
            connection,
            "booking",
            "custom_field_answer",
            column,
            "deal",
            label,
            type_name,
            "route.answer_column",
        )
        found.append(own)
    return [f for f in found if f.filled]


def _inventory(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    rows = connection.execute(
        "SELECT lower(label), any_value(type) FROM src.custom_field"
        " WHERE label IS NOT NULL GROUP BY 1"
    ).fetchall()
    return {label: kind or "" for label, kind in rows}


def _unknown_columns(
    connection: duckdb.DuckDBPyConnection, object_name: str
) -> list[tuple[str, str]]:
    return connection.execute(
        "SELECT name, header FROM stage._column WHERE object = ? AND NOT known ORDER BY position",
        [object_name],
    ).fetchall()


def _answered(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str, str]]:
    """Return the fields answered on deals; a field relabelled over time goes by its last label."""
    return connection.execute(
        """
        SELECT a.field_ref,
            coalesce(any_value(f.label), last(a.label ORDER BY a._row), a.field_ref),
            coalesce(any_value(f.type), '')
        FROM route.answer a LEFT JOIN src.custom_field f ON f.field_id = a.field_id
        WHERE a.deal_key IS NOT NULL GROUP BY 1 ORDER BY 1
        """
    ).fetchall()


def _field(
    connection: duckdb.DuckDBPyConnection,
    object_name: str,
    source_object: str,
    column: str,
    entity: str,
    label: str,
    type_name: str,
    table: str,
) -> TenantField:
    value = f"nullif(trim(CAST({quoted(column)} AS VARCHAR)), '')"
    row = connection.execute(
        f"""
        SELECT count(v), count(DISTINCT v), max(length(v)),
            bool_and(lower(v) IN {_BOOLEAN_WORDS}),
            bool_and(try_cast(v AS DECIMAL(18, 4)) IS NOT NULL) FILTER (WHERE v IS NOT NULL)
        FROM (SELECT {value} AS v FROM {table})
        """
    ).fetchone()
    assert row is not None
    filled, distinct, longest, boolean, numeric = row
    kind = _TYPES.get(type_name.casefold().strip())
    if kind is None:
        kind = _inferred(distinct, longest or 0, bool(boolean), bool(numeric))
    elif kind is FieldType.CHECKBOX and not boolean:
        kind = FieldType.MULTI_PICKLIST
    elif kind is FieldType.NUMBER and not numeric:
        kind = FieldType.TEXT
    elif kind is FieldType.TEXT and (longest or 0) > 255:
        kind = FieldType.LONG_TEXT
    choices: tuple[str, ...] = ()
    if kind in (FieldType.PICKLIST, FieldType.MULTI_PICKLIST):
        choices = _choices(connection, column, table, kind)
        if len(choices) > MOST_CHOICES:
            kind, choices = FieldType.LONG_TEXT, ()
    return TenantField(
        object_name,
        source_object,
        column,
        entity,
        label,
        kind,
        filled,
        choices,
        bool(type_name),
    )


def _inferred(distinct: int, longest: int, boolean: bool, numeric: bool) -> FieldType:
    if boolean and distinct <= 2:
        return FieldType.CHECKBOX
    if numeric:
        return FieldType.NUMBER
    return FieldType.LONG_TEXT if longest > 255 else FieldType.TEXT


def _choices(
    connection: duckdb.DuckDBPyConnection, column: str, table: str, kind: FieldType
) -> tuple[str, ...]:
    """Return the values in use: the inventory may lack some that old records still carry."""
    name = quoted(column)
    many = f"unnest(as_list(CAST({name} AS VARCHAR)))"
    one = f"nullif(trim(CAST({name} AS VARCHAR)), '')"
    value = many if kind is FieldType.MULTI_PICKLIST else one
    rows = connection.execute(
        f"SELECT DISTINCT v FROM (SELECT {value} AS v FROM {table}) WHERE v IS NOT NULL ORDER BY 1"
    ).fetchall()
    return tuple(v for (v,) in rows)
