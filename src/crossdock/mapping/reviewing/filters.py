"""Which lines of a mapping a person wants to see, and in which order."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from crossdock.errors import ReviewError
from crossdock.mapping.document import CUSTOM, NEEDS_DECISION, REJECTED, Line, Mapping
from crossdock.mapping.document.model import STATUSES

#: Lines at least as sure as this may be accepted together.
HIGH: Final = 0.9


@dataclass(frozen=True, slots=True)
class Filter:
    """What a line must be; an empty text, or None, lets all pass.

    `object` is where a line's first column comes from; `below` is a confidence from 0 to 1 that
    the line does not reach; `search` are words that stand in its columns, target or reason.
    """

    object: str = ""
    entity: str = ""
    status: str = ""
    below: float | None = None
    search: str = ""

    def takes(self, line: Line) -> bool:
        """Return whether a line passes."""
        texts = (*line.sources, line.target, line.reason, line.transform)
        return (
            self.object in ("", object_of(line))
            and self.entity in ("", line.entity)
            and self.status in ("", line.status)
            and (self.below is None or line.confidence < self.below)
            and self.search.casefold() in " ".join(texts).casefold()
        )


def matching(mapping: Mapping, wanted: Filter) -> list[Line]:
    """Return the lines that pass, in file order.

    Raises ReviewError for an object, an entity or a status that no line has.
    """
    lines = mapping.lines
    _require_known("object", wanted.object, [object_of(line) for line in lines])
    _require_known("entity", wanted.entity, mapping.entities())
    if wanted.status not in ("", *STATUSES):
        raise refused(f"no line can have the status {wanted.status}; it is {', '.join(STATUSES)}")
    return [line for line in lines if wanted.takes(line)]


def to_decide(lines: Sequence[Line]) -> list[Line]:
    """Return the lines that nobody decided on: those that need it first, then the least sure."""
    waiting = [line for line in lines if line.is_open]
    return sorted(waiting, key=lambda line: (line.status != NEEDS_DECISION, line.confidence))


def object_of(line: Line) -> str:
    """Return the object that a line's first column is of."""
    return line.sources[0].partition(".")[0]


def find(mapping: Mapping, name: str) -> Line:
    """Return the line that a person named: `contact.phone`, `contact.custom:Gate code`, or with
    the bare label of a custom field.

    Where several lines name one target, the one that is not rejected is meant. Raises ReviewError
    when there is none.
    """
    entity, _, target = name.partition(".")
    wanted = {target.casefold(), (CUSTOM + target).casefold()}
    found = [x for x in mapping.lines if x.entity == entity and x.target.casefold() in wanted]
    if found:
        return min(found, key=lambda line: line.status == REJECTED)
    names = [line.name for line in mapping.lines]
    raise refused(f"there is no line {name}", name, names)


def refused(what: str, wrong: str = "", known: Sequence[str] = ()) -> ReviewError:
    """Return the error about a decision; of the `known` names, with those probably meant."""
    near = difflib.get_close_matches(wrong, known, 3) if wrong else []
    hint = f" (is it {' or '.join(near)}?)" if near else ""
    return ReviewError(f"Not decided: {what}{hint}.", next_command="crossdock map review --list")


def _require_known(kind: str, wanted: str, known: Sequence[str]) -> None:
    if wanted and wanted not in known:
        names = ", ".join(dict.fromkeys(known))
        raise refused(f"no line has the {kind} {wanted}; there are {names}")
