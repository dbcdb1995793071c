"""What kind of file something is, told by its first bytes and never by its name alone."""

from __future__ import annotations

import re
import zipfile
from enum import StrEnum
from pathlib import Path


class Kind(StrEnum):
    """What a file can be, as far as reading goes."""

    TEXT = "text"
    WORKBOOK = "workbook"
    DOCUMENT = "document"
    OTHER = "other"


#: First bytes of files that hold no table that could be read, and what to say of them.
_OTHERS = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel file, or one with a password"),
    (b"%PDF", "a PDF, which shows one record to a person and holds no table"),
    (b"SQLite format 3", "an SQLite database"),
    (b"PAR1", "a Parquet file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"RIFF", "a picture or a recording"),
    (b"\x00\x00\x00", "a film or a recording"),
)
_PAYOUT = "a bank's payment file, which holds payouts and no records of customers"
#: The first lines of the fixed-width files in which banks take payments: ABA and NACHA.
_PAYMENTS = re.compile(rb"0 {17}\d\d[A-Z]{3} {7}|101[ \d]{10}[ \d]{10}\d{10}[A-Z0-9]094101")
_MARKUP = re.compile(rb"\s*(?:<!doctype|<html|<table|<\?xml)", re.IGNORECASE)
_HEAD = 4096


def kind_of(path: Path) -> tuple[Kind, str]:
    """Return a file's kind; for one that cannot be read, also what it is in words."""
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    if not head:
        return Kind.OTHER, "empty"
    if head.startswith(b"PK"):
        return _zipped(path)
    if not head.strip(b"\x00"):
        return Kind.OTHER, "nothing but zero bytes, as a file that was never written to its end"
    if _PAYMENTS.match(head):
        return Kind.OTHER, _PAYOUT
    for first, what in _OTHERS:
        if head.startswith(first):
            return Kind.OTHER, what
    bare = head.removeprefix(b"\xef\xbb\xbf")
    if _MARKUP.match(bare):
        return Kind.OTHER, "a web page or XML, whatever its name says"
    if _looks_like_json(bare, path):
        return Kind.DOCUMENT, ""
    return Kind.TEXT, ""


def _zipped(path: Path) -> tuple[Kind, str]:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError):
        return Kind.OTHER, "a damaged archive or workbook"
    if "xl/workbook.xml" in names:
        return Kind.WORKBOOK, ""
    if "xl/workbook.bin" in names:
        return Kind.OTHER, "a binary Excel file (.xlsb)"
    if "mimetype" in names:
        return Kind.OTHER, "an OpenDocument file (.ods)"
    return Kind.OTHER, "an archive that was not unpacked"


def _looks_like_json(head: bytes, path: Path) -> bool:
    """Return whether a file is JSON: it says so, or begins as only JSON does."""
    if path.suffix.lower() in {".json", ".ndjson", ".jsonl"}:
        return True
    wide = head.replace(b"\x00", b"").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    return re.match(rb'\s*(?:\{\s*["}]|\[\s*[\[{"\]])', wide) is not None
