"""In which country the business is: its numbers of phones and its postcodes follow from that."""

from __future__ import annotations

from collections.abc import Mapping

import pytz  # type: ignore[import-untyped]

from crossdock.intake.formats.survey import Traits

_ALSO = {
    "USA": "US",
    "U.S.": "US",
    "U.S.A.": "US",
    "UNITED STATES OF AMERICA": "US",
    "AMERICA": "US",
    "UK": "GB",
    "U.K.": "GB",
    "UNITED KINGDOM": "GB",
    "GREAT BRITAIN": "GB",
    "ENGLAND": "GB",
    "SCOTLAND": "GB",
    "WALES": "GB",
    "NORTHERN IRELAND": "GB",
    "AUS": "AU",
    "AOTEAROA": "NZ",
    "NZL": "NZ",
    "CAN": "CA",
    "UAE": "AE",
}
#: The share of customers that must agree, in percent.
_AGREE = 90


def region_of(name: str) -> str:
    """Return the ISO 3166 code of a country that is given by its name or code, or empty."""
    wanted = name.strip().upper()
    if wanted in _ALSO:
        return _ALSO[wanted]
    if wanted in pytz.country_names:
        return wanted
    names = {full.upper(): code for code, full in pytz.country_names.items()}
    return str(names.get(wanted, ""))


def names_of(region: str) -> tuple[str, ...]:
    """Return the code and the names of a country, in capitals."""
    others = (name for name, code in _ALSO.items() if code == region)
    return (region, pytz.country_names[region].upper(), *others)


def decide(traits: Traits, facts: Mapping[str, str]) -> tuple[str, str]:
    """Return the region (ISO 3166, or empty) and why: manifest, customers, or time zone."""
    stated = region_of(facts.get("country", ""))
    if stated:
        return stated, f"the manifest says {facts['country']}"
    countries: dict[str, int] = {}
    for trait in traits.of("country"):
        code = region_of(trait.value)
        countries[code] = countries.get(code, 0) + trait.n
    total = sum(countries.values())
    for code, n in countries.items():
        if code and n * 100 >= total * _AGREE:
            return code, f"{n} of {total} customers with a country are there"
    zone = facts.get("time_zone", "")
    for code, zones in pytz.country_timezones.items():
        if zone in zones:
            return code, f"the time zone {zone} is there"
    return "", "neither the manifest, nor customers, nor the time zone tell"
