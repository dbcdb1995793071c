"""The ledger's tables. Times are UTC in ISO 8601; destination ids are text."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, MetaData, String, Table

metadata = MetaData()

#: One row per `crossdock run`; a run that died goes on under its own number.
run = Table(
    "run",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("plan", String, nullable=False),
    Column("mapping", String, nullable=False),
    Column("destination", String, nullable=False),
    Column("started", String, nullable=False),
    Column("finished", String),
)

#: One row per phase of a run: its numbers as JSON once its gate has closed.
phase = Table(
    "phase",
    metadata,
    Column("run_id", Integer, primary_key=True),
    Column("entity", String, primary_key=True),
    Column("counts", String, nullable=False),
    Column("closed", String, nullable=False),
)

#: Source key to destination id. `origin` is created or matched.
crosswalk = Table(
    "crosswalk",
    metadata,
    Column("entity", String, primary_key=True),
    Column("source_key", String, primary_key=True),
    Column("destination_id", String, nullable=False),
    Column("origin", String, nullable=False),
    Column("digest", String, nullable=False),
    Column("run_id", Integer, nullable=False),
    sqlite_with_rowid=False,
)

#: Records that were loaded with another owner than the source's, who had no user then. `wanted` is
#: an e-mail; `stand_in` is the id of the owner given, empty for the owner of the API key. `state`:
#: parked, then, once the owner has a user, intended, unknown, accepted, moved, kept (a person chose
#: another owner meanwhile), gone, rejected. `prior` and `given` are owners' ids before and after.
parked = Table(
    "parked",
    metadata,
    Column("entity", String, primary_key=True),
    Column("source_key", String, primary_key=True),
    Column("wanted", String, nullable=False),
    Column("stand_in", String, nullable=False),
    Column("state", String, nullable=False),
    Column("prior", String),
    Column("given", String),
    Column("intended", String),
    Column("settled", String),
    Column("detail", String),
    sqlite_with_rowid=False,
)

#: Every write. `state`: intended, accepted (done, id not told), confirmed, rejected, unknown
#: (no answer came), absent (looked for and not there: it may be sent again).
journal = Table(
    "journal",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("run_id", Integer, nullable=False),
    Column("entity", String, nullable=False),
    Column("source_key", String, nullable=False),
    Column("state", String, nullable=False),
    Column("intended", String, nullable=False),
    Column("settled", String),
    Column("detail", String),
    Index("journal_by_record", "entity", "source_key"),
    Index("journal_by_state", "entity", "state"),
)
