"""A new proposal, and what a person decided on the last one: the decisions stay.

A line is a person's when somebody confirmed, rejected or signed it, or when it differs from what
was proposed last. What nobody touched follows the new proposal. Columns and values that are not
in the export any more are dropped and told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from collections.abc import Mapping as Dict
from dataclasses import dataclass, field, replace

from crossdock.mapping.document import CUSTOM, PROPOSED, REJECTED, Line, Mapping, NewField

#: The columns that the route's tables have, by entity.
Columns = Dict[str, Collection[str]]


@dataclass(slots=True)
class Merged:
    """A mapping after a new proposal: lines that a person decided on (`kept`), that are new, and
    what is gone; `values` are new values of value maps. All but `mapping` are names."""

    mapping: Mapping
    kept: list[str] = field(default_factory=list)
    new: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    values: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, list[str]]:
        """Return what happened as the `--json` output shows it."""
        return {"kept": self.kept, "new": self.new, "gone": self.gone, "new_values": self.values}


def merge(before: Mapping, proposed: Mapping, last: Mapping | None, columns: Columns) -> Merged:
    """Return the mapping that keeps a person's decisions and follows the proposal elsewhere.

    `before` is the file as it stands, `last` is what was proposed the last time (None: nobody
    knows; then only lines that carry a name, or that are decided, are a person's).
    """
    merged = Merged(replace(proposed, policies={**proposed.policies, **_known(before, proposed)}))
    stays = _stays(before, proposed, last, columns, merged)
    lines = _lines(stays, before, proposed, last)
    known = {_place(line) for line in before.lines}
    merged.new = [line.name for line in lines if _place(line) not in known]
    merged.mapping = replace(
        merged.mapping,
        lines=lines,
        new_fields=_fields(before, proposed, lines),
        maps=_maps(before, proposed, merged),
        left_out=_left_out(before, proposed, lines),
        confirmed=before.confirmed,
        becomes={**proposed.becomes, **before.becomes},
    )
    merged.mapping.lines = [_reopened(line, merged.values) for line in lines]
    return merged


def _known(before: Mapping, proposed: Mapping) -> dict[str, str]:
    """Return the policies that were chosen, as far as they still exist."""
    return {name: value for name, value in before.policies.items() if name in proposed.policies}


def _stays(
    before: Mapping, proposed: Mapping, last: Mapping | None, columns: Columns, merged: Merged
) -> list[Line]:
    """Return the lines that a person decided on and that can still be had."""
    was = {_said(line) for line in last.lines} if last else None
    offered = {(line.entity, line.sources) for line in proposed.lines}
    stays = []
    for line in before.lines:
        is_there = all(name in columns.get(line.entity, ()) for name in line.columns)
        by_hand = was is not None and _said(line) not in was
        if not is_there:
            merged.gone.append(line.name)
        elif not line.is_open or line.who or by_hand:
            merged.kept.append(line.name)
            stays.append(line)
        elif (line.entity, line.sources) not in offered:
            merged.gone.append(line.name)
    return stays


def _lines(
    stays: list[Line], before: Mapping, proposed: Mapping, last: Mapping | None
) -> list[Line]:
    """Return the kept lines, and the proposed ones for which there is room, by entity."""
    entities = list(dict.fromkeys([*proposed.entities(), *(line.entity for line in stays)]))
    there = {_place(line) for line in before.lines}
    taken_out = {_place(line) for line in last.lines} - there if last else set()
    lines: list[Line] = []
    for entity in entities:
        kept = [line for line in stays if line.entity == entity]
        offered = [line for line in proposed.of(entity) if _place(line) not in taken_out]
        fresh = {_place(line): line for line in offered}
        kept = [_refreshed(line, fresh.get(_place(line))) for line in kept]
        lines += [*kept, *_offered(kept, offered)]
    return lines


def _offered(kept: list[Line], offered: list[Line]) -> Iterator[Line]:
    """Yield the proposed lines that no kept line stands for; a label that is taken gets a mark.

    A kept line stands for the proposed one from the same columns, wherever it goes now.
    """
    same = {_place(line) for line in kept} & {_place(line) for line in offered}
    moved = Counter(line.sources for line in kept if _place(line) not in same)
    taken = {line.target.casefold() for line in kept}
    for line in offered:
        if _place(line) in same:
            continue
        if moved[line.sources]:
            moved[line.sources] -= 1
        elif line.target.casefold() not in taken:
            yield line
        elif _own(line):
            yield replace(line, target=f"{CUSTOM}{line.label} (OctopusPro)")


def _own(line: Line) -> bool:
    """Return whether a line takes a column of the tenant's own, which has one place only."""
    return all(name.startswith(("cf_", "own_")) for name in line.columns)


def _refreshed(line: Line, fresh: Line | None) -> Line:
    """Return a kept line with the values that the export has now."""
    return replace(line, samples=fresh.samples) if fresh else line


def _fields(before: Mapping, proposed: Mapping, lines: list[Line]) -> list[NewField]:
    """Return the new fields that lines fill, as a person left them, with the choices of today."""
    asked = {(f.entity, f.label): f for f in proposed.new_fields}
    found = {(f.entity, f.label): f for f in before.new_fields}
    made: dict[tuple[str, str], NewField] = {}
    for line in lines:
        key = (line.entity, line.label)
        bare = (line.entity, line.label.removesuffix(" (OctopusPro)"))
        wanted, old = asked.get(key) or asked.get(bare), found.get(key)
        if not line.is_custom or not (old or wanted):
            continue
        kept = old if old and not (line.is_open and not line.who and wanted) else wanted
        if kept:
            more = wanted.choices if wanted and kept.choices else ()
            choices = tuple(dict.fromkeys([*kept.choices, *more]))
            made[key] = replace(kept, label=line.label, choices=choices)
    return list(made.values())


def _maps(before: Mapping, proposed: Mapping, merged: Merged) -> dict[str, dict[str, str]]:
    """Return the value maps: what a value becomes stays, new values come, vanished ones go."""
    maps: dict[str, dict[str, str]] = {}
    for name in dict.fromkeys([*proposed.maps, *before.maps]):
        old, new = before.maps.get(name, {}), proposed.maps.get(name)
        if new is None:
            maps[name] = old
            continue
        maps[name] = {value: old.get(value, label) for value, label in new.items()}
        if old:
            merged.values += [f"{name}/{value}" for value in new if value not in old]
            merged.gone += [f"{name}/{value}" for value in old if value not in new]
    return maps


def _left_out(before: Mapping, proposed: Mapping, lines: list[Line]) -> list[dict[str, str]]:
    """Return what is left out: by the proposal, and by a person unless the line is back."""
    said = [entry for entry in before.left_out if entry.get("who")]
    named = {(entry.get("object"), entry.get("field")) for entry in said}
    active = {source for x in lines if x.status != REJECTED for source in x.sources}
    others = [x for x in proposed.left_out if (x.get("object"), x.get("field")) not in named]
    kept = [x for x in said if f"{x.get('object')}.{x.get('column')}" not in active]
    return [*others, *kept]


def _reopened(line: Line, values: Collection[str]) -> Line:
    """Return a line as open again when its value map got values that nobody has seen."""
    name = line.value_map
    fresh = [x.partition("/")[2] for x in values if x.partition("/")[0] == name]
    if not fresh or line.status == REJECTED:
        return line
    reason = f"{line.reason}; new values: {', '.join(fresh[:3])}"
    return replace(line, status=PROPOSED, reason=reason, who="", when="")


def _place(line: Line) -> tuple[str, tuple[str, ...], str]:
    return line.entity, line.sources, line.target


def _said(line: Line) -> tuple[str, tuple[str, ...], str, str]:
    return line.entity, line.sources, line.target, line.transform
