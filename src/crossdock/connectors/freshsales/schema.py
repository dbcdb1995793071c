"""Field metadata: read once when first needed, and the key fields found in it by their label.

API names of custom fields follow from no rule that holds everywhere, so they are always read back
(Freshsales API documentation: fields; certainty: observed).
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any, Final

from crossdock.connectors.freshsales.answers import error_for
from crossdock.connectors.freshsales.client import Client
from crossdock.connectors.freshsales.entities import is_module
from crossdock.connectors.freshsales.keys import (
    MODULE_KEY,
    SOURCE_KEY_LABEL,
    fixed_key_field,
    has_labelled_key,
)

#: How settings paths spell an entity. Those of products are not documented.
_SETTINGS: Final = {
    "contact": "contacts",
    "sales_account": "sales_accounts",
    "deal": "deals",
    "deal_products": "deals",
    "product": "products",
}
_LISTED: Final = frozenset({"contact", "sales_account", "deal", "deal_products"})


def settings_name(entity: str) -> str | None:
    """Return how settings paths spell an entity, or None for one without a form of its own."""
    return entity if is_module(entity) else _SETTINGS.get(entity)


class Schema:
    """The field metadata of one account."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._key_fields: dict[str, str] = {}
        self._looking = asyncio.Lock()

    async def fields(self, entity: str) -> list[Mapping[str, Any]]:
        """Return the fields of an entity as its settings list them; empty where none are told."""
        name = settings_name(entity)
        if name is None:
            return []
        if entity not in _LISTED:
            return fields_of_forms(await self.forms(entity))
        body = await self._client.read(
            f"settings/{name}/fields", doing=f"read the fields of {name}"
        )
        listed = body.get("fields") if isinstance(body, Mapping) else None
        return [field for field in listed or () if isinstance(field, Mapping)]

    async def forms(self, entity: str) -> list[Mapping[str, Any]]:
        """Return the forms of an entity; empty when the account does not show them."""
        name = settings_name(entity)
        if name is None:
            return []
        answer = await self._client.get(f"settings/{name}/forms")
        if answer.status in (403, 404):
            return []
        if not answer.ok:
            raise error_for(answer, f"read the forms of {name}")
        listed = answer.body.get("forms") if isinstance(answer.body, Mapping) else None
        return [form for form in listed or () if isinstance(form, Mapping)]

    async def key_field(self, entity: str) -> str | None:
        """Return the API name of the field that carries the source key, or None without one."""
        fixed = fixed_key_field(entity)
        if fixed or not has_labelled_key(entity):
            return fixed
        async with self._looking:
            if entity not in self._key_fields:
                found = find_by_label(await self.fields(entity), SOURCE_KEY_LABEL)
                if found is None:  # not kept: it may be created any moment
                    return MODULE_KEY if is_module(entity) else None
                self._key_fields[entity] = str(found["name"])
            return self._key_fields[entity]


def find_by_label(fields: list[Mapping[str, Any]], label: str) -> Mapping[str, Any] | None:
    """Return the custom field with this label, ignoring case, or None."""
    wanted = label.casefold().strip()
    for field in fields:
        if is_custom(field) and str(field.get("label") or "").casefold().strip() == wanted:
            return field
    return None


def is_custom(field: Mapping[str, Any]) -> bool:
    """Return whether a field was added by the account: ``default`` is false, or it says so."""
    if str(field.get("name") or "").startswith("cf_"):
        return True
    return bool(field.get("custom")) or field.get("default") is False


def fields_of_forms(forms: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the fields of the first form, out of the groups that they stand in."""
    if not forms:
        return []
    found: list[Mapping[str, Any]] = []
    waiting = list(forms[0].get("fields") or ())
    while waiting:
        field = waiting.pop(0)
        if not isinstance(field, Mapping):
            continue
        inner = field.get("fields") or ()
        if inner:
            waiting[:0] = list(inner)
        if field.get("name") and (not inner or field.get("type") == "group_field"):
            found.append(field)
    return found
