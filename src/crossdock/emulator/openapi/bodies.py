"""What calls carry, as JSON Schema: how records are wrapped, and the small bodies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crossdock.emulator.activities.kinds import KINDS
from crossdock.emulator.openapi.writable import FLAG, ID, IDS, TARGET, TEXT, Shape

if TYPE_CHECKING:
    from crossdock.emulator.account import Account


def bodies(account: Account) -> dict[str, Shape]:
    """Return the body of every call by the name that `operations` gives it."""
    out = _fixed()
    for schema in account.schemas.values():
        if schema.entity != "sales_activity":
            required = [field.name for field in schema.fields.values() if field.required]
            out |= _of_record(schema.entity, required)
    out |= _of_record("custom_record", ["name"])
    for kind in KINDS.values():
        if kind.readers:
            target = list(TARGET) if kind.needs_target else []
            out |= _of_record(kind.root, [*kind.required, *target])
    for one, means in (("contact", "emails"), ("sales_account", "name"), ("deal", "name")):
        out |= _upserts(one, f"{one}s", means)
    return out


def _fields(name: str) -> Shape:
    return {"$ref": f"#/components/schemas/{name}_fields"}


def _of_record(name: str, required: list[str]) -> dict[str, Shape]:
    """Return what creates a record and what changes it, each under the record's name."""
    whole = {"allOf": [_fields(name), {"required": required}]} if required else _fields(name)
    root = "" if name == "custom_record" else name
    return {name: _under(root, whole), f"{name}_changes": _under(root, _fields(name))}


def _under(root: str, inner: Shape) -> Shape:
    """Return a body with a root; a custom module's root is the module's own name."""
    if not root:
        return {"type": "object", "additionalProperties": inner, "minProperties": 1}
    return {"type": "object", "properties": {root: inner}, "required": [root]}


def _object(required: str, /, **properties: Shape) -> Shape:
    return {"type": "object", "properties": properties, "required": required.split()}


def _upserts(one: str, many: str, means: str) -> dict[str, Shape]:
    identifier: dict[str, Shape] = {means: TEXT, "id": {"type": ["integer", "string"]}}
    key: Shape = {"type": "object", "properties": identifier}
    item = {
        "type": "object",
        "properties": {**identifier, "data": _fields(one)},
        "required": ["data"],
    }
    several = {"type": "array", "items": item, "minItems": 1, "maxItems": 100}
    return {
        f"{one}_upsert": _object(
            f"unique_identifier {one}", **{"unique_identifier": key, one: _fields(one)}
        ),
        f"{many}_bulk": _object(many, **{many: several}),
    }


def _fixed() -> dict[str, Shape]:
    module = {
        "entity_name": {"type": "string", "pattern": "^cm_[a-z][a-z0-9_]{0,20}$"},
        **dict.fromkeys(("singular_name", "plural_name", "icon", "description"), TEXT),
        "show_in_navigation_menu": FLAG,
    }
    made = ["entity_name", "singular_name", "plural_name", "icon"]
    rule = _object("attribute operator", attribute=TEXT, operator=TEXT, value={})
    return {
        "anything": {"type": "object"},
        "selected_ids": _object("selected_ids", selected_ids=IDS),
        "ids": _object("ids", ids=IDS),
        "ids_or_all": {"type": "object", "properties": {"ids": IDS, "all": FLAG}},
        "move": _object("from_list_id", ids=IDS, all=FLAG, from_list_id=ID),
        "owner": _object("selected_ids owner_id", selected_ids=IDS, owner_id=ID),
        **{
            f"{one}_all": _object(f"ids {one}", **{"ids": IDS, one: _fields(one)})
            for one in ("product", "cpq_document")
        },
        "team": _object(
            "team_users",
            team_users={
                "type": "array",
                "items": {"properties": {"user_id": ID, "designation_id": ID, "_destroy": FLAG}},
            },
        ),
        "list": _object("name", name=TEXT),
        "tag": _object("tag", tag=_object("name", name={"type": "string", "minLength": 1})),
        "activity_type": _object(
            "sales_activity_type",
            sales_activity_type=_object("name internal_name", name=TEXT, internal_name=TEXT),
        ),
        "module": _under(
            "module_customization", {"type": "object", "properties": module, "required": made}
        ),
        "module_changes": _under("module_customization", {"type": "object", "properties": module}),
        "field": _object(
            "label",
            label=TEXT,
            field_type={"type": "integer"},
            type=TEXT,
            internal_name=TEXT,
            required=FLAG,
            choices={"type": "array", "items": {"properties": {"value": TEXT}}},
        ),
        "phone_call": _under(
            "phone_call",
            _object(
                "call_direction targetable_type targetable",
                call_direction=FLAG,
                targetable_type={"enum": ["contact", "sales_account", "deal"]},
                targetable={"type": "object", "properties": {"id": ID, "last_name": TEXT}},
                note={"type": "object", "properties": {"description": TEXT}},
            ),
        ),
        "document": _object(
            "file targetable_type targetable_id",
            file={"type": "string", "format": "binary"},
            file_name=TEXT,
            is_shared=FLAG,
            **TARGET,
        ),
        "document_link": _object("url targetable_type targetable_id", url=TEXT, **TARGET),
        "filter_rule": _object("filter_rule", filter_rule={"type": "array", "items": rule}),
    }
