"""What a route is."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources

import duckdb

from crossdock.routes import own

#: Events that are put together into notes at once; about a gigabyte of text and sorting.
EVENTS_AT_ONCE = 1_000_000


@dataclass(frozen=True, slots=True)
class Policy:
    """A decision that the data does not make. `choices` maps each value to what it means.

    With a `pattern` (a regular expression) any text that it fits in whole may stand there.
    """

    name: str
    default: str
    question: str
    choices: Mapping[str, str]
    pattern: str = ""

    def allows(self, value: str | None) -> bool:
        """Return whether the policy may have this value."""
        if value is None:
            return False
        return value in self.choices or bool(self.pattern and re.fullmatch(self.pattern, value))


@dataclass(frozen=True, slots=True)
class Phase:
    """One entity's turn in dependency order.

    `table` is the route table that holds one row per record, keyed by `source_key`. `checked`
    phases write nothing: they look whether what must exist does. `needs` is the feature of the
    destination's plan without which the phase is skipped by rule, with `without` saying what
    becomes of its content.
    """

    entity: str
    label: str
    table: str
    unit: str
    checked: bool = False
    needs: str = ""
    without: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the content of a source object goes.

    `becomes` are the entities that its rows fill; `columns` says of each column of the catalogue
    where its content stands at the destination, `own` the same of columns beyond the catalogue, in
    words that `places.toml` explains.
    """

    becomes: tuple[str, ...]
    own: str
    columns: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Module:
    """A custom module that the destination must have when a policy has a certain value."""

    entity: str
    singular: str
    plural: str
    policy: str
    value: str


@dataclass(frozen=True, slots=True)
class Route:
    """A source-destination pair: how rows become records, and everything decided about it."""

    name: str
    package: str
    source: str
    destination: str
    policies: Sequence[Policy]
    phases: Sequence[Phase]
    modules: Sequence[Module] = ()
    #: Objects whose rows are settings of the source: read as knowledge, moved nowhere.
    settings_reason: str = "a setting of the source; it stands in the inventory"

    def shape(
        self,
        connection: duckdb.DuckDBPyConnection,
        variables: Mapping[str, str | int | list[str]],
    ) -> None:
        """Make the route's tables from the views `src.*`; replaces what was there.

        `variables` are the chosen policies and the export's facts (time_zone, currency, ...).
        """
        for name, value in variables.items():
            connection.execute(f"SET VARIABLE {name} = ?", [value])
        # An earlier release may have made other things of the same names.
        connection.execute("DROP SCHEMA IF EXISTS route CASCADE; CREATE SCHEMA route")
        own.as_text(connection)
        folder = resources.files(self.package).joinpath("sql")
        for script in sorted((f for f in folder.iterdir() if f.name.endswith(".sql")), key=str):
            parts = _parts(connection) if script.name.endswith(".part.sql") else 1
            connection.execute("SET VARIABLE parts = ?", [parts])
            for part in range(parts):
                connection.execute("SET VARIABLE part = ?", [part])
                connection.execute(script.read_text("utf-8"))

    def no_equivalent(self) -> list[dict[str, str]]:
        """Return what has no place at the destination: what, why, what to do instead."""
        text = resources.files(self.package).joinpath("no_equivalent.toml").read_text("utf-8")
        return list(tomllib.loads(text)["item"])

    def places(self) -> dict[str, Place]:
        """Return where the content of each source object goes, by the object's name."""
        text = resources.files(self.package).joinpath("places.toml").read_text("utf-8")
        return {
            name: Place(tuple(entry["becomes"]), entry["own"], entry["columns"])
            for name, entry in tomllib.loads(text).items()
        }

    def default_mapping(self) -> str:
        """Return the text of the route's default mapping (TOML)."""
        return resources.files(self.package).joinpath("mapping.toml").read_text("utf-8")


def _parts(connection: duckdb.DuckDBPyConnection) -> int:
    """Return in how many parts a `.part.sql` file runs, so that memory stays flat."""
    row = connection.execute("SELECT count(*) FROM route.event").fetchone()
    return 1 + (int(row[0]) if row else 0) // EVENTS_AT_ONCE
