"""The contract of the proposer: a column with its profile, a place it could have, a scorer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from crossdock.model.fields import FieldType

#: The key of the place of everything that is the tenant's own and fits nowhere else.
OWN = "own"


@dataclass(frozen=True, slots=True)
class ColumnProfile:
    """One column of a list, with what its values are like.

    `object` is the source object that the list holds (`customer`), `header` is as it stands in the
    file, `column` is its name in the staged table. `type` and `choices` are what a new field for it
    would have. Counts are exact: `rows` of the list, `filled` and `distinct` values, characters of
    the `longest`. `shapes` gives the share of values, from 0 to 1, that look like a phone number,
    a postcode ... (see `shapes`); it is taken of the first `looked_at` values. `patterns` are some
    values with each letter as `a` or `A` and each digit as `9`: they show a shape and no person.
    `examples` are values as they stand.
    """

    object: str
    header: str
    column: str = ""
    type: FieldType = FieldType.TEXT
    rows: int = 0
    filled: int = 0
    distinct: int = 0
    longest: int = 0
    looked_at: int = 0
    shapes: Mapping[str, float] = field(default_factory=dict)
    choices: Sequence[str] = ()
    patterns: Sequence[str] = ()
    examples: Sequence[str] = ()

    @property
    def unique(self) -> float:
        """Return the share of values that stand there once or are the first of their kind."""
        return self.distinct / self.filled if self.filled else 0.0

    def share(self, shape: str) -> float:
        """Return the share of values that have a shape."""
        return self.shapes.get(shape, 0.0)


@dataclass(frozen=True, slots=True)
class Place:
    """Something that a column could be.

    `key` is `column:NAME` for a canonical column of the object, `field:ENTITY.NAME` for a field of
    the destination, or `own`. `label` is its name for people and `names` are all it is called by,
    the label among them. `becomes` says what the route makes of it at the destination, as
    `ENTITY.TARGET`. `choices` are those of a picklist there; `max_length` counts characters.
    """

    key: str
    label: str
    type: FieldType = FieldType.TEXT
    names: Sequence[str] = ()
    becomes: Sequence[str] = ()
    choices: Sequence[str] = ()
    max_length: int | None = None
    custom: bool = False

    @property
    def kind(self) -> str:
        """Return `column`, `field` or `own`."""
        return self.key.partition(":")[0]

    @property
    def name(self) -> str:
        """Return the canonical column's name, the field's name in the API, or `own`."""
        return self.key.partition(":")[2].rpartition(".")[2] or self.key

    @property
    def entity(self) -> str:
        """Return the entity of a destination's field; empty for other places."""
        return self.key.partition(":")[2].partition(".")[0] if self.kind == "field" else ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one scorer says for or against one place, from -1 (never) to 1 (certainly).

    `reason` is a short statement that a person can check, without a capital or a full stop: "all
    212 values look like phone numbers". An empty reason is not shown.
    """

    score: float
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What else is known of the list that a column stands in.

    `object` is the source object, `headers` are all headers of the list, `taken` are the keys of
    places that other columns of the list have for certain.
    """

    object: str
    headers: Sequence[str] = ()
    taken: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Asked:
    """One list that is asked about: its columns that nobody explained, and where they could go."""

    profiles: Sequence[ColumnProfile]
    places: Sequence[Place]
    around: Surroundings


class Scorer(Protocol):
    """One kind of evidence. A scorer reads, remembers nothing, and gives the same answer again."""

    @property
    def name(self) -> str:
        """Return the name of the evidence, which finds its weight: `names`, `values`, ..."""
        ...

    def score(
        self, profile: ColumnProfile, places: Sequence[Place], around: Surroundings
    ) -> Mapping[str, Evidence]:
        """Return evidence by the key of a place; a place that is left out is 0: nothing is known.

        Must not raise because of what a column holds, and never touches the network unless the
        scorer was made with a person's consent to that.
        """
        ...
