"""What comes back, as JSON Schema: records with all their keys, lists with their meta, refusals.

Reference: Freshsales API, errors, pagination, response bodies; certainty: observed. A record's
keys are those that the emulator shows without `include`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crossdock.emulator.activities.kinds import KINDS
from crossdock.emulator.openapi.writable import ID, NUMBER, TEXT, Shape

if TYPE_CHECKING:
    from crossdock.emulator.account import Account
    from crossdock.emulator.crm.records import Records

_OBJECT: Shape = {"type": "object"}
_LIST: Shape = {"type": "array"}
_TRUE: Shape = {"const": True}
_NULLABLE: dict[str, Shape] = {
    "text": {"type": ["string", "null"]},
    "textarea": {"type": ["string", "null"]},
    "date": {"type": ["string", "null"]},
    "number": {"type": ["number", "null"]},
    "checkbox": {"type": ["boolean", "null"]},
    "multi_select_dropdown": {"type": ["string", "null"]},
}
#: Keys whose type is the same wherever they stand.
_KNOWN: dict[str, Shape] = {
    "id": ID,
    "created_at": {"type": "string", "format": "date-time"},
    "updated_at": {"type": "string", "format": "date-time"},
    "custom_field": _OBJECT,
    "tags": {"type": "array", "items": TEXT},
    "targetables": _LIST,
    "is_deleted": {"type": "boolean"},
    "open_deals_amount": TEXT,
    "won_deals_amount": TEXT,
    "expected_deal_value": TEXT,
    "emails": _LIST,
    "phone_numbers": _LIST,
    "links": _OBJECT,
    "title": TEXT,
}
#: An amount is a text; that is what most programs get wrong.
_OWN: dict[tuple[str, str], Shape] = {
    ("deal", "amount"): TEXT,
    ("deal", "base_currency_amount"): TEXT,
    ("cpq_document", "amount"): {"type": ["string", "null"]},
    ("sales_activity", "status"): {"type": "boolean"},
    ("task", "status"): {"enum": [0, 1]},
}

#: What a refusal looks like, by its status.
REFUSALS: dict[int, tuple[str, str]] = {
    302: ("A browser without a session is sent to the login page", ""),
    400: ("A value is refused, or the body makes no sense", "errors"),
    401: ("The key is missing or wrong", "login"),
    403: ("The plan, the view or the operation is not allowed", "errors"),
    404: ("No such record, or no such route", "errors"),
    406: ("The path asks for XML", "text"),
    410: ("This emulator does not keep what is asked for", "errors"),
    422: ("A browser's session without its CSRF token", "code"),
    429: ("The allowance of this hour or minute is used up", "text"),
    500: ("What the server cannot digest", "code"),
}


def refusal_schemas() -> dict[str, Shape]:
    """Return the shapes of refusals by the names that `REFUSALS` uses."""
    inner = _keys(code={"type": "integer"}, message={"type": "array", "items": TEXT})
    return {
        "errors": _keys(errors=inner),
        "login": _keys(login={"const": "failed"}, message=TEXT),
        "code": _keys(error_code={"type": "integer"}),
    }


def answer_schemas(account: Account) -> dict[str, Shape]:
    """Return the shape of every answer by the name that `operations` gives it."""
    out = _fixed()
    for records in account.all_records():
        out |= _of_records(records)
    out["custom_record"] = out["custom_records"] = {"type": "object"}
    for many, kind in KINDS.items():
        shape = _keys(**{name: _shown(kind.root, name, None) for name in kind.template})
        extra = dict.fromkeys(kind.extra, _LIST)
        out[kind.root] = _keys(**{kind.root: shape}, **extra)
        out[many] = _keys(**{many: {"type": "array", "items": shape}, "meta": _OBJECT})
    out["phone_calls"] = _keys(phone_calls=_LIST, notes=_LIST, contacts=_LIST)
    return out


def _of_records(records: Records) -> dict[str, Shape]:
    schema = records.schema
    shape = _keys(
        **{
            name: _shown(records.entity, name, field.type if (field := schema.field(name)) else "")
            for name in records.template
        }
    )
    whole = _keys(**{records.entity: shape})
    many = schema.collection
    listed = _keys(**{many: {"type": "array", "items": shape}, "meta": _OBJECT})
    return {records.entity: whole, many: listed}


def _shown(entity: str, name: str, kind: str | None) -> Shape:
    if (entity, name) in _OWN:
        return _OWN[entity, name]
    return _KNOWN.get(name) or _NULLABLE.get(kind or "", {})


def _keys(**properties: Shape) -> Shape:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _fixed() -> dict[str, Shape]:
    item = _keys(id=ID, name=TEXT)
    status = _keys(succeeded={"type": "integer"}, failed={"type": "integer"})
    hit: Any = _keys(id=TEXT, type=TEXT, name=TEXT)
    lists: dict[str, Shape] = {
        name: _keys(**{name: _LIST}) for name in ("tags", "fields", "team_users")
    }
    return lists | {
        "true": _TRUE,
        "message": _keys(message=TEXT),
        "success": _keys(success={"const": "200"}),
        "forgotten": _keys(response=_TRUE),
        "product_gone": _keys(success={"const": "200"}),
        "cpq_document_gone": _keys(msg=_keys(id=ID, code=TEXT)),
        "job": _keys(message=TEXT, job_status_url=TEXT),
        "job_status": _keys(
            status=TEXT,
            job_type_name=TEXT,
            created_at=TEXT,
            status_updated_at=TEXT,
            progress=NUMBER,
            data=_keys(record_status=status, detailed_failure_report=_LIST),
        ),
        "filters": _keys(filters=_LIST, meta=_OBJECT),
        "filter": _keys(filter=item),
        "activities": _keys(activities=_LIST, meta=_keys(has_next={}, has_previous={})),
        "conversations": _keys(email_conversations=_LIST),
        "files": _keys(users=_LIST, documents=_LIST, document_links=_LIST, meta=_OBJECT),
        "kept": _keys(id=ID, msg=TEXT, url=TEXT),
        "call": _keys(call=_keys(id=ID, call_direction={}, targetable=_OBJECT)),
        "module": _keys(module_customization=_keys(id=ID, entity_name=TEXT, custom={})),
        "modules": _keys(module_customizations=_LIST),
        "activity_type": _keys(sales_activity_type=item),
        "tag": _keys(tag=item),
        "forms": _keys(forms=_LIST, meta=_OBJECT),
        "form": _keys(form=_keys(id=ID, name=TEXT, groupedMandatoryFields=_LIST, fields=_LIST)),
        "field": _keys(field=_keys(id=TEXT, name=TEXT, label=TEXT, type=TEXT, choices=_LIST)),
        "list": _keys(list=item),
        "lists": _keys(lists=_LIST, meta=_keys(total_pages=NUMBER, total=NUMBER)),
        "hits": {"type": "array", "items": hit},
        "lookup": {"type": "object", "additionalProperties": _OBJECT},
        "thin_records": _keys(meta=_keys(total=NUMBER)),
        "choices": {"type": "object", "additionalProperties": _LIST, "minProperties": 1},
    }
