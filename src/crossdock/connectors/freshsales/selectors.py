"""Selectors: users, pipelines, stages and every other list that system fields choose from.

Freshsales API documentation: admin configuration; certainty: documented, shapes observed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from crossdock.connectors.base import User
from crossdock.connectors.freshsales.answers import error_for
from crossdock.connectors.freshsales.client import Client
from crossdock.connectors.freshsales.records import side_loaded
from crossdock.model.fields import Choice

#: Selector → key of its list, the field that chooses from it, the facts that its choices carry.
_SELECTORS: Final[tuple[tuple[str, str, str, tuple[str, ...]], ...]] = (
    ("owners", "users", "owner_id", ("email", "is_active")),
    (
        "deal_stages",
        "deal_stages",
        "deal_stage_id",
        ("forecast_type", "deal_pipeline_id", "probability", "position"),
    ),
    ("deal_pipelines", "deal_pipelines", "deal_pipeline_id", ("is_default", "position")),
    ("lifecycle_stages", "lifecycle_stages", "lifecycle_stage_id", ("type", "position")),
    (
        "contact_statuses",
        "contact_statuses",
        "contact_status_id",
        ("lifecycle_stage_id", "forecast_type", "position"),
    ),
    ("deal_reasons", "deal_reasons", "deal_reason_id", ()),
    ("deal_types", "deal_types", "deal_type_id", ()),
    ("lead_sources", "lead_sources", "lead_source_id", ()),
    ("currencies", "currencies", "currency_id", ("currency_type", "exchange_rate", "is_active")),
    (
        "sales_activity_types",
        "sales_activity_types",
        "sales_activity_type_id",
        ("internal_name", "is_default"),
    ),
    ("business_types", "business_types", "business_type_id", ()),
    ("industry_types", "industry_types", "industry_type_id", ()),
)
_BASE_CURRENCY: Final = "1"


@dataclass(frozen=True, slots=True)
class Selectors:
    """The lists of one account: choices by the name of the field that takes them, and users."""

    choices: Mapping[str, tuple[Choice, ...]]
    users: tuple[User, ...]

    @property
    def currencies(self) -> tuple[str, ...]:
        """Return the active currencies' codes, the base currency first.

        ``currency_type`` 1 is the base currency (certainty: inferred).
        """
        active = [
            choice
            for choice in self.choices.get("currency_id", ())
            if choice.facts.get("is_active") != "false"
        ]
        active.sort(key=lambda choice: choice.facts.get("currency_type") != _BASE_CURRENCY)
        return tuple(choice.label for choice in active)

    @property
    def custom_activity_types(self) -> int:
        """Return how many activity types the account added itself."""
        types = self.choices.get("sales_activity_type_id", ())
        return sum(choice.facts.get("is_default") == "false" for choice in types)


async def read_selectors(client: Client) -> Selectors:
    """Read all lists, one request each; one that the account does not have is left out."""
    lists = await asyncio.gather(*(_rows(client, name, key) for name, key, _, _ in _SELECTORS))
    choices = {
        field: tuple(_choice(row, facts) for row in rows)
        for (_, _, field, facts), rows in zip(_SELECTORS, lists, strict=True)
        if rows
    }
    return Selectors(choices, tuple(_user(row) for row in lists[0]))


async def _rows(client: Client, name: str, key: str) -> Sequence[Mapping[str, Any]]:
    answer = await client.get(f"selector/{name}")
    if answer.status in (403, 404) and name != "owners":
        return ()
    if not answer.ok:
        raise error_for(answer, f"list {name.replace('_', ' ')}")
    return side_loaded(answer.body, key)


def _choice(row: Mapping[str, Any], facts: Sequence[str]) -> Choice:
    label = row.get("name") or row.get("display_name") or row.get("currency_code") or row["id"]
    told = {fact: _text(row[fact]) for fact in facts if row.get(fact) is not None}
    return Choice(str(row["id"]), str(label), told)


def _user(row: Mapping[str, Any]) -> User:
    return User(
        id=str(row["id"]),
        email=str(row.get("email") or ""),
        name=str(row.get("display_name") or ""),
        active=row.get("is_active") is not False,
    )


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
