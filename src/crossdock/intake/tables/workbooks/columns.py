"""Columns of a sheet, by their letters and by their places, counted from 1."""

from __future__ import annotations

from crossdock.intake.tables.workbooks.container import DamageError

#: How large a sheet can be (documented by Microsoft for Excel).
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384


class Columns(dict[str, int]):
    """The place of a column by its letters, from 1: `A` is 1, `AB` is 28."""

    def __missing__(self, name: str) -> int:
        place = 0
        for letter in name:
            place = place * 26 + ord(letter) - ord("A") + 1
            if not "A" <= letter <= "Z" or place > MOST_COLUMNS:
                break
        else:
            if place:
                self[name] = place
                return place
        raise DamageError(f"it has a cell in a column {name[:20]!r}")


def letters(column: int) -> str:
    """Return the letters of a column, counted from 1."""
    out = ""
    while column:
        column, rest = divmod(column - 1, 26)
        out = chr(ord("A") + rest) + out
    return out
