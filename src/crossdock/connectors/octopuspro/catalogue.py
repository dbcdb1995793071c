"""Every object of OctopusPro, read from `objects.toml`."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources

from crossdock.connectors.base import SourceColumn, SourceObject
from crossdock.model.fields import FieldType


@cache
def squash(header: str) -> str:
    """Return a header without case, stars, spaces and punctuation, for comparing."""
    return re.sub(r"[^a-z0-9]", "", header.casefold().replace("%", "percent"))


def column_name(header: str) -> str:
    """Return the canonical column name for a header: `Share %` becomes `share_percent`."""
    words = re.sub(r"[^a-z0-9]+", "_", header.casefold().replace("%", " percent")).strip("_")
    return words or "column"


#: Words that the product, or its users, used before or use instead; certainty: documented for the
#: first four, inferred for the rest.
_OLD_WORDS = {
    "estimate": "quote",
    "complaint": "issue",
    "contractor": "fieldworker",
    "attribute": "field",
    "enquiry": "inquiry",
    "technician": "fieldworker",
    "serviceprovider": "fieldworker",
    "appointment": "booking",
    "job": "booking",
    "client": "customer",
    "colour": "color",
    "organisation": "business",
    "method": "type",
    "employee": "fieldworker",
}
#: Headers that a list of an object may have though the object has no such column.
_ALSO = {"customer": ("name", "fullname", "customername", "clientname", "customer", "address")}
_NUMBERS = ("number", "no", "num", "nr", "#")


@cache
def modern(header: str) -> str:
    """Return a squashed header in today's words: `Estimate No.` is `quotenumber`."""
    words = re.findall(r"[a-z0-9]+|#", header.casefold().replace("service provider", "fieldworker"))
    plain = [_OLD_WORDS.get(_singular(word), word) for word in words]
    if len(plain) > 1 and plain[-1] in _NUMBERS:
        plain[-1] = "number"
    return "".join(word for word in plain if word != "#")


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and word[:-1] in _OLD_WORDS else word


@cache
def spellings(column: SourceColumn) -> frozenset[str]:
    """Return every squashed header that a column is known by."""
    return frozenset(squash(name) for name in (column.name, *column.aliases))


@cache
def names_of_columns(object_name: str) -> dict[str, str]:
    """Return an object's column by each squashed header that it is known by."""
    obj = next(o for o in objects() if o.name == object_name)
    known = {header: header for header in _ALSO.get(object_name, ())}
    known |= {spelling: c.name for c in reversed(obj.columns) for spelling in spellings(c)}
    return known | {squash(c.name): c.name for c in obj.columns}


@cache
def who_has(header: str) -> frozenset[str]:
    """Return the names of the objects that know a squashed header."""
    return frozenset(obj.name for obj in objects() if header in names_of_columns(obj.name))


@cache
def objects() -> tuple[SourceObject, ...]:
    """Return all objects, in the order of the file."""
    text = resources.files(__package__).joinpath("objects.toml").read_text("utf-8")
    return tuple(_object(name, entry) for name, entry in tomllib.loads(text).items())


def _object(name: str, entry: dict[str, object]) -> SourceObject:
    lines = [line for line in str(entry["columns"]).splitlines() if line.strip()]
    key = entry.get("key", [])
    assert isinstance(key, list)
    return SourceObject(
        name=name,
        label=str(entry["label"]),
        columns=tuple(_column(line) for line in lines),
        key=tuple(str(part) for part in key),
        needed=bool(entry.get("needed", False)),
        settings=bool(entry.get("settings", False)),
        prefix=str(entry.get("prefix", "")),
        lines=str(entry.get("lines", "")),
    )


def _column(line: str) -> SourceColumn:
    head, _, aliases = line.partition("=")
    header, _, type_name = head.partition(":")
    return SourceColumn(
        name=column_name(header.strip()),
        type=FieldType(type_name.strip() or "text"),
        aliases=tuple(alias.strip() for alias in aliases.split(",") if alias.strip()),
        header=header.strip(),
    )
