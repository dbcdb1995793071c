"""What the export is, as it says itself, in words."""

from __future__ import annotations

from collections.abc import Mapping

from crossdock.report import wording
from crossdock.report.inspection.words import line

_UNSTATED = "not stated"
_TAX = {"inclusive": "include tax", "exclusive": "do not include tax"}


def told(facts: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return what an export says of itself, as label and words; what it does not say as well."""
    stated = {name: line(value) for name, value in facts.items() if value}
    exported = stated.get("exported_at")
    tax = stated.get("tax_mode", "")
    return [
        ("Account", stated.get("account_name", _UNSTATED)),
        ("Made", wording.moment(exported) if exported else _UNSTATED),
        ("Time zone", stated.get("time_zone", _UNSTATED)),
        ("Currency", stated.get("currency", _UNSTATED)),
        ("Prices", _TAX.get(tax.lower(), tax or f"with or without tax: {_UNSTATED}")),
        ("Dates", stated.get("date_format", _UNSTATED)),
    ]
