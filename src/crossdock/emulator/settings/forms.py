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

_RECORDS_URL = "/search?per_page=5&include=lead,contact,sales_account,deal&q="
#: What fields that suggest records tell more; `{}` stands for the entity.
_SUGGESTING: dict[str, dict[str, Any]] = {
    "tags": {
        "auto_suggest_url": "/search/auto_suggest/tags.json?&tag_type={}&q=",
        "creatable": True,
        "creatable_data_key": "tags",
        "multiple": True,
    },
    "lists": {"auto_suggest_url": "/search/auto_suggest/lists.json?&q=", "multiple": True},
    "sales_account_id": {
        "auto_suggest_url": "/search/auto_suggest/sales_accounts_full_details.json?&q=",
        "creatable": True,
        "creatable_data_key": "sales_account",
    },
    "contacts": {
        "auto_suggest_url": "/search/auto_suggest/contacts_full_details.json?&sales_account_id=&q=",
        "multiple": True,
    },
    "targetable": {"auto_suggest_url": _RECORDS_URL},
    "targetables": {"auto_suggest_url": _RECORDS_URL, "multiple": True},
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
    if field.type == "auto_complete" and not field.custom:
        extra = _SUGGESTING.get(field.name, {})
        shown |= extra
        if "auto_suggest_url" in extra:
            shown["auto_suggest_url"] = extra["auto_suggest_url"].format(schema.entity)
    return shown


def _form_part(form_id: int, **facts: Any) -> dict[str, Any]:
    """Return what sections and fields of a form have in common; ids of both are texts."""
    return {
        "fieldClass": facts["type"],
        "formId": form_id,
        "parentId": None,
        "visible": True,
        "editable": True,
        "quickAddPosition": None,
        "placeholder": None,
        "hint": None,
        "defaultValue": None,
        "link": None,
        "allowClearingDefaultValue": True,
        "originalLabel": facts["label"],
        "originalPlaceholder": None,
        "choices": [],
        "fields": [],
        **facts,
    }


#: What an admin may do with a part of a form.
_OPTIONS = {
    "systemField": True,
    "unique": False,
    "canChoicesBeCustomized": False,
    "canLabelBeRenamed": True,
    "canRequiredBeChanged": True,
    "canUniquenessBeChanged": False,
    "canNotBeHidden": False,
    "canEditableBeChanged": True,
    "canEditableBeChangedFieldPermission": True,
    "allowFieldsToBeAdded": False,
    "allowSortInFilter": True,
}


def _options(field: Field) -> dict[str, Any]:
    options: dict[str, Any] = {
        **_OPTIONS,
        "systemField": not field.custom,
        "unique": field.unique,
        "canChoicesBeCustomized": field.custom,
        "canUniquenessBeChanged": field.custom and field.type in ("text", "number"),
        "canNotBeHidden": field.required,
    }
    if field.lookup:
        url = f"/search/auto_suggest/{field.lookup}.json?&q="
        options |= {"lookupType": field.lookup, "lookupPrefetchUrl": url}
        options["defaultDisplayLabel"] = field.label
    return options


def form_field(account: Account, schema: Schema, field: Field, position: int) -> dict[str, Any]:
    """Return a field as a form holds it."""
    return _form_part(
        schema.form_id,
        id=str(field.id),
        name=field.name,
        label=field.label,
        type=field.type,
        parentId=_section_id(schema),
        required=field.required,
        visible=field.visible,
        editable=field.writable,
        custom=field.custom,
        position=position,
        quickAddPosition=position if field.quick_add else None,
        choices=[
            {**choice, "disabled": False, "inactive": False, "isActive": True}
            for choice in choices_of(field, account.catalog)
        ],
        fieldOptions=_options(field),
    )


def _section_id(schema: Schema) -> str:
    return str(schema.form_id * 1000)


def form_json(account: Account, schema: Schema) -> dict[str, Any]:
    """Return the form of a module: one group that holds all its fields."""
    section = _form_part(
        schema.form_id,
        id=_section_id(schema),
        name="basic_information",
        label="Basic information",
        type="section",
        required=False,
        custom=False,
        position=1,
        fieldOptions={**_OPTIONS, "allowFieldsToBeAdded": True, "canNotBeHidden": True},
        fields=[
            form_field(account, schema, field, place) for place, field in enumerate(schema.all(), 1)
        ],
    )
    mandatory = [list(account.mandatory_contact_fields)] if schema.entity == "contact" else []
    return {
        "id": schema.form_id,
        "name": f"{schema.model} form",
        "active": True,
        "description": None,
        "formClass": schema.model,
        "fieldClass": f"{schema.model}Field",
        "groupedMandatoryFields": [each for each in mandatory if each],
        "fields": [section],
    }


def _groups(schema: Schema) -> list[dict[str, Any]]:
    """Return the sections of a form as `fields` lists them (certainty: inferred)."""
    return [{"id": int(_section_id(schema)), "name": "basic_information", "position": 1}]


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
        body["field_groups"] = _groups(schema)
    return Reply(body)


def list_groups(call: Call) -> Reply:
    """List the sections of a module's form, as the web application does."""
    return Reply({"field_groups": _groups(schema_of(call.account, call.params["module"]))})


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
    router.add("GET", "settings/:module/field_groups", list_groups, Doors.WEB)
    router.add("GET", "settings/:module/forms", list_forms, Doors.BOTH)
    router.add("GET", "settings/:module/forms/:id", get_form, Doors.BOTH)
