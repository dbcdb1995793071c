"""Objects that name a key twice: nothing of either is lost."""

from __future__ import annotations

from typing import Any


def no_pair_lost(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return the pairs of a JSON object as a dict.

    Two lists of one key become one list, two equal values one value. Any other second value is kept
    under the key with a number, as `Email (2)`.
    """
    found = dict(pairs)
    return found if len(found) == len(pairs) else _with_repeated(pairs)


def _with_repeated(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key not in found:
            found[key] = value
        elif isinstance(found[key], list) and isinstance(value, list):
            found[key] = found[key] + value
        elif found[key] != value:
            found[_free(key, found)] = value
    return found


def _free(key: str, found: dict[str, Any]) -> str:
    number = 2
    while f"{key} ({number})" in found:
        number += 1
    return f"{key} ({number})"
