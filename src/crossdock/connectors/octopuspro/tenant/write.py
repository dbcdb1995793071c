"""Writing a tenant: build the tables, copy them out, put the folder in place at the end."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import duckdb

from crossdock.connectors.octopuspro.tenant import account, as_json, files, media, mess, store
from crossdock.connectors.octopuspro.tenant.mess import Planted
from crossdock.connectors.octopuspro.tenant.zipped import zip_folder
from crossdock.errors import ProjectExistsError

Shape = Literal["csv", "zip", "json", "ndjson"]

#: A tenant has about as many files below `files/` as customers, at least and at most so many.
MEDIA_FILES = (12, 400)


@dataclass(frozen=True, slots=True)
class TenantSummary:
    """What was written: where, how many rows per file, and which problems were planted."""

    path: Path
    files: dict[str, int]
    media: int = 0
    mess: tuple[Planted, ...] = ()


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
    many steps are done and how many there are. With shape ``zip``, `out` is the archive. With a
    mess level, what was planted is written beside the export as ``<out>.mess.json``.

    Raises ProjectExistsError when something stands at `out`, and ValueError for a size that is
    not positive or a mess level that does not exist.
    """
    if customers < 1 or bookings_per_customer <= 0 or mess not in range(4):
        raise ValueError("a tenant needs a customer, bookings and a mess level from 0 to 3")
    target = out.absolute()
    if target.is_file() or (target.is_dir() and (shape == "zip" or any(target.iterdir()))):
        raise ProjectExistsError(
            f"{out} is there already and not empty.",
            next_command=f"crossdock tenant --customers {customers} --seed {seed} --out NEW",
        )
    few, many = MEDIA_FILES
    files_wanted = min(many, max(few, customers)) if media else 0
    size = store.Size(customers, bookings_per_customer, seed, files_wanted)
    target.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        made = work / "export"
        made.mkdir(mode=0o755)
        rows, count, planted = _Job(work, made, size, mess, progress or _silent).run(shape, threads)
        if shape == "zip":
            zip_folder(made, work / "export.zip")
            made = work / "export.zip"
        elif target.is_dir():
            target.rmdir()
        made.replace(target)
        if planted:
            beside = target.with_name(f"{target.name}.mess.json")
            write_json(beside, [item.as_json() for item in planted])
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return TenantSummary(out, rows, count, tuple(planted))


def _silent(what: str, done: int, total: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class _Job:
    """One tenant on its way to disk: `made` is the folder that will be the export."""

    work: Path
    made: Path
    size: store.Size
    level: int
    notify: store.Notify

    def run(self, shape: Shape, threads: int | None) -> tuple[dict[str, int], int, list[Planted]]:
        """Write everything; return the rows per file, the number of media, what was planted."""
        with store.connect(self.work, self.size, threads) as con:
            store.build(con, self.size, self.notify)
            planted: list[Planted] = []
            if self.level or shape in ("json", "ndjson"):
                _as_text(con)
                planted += mess.plant(con, self.level)
            if shape == "json":
                rows = as_json.write_document(con, self.made / "export.json")
            elif shape == "ndjson":
                rows = as_json.write_lines(con, self.made)
            else:
                rows = self._csv_files(con)
            refs = con.execute(
                "SELECT 'files/' || ref || '/' || file, ref, caption FROM media"
            ).fetchall()
        count = media.write_media(self.made, refs)
        write_json(self.made / "company_settings.json", account.company())
        write_json(self.made / "portal_settings.json", account.portal())
        if shape != "json":
            write_manifest(self.made, rows)
        if shape in ("csv", "zip"):
            planted += mess.damage(self.made, self.level)
        return rows, count, planted

    def _csv_files(self, con: duckdb.DuckDBPyConnection) -> dict[str, int]:
        rows = {}
        for done, name in enumerate(files.ALL):
            self.notify(f"{name}.csv", done, len(files.ALL))
            query = f"SELECT * FROM x_{name} ORDER BY rowid" if self.level else files.query(name)
            rows[f"{name}.csv"] = copy_csv(con, query, self.made / f"{name}.csv")
        return rows


def _as_text(con: duckdb.DuckDBPyConnection) -> None:
    """Make a table of text of every file, for tricks and for JSON."""
    for name in files.ALL:
        con.execute(
            f"CREATE TABLE x_{name} AS SELECT COLUMNS(*)::VARCHAR FROM ({files.query(name)})"
        )


def copy_csv(con: duckdb.DuckDBPyConnection, query: str, target: Path) -> int:
    """Write a query's rows to a CSV file and return how many there were."""
    result = con.execute(f"COPY ({query}) TO {store.literal(str(target))} (FORMAT csv, HEADER)")
    counted = result.fetchone()
    return int(counted[0]) if counted else 0


def write_json(target: Path, document: Any) -> None:
    """Write a JSON document the way all of the export's are written."""
    text = json.dumps(document, indent=2, ensure_ascii=False)
    target.write_text(text + "\n", encoding="utf-8", newline="\n")


def write_manifest(folder: Path, rows: dict[str, int]) -> None:
    """Write `manifest.json` with each file's rows and digest."""
    entries = []
    for name, count in rows.items():
        with (folder / name).open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        entries.append({"name": name, "rows": count, "sha256": digest})
    write_json(folder / "manifest.json", account.manifest(entries))
