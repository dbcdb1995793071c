"""Workbooks and documents, written once as plain tables, and used again while they are the same."""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from crossdock import __version__
from crossdock.connectors.base import Declared, Source
from crossdock.intake.tables import charset, dialect
from crossdock.intake.tables.kinds import Kind
from crossdock.intake.tables.table import Plain, Table
from crossdock.project import write_text


@dataclass(slots=True)
class Written:
    """What was written out of one file. `notes` and `refused` as in `Layout`."""

    sha256: str
    tables: list[Plain] = field(default_factory=list)
    notes: list[tuple[str, str, int]] = field(default_factory=list)
    refused: list[tuple[str, str, int, str]] = field(default_factory=list)
    declared: Declared | None = None


def write(kind: Kind, path: Path, name: str, work: Path, source: Source) -> Written:
    """Return the plain tables of a workbook or document, written below `work`.

    Raises ExportUnreadableError, RowsLostError, ExportTooLargeError.
    """
    sha256 = charset.look(path).sha256
    # The same workbook may lie there under two names, and its tables are named after it.
    named = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()
    folder = work / f"{sha256[:16]}-{named[:8]}-{__version__}"
    index = folder / "index.json"
    try:
        return _load(json.loads(index.read_text("utf-8")), path, folder)
    except (OSError, ValueError, LookupError, TypeError):
        shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    written = _fill(kind, path, name, folder, source, sha256)
    write_text(index, json.dumps(_dump(written)))
    return written


def _fill(kind: Kind, path: Path, name: str, folder: Path, source: Source, sha256: str) -> Written:
    # Imported when there is such a file: most exports have none.
    if kind is Kind.WORKBOOK:
        from crossdock.intake.tables import workbooks

        tables, notes = workbooks.plain(path, folder, name)
        return Written(sha256, tables, notes)
    from crossdock.intake.tables import documents

    encoding = charset.look(path).encoding or "utf-8"
    read = documents.plain(path, folder, name, source, encoding)
    plains = list(read.plains)
    if read.alone and not any(recognised(plain, source) for plain in plains):
        plains = []  # Settings of the account, which no table is made of.
    refused = []
    for table, line, why in read.rejects:
        # A list of which several tables are made: what is no record counts with the first.
        names = [p for p in plains if p.name == table or p.name.startswith(f"{table} (")]
        first = names[0] if names else Plain(table, path, path, 0, has_header=True)
        refused.append((first.object, first.name, line, why))
    return Written(sha256, plains, list(read.notes), refused, read.declared)


def recognised(plain: Plain, source: Source, only: str = "") -> Table | None:
    """Return a plain table with what it is, or None when it is like nothing that is known.

    `only` is the object that a person named, or empty.
    """
    sample = dialect.sample(plain.path, plain.name, plain.has_header)
    what = source.recognise(sample.sample, plain.object or only)
    if what is None:
        return None
    above = 0 if plain.has_header else sample.lines[what.header]
    higher = 0 if plain.has_header else what.header + 1
    return Table(
        plain.name,
        plain.origin,
        plain.path,
        what,
        numbered=True,
        above=above,
        counted=plain.rows - higher,
    )


def _dump(written: Written) -> dict[str, Any]:
    content = asdict(written)
    for plain in content["tables"]:
        plain["path"] = plain["path"].name
        del plain["origin"]
    return content


def _load(content: dict[str, Any], origin: Path, folder: Path) -> Written:
    """Return what was written before; raises when the index is of another making."""
    declared = content["declared"]
    tables = [
        Plain(**{**plain, "origin": origin, "path": folder / plain["path"]})
        for plain in content["tables"]
    ]
    if not all(plain.path.exists() for plain in tables):
        raise FileNotFoundError(folder)
    return Written(
        content["sha256"],
        tables,
        [(code, place, count) for code, place, count in content["notes"]],
        [(obj, table, line, reason) for obj, table, line, reason in content["refused"]],
        Declared(**{**declared, "files": tuple(declared["files"])}) if declared else None,
    )
