"""The lists to ask for: every object of the source, or only what an export lacks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crossdock.connectors.base import SourceObject
from crossdock.connectors.octopuspro.request.gaps import Gaps

#: Bank details of field workers stay in payroll: nothing is made of them, so nobody sends them.
NOT_ASKED = frozenset({"bank_name", "account_name", "bsb", "account_number"})

_WHY = {
    "needed": "a migration is not complete without it",
    "record": "its records move, or become part of the history",
    "settings": "it is read to understand the other lists, and not moved",
    "absent": "no file of the export holds it",
    "columns": "the export has the list without these columns",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """One list to ask for. `kind` is needed, record or settings, or absent or columns for gaps."""

    object: str
    label: str
    columns: tuple[str, ...]
    kind: str

    @property
    def why(self) -> str:
        """Return why it is asked for."""
        return _WHY[self.kind]


def wanted(objects: Sequence[SourceObject], gaps: Gaps | None) -> list[Wanted]:
    """Return every list, or with gaps those that an export lacks whole or in part."""
    if gaps is None:
        return [_whole(obj, _kind(obj)) for obj in objects]
    absent = [_whole(obj, "absent") for obj in objects if obj.name in gaps.absent]
    in_part = [
        Wanted(obj.name, obj.label, headers, "columns")
        for obj in objects
        if (headers := _headers(obj, gaps.columns.get(obj.name, ())))
    ]
    return absent + in_part


def _kind(obj: SourceObject) -> str:
    if obj.settings:
        return "settings"
    return "needed" if obj.needed else "record"


def _whole(obj: SourceObject, kind: str) -> Wanted:
    return Wanted(obj.name, obj.label, _headers(obj, [c.name for c in obj.columns]), kind)


def _headers(obj: SourceObject, names: Sequence[str]) -> tuple[str, ...]:
    return tuple(c.header for c in obj.columns if c.name in names and c.name not in NOT_ASKED)
