"""Tiny exports with the tenant's own fields, and what is found of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from crossdock.profile.custom_fields import CustomField, discover
from tests.integration.exports import MANIFEST, Row, export_of, project_of, read, store

#: The objects that are looked at; the others need not be there.
_READ = (
    "customer",
    "booking",
    "booking_service",
    "customer_property",
    "custom_field",
    "custom_field_value",
    "custom_field_answer",
    "form_submission",
)


def fields_of(folder: Path, **files: Sequence[Row]) -> list[CustomField]:
    """Return the fields of an export with these rows."""
    export = export_of(folder, MANIFEST, **files)
    with store() as connection:
        read(project_of(folder, export), connection, *_READ)
        return discover(connection)


def columns(
    folder: Path, values: Mapping[str, Sequence[str]], **files: Sequence[Row]
) -> dict[str, CustomField]:
    """Return the fields that are customers' columns `CF: <label>`, one below the other.

    The first column of the file keeps its rows from being blank.
    """
    rows = max(map(len, values.values()))
    customers = [
        {"customer_id": str(row)}
        | {f"CF: {label}": given[row] for label, given in values.items() if row < len(given)}
        for row in range(rows)
    ]
    found = fields_of(folder, customers=customers, **files)
    return {field.label: field for field in found if field.source_object == "customer"}


def column(folder: Path, values: Sequence[str], **files: Sequence[Row]) -> CustomField:
    """Return the field that is a customers' column `CF: Mine` with these values."""
    return columns(folder, {"Mine": values}, **files)["Mine"]


def stated(label: str, word: str, *choices: str, **more: str) -> dict[str, list[Row]]:
    """Return the inventory's files for a customers' field of a type; its Field ID is its label."""
    entry = {"field_id": label, "label": label, "type": word, "scope": "Customer profile"}
    return {
        "custom_fields": [entry | more],
        "custom_field_values": [{"field_id": label, "value": choice} for choice in choices],
    }


def answers(ref: str, label: str, values: Sequence[str]) -> list[Row]:
    """Return answers to a field, each on a booking of its own."""
    return [
        {
            "record_type": "Booking",
            "record_number": f"BOK-{i}",
            "field_id": ref,
            "label": label,
            "value": value,
        }
        for i, value in enumerate(values)
    ]
