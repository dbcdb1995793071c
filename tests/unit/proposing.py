"""Small lists for the proposer: headers with some values, and what is proposed for them."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from crossdock.connectors.base import Description
from crossdock.connectors.octopuspro.catalogue import objects
from crossdock.mapping.proposing import (
    ColumnProfile,
    ColumnProposal,
    Place,
    Surroundings,
    places_of,
    propose_columns,
    sampled,
)
from crossdock.model.fields import Choice, Entity, Field, FieldType
from crossdock.project import configure

FORMATS = ("%d/%m/%Y", "%Y-%m-%d", "%d/%m/%Y %H:%M")
PHONES = ("0491 570 006", "0491 570 156", "0491 570 157")
NAMES = ("Orla", "Pete", "Quinn")
Columns = Sequence[tuple[str, Sequence[str]]]

#: An account with some standard fields and two custom ones.
ACCOUNT = Description(
    "",
    {
        "contact": Entity(
            "contact",
            "Contact",
            [
                Field("job_title", "Job title", FieldType.TEXT, max_length=100),
                Field("created_at", "Created at", FieldType.DATE, read_only=True),
                Field("cf_gate", "Gate code", FieldType.TEXT, custom=True),
                Field(
                    "cf_pool",
                    "Kind of pool",
                    FieldType.PICKLIST,
                    custom=True,
                    choices=[Choice("1", "Salt"), Choice("2", "Chlorine")],
                ),
            ],
        ),
        "sales_account": Entity(
            "sales_account", "Account", [Field("website", "Website", FieldType.TEXT)]
        ),
    },
    (),
)


def profiles(columns: Columns, object_name: str = "customer") -> list[ColumnProfile]:
    """Return the profiles of some columns."""
    with duckdb.connect() as connection:
        configure(connection)
        return sampled(connection, object_name, columns, FORMATS)


def places(object_name: str = "customer") -> list[Place]:
    """Return what columns of an object could be."""
    obj = next(o for o in objects() if o.name == object_name)
    return places_of(obj, ACCOUNT)


def proposed(columns: Columns, object_name: str = "customer") -> dict[str, ColumnProposal]:
    """Return the proposal for each column, by its header."""
    around = Surroundings(object_name, tuple(header for header, _ in columns))
    found = propose_columns(profiles(columns, object_name), places(object_name), around)
    return {p.profile.header: p for p in found}


def keys(columns: Columns, object_name: str = "customer") -> dict[str, str]:
    """Return the key of the chosen place for each column, by its header."""
    return {header: p.place.key for header, p in proposed(columns, object_name).items()}
