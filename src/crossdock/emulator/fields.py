"""The fields of a module: the system's own, from the table, and those that an admin added.

Reference: Freshsales API, default fields and field metadata; certainty: observed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from typing import Any

from crossdock.emulator.catalog import Catalog, table

#: The modules with fields: entity, its collection in paths, its model name.
MODULES: dict[str, tuple[str, str]] = {
    "contact": ("contacts", "Contact"),
    "sales_account": ("sales_accounts", "SalesAccount"),
    "deal": ("deals", "Deal"),
    "sales_activity": ("sales_activities", "SalesActivity"),
    "product": ("products", "Product"),
    "cpq_document": ("cpq_documents", "CpqDocument"),
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
    #: The texts of a custom field's choices.
    labels: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        self.labels = frozenset(label for _, label in self.choices)

    def state(self) -> dict[str, Any]:
        """Return everything that a field of the same kind is made from."""
        return {each.name: getattr(self, each.name) for each in fields(self) if each.init}


@dataclass(slots=True)
class Schema:
    """The fields of one module by name, in their order, and the form that they stand on."""

    entity: str
    collection: str
    model: str
    form_id: int
    fields: dict[str, Field]
    custom: dict[str, Field] = field(default_factory=dict)
    #: The system's own fields that must be filled.
    required: tuple[Field, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.required = tuple(each for each in self.fields.values() if each.required)

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
    own = {
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
    return Schema(entity, known[0], known[1], form_id, own)


#: Lists whose ids are written as texts where fields list their choices.
_TEXT_IDS = ("@email_labels", "@phone_labels", "@lifecycle_stages", "@lost_reasons")
#: What a choice tells beside its text, by the list it comes from.
_EXTRAS: dict[str, tuple[str, ...]] = {
    "@contact_statuses": ("forecast_type",),
    "@currencies": ("is_active",),
    "@deal_stages": ("choice_type", "deal_pipeline_id", "forecast_type"),
}
#: Lists that say of each choice whether it came with the account (1) or an admin added it (2).
_KINDS = {
    "@lead_sources": 1,
    "@deal_pipelines": 1,
    "@custom_activity_types": 2,
    "@custom_activity_outcomes": 2,
}


def choices_of(item: Field, catalog: Catalog) -> list[dict[str, Any]]:
    """Return the choices of a field as they stand now: dicts with `id`, `value`, `position`.

    Some ids are texts and some choices tell more. Reference: Freshsales API, field metadata;
    certainty: observed.
    """
    if item.source.startswith("@"):
        return [
            _listed_choice(item.source, each, place, catalog)
            for place, each in enumerate(_listed(item.source[1:], catalog), 1)
        ]
    pairs: list[Any] = list(item.choices)
    if not item.custom:
        pairs = table("inline_choices").get(item.source, [])
    return [
        {"id": key, "value": value, "position": place}
        for place, (key, value) in enumerate(pairs, 1)
    ]


def _listed(name: str, catalog: Catalog) -> list[dict[str, Any]]:
    """Return the items of a list; of activities only what an admin made."""
    if not name.startswith("custom_activity_"):
        return catalog.items(name)
    kinds = [each for each in catalog.items("sales_activity_types") if not each["is_default"]]
    if name == "custom_activity_types":
        return kinds
    own = {each["id"] for each in kinds}
    outcomes = catalog.items("sales_activity_outcomes")
    return [each for each in outcomes if each["sales_activity_type_id"] in own]


def _listed_choice(
    source: str, each: dict[str, Any], place: int, catalog: Catalog
) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "id": str(each["id"]) if source in _TEXT_IDS else each["id"],
        "value": each.get("display_name") or each["name"],
        "position": place,
    }
    shown |= {name: each[name] for name in _EXTRAS.get(source, ())}
    if source in _KINDS:
        shown["choice_type"] = _KINDS[source]
    if source == "@owners":
        pipeline = next((p["id"] for p in catalog.items("deal_pipelines") if p["is_default"]), None)
        shown |= {"is_active": each["is_active"], "deal_pipeline_id": pipeline}
    return shown


def internal_name(label: str) -> str:
    """Return the name that Freshsales makes from a label: `Medio de envío` → `cf_medio_de_envio`.

    Reference: Freshsales API, naming; certainty: observed in clients. A client must read the name
    back and never compute it.
    """
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode()
    return "cf_" + re.sub(r"[^a-z0-9_\-]", "", re.sub(r"\s", "_", plain.strip().lower()))
