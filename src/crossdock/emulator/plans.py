"""What each plan allows: requests an hour, custom fields, and which features exist at all.

Reference: Freshsales API, rate limits, custom field limits, plans; certainty: documented, for the
number of pipelines seen on price lists. A trial shows the features of Enterprise; its hourly limit
and its storage are not published (certainty: inferred).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

#: Custom fields of one module by quota, in the order Free, Growth, Pro, Enterprise.
_FIELD_QUOTAS: Mapping[str, tuple[int, int, int, int]] = {
    "text": (0, 20, 30, 70),
    "dropdown": (0, 30, 40, 250),
    "textarea": (0, 5, 10, 20),
    "multiselect": (0, 5, 10, 30),
    "number": (0, 30, 50, 70),
    "checkbox": (0, 30, 50, 70),
    "date": (0, 30, 50, 70),
    "lookup": (0, 0, 10, 50),
    "formula": (0, 0, 40, 40),
}

#: The quota that a field's type counts against; radio shares the dropdowns' quota.
QUOTA_OF_TYPE: Mapping[str, str] = {
    "text": "text",
    "dropdown": "dropdown",
    "radio": "dropdown",
    "textarea": "textarea",
    "multi_select_dropdown": "multiselect",
    "number": "number",
    "decimal": "number",
    "checkbox": "checkbox",
    "date": "date",
    "auto_complete": "lookup",
    "formula": "formula",
    "auto_number": "number",
    "url": "text",
}

#: A custom sales activity form takes this many fields of each type, whatever the plan.
SALES_ACTIVITY_QUOTA = 5


@dataclass(frozen=True, slots=True)
class Plan:
    """One plan: its name, its allowance and its features."""

    name: str
    column: int
    requests_per_hour: int
    products: bool
    custom_modules: bool
    sales_activities: bool
    storage_gb: int
    pipelines: int
    multi_currency: bool
    deal_teams: bool

    def field_quota(self, field_type: str) -> int:
        """Return how many custom fields of this type one module may have."""
        return _FIELD_QUOTAS[QUOTA_OF_TYPE[field_type]][self.column]


PLANS: Mapping[str, Plan] = {
    "free": Plan("free", 0, 1000, False, False, False, 0, 1, False, False),
    "growth": Plan("growth", 1, 1000, False, False, False, 2, 1, False, False),
    "pro": Plan("pro", 2, 2000, True, False, False, 5, 10, True, False),
    "enterprise": Plan("enterprise", 3, 5000, True, True, True, 100, 25, True, True),
    "trial": Plan("trial", 3, 1000, True, True, True, 2, 25, True, True),
}
