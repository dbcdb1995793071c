"""On which line of a mapping file each thing stands, so that a message can name it.

TOML readers tell positions of what they cannot read only. Here the headers of tables and the keys
below them are found again in the text, well enough for a file of the usual shape; where something
cannot be found, the message does without a number.
"""

from __future__ import annotations

import re
from collections import Counter

_HEADER = re.compile(r"^\s*(\[\[?)\s*(.+?)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"""^\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([A-Za-z0-9_-]+))\s*=""")


class Places:
    """The line numbers of one text, counted from 1."""

    def __init__(self, text: str) -> None:
        self._headers: dict[tuple[str, int], int] = {}
        self._keys: dict[tuple[str, int, str], int] = {}
        seen: Counter[str] = Counter()
        table, index = "", 0
        for number, line in enumerate(text.splitlines(), start=1):
            header = _HEADER.match(line)
            if header and "=" not in header[2].partition('"')[0]:
                table = re.sub(r"\s*\.\s*", ".", header[2])
                index = seen[table] if header[1] == "[[" else 0
                seen[table] += 1
                self._headers[table, index] = number
            elif key := _KEY.match(line):
                name = next(group for group in key.groups() if group is not None)
                self._keys.setdefault((table, index, name), number)

    def entry(self, table: str, index: int = 0) -> int | None:
        """Return where a table, or the nth of its kind, begins."""
        return self._headers.get((table, index))

    def key(self, table: str, key: str, index: int = 0) -> int | None:
        """Return where a key of a table stands; where the table begins when it is not found."""
        return self._keys.get((table, index, key)) or self.entry(table, index)
