"""What unpacking has to tell: how often, and a handful of places."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

#: The codes are those of the rules in `profile/catalogue/files.toml`.
ARCHIVE = "ARCHIVES_INSIDE"
SYSTEM = "SYSTEM_FILES_LEFT_OUT"
LINK = "LINKS_NOT_FOLLOWED"
SPECIAL = "SPECIAL_FILES_LEFT_OUT"
NAME = "NAMES_CHANGED"

#: How many places are kept of each; an export may hold a hundred thousand odd files.
PLACES = 5


class Notes:
    """Notes by code: their number, and their first places."""

    def __init__(self, content: Mapping[str, Any] | None = None) -> None:
        content = content or {}
        self._counts = Counter({str(code): int(note["count"]) for code, note in content.items()})
        self._places: defaultdict[str, list[str]] = defaultdict(list)
        for code, note in content.items():
            self._places[code] = [str(place) for place in note["places"]]

    def add(self, code: str, place: str) -> None:
        """Note that something holds at a place, such as `outer.zip/inner.zip/file.csv`."""
        self._counts[code] += 1
        if len(self._places[code]) < PLACES:
            self._places[code].append(printable(place))

    def rows(self) -> Iterator[tuple[str, str | None, int]]:
        """Return code, place and number; what has no place of its own is counted in one row."""
        for code, count in self._counts.items():
            places = self._places[code]
            yield from ((code, place, 1) for place in places)
            if count > len(places):
                yield code, None, count - len(places)

    def as_json(self) -> dict[str, Any]:
        """Return the notes as they are kept beside what was unpacked."""
        return {
            code: {"count": count, "places": self._places[code]}
            for code, count in self._counts.items()
        }


def printable(place: str) -> str:
    """Return a place as one line of text, whatever bytes its name is made of."""
    text = place.encode("utf-8", "backslashreplace").decode("utf-8")
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
