"""Whatever a made tenant was spoilt with: every row is accounted for, and the damage is told."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from crossdock.connectors.octopuspro import OctopusPro
from crossdock.connectors.octopuspro.tenant import write_tenant
from crossdock.connectors.octopuspro.tenant.mess import CABINET
from crossdock.profile.profile import profile
from tests.integration.exports import project_of, store

LEVELS = range(4)
#: Level 3 has every trick of the levels below it.
BETWEEN = {level: (pytest.mark.slow,) if level in (1, 2) else () for level in LEVELS}
#: What tells a person of each trick: a finding, a question or a reject (ROWS_REJECTED).
TOLD = {
    "exact_duplicates": "CUSTOMERS_TWICE",
    "near_duplicates": "CUSTOMERS_TWICE",
    "test_customer": "EMAIL_NO_ADDRESS",
    "lost_emails": "CUSTOMERS_WITHOUT_EMAIL",
    "family_emails": "EMAIL_SHARED",
    "deleted_but_used": "REFERS_TO_DELETED",
    "dangling_customers": "CUSTOMER_GONE",
    "ambiguous_hour": "TIMES_TWICE",
    "dangling_comments": "RECORD_GONE",
    "hand_edited_quotes": "NUMBERS_BY_HAND",
    "hand_edited_invoices": "NUMBERS_BY_HAND",
    "payments_on_void_invoices": "PAYMENT_WITHOUT_INVOICE",
    "payments_on_missing_invoices": "PAYMENT_WITHOUT_INVOICE",
    "numbers_taken_twice": "NUMBER_TWICE",
    "words_for_nothing": "WORDS_FOR_NOTHING",
    "lost_zeros": "ZEROS_RESTORED",
    "scientific_references": "DIGITS_LOST",
    "truncated_notes": "TEXTS_END_AT_ONE_LENGTH",
    "mojibake": "TEXT_MENDED",
    "byte_order_mark_and_twin_header": "FIELD_HEADER_TWICE",
    "windows_1252": "ENCODING",
    "title_and_totals": "ROWS_REJECTED",
    "blank_rows": "ROWS_REJECTED",
    "missing_file": "FILES_NOT_SENT",
}
#: Tricks that are read as they were meant, or that only a later step can tell.
UNTOLD = {
    *("states_by_ear", "deleted_bookings", "virtual_bookings"),
    *("iso_invoice_dates", "iso_rating_dates", "odd_statuses", "money_with_symbols"),
    *("money_as_typed", "comments_with_markup", "relabelled_fields", "tax_on_top"),
    *("old_words", "old_headers", "separator_in_a_value"),
    *("bank_codes_as_dates", "semicolons", "mixed_line_ends"),
}


@dataclass(frozen=True, slots=True)
class Spoilt:
    """A tenant of one level: what was planted, what was told, and rows by file and reader."""

    planted: dict[str, int]
    told: set[str]
    staged: dict[str, int]
    counted: dict[str, int]


@cache
def _spoilt(level: int) -> Spoilt:
    with TemporaryDirectory() as folder, store() as connection:
        made = write_tenant(Path(folder) / "export", customers=40, seed=5, mess=level, media=False)
        found = profile(project_of(Path(folder), made.path), OctopusPro(), connection)
        files = "SELECT name, rows, rows + rejected FROM stage._file"
        staged = connection.execute(files).fetchall()
        return Spoilt(
            {p.trick: p.count for p in made.mess},
            {f.code for f in found.findings} | {q.code for q in found.questions},
            {name: rows for name, _, rows in staged},
            {path.name: _rows(path) for path in made.path.glob("*.csv")},
        )


def _rows(path: Path) -> int:
    """Return how many rows Python's own reader finds below the header, however it is written."""
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("windows-1252")
    delimiter = ";" if text.partition("\n")[0].count(";") > 2 else ","
    rows = [row for row in csv.reader(text.splitlines(True), delimiter=delimiter) if row]
    header = next(place for place, row in enumerate(rows) if len(row) == len(rows[-1]))
    return len(rows) - header - 1


@pytest.mark.parametrize("level", [pytest.param(n, marks=BETWEEN[n]) for n in LEVELS])
def test_every_row_that_another_reader_finds_is_staged_or_rejected(level: int) -> None:
    spoilt = _spoilt(level)
    assert spoilt.staged == spoilt.counted


@pytest.mark.parametrize(
    ("level", "trick"),
    [pytest.param(n, t.name, marks=BETWEEN[n]) for n in LEVELS for t in CABINET if t.level <= n],
)
def test_a_trick_is_told(level: int, trick: str) -> None:
    spoilt = _spoilt(level)
    if spoilt.planted[trick] and trick in TOLD:
        assert TOLD[trick] in spoilt.told


def test_every_trick_is_either_told_or_known_to_be_read_as_it_was_meant() -> None:
    assert {trick.name for trick in CABINET} == {*TOLD, *UNTOLD}
    assert not set(TOLD) & UNTOLD


def test_rows_that_are_no_records_are_not_missed_in_the_manifest() -> None:
    assert "ROWS_NOT_AS_DECLARED" not in _spoilt(3).told
