"""What a column holds, from an expression of the source to SQL over a level's table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from crossdock.connectors.documents import NestedTable

Path = tuple[str, ...]

_BRACE = re.compile(r"\{([^{}]+)\}")
_INDEX = re.compile(r"\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class Names:
    """The columns of a level's table: by path, by path through lists, and handed down to it."""

    here: Mapping[Path, str] = field(default_factory=dict)
    through: Mapping[str, str] = field(default_factory=dict)
    handed_down: Mapping[str, str] = field(default_factory=dict)

    def text(self, ref: str) -> str | None:
        """Return SQL for the text that a reference names; None when no record has it."""
        if ref.startswith("^"):
            return self.handed_down.get(ref)
        if "[]" in ref:
            column = self.through.get(ref)
            once = f"list_filter({column}, lambda x, i: list_position({column}, x) = i)"
            return f"nullif(array_to_string({once}, '; '), '')" if column else None
        return self.here.get(path_of(ref))

    def column(self, expression: str) -> str | None:
        """Return SQL for an expression; None for a path that no record has."""
        if "{" not in expression:
            parts = [part for ref in refs(expression) if (part := self.text(ref))]
            if len(parts) > 1:
                return "coalesce(" + ", ".join(f"nullif({part}, '')" for part in parts) + ")"
            return parts[0] if parts else None
        return _BRACE.sub(lambda m: self._listed(m[1]), expression)

    def knows(self, expression: str) -> bool:
        """Return whether there is anything that an expression names."""
        return any(self._listed(ref) != _nothing(ref) for ref in refs(expression))

    def _listed(self, ref: str) -> str:
        """Return SQL for a reference in braces: a list of texts where it goes through lists."""
        found = self.through.get(ref) if "[]" in ref else self.text(ref)
        return found or _nothing(ref)


def _nothing(ref: str) -> str:
    return "NULL::VARCHAR[]" if "[]" in ref else "NULL::VARCHAR"


def refs(expression: str) -> list[str]:
    """Return the references of an expression."""
    if "{" in expression:
        return _BRACE.findall(expression)
    return [part.strip() for part in expression.split("|")]


def all_refs(tables: Iterable[NestedTable]) -> Iterator[str]:
    """Yield the references of all columns of some tables."""
    for table in tables:
        for _, expression in table.columns:
            yield from refs(expression)


def path_of(ref: str) -> Path:
    """Return a reference as a path: `names[0].first_name` is names, 0, first_name."""
    return tuple(_INDEX.sub(r".\1", ref).split("."))


def through_path(ref: str) -> str:
    """Return a reference through lists as a JSON path: `services[].service`."""
    parts = ref.split(".")
    return "$" + "".join(f'."{p.removesuffix("[]")}"' + "[*]" * p.endswith("[]") for p in parts)


def indexed(references: Iterable[str]) -> dict[Path, int]:
    """Return the lists whose elements are named by their place, with the last such place."""
    found: dict[Path, int] = {}
    for ref in references:
        for match in _INDEX.finditer(ref):
            path = path_of(ref[: match.start()])
            found[path] = max(found.get(path, 0), int(match[1]))
    return found


def columns_of_lists(table: NestedTable) -> list[Path]:
    """Return the lists of a record whose elements are columns of this table."""
    found = list(indexed(all_refs([table])))
    return [*found, path_of(table.pivot[0])] if table.pivot else found
