"""Entities whose fields no settings list tells: products, tasks, appointments, notes, files.

Freshsales API documentation: products, tasks, appointments, notes, files; certainty: documented.
"""

from __future__ import annotations

from typing import Final

from crossdock.connectors.freshsales.timezones import RAILS_ZONES
from crossdock.model.fields import Choice, Entity, Field, FieldType

_T = FieldType
_TARGET: Final = (
    Field("targetable_type", "Related to (kind)", _T.TEXT, required=True),
    Field("targetable_id", "Related to", _T.REFERENCE, required=True),
)
_ZONES: Final = tuple(Choice(name, name) for name in sorted(set(RAILS_ZONES.values())))

_PRODUCT: Final = (
    Field("name", "Name", _T.TEXT, required=True, unique=True, max_length=256),
    Field("description", "Description", _T.LONG_TEXT, max_length=10_000),
    Field("category", "Category", _T.TEXT, max_length=256),
    Field("product_code", "Product code", _T.TEXT, max_length=256),
    Field("sku_number", "SKU number", _T.TEXT, max_length=256),
    Field("is_active", "Active", _T.CHECKBOX),
    Field("owner_id", "Owner", _T.REFERENCE),
    Field("parent_product", "Parent product", _T.REFERENCE),
    Field("territory_id", "Territory", _T.REFERENCE),
    Field("valid_till", "Valid till", _T.DATE),
    Field(
        "pricing_type",
        "Pricing type",
        _T.PICKLIST,
        choices=(Choice("0", "None"), Choice("1", "One-time"), Choice("2", "Subscription")),
    ),
    Field("product_pricings", "Prices", _T.MONEY),
)
_TASK: Final = (
    Field("title", "Title", _T.TEXT, required=True, max_length=256),
    Field("due_date", "Due date", _T.DATETIME, required=True),
    Field("description", "Description", _T.LONG_TEXT),
    Field(
        "status",
        "Status",
        _T.PICKLIST,
        choices=(Choice("0", "Open"), Choice("1", "Completed")),
    ),
    Field("owner_id", "Owner", _T.REFERENCE),
    Field("task_type_id", "Task type", _T.PICKLIST),
    Field("outcome_id", "Outcome", _T.PICKLIST),
    *_TARGET,
    Field("completed_date", "Completed on", _T.DATETIME, read_only=True),
)
_APPOINTMENT: Final = (
    Field("title", "Title", _T.TEXT, required=True, max_length=256),
    Field("from_date", "From", _T.DATETIME, required=True),
    Field("end_date", "To", _T.DATETIME, required=True),
    Field("description", "Description", _T.LONG_TEXT),
    Field("location", "Location", _T.TEXT, max_length=256),
    Field("time_zone", "Time zone", _T.PICKLIST, choices=_ZONES),
    Field("is_allday", "All day", _T.CHECKBOX),
    Field("outcome_id", "Outcome", _T.PICKLIST),
    *_TARGET,
)
_NOTE: Final = (Field("description", "Note", _T.LONG_TEXT, required=True), *_TARGET)
_DOCUMENT: Final = (
    Field("path", "File", _T.FILE, required=True),
    Field("file_name", "Name", _T.TEXT, max_length=256),
    Field("is_shared", "Shared", _T.CHECKBOX),
    *_TARGET,
)

#: The entities that are described here and not by the account.
STATIC: Final = (
    Entity("product", "Product", _PRODUCT),
    Entity("task", "Task", _TASK),
    Entity("appointment", "Meeting", _APPOINTMENT),
    Entity("note", "Note", _NOTE),
    Entity("document", "File", _DOCUMENT),
)
