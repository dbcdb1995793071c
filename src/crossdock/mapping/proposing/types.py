"""Evidence from types and counts: how different the values are, and how long."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from crossdock.mapping.proposing.scorer import ColumnProfile, Evidence, Place, Surroundings
from crossdock.model.fields import FieldType

#: Below so many values nothing is said about how often they repeat.
_ENOUGH = 8
_KEYS = frozenset(
    ("booking_number", "quote_number", "invoice_number", "inquiry_number", "payment_id",
     "customer_id", "service_id", "fieldworker_id", "email", "mobile")
)  # fmt: skip
_REPEATING = frozenset(
    ("status", "customer_type", "state", "country", "category", "payment_type", "tax_rate",
     "source", "property_type", "location_type", "branch", "pricing_model", "employment_type",
     "billing_cycle", "gateway", "insert_type", "trading_name", "unit_label", "customer_title")
)  # fmt: skip


class Types:
    """Compares the type, the uniqueness and the length of values with what a place takes."""

    name = "types"

    def score(
        self, profile: ColumnProfile, places: Sequence[Place], around: Surroundings
    ) -> Mapping[str, Evidence]:
        """Return what type and counts say for or against each place."""
        if not profile.filled:
            return {}
        found = {p.key: e for p in places if (e := _of(profile, p)) is not None}
        return found


def _of(profile: ColumnProfile, place: Place) -> Evidence | None:
    if place.max_length and profile.longest > place.max_length:
        longest = f"{profile.longest:,} characters"
        return Evidence(-1.0, f"its longest value has {longest}, {place.max_length:,} fit")
    if place.type is FieldType.LONG_TEXT and profile.type is FieldType.LONG_TEXT:
        return Evidence(0.6, "its values are long texts")
    if profile.filled < _ENOUGH:
        return None
    if place.name in _KEYS and profile.unique < 0.5 and place.name != "customer_id":
        return Evidence(-0.4, "its values stand there again and again")
    if place.name in _REPEATING and profile.unique > 0.9:
        return Evidence(-0.5, "every value is another one")
    return None
