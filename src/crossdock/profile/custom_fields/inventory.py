"""The export's own list of the tenant's fields, in the source's words and in ours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb

from crossdock.model.fields import FieldType

#: The source's own words for a field's type (custom field settings and forms; old and new names).
TYPES = {
    "short text": FieldType.TEXT,
    "single-line text": FieldType.TEXT,
    "text": FieldType.TEXT,
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
    "date": FieldType.DATE,
    "time picker": FieldType.TIME,
    "time": FieldType.TIME,
    "signature": FieldType.SIGNATURE,
    "image": FieldType.IMAGE,
    "file": FieldType.FILE,
    "url": FieldType.URL,
}
#: Words in a scope, and the object that carries its fields; the first that fits.
_SCOPES = (
    ("property", "customer_property"),
    ("fieldworker", "fieldworker"),
    ("inquiry", "booking"),
    ("customer", "customer"),
    ("form", "form_submission"),
    ("checklist", "form_submission"),
    ("service", "booking"),
    ("booking", "booking"),
    ("quote", "booking"),
)
#: Inquiry, quote, booking and invoice are one job at different stages, and share its fields.
JOB = frozenset({"inquiry", "quote", "booking", "invoice", "booking_service"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One field of the list; `object` is what carries it, empty where the scope does not tell."""

    field_id: str
    label: str
    portal_label: str
    scope: str
    object: str
    word: str
    mandatory: bool
    choices: Sequence[str]

    @property
    def type(self) -> FieldType | None:
        """Return the type, or None where its word is not known."""
        return TYPES.get(self.word.casefold().strip())


class Inventory:
    """The list, to be asked by id or label."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = entries
        self._by_id: Mapping[str, Entry] = {e.field_id: e for e in reversed(entries) if e.field_id}
        self._by_label: dict[str, list[Entry]] = defaultdict(list)
        for entry in entries:
            for label in dict.fromkeys((entry.label, entry.portal_label)):
                if label:
                    self._by_label[label.casefold()].append(entry)

    def find(self, field_id: str, label: str, object_name: str) -> Entry | None:
        """Return a field by its id, else by its label on the object, else by its label alone."""
        if field_id in self._by_id:
            return self._by_id[field_id]
        named = self._by_label.get(label.casefold(), [])
        carrier = "booking" if object_name in JOB else object_name
        here = [entry for entry in named if entry.object == carrier]
        if here:
            return here[0]
        return named[0] if len(named) == 1 and not named[0].object else None


def read(connection: duckdb.DuckDBPyConnection) -> Inventory:
    """Read the list and its choices; empty where the export has none."""
    choices: dict[str, list[str]] = defaultdict(list)
    for field_id, value in connection.execute(
        "SELECT field_id, value FROM src.custom_field_value"
        " WHERE field_id IS NOT NULL AND value IS NOT NULL ORDER BY _row"
    ).fetchall():
        choices[field_id].append(value)
    rows = connection.execute(
        "SELECT coalesce(field_id, ''), coalesce(label, portal_label, field_id, ''),"
        " coalesce(portal_label, ''), coalesce(scope, ''), coalesce(type, ''),"
        " coalesce(mandatory, false) FROM src.custom_field ORDER BY _row"
    ).fetchall()
    return Inventory(
        [
            Entry(
                field_id,
                label,
                portal,
                scope,
                _object(scope),
                word,
                mandatory,
                tuple(dict.fromkeys(choices[field_id])),
            )
            for field_id, label, portal, scope, word, mandatory in rows
        ]
    )


def _object(scope: str) -> str:
    words = scope.casefold()
    return next((name for word, name in _SCOPES if word in words), "")
