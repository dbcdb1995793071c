"""The JSON Schema of mapping.toml: editors complete and check the file with it."""

from __future__ import annotations

from typing import Any, Final

from crossdock.mapping.document.checking import FORMAT, LINE_KEYS
from crossdock.mapping.document.model import STATUSES

#: The schema is written beside each mapping file; the file's first line names it.
SCHEMA_FILE: Final = "mapping.schema.json"

_TEXTS: Final = {"type": "object", "additionalProperties": {"type": "string"}}
_WORDS: Final = {
    "from": "One column of the export as object.column, or a list of them.",
    "to": 'A field of the destination by its API name, or "custom:Label" for a custom field.',
    "by": "A transform by its name, or sql:EXPRESSION.",
    "status": "What a person decided. Nothing moves while a line is proposed or needs a decision.",
    "sure": "How sure the proposal is, from 0 to 1.",
    "why": "The reason in words.",
    "samples": "Values as the export has them.",
    "who": "Who decided on the line.",
    "when": "When, in UTC.",
}


def json_schema(
    transforms: list[str], entities: list[str], policies: dict[str, Any]
) -> dict[str, Any]:
    """Return the schema, which knows the names of transforms, the entities, and each policy's
    values: a list of choices, or a pattern as text."""
    return {
        "title": "Crossdock mapping",
        "type": "object",
        "required": ["format", "route", "policies"],
        "additionalProperties": False,
        "properties": {
            "format": {"const": FORMAT},
            "route": {"type": "string"},
            "policies": _policies(policies),
            "left_out": {"type": "array", "items": _TEXTS},
            "becomes": {"type": "object", "additionalProperties": _list()},
            "maps": {"type": "object", "additionalProperties": _TEXTS},
            "confirmed": _TEXTS,
            **{entity: {"$ref": "#/definitions/entity"} for entity in entities},
        },
        "definitions": {"entity": _entity(), "line": _line(transforms)},
    }


def _policies(policies: dict[str, Any]) -> dict[str, Any]:
    values = {
        name: {"enum": allowed} if isinstance(allowed, list) else {"pattern": allowed}
        for name, allowed in policies.items()
    }
    return {"type": "object", "additionalProperties": False, "properties": values}


def _entity() -> dict[str, Any]:
    new_field = {
        "oneOf": [
            {"type": "string"},
            {
                "type": "object",
                "required": ["type", "choices"],
                "additionalProperties": False,
                "properties": {"type": {"type": "string"}, "choices": _list()},
            },
        ]
    }
    return {
        "type": "object",
        "required": ["lines"],
        "additionalProperties": False,
        "properties": {
            "lines": {"type": "array", "items": {"$ref": "#/definitions/line"}},
            "new_fields": {"type": "object", "additionalProperties": new_field},
        },
    }


def _line(transforms: list[str]) -> dict[str, Any]:
    source = {"type": "string", "pattern": r"^[^.]+\..+$"}
    kinds: dict[str, dict[str, Any]] = {
        "from": {"oneOf": [source, {"type": "array", "minItems": 1, "items": source}]},
        "to": {"type": "string", "minLength": 1},
        "by": {"anyOf": [{"enum": transforms}, {"type": "string", "pattern": "^[a-z_]+:"}]},
        "status": {"enum": list(STATUSES)},
        "sure": {"type": "number", "minimum": 0, "maximum": 1},
        "samples": _list(),
    }
    return {
        "type": "object",
        "required": ["from", "to", "by"],
        "additionalProperties": False,
        "properties": {
            key: kinds.get(key, {"type": "string"}) | {"description": _WORDS[key]}
            for key in LINE_KEYS
        },
    }


def _list() -> dict[str, Any]:
    return {"type": "array", "items": {"type": "string"}}
