"""A project: the folder of one tenant's migration, its settings and its stores.

::

    crossdock.toml      settings; no secrets
    mapping.toml        which field becomes which; a person confirms it
    mapping-versions/   each mapping that was signed or replaced
    answers.json        what a person answered to questions about the data
    work/               stores that can be made anew from the export, and the ledger that cannot
      export/           an export that came as an archive, or holds some, unpacked
      export.json       what it was unpacked from, and what was noted
      tenant.duckdb      staged tables, route tables, the plan, what was read back
      ledger.sqlite     crosswalk and journal: never delete it
      destination.json  the destination's schema as last described
    reports/            what a person opens
"""

from __future__ import annotations

import json
import os
import tempfile
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shlex import quote
from typing import Any

import duckdb
import tomlkit
from tomlkit.exceptions import TOMLKitError

from crossdock.errors import (
    DestinationUnsetError,
    ExportNotFoundError,
    KeyMissingError,
    ProjectBusyError,
    ProjectExistsError,
    ProjectMissingError,
    ProjectPlaceError,
    SettingsError,
)

SETTINGS = "crossdock.toml"
KEY_VARIABLE = "CROSSDOCK_FRESHSALES_KEY"
#: What the staging store may hold in memory; beyond it, it uses the project's disk.
MEMORY_GB = 4
#: What it may hold while an export is read and profiled, which needs no more.
READING_GB = 1


@dataclass(frozen=True, slots=True)
class Settings:
    """What crossdock.toml says. `export` is what support sent: a folder, archive or file.

    `embeddings` is the folder of a sentence model and `model` a `provider:model`, which may help to
    propose the mapping; without them, only the program itself proposes.
    """

    export: Path
    destination_url: str = ""
    source: str = "octopuspro"
    destination: str = "freshsales"
    embeddings: Path | None = None
    model: str = ""

    @property
    def route(self) -> str:
        """Return the name of the route between the two systems."""
        return f"{self.source}_{self.destination}"


