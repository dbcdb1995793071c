"""Evidence from values: what they look like, and which known words they are."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources

from crossdock.mapping.proposing.scorer import ColumnProfile, Evidence, Place, Surroundings
from crossdock.model.fields import FieldType

#: Of fewer values it is not said that they speak against a place.
_ENOUGH = 2
#: What shape the values of a type have, and what it is called.
_TYPED: Mapping[FieldType, tuple[str, str]] = {
    FieldType.EMAIL: ("email", "e-mail addresses"),
    FieldType.PHONE: ("phone", "phone numbers"),
    FieldType.DATE: ("date", "dates"),
    FieldType.DATETIME: ("date", "dates"),
    FieldType.MONEY: ("numbers", "amounts"),
    FieldType.NUMBER: ("numbers", "numbers"),
    FieldType.CHECKBOX: ("boolean", "yes or no"),
    FieldType.URL: ("links", "addresses of pages"),
}
#: What shape the values of a text have, by the column's name; the last part says whether other
#: shapes speak against it.
_NAMED: Mapping[str, tuple[str, str, bool]] = {
    "postcode": ("postcode", "postcodes", True),
    "state": ("state", "states", False),
    "country": ("country", "countries", True),
    "street": ("street", "streets with a number", False),
    "address": ("street", "addresses", False),
    "billing_address": ("street", "addresses", False),
    "secondary_address": ("street", "addresses", False),
    "customer_title": ("title", "titles", True),
    "first_name": ("words", "words", True),
    "last_name": ("words", "words", True),
    "suburb": ("words", "words", True),
    "decline_reason": ("words", "words", False),
    "sales_rep": ("words", "words", True),
    "owner": ("words", "words", True),
    "added_by": ("words", "words", True),
    "fieldworkers": ("words", "words", True),
    "fieldworker": ("words", "words", True),
    "customer_id": ("code", "codes", False),
    "booking_number": ("code", "codes", True),
    "booking_numbers": ("code", "codes", False),
    "quote_number": ("code", "codes", True),
    "invoice_number": ("code", "codes", True),
    "inquiry_number": ("code", "codes", True),
    "payment_id": ("code", "codes", True),
    "service_id": ("code", "codes", True),
    "timezone": ("zone", "time zones", True),
    "bsb": ("bsb", "bank codes", True),
    "contact.time_zone": ("zone", "time zones", False),
    "sales_account.website": ("links", "addresses of pages", False),
    "contact.linkedin": ("links", "addresses of pages", False),
    "deal.currency_id": ("currency", "currencies", True),
}
#: Columns of amounts that some tenants fill with words or shares.
_LOOSE = frozenset(
    ("deposit", "invoice_due_days", "rating", "customer_rating", "duration", "stars")
)
#: Texts are none of these.
_NEVER_TEXT = ("email", "links", "date", "boolean")


class Values:
    """Compares values with what a place holds."""

    name = "values"

    def score(
        self, profile: ColumnProfile, places: Sequence[Place], around: Surroundings
    ) -> Mapping[str, Evidence]:
        """Return what the values say for or against each place."""
        if not profile.looked_at:
            return {}
        found = {}
        for place in places:
            evidence = self._of(profile, place, around.object)
            if evidence is not None:
                found[place.key] = evidence
        return found

    def _of(self, profile: ColumnProfile, place: Place, object_name: str) -> Evidence | None:
        known = _vocabulary().get(f"{object_name}.{place.name}") or _vocabulary().get(place.name)
        words = known if place.kind == "column" else frozenset(c.casefold() for c in place.choices)
        if words and (overlap := _overlap(profile, words)) >= 0.3:
            share = f"{overlap:.0%} of its values are"
            return Evidence(min(1.0, 0.4 + 0.6 * overlap), f"{share} words that belong there")
        if place.kind == "field":
            named = _NAMED.get(f"{place.entity}.{place.name}")
            typed = None if named or place.choices else _TYPED.get(place.type)
        else:
            named, typed = _NAMED.get(place.name), _TYPED.get(place.type)
        if typed:
            return _shaped(profile, typed[0], typed[1], strict=place.name not in _LOOSE)
        if named:
            return _shaped(profile, named[0], named[1], strict=named[2])
        if place.kind == "column" and place.type in (FieldType.TEXT, FieldType.LONG_TEXT):
            return _no_text(profile)
        return None


def _shaped(profile: ColumnProfile, shape: str, what: str, *, strict: bool) -> Evidence | None:
    """Return what a share of values of the right shape says."""
    share = profile.share(shape)
    if share >= 0.75:
        every = f"all {profile.looked_at} values" if share == 1 else f"{share:.0%} of the values"
        return Evidence(share, f"{every} look like {what}" if profile.looked_at > 1 else "")
    if profile.looked_at < _ENOUGH or share >= 0.4:
        return None
    return Evidence(-(1 - share) if strict else -0.3, f"its values are no {what}")


def _no_text(profile: ColumnProfile) -> Evidence | None:
    """Return what speaks against a text: that all values are something else."""
    if profile.looked_at < _ENOUGH:
        return None
    other = next((shape for shape in _NEVER_TEXT if profile.share(shape) >= 0.9), None)
    return Evidence(-0.4, "its values are no mere text") if other else None


def _overlap(profile: ColumnProfile, words: frozenset[str]) -> float:
    """Return the share of a column's values that are known words."""
    parts = [p.strip().casefold() for v in profile.examples for p in v.split(";") if p.strip()]
    return sum(p in words for p in parts) / len(parts) if parts else 0.0


@cache
def _vocabulary() -> Mapping[str, frozenset[str]]:
    """Return the known words by column, or by object and column."""
    text = resources.files(__package__).joinpath("vocabulary.toml").read_text("utf-8")
    return {name: frozenset(words) for name, words in tomllib.loads(text).items()}
