"""The tenant's own fields as the destination can take them: of customers, and of jobs with their
quotes and invoices.

What a field holds is found in one place, `crossdock.profile.custom_fields`. Here is added what the
destination asks for: a type that holds every value, and the answers as they stand on a deal, where
several lines of a job may have answered one field, and several documents may be one deal.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import duckdb

from crossdock.intake.sql import quoted
from crossdock.model.fields import FieldType
from crossdock.profile.custom_fields import CustomField, discover

#: More different values than this are text, not choices (the destination takes 300).
MOST_CHOICES = 300
#: Longer texts need a field for long texts.
LONGEST_TEXT = 255
#: Types that read their values; one that they cannot read would be lost.
_READING = (FieldType.NUMBER, FieldType.DATE, FieldType.DATETIME, FieldType.TIME)
#: Objects that become one deal with their booking.
_DOCUMENTS = ("quote", "invoice")
_WRITTEN = (*_READING, FieldType.TEXT, FieldType.URL, FieldType.IMAGE, FieldType.FILE)


@dataclass(frozen=True, slots=True)
class TenantField:
    """One of the tenant's own fields, and the entity it belongs on at the destination.

    `separator` is what parts the values of a field that holds several, without blanks.
    """

    object: str
    source_object: str
    column: str
    entity: str
    label: str
    type: FieldType
    filled: int
    choices: tuple[str, ...] = ()
    from_inventory: bool = False
    separator: str = ""


@dataclass(frozen=True, slots=True)
class _OnDeals:
    """A field's answers on deals: how many deals, the most on one, the longest when joined."""

    filled: int
    most: int
    longest: int


def tenant_fields(
    connection: duckdb.DuckDBPyConnection, discovered: Iterable[CustomField] | None = None
) -> list[TenantField]:
    """Return the tenant's own fields of customers, jobs, quotes and invoices with a value or more.

    Answers, quotes and invoices count where the route found their deal. The column of a quote's
    field on its deal begins with `quote_`, that of an invoice's with `invoice_`. `discovered` are
    the fields of the export where they are known already: finding them reads every table.
    """
    every = discover(connection) if discovered is None else discovered
    found = [field for field in every if field.filled]
    answered = _on_deals(connection)
    return [
        *(_of_column(field, "contact") for field in found if field.source_object == "customer"),
        *(_of_column(field, "deal") for field in found if field.source_object == "booking"),
        *(
            _of_answers(field, answered[field.column])
            for field in found
            if field.source_object == "custom_field_answer"
            and field.object == "booking"
            and field.column in answered
        ),
        *_of_documents(connection, found),
    ]


def _of_documents(
    connection: duckdb.DuckDBPyConnection, found: Iterable[CustomField]
) -> list[TenantField]:
    """Return the fields of quotes and invoices that have a value on a deal."""
    fields = []
    for field in found:
        if field.source_object not in _DOCUMENTS:
            continue
        row = connection.execute(
            f"""
            SELECT count(*), max(n), max(length) FROM (
                SELECT count(DISTINCT value) AS n, sum(length(value) + 2)::BIGINT - 2 AS length
                FROM (SELECT DISTINCT m.deal_key, {quoted(field.column)}::VARCHAR AS value
                    FROM route.{field.source_object} d
                    JOIN route.member m ON m.object = ? AND m.key = d.key
                    WHERE value IS NOT NULL)
                GROUP BY deal_key)
            """,
            [field.source_object],
        ).fetchone()
        if row and row[0]:
            made = _of_answers(field, _OnDeals(*row))
            column = f"{field.source_object}_{field.column}"
            fields.append(replace(made, column=column))
    return fields


def _on_deals(connection: duckdb.DuckDBPyConnection) -> Mapping[str, _OnDeals]:
    """Return what stands on deals, by the column of the answers."""
    rows = connection.execute(
        """
        SELECT 'answer_' || field_ref, count(*), max(answers), max(length) FROM (
            SELECT field_ref, count(*) AS answers, sum(length(value) + 2)::BIGINT - 2 AS length
            FROM route.answer WHERE deal_key IS NOT NULL AND value IS NOT NULL
            GROUP BY field_ref, deal_key)
        WHERE field_ref IS NOT NULL GROUP BY 1
        """
    ).fetchall()
    return {column: _OnDeals(*counts) for column, *counts in rows}


def _of_column(field: CustomField, entity: str) -> TenantField:
    return _taken(field, entity, field.filled, field.longest, joined=False)


def _of_answers(field: CustomField, on_deals: _OnDeals) -> TenantField:
    return _taken(field, "deal", on_deals.filled, on_deals.longest, joined=on_deals.most > 1)


def _taken(
    field: CustomField, entity: str, filled: int, longest: int, *, joined: bool
) -> TenantField:
    kind = _type(field, longest, joined)
    choices: tuple[str, ...] = ()
    if kind in (FieldType.PICKLIST, FieldType.MULTI_PICKLIST):
        choices = _choices(field, kind)
        if len(choices) > MOST_CHOICES:
            kind, choices = FieldType.LONG_TEXT, ()
    return TenantField(
        field.object,
        field.source_object,
        field.column,
        entity,
        field.label,
        kind,
        filled,
        choices,
        field.source == "inventory",
        field.separator.strip(" "),
    )


def _type(field: CustomField, longest: int, joined: bool) -> FieldType:
    """Return a type that holds every value, also where several answers are joined to one text."""
    kind = field.type
    is_chosen = kind in (FieldType.CHECKBOX, FieldType.PICKLIST)
    if kind in _READING and (field.unfit or joined):
        kind = FieldType.TEXT
    elif is_chosen and (joined or (field.unfit and kind is FieldType.CHECKBOX)):
        kind = FieldType.MULTI_PICKLIST
    return FieldType.LONG_TEXT if kind in _WRITTEN and longest > LONGEST_TEXT else kind


def _choices(field: CustomField, kind: FieldType) -> tuple[str, ...]:
    """Return the values in use: the inventory may lack some that old records still carry."""
    used: Iterable[str] = (choice.value for choice in field.choices if choice.count)
    if kind is FieldType.MULTI_PICKLIST:
        used = (part.strip() for value in used for part in value.split(";"))
    return tuple(sorted({value for value in used if value}))
