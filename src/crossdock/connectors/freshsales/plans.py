"""Subscriptions: what the API lets one infer of the plan, and what each plan allows.

Requests an hour are 1000 on Free and Growth, 2000 on Pro, 5000 on Enterprise; custom fields per
module and type as in `_LIMITS` (Freshsales support articles: API limits, custom fields; certainty:
documented). That the limit tells the plan is inferred, and wrong for trials whose limit is not
published.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from crossdock.model.fields import FieldType

_PLANS: Final[Mapping[int, str]] = MappingProxyType(
    {1000: "growth", 2000: "pro", 5000: "enterprise"}
)

_ORDER: Final = ("growth", "pro", "enterprise")
_LIMITS: Final[Mapping[str, tuple[int, int, int]]] = MappingProxyType(
    {
        FieldType.TEXT: (20, 30, 70),
        FieldType.PICKLIST: (30, 40, 250),
        FieldType.LONG_TEXT: (5, 10, 20),
        FieldType.MULTI_PICKLIST: (5, 10, 30),
        FieldType.NUMBER: (30, 50, 70),
        FieldType.CHECKBOX: (30, 50, 70),
        FieldType.DATE: (30, 50, 70),
        FieldType.REFERENCE: (0, 10, 50),
        "formula": (0, 40, 40),
        "total": (150, 250, 630),
    }
)


def plan_of(requests_per_hour: int | None) -> str | None:
    """Return the plan whose allowance this is, or None. Free has the same as Growth."""
    return _PLANS.get(requests_per_hour) if requests_per_hour is not None else None


def custom_field_limits(plan: str | None) -> dict[str, int]:
    """Return how many custom fields of each type a module may have.

    Keys are values of `FieldType`, where picklists count dropdowns and radio buttons together, and
    ``formula`` and ``total``; formula fields are not part of the total. Empty for an unknown plan.
    """
    if plan is None:
        return {}
    place = _ORDER.index(plan)
    return {str(name): limits[place] for name, limits in _LIMITS.items()}


def features_of(
    plan: str | None, *, modules_listed: bool, module_count: int, activity_types: int
) -> frozenset[str]:
    """Return what the account has of ``products``, ``custom_modules``, ``sales_activities``.

    Custom modules and custom activities that exist prove the feature; otherwise the plan tells
    (certainty: inferred).
    """
    found = set[str]()
    if plan in ("pro", "enterprise"):
        found.add("products")
    if module_count or (modules_listed and plan in ("enterprise", None)):
        found.add("custom_modules")
    if activity_types or plan == "enterprise":
        found.add("sales_activities")
    return frozenset(found)
