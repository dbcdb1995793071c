"""Reading one JSON document into plain tables."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from crossdock.connectors.base import Declared, Source
from crossdock.errors import ExportUnreadableError
from crossdock.intake.tables.documents.levels import Level
from crossdock.intake.tables.documents.records import Spool
from crossdock.intake.tables.documents.splitting import Split, Splitter
from crossdock.intake.tables.documents.text import JsonText
from crossdock.intake.tables.documents.writing import Writer
from crossdock.intake.tables.table import Plain
from crossdock.project import configure

#: Codes of the notes; their rules are in `profile/catalogue/files.toml`.
UNREAD = "JSON_KEYS_UNREAD"
CUT = "JSON_CUT"
MENDED = "JSON_LETTERS_MENDED"

#: Lists of fewer bytes stay in memory; larger ones may take this much of it.
_SMALL = 1 << 24
_MEMORY = "800MB"
#: The smallest buffer that DuckDB reads lines with, in bytes.
_LEAST_BUFFER = 1 << 24


@dataclass(frozen=True, slots=True)
class Documents:
    """What was read from a document.

    `rejects` holds table, line and reason of what is no record; a table's `rows` does not count
    them. `notes` holds code, place and number, as a finding tells them. `declared` is what the
    document says of itself as a manifest.
    """

    plains: Sequence[Plain] = ()
    rejects: Sequence[tuple[str, int, str]] = ()
    notes: Sequence[tuple[str, str, int]] = ()
    declared: Declared | None = None
    alone: bool = False


@dataclass(slots=True)
class _Reading:
    """One document on its way: `work` is a folder for what is needed meanwhile."""

    path: Path
    name: str
    source: Source
    encoding: str
    notes: list[tuple[str, str, int]] = field(default_factory=list)

    def run(self, folder: Path, work: Path) -> Documents:
        split = self._split(work)
        declared = self._declared(split)
        small = sum(spool.path.stat().st_size for spool in split.spools) < _SMALL
        with duckdb.connect(":memory:" if small else work / "lists.duckdb") as connection:
            configure(connection)
            connection.execute(f"SET memory_limit = '{_MEMORY}'")
            connection.execute("SET temp_directory = ?", [str(work)])
            levels = [
                Level(spool.name, spool.known, (), spool.count, _rows(spool))
                for spool in split.spools
            ]
            counts = {level.name: level.count for level in levels}
            writer = Writer(connection, folder, self.name, self.path, counts)
            for level in levels:
                writer.write(level)
        self._note(split, writer)
        alone = split.alone is not None
        rejects = [(f"{self.name}, {place}", line, why) for place, line, why in split.rejects]
        return Documents(writer.plains, rejects, self.notes, declared, alone)

    def _split(self, work: Path) -> Split:
        lines = self.path.suffix.lower() in {".ndjson", ".jsonl"}
        with self.path.open("rb") as stream:
            text = JsonText(stream, self.encoding, self.name)
            lists = self.source.document_lists()
            return Splitter(text, lists, work, self.path.stem, lines).run()

    def _declared(self, split: Split) -> Declared | None:
        """Take the manifest out of what stands beside the lists."""
        content = split.alone or split.rest.get("manifest") or _texts(split.rest)
        try:
            declared = self.source.declared(content)
        except ValueError as error:
            raise ExportUnreadableError(
                f"The manifest in {self.name} makes no sense: {error}.",
                next_command="repair it or take it out, then: crossdock inspect",
            ) from error
        if declared is not None:
            split.rest.pop("manifest", None)
            for key in declared.facts:
                split.rest.pop(key, None)
        return declared

    def _note(self, split: Split, writer: Writer) -> None:
        for place, value in split.rest.items():
            if number := _values(value):
                self._add(UNREAD, place, number)
        for place, number in (*split.scalars.items(), *writer.unread.items()):
            self._add(UNREAD, place, number)
        if split.cut is not None:
            self.notes.append((CUT, f"{self.name} line {split.cut}", 1))
        for spool in split.spools:
            if spool.mended:
                self._add(MENDED, spool.name, spool.mended)

    def _add(self, code: str, place: str, number: int) -> None:
        self.notes.append((code, f"{self.name}, {place}", number))


def plain(
    path: Path, folder: Path, name: str, source: Source, encoding: str = "utf-8"
) -> Documents:
    """Write each list of a JSON document as a plain table into a folder, and tell what is there.

    `path` is JSON, or one JSON value per line (NDJSON), in an encoding that Python knows; `name` is
    what people know the file by. Memory does not grow with the document but with its longest
    record.

    Raises ExportUnreadableError for what is no JSON, with its line; RowsLostError when the second
    count of a list differs from what was read.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".json-") as work:
        return _Reading(path, name, source, encoding).run(folder, Path(work))


def _rows(spool: Spool) -> str:
    """Return the query of a list's records: `_line` and `j`."""
    most = max(_LEAST_BUFFER, spool.longest + 64)
    file = str(spool.path).replace("'", "''")
    return (
        f"SELECT l AS _line, r AS j FROM read_json('{file}', format = 'newline_delimited',"
        f" columns = {{l: 'BIGINT', r: 'JSON'}}, maximum_object_size = {most})"
    )


def _texts(rest: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in rest.items() if isinstance(value, str)}


def _values(value: Any) -> int:
    """Return how many values there are in a value that no table takes."""
    if isinstance(value, dict):
        return sum(_values(inner) for inner in value.values())
    if isinstance(value, list):
        return sum(_values(inner) for inner in value)
    return int(value is not None and value != "")
