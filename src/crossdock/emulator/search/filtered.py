"""The rules of filtered search.

Reference: Freshsales API, filtered search; certainty: observed for `is_in`, `equals` and
`is_after`, inferred for the others and for joining rules with "and".
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from crossdock.emulator import errors
from crossdock.emulator.crm.records import Records
from crossdock.emulator.crm.views import sort_key, sort_value
from crossdock.emulator.store import Row, folded

Test = Callable[[Any, Any], bool]


def _texts(wanted: Any) -> set[str]:
    parts = wanted if isinstance(wanted, list) else str(wanted).split(",")
    return {folded(part) for part in parts}


def _any(found: Any, test: Callable[[str], bool]) -> bool:
    """Say whether a value passes, or one of several: tags, or the parts of a multi-select."""
    parts = found if isinstance(found, list | tuple) else [found]
    return any(test(folded(part)) for part in parts if part is not None)


_TESTS: dict[str, Test] = {
    "is_in": lambda found, wanted: _any(found, lambda part: part in _texts(wanted)),
    "is_not_in": lambda found, wanted: not _any(found, lambda part: part in _texts(wanted)),
    "equals": lambda found, wanted: _any(found, lambda part: part == folded(wanted)),
    "contains": lambda found, wanted: _any(found, lambda part: folded(wanted) in part),
    "is_after": lambda found, wanted: found is not None and sort_key(found) > sort_key(wanted),
    "is_before": lambda found, wanted: found is not None and sort_key(found) < sort_key(wanted),
    "is_empty": lambda found, wanted: found is None,
    "is_not_empty": lambda found, wanted: found is not None,
}
_COLUMNS = {"contact_email.email": "email"}


def matching(records: Records, rules: list[Any], query: Mapping[str, str]) -> Sequence[int]:
    """Return the ids of the records that every rule holds for, as far as the index knows them."""
    parsed = [_rule(records, rule) for rule in rules]
    account = records.account
    store = records.store
    cutoff = account.now() - account.search_lag
    sort, ascending = query.get("sort", ""), query.get("sort_type", "desc") == "asc"

    def compute() -> list[int]:
        found = [
            each
            for each in _candidates(records, parsed)
            if all(test(_value(store.rows[each], name), wanted) for name, test, wanted in parsed)
        ]
        if sort:
            found.sort(key=lambda i: (sort_key(sort_value(records, store.rows[i], sort)), i))
            if not ascending:
                found.reverse()
        return found

    key = ("filtered", json.dumps(rules, sort_keys=True, default=str), sort, ascending)
    ids = store.listed(key, compute)
    if store.latest <= cutoff:
        return ids
    # A new record is not in the index yet; of a changed one only its new time is missing.
    stamp = "updated_at" if any(name == "updated_at" for name, _, _ in parsed) else "created_at"
    return [each for each in ids if store.rows[each][stamp] <= cutoff]


def _rule(records: Records, rule: Any) -> tuple[str, Test, Any]:
    if not isinstance(rule, dict):
        raise errors.invalid("Invalid or missing attributes")
    test = _TESTS.get(str(rule.get("operator")))
    name = str(rule.get("attribute", ""))
    name = _COLUMNS.get(name, name)
    if test is None or not (records.schema.field(name) or name in ("id", "email")):
        raise errors.invalid("Invalid or missing attributes")
    wanted = rule.get("value")
    if rule["operator"] in ("is_after", "is_before"):
        field = records.schema.field(name)
        moment = records.account.zone.moment(wanted)
        if name in records.moments:
            wanted = moment or 0.0
        elif field is not None and field.type == "date":
            wanted = records.account.zone.date(wanted) or ""
    return name, test, wanted


def _candidates(records: Records, rules: list[tuple[str, Test, Any]]) -> Sequence[int]:
    """Return the live ids, or only those that an index gives for an e-mail or external id."""
    for name, test, wanted in rules:
        if name in ("email", "external_id") and test is _TESTS["is_in"]:
            found = [records.store.index(name).find(each) for each in _texts(wanted)]
            return sorted({each for ids in found for each in ids})
    return records.store.live


def _value(row: Row, name: str) -> Any:
    return row.get("custom_field", {}).get(name) if name.startswith("cf_") else row.get(name)
