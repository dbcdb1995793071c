"""Which sheets a workbook has, which of its texts are blank, and how it shows numbers."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from crossdock.intake.tables.workbooks import markup, numbers
from crossdock.intake.tables.workbooks.container import Container, DamageError
from crossdock.intake.tables.workbooks.numbers import Shown
from crossdock.intake.tables.workbooks.texts import blank


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet with cells: its name, the part that it lies in, and whether it is hidden."""

    name: str
    part: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Outline:
    """What has to be known of a workbook before its sheets are counted.

    `blank` holds the numbers of shared texts without a character that can be seen, as they are
    written in cells; `shown` the styles that show numbers as something else.
    """

    sheets: tuple[Sheet, ...]
    blank: frozenset[str]
    shown: Mapping[str, Shown]


def outline(book: Container) -> Outline:
    """Read a workbook's outline. Raises DamageError, ExpatError."""
    targets = {local: part for local, (part, _) in _relations(book, "_rels/.rels", "").items()}
    main = targets.get("officeDocument", "xl/workbook.xml")
    folder, file = posixpath.split(main)
    related = _relations(book, f"{folder}/_rels/{file}.rels", folder, by_kind=False)
    parts = {kind: part for part, kind in related.values()}
    return Outline(
        tuple(_sheets(book, main, related)),
        blank(book, parts.get("sharedStrings", "")),
        _shown(book, parts.get("styles", "")),
    )


def _elements(book: Container, part: str, *wanted: str) -> list[tuple[str, dict[str, str]]]:
    """Return the elements of a part that have one of these names, by local names."""
    found: list[tuple[str, dict[str, str]]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        name = markup.local(name)
        if name in wanted:
            found.append((name, {markup.local(key): text for key, text in attributes.items()}))

    for _ in markup.parse(book.read(part), markup.parser(start)):
        pass
    return found


def _relations(
    book: Container, part: str, folder: str, by_kind: bool = True
) -> dict[str, tuple[str, str]]:
    """Return parts and their kinds, by kind or by the name that they are referred to."""
    out = {}
    for _, attributes in _elements(book, part, "Relationship"):
        if attributes.get("TargetMode") != "External":
            kind = posixpath.basename(attributes.get("Type", ""))
            target = posixpath.join("/" + folder, attributes.get("Target", "")).lstrip("/")
            out[kind if by_kind else attributes.get("Id", "")] = (target, kind)
    return out


def _sheets(book: Container, main: str, related: Mapping[str, tuple[str, str]]) -> Iterator[Sheet]:
    seen = set()
    for _, attributes in _elements(book, main, "sheet"):
        title = attributes.get("name", "")
        if title.casefold() in seen:
            raise DamageError(f"it has two sheets with the name {title}")
        seen.add(title.casefold())
        part, kind = related.get(attributes.get("id", ""), ("", ""))
        if not kind:
            raise DamageError(f"its sheet {title} is nowhere in it")
        if kind == "worksheet":
            yield Sheet(title, part, attributes.get("state", "visible") != "visible")


def _shown(book: Container, part: str) -> dict[str, Shown]:
    """Return the styles, by their number, that show a number as a share or with zeros before."""
    codes: dict[str, str] = {}
    used: list[str] = []
    within = False
    if not book.has(part):
        return {}
    for name, attributes in _elements(book, part, "numFmt", "xf", "cellStyleXfs", "cellXfs"):
        if name == "numFmt":
            codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name != "xf":
            within = name == "cellXfs"
        elif within:
            used.append(attributes.get("numFmtId", "0"))
    shown = ((str(place), numbers.shown(number, codes)) for place, number in enumerate(used))
    return {place: way for place, way in shown if way is not None}