class Project:
    """One migration's folder. Making the object reads nothing; the methods do."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.work = folder / "work"
        self.reports = folder / "reports"
        self.mapping_file = folder / "mapping.toml"
        self.stage_file = self.work / "tenant.duckdb"
        self.ledger_file = self.work / "ledger.sqlite"
        self.destination_file = self.work / "destination.json"
        self.answers_file = folder / "answers.json"
        self.verified_file = self.work / "verified.json"

    @classmethod
    def create(cls, folder: Path, export: Path, url: str = "") -> Project:
        """Make a new project for an export (folder, archive or single file) and return it.

        Raises ExportNotFoundError, ProjectExistsError, ProjectPlaceError.
        """
        if not export.exists():
            raise ExportNotFoundError(
                f"There is nothing at {export}.",
                next_command=f"crossdock new {quote(str(folder))} --export PATH  "
                "(what support sent: a folder, a zip or a file)",
            )
        if (folder / SETTINGS).exists():
            raise ProjectExistsError(
                f"{folder} already holds a project.",
                next_command=f"crossdock status --project {folder}",
            )
        if export.is_dir() and folder.resolve().is_relative_to(export.resolve()):
            raise ProjectPlaceError(
                f"{folder} is inside the export; the project would be read as a part of it.",
                next_command=f"crossdock new {quote(f'{export.resolve()}-project')} --export "
                f"{quote(str(export))}  (or any other folder beside the export)",
            )
        document = tomlkit.document()
        document.add(tomlkit.comment("The settings of one migration. Secrets never stand here:"))
        document.add(tomlkit.comment(f"the API key is read from {KEY_VARIABLE}."))
        document["export"] = {"path": str(export.resolve())}
        document["destination"] = {"url": url}
        try:
            folder.mkdir(parents=True, exist_ok=True)
            write_text(folder / SETTINGS, tomlkit.dumps(document))
        except OSError as error:
            raise ProjectPlaceError(
                f"{folder} cannot be made: {error.strerror}.",
                next_command=f"crossdock new DIR --export {quote(str(export))}  "
                "(a new folder where you may write)",
            ) from error
        return cls(folder)

    @classmethod
    def open(cls, folder: Path) -> Project:
        """Return the project in a folder. Raises ProjectMissingError when there is none."""
        if not (folder / SETTINGS).is_file():
            raise ProjectMissingError(
                f"{folder.resolve()} is no Crossdock project: it has no {SETTINGS}.",
                next_command="crossdock new DIR --export PATH",
            )
        return cls(folder)

    def settings(self) -> Settings:
        """Read crossdock.toml. Raises SettingsError when it is not what it should be."""
        path = self.folder / SETTINGS
        try:
            content = tomllib.loads(path.read_text("utf-8"))
            model, embeddings = (_word(content, name) for name in ("model", "embeddings"))
            return Settings(
                export=(self.folder / str(content["export"]["path"])).resolve(),
                destination_url=str(content.get("destination", {}).get("url", "")).rstrip("/"),
                embeddings=(self.folder / embeddings).resolve() if embeddings else None,
                model=model,
            )
        except (
            tomllib.TOMLDecodeError,
            LookupError,
            TypeError,
            AttributeError,
            ValueError,
        ) as error:
            raise SettingsError(
                f"{path} cannot be used: {error}.",
                next_command=f"edit {path}  (docs/reference/settings.md)",
            ) from error

    def set_destination(self, url: str) -> None:
        """Write the destination's base URL into crossdock.toml, keeping its comments."""
        path = self.folder / SETTINGS
        try:
            document = tomlkit.parse(path.read_text("utf-8"))
        except TOMLKitError as error:
            raise SettingsError(
                f"{path} cannot be read: {error}.", next_command=f"edit {path}"
            ) from error
        document.setdefault("destination", tomlkit.table())["url"] = url
        write_text(path, tomlkit.dumps(document))

    def destination_access(self) -> tuple[str, str]:
        """Return the destination's base URL and API key.

        Raises DestinationUnsetError, KeyMissingError.
        """
        url = self.settings().destination_url
        if not url:
            raise DestinationUnsetError(
                f"{self.folder / SETTINGS} names no destination.",
                next_command="crossdock doctor --url https://YOURNAME.myfreshworks.com/crm/sales",
            )
        key = os.environ.get(KEY_VARIABLE, "")
        if not key:
            raise KeyMissingError(
                f"No API key: the environment variable {KEY_VARIABLE} is not set.",
                next_command=f"export {KEY_VARIABLE}=...  "
                "(Freshsales: Profile settings > API settings)",
            )
        return url, key

    @contextmanager
    def database(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Open the staging store; one process at a time. Raises ProjectBusyError."""
        self.work.mkdir(parents=True, exist_ok=True)
        try:
            connection = duckdb.connect(str(self.stage_file))
        except duckdb.IOException as error:
            if "lock" not in str(error):
                raise
            raise ProjectBusyError(
                f"Another Crossdock process is working on {self.folder}.",
                next_command="wait for it to end, then run the same command again",
            ) from error
        try:
            configure(connection)
            yield connection
        finally:
            connection.close()

    def answers(self) -> dict[str, str]:
        """Return what a person answered to questions about the data, by question code."""
        if not self.answers_file.exists():
            return {}
        try:
            content = json.loads(self.answers_file.read_text("utf-8"))
            return {str(code): str(value) for code, value in content.items()}
        except (ValueError, AttributeError) as error:
            raise SettingsError(
                f"{self.answers_file} cannot be read: {error}.",
                next_command=f"repair {self.answers_file}, or remove it and answer again",
            ) from error

    def answer(self, code: str, value: str) -> None:
        """Keep an answer for good."""
        self.write_json(self.answers_file, self.answers() | {code: value})

    def write_json(self, path: Path, content: Any) -> None:
        """Write a JSON file of the project so that it is there whole or not at all."""
        write_text(path, json.dumps(content, indent=2, ensure_ascii=False, default=str) + "\n")


def _word(content: dict[str, Any], name: str) -> str:
    """Return a setting of the proposer, empty where there is none."""
    proposer = content.get("proposer", {})
    word = proposer.get(name, "") if isinstance(proposer, dict) else None
    if not isinstance(word, str):
        raise ValueError(f"proposer.{name} must be a text")
    return word.strip()


def configure(connection: duckdb.DuckDBPyConnection) -> None:
    """Keep DuckDB from looking for extensions on the network, and set what all rooms rely on.

    Its progress bar would stand in the JSON of a command: it goes to standard output.
    """
    connection.execute("SET enable_progress_bar = false")
    connection.execute("SET autoinstall_known_extensions = false")
    connection.execute("SET autoload_known_extensions = false")
    connection.execute("SET TimeZone = 'UTC'")
    _limit(connection, MEMORY_GB)


@contextmanager
def sparing(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Hold less in memory while an export is read, however large it is."""
    _limit(connection, READING_GB)
    try:
        yield
    finally:
        _limit(connection, MEMORY_GB)


def _limit(connection: duckdb.DuckDBPyConnection, gigabytes: int) -> None:
    if _memory_gb() > gigabytes + 1:
        connection.execute(f"SET memory_limit = '{gigabytes}GB'")


def _memory_gb() -> float:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    except (AttributeError, ValueError, OSError):
        return 0.0


def write_text(path: Path, text: str) -> None:
    """Write a text file so that a reader sees the old one or the new one, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
