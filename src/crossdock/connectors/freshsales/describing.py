"""Describing the account as it stands: fields, choices, users, plan, limits, custom modules."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from crossdock.connectors.base import Description
from crossdock.connectors.freshsales.answers import error_for
from crossdock.connectors.freshsales.client import Client
from crossdock.connectors.freshsales.entity_fields import entity_of, field_of
from crossdock.connectors.freshsales.plans import custom_field_limits, features_of, plan_of
from crossdock.connectors.freshsales.schema import Schema, is_custom
from crossdock.connectors.freshsales.selectors import Selectors, read_selectors
from crossdock.connectors.freshsales.static_fields import STATIC
from crossdock.model.fields import Entity

_LIVE: Final = ("contact", "sales_account", "deal")


async def describe(client: Client, schema: Schema) -> Description:
    """Read everything that a plan needs to know of an account: about twenty requests."""
    selectors, modules, *entities = await asyncio.gather(
        read_selectors(client), _modules(client), *(_live(schema, name) for name in _LIVE)
    )
    found: dict[str, Entity] = {}
    for name, (fields, forms) in zip(_LIVE, entities, strict=True):
        found[name] = entity_of(name, fields, forms, selectors.choices)
    product_fields = await schema.fields("product")
    for entity in STATIC:
        found[entity.name] = _completed(entity, selectors, product_fields)
    for name, label in (modules or {}).items():
        forms = await schema.forms(name)
        fields = await schema.fields(name) if forms else []
        found[name] = entity_of(name, fields, forms, selectors.choices, label)
    limit = client.budget.limit
    plan = plan_of(limit)
    return Description(
        url=client.url,
        entities=found,
        users=selectors.users,
        plan=plan,
        requests_per_hour=limit,
        features=features_of(
            plan,
            modules_listed=modules is not None,
            module_count=len(modules or {}),
            activity_types=selectors.custom_activity_types,
        ),
        modules=modules or {},
        currencies=selectors.currencies,
        custom_field_limits=custom_field_limits(plan),
    )


async def _live(
    schema: Schema, name: str
) -> tuple[list[Mapping[str, Any]], list[Mapping[str, Any]]]:
    fields, forms = await asyncio.gather(schema.fields(name), schema.forms(name))
    return fields, forms


async def _modules(client: Client) -> dict[str, str] | None:
    """Return custom modules by entity name with their labels; None when they are not shown."""
    answer = await client.get("settings/module_customizations")
    if answer.status in (403, 404):
        return None
    if not answer.ok:
        raise error_for(answer, "list the custom modules")
    listed = answer.body
    if isinstance(listed, Mapping):
        listed = listed.get("module_customizations") or listed.get("modules") or ()
    return {
        str(row["entity_name"]): str(row.get("singular_name") or row["entity_name"])
        for row in listed or ()
        if isinstance(row, Mapping) and row.get("custom") and row.get("entity_name")
    }


def _completed(
    entity: Entity, selectors: Selectors, product_fields: list[Mapping[str, Any]]
) -> Entity:
    """Return a fixed entity with the account's owners, and a product with its custom fields."""
    owners = selectors.choices.get("owner_id", ())
    fields = [replace(f, choices=owners) if f.name == "owner_id" else f for f in entity.fields]
    if entity.name == "product":
        custom = [row for row in product_fields if row.get("name") and is_custom(row)]
        fields += [field_of("product", row, {}) for row in custom]
    return replace(entity, fields=tuple(fields))
