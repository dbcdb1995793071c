"""Fields and forms as settings show them.

Reference: Freshsales API, field metadata; certainty: observed. `fields` writes its keys with
underscores, `forms` in camel case, and a created field comes back with underscores again. The
shape of `groupedMandatoryFields` (lists of field names) is inferred.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crossdock.emulator import errors
from crossdock.emulator.fields import Field, Schema, choices_of
from crossdock.emulator.http.call import Call, Reply
from crossdock.emulator.http.router import Doors, Router

if TYPE_CHECKING:
    from crossdock.emulator.account import Account

_TAGS = {
    "tags": "/search/auto_suggest/tags.json?&tag_type={}&q=",
    "lists": "/search/auto_suggest/lists.json?&q=",
    "sales_account_id": "/search/auto_suggest/sales_accounts_full_details.json?&q=",
    "contacts": "/search/auto_suggest/contacts_full_details.json?&sales_account_id=&q=",
}
#: Modules whose fields `settings/:module/fields` lists; others answer 404 (tasks: observed).
_LISTED = ("contacts", "sales_accounts", "deals", "sales_activities", "products")


def schema_of(account: Account, collection: str) -> Schema:
    """Return the module that a path names, or say that there is none."""
    for schema in account.schemas.values():
        if collection in (schema.collection, schema.entity):
            return schema
    raise errors.not_found("module")


def field_json(account: Account, schema: Schema, field: Field, position: int) -> dict[str, Any]:
    """Return a field as `fields` lists it."""
    shown: dict[str, Any] = {
        "id": field.id,
        "label": field.label,
        "name": field.name,
        "type": field.type,
        "default": not field.custom,
        "actionable": True,
        "position": position,
        "choices": choices_of(field, account.catalog),
        "base_model": schema.model,
        "required": field.required,
        "quick_add_position": position if field.quick_add else None,
        "visible": field.visible,
    }
    if field.type == "auto_complete" and field.name in _TAGS:
        shown["auto_suggest_url"] = _TAGS[field.name].format(schema.entity)
        shown["creatable"] = field.name in ("tags", "sales_account_id")
        shown["multiple"] = field.name != "sales_account_id"
    return shown


def form_field(account: Account, schema: Schema, field: Field, position: int) -> dict[str, Any]:
    """Return a field as a form holds it."""
    return {
        "id": field.id,
        "name": field.name,
        "label": field.label,
        "type": field.type,
        "fieldClass": field.type,
        "formId": schema.form_id,
        "parentId": None,
        "required": field.required,
        "visible": field.visible,
        "editable": field.writable,
        "custom": field.custom,
        "position": position,
        "quickAddPosition": position if field.quick_add else None,
        "placeholder": None,
        "hint": None,
        "defaultValue": None,
        "link": None,
        "allowClearingDefaultValue": True,
        "originalLabel": field.label,
        "originalPlaceholder": None,
        "choices": [
            {**choice, "disabled": False, "inactive": False, "isActive": True}
            for choice in choices_of(field, account.catalog)
        ],
        "fieldOptions": {
            "systemField": not field.custom,
            "unique": field.unique,
            "canChoicesBeCustomized": field.custom,
            "canLabelBeRenamed": True,
            "canRequiredBeChanged": True,
            "canUniquenessBeChanged": field.custom and field.type in ("text", "number"),
            "canNotBeHidden": field.required,
            "canEditableBeChanged": True,
            "allowFieldsToBeAdded": False,
            "allowSortInFilter": True,
            **({"lookupType": field.lookup} if field.lookup else {}),
        },
        "fields": [],
    }


def form_json(account: Account, schema: Schema) -> dict[str, Any]:
    """Return the form of a module: one group that holds all its fields."""
    fields = [
        form_field(account, schema, field, place) for place, field in enumerate(schema.all(), 1)
    ]
    group = {
        "id": schema.form_id * 1000,
        "name": "basic_information",
        "label": "Basic information",
        "type": "section",
        "formId": schema.form_id,
        "custom": False,
        "position": 1,
        "fields": fields,
    }
    mandatory = [list(account.mandatory_contact_fields)] if schema.entity == "contact" else []
    return {
        "id": schema.form_id,
        "name": f"{schema.model} form",
        "active": True,
        "description": None,
        "formClass": schema.model,
        "fieldClass": f"{schema.model}Field",
        "groupedMandatoryFields": [each for each in mandatory if each],
        "fields": [group],
    }


def list_fields(call: Call) -> Reply:
    """List the fields of a module."""
    schema = schema_of(call.account, call.params["module"])
    if schema.collection not in _LISTED and not schema.entity.startswith("cm_"):
        raise errors.not_found("module")
    fields = [
        field_json(call.account, schema, field, place)
        for place, field in enumerate(schema.all(), 1)
    ]
    body: dict[str, Any] = {"fields": fields}
    if "field_group" in call.include():
        body["field_groups"] = [{"id": schema.form_id * 1000, "name": "basic_information"}]
    return Reply(body)


def list_forms(call: Call) -> Reply:
    """List the forms of a module; there is one."""
    schema = schema_of(call.account, call.params["module"])
    return Reply({"forms": [form_json(call.account, schema)], "meta": {}})


def get_form(call: Call) -> Reply:
    """Show one form."""
    schema = schema_of(call.account, call.params["module"])
    if call.id() != schema.form_id:
        raise errors.not_found("form")
    return Reply({"form": form_json(call.account, schema)})


def mount(router: Router) -> None:
    """Add the calls that read fields and forms."""
    router.add("GET", "settings/:module/fields", list_fields, Doors.BOTH)
    router.add("GET", "settings/:module/forms", list_forms, Doors.BOTH)
    router.add("GET", "settings/:module/forms/:id", get_form, Doors.BOTH)
