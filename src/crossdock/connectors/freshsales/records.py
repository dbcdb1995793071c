"""Turning the destination's bodies into `ReadRecord`s."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from crossdock.connectors.base import ReadRecord
from crossdock.connectors.freshsales.answers import without_secrets
from crossdock.connectors.freshsales.entities import MARKED, kind_of_target
from crossdock.connectors.freshsales.keys import key_of

#: Objects that may stand inline where only their id is wanted beside them.
_INLINE: Final = (
    "owner",
    "sales_account",
    "deal_stage",
    "deal_pipeline",
    "deal_type",
    "deal_reason",
    "currency",
    "lifecycle_stage",
    "contact_status",
    "lead_source",
    "campaign",
    "territory",
    "industry_type",
    "business_type",
)
_INLINE_LISTS: Final = (("contacts", "contact_ids"), ("sales_accounts", "sales_account_ids"))


def rows_of(body: Any, many: str) -> list[Mapping[str, Any]]:
    """Return the records of a list answer: under their key, or the first list of records."""
    if isinstance(body, list):
        return _records(body)
    if not isinstance(body, Mapping):
        return []
    if isinstance(body.get(many), list):
        return _records(body[many])
    lists = (value for name, value in body.items() if name != "meta" and isinstance(value, list))
    return next((_records(value) for value in lists if _records(value)), [])


def side_loaded(body: Any, many: str) -> list[Mapping[str, Any]]:
    """Return records that were asked for beside others; no list of another kind stands in."""
    found = body.get(many) if isinstance(body, Mapping) else None
    return _records(found) if isinstance(found, list) else []


def total_of(body: Any) -> int | None:
    """Return how many records the destination says there are."""
    meta = body.get("meta") if isinstance(body, Mapping) else None
    total = meta.get("total") if isinstance(meta, Mapping) else None
    return int(total) if isinstance(total, int) else None


def read_record(entity: str, row: Mapping[str, Any], key_field: str | None) -> ReadRecord:
    """Return one record with its key and with the ids that inline objects imply."""
    values = without_secrets(row)
    for name in _INLINE:
        inner = values.get(name)
        if isinstance(inner, Mapping) and f"{name}_id" not in values:
            values[f"{name}_id"] = inner.get("id")
    for name, ids in _INLINE_LISTS:
        inner = values.get(name)
        if isinstance(inner, list) and ids not in values:
            values[ids] = [part["id"] for part in inner if isinstance(part, Mapping)]
    if entity in MARKED:
        values.update(_target(values))
    return ReadRecord(str(row["id"]), key_of(entity, values, key_field), values)


def _target(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a record hangs on, under the names and in the spelling of its request."""
    for found in (*(values.get("targetables") or ()), values.get("targetable")):
        if isinstance(found, Mapping) and found.get("id") is not None:
            try:
                kind = kind_of_target(str(found.get("type")))
            except ValueError:
                continue
            return {"targetable_type": kind.target, "targetable_id": found["id"]}
    return {}


def _records(rows: list[Any]) -> list[Mapping[str, Any]]:
    return [row for row in rows if isinstance(row, Mapping) and row.get("id") is not None]
