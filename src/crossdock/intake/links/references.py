"""The references between the objects of an export, read from `kinds.toml` and `references.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

#: Kinds whose names stand on lines with more words (`Oven clean (part 1 of 2)`): never rewritten.
_AS_WRITTEN = frozenset({"service", "product"})


@dataclass(frozen=True, slots=True)
class Kind:
    """What a reference can name: the object and the column in which the name stands.

    `state` is SQL over the object's typed row: NULL for a living record, else `deleted` or `void`.
    """

    name: str
    object: str
    column: str
    state: str = "NULL"
    names: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """A column that names records of another object (or of several kinds of objects).

    `code` is the finding that tells of names that lead nowhere; `condition` is SQL over the staged
    row that must hold for the column to be a reference.
    """

    code: str
    object: str
    column: str
    to: str
    kinds: tuple[Kind, ...]
    many: bool
    condition: str

    @property
    def spelled(self) -> bool:
        """Return whether later rooms see the record's own spelling in place of this one."""
        return self.to not in _AS_WRITTEN

    @property
    def names(self) -> bool:
        """Return whether the column holds words and not numbers."""
        return self.kinds[0].names


@cache
def kinds() -> dict[str, tuple[Kind, ...]]:
    """Return the kinds that each target of a reference stands for."""
    content = _read("kinds.toml")
    single = {
        name: Kind(
            name,
            entry["object"],
            entry["column"],
            entry.get("state", "NULL"),
            bool(entry.get("names")),
        )
        for name, entry in content.items()
        if "of" not in entry
    }
    return {
        name: tuple(single[part] for part in entry.get("of", [name]))
        for name, entry in content.items()
    }


def references(present: Collection[str]) -> list[Reference]:
    """Return the references between the objects that are present, in the order of the file."""
    return [
        reference
        for code, entry in _read("references.toml").items()
        for line in entry["from"].strip().splitlines()
        if (reference := _reference(code, entry["to"], line)).object in present
        and all(kind.object in present for kind in reference.kinds)
    ]


def _reference(code: str, to: str, line: str) -> Reference:
    found = re.fullmatch(r"(\w+)\.(\w+)( many)?(?: if (.+))?", line)
    assert found is not None, line
    name, column, many, condition = found.groups()
    return Reference(code, name, column, to, kinds()[to], bool(many), condition or "true")


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath(name).read_text("utf-8"))
