"""What an act changed in a record, field by field."""

from __future__ import annotations

from typing import Any

from crossdock.emulator.store import Row

_STAMPS = frozenset({"updated_at", "updater_id"})


def picture(row: Row) -> Row:
    """Return the values of a record as they are now, custom fields among them."""
    flat = {name: value for name, value in row.items() if name not in _STAMPS}
    flat.update(flat.pop("custom_field", {}))
    return {name: _copied(value) for name, value in flat.items()}


def changes(before: Row, row: Row) -> dict[str, dict[str, Any]]:
    """Return each field that differs from the picture: `{"before": ..., "after": ...}`."""
    after = picture(row)
    return {
        name: {"before": before.get(name), "after": after.get(name)}
        for name in dict.fromkeys((*before, *after))
        if before.get(name) != after.get(name)
    }


def _copied(value: Any) -> Any:
    """Return a value that later writes leave alone."""
    return [_copied(each) for each in value] if isinstance(value, list) else value
