"""The text of a cell as the value that the API would be sent.

Reference: Freshsales API, CSV import; values on write; certainty: documented for dates, semicolons
and the exact number of employees; inferred that dropdowns are written as a screen shows them, that
their case counts, that numbers are plain digits, and that a date in another format makes the row
fail.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from crossdock.emulator import values
from crossdock.emulator.fields import Field, choices_of
from crossdock.emulator.imports.wizard import DATE_FORMATS
from crossdock.emulator.store import folded

if TYPE_CHECKING:
    from crossdock.emulator.account import Account

_DATES = frozenset({"date", "date_time_split"})
_NUMBERS = frozenset({"number", "decimal"})
#: A number as a person writes it: no exponent, no signs between thousands.
_PLAIN = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)")


class Cells:
    """Reads the cells of one import; `wrong` collects what is wrong with a row."""

    def __init__(self, account: Account, date_format: str) -> None:
        self.wrong: list[str] = []
        self._account = account
        self._written = date_format
        self._format = DATE_FORMATS[date_format]
        self._shape = re.compile(re.sub("[A-Z]", "[0-9]", date_format))
        self._labels: dict[str, dict[str, Any]] = {}

    def read(self, field: Field, text: str) -> Any:
        """Return the value of a cell that is not blank."""
        if field.type in _DATES:
            return self._date(field, text)
        if field.name == "number_of_employees":
            return self._count(field, text)
        if field.type in _NUMBERS:
            return self._number(field, text)
        if field.type == "auto_complete" and field.lookup:
            return self._record(field, text)
        if field.type == "multi_select_dropdown":
            return ";".join(str(each) for each in self._choices(field, text) if each is not None)
        if field.type in ("dropdown", "radio"):
            return self._choice(field, text)
        if field.name == "phone_numbers":
            return [{"value": text}]
        return text

    def _date(self, field: Field, text: str) -> str | None:
        if self._shape.fullmatch(text):
            try:
                return _day(text, self._format).isoformat()
            except ValueError:
                pass
        self.wrong.append(f"{field.label} is not a date in the format {self._written}")
        return None

    def _count(self, field: Field, text: str) -> str:
        if not text.isascii() or not text.isdigit():
            self.wrong.append(f"{field.label} must be an exact number")
        return text

    def _number(self, field: Field, text: str) -> str:
        if not _PLAIN.fullmatch(text):
            self.wrong.append(f"{field.label} is not a number")
        return text

    def _record(self, field: Field, text: str) -> int | None:
        """Find what a lookup field points to, by its exact name (certainty: inferred)."""
        records = self._account.records(field.lookup)
        row = records.store.first("name", folded(text)) if records else None
        if row is None:
            self.wrong.append(f"{field.label} doesn't exist")
            return None
        found: int = row["id"]
        return found

    def _choices(self, field: Field, text: str) -> list[Any]:
        return [self._choice(field, part.strip()) for part in text.split(";") if part.strip()]

    def _choice(self, field: Field, text: str) -> Any:
        if field.custom or field.name == "category":
            return text
        found = self._by_label(field).get(text)
        if found is None and self._account.assumptions.refuse_unknown_choice:
            self.wrong.append(f"{field.label} is not in the list of choices")
        return found

    def _by_label(self, field: Field) -> dict[str, Any]:
        found = self._labels.get(field.name)
        if found is None:
            choices = choices_of(field, self._account.catalog)
            found = {each["value"]: each["id"] for each in choices}
            if field.source == "time_zone":
                found |= {each["id"]: each["id"] for each in choices}
            self._labels[field.name] = found
        return found


def _day(text: str, written: str) -> date:
    return datetime.strptime(text, written).date()  # noqa: DTZ007


def match_value(key: str, field: Field | None, text: str) -> str:
    """Return the text of a cell as indexes hold the value of a field."""
    if field is None or field.type not in _NUMBERS or not _PLAIN.fullmatch(text):
        return text
    if key == "amount":
        amount = values.amount(text)
        return text if amount is None else values.amount_text(amount)
    return str(values.number(text))
