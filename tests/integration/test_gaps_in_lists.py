"""What one would expect of an export and what is absent from it is told, with what it means."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any, Protocol

import pytest

from crossdock.connectors.octopuspro.catalogue import objects
from crossdock.connectors.octopuspro.request.letter import can_be_asked
from crossdock.model.findings import Severity
from crossdock.profile.gaps.expected import expected
from crossdock.profile.profile import Profile
from tests.integration.exports import Row, export_of
from tests.integration.gap_exports import bookings, of_code, profile_at, profile_of


class Profiled(Protocol):
    def __call__(self, **files: Any) -> Profile: ...


@pytest.fixture
def profiled(tmp_path: Path) -> Profiled:
    """Write an export and profile it."""
    return partial(profile_of, tmp_path)


def test_every_object_has_a_sentence_and_columns_that_exist() -> None:
    assert set(expected()) == {obj.name for obj in objects()}
    for obj in objects():
        one = expected()[obj.name]
        named = {name for names in one.columns for name in names} | set(one.filled)
        named |= {one.moment, one.numbers} - {""}
        assert one.without
        assert named <= {column.name for column in obj.columns}, obj.name


def test_lists_that_are_absent_are_told_with_what_the_move_loses(profiled: Profiled) -> None:
    (records,) = of_code(found := profiled(payments=None), "LISTS_ABSENT")
    assert records.severity is Severity.WARNS
    assert "E-mails: e-mails are not in the history" in records.evidence
    assert len(records.evidence) == records.count == 27
    assert "crossdock request" in records.remedy
    assert not [line for line in records.evidence if line.startswith("Payments")]
    assert "NO_FILE:payment" in {question.code for question in found.questions}


def test_settings_that_are_absent_are_a_note(profiled: Profiled) -> None:
    (settings,) = of_code(profiled(), "SETTINGS_ABSENT")
    assert settings.severity is Severity.NOTES
    assert "Custom fields: types and choices of custom fields are guessed" in str(settings.evidence)


def test_columns_that_matter_are_told_apart_from_others(tmp_path: Path) -> None:
    export = export_of(tmp_path)
    (export / "bookings.csv").write_text(
        "Booking Number,Created,Customer Name,First Start,Balance\n", "utf-8"
    )
    found = profile_at(tmp_path, export)
    (needed,) = of_code(found, "COLUMNS_NEEDED")
    assert (needed.object, needed.severity) == ("booking", Severity.WARNS)
    assert needed.evidence == (
        "Status: done, cancelled and open jobs cannot be told apart",
        "Total: deals have no amount",
    )
    (absent,) = of_code(found, "COLUMNS_ABSENT")
    assert (absent.severity, absent.count) == (Severity.NOTES, 27)
    assert {"Status", "Customer ID", "Address"} <= set(absent.evidence)
    assert "Customer Name" not in absent.evidence


def test_a_list_with_all_columns_lacks_none(profiled: Profiled) -> None:
    found = profiled(bookings=bookings(range(5)))
    assert not of_code(found, "COLUMNS_NEEDED") + of_code(found, "COLUMNS_ABSENT")


def test_a_column_that_is_usually_filled_and_is_empty_is_told(profiled: Profiled) -> None:
    (finding,) = of_code(
        profiled(bookings=bookings(range(5), status="", address="")), "COLUMNS_EMPTY"
    )
    assert (finding.object, finding.count) == ("booking", 2)
    assert "empty in all 5 rows" in finding.message
    assert finding.evidence == (
        "Status: done, cancelled and open jobs cannot be told apart",
        "Address: hardly ever empty in all rows",
    )


@pytest.mark.parametrize(
    "rows",
    [bookings(range(4), status=""), [*bookings(range(5), status=""), *bookings(range(1))]],
    ids=["too few rows", "one value"],
)
def test_a_column_that_may_just_be_empty_is_not_told(profiled: Profiled, rows: list[Row]) -> None:
    assert not of_code(profiled(bookings=rows), "COLUMNS_EMPTY")


def test_columns_that_no_inventory_names_are_told(profiled: Profiled) -> None:
    found = profiled(
        custom_fields=[{"field_id": 1, "label": "Pool volume"}],
        bookings=[{"booking_number": "BOK-1", "CF: Pool volume": "9", "CF: Gate": "42"}],
    )
    (finding,) = of_code(found, "COLUMNS_UNEXPLAINED")
    assert (finding.object, finding.evidence) == ("booking", ("CF: Gate",))
    assert "the list of custom fields does not name it" in finding.message


def test_an_export_that_says_nothing_of_itself_is_a_note(profiled: Profiled) -> None:
    found = profiled(manifest=None)
    (manifest,), (settings,) = of_code(found, "NO_MANIFEST"), of_code(found, "NO_SETTINGS")
    assert "does not say when it was made" in manifest.message
    assert "no settings of the company" in settings.message


def test_counts_to_compare_with_the_screen_are_told_with_their_place(profiled: Profiled) -> None:
    rows = [
        *bookings(range(3)),
        *bookings(range(1), deleted="Yes"),
        *bookings(range(2), status="Cancelled "),
    ]
    invoices = [
        {"invoice_number": "INV-1", "status": "Open", "total": "$1,100.00", "balance": "100"},
        {"invoice_number": "INV-2", "status": "open", "total": "50", "balance": "50"},
        {"invoice_number": "INV-3", "status": "Void", "total": "7", "balance": "7"},
    ]
    found = profiled(bookings=rows, invoices=invoices)
    told = {
        (c.label, c.where): (c.count, c.as_json()["amount"])
        for c in found.checks
        if c.object in ("booking", "invoice")
    }
    assert told == {
        ("Bookings, not deleted", "Bookings, all of them"): (5, None),
        ("Bookings, deleted", "Bookings > Deleted"): (1, None),
        ("Bookings, not deleted: COMPLETED", "Bookings, with this status"): (3, None),
        ("Bookings, not deleted: CANCELLED", "Bookings, with this status"): (2, None),
        ("Invoices, their total: OPEN", "Invoices, with this status"): (2, "1150.00"),
        ("Invoices, their total: VOID", "Invoices, with this status"): (1, "7.00"),
        (
            "Invoices that are owed, what is outstanding",
            "Invoices, those that are not void, a draft or closed",
        ): (2, "150.00"),
    }
    assert {c.certainty for c in found.checks} == {"documented", "inferred"}
    assert found.as_json()["checks"][0] == {
        "object": "customer",
        "label": "Customers, not deleted",
        "where": "Customers",
        "certainty": "documented",
        "count": 0,
        "amount": None,
    }


@pytest.mark.parametrize(
    "code",
    [
        "COLUMNS_EMPTY",
        "ROUND_COUNT",
        "LAST_LINE_CUT",
        "LAST_ROW_EMPTY_AT_END",
        "TEXTS_END_AT_ONE_LENGTH",
        "NUMBERS_MISSING_IN_A_ROW",
        "NUMBERS_MISSING_BY_PAGE",
        "LIST_ENDS_EARLY",
        "LISTS_TAKEN_APART",
        "NAMES_NEWER_RECORDS",
        "NEWER_THAN_EXPORT",
        "ENDS_BEFORE_EXPORT",
        "MONTHS_WITHOUT_RECORDS",
        "FILES_NOT_SENT",
        "FILE_CHANGED",
        "NO_MANIFEST",
        "NO_SETTINGS",
    ],
)
def test_what_support_can_settle_is_asked_in_the_letter(code: str) -> None:
    assert can_be_asked(code)
