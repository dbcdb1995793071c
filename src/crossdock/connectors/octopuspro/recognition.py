"""What a table of an export is: decided by its headers and values, never by its name.

A header is compared without case, stars, spaces and punctuation, with every word that a column was
ever called by, and with the product's own older words. Where a header says little ("Number",
"Reference"), its values do: `BOK-194` is a booking's number whatever stands above it. Certainty of
the prefixes: documented; of the headers, as the catalogue says.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from crossdock.connectors.base import Recognised, Sample, SourceObject
from crossdock.connectors.octopuspro.catalogue import (
    modern,
    names_of_columns,
    objects,
    spellings,
    squash,
    who_has,
)
from crossdock.connectors.octopuspro.detailed import lines_of, repeated_by
from crossdock.connectors.octopuspro.headers import is_custom, named

#: A table counts as an object from this likeness on, and with at least three common headers.
ENOUGH_ALIKE = 0.4
#: With five of them less is enough: an account may have many columns of its own.
_MANY_COMMON = 5
_LESS_ALIKE = 0.1
#: An object that is so much as alike as the best may be meant as well.
_AS_ALIKE = 0.9
#: How much likelier an object is whose own numbers stand in the table.
_OWN_NUMBERS = 1.15
#: How much less likely an object is whose own numbers do not.
_NO_NUMBERS = 0.6
#: Above the header there may be so many rows of titles.
_TITLE_ROWS = 25
#: A column holds an object's numbers when so many of its values begin as they do.
_MOST = 0.8
#: Headers that do not say what is numbered.
_VAGUE = frozenset(("id", "no", "nr", "num", "number", "ref", "reference", "code", "job", "record"))


def recognise(sample: Sample, only: str = "") -> Recognised | None:
    """Return what a table is, or None when it is like none of the objects."""
    best: Recognised | None = None
    rank = (0.0, 0.0)
    for place, row in enumerate(sample.rows[: _TITLE_ROWS + 1]):
        header = _Header(tuple(cell.strip() for cell in row), sample.rows[place + 1 :])
        for obj in header.candidates(only):
            likeness, common = header.likeness(obj), len(header.common(obj))
            found = _rank(likeness, common, only)
            if found > rank:
                rank, best = found, Recognised(obj.name, place, (), likeness)
    if best is None:
        return None
    chosen, rivals = _told_apart(best, sample, only)
    named = _with_columns(replace(best, object=chosen), sample)
    return named if named.lines else replace(named, rivals=rivals)


def _told_apart(best: Recognised, sample: Sample, only: str) -> tuple[str, tuple[str, ...]]:
    """Return which of the objects that are alike it is, and which it may be as well.

    A list of names, e-mails and telephones may be of customers or of field workers. Only then the
    name of the table counts; where it says nothing a person has to.
    """
    header = _Header(
        tuple(cell.strip() for cell in sample.rows[best.header]), sample.rows[best.header + 1 :]
    )
    likeliest = next(o for o in objects() if o.name == best.object)
    if header.has_numbers_of(likeliest):
        return best.object, ()
    common = len(header.common(likeliest))
    alike = [
        obj.name
        for obj in header.candidates(only)
        if obj.name == best.object
        or (header.likeness(obj) >= _AS_ALIKE * best.likeness and len(header.common(obj)) >= common)
    ]
    named = [name for name in alike if name.replace("_", "") in modern(sample.name)]
    if len(alike) == 1 or len(named) == 1:
        return (named or alike)[0], ()
    return best.object, tuple(name for name in alike if name != best.object)


def _rank(likeness: float, common: int, only: str) -> tuple[float, float]:
    """Return how good a guess is, the better the higher; (0, 0) for one that is none.

    Where no object is much alike, the one with most common headers is meant.
    """
    if likeness >= ENOUGH_ALIKE or (only and likeness > 0):
        return (99.0, likeness)
    many = likeness >= _LESS_ALIKE and common >= _MANY_COMMON
    return (common, likeness) if many else (0.0, 0.0)


def _with_columns(best: Recognised, sample: Sample) -> Recognised:
    """Name the columns; a list of lines that repeats its records is a detailed list of these."""
    headers = tuple(cell.strip() for cell in sample.rows[best.header])
    below = [row for row in sample.rows[best.header + 1 :] if len(row) == len(headers)]
    obj = next(o for o in objects() if o.name == best.object)
    obj = repeated_by(obj, headers) or obj
    told = _Header(headers, below).told(obj)
    columns = tuple(named(headers, told, obj))
    lines = lines_of(obj, headers, columns, below)
    return Recognised(obj.name, best.header, columns, best.likeness, lines)


@dataclass(slots=True)
class _Header:
    """A row that may be the header, and the rows below it."""

    headers: tuple[str, ...]
    below: Sequence[Sequence[str]]

    def candidates(self, only: str) -> list[SourceObject]:
        """Return the objects that have enough of these headers to be looked at."""
        own = self._own()
        if len(own) < 2:
            return []
        vague = sum(1 for h in own if squash(h) in _VAGUE)
        hits = Counter(name for h in own for name in who_has(squash(h)) | who_has(modern(h)))
        return [
            obj
            for obj in objects()
            if hits[obj.name] + vague >= min(3, len(obj.columns))
            and obj.name in (only or obj.name,)
        ]

    def likeness(self, candidate: SourceObject) -> float:
        """Return how alike a table is to an object, from 0 to 1.

        One side may have much more than the other: properties carry a column per field of their
        type, and an account may leave out columns it does not use.
        """
        own = self._own()
        hits = self.common(candidate)
        if len(hits) < min(3, len(candidate.columns)):
            return 0.0
        shares = (len(hits) / len(own), len(hits) / len(candidate.columns))
        alike = min(max(shares), 1.0) * (0.5 + 0.5 * min(shares))
        return min(alike * self._numbered(candidate, hits), 1.0)

    def common(self, candidate: SourceObject) -> set[str]:
        """Return the columns of an object that are among these headers."""
        known = names_of_columns(candidate.name)
        told = (*self._own(), *self.told(candidate))
        hits = {known.get(squash(h)) or known.get(modern(h)) for h in told}
        return {name for name in hits if name is not None}

    def _own(self) -> list[str]:
        return [h for h in self.headers if h and not is_custom(h)]

    def _numbered(self, candidate: SourceObject, hits: set[str]) -> float:
        """Return what the presence or absence of the candidate's own numbers says."""
        if candidate.prefix and candidate.key and candidate.key[0] not in hits:
            return _NO_NUMBERS
        return _OWN_NUMBERS if self.has_numbers_of(candidate) else 1.0

    def has_numbers_of(self, candidate: SourceObject) -> bool:
        """Return whether the column of an object's numbers is there and holds such numbers."""
        if not candidate.prefix or not candidate.key:
            return False
        key = next(c for c in candidate.columns if c.name == candidate.key[0])
        return any(
            _begin(candidate.prefix, self._values(place))
            for place, header in enumerate(self.told(candidate))
            if squash(header) in spellings(key)
        )

    def told(self, candidate: SourceObject) -> list[str]:
        """Return the headers, a vague one replaced by what its values number.

        A header that the candidate has itself is not vague.
        """
        told = list(self.headers)
        for place, header in enumerate(self.headers):
            if squash(header) not in _VAGUE or squash(header) in names_of_columns(candidate.name):
                continue
            values = self._values(place)
            for obj in objects():
                if obj.prefix and _begin(obj.prefix, values):
                    told[place] = obj.key[0].replace("_", " ")
        return told

    def _values(self, place: int) -> list[str]:
        """Return a column's values; the header may stand there again, once on every page."""
        cells = (row[place].strip() for row in self.below if len(row) == len(self.headers))
        return [cell for cell in cells if cell and cell != self.headers[place]]


def _begin(prefix: str, values: Sequence[str]) -> bool:
    """Return whether nearly all values begin with a prefix, with or without its hyphen."""
    pattern = re.compile(re.escape(prefix.rstrip("-")) + r"[-\s]?\w", re.IGNORECASE)
    hits = sum(1 for value in values if pattern.match(value))
    return bool(values) and hits / len(values) >= _MOST
