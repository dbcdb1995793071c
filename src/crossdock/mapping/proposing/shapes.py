"""What values look like: the share of them that has each shape, by one query for all columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb

from crossdock.profile.custom_fields import measures

#: How many patterns and examples are kept of a column.
KEPT = 8
_STATES = (
    "nsw|vic|qld|wa|sa|tas|act|nt|new south wales|victoria|queensland|western australia"
    "|south australia|tasmania|northern territory|al|ak|az|ar|ca|co|ct|de|fl|ga|hi|id|il|in|ia|ks"
    "|ky|la|me|md|ma|mi|mn|ms|mo|mt|ne|nv|nh|nj|nm|ny|nc|nd|oh|ok|or|pa|ri|sc|sd|tn|tx|ut|vt|va|wv"
    "|wi|wy|dc|on|qc|bc|ab|mb|sk|ns|nb|nl|pe|california|texas|florida|new york|oregon|washington"
    "|ontario|auckland|wellington|canterbury|otago|waikato|nelson|taranaki|southland|tasman"
)
_COUNTRIES = (
    "australia|new zealand|united states|united states of america|usa|us|au|nz|gb|uk|ca|canada"
    "|united kingdom|england|scotland|wales|ireland|ie|south africa|za|singapore|sg|aus|nzl"
)
_TITLES = "(mr|mrs|ms|miss|mx|dr|prof|professor|rev|sir|dame|lady|lord|fr|hon|master)\\.?"
#: Shapes as SQL over `value` and `digits` (how many digits it has).
_TESTS = {
    "email": "regexp_full_match(value, '[^@\\s]+@[^@\\s]+\\.[^@\\s]+')",
    "phone": "digits BETWEEN 8 AND 15 AND regexp_full_match(value, '[+(]?[0-9][0-9 ().+/-]{6,20}')"
    " AND regexp_matches(value, '^[0+(]|^[0-9]{3}[ -]|^1[38]00')"
    " AND NOT regexp_matches(value, '^[0-9]{4}-[0-9]{2}-|^[0-9]{1,2}/[0-9]|^[0-9]+\\.[0-9]+$')",
    "postcode": "regexp_full_match(value, '[0-9]{4}|[0-9]{5}(-[0-9]{4})?"
    "|[A-Za-z]{1,2}[0-9][0-9A-Za-z]? ?[0-9][A-Za-z]{2}|[A-Za-z][0-9][A-Za-z] ?[0-9][A-Za-z][0-9]')",
    "state": f"regexp_full_match(lower(value), '{_STATES}')",
    "country": f"regexp_full_match(lower(value), '{_COUNTRIES}')",
    "title": f"regexp_full_match(lower(value), '{_TITLES}')",
    "street": "regexp_matches(value, '^([A-Za-z]+ )?[0-9]+[A-Za-z]?([/-][0-9]+[A-Za-z]?)?,? "
    "+[A-Za-z]') AND NOT regexp_matches(value, '[0-9]:[0-9]') OR lower(value) LIKE 'po box%'",
    "words": "NOT regexp_matches(value, '[0-9@]')",
    "short": "length(value) <= 60",
    "spaced": "contains(value, ' ')",
    "percent": "regexp_full_match(value, '[0-9.]+ ?%')",
    "whole": "regexp_full_match(value, '[0-9]{1,9}')",
    "small": "regexp_full_match(value, '[0-9]{1,3}')",
    "stars": "regexp_full_match(value, '[0-5](\\.[0-9])?|10|[★*]+')",
    "code": "digits > 0 AND NOT contains(value, ' ') AND NOT regexp_matches(value, '[@:]')"
    " AND length(value) BETWEEN 1 AND 40",
    "booking": "regexp_matches(value, '^(BOK|JOB|WO)[- ]?[0-9]')",
    "quote": "regexp_matches(value, '^(EST|QUO|QU|Q|QT)[- ]?[0-9]')",
    "invoice": "regexp_matches(value, '^(INV|IN|SI)[- ]?[0-9]')",
    "inquiry": "regexp_matches(value, '^(INQ|ENQ|LEAD|L)[- ]?[0-9]')",
    "zone": "regexp_full_match(value, '[A-Z][A-Za-z]+/[A-Z][A-Za-z_/]+|UTC.*|GMT.*|A[CEW][DS]?T')",
    "bsb": "regexp_full_match(value, '[0-9]{3}-?[0-9]{3}|[0-9]{2}-[0-9]{2}-[0-9]{2}|[0-9]{9}')",
    "decimal": "regexp_full_match(value, '-?[0-9]{1,3}\\.[0-9]{3,}')",
    "currency": "regexp_full_match(value, '[A-Z]{3}') AND value IN"
    " ('AUD','NZD','USD','GBP','EUR','CAD','ZAR','SGD','HKD','JPY','INR','CHF')",
}


@dataclass(frozen=True, slots=True)
class Look:
    """What the values of one column look like; shares are from 0 to 1."""

    looked_at: int
    shares: Mapping[str, float]
    patterns: Sequence[str]
    examples: Sequence[str]


def look(connection: duckdb.DuckDBPyConnection, date_formats: Sequence[str]) -> dict[int, Look]:
    """Return by place what the values in `proposing_value(place, value)` look like.

    A place without a value is not in it. `date_formats` are those of the export.
    """
    typed = measures.tests(date_formats)
    named = _TESTS | {name: typed[name] for name in ("words", "numbers", "links")}
    named |= {"words": _TESTS["words"], "boolean": typed["words"], "times": typed["times"]}
    named["date"] = f"({typed['dates']}) OR ({typed['moments']})"
    shares = ", ".join(f"count(*) FILTER ({test}) / count(*)" for test in named.values())
    rows = connection.execute(
        f"""
        SELECT place, count(*), [{shares}],
            list_slice(list_distinct(list(pattern ORDER BY value)), 1, {KEPT}),
            list_slice(list(DISTINCT value ORDER BY value), 1, {KEPT})
        FROM (
            SELECT *, length(value) AS length,
                length(regexp_replace(value, '[^0-9]', '', 'g')) AS digits,
                regexp_replace(regexp_replace(regexp_replace(left(value, 60), '[0-9]', '9', 'g'),
                    '\\p{{Lu}}', 'A', 'g'), '\\p{{Ll}}', 'a', 'g') AS pattern
            FROM proposing_value WHERE value IS NOT NULL
        )
        GROUP BY place
        """
    ).fetchall()
    return {
        place: Look(
            count, dict(zip(named, found, strict=True)), tuple(sorted(patterns)), tuple(examples)
        )
        for place, count, found, patterns, examples in rows
    }
