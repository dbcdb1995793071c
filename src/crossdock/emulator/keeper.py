"""An account that lives in an SQLite file: what was answered is kept, however the process ends.

Records stay in memory, where they are read from. Every request that changed something writes the
changed records in one transaction before its answer is sent, so that a file shows no request by
half and no answer is ahead of its file.

The table `records` has one row for each record (kind, id, the record as JSON), the table `facts`
what else there is: ids, choices, fields, modules, lists, the running hour.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from crossdock.emulator.fields import Field
from crossdock.emulator.store import Row

if TYPE_CHECKING:
    from crossdock.emulator.account import Account

#: Raised when the shape of a file changes.
VERSION = 2
#: What an account must be opened with as its file was, and the option that says so.
_OPTIONS = {
    "seed": "--seed",
    "plan": "--plan",
    "currency": "--currency",
    "time_zone": "--time-zone",
}

_TABLES = """
CREATE TABLE records (kind TEXT, id INTEGER, body BLOB, PRIMARY KEY (kind, id)) WITHOUT ROWID;
CREATE TABLE facts (name TEXT PRIMARY KEY, body BLOB) WITHOUT ROWID;
"""
Fact = tuple[Callable[[], Any], Callable[[Any], None]]


class Keeper:
    """The file of one account.

    A file that holds an account is loaded into the given one; into a new file everything is
    written. Raises ValueError for a file of another version, seed, plan, currency or time zone, or
    one that is no such file: views and standard modules get their ids from the seed.
    """

    def __init__(self, account: Account, path: Path) -> None:
        self._account = account
        self._path = path
        self._written: dict[str, bytes] = {}
        self._file = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        try:
            self._open()
        except sqlite3.DatabaseError as problem:
            self._file.close()
            raise ValueError(f"{path.name} is no state of the emulator: {problem}") from problem
        except ValueError:
            self._file.close()
            raise

    def _open(self) -> None:
        self._file.execute("PRAGMA journal_mode = WAL")
        self._file.execute("PRAGMA synchronous = NORMAL")
        if self._file.execute("SELECT 1 FROM sqlite_master").fetchone():
            self._load()
        else:
            self._file.executescript(_TABLES)
        self._account.jobs.changed = set(self._account.jobs.all)
        for store in self._account.stores().values():
            store.changed = set() if self._written else set(store.rows)
        self.flush()

    def flush(self) -> None:
        """Write what changed since the last time, in one transaction."""
        changed = list(self._changed())
        facts = self._changed_facts()
        if not changed and not facts:
            return
        self._file.execute("BEGIN")
        self._file.executemany("INSERT OR REPLACE INTO facts VALUES (?, ?)", facts.items())
        gone = [(kind, record_id) for kind, record_id, body in changed if body is None]
        self._file.executemany("DELETE FROM records WHERE kind = ? AND id = ?", gone)
        kept = [each for each in changed if each[2] is not None]
        self._file.executemany("INSERT OR REPLACE INTO records VALUES (?, ?, ?)", kept)
        self._file.execute("COMMIT")
        self._written |= facts

    def close(self) -> None:
        """Write what is left and close the file."""
        self.flush()
        self._file.close()
        self._account.jobs.changed = None
        for store in self._account.stores().values():
            store.changed = None

    def _changed(self) -> Iterator[tuple[str, int, bytes | None]]:
        for kind, store in self._account.stores().items():
            if store.changed is None:  # A custom module that was made after the file was opened.
                store.changed = set(store.rows)
            for record_id in store.changed:
                row = store.rows.get(record_id)
                yield kind, record_id, None if row is None else orjson.dumps(row)
            store.changed.clear()
        jobs = self._account.jobs
        for job_id in jobs.changed or ():
            yield "job", job_id, orjson.dumps(jobs.state(job_id))
        jobs.changed = set()

    def _changed_facts(self) -> dict[str, bytes]:
        found = {name: orjson.dumps(read()) for name, (read, _) in self._facts().items()}
        return {name: body for name, body in found.items() if self._written.get(name) != body}

    def _load(self) -> None:
        found = dict(self._file.execute("SELECT name, body FROM facts").fetchall())
        facts = {name: orjson.loads(body) for name, body in found.items()}
        if facts.get("version") != VERSION:
            raise ValueError(f"{self._path.name} is a state of another version of the emulator")
        for name, option in _OPTIONS.items():
            if facts[name] != self._facts()[name][0]():
                raise ValueError(f"{self._path.name} was made with {option} {facts[name]}")
        for name, (_, restore) in self._facts().items():
            restore(facts[name])
        for kind, store in self._account.stores().items():
            store.load(self._rows(kind))
        self._account.jobs.restore(self._rows("job"))
        self._written = found

    def _rows(self, kind: str) -> list[Row]:
        found = self._file.execute("SELECT body FROM records WHERE kind = ? ORDER BY id", [kind])
        return [orjson.loads(body) for (body,) in found]

    def _facts(self) -> dict[str, Fact]:
        """Return how each fact is read and restored, in the order in which they are restored."""
        account = self._account
        return {
            "version": (lambda: VERSION, _nothing),
            "seed": (lambda: account.seed, _nothing),
            "plan": (lambda: account.plan.name, _nothing),
            "currency": (lambda: account.currency, _nothing),
            "time_zone": (lambda: account.zone.name, _nothing),
            "opened": (lambda: account.opened, lambda found: setattr(account, "opened", found)),
            "keys": (lambda: account.keys, lambda found: _restore_keys(account, found)),
            "catalog": (account.catalog.state, account.catalog.restore),
            "modules": (lambda: list(account.modules.facts.values()), account.modules.restore),
            "fields": (lambda: _fields(account), lambda found: _restore_fields(account, found)),
            "lists": (account.lists.state, account.lists.restore),
            "storage": (
                lambda: account.files.used,
                lambda found: setattr(account.files, "used", found),
            ),
            "limiter": (account.limiter.state, account.limiter.restore),
            # Last: what was opened before has drawn ids that the file already accounts for.
            "ids": (account.ids.state, account.ids.restore),
        }


def made_with(path: Path | None) -> dict[str, Any]:
    """Return seed, plan, currency and time zone of a file; nothing where there is no such file."""
    if path is None or not path.exists():
        return {}
    try:
        with closing(sqlite3.connect(path)) as file:
            found = dict(file.execute("SELECT name, body FROM facts").fetchall())
    except sqlite3.DatabaseError as problem:
        raise ValueError(f"{path.name} is no state of the emulator: {problem}") from problem
    return {name: orjson.loads(found[name]) for name in _OPTIONS if name in found}


def _restore_keys(account: Account, found: dict[str, int]) -> None:
    """Take over the keys of a file, save those of whom the account was opened for."""
    own = set(account.keys.values())
    account.keys.update({key: user for key, user in found.items() if user not in own})


def _nothing(found: Any) -> None:
    """Restore nothing: the fact is only compared."""


def _fields(account: Account) -> dict[str, Any]:
    return {
        entity: [field.state() for field in schema.custom.values()]
        for entity, schema in account.schemas.items()
    }


def _restore_fields(account: Account, found: dict[str, Any]) -> None:
    for entity, fields in found.items():
        account.schemas[entity].custom = {each["name"]: _field(each) for each in fields}


def _field(state: dict[str, Any]) -> Field:
    return Field(**state | {"choices": [tuple(choice) for choice in state["choices"]]})
