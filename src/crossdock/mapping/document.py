"""mapping.toml as objects. The file is for people: one line per field, with its reason."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.items import AoT, Array, InlineTable, Table

from crossdock.errors import MappingInvalidError, MappingMissingError
from crossdock.project import write_text

CUSTOM = "custom:"
_HEAD = """The mapping of this migration. Each line says from which column(s) of the export, to
which field of the destination, by which transform, how sure the proposal is, and why.
Change a line, or set status = "rejected" to leave a field out. Then:
    crossdock map confirm --by NAME
"""


@dataclass(frozen=True, slots=True)
class Line:
    """One field's mapping. `sources` are `object.column`; `status` is proposed, confirmed or
    rejected; `confidence` runs from 0 to 1."""

    entity: str
    sources: tuple[str, ...]
    target: str
    transform: str
    confidence: float = 1.0
    reason: str = ""
    status: str = "proposed"

    @property
    def is_custom(self) -> bool:
        """Return whether the target is a custom field, named by its label."""
        return self.target.startswith(CUSTOM)

    @property
    def label(self) -> str:
        """Return the custom field's label."""
        return self.target.removeprefix(CUSTOM)

    @property
    def columns(self) -> list[str]:
        """Return the source column names without their objects."""
        return [source.partition(".")[2] for source in self.sources]

    @property
    def value_map(self) -> str | None:
        """Return the name of the value map that the transform uses, or None."""
        name, _, argument = self.transform.partition(":")
        return argument if name == "map" else None

    def as_json(self) -> dict[str, Any]:
        """Return the line as the `--json` output shows it."""
        objects = [source.partition(".")[0] for source in self.sources]
        return {
            "object": objects[0],
            "column": ", ".join(self.columns),
            "entity": self.entity,
            "target": self.target,
            "transform": self.transform,
            "confidence": self.confidence,
            "status": self.status,
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class NewField:
    """A custom field that the destination must have: created when it is missing."""

    entity: str
    label: str
    type: str
    choices: tuple[str, ...] = ()


@dataclass(slots=True)
class Mapping:
    """A whole mapping file."""

    route: str
    policies: dict[str, str]
    lines: list[Line]
    new_fields: list[NewField]
    maps: dict[str, dict[str, str]] = field(default_factory=dict)
    left_out: list[dict[str, str]] = field(default_factory=list)
    confirmed: dict[str, str] = field(default_factory=dict)

    def active(self, entity: str) -> list[Line]:
        """Return the lines of an entity that are not rejected."""
        return [x for x in self.lines if x.entity == entity and x.status != "rejected"]

    def entities(self) -> list[str]:
        """Return the entities in file order."""
        return list(dict.fromkeys(line.entity for line in self.lines))

    def digest(self, schemas: str) -> str:
        """Return the digest that a confirmation signs: everything that decides what is written,
        and both sides' schemas as they were seen."""
        content = {
            "route": self.route,
            "policies": self.policies,
            "lines": sorted(
                [x.entity, x.target, list(x.sources), x.transform, x.status == "rejected"]
                for x in self.lines
            ),
            "new_fields": sorted(
                [f.entity, f.label, f.type, list(f.choices)] for f in self.new_fields
            ),
            "maps": self.maps,
            "schemas": schemas,
        }
        text = json.dumps(content, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()

    def with_status(self, status: str) -> None:
        """Give every line that is not rejected this status."""
        self.lines = [
            line if line.status == "rejected" else replace(line, status=status)
            for line in self.lines
        ]


def read(path: Path) -> Mapping:
    """Read a mapping file. Raises MappingMissingError, MappingInvalidError."""
    if not path.exists():
        raise MappingMissingError(f"There is no {path.name}.", next_command="crossdock map propose")
    try:
        return parse(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise MappingInvalidError(
            f"{path.name} cannot be read: {error}.",
            next_command=f"repair {path}, or make it anew: crossdock map propose --overwrite",
        ) from error


def parse(text: str) -> Mapping:
    """Read a mapping from TOML."""
    content = tomllib.loads(text)
    entities = {k: v for k, v in content.items() if isinstance(v, dict) and "lines" in v}
    return Mapping(
        route=str(content.get("route", "")),
        policies={k: str(v) for k, v in content.get("policies", {}).items()},
        lines=[line for name, body in entities.items() for line in _lines(name, body)],
        new_fields=[f for name, body in entities.items() for f in _new_fields(name, body)],
        maps={
            name: {str(k): str(v) for k, v in entries.items()}
            for name, entries in content.get("maps", {}).items()
        },
        left_out=list(content.get("left_out", [])),
        confirmed={k: str(v) for k, v in content.get("confirmed", {}).items()},
    )


def _lines(entity: str, body: dict[str, Any]) -> Iterator[Line]:
    for entry in body["lines"]:
        yield Line(
            entity=entity,
            sources=_sources(entry["from"]),
            target=str(entry["to"]),
            transform=str(entry["by"]),
            confidence=float(entry.get("sure", 1.0)),
            reason=str(entry.get("why", "")),
            status=str(entry.get("status", "proposed")),
        )


def _new_fields(entity: str, body: dict[str, Any]) -> Iterator[NewField]:
    for label, spec in body.get("new_fields", {}).items():
        if isinstance(spec, str):
            yield NewField(entity, label, spec)
        else:
            yield NewField(entity, label, spec["type"], tuple(map(str, spec["choices"])))


def write(path: Path, mapping: Mapping, questions: dict[str, str], counts: dict[str, int]) -> None:
    """Write a mapping file.

    `questions` explains each policy; `counts` says how often each value of a value map occurs, by
    "map/value".
    """
    document = tomlkit.document()
    for line in _HEAD.strip().splitlines():
        document.add(tomlkit.comment(line))
    document["format"] = 1
    document["route"] = mapping.route
    document["policies"] = _policies(mapping, questions)
    for entity in mapping.entities():
        document[entity] = _entity(mapping, entity)
    document["maps"] = _maps(mapping, counts)
    if mapping.left_out:
        document["left_out"] = _left_out(mapping)
    if mapping.confirmed:
        signature = tomlkit.table()
        signature.update(mapping.confirmed)
        document["confirmed"] = signature
    write_text(path, tomlkit.dumps(document))


def mark_confirmed(path: Path, mapping: Mapping) -> None:
    """Write statuses and signature into a mapping file, leaving everything else as it stands."""
    file = tomlkit.parse(path.read_text("utf-8"))
    statuses = {(x.entity, x.target, x.sources): x.status for x in mapping.lines}
    for entity in mapping.entities():
        for entry in file[entity]["lines"]:
            key = (entity, str(entry["to"]), _sources(entry["from"]))
            entry["status"] = statuses.get(key, "proposed")
    signature = tomlkit.table()
    signature.update(mapping.confirmed)
    file["confirmed"] = signature
    write_text(path, tomlkit.dumps(file))


def _sources(value: Any) -> tuple[str, ...]:
    return (str(value),) if isinstance(value, str) else tuple(str(v) for v in value)


def _policies(mapping: Mapping, questions: dict[str, str]) -> Table:
    table = tomlkit.table()
    for name, value in mapping.policies.items():
        for line in questions.get(name, "").splitlines():
            table.add(tomlkit.comment(line))
        table.add(name, value)
    return table


def _entity(mapping: Mapping, entity: str) -> Table:
    table = tomlkit.table()
    lines: Array = tomlkit.array().multiline(True)
    for line in mapping.lines:
        if line.entity == entity:
            lines.append(_inline(line))
    table["lines"] = lines
    fields = [f for f in mapping.new_fields if f.entity == entity]
    if fields:
        new = tomlkit.table()
        for wanted in fields:
            if wanted.choices:
                spec = tomlkit.inline_table()
                spec.update({"type": wanted.type, "choices": list(wanted.choices)})
                new[wanted.label] = spec
            else:
                new[wanted.label] = wanted.type
        table["new_fields"] = new
    return table


def _inline(line: Line) -> InlineTable:
    entry = tomlkit.inline_table()
    entry["from"] = line.sources[0] if len(line.sources) == 1 else list(line.sources)
    entry["to"] = line.target
    entry["by"] = line.transform
    entry["status"] = line.status
    entry["sure"] = line.confidence
    entry["why"] = line.reason
    return entry


def _maps(mapping: Mapping, counts: dict[str, int]) -> Table:
    table = tomlkit.table()
    for name, entries in mapping.maps.items():
        body = tomlkit.table()
        for value, label in entries.items():
            item = tomlkit.string(label)
            occurs = counts.get(f"{name}/{value}")
            if occurs is not None:
                item.comment(f"{occurs} times")
            body[value] = item
        table[name] = body
    return table


def _left_out(mapping: Mapping) -> AoT:
    array = tomlkit.aot()
    for entry in mapping.left_out:
        item = tomlkit.table()
        item.update(entry)
        array.append(item)
    return array
