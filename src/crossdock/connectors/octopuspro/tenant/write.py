"""Writing a tenant: build the tables, copy them out, put the folder in place at the end."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import duckdb

from crossdock.connectors.octopuspro.tenant import account, files, media, store
from crossdock.errors import ProjectExistsError

Shape = Literal["csv", "zip", "json"]

#: A tenant of any size has at most so many files below `files/`.
MEDIA_FILES = 400


@dataclass(frozen=True, slots=True)
class Planted:
    """One data problem that was put into an export on purpose."""

    trick: str
    level: int
    file: str
    count: int
    what: str


@dataclass(frozen=True, slots=True)
class TenantSummary:
    """What was written: where, how many rows per file, and which problems were planted."""

    path: Path
    files: dict[str, int]
    media: int = 0
    mess: tuple[Planted, ...] = field(default_factory=tuple)


def write_tenant(
    out: Path,
    *,
    customers: int,
    seed: int,
    mess: int = 0,
    shape: Shape = "csv",
    bookings_per_customer: float = 2.5,
    media: bool = True,
    progress: Callable[[str, int, int], None] | None = None,
    threads: int | None = None,
) -> TenantSummary:
    """Write the export of a made OctopusPro account to `out`.

    The same seed, size and shape give the same bytes. `progress` is told what is being done, how
    many steps are done and how many there are. With shape ``zip``, `out` is the archive.

    Raises ProjectExistsError when something stands at `out`, and ValueError for a size that is
    not positive or a mess level that does not exist.
    """
    if customers < 1 or bookings_per_customer <= 0 or mess not in range(4):
        raise ValueError("a tenant needs a customer, bookings and a mess level from 0 to 3")
    if out.is_file() or (out.is_dir() and any(out.iterdir())):
        raise ProjectExistsError(
            f"{out} is not empty.",
            next_command=f"crossdock tenant --customers {customers} --seed {seed} --out NEW_FOLDER",
        )
    size = store.Size(customers, bookings_per_customer, seed, MEDIA_FILES if media else 0)
    out.absolute().parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.absolute().parent))
    try:
        folder = work / "export"
        folder.mkdir()
        summary = _write(folder, work, size, shape, mess, progress or _silent, threads)
        if out.is_dir():
            out.rmdir()
        folder.rename(out)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return TenantSummary(out, summary.files, summary.media, summary.mess)


def _silent(what: str, done: int, total: int) -> None:
    """Tell nobody."""


def _write(
    folder: Path,
    work: Path,
    size: store.Size,
    shape: Shape,
    mess: int,
    notify: store.Notify,
    threads: int | None,
) -> TenantSummary:
    con = store.connect(work, size, threads)
    try:
        store.build(con, size, notify)
        rows = {}
        for done, name in enumerate(files.ALL):
            notify(f"{name}.csv", done, len(files.ALL))
            rows[f"{name}.csv"] = copy_csv(con, files.query(name), folder / f"{name}.csv")
        refs = con.execute(
            "SELECT 'files/' || ref || '/' || file, ref, caption FROM media"
        ).fetchall()
    finally:
        con.close()
    count = media.write_media(folder, refs)
    for name, document in (
        ("company_settings.json", account.company()),
        ("portal_settings.json", account.portal()),
    ):
        write_json(folder / name, document)
    write_manifest(folder, rows)
    return TenantSummary(folder, rows, count)


def copy_csv(con: duckdb.DuckDBPyConnection, query: str, target: Path) -> int:
    """Write a query's rows to a CSV file and return how many there were."""
    result = con.execute(f"COPY ({query}) TO {store.literal(str(target))} (FORMAT csv, HEADER)")
    counted = result.fetchone()
    return int(counted[0]) if counted else 0


def write_json(target: Path, document: Any) -> None:
    """Write a JSON document the way all of the export's are written."""
    target.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def write_manifest(folder: Path, rows: dict[str, int]) -> None:
    """Write `manifest.json` with each file's rows and digest."""
    entries = []
    for name, count in rows.items():
        with (folder / name).open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        entries.append({"name": name, "rows": count, "sha256": digest})
    write_json(folder / "manifest.json", account.manifest(entries))
