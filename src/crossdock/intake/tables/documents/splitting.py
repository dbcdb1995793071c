"""A document of any size is split into its lists, record by record, in one pass."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crossdock.connectors.documents import DocumentList, known_list
from crossdock.errors import ExportUnreadableError
from crossdock.intake.tables.documents.records import Spool
from crossdock.intake.tables.documents.text import CutError, JsonText

#: A document with more lists than this is a map of something and no export of lists.
MOST_LISTS = 500

#: What a page of an interface says beside its records.
_ENVELOPE = frozenset(
    {
        *("account", "account_name", "exported_at", "exported_by", "generated_at", "time_zone"),
        *("date_format", "time_format", "currency", "country", "tax_mode", "success", "status"),
        *("message", "version", "page", "per_page", "pages", "total", "total_count", "count"),
        *("limit", "offset", "next", "previous", "has_more"),
    }
)


@dataclass(slots=True)
class Split:
    """A document taken apart.

    `spools` holds the lists, `rejects` (list, line, reason) what is no record, `rest` the values
    beside the lists by their path, `scalars` how many values each list of no records has.
    `cut` is the line of the value in whose middle the document ends; `alone` is the only value of a
    document that is one record, or a manifest.
    """

    spools: list[Spool] = field(default_factory=list)
    rejects: list[tuple[str, int, str]] = field(default_factory=list)
    rest: dict[str, Any] = field(default_factory=dict)
    scalars: dict[str, int] = field(default_factory=dict)
    cut: int | None = None
    alone: dict[str, Any] | None = None


class Splitter:
    """Walks through a document and hands each record to the spool of its list."""

    def __init__(
        self,
        text: JsonText,
        lists: Sequence[DocumentList],
        folder: Path,
        stem: str,
        lines: bool = False,
    ) -> None:
        self._text = text
        self._lists = lists
        self._folder = folder
        self._stem = stem
        self._lines = lines
        self._records = False
        self._known: dict[tuple[str, ...], DocumentList] = {}
        self._spools: dict[tuple[str, bool], Spool] = {}
        self.found = Split()

    def run(self) -> Split:
        """Split the whole document, which may be several values one after the other.

        Raises ExportUnreadableError for what is no JSON.
        """
        try:
            while first := self._text.peek():
                began = self._text.line()
                self._line() if self._lines else self._top(first)
                # Records that follow one another, each on a line of its own: one that is broken
                # does not spoil the next.
                if self._records and began == self._text.line():
                    self._lines |= self._text.peek() == "{" and began < self._text.line()
        except CutError as cut:
            self.found.cut = cut.line
        finally:
            for spool in self.found.spools:
                spool.close()
        return self.found

    def _top(self, first: str) -> None:
        began = self._text.line()
        if first == "[":
            self._array(())
            return
        small = self._text.small_value() if first == "{" else None
        if first == "{" and not is_record(small, self._lists) and not _only_names_files(small):
            self._container(())
            return
        value = self._text.value()
        if isinstance(value, dict) and not self.found.spools and not self._text.peek():
            self.found.alone = value
        if not _only_names_files(value):
            self._records = True
            self._record((), began, value)

    def _line(self) -> None:
        line = self._text.line()
        try:
            self._record((), line, self._text.line_value())
        except CutError:
            self._reject((), line, "the file ends in the middle of this record")
            raise
        except ValueError as error:
            self._reject((), line, f"it is not JSON: {error}")

    def _container(self, path: tuple[str, ...]) -> None:
        """Walk through an object whose keys hold lists, or objects with lists."""
        for key in self._members("{", "}"):
            first = self._text.peek()
            below = (*path, key)
            if first == "[":
                self._array(below)
            elif first == "{" and key != "manifest" and not self._is_leaf():
                self._container(below)
            else:
                self._keep(".".join(below), self._text.value())

    def _is_leaf(self) -> bool:
        value = self._text.small_value()
        return value is not None and not _holds_lists(value)

    def _keep(self, place: str, value: Any) -> None:
        if place in self.found.rest and self.found.rest[place] != value:
            place += " (2)"
        self.found.rest[place] = value

    def _array(self, path: tuple[str, ...]) -> None:
        """Walk through a list; what is no record in a list with records is rejected."""
        odd: list[tuple[int, Any]] = []
        records = 0
        for _ in self._members("[", "]"):
            self._text.peek()
            line = self._text.line()
            try:
                value = self._text.value()
            except CutError:
                self._reject(path, line, "the file ends in the middle of this record")
                raise
            if isinstance(value, dict):
                records += 1
                self._record(path, line, value)
            elif value is not None:
                odd.append((line, value))
        if records or not path:
            for line, value in odd:
                self._record(path, line, value)
        elif odd:
            place = ".".join(path)
            self.found.scalars[place] = self.found.scalars.get(place, 0) + len(odd)

    def _members(self, opening: str, closing: str) -> Iterator[str]:
        """Yield for each member of an object its key, of a list an empty text, at its value."""
        self._text.take(opening)
        if self._text.peek() == closing:
            self._text.skip()
            return
        while True:
            key = ""
            if opening == "{":
                if self._text.peek() not in ('"', ""):
                    raise self._text.broken("expected the name of a key in double quotes")
                key = str(self._text.value())
                self._text.take(":")
            elif self._text.peek() == closing:
                raise self._text.broken("a comma stands before the end of the list")
            yield key
            if self._text.peek() == closing:
                self._text.skip()
                return
            self._text.take(",")

    def _record(self, path: tuple[str, ...], line: int, value: Any) -> None:
        if not isinstance(value, dict):
            what = "a list" if isinstance(value, list) else f"the value {json.dumps(value)[:40]}"
            self._reject(path, line, f"it is no record but {what}")
            return
        self._spool(path, value).add(value, line)

    def _reject(self, path: tuple[str, ...], line: int, reason: str) -> None:
        self.found.rejects.append((".".join(path) or self._stem, line, reason))

    def _spool(self, path: tuple[str, ...], record: dict[str, Any]) -> Spool:
        name = path[-1] if path else self._stem
        known = known_list(self._lists, record, name) or self._known.get(path)
        place = known.name if known else ".".join(path) or self._stem
        found = self._spools.get((place, known is not None))
        if found is None:
            if len(self._spools) == MOST_LISTS:
                raise ExportUnreadableError(
                    f"{self._stem} holds more than {MOST_LISTS} lists: its records cannot be told"
                    " from its keys.",
                    next_command="ask support for lists of records, then: crossdock inspect",
                )
            target = self._folder / f"list_{len(self._spools)}.ndjson"
            found = self._spools[place, known is not None] = Spool(place, known, target)
            self.found.spools.append(found)
            if known:
                self._known[path] = known
        return found


def is_record(value: Any, lists: Sequence[DocumentList]) -> bool:
    """Return whether an object is itself a record rather than a holder of lists of records.

    One that holds a known list is none, nor is one with more lists of records than other values.
    """
    if not isinstance(value, dict) or "manifest" in value:
        return False
    if known_list(lists, value) or not _holds_lists(value):
        return bool(value)
    firsts = list(_first_records(value))
    if any(known_list(lists, first, key) for key, first in firsts):
        return False
    said = sum(not isinstance(x, (dict, list)) for k, x in value.items() if k not in _ENVELOPE)
    return said >= max(1, len(firsts))


def _first_records(value: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the key and the first record of each list of records in an object."""
    for key, inner in value.items():
        if isinstance(inner, dict):
            yield from _first_records(inner)
        elif isinstance(inner, list):
            yield from ((key, x) for x in inner[:1] if isinstance(x, dict))


def _only_names_files(value: Any) -> bool:
    """Return whether an object is a manifest that lists files, and holds no records."""
    if not isinstance(value, dict) or not isinstance(value.get("files"), list):
        return False
    return not _holds_lists({k: v for k, v in value.items() if k != "files"})


def _holds_lists(value: dict[str, Any]) -> bool:
    """Return whether there is a list of records, or an empty list, in an object."""
    for inner in value.values():
        if isinstance(inner, list) and (not inner or any(isinstance(x, dict) for x in inner)):
            return True
        if isinstance(inner, dict) and _holds_lists(inner):
            return True
    return False
