"""Custom modules: kinds of record that an admin made.

Reference: Freshsales API, custom modules; certainty: documented, from Enterprise on.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from crossdock.emulator import errors, values
from crossdock.emulator.accept import Acceptance
from crossdock.emulator.crm.records import Records
from crossdock.emulator.fields import system_schema
from crossdock.emulator.store import Row, blank

if TYPE_CHECKING:
    from crossdock.emulator.account import Account

_ENTITY = re.compile(r"cm_[a-z][a-z0-9_]*")
_NAMES = ("singular_name", "plural_name", "icon", "description")
_STANDARD = (
    ("contact", "Contact", "Contacts"),
    ("sales_account", "Account", "Accounts"),
    ("deal", "Deal", "Deals"),
)


class CustomRecords(Records):
    """The records of one custom module."""

    template = blank(
        "id name custom_field created_at updated_at owner_id territory_id creater_id "
        "updater_id is_deleted tags",
        is_deleted=False,
    )

    def __init__(self, account: Account, entity: str, label: str) -> None:
        self.entity = entity
        self.label = label
        super().__init__(account)

    def accept(self, acceptance: Acceptance, row: Row | None, body: Row) -> None:
        """Let no name be blank."""
        values.drop_blank(acceptance.values, "name")

    def show(self, row: Row, shown: Row) -> None:
        """Add the tags."""
        shown["tags"] = list(row.get("tags", ()))


def _facts(body: Row) -> Row:
    """Return what a call says of a module; what is no text is passed over."""
    found: Row = {name: values.text(body[name]) for name in _NAMES if name in body}
    if "show_in_navigation_menu" in body:
        found["show_in_navigation_menu"] = values.flag(body["show_in_navigation_menu"]) is not False
    return {name: value for name, value in found.items() if value is not None}


class CustomModules:
    """The custom modules of the account."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self.records: dict[str, CustomRecords] = {}
        self.facts: dict[str, Row] = {}
        standard_now = account.opened
        self._standard = [
            self._fact(entity, one, many, standard_now) for entity, one, many in _STANDARD
        ]

    def create(self, body: Row) -> Row:
        """Make a module."""
        entity = str(body.get("entity_name") or "")
        if entity and not entity.startswith("cm_"):
            entity = f"cm_{entity}"
        wrong = [
            f"{name.replace('_', ' ').capitalize()} can't be blank"
            for name in ("entity_name", "singular_name", "plural_name", "icon")
            if not values.text(body.get(name))
        ]
        if entity and not _ENTITY.fullmatch(entity):
            wrong.append("Entity name is not valid")
        if entity in self.records:
            wrong.append("Entity name has already been taken")
        if wrong:
            raise errors.invalid(*wrong)
        fact = self._fact(entity, "", "", self.account.now()) | _facts(body) | {"custom": True}
        self._open(fact)
        return fact

    def _open(self, fact: Row) -> None:
        entity = fact["entity_name"]
        self.facts[entity] = fact
        schema = system_schema(entity, fact["id"] % 100_000, entity, entity)
        self.account.schemas[entity] = schema
        self.records[entity] = CustomRecords(self.account, entity, fact["singular_name"])

    def _fact(self, entity: str, one: str, many: str, now: float) -> Row:
        return {
            "id": self.account.ids.next("module"),
            "entity_name": entity,
            "singular_name": one,
            "plural_name": many,
            "icon": "default",
            "description": None,
            "show_in_navigation_menu": True,
            "custom": False,
            "created": now,
        }

    def show(self, fact: Row) -> dict[str, Any]:
        """Return a module as settings show it."""
        stamp = self.account.zone.text(fact["created"])
        shown = {name: value for name, value in fact.items() if name != "created"}
        return shown | {
            "coll_id": str(fact["id"]),
            "table_name": fact["entity_name"],
            "position": 1,
            "status": 1,
            "configs": {"filters_v2_enabled": True},
            "layout_customizations": {"lookup_sections": [], "section_config": []},
            "renaming_customizations": {},
            "resource_path_for_navigation": f"/custom_module/{fact['entity_name']}",
            "created_at": stamp,
            "updated_at": stamp,
        }

    def all(self) -> list[Row]:
        """Return every module, the standard ones first."""
        return [*self._standard, *self.facts.values()]

    def by_id(self, module_id: int) -> Row:
        """Return a module, or say that there is none."""
        found = next((fact for fact in self.all() if fact["id"] == module_id), None)
        if found is None:
            raise errors.not_found("module")
        return found

    def update(self, module_id: int, body: Row) -> Row:
        """Rename a module or change how it looks."""
        fact = self.by_id(module_id)
        fact.update(_facts(body))
        return fact

    def delete(self, module_id: int) -> None:
        """Remove a custom module with its records."""
        fact = self.by_id(module_id)
        if not fact["custom"]:
            raise errors.forbidden()
        entity = fact["entity_name"]
        del self.facts[entity], self.records[entity], self.account.schemas[entity]

    def named(self, entity: str) -> CustomRecords:
        """Return the records of a module, or say that there is none."""
        if not self.account.plan.custom_modules:
            raise errors.forbidden()
        found = self.records.get(entity)
        if found is None:
            raise errors.not_found("module")
        return found

    def restore(self, facts: list[Row]) -> None:
        """Open the modules of a file."""
        for fact in facts:
            self._open(fact)
