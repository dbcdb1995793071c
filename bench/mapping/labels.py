"""Labelled lists: a header, some values, and what the column is."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "labels"


@dataclass(frozen=True, slots=True)
class Label:
    """One column: any of `right` is right; `type` and `choices` are those of a field of its own."""

    header: str
    values: Sequence[str]
    right: frozenset[str]
    type: str = ""
    choices: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class LabelledList:
    """One list of an object, of some kind: documented, renamed, abbreviated ..."""

    name: str
    kind: str
    object: str
    columns: Sequence[Label]


def read(part: str) -> list[LabelledList]:
    """Return the lists of a part, `tune` or `held`, in the order of their files."""
    return [_list(path) for path in sorted((FOLDER / part).glob("*.toml"))]


def _list(path: Path) -> LabelledList:
    content = tomllib.loads(path.read_text("utf-8"))
    columns = []
    for entry in content["columns"]:
        right = entry["is"] if isinstance(entry["is"], list) else [entry["is"]]
        columns.append(
            Label(
                entry["header"],
                tuple(entry["values"]),
                frozenset(right),
                entry.get("type", ""),
                frozenset(entry.get("choices", ())),
            )
        )
    return LabelledList(content["name"], content["kind"], content["object"], tuple(columns))
