"""The fields of a module: the system's own, from the table, and those that an admin added.

Reference: Freshsales API, default fields and field metadata; certainty: observed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from crossdock.emulator.catalog import Catalog, table

#: The modules with fields: entity, its collection in paths, its model name.
MODULES: dict[str, tuple[str, str]] = {
    "contact": ("contacts", "Contact"),
    "sales_account": ("sales_accounts", "SalesAccount"),
    "deal": ("deals", "Deal"),
    "sales_activity": ("sales_activities", "SalesActivity"),
    "product": ("products", "Product"),
}


@dataclass(slots=True)
class Field:
    """One field. `source` names where a system field's choices come from: `@list` or a table."""

    id: int
    name: str
    label: str
    type: str
    required: bool = False
    writable: bool = True
    visible: bool = True
    quick_add: bool = False
    custom: bool = False
    unique: bool = False
    source: str = ""
    #: The choices of a custom field: id and text.
    choices: list[tuple[int, str]] = field(default_factory=list)
    #: The entity that a lookup field points to.
    lookup: str = ""

    def labels(self) -> set[str]:
        """Return the texts of a custom field's choices."""
        return {label for _, label in self.choices}


@dataclass(slots=True)
class Schema:
    """The fields of one module by name, in their order, and the form that they stand on."""

    entity: str
    collection: str
    model: str
    form_id: int
    fields: dict[str, Field]
    custom: dict[str, Field] = field(default_factory=dict)

    def all(self) -> Iterator[Field]:
        """Yield every field, the system's own first."""
        yield from self.fields.values()
        yield from self.custom.values()

    def field(self, name: str) -> Field | None:
        """Return the field with this name, or None."""
        return self.fields.get(name) or self.custom.get(name)


def system_schema(entity: str, form_id: int, collection: str = "", model: str = "") -> Schema:
    """Return a module with its system fields; every custom module has the same ones.

    A row of the table: name, label, type, flags (r required, w writable, v visible, q on the quick
    form), and where the choices come from.
    """
    rows = table("fields").get(entity) or table("fields")["custom_module"]
    fields = {
        name: Field(
            id=place,
            name=name,
            label=label,
            type=kind,
            required="r" in flags,
            writable="w" in flags,
            visible="v" in flags,
            quick_add="q" in flags,
            source=source,
        )
        for place, (name, label, kind, flags, source) in enumerate(rows, 1)
    }
    known = MODULES.get(entity, (collection, model))
    return Schema(entity, known[0], known[1], form_id, fields)


def choices_of(item: Field, catalog: Catalog) -> list[dict[str, Any]]:
    """Return the choices of a field as they stand now: dicts with `id`, `value`, `position`."""
    if item.custom:
        pairs: list[Any] = list(item.choices)
    elif item.source == "@custom_activity_types":
        kinds = catalog.items("sales_activity_types")
        pairs = [(kind["id"], kind["name"]) for kind in kinds if not kind["is_default"]]
    elif item.source.startswith("@"):
        pairs = [
            (each["id"], each.get("display_name") or each["name"])
            for each in catalog.items(item.source[1:])
        ]
    else:
        pairs = table("inline_choices").get(item.source, [])
    return [
        {"id": key, "value": value, "position": place}
        for place, (key, value) in enumerate(pairs, 1)
    ]


def internal_name(label: str) -> str:
    """Return the name that Freshsales makes from a label: `Medio de envío` → `cf_medio_de_envio`.

    Reference: Freshsales API, naming; certainty: observed in clients. A client must read the name
    back and never compute it.
    """
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode()
    return "cf_" + re.sub(r"[^a-z0-9_\-]", "", re.sub(r"\s", "_", plain.strip().lower()))
