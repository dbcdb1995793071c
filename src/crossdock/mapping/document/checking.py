"""What a mapping file may say, checked before anything is made of it.

Every complaint names the line of the file and says what to write instead.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping as Dict
from typing import Any, Final

from crossdock.mapping.document.model import CUSTOM, REJECTED, STATUSES
from crossdock.mapping.document.places import Places

FORMAT: Final = 2
#: The keys of one line, each with the type it has.
LINE_KEYS: Final[Dict[str, type | tuple[type, ...]]] = {
    "from": (str, list),
    "to": str,
    "by": str,
    "status": str,
    "sure": (int, float),
    "why": str,
    "samples": list,
    "who": str,
    "when": str,
}
_NEEDED: Final = ("from", "to", "by")
TABLES: Final = ("policies", "becomes", "maps", "confirmed")
_PLAIN: Final = ("format", "route", "left_out", *TABLES)
_TYPES: Final = {str: "a text", list: "a list", int: "a number", float: "a number", dict: "a table"}


class ComplaintError(ValueError):
    """Something in the file that is not as it should be."""

    def __init__(self, what: str, line: int | None = None) -> None:
        super().__init__(f"line {line}: {what}" if line else what)


def check(content: Dict[str, Any], places: Places) -> None:
    """Raise ComplaintError for the first thing that a mapping file must not say."""
    _check_top(content, places)
    for entity, body in content.items():
        if entity not in _PLAIN:
            _check_entity(entity, body, places)


def _check_top(content: Dict[str, Any], places: Places) -> None:
    found = content.get("format", FORMAT)
    if found != FORMAT:
        raise ComplaintError(
            f"format = {found!r} was written by another version; this one reads {FORMAT}",
            places.key("", "format"),
        )
    if not isinstance(content.get("route", ""), str):
        raise ComplaintError("route is not a text", places.key("", "route"))
    for name in TABLES:
        if not isinstance(content.get(name, {}), dict):
            raise ComplaintError(
                f"{name} is not a table", places.key("", name) or places.entry(name)
            )
    _check_texts("policies", content.get("policies", {}), places)
    _check_texts("confirmed", content.get("confirmed", {}), places)
    for name, entries in content.get("maps", {}).items():
        if not isinstance(entries, dict):
            raise ComplaintError(f"the value map {name} is not a table", places.key("maps", name))
        _check_texts(f"maps.{name}", entries, places)
    for name, entities in content.get("becomes", {}).items():
        _check_list(f"becomes.{name}", entities, places.key("becomes", name))
    left = content.get("left_out", [])
    if not isinstance(left, list) or not all(isinstance(entry, dict) for entry in left):
        raise ComplaintError("left_out is not a list of tables", places.entry("left_out"))


def _check_texts(table: str, entries: Dict[str, Any], places: Places) -> None:
    for key, value in entries.items():
        if not isinstance(value, str):
            raise ComplaintError(
                f'{table}: "{key}" is {_kind(value)} and must be a text', places.key(table, key)
            )


def _check_list(name: str, value: Any, line: int | None) -> None:
    if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
        raise ComplaintError(f"{name} is not a list of texts", line)


def _check_entity(entity: str, body: Any, places: Places) -> None:
    where = places.entry(entity) or places.entry(f"{entity}.lines") or places.key("", entity)
    if not isinstance(body, dict) or "lines" not in body:
        known = difflib.get_close_matches(entity, _PLAIN, 1)
        hint = f"; is it {known[0]}?" if known else ""
        raise ComplaintError(f"{entity} is no part of a mapping file{hint}", where)
    for key in body:
        if key not in ("lines", "new_fields"):
            raise ComplaintError(
                f"{entity} has lines and new_fields, and no {key}", places.key(entity, key)
            )
    lines = body["lines"]
    if not isinstance(lines, list) or not all(isinstance(entry, dict) for entry in lines):
        raise ComplaintError(f"{entity}.lines is not a list of tables", where)
    for index, entry in enumerate(lines):
        _check_line(entity, index, entry, places)
    _check_targets(entity, lines, places)
    _check_new_fields(entity, body.get("new_fields", {}), places)


def _check_line(entity: str, index: int, entry: Dict[str, Any], places: Places) -> None:
    table = f"{entity}.lines"

    def complain(what: str, key: str = "") -> ComplaintError:
        name = f"{entity}.{entry.get('to', '?')}"
        return ComplaintError(f"{name}: {what}", places.key(table, key, index))

    for key, value in entry.items():
        if key not in LINE_KEYS:
            near = difflib.get_close_matches(key, LINE_KEYS, 1)
            hint = f"; is it {near[0]}?" if near else f"; it may have {', '.join(LINE_KEYS)}"
            raise complain(f"there is no {key}{hint}", key)
        if not isinstance(value, LINE_KEYS[key]) or isinstance(value, bool):
            raise complain(f"{key} is {_kind(value)} and must be {_wanted(LINE_KEYS[key])}", key)
    for key in _NEEDED:
        if not entry.get(key):
            raise complain(f"{key} is missing", key)
    for source in [entry["from"]] if isinstance(entry["from"], str) else entry["from"]:
        if not isinstance(source, str) or not all(source.partition(".")):
            raise complain(f"from is {source!r} and must be object.column", "from")
    if entry["to"] == CUSTOM:
        raise complain("the label of the custom field is missing", "to")
    if entry.get("status", STATUSES[0]) not in STATUSES:
        raise complain(
            f'status is "{entry["status"]}" and none of: {", ".join(STATUSES)}', "status"
        )
    if not 0 <= entry.get("sure", 1) <= 1:
        raise complain("sure runs from 0 to 1", "sure")
    _check_list(f"{entity}.{entry['to']} samples", entry.get("samples", []), None)


def _check_targets(entity: str, lines: list[Dict[str, Any]], places: Places) -> None:
    """A field takes one value: two lines for one target would overwrite each other."""
    first: dict[str, int] = {}
    for index, entry in enumerate(lines):
        if entry.get("status") == REJECTED:
            continue
        target = entry["to"].casefold()
        if target in first:
            one = places.key(f"{entity}.lines", "to", first[target])
            raise ComplaintError(
                f"{entity}.{entry['to']} is filled twice, "
                + (f"first on line {one}; " if one else "")
                + 'set status = "rejected" on one of them, or join the columns in one line',
                places.key(f"{entity}.lines", "to", index),
            )
        first[target] = index


def _check_new_fields(entity: str, fields: Any, places: Places) -> None:
    table = f"{entity}.new_fields"
    if not isinstance(fields, dict):
        raise ComplaintError(f"{table} is not a table", places.entry(table))
    for label, spec in fields.items():
        where = places.key(table, label)
        if isinstance(spec, dict):
            if set(spec) != {"type", "choices"}:
                raise ComplaintError(
                    f'{table}: "{label}" needs type and choices, and no more', where
                )
            _check_list(f'{table}: the choices of "{label}"', spec["choices"], where)
        if not isinstance(spec["type"] if isinstance(spec, dict) else spec, str):
            raise ComplaintError(f'{table}: the type of "{label}" is not a text', where)


def _kind(value: Any) -> str:
    return "yes or no" if isinstance(value, bool) else _TYPES.get(type(value), "a date")


def _wanted(kinds: type | tuple[type, ...]) -> str:
    named = kinds if isinstance(kinds, tuple) else (kinds,)
    return " or ".join(dict.fromkeys(_TYPES[kind] for kind in named))
