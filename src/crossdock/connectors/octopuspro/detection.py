"""Which file of an export is which object: decided by its headers, not by its name."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

from crossdock.connectors.base import ExportFile, ExportLayout, SourceObject
from crossdock.connectors.octopuspro.catalogue import column_name, objects, squash
from crossdock.errors import ExportEmptyError, ExportUnreadableError, ExportUnrecognisedError

#: A file counts as an object from this likeness on, and with at least three common headers.
ENOUGH_ALIKE = 0.4
#: Headers of a customer's own fields in `customers.csv` begin with this.
CUSTOM_PREFIX = "cf:"

_MANIFEST_FACTS = (
    "account_name",
    "exported_at",
    "time_zone",
    "date_format",
    "time_format",
    "currency",
    "country",
    "tax_mode",
)


def detect(folder: Path) -> ExportLayout:
    """Recognise every file below a folder. Reads headers and the manifest, no rows."""
    paths = sorted(p for p in folder.rglob("*") if p.is_file() and not p.name.startswith("."))
    if not paths:
        raise ExportEmptyError(
            f"{folder} holds no file.",
            next_command="crossdock new DIR --export PATH  (with what support sent)",
        )
    tables: list[ExportFile] = []
    media: list[Path] = []
    settings: list[Path] = []
    unknown: list[Path] = []
    facts, rows_declared = _manifest(paths)
    for path in paths:
        inside_media = "files" in path.relative_to(folder).parts[:-1]
        if inside_media:
            media.append(path)
        elif path.suffix.lower() == ".json":
            (settings if path.name.endswith("settings.json") else unknown).append(path)
        elif path.suffix.lower() in {".csv", ".txt"}:
            found = recognise(path, rows_declared.get(path.name))
            if found is None:
                unknown.append(path)
            else:
                tables.append(found)
        else:
            unknown.append(path)
    if not tables:
        raise ExportUnrecognisedError(
            f"None of the {len(paths)} files in {folder} has the headers of an OctopusPro export "
            f"(looked for customers, bookings, invoices and {len(objects()) - 3} other objects).",
            next_command="crossdock new DIR --export PATH  (with the folder or zip from support)",
        )
    unknown = [p for p in unknown if p.name != "manifest.json"]
    return ExportLayout(tuple(tables), tuple(settings), tuple(media), tuple(unknown), facts)


def recognise(path: Path, rows_declared: int | None = None) -> ExportFile | None:
    """Return what a CSV file is, or None when it is like none of the objects."""
    headers = read_header(path)
    if not headers:
        return None
    scored = ((_likeness(headers, candidate), candidate) for candidate in objects())
    likeness, best = max(scored, key=lambda pair: pair[0])
    if likeness < ENOUGH_ALIKE:
        return None
    return ExportFile(path, best.name, tuple(_named(headers, best)), rows_declared)


def read_header(path: Path) -> list[str]:
    """Return the cells of a CSV file's first line; raises ExportUnreadableError for no text."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            return [cell.strip() for cell in next(csv.reader(stream), [])]
    except (UnicodeDecodeError, csv.Error) as error:
        raise ExportUnreadableError(
            f"{path.name} is not text in UTF-8 ({error}).",
            next_command="save the file as CSV UTF-8, then: crossdock inspect",
        ) from error


def _likeness(headers: list[str], candidate: SourceObject) -> float:
    """Return how alike two sets of headers are, from 0 to 1.

    One side may have much more than the other: properties carry a column per field of their type,
    and an account may leave out columns it does not use.
    """
    own = {squash(h) for h in headers if not h.casefold().startswith(CUSTOM_PREFIX)}
    hits = sum(1 for column in candidate.columns if own & _spellings(column.name, column.aliases))
    if hits < min(3, len(candidate.columns)):
        return 0.0
    shares = (hits / max(len(own), 1), hits / len(candidate.columns))
    return max(shares) * (0.5 + 0.5 * min(shares))


def _spellings(name: str, aliases: tuple[str, ...]) -> set[str]:
    return {squash(name), *(squash(alias) for alias in aliases)}


def _named(headers: list[str], obj: SourceObject) -> Iterator[tuple[str, str]]:
    """Pair each header with its canonical name; unknown ones keep a name made from the header."""
    taken: set[str] = set()
    for header in headers:
        known = next(
            (
                c.name
                for c in obj.columns
                if squash(header) in _spellings(c.name, c.aliases) and c.name not in taken
            ),
            None,
        )
        name = known or _free_name(_own_name(header), taken)
        taken.add(name)
        yield header, name


def _own_name(header: str) -> str:
    """Return a name that can never be one of our own words for a column."""
    if header.casefold().startswith(CUSTOM_PREFIX):
        return "cf_" + column_name(header[len(CUSTOM_PREFIX) :])
    return "own_" + column_name(header)


def _free_name(name: str, taken: set[str]) -> str:
    candidate, number = name, 2
    while candidate in taken:
        candidate, number = f"{name}_{number}", number + 1
    return candidate


def _manifest(paths: list[Path]) -> tuple[dict[str, str], dict[str, int]]:
    path = next((p for p in paths if p.name == "manifest.json"), None)
    if path is None:
        return {}, {}
    try:
        content = json.loads(path.read_text("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise ExportUnreadableError(
            f"{path.name} is not JSON ({error}).",
            next_command="remove or repair manifest.json, then: crossdock inspect",
        ) from error
    try:
        facts = {name: str(content[name]) for name in _MANIFEST_FACTS if content.get(name)}
        listed = [dict(entry) for entry in content.get("files") or []]
        rows = {str(f["name"]): int(f["rows"]) for f in listed if "rows" in f}
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ExportUnreadableError(
            f"{path.name} is not a manifest ({error}).",
            next_command="remove or repair manifest.json, then: crossdock inspect",
        ) from error
    return facts, rows
