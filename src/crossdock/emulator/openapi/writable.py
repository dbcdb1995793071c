"""The fields of records as JSON Schema: what a client may write, with its type.

Fields come from the account's own fields, the rest from the tables here. Nothing forbids further
names: Freshsales ignores those without a word. null empties a field.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crossdock.emulator import values
from crossdock.emulator.activities.kinds import KINDS
from crossdock.emulator.fields import Field, Schema, choices_of

if TYPE_CHECKING:
    from crossdock.emulator.account import Account

Shape = dict[str, Any]

ID: Shape = {"type": "integer", "format": "int64"}
IDS: Shape = {"type": "array", "items": ID, "minItems": 1}
TEXT: Shape = {"type": "string"}
FLAG: Shape = {"type": "boolean"}
NUMBER: Shape = {"type": "number"}
MOMENT: Shape = {"type": "string", "format": "date-time"}
TARGET = {"targetable_type": {"enum": ["Contact", "SalesAccount", "Deal"]}, "targetable_id": ID}
_LINK: Shape = {
    "type": "object",
    "properties": {"id": ID, "is_primary": FLAG, "_destroy": FLAG},
    "required": ["id"],
}
_VALUE: Shape = {
    "type": "object",
    "properties": {"value": TEXT, "label": TEXT, "is_primary": FLAG, "_destroy": FLAG},
}
_NAMED: Shape = {"type": "object", "properties": {"name": TEXT}, "required": ["name"]}
_PRICE: Shape = {
    "type": "object",
    "properties": {
        "id": ID,
        "currency_code": TEXT,
        "unit_price": NUMBER,
        "setup_fee": NUMBER,
        "billing_cycle": {"type": "integer"},
        "billing_type": {"type": "integer"},
        "_destroy": FLAG,
    },
}
_LINE: Shape = {
    "type": "object",
    "properties": {
        "id": ID,
        "quantity": NUMBER,
        "unit_price": NUMBER,
        "discount": NUMBER,
        "discount_type": {"enum": [1, 2]},
        "currency_code": TEXT,
    },
    "required": ["id"],
}
#: What an entity takes beside its fields, or in a shape of its own.
_OWN: dict[str, Shape] = {
    "contact": {
        "emails": {
            "anyOf": [
                {"type": "string", "format": "email"},
                {"type": "array", "items": {"anyOf": [TEXT, _VALUE]}},
            ]
        },
        "email": {"type": "string", "format": "email"},
        "phone_numbers": {"type": "array", "items": _VALUE},
        "sales_accounts": {"type": "array", "items": _LINK},
        "sales_account_id": ID,
        "sales_account": _NAMED,
    },
    "sales_account": {"parent_sales_account_id": ID, "parent_sales_account": _NAMED},
    "deal": {
        "sales_account_id": ID,
        "sales_account": _NAMED,
        "contacts_added_list": {"type": "array", "items": ID},
        "contacts_removed_list": {"type": "array", "items": ID},
        "products": {"type": "array", "items": _LINE, "maxItems": 100},
    },
    "product": {"category": TEXT, "product_pricings": {"type": "array", "items": _PRICE}},
    "cpq_document": {
        "deal_id": ID,
        "contact_id": ID,
        "sales_account_id": ID,
        "amount": {"type": ["number", "string", "null"]},
        "products": {"type": "array", "items": _LINE, "maxItems": 100},
    },
}
#: Fields that need no row in the field tables: read by the kinds of activity.
_READ: dict[str, Shape] = {
    "title": {"type": "string", "maxLength": values.TEXT_LENGTH},
    "description": {"type": "string", "maxLength": values.TEXTAREA_LENGTH},
    "notes": {"type": "string", "maxLength": values.TEXTAREA_LENGTH},
    "location": {"type": "string", "maxLength": values.TEXT_LENGTH},
    "status": {"enum": [0, 1, True, False]},
    "time_zone": TEXT,
    "is_allday": FLAG,
    "latitude": NUMBER,
    "longitude": NUMBER,
    "task_users_attributes": {"type": "array", "items": {"properties": {"user_id": ID}}},
    "appointment_attendees_attributes": {
        "type": "array",
        "items": {"properties": {"attendee_type": TEXT, "attendee_id": TEXT}},
    },
    "custom_field": {"type": "object"},
}
_TYPES: dict[str, Shape] = {
    "text": {"type": ["string", "null"], "maxLength": values.TEXT_LENGTH},
    "url": {"type": ["string", "null"], "maxLength": values.TEXT_LENGTH},
    "textarea": {"type": ["string", "null"], "maxLength": values.TEXTAREA_LENGTH},
    "number": {"type": ["number", "string", "null"]},
    "decimal": {"type": ["number", "string", "null"]},
    "date": {"type": ["string", "null"], "format": "date"},
    "date_time_split": {"type": ["string", "null"], "format": "date-time"},
    "checkbox": {"type": ["boolean", "null"]},
    "auto_complete": {"type": ["integer", "null"], "format": "int64"},
}
_SEVERAL = "multi_select_dropdown"


def record_schemas(account: Account) -> dict[str, Shape]:
    """Return the schema of every record's fields by its name among the components."""
    out: dict[str, Shape] = {}
    for schema in account.schemas.values():
        if schema.entity == "sales_activity":
            continue
        out[f"{schema.entity}_fields"] = fields_of(account, schema)
    out["custom_record_fields"] = {"type": "object", "properties": {"name": TEXT, "owner_id": ID}}
    for kind in KINDS.values():
        if kind.readers:
            read = {name: _read(name) for name in kind.readers}
            out[f"{kind.root}_fields"] = {"type": "object", "properties": read | TARGET}
    return out


def fields_of(account: Account, schema: Schema) -> Shape:
    """Return what a record's body may hold, with the choices as they stand."""
    properties = {
        field.name: _field(account, field) for field in schema.fields.values() if field.writable
    }
    own = {field.name: _field(account, field) for field in schema.custom.values() if field.writable}
    properties["custom_field"] = {"type": ["object", "null"], "properties": own}
    return {"type": "object", "properties": properties | _OWN.get(schema.entity, {})}


def _field(account: Account, field: Field) -> Shape:
    """Return the shape of one field: dropdowns by id, custom ones by text, tags as a list."""
    if field.name == "tags":
        return {"type": ["array", "null"], "items": TEXT, "title": field.label}
    choices = choices_of(field, account.catalog)
    if field.type in ("dropdown", "radio", _SEVERAL):
        keys: list[Any] = [each["value" if field.custom else "id"] for each in choices]
        if field.type == _SEVERAL:
            shape: Shape = {"type": ["array", "string", "null"], "items": {"enum": keys}}
        else:
            shape = {"enum": [*keys, None]}
        return shape | {"title": field.label}
    return _TYPES.get(field.type, {}) | {"title": field.label}


def _read(name: str) -> Shape:
    if name.endswith("_id"):
        return ID
    return MOMENT if name.endswith("_date") else _READ[name]
