"""Answers about settings, searches and lists."""

from __future__ import annotations

from typing import Any

from . import setting_shapes, shapes
from .conftest import Api
from .exampling import add_field, example, full_contact
from .shaping import keys


@example("fields")
def _fields(api: Api) -> tuple[Any, Any]:
    add_field(api, "contacts", "Vip", "checkbox")
    return api.get("settings/contacts/fields"), {"fields": [setting_shapes.FIELD]}


@example("forms")
def _forms(api: Api) -> tuple[Any, Any]:
    add_field(api, "contacts", "Vip", "checkbox")
    return api.get("settings/contacts/forms"), setting_shapes.FORMS


@example("created field")
def _made_field(api: Api) -> tuple[Any, Any]:
    return add_field(api, "contacts", "Budget", "decimal"), {"field": setting_shapes.MADE_FIELD}


@example("custom module")
def _module(api: Api) -> tuple[Any, Any]:
    body = {"entity_name": "cm_pet", "singular_name": "Pet", "plural_name": "Pets", "icon": "p"}
    made = api.post("settings/module_customizations", {"module_customization": body})
    return made, {"module_customization": setting_shapes.MODULE}


@example("search")
def _search(api: Api) -> tuple[Any, Any]:
    full_contact(api)
    api.clock.pass_(60)
    kinds = "contact,sales_account,deal,user"
    return api.get(f"search?q=a&include={kinds}"), [shapes.HIT]


@example("lookup")
def _lookup(api: Api) -> tuple[Any, Any]:
    full_contact(api)
    shape = {"contacts": {"contacts": [shapes.CONTACT]}, "deals": {"deals": [shapes.DEAL]}}
    return api.get("lookup?q=L-1&f=external_id&entities=contact,deal"), shape


@example("filtered search")
def _filtered(api: Api) -> tuple[Any, Any]:
    contact = full_contact(api)
    api.clock.pass_(60)
    rule = {"attribute": "id", "operator": "is_in", "value": str(contact)}
    found = api.post("filtered_search/contact", {"filter_rule": [rule]})
    assert found["contacts"]
    return found, {"contacts": [shapes.FOUND], "meta": keys("total:int")}


@example("created list")
def _list(api: Api) -> tuple[Any, Any]:
    return api.post("lists", {"name": "Fans"}), {"list": shapes.LIST}


@example("lists")
def _lists(api: Api) -> tuple[Any, Any]:
    api.post("lists", {"name": "Fans"})
    return api.get("lists"), {"lists": [shapes.LIST], "meta": keys("total_pages:int total:int")}
