"""Where an administrator finds things, and what the screens there call them.

The names of roles and field types follow the support articles (users; custom fields; certainty:
documented). The menu's entries move between editions, so each place is the entry to look for
(certainty: inferred).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from crossdock.model.fields import FieldType

USERS: Final = "Admin Settings > Users"

#: The modules in the order of the admin screen.
_PLACES: Final[Mapping[str, str]] = {
    "contact": "Admin Settings > Contacts",
    "sales_account": "Admin Settings > Accounts",
    "deal": "Admin Settings > Deals",
    "product": "Admin Settings > Products",
}
_MODULES: Final = "Admin Settings > Custom Modules"
_TYPES: Final[Mapping[str, str]] = {
    FieldType.TEXT: "Text field",
    FieldType.LONG_TEXT: "Text area",
    FieldType.NUMBER: "Number",
    FieldType.MONEY: "Number (with decimals)",
    FieldType.PICKLIST: "Dropdown",
    FieldType.MULTI_PICKLIST: "Multiselect",
    FieldType.CHECKBOX: "Checkbox",
    FieldType.DATE: "Date picker",
}


def place(entity: str) -> str:
    """Return where an entity's fields are added."""
    return _PLACES.get(entity, _MODULES)


def order(entity: str) -> int:
    """Return the place of an entity on the admin screen."""
    names = list(_PLACES)
    return names.index(entity) if entity in names else len(names)


def type_name(kind: str) -> str:
    """Return what the screens call a type of field."""
    return _TYPES.get(kind, "Text field")


def role(source_role: str, *, is_field_worker: bool) -> str:
    """Return the role that fits somebody best: a suggestion for the administrator."""
    managing = ("admin", "manager", "owner", "schedul", "dispatch")
    manages = any(word in source_role.casefold() for word in managing)
    return "Sales Manager" if manages and not is_field_worker else "Sales User"
