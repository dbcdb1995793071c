"""The proposer on labelled lists: what it says, and whether that is right."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import duckdb

from bench.mapping.account import description
from bench.mapping.labels import Label, LabelledList
from crossdock.connectors.octopuspro.catalogue import objects
from crossdock.mapping import document
from crossdock.mapping.proposing import (
    OWN,
    ColumnProfile,
    ColumnProposal,
    Place,
    Surroundings,
    places_of,
    propose_columns,
    sampled,
)
from crossdock.project import configure
from crossdock.routes.octopuspro_freshsales import ROUTE

#: The ways in which the labelled lists write dates; a list of an export has those of its export.
FORMATS = (
    "%Y-%m-%d",
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%d/%m/%y",
    "%d-%m-%Y",
    "%d %b %Y",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%d %H:%M:%S",
    "%d/%m/%Y %H:%M",
    "%m/%d/%Y %H:%M",
    "%d/%m/%Y %I:%M %p",
    "%m/%d/%Y %I:%M %p",
    "%d %b %Y %H:%M",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%dT%H:%M:%SZ",
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What was proposed for one labelled column."""

    list: LabelledList
    label: Label
    proposal: ColumnProposal

    @property
    def is_right(self) -> bool:
        """Return whether the chosen place is right."""
        return self.proposal.place.key in self.label.right

    @property
    def is_among_three(self) -> bool:
        """Return whether a right place is among the three shown."""
        return any(c.place.key in self.label.right for c in self.proposal.candidates)

    @property
    def has_right_type(self) -> bool | None:
        """Return whether the new field's type is right; None where no new field is right."""
        if not self.label.type or OWN not in self.label.right:
            return None
        return str(self.proposal.profile.type) == self.label.type


def places(object_name: str) -> list[Place]:
    """Return the places of an object in an account on its first day."""
    obj = next(o for o in objects() if o.name == object_name)
    lines = document.parse(ROUTE.default_mapping()).lines
    return places_of(obj, description(), lines)


def profiles(connection: duckdb.DuckDBPyConnection, one: LabelledList) -> list[ColumnProfile]:
    """Return the profiles of a labelled list's columns."""
    columns = [(label.header, label.values) for label in one.columns]
    return sampled(connection, one.object, columns, FORMATS)


def around(one: LabelledList) -> Surroundings:
    """Return what is known of a list beside one of its columns."""
    return Surroundings(one.object, tuple(label.header for label in one.columns))


def answers(lists: Sequence[LabelledList]) -> Iterator[Answer]:
    """Propose for every column of every list, each list on its own."""
    with duckdb.connect() as connection:
        configure(connection)
        for one in lists:
            found = propose_columns(profiles(connection, one), places(one.object), around(one))
            for label, proposal in zip(one.columns, found, strict=True):
                yield Answer(one, label, proposal)


def seconds_for(columns: int, lists: Sequence[LabelledList]) -> tuple[float, float]:
    """Return the seconds that profiles and proposals of so many columns take, as one list.

    The columns are those of the lists, over and over, each with a number behind its header.
    """
    wanted: list[Label] = []
    customers = [x for x in lists if x.object in ("customer", "booking")]
    while len(wanted) < columns:
        wanted += [
            Label(f"{label.header} {len(wanted) + at}", label.values, label.right)
            for at, label in enumerate(c for one in customers for c in one.columns)
        ]
    one = LabelledList("many", "", "customer", wanted[:columns])
    offered = places("customer")
    with duckdb.connect() as connection:
        configure(connection)
        begun = time.perf_counter()
        profiled = profiles(connection, one)
        between = time.perf_counter()
        propose_columns(profiled, offered, around(one))
        return between - begun, time.perf_counter() - between
