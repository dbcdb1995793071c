"""What one would expect of each object of a full export, from `expected.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Expected:
    """One object: what the move loses without it, and its columns that matter.

    `moment` is the column that says when a record came to be, empty where there is none; people
    can type it where it is `by_hand`. `numbers` is the column with numbers that count on. A key of
    `columns` names one column, or several of which one will do; its value says what the move loses.
    `filled` names further columns that are hardly ever empty in all rows.
    """

    without: str
    moment: str = ""
    by_hand: bool = False
    numbers: str = ""
    columns: Mapping[tuple[str, ...], str] = field(default_factory=dict)
    filled: tuple[str, ...] = ()


@cache
def expected() -> Mapping[str, Expected]:
    """Return what is expected, by object."""
    text = resources.files(__package__).joinpath("expected.toml").read_text("utf-8")
    return {name: _one(entry) for name, entry in tomllib.loads(text).items()}


def _one(entry: dict[str, object]) -> Expected:
    columns, filled = entry.get("columns", {}), entry.get("filled", [])
    assert isinstance(columns, dict) and isinstance(filled, list)
    return Expected(
        without=str(entry["without"]),
        moment=str(entry.get("moment", "")),
        by_hand=bool(entry.get("by_hand", False)),
        numbers=str(entry.get("numbers", "")),
        columns={tuple(names.split("|")): str(loss) for names, loss in columns.items()},
        filled=tuple(str(name) for name in filled),
    )
