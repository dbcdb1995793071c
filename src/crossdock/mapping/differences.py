"""What changed between two versions of a mapping, line by line, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from crossdock.mapping.document import REJECTED, Line, Mapping

#: How an empty text is shown.
_NOTHING = "(nothing)"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: `where` in the file, what stood there and what stands there now.

    An empty text means that it was not there, or is not there any more.
    """

    where: str
    before: str
    after: str

    def __str__(self) -> str:
        """Return the difference in words."""
        if not self.before:
            return f"{self.where} is new: {self.after}"
        if not self.after:
            return f"{self.where} is gone (it was {self.before})"
        return f"{self.where} is now {self.after} (it was {self.before})"

    def as_json(self) -> dict[str, str]:
        """Return the difference as the `--json` output shows it."""
        return {"where": self.where, "before": self.before, "after": self.after}


def changes(before: Mapping, after: Mapping) -> list[Change]:
    """Return every difference that decides what is written; other texts are not compared."""
    return [
        *_texts("the policy ", before.policies, after.policies),
        *_lines(before, after),
        *_texts("the new field ", _fields(before), _fields(after)),
        *_maps(before, after),
        *_texts("left out: ", _left_out(before), _left_out(after)),
    ]


def _lines(before: Mapping, after: Mapping) -> Iterator[Change]:
    old, new = _by_name(before), _by_name(after)
    for name in dict.fromkeys([*old, *new]):
        said, says = old.get(name, []), new.get(name, [])
        if sorted(said) != sorted(says):
            yield Change(name, "; ".join(said), "; ".join(says))


def _by_name(mapping: Mapping) -> dict[str, list[str]]:
    """Return what fills each target; a rejected line of which another one took the place says
    nothing."""
    found: dict[str, list[str]] = {}
    for line in mapping.lines:
        found.setdefault(line.name, []).append(_said(line))
    return {
        name: [text for text in texts if text != REJECTED] or [REJECTED]
        for name, texts in found.items()
    }


def _said(line: Line) -> str:
    if line.status == REJECTED:
        return REJECTED
    return f"{' and '.join(line.sources)} by {line.transform}"


def _fields(mapping: Mapping) -> dict[str, str]:
    return {
        f"{f.entity} {f.label}": f.type + (f" of {', '.join(f.choices)}" if f.choices else "")
        for f in mapping.new_fields
    }


def _left_out(mapping: Mapping) -> dict[str, str]:
    return {
        f"{entry.get('object', '')} {entry.get('field', '')}": entry.get("why", "") or _NOTHING
        for entry in mapping.left_out
    }


def _maps(before: Mapping, after: Mapping) -> Iterator[Change]:
    for name in sorted({*before.maps, *after.maps}):
        old, new = before.maps.get(name, {}), after.maps.get(name, {})
        yield from _texts(f"maps.{name} ", old, new)


def _texts(kind: str, before: dict[str, str], after: dict[str, str]) -> Iterator[Change]:
    for key in dict.fromkeys([*before, *after]):
        old, new = before.get(key), after.get(key)
        if old != new:
            yield Change(kind + key, _shown(old), _shown(new))


def _shown(text: str | None) -> str:
    return "" if text is None else text or _NOTHING
