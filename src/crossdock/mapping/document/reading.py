"""From the text of a mapping file to objects."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from crossdock.errors import MappingInvalidError, MappingMissingError
from crossdock.mapping.document.checking import ComplaintError, check
from crossdock.mapping.document.model import PROPOSED, Line, Mapping, NewField
from crossdock.mapping.document.places import Places


def read(path: Path) -> Mapping:
    """Read a mapping file.

    Raises MappingMissingError when there is none, MappingInvalidError with the line of the file
    for whatever in it is not as it should be.
    """
    if not path.exists():
        raise MappingMissingError(f"There is no {path.name}.", next_command="crossdock map propose")
    try:
        return parse(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, ComplaintError) as error:
        raise MappingInvalidError(
            f"{path.name} cannot be used: {error}.",
            next_command=f"edit {path}, then: crossdock map confirm --by NAME",
        ) from error


def parse(text: str) -> Mapping:
    """Read a mapping from TOML. Raises ComplaintError, or tomllib.TOMLDecodeError."""
    content = tomllib.loads(text)
    places = Places(text)
    check(content, places)
    entities = {k: v for k, v in content.items() if isinstance(v, dict) and "lines" in v}
    return Mapping(
        route=content.get("route", ""),
        policies=dict(content.get("policies", {})),
        lines=[line for name, body in entities.items() for line in _lines(name, body, places)],
        new_fields=[f for name, body in entities.items() for f in _new_fields(name, body)],
        maps={name: dict(entries) for name, entries in content.get("maps", {}).items()},
        left_out=[{k: str(v) for k, v in entry.items()} for entry in content.get("left_out", [])],
        confirmed=dict(content.get("confirmed", {})),
        becomes={name: tuple(names) for name, names in content.get("becomes", {}).items()},
    )


def _lines(entity: str, body: dict[str, Any], places: Places) -> Iterator[Line]:
    for index, entry in enumerate(body["lines"]):
        yield Line(
            entity=entity,
            sources=sources_of(entry["from"]),
            target=entry["to"],
            transform=entry["by"],
            confidence=float(entry.get("sure", 1.0)),
            reason=entry.get("why", ""),
            status=entry.get("status", PROPOSED),
            samples=tuple(entry.get("samples", ())),
            who=entry.get("who", ""),
            when=entry.get("when", ""),
            at=places.entry(f"{entity}.lines", index) or 0,
        )


def _new_fields(entity: str, body: dict[str, Any]) -> Iterator[NewField]:
    for label, spec in body.get("new_fields", {}).items():
        if isinstance(spec, str):
            yield NewField(entity, label, spec)
        else:
            yield NewField(entity, label, spec["type"], tuple(spec["choices"]))


def sources_of(value: Any) -> tuple[str, ...]:
    """Return the columns of a line, which is one text or a list of them."""
    return (str(value),) if isinstance(value, str) else tuple(str(v) for v in value)
