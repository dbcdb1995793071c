"""Custom fields made through the API: fragile at the real thing, and so here.

Reference: Freshsales API, create by API. Variant A is documented for custom modules, with a
number for the type whose meaning is unknown: `FIELD_TYPES` is inferred. Variant B was seen in an
app: the type as a word. `POST settings/:module/fields` answers 404 (observed).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crossdock.emulator import errors, values
from crossdock.emulator.fields import Field, Schema, internal_name
from crossdock.emulator.http.call import Call, Reply
from crossdock.emulator.http.router import Doors, Router
from crossdock.emulator.plans import QUOTA_OF_TYPE, SALES_ACTIVITY_QUOTA
from crossdock.emulator.settings.forms import schema_of

if TYPE_CHECKING:
    from crossdock.emulator.account import Account

#: Number → type. Certainty: inferred; no source tells the numbers.
FIELD_TYPES = {
    1: "text",
    2: "textarea",
    3: "number",
    4: "decimal",
    5: "dropdown",
    6: "multi_select_dropdown",
    7: "radio",
    8: "checkbox",
    9: "date",
    10: "auto_complete",
    11: "url",
    12: "formula",
    13: "auto_number",
}
MOST_CHOICES = 300
_WITH_CHOICES = ("dropdown", "multi_select_dropdown", "radio")
_UNIQUE_FIELDS = {"contact": 4, "sales_account": 2}


def create_field(call: Call) -> Reply:
    """Create a custom field, by either variant."""
    if not call.account.assumptions.field_creation:
        raise errors.not_found("form")
    if call.account.restricted(call.user_id):
        raise errors.forbidden()
    schema = schema_of(call.account, call.params["module"])
    if call.id("form_id") != schema.form_id:
        raise errors.not_found("form")
    body = call.fields("field")
    if "field_type" in body:
        kind = FIELD_TYPES.get(values.record_id(body["field_type"]) or 0, "")
    else:
        kind = str(body.get("type"))
    if kind not in QUOTA_OF_TYPE:
        raise errors.invalid("Field type is not valid")
    field = add_field(
        call.account,
        schema,
        label=str(body.get("label") or ""),
        kind=kind,
        name=str(body.get("internal_name") or ""),
        required=values.flag(body.get("required")) or False,
        choices=_choice_texts(body.get("choices")),
        lookup=_lookup(body.get("field_options")),
    )
    return Reply({"field": _created_json(schema, field)})


def add_field(
    account: Account,
    schema: Schema,
    label: str,
    kind: str,
    name: str = "",
    required: bool = False,
    unique: bool = False,
    choices: list[str] | None = None,
    lookup: str = "",
) -> Field:
    """Add a custom field to a module, within what the plan allows."""
    if not label.strip():
        raise errors.invalid("Label can't be empty")
    name = name if name.startswith("cf_") else (f"cf_{name}" if name else internal_name(label))
    if name == "cf_" or name in schema.custom:
        raise errors.invalid("Name has already been taken")
    if len(choices or ()) > MOST_CHOICES:
        raise errors.invalid(f"Maximum of {MOST_CHOICES} choices can be added")
    _check_quota(account, schema, kind, unique)
    made = Field(
        id=account.ids.next("field"),
        name=name,
        label=label.strip(),
        type=kind,
        required=required,
        writable=kind not in ("formula", "auto_number"),
        custom=True,
        unique=unique,
        choices=[
            (account.ids.next("choice"), text) for text in (choices or []) if kind in _WITH_CHOICES
        ],
        lookup=_entity(account, lookup),
    )
    schema.custom[name] = made
    return made


def _lookup(options: Any) -> str:
    return str(options.get("lookup_type") or "") if isinstance(options, dict) else ""


def _entity(account: Account, name: str) -> str:
    """Return the entity that a lookup names by entity, collection or model."""
    for schema in account.schemas.values():
        if name in (schema.entity, schema.collection, schema.model):
            return schema.entity
    return ""


def _check_quota(account: Account, schema: Schema, kind: str, unique: bool) -> None:
    """Refuse a field beyond the plan's quota. Certainty: documented; the text is inferred."""
    group = QUOTA_OF_TYPE[kind]
    used = sum(QUOTA_OF_TYPE[each.type] == group for each in schema.custom.values())
    if schema.entity == "sales_activity":
        allowed = SALES_ACTIVITY_QUOTA
    else:
        allowed = account.plan.field_quota(kind)
    if used >= allowed:
        raise errors.invalid(f"You have reached the limit of {allowed} {group} fields")
    if unique:
        uniques = sum(each.unique for each in schema.custom.values())
        if kind not in ("text", "number") or uniques >= _UNIQUE_FIELDS.get(schema.entity, 0):
            raise errors.invalid("The field cannot be made unique")


def _choice_texts(given: Any) -> list[str]:
    """Return the texts of choices, which come as texts or as objects with a value."""
    if not isinstance(given, list):
        return []
    found = [each.get("value") if isinstance(each, dict) else each for each in given]
    return [str(each) for each in found if each not in (None, "")]


def _created_json(schema: Schema, field: Field) -> dict[str, Any]:
    return {
        "id": str(field.id),
        "name": field.name,
        "label": field.label,
        "type": field.type,
        "form_id": schema.form_id,
        "parent_id": str(schema.form_id * 1000),
        "field_class": field.type,
        "required": field.required,
        "visible": True,
        "editable": field.writable,
        "custom": True,
        "position": len(schema.fields) + len(schema.custom),
        "quick_add_position": None,
        "default_value": None,
        "choices": [
            {"id": key, "value": value, "position": place}
            for place, (key, value) in enumerate(field.choices, 1)
        ],
        "field_options": {
            "system_field": False,
            "unique": str(field.unique).lower(),
            "can_uniqueness_be_changed": field.type in ("text", "number"),
            "can_label_be_renamed": True,
            "can_required_be_changed": True,
            "can_not_be_hidden": False,
            "can_editable_be_changed": True,
            "can_editable_be_changed_field_permission": True,
            "can_choices_be_customized": bool(field.choices),
            "allow_fields_to_be_added": False,
        },
        "hint": None,
        "placeholder": None,
        "link": None,
        "fields": [],
        "allow_clearing_default_value": True,
    }


def mount(router: Router) -> None:
    """Add the call that creates fields."""
    router.add("POST", "settings/:module/forms/:form_id/fields", create_field, Doors.BOTH)
