"""From objects to the text of a mapping file, and back into a file that a person has edited."""

from __future__ import annotations

from collections.abc import Mapping as Dict
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.items import AoT, Table

from crossdock.mapping.document.checking import FORMAT
from crossdock.mapping.document.model import PROPOSED, Line, Mapping, NewField
from crossdock.mapping.document.schema import SCHEMA_FILE
from crossdock.project import write_text

_HEAD = """The mapping of this migration. Each block says from which column(s) of the export, to
which field of the destination, by which transform, how sure the proposal is, and why.
Nothing is written into the destination before this file is confirmed:
    crossdock map review            to go through it
    crossdock map confirm --by NAME
Change a line here, or set status = "rejected" to leave a field out.
"""


def write(path: Path, mapping: Mapping, questions: Dict[str, str], counts: Dict[str, int]) -> None:
    """Write a mapping file anew.

    `questions` explains each policy; `counts` says how often each value of a value map occurs, by
    "map/value".
    """
    file = tomlkit.document()
    for line in _HEAD.strip().splitlines():
        file.add(tomlkit.comment(line))
    file["format"] = FORMAT
    file["route"] = mapping.route
    file["policies"] = _policies(mapping, questions)
    if mapping.becomes:
        file["becomes"] = _becomes(mapping)
    for entity in mapping.entities():
        file[entity] = _entity(mapping, entity)
    file["maps"] = _maps(mapping, counts)
    if mapping.left_out:
        file["left_out"] = _left_out(mapping)
    if mapping.confirmed:
        file["confirmed"] = dict(mapping.confirmed)
    write_text(path, f"#:schema ./{SCHEMA_FILE}\n{tomlkit.dumps(file)}")


def save(path: Path, mapping: Mapping) -> None:
    """Write what a person decided into the file; comments and everything else stay as they are.

    The nth line of an entity stays its nth line: lines may be changed and added, not taken away.
    """
    file = tomlkit.parse(path.read_text("utf-8"))
    for entity in mapping.entities():
        body = file.setdefault(entity, tomlkit.table())
        entries = body.setdefault("lines", tomlkit.aot())
        for index, line in enumerate(mapping.of(entity)):
            if index < len(entries):
                _change(entries[index], _said(line, entries[index]))
            else:
                entries.append(_block(line))
        _save_fields(body, mapping, entity)
    for name, value in mapping.policies.items():
        if file["policies"].get(name) != value:
            file["policies"][name] = value
    for name, labels in mapping.maps.items():
        _change(file["maps"].setdefault(name, tomlkit.table()), labels, keep=True)
    if mapping.left_out or "left_out" in file:
        file["left_out"] = _left_out(mapping)
    signature = tomlkit.table()
    signature.update(mapping.confirmed)
    file.pop("confirmed", None)
    if mapping.confirmed:
        file["confirmed"] = signature
    write_text(path, tomlkit.dumps(file))


def _said(line: Line, there: Any) -> dict[str, Any]:
    """Return a line's keys, without those that say no more than their absence does."""
    usual = {"status": PROPOSED, "sure": 1.0, "why": ""}
    return {k: v for k, v in _entry(line).items() if k in there or usual.get(k) != v}


def _save_fields(body: Any, mapping: Mapping, entity: str) -> None:
    wanted = [f for f in mapping.new_fields if f.entity == entity]
    if wanted or "new_fields" in body:
        there = body.setdefault("new_fields", tomlkit.table())
        _change(there, {f.label: _field(f) for f in wanted}, keep=True)
        for label in [label for label in there if label not in {f.label for f in wanted}]:
            del there[label]


def _change(there: Any, wanted: Dict[str, Any], keep: bool = False) -> None:
    """Change the values that differ, and only those; drop keys that are no longer wanted."""
    for key, value in wanted.items():
        if key not in there or there[key] != value:
            comment = there[key].trivia.comment if key in there else ""
            there[key] = value
            if comment:
                there[key].comment(comment.removeprefix("# "))
    for key in [] if keep else [key for key in there if key not in wanted]:
        del there[key]


def _policies(mapping: Mapping, questions: Dict[str, str]) -> Table:
    table = tomlkit.table()
    for name, value in mapping.policies.items():
        for line in questions.get(name, "").splitlines():
            table.add(tomlkit.comment(line))
        table.add(name, value)
    return table


def _becomes(mapping: Mapping) -> Table:
    table = tomlkit.table()
    table.add(tomlkit.comment("what the records of each list of the export become"))
    for name, entities in mapping.becomes.items():
        table.add(name, list(entities))
    return table


def _entity(mapping: Mapping, entity: str) -> Table:
    table = tomlkit.table(is_super_table=True)
    fields = [f for f in mapping.new_fields if f.entity == entity]
    if fields:
        new = tomlkit.table()
        new.update({wanted.label: _field(wanted) for wanted in fields})
        table["new_fields"] = new
    lines = tomlkit.aot()
    for line in mapping.of(entity):
        lines.append(_block(line))
    table["lines"] = lines
    return table


def _field(wanted: NewField) -> Any:
    if not wanted.choices:
        return wanted.type
    spec = tomlkit.inline_table()
    spec.update({"type": wanted.type, "choices": list(wanted.choices)})
    return spec


def _block(line: Line) -> Table:
    table = tomlkit.table()
    table.update(_entry(line))
    return table


def _entry(line: Line) -> dict[str, Any]:
    """Return a line's keys as the file has them; what is empty is left out."""
    entry: dict[str, Any] = {
        "from": line.sources[0] if len(line.sources) == 1 else list(line.sources),
        "to": line.target,
        "by": line.transform,
        "status": line.status,
        "sure": line.confidence,
        "why": line.reason,
    }
    others = {"samples": list(line.samples), "who": line.who, "when": line.when}
    return entry | {key: value for key, value in others.items() if value}


def _maps(mapping: Mapping, counts: Dict[str, int]) -> Table:
    table = tomlkit.table(is_super_table=True)
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
