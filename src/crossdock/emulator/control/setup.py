"""What an admin adds on screens: users, fields, choices, pipelines, activity types."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from crossdock.emulator import errors
from crossdock.emulator.account import Account
from crossdock.emulator.settings.creation import add_field

Fact = dict[str, Any]


def adders(account: Account) -> dict[str, Callable[[Fact], Fact]]:
    """Return what adds one item, by the last part of its address."""
    return {
        "users": lambda given: _add_user(account, given),
        "fields": lambda given: _add_field(account, given),
        "choices": lambda given: _add_choice(account, given),
        "pipelines": lambda given: _add_pipeline(account, given),
        "activity_types": lambda given: _add_activity_type(account, given),
    }


def _add_user(account: Account, given: Fact) -> Fact:
    name = given.get("name") or str(given["email"]).partition("@")[0]
    return account.add_user(
        name,
        given["email"],
        given.get("active", True),
        given.get("key"),
        given.get("language"),
        given.get("restricted", False),
    )


def _add_choice(account: Account, given: Fact) -> Fact:
    name = given.pop("list")
    if name == "currencies":
        if not account.plan.multi_currency:
            raise errors.forbidden()
        given = {"exchange_rate": "1.0", "is_active": True, "currency_type": 2} | given
    return account.catalog.add(name, **given)


def _add_pipeline(account: Account, given: Fact) -> Fact:
    if len(account.catalog.items("deal_pipelines")) >= account.plan.pipelines:
        raise errors.invalid(f"You have reached the limit of {account.plan.pipelines} pipelines")
    return account.catalog.add_pipeline(given["name"], given["stages"])


def _add_activity_type(account: Account, given: Fact) -> Fact:
    if not account.plan.sales_activities:
        raise errors.forbidden()
    name, internal = given["name"], given["internal_name"]
    return account.catalog.add_activity_type(name, internal, default=False)


def _add_field(account: Account, given: Fact) -> Fact:
    if given["entity"] not in account.schemas:
        raise errors.not_found("module")
    field = add_field(
        account,
        account.schemas[given["entity"]],
        label=given["label"],
        kind=given.get("type", "text"),
        name=given.get("name", ""),
        required=given.get("required", False),
        unique=given.get("unique", False),
        choices=given.get("choices"),
        lookup=given.get("lookup", ""),
    )
    return {"id": field.id, "name": field.name, "label": field.label, "type": field.type}
