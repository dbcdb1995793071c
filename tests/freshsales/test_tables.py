from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo, available_timezones

import pytest

from crossdock.connectors.freshsales import rails_zone
from crossdock.connectors.freshsales.costs import requests_for
from crossdock.connectors.freshsales.timezones import RAILS_ZONES


@pytest.mark.parametrize(
    ("iana", "rails"),
    [
        ("Australia/Sydney", "Sydney"),
        ("America/New_York", "Eastern Time (US & Canada)"),
        ("Asia/Calcutta", "Kolkata"),
        ("Europe/London", "London"),
        ("UTC", "UTC"),
        ("Australia/Lord_Howe", None),
        ("Sydney", None),
    ],
)
def test_zones_by_name(iana: str, rails: str | None) -> None:
    assert rails_zone(iana) == rails


def test_zones_with_one_rails_name_keep_the_same_clocks() -> None:
    """A wrong line in the table would shift every visit of a tenant."""
    first: dict[str, str] = {}
    for iana, rails in RAILS_ZONES.items():
        if iana not in available_timezones():
            continue
        other = first.setdefault(rails, iana)
        for month in (1, 4, 7, 10):
            noon = datetime(2026, month, 15, 12, tzinfo=ZoneInfo(iana))
            assert noon.utcoffset() == noon.replace(tzinfo=ZoneInfo(other)).utcoffset(), (
                iana,
                other,
            )


@pytest.mark.parametrize(
    ("entity", "records", "requests"),
    [
        ("contact", 0, 0),
        ("contact", 1, 2),
        ("deal", 100, 2),
        ("sales_account", 101, 4),
        ("product", 3, 6),
        ("note", 3, 3),
        ("cm_pet", 3, 3),
        ("user", 3, 0),
    ],
)
def test_costs(entity: str, records: int, requests: int) -> None:
    assert requests_for(entity, records) == requests


def test_an_unknown_entity_has_no_cost() -> None:
    with pytest.raises(ValueError, match="lead"):
        requests_for("lead", 1)
