"""What a person decides on a line as it is. Each takes a mapping and returns a new one.

`who` is a person's name; `when` is ISO 8601, UTC, and comes from the caller's clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from crossdock.mapping.document import CONFIRMED, NEEDS_DECISION, REJECTED, Line, Mapping
from crossdock.mapping.reviewing.filters import HIGH, refused
from crossdock.model.times import Clock

#: The column of a record's source key: without it a later run makes every record again.
_KEY = ["key"]


@dataclass(frozen=True, slots=True)
class Decider:
    """Who decides, and the clock that says when."""

    who: str
    clock: Clock

    def now(self) -> str:
        """Return the moment as it is written into a line."""
        return self.clock.now().isoformat(timespec="seconds")


def accept(mapping: Mapping, line: Line, by: Decider) -> Mapping:
    """Take a line as it is. Raises ReviewError when another line fills its target already."""
    require_free(mapping, line, line.target)
    taken = with_line(mapping, line, line.decided(CONFIRMED, by.who, by.now()))
    return taken_back(taken, line.sources)


def reject(mapping: Mapping, line: Line, by: Decider, why: str = "") -> Mapping:
    """Leave a line out; a reason is added to the line's own.

    Raises ReviewError for the line that finds records again.
    """
    if line.columns == _KEY:
        raise refused(
            f"{line.name} finds the record again; without it a later run makes all records twice"
        )
    reason = f"{line.reason}; left out: {why.strip()}" if why else line.reason
    changed = replace(line, reason=reason.removeprefix("; "))
    return with_line(mapping, line, changed.decided(REJECTED, by.who, by.now()))


def accept_sure(
    mapping: Mapping, by: Decider, lines: Iterable[Line] | None = None
) -> tuple[Mapping, list[Line]]:
    """Take all open lines that are sure, of the given ones; those that need a decision stay open.

    Returns the mapping and the lines that were taken, as they were.
    """
    taken = sure(mapping.lines if lines is None else lines)
    for line in taken:
        mapping = accept(mapping, line, by)
    return mapping, taken


def sure(lines: Iterable[Line]) -> list[Line]:
    """Return the open lines that are sure and need no decision of their own.

    A value map is looked at on its own: what each status becomes is many decisions, not one.
    """
    return [
        line
        for line in lines
        if line.is_open
        and line.status != NEEDS_DECISION
        and line.confidence >= HIGH
        and line.value_map is None
    ]


def leave(mapping: Mapping, name: str, column: str, header: str, why: str, by: Decider) -> Mapping:
    """Leave a column of an object out, for a reason that is kept; its lines are rejected.

    `column` is its name in lines, `header` is what the export calls it. Raises ReviewError without
    a reason, for the column that finds records again, and for one of several columns of a line.
    """
    _require_reason(f"{name} {header}", why)
    source = f"{name}.{column}"
    for line in [x for x in mapping.lines if source in x.sources and x.status != REJECTED]:
        if len(line.sources) > 1:
            raise refused(
                f"{source} is one of several columns of {line.name}; reject that line, or take "
                "the column out of it in mapping.toml"
            )
        mapping = reject(mapping, line, by, why)
    return _noted(mapping, name, column, header, why, by)


def leave_line(mapping: Mapping, line: Line, header: str, why: str, by: Decider) -> Mapping:
    """Leave out one line, for a reason that is kept.

    Its columns count as left out when no other line takes them. `header` is what the export calls
    the column of a line that has one; it may be empty. Raises ReviewError as `leave` does.
    """
    _require_reason(line.name, why)
    mapping = reject(mapping, line, by, why)
    others = {
        source for other in mapping.lines if other.status != REJECTED for source in other.sources
    }
    for source in [source for source in line.sources if source not in others]:
        name, _, column = source.partition(".")
        shown = header if len(line.sources) == 1 and header else column
        mapping = _noted(mapping, name, column, shown, why, by)
    return mapping


def _noted(mapping: Mapping, name: str, column: str, header: str, why: str, by: Decider) -> Mapping:
    entry = {
        "object": name,
        "field": header,
        "column": column,
        "why": why.strip(),
        "who": by.who,
        "when": by.now(),
    }
    kept = [x for x in mapping.left_out if (x.get("object"), x.get("field")) != (name, header)]
    return replace(mapping, left_out=[*kept, entry])


def _require_reason(what: str, why: str) -> None:
    if not why.strip():
        raise refused(f"{what} is left out with a reason only")


def with_line(mapping: Mapping, old: Line, new: Line) -> Mapping:
    """Return the mapping with one line in the place of another."""
    return replace(mapping, lines=[new if line is old else line for line in mapping.lines])


def require_free(mapping: Mapping, line: Line, target: str) -> None:
    """Raise ReviewError when another line fills a target already: a field takes one value."""
    for other in mapping.active(line.entity):
        if other is not line and other.target.casefold() == target.casefold():
            raise refused(
                f"{line.entity}.{target} is filled from {' and '.join(other.sources)} already; "
                "reject that line first"
            )


def taken_back(mapping: Mapping, sources: Sequence[str]) -> Mapping:
    """Return the mapping without the note that a person left these columns out."""
    kept = [
        x for x in mapping.left_out if f"{x.get('object')}.{x.get('column', '')}" not in sources
    ]
    return replace(mapping, left_out=kept)
