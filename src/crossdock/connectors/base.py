"""What a source is and what a destination is.

A source knows the shape of its exports: objects, columns, the words each was ever called by. It
never touches rows; `crossdock.intake` does that, with what the source knows.

A destination reads and writes records over a network. It is handed its clock and its transport,
never makes its own, and says what each operation costs in requests.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

from crossdock.connectors.documents import DocumentList
from crossdock.model.fields import Entity, Field, FieldType

# --- sources --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SourceColumn:
    """One column of a source object: its canonical name, its type, other headers it may carry.

    `header` is how the source itself writes the name.
    """

    name: str
    type: FieldType = FieldType.TEXT
    aliases: tuple[str, ...] = ()
    header: str = ""


@dataclass(frozen=True, slots=True)
class SourceObject:
    """One kind of record at a source.

    `needed` says that a route cannot be complete without this object, so that its absence is a
    question to a person. `settings` marks objects that configure the source (statuses, tax rates)
    and are read as knowledge, not as records to move. `prefix` begins the numbers of such records
    (`BOK-`), the surest sign of what a table is. `lines` names the object whose records are the
    lines of one such record.
    """

    name: str
    label: str
    columns: tuple[SourceColumn, ...]
    key: tuple[str, ...] = ()
    needed: bool = False
    settings: bool = False
    prefix: str = ""
    lines: str = ""

    def column(self, name: str) -> SourceColumn | None:
        """Return the column with this canonical name, or None."""
        return next((c for c in self.columns if c.name == name), None)


@dataclass(frozen=True, slots=True)
class Sample:
    """The first rows of a table, as text, before anybody knows which of them is the header."""

    name: str
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a table was recognised as.

    `header` is the place of the header among the sample's rows; -1 when the table has none.
    `columns` pairs each header, in file order, with its canonical column name. `likeness` is from
    0 to 1. A detailed list repeats a record on each of its lines: `lines` then says what its rows
    are, and this says what is repeated; the lines' `key` is the column that tells one record from
    another. `rivals` are objects that it might be just as well.
    """

    object: str
    header: int
    columns: tuple[tuple[str, str], ...]
    likeness: float = 1.0
    lines: Recognised | None = None
    key: str = ""
    rivals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Declared:
    """What an export's manifest says.

    `facts`: account_name, exported_at, time_zone (IANA), date_format, time_format, currency
    (ISO 4217), country, tax_mode, as text. `rows` and `sha256` (hexadecimal) are by file name.
    """

    facts: Mapping[str, str] = field(default_factory=dict)
    files: tuple[str, ...] = ()
    rows: Mapping[str, int] = field(default_factory=dict)
    sha256: Mapping[str, str] = field(default_factory=dict)


class Source(Protocol):
    """A system that records come from."""

    name: str

    def objects(self) -> Sequence[SourceObject]:
        """Return every object that the source's exports can hold."""
        ...

    def recognise(self, sample: Sample, only: str = "") -> Recognised | None:
        """Return what a table is, by its headers and values, not by its name.

        `only` is the object when that is known. None when it is like nothing that is known.
        """
        ...

    def own_column(self, header: str, place: int) -> str:
        """Return the column name of a field that the tenant made for itself, from its header.

        It is never the name of one of the source's own columns. `place` counts from 0.
        """
        ...

    def declared(self, content: object) -> Declared | None:
        """Return what a parsed JSON document states as the export's manifest; None: it is none.

        Raises ValueError for a manifest that makes no sense.
        """
        ...

    def document_lists(self) -> Sequence[DocumentList]:
        """Return the lists that a nested JSON document of the source can hold."""
        ...

    def record_folder(self, name: str) -> bool:
        """Return whether a folder is named after a record, such as `BOK-1205`."""
        ...


# --- destinations ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class User:
    """A person with a login at the destination."""

    id: str
    email: str
    name: str
    active: bool = True


@dataclass(frozen=True, slots=True)
class Description:
    """A destination account as it stands now.

    `plan` is the destination's subscription as far as the API lets one infer it, else None;
    `requests_per_hour` is what its headers say; `features` names what the account has of
    ``products``, ``custom_modules``, ``sales_activities``; `modules` lists custom modules by
    entity name; `currencies` are ISO codes, the base currency first.
    """

    url: str
    entities: Mapping[str, Entity]
    users: Sequence[User]
    plan: str | None = None
    requests_per_hour: int | None = None
    features: frozenset[str] = frozenset()
    modules: Mapping[str, str] = field(default_factory=dict)
    currencies: Sequence[str] = ()
    custom_field_limits: Mapping[str, int] = field(default_factory=dict)

    def entity(self, name: str) -> Entity:
        """Return the entity with this name; KeyError when the destination has none."""
        return self.entities[name]


@dataclass(frozen=True, slots=True)
class WriteRecord:
    """A record to be written: its source key, and a payload in the destination's own words.

    References in the payload are resolved: it holds destination ids only.
    """

    key: str
    payload: Mapping[str, Any]


class OutcomeState(StrEnum):
    """What the destination is known to have done with one record."""

    CREATED = "created"
    UPDATED = "updated"
    #: Taken in a bulk job that does not tell ids: created or updated, to be seen by reading.
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    #: The request left and no answer came: it may have happened. Look before sending again.
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one written record."""

    key: str
    state: OutcomeState
    destination_id: str | None = None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadRecord:
    """A record as the destination shows it.

    `key` is our source key where the record carries one, else None: then it is not ours.
    `values` is the destination's own record, with ids it names side by side (`owner_id`,
    `sales_account_id`, `contact_ids`, …) whether or not it needed an extra parameter to show them.
    """

    id: str
    key: str | None
    values: Mapping[str, Any]


class Destination(Protocol):
    """A system that records go to. All operations count against one request budget."""

    @property
    def requests(self) -> int:
        """Return how many requests were sent so far, however they ended."""
        ...

    async def describe(self) -> Description:
        """Read the account's schema, users, pipelines, limits. Costs about 20 requests."""
        ...

    async def write(self, entity: str, batch: Sequence[WriteRecord]) -> list[Outcome]:
        """Write a batch, one outcome per record in the same order; never raises for one record.

        Raises KeyRefusedError, PermissionRefusedError, OverloadedError when the destination as a
        whole does not answer as it should; what was sent before is then reported as UNKNOWN by
        the next `find`.
        """
        ...

    def read(self, entity: str) -> AsyncIterator[list[ReadRecord]]:
        """Read all records of an entity, page by page, at about one request per 100 records."""
        ...

    def read_ids(self, entity: str, ids: Iterable[str]) -> AsyncIterator[list[ReadRecord]]:
        """Read the records with these ids, one request each; those that are gone are left out."""
        ...

    def read_targets(self, entity: str, ids: Iterable[str]) -> AsyncIterator[list[ReadRecord]]:
        """Read the files attached to these records of an entity, one request per record."""
        ...

    async def find(self, entity: str, record: WriteRecord) -> list[str]:
        """Return the ids of the records that carry this record's source key. One or two requests.

        More than one id means that the record is there twice.
        """
        ...

    async def create_field(self, entity: str, wanted: Field) -> Field:
        """Create a custom field and return it as read back. Raises RefusedError when it cannot."""
        ...

    async def create_module(self, entity: str, singular: str, plural: str) -> None:
        """Create a custom module. Raises RefusedError where the plan or the user may not."""
        ...

    def requests_for(self, entity: str, records: int) -> int:
        """Return how many requests writing this many records of an entity costs."""
        ...

    async def aclose(self) -> None:
        """Give back the connections."""
        ...
