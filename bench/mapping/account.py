"""An account as it is on its first day: its standard fields, without asking any server."""

from __future__ import annotations

from crossdock.connectors.base import Description
from crossdock.connectors.freshsales.entity_fields import entity_of
from crossdock.connectors.freshsales.static_fields import STATIC
from crossdock.emulator.fields import system_schema


def description() -> Description:
    """Return the account's description: the fields that the emulator starts with."""
    entities = {}
    for name in ("contact", "sales_account", "deal"):
        fields = system_schema(name, 1).fields.values()
        listed = [{"name": f.name, "label": f.label, "type": f.type} for f in fields]
        entities[name] = entity_of(name, listed, (), {})
    return Description("", entities | {entity.name: entity for entity in STATIC}, ())
