"""What an admin adds on screens: users, fields, choices, pipelines, activity types.

What makes no sense is refused: a fact that is missing with KeyError, one that cannot be read with
ValueError.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from crossdock.emulator import errors
from crossdock.emulator.account import Account
from crossdock.emulator.plans import QUOTA_OF_TYPE
from crossdock.emulator.settings.creation import add_field
from crossdock.emulator.settings.selectors import NAMES
from crossdock.emulator.store import folded

Fact = dict[str, Any]
#: Lists that have a call of their own.
_ELSEWHERE = {
    "owners": "users",
    "deal_pipelines": "pipelines",
    "deal_stages": "pipelines",
    "sales_activity_types": "activity_types",
}
_LISTS = sorted({*NAMES, "lost_reasons", "email_labels", "phone_labels"} - set(_ELSEWHERE))
#: What the items of some lists have beside their name.
_NEEDED = {
    "contact_statuses": ("lifecycle_stage_id", "forecast_type"),
    "sales_activity_outcomes": ("sales_activity_type_id",),
    "sales_activity_entity_types": ("sales_activity_type_id",),
}


def adders(account: Account) -> dict[str, Callable[[Fact], Fact]]:
    """Return what adds one item, by the last part of its address."""
    return {
        "users": lambda given: _add_user(account, given),
        "fields": lambda given: _add_field(account, given),
        "choices": lambda given: _add_choice(account, given),
        "pipelines": lambda given: _add_pipeline(account, given),
        "activity_types": lambda given: _add_activity_type(account, given),
    }


def _text(given: Fact, name: str) -> str:
    """Return a text that must be there and not be blank."""
    found = given[name]
    if not isinstance(found, str) or not found.strip():
        raise ValueError(f"{name} is a text that is not blank")
    return found


def _add_user(account: Account, given: Fact) -> Fact:
    email = _text(given, "email")
    if any(folded(each["email"]) == folded(email) for each in account.catalog.items("owners")):
        raise ValueError(f"there is a user with the e-mail {email!r} already")
    return account.add_user(
        given.get("name") or email.partition("@")[0],
        email,
        given.get("active", True),
        given.get("key"),
        given.get("language"),
        given.get("restricted", False),
    )


def _add_choice(account: Account, given: Fact) -> Fact:
    name = given.pop("list")
    if name in _ELSEWHERE:
        raise ValueError(f"{name} are added by /emulator/{_ELSEWHERE[name]}")
    if name not in _LISTS:
        raise ValueError(f"there is no list {name!r}; there are {', '.join(_LISTS)}")
    _text(given, "name")
    for needed in _NEEDED.get(name, ()):
        if needed not in given:
            raise KeyError(needed)
    if name == "currencies":
        if not account.plan.multi_currency:
            raise errors.forbidden()
        given = {"exchange_rate": "1.0", "is_active": True, "currency_type": 2} | given
    return account.catalog.add(name, **given)


def _add_pipeline(account: Account, given: Fact) -> Fact:
    if len(account.catalog.items("deal_pipelines")) >= account.plan.pipelines:
        raise errors.invalid(f"You have reached the limit of {account.plan.pipelines} pipelines")
    return account.catalog.add_pipeline(_text(given, "name"), given["stages"])


def _add_activity_type(account: Account, given: Fact) -> Fact:
    if not account.plan.sales_activities:
        raise errors.forbidden()
    name, internal = _text(given, "name"), _text(given, "internal_name")
    return account.catalog.add_activity_type(name, internal, default=False)


def _add_field(account: Account, given: Fact) -> Fact:
    if given["entity"] not in account.schemas:
        raise errors.not_found("module")
    kind = given.get("type", "text")
    if kind not in QUOTA_OF_TYPE:
        raise ValueError(f"there is no type {kind!r}; there are {', '.join(QUOTA_OF_TYPE)}")
    field = add_field(
        account,
        account.schemas[given["entity"]],
        label=_text(given, "label"),
        kind=kind,
        name=given.get("name", ""),
        required=given.get("required", False),
        unique=given.get("unique", False),
        choices=given.get("choices"),
        lookup=given.get("lookup", ""),
    )
    return {"id": field.id, "name": field.name, "label": field.label, "type": field.type}
