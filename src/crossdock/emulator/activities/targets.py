"""What an activity hangs on.

Reference: Freshsales API, relationships; certainty: documented. `targetable_type` is written as
`Contact`, `SalesAccount` or `Deal`; whether custom modules are taken is unknown (Assumptions).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from crossdock.emulator.store import Keys, Row

if TYPE_CHECKING:
    from crossdock.emulator.account import Account

ENTITIES = {"Contact": "contact", "SalesAccount": "sales_account", "Deal": "deal"}


def entity_of(account: Account, model: str) -> str | None:
    """Return the entity that a `targetable_type` means, or None."""
    if model in ENTITIES:
        return ENTITIES[model]
    if account.assumptions.notes_on_custom_modules and model in account.modules.records:
        return model
    return None


def indexes() -> dict[str, Keys]:
    """Return one index per model: which rows hang on a record."""
    return {model: _hanging_on(model) for model in ENTITIES}


def _hanging_on(model: str) -> Keys:
    def keys(row: Row) -> Iterable[int]:
        return (row["targetable_id"],) if row.get("targetable_type") == model else ()

    return keys
