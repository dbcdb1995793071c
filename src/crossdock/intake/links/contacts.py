"""Which columns of an object hold contact details: told by the words of their names.

Lists saved from the screen bring columns that the object does not have in the full export, such as
a customer's mobile beside a booking.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import duckdb


@dataclass(frozen=True, slots=True)
class Contacts:
    """Columns by the kind of contact detail they hold."""

    emails: tuple[str, ...]
    phones: tuple[str, ...]
    addresses: tuple[str, ...]


_EMAIL = re.compile(r"e_?mail")
_PHONE = re.compile(r"mobile|phone|\bcell\b")
_ADDRESS = re.compile(r"(^|_)address$|^own_location$")


def contacts_of(connection: duckdb.DuckDBPyConnection, name: str) -> Contacts:
    """Return the text columns of an object that hold e-mails, phone numbers and addresses."""
    columns = text_columns(connection, name)

    def named(pattern: re.Pattern[str]) -> tuple[str, ...]:
        return tuple(column for column in columns if pattern.search(column))

    emails = named(_EMAIL)
    addresses = tuple(column for column in named(_ADDRESS) if column not in emails)
    return Contacts(emails, named(_PHONE), addresses)


def text_columns(connection: duckdb.DuckDBPyConnection, name: str) -> list[str]:
    """Return the columns of an object's typed view that hold text, in order."""
    rows = connection.execute(f"DESCRIBE typed.{name}").fetchall()
    return [column for column, kind, *_ in rows if kind == "VARCHAR"]
