"""The entities by name: their paths, the words in bodies, what has to be asked for to see ids."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class Kind:
    """One entity as the API spells it.

    `path` stands after ``/api/``; `one` and `many` are the keys of a body with one record and with
    a list; `target` is the word that an attached record names this entity by, None where nothing
    can be attached; `include` is what must be asked for so that a record shows all its ids.
    """

    name: str
    path: str
    one: str
    many: str
    target: str | None = None
    include: tuple[str, ...] = ()


_KINDS: Final = (
    Kind(
        "contact",
        "contacts",
        "contact",
        "contacts",
        "Contact",
        (
            "owner",
            "sales_accounts",
            "contact_status",
            "lifecycle_stage",
            "source",
            "campaign",
            "territory",
        ),
    ),
    Kind(
        "sales_account",
        "sales_accounts",
        "sales_account",
        "sales_accounts",
        "SalesAccount",
        ("owner", "industry_type", "business_type", "territory"),
    ),
    Kind(
        "deal",
        "deals",
        "deal",
        "deals",
        "Deal",
        (
            "owner",
            "sales_account",
            "contacts",
            "deal_stage",
            "deal_type",
            "deal_reason",
            "deal_payment_status",
            "currency",
            "source",
            "campaign",
            "products",
        ),
    ),
    Kind("product", "cpq/products", "product", "products", "Product", ("product_pricings",)),
    Kind("task", "tasks", "task", "tasks", None, ("owner", "targetable")),
    Kind("appointment", "appointments", "appointment", "appointments", None, ("targetable",)),
    Kind("note", "notes", "note", "notes"),
    Kind("document", "documents", "document", "documents"),
    Kind("deal_products", "deals", "deal", "deals", None, ("products",)),
    Kind("user", "selector/owners", "user", "users"),
)

KINDS: Final[Mapping[str, Kind]] = MappingProxyType({kind.name: kind for kind in _KINDS})

#: Entities that are written a hundred at a time.
BULK: Final = frozenset({"contact", "sales_account", "deal"})

#: Entities whose records carry the source key as the last line of their text.
MARKED: Final = frozenset({"task", "appointment", "note"})

_BY_TARGET: Final[Mapping[str, Kind]] = MappingProxyType(
    {kind.target: kind for kind in _KINDS if kind.target}
)


def is_module(entity: str) -> bool:
    """Return whether this is a custom module's entity; their names begin with ``cm_``."""
    return entity.startswith("cm_")


def kind_of(entity: str) -> Kind:
    """Return how the API spells an entity. Raises ValueError for a name it does not know."""
    if is_module(entity):
        return Kind(entity, f"custom_module/{entity}", entity, entity)
    try:
        return KINDS[entity]
    except KeyError:
        raise ValueError(f"Freshsales has no entity called {entity!r}") from None


def kind_of_target(target: str) -> Kind:
    """Return the entity that a ``targetable_type`` names, however its letters are cased.

    Requests say "SalesAccount", answers also "sales_account" (Freshsales API documentation: tasks;
    certainty: observed).
    """
    wanted = target.replace("_", "").casefold()
    for name, kind in _BY_TARGET.items():
        if name.casefold() == wanted:
            return kind
    raise ValueError(f"nothing can be attached to a {target!r}")
