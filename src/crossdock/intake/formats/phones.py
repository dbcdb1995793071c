"""Phone numbers of the business's region, as SQL over whole columns.

The rules of each country (its code, the prefix for calls within it, what a number looks like) are
those of Google's libphonenumber, which the `phonenumbers` package carries. Documented.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
from phonenumbers import PhoneMetadata

_EXTENSION = r"(?i)\s*(?:ext\.?|extn\.?|x|#)\s*\d+\s*$"
#: Without a region, only what begins with a plus says which number it is.
_NO_REGION = """
CREATE OR REPLACE MACRO phone_digits(t) AS
    regexp_replace(regexp_replace(regexp_replace(t, '{ext}', ''), '[^0-9+]', '', 'g'),
        '^00', '+');
CREATE OR REPLACE MACRO phone_key(t) AS
    nullif(regexp_replace(phone_digits(t), '[^0-9]', '', 'g'), '');
CREATE OR REPLACE MACRO phone_valid(t) AS
    regexp_full_match(phone_digits(t), '\\+[1-9]\\d{{6,14}}');
"""
_REGION = """
CREATE OR REPLACE MACRO phone_digits(t) AS regexp_replace(
    regexp_replace(regexp_replace(regexp_replace(t, '{ext}', ''), '[^0-9+]', '', 'g'),
        '^(?:{out}|00)', '+'),
    '^\\+?{code}0?({national})$', '+{code}\\1');
CREATE OR REPLACE MACRO phone_key(t) AS nullif(regexp_replace(regexp_replace(phone_digits(t),
    '^(?:{prefix})?({national})$', '{code}\\1'), '[^0-9]', '', 'g'), '');
CREATE OR REPLACE MACRO phone_valid(t) AS regexp_full_match(phone_digits(t),
    '(?:(?:{prefix})?|\\+{code})(?:{national})|\\+(?:{foreign})\\d{{6,14}}');
"""


@dataclass(frozen=True, slots=True)
class Region:
    """What is known of the numbers of a country.

    `zero` says that numbers within the country begin with a 0 which is no part of them; such a 0
    is what a spreadsheet drops. `dialled` matches what stands behind it.
    """

    country_code: int
    zero: bool
    dialled: str


def region(code: str) -> Region | None:
    """Return what is known of a country (ISO 3166), or None."""
    metadata = PhoneMetadata.metadata_for_region(code, None)
    if metadata is None or metadata.country_code is None:
        return None
    kinds = (metadata.mobile, metadata.fixed_line)
    patterns = [k.national_number_pattern for k in kinds if k and k.national_number_pattern]
    return Region(metadata.country_code, metadata.national_prefix == "0", "|".join(patterns))


def create_macros(connection: duckdb.DuckDBPyConnection, code: str) -> None:
    """Make `phone_key(text)` and `phone_valid(text)` for a region (ISO 3166, or empty).

    `phone_key` is a number's digits with its country code (E.164 without the plus), so that
    `0412 345 678`, `+61 412 345 678` and `61412345678` are one; digits as they stand for what is
    no number of the region; NULL without a digit. `phone_valid` tells whether it looks like a
    number of the region, or like one of another country.
    """
    metadata = PhoneMetadata.metadata_for_region(code, None) if code else None
    general = metadata.general_desc if metadata else None
    if metadata is None or general is None or not general.national_number_pattern:
        connection.execute(_NO_REGION.format(ext=_EXTENSION))
        return
    prefix = metadata.national_prefix or ""
    connection.execute(
        _REGION.format(
            ext=_EXTENSION,
            out=metadata.preferred_international_prefix or metadata.international_prefix or "00",
            code=metadata.country_code,
            national=_without_groups(general.national_number_pattern),
            prefix=prefix,
            foreign=_others(str(metadata.country_code)),
        )
    )


def _without_groups(pattern: str) -> str:
    """Return a pattern without captures, so that ours keep their numbers."""
    return pattern.replace("(?:", "\0").replace("(", "(?:").replace("\0", "(?:")


def _others(code: str) -> str:
    """Return a pattern for the first digits of numbers that are not of this country."""
    parts = []
    for i, digit in enumerate(code):
        rest = "".join(str(d) for d in range(0 if i else 1, 10) if str(d) != digit)
        parts.append(f"{code[:i]}[{rest}]")
    return "|".join(parts)
