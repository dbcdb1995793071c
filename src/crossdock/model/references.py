"""How one record names another before either has an id at the destination."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

#: The one key that marks a reference inside a planned payload.
MARK = "$ref"


@dataclass(frozen=True, slots=True, order=True)
class Reference:
    """A record of ours, named by its entity and its source key (`deal`, `BOK-1205`).

    In a payload it stands as ``{"$ref": ["deal", "BOK-1205"]}`` wherever the destination wants an
    id; the loader puts the id there when it knows it.
    """

    entity: str
    key: str

    def as_json(self) -> dict[str, list[str]]:
        """Return the form that stands in a payload."""
        return {MARK: [self.entity, self.key]}


def references_in(payload: Any) -> Iterator[Reference]:
    """Yield every reference that stands anywhere inside a payload."""
    if isinstance(payload, dict):
        if MARK in payload:
            entity, key = payload[MARK]
            yield Reference(entity, key)
            return
        for value in payload.values():
            yield from references_in(value)
    elif isinstance(payload, list):
        for value in payload:
            yield from references_in(value)


def resolve(payload: Any, lookup: Callable[[Reference], int | str]) -> Any:
    """Return the payload with each reference replaced by the id that `lookup` gives for it."""
    if isinstance(payload, dict):
        if MARK in payload:
            return lookup(Reference(*payload[MARK]))
        return {key: resolve(value, lookup) for key, value in payload.items()}
    if isinstance(payload, list):
        return [resolve(value, lookup) for value in payload]
    return payload
