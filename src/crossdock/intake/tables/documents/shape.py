"""The places in the records of a list that can be read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from crossdock.intake.tables.documents.expressions import Path
from crossdock.intake.tables.documents.records import OBJECT, OBJECTS, TEXT, TEXTS, Count

#: An object with more keys than this is a map of something, and is kept as one text.
MOST_KEYS = 300


@dataclass(frozen=True, slots=True)
class Leaf:
    """A place in a record that can be read.

    `kind` is ``text``, ``texts`` (a list of them), ``mixed`` (now a text, now a list, now an object
    with places of its own), ``single`` (a text, where a list has columns for its elements),
    ``element`` (one of those), ``tail`` (the elements behind them), ``whole`` (whatever it is, as
    JSON), ``objects`` (a nested list of records).
    """

    path: Path
    kind: str
    behind: int = 0

    @property
    def pointer(self) -> str:
        """Return the JSON pointer to the place; of a tail, to its list."""
        return "".join("/" + key.replace("~", "~0").replace("/", "~1") for key in self.real_path)

    @property
    def real_path(self) -> Path:
        """Return the keys to the place; the last key of a tail's path only says what it is."""
        return self.path[:-1] if self.kind == "tail" else self.path


def leaves(count: Count, indexed: Mapping[Path, int], path: Path = ()) -> Iterator[Leaf]:
    """Yield the places of a record; `indexed` has lists whose first elements are columns."""
    for key, kind in count.keys.items():
        here = (*path, key)
        below = count.below.get(key, Count())
        if here in indexed and kind & (TEXTS | OBJECTS):
            yield from _elements(here, kind, below, indexed[here])
            if kind & OBJECT:
                yield from leaves(below, indexed, here)
            continue
        if kind & OBJECT and len(below.keys) > MOST_KEYS:
            yield Leaf(here, "whole")
            continue
        if kind in (0, TEXT):
            yield Leaf(here, "text")
        elif kind == TEXTS:
            yield Leaf(here, "texts")
        elif kind & (TEXT | TEXTS):
            yield Leaf(here, "mixed")
        if kind & OBJECT:
            yield from leaves(below, indexed, here)
        if kind & OBJECTS:
            yield Leaf(here, "objects")


def _elements(path: Path, kind: int, below: Count, last: int) -> Iterator[Leaf]:
    for place in range(last + 1):
        here = (*path, str(place))
        if kind & OBJECTS:
            for leaf in leaves(below, {}, here):
                yield Leaf(leaf.path, "whole") if leaf.kind == "objects" else leaf
        if kind & TEXTS:
            yield Leaf(here, "element")
    yield Leaf((*path, f"after {last + 1}"), "tail", behind=last + 1)
    if kind & TEXT:
        yield Leaf(path, "single")


def has_path(count: Count, path: Path) -> bool:
    """Return whether there is anything at a path below a place."""
    if path[0] not in count.keys:
        return False
    return len(path) == 1 or (path[0] in count.below and has_path(count.below[path[0]], path[1:]))
