"""Marketing lists: named sets of contacts.

Reference: Freshsales API, lists; certainty: observed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crossdock.emulator import errors
from crossdock.emulator.store import Row

if TYPE_CHECKING:
    from crossdock.emulator.account import Account


class Lists:
    """The lists of the account; a list keeps the ids of its contacts."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self.all: dict[int, Row] = {}

    def create(self, name: str) -> Row:
        """Make a list."""
        if not name:
            raise errors.invalid("Name can't be blank")
        row: Row = {"id": self.account.ids.next("list"), "name": name, "contacts": []}
        self.all[row["id"]] = row
        return row

    def get(self, list_id: int) -> Row:
        """Return a list, or say that there is none."""
        if list_id not in self.all:
            raise errors.not_found("list")
        return self.all[list_id]

    def state(self) -> list[Row]:
        """Return the lists, for the account's file."""
        return list(self.all.values())

    def restore(self, rows: list[Row]) -> None:
        """Take over the lists of a file."""
        self.all = {row["id"]: row for row in rows}

    def add(self, row: Row, ids: list[int]) -> int:
        """Put contacts on a list; return how many exist."""
        known = [each for each in ids if self.account.exists("contact", each)]
        row["contacts"] = list(dict.fromkeys([*row["contacts"], *known]))
        return len(known)

    def remove(self, row: Row, ids: list[int]) -> int:
        """Take contacts off a list; return how many were on it."""
        gone = set(ids)
        kept = [each for each in row["contacts"] if each not in gone]
        count = len(row["contacts"]) - len(kept)
        row["contacts"] = kept
        return count
