"""Signs that a file was cut, or taken on another day than the others, are told."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Sequence
from datetime import date, timedelta
from importlib import resources
from pathlib import Path

import pytest

from crossdock.connectors.octopuspro.tenant import write_tenant
from crossdock.model.findings import Finding, Severity
from tests.integration.exports import MANIFEST, Row, export_of, write_csv
from tests.integration.gap_exports import MADE, bookings, of_code, on, profile_at, profile_of

RULES = resources.files("crossdock.profile").joinpath("catalogue", "gaps.toml")
GAPS = {
    "COLUMNS_NEEDED",
    "COLUMNS_ABSENT",
    "COLUMNS_EMPTY",
    "LISTS_ABSENT",
    "SETTINGS_ABSENT",
    "LAST_ROW_EMPTY_AT_END",
    "NO_MANIFEST",
    "NO_SETTINGS",
} | set(tomllib.loads(RULES.read_text("utf-8")))


def found(folder: Path, code: str, **files: Sequence[Row] | dict[str, object]) -> list[Finding]:
    """Return the findings with this code in an export of these rows."""
    return of_code(profile_of(folder, **files), code)  # type: ignore[arg-type]


def labels(count: int) -> list[Row]:
    return [{"record_number": "BOK-1", "label": f"VIP {n}"} for n in range(count)]


@pytest.mark.parametrize("seed", [2, pytest.param(3, marks=pytest.mark.slow)])
def test_a_whole_export_of_a_made_up_company_has_no_gap(tmp_path: Path, seed: int) -> None:
    write_tenant(tmp_path / "export", customers=23, seed=seed)
    profiled = profile_at(tmp_path, tmp_path / "export")
    assert not [finding for finding in profiled.findings if finding.code in GAPS]


# --- files that were cut --------------------------------------------------------------------


@pytest.mark.parametrize("rows", [250, 1000])
def test_a_list_that_matters_and_has_a_round_number_of_rows_is_told(
    tmp_path: Path, rows: int
) -> None:
    (finding,) = found(tmp_path, "ROUND_COUNT", bookings=bookings(range(1, rows + 1)))
    assert finding.severity is Severity.WARNS
    assert finding.evidence == (f"bookings.csv: {rows:,} rows",)
    assert "compare the count with the screen" in finding.remedy


def test_a_small_list_of_another_kind_is_round_by_chance(tmp_path: Path) -> None:
    assert not found(tmp_path, "ROUND_COUNT", labels=labels(100))


def test_two_small_lists_with_the_same_round_number_are_told(tmp_path: Path) -> None:
    ratings = [{"booking_number": f"BOK-{n}", "stars": 5} for n in range(100)]
    (finding,) = found(tmp_path, "ROUND_COUNT", labels=labels(100), ratings=ratings)
    assert finding.evidence == ("labels.csv: 100 rows", "ratings.csv: 100 rows")


def test_a_list_in_files_of_which_the_last_is_not_full_is_whole(tmp_path: Path) -> None:
    export = export_of(tmp_path, bookings=bookings(range(1, 101)))
    write_csv(export / "bookings_2.csv", "bookings", bookings(range(101, 131)))
    assert not of_code(profile_at(tmp_path, export), "ROUND_COUNT")


def test_a_list_in_files_that_are_all_full_may_lack_the_next_one(tmp_path: Path) -> None:
    export = export_of(tmp_path, bookings=bookings(range(1, 101)))
    write_csv(export / "bookings_2.csv", "bookings", bookings(range(101, 201)))
    (finding,) = of_code(profile_at(tmp_path, export), "ROUND_COUNT")
    assert finding.evidence == ("bookings.csv, bookings_2.csv: 200 rows",)


@pytest.mark.parametrize(
    ("last", "reason"),
    [
        ("BOK-9,VIP\n", "2 cells where the header has 3 columns"),
        ('Booking,BOK-9,"VI', "a quote that does not end its cell"),
    ],
    ids=["fewer cells", "open quote"],
)
def test_a_file_that_ends_in_the_middle_of_a_row_is_told(
    tmp_path: Path, last: str, reason: str
) -> None:
    export = export_of(tmp_path, labels=labels(5))
    with (export / "labels.csv").open("a", encoding="utf-8") as stream:
        stream.write(last)
    (finding,) = of_code(profile_at(tmp_path, export), "LAST_LINE_CUT")
    assert finding.evidence[0].startswith(f"labels.csv line 7: {reason}")
    assert "nobody knows how many rows came after" in finding.remedy


@pytest.mark.parametrize("last", ["Booking,BOK-9,VIP,and more\n", "Booking,BOK-9,VIP\n"])
def test_a_row_that_is_odd_for_another_reason_is_not_cut(tmp_path: Path, last: str) -> None:
    export = export_of(tmp_path, labels=labels(5))
    with (export / "labels.csv").open("a", encoding="utf-8") as stream:
        stream.write("BOK-9,VIP\n" * (last.count(",") == 2) + last)
    assert not of_code(profile_at(tmp_path, export), "LAST_LINE_CUT")


def test_a_last_row_that_is_empty_where_all_others_go_on_is_told(tmp_path: Path) -> None:
    rows = [*bookings(range(1, 31)), {"booking_number": "BOK-31", "status": "TO DO"}]
    (finding,) = found(tmp_path, "LAST_ROW_EMPTY_AT_END", bookings=rows)
    assert finding.object == "booking"
    assert finding.evidence == ("bookings.csv: no Customer ID and what follows",)


@pytest.mark.parametrize(
    "last",
    [{"first_start": ""}, {"deleted": "", "labels": "VIP"}],
    ids=["in the middle", "something follows"],
)
def test_a_last_row_that_lacks_a_value_elsewhere_is_not_told(tmp_path: Path, last: Row) -> None:
    rows = [*bookings(range(1, 31), labels="VIP", auto_reminders_paused="No", deleted="No")]
    rows[-1] = {**rows[-1], "deleted": "No", **last, "auto_reminders_paused": "No"}
    if "deleted" in last:
        rows = [{**row, "CF: Gate": "12"} for row in rows]
    assert not found(tmp_path, "LAST_ROW_EMPTY_AT_END", bookings=rows)


@pytest.mark.parametrize(("length", "texts"), [(255, 2), (1000, 2), (32_767, 1), (77, 5)])
def test_texts_that_end_at_one_length_are_told(tmp_path: Path, length: int, texts: int) -> None:
    notes = [f"{n} Mind the dog. ".ljust(length, "w") for n in range(texts)]
    rows = [{"customer_id": n, "notes": text} for n, text in enumerate([*notes, "Short one"])]
    (finding,) = found(tmp_path, "TEXTS_END_AT_ONE_LENGTH", customers=rows)
    assert finding.count == texts
    assert finding.evidence == (
        f"Customers, Notes: {texts} different texts of {length:,} characters",
    )


@pytest.mark.parametrize(
    "notes",
    [
        [f"{n} Mind the dog. ".ljust(60 + n, "w") for n in range(9)],
        ["The same words, from a template. ".ljust(255, "w")] * 9,
        [f"{n}".ljust(64, "f") for n in range(9)],
        [f"{n} Mind the dog. ".ljust(77, "w") for n in range(4)],
    ],
    ids=["of all lengths", "one text", "no words", "too few"],
)
def test_texts_that_are_just_long_are_not_told(tmp_path: Path, notes: list[str]) -> None:
    rows = [{"customer_id": n, "notes": text} for n, text in enumerate(notes)]
    assert not found(tmp_path, "TEXTS_END_AT_ONE_LENGTH", customers=rows)


# --- numbers that are missing ---------------------------------------------------------------


def test_a_long_run_of_numbers_that_took_its_days_with_it_is_told(tmp_path: Path) -> None:
    rows = bookings([*range(400, 500), *range(540, 640)])
    (finding,) = found(tmp_path, "NUMBERS_MISSING_IN_A_ROW", bookings=rows)
    assert finding.count == 40
    assert finding.evidence == ("Bookings: BOK-500 to BOK-539",)


def test_a_start_number_that_was_raised_is_no_gap(tmp_path: Path) -> None:
    before = bookings(range(400, 500), last=MADE - timedelta(days=100))
    after = bookings(range(2000, 2100))
    assert not found(tmp_path, "NUMBERS_MISSING_IN_A_ROW", bookings=[*before, *after])


def test_numbers_of_deleted_records_and_numbers_set_by_hand_are_no_gap(tmp_path: Path) -> None:
    some = [n for n in range(400, 800) if n % 37 and n % 53]
    rows = [*bookings(some), *bookings([90_001], last=MADE)]
    profiled = profile_of(tmp_path, bookings=rows)
    assert not of_code(profiled, "NUMBERS_MISSING_IN_A_ROW")
    assert not of_code(profiled, "NUMBERS_MISSING_BY_PAGE")


@pytest.mark.parametrize("missing", [1, 30])
def test_pages_that_lost_their_ends_are_told_once(tmp_path: Path, missing: int) -> None:
    numbers = [n for n in range(1000) if n % 100 < 100 - missing]
    profiled = profile_of(tmp_path, bookings=bookings(numbers))
    (finding,) = of_code(profiled, "NUMBERS_MISSING_BY_PAGE")
    more = f", and {missing - 1} more" if missing > 1 else ""
    assert finding.evidence == (
        f"Bookings: after every {100 - missing} records, 9 times, the next number is missing{more}",
    )
    assert not of_code(profiled, "NUMBERS_MISSING_IN_A_ROW")


def test_numbers_that_count_on_in_tens_are_no_pages(tmp_path: Path) -> None:
    rows = bookings(range(0, 3000, 10), last=MADE)
    assert not found(tmp_path, "NUMBERS_MISSING_BY_PAGE", bookings=rows)


# --- files of other days --------------------------------------------------------------------


def messages(newest: date, count: int = 60) -> list[Row]:
    """Messages of the last days up to the newest, one on each day."""
    return [
        {"date_time": on(newest - timedelta(days=n)), "to": "0412 345 678", "message": "On my way"}
        for n in range(count)
    ]


def test_a_list_that_ends_months_before_the_others_is_told(tmp_path: Path) -> None:
    profiled = profile_of(
        tmp_path, bookings=bookings(range(60)), sms=messages(MADE - timedelta(days=70))
    )
    (finding,) = of_code(profiled, "LIST_ENDS_EARLY")
    assert finding.evidence == ("SMS: the newest record is of 21 April 2025",)
    assert not of_code(profiled, "LISTS_TAKEN_APART")


def test_a_list_that_was_taken_a_week_earlier_is_told(tmp_path: Path) -> None:
    profiled = profile_of(
        tmp_path, bookings=bookings(range(60)), sms=messages(MADE - timedelta(days=9))
    )
    (finding,) = of_code(profiled, "LISTS_TAKEN_APART")
    assert finding.evidence == (
        "SMS: the newest record is of 21 June 2025, 9 days before those of other lists",
    )
    assert not of_code(profiled, "LIST_ENDS_EARLY")


def test_a_list_that_is_seldom_used_may_end_earlier(tmp_path: Path) -> None:
    seldom = [
        {**row, "date_time": on(MADE - timedelta(days=40 * (n + 2)))}
        for n, row in enumerate(messages(MADE, 30))
    ]
    profiled = profile_of(tmp_path, bookings=bookings(range(60)), sms=seldom)
    assert not of_code(profiled, "LIST_ENDS_EARLY") + of_code(profiled, "LISTS_TAKEN_APART")


def test_without_a_manifest_one_wrong_clock_decides_nothing(tmp_path: Path) -> None:
    calls = [{"date_time": on(date(2052, 1, 1)), "from": "1"}, *messages(MADE, 0)] * 30
    facts = {k: v for k, v in MANIFEST.items() if k != "exported_at"}
    profiled = profile_of(
        tmp_path, facts, bookings=bookings(range(60)), sms=messages(MADE), calls=calls
    )
    assert not of_code(profiled, "LIST_ENDS_EARLY")


def test_rows_that_name_newer_records_than_their_list_has_are_told(tmp_path: Path) -> None:
    files = {
        "bookings": bookings(range(400, 460)),
        "ratings": [{"booking_number": f"BOK-{n}"} for n in (459, 460, 461, 5_000_000)],
        "invoices": [{"invoice_number": "INV-1", "booking_numbers": "BOK-400; BOK-470"}],
        "emails": [{"ref": "BOK-480"}, {"ref": "EST-99999"}, {"ref": "a note"}],
    }
    (finding,) = found(tmp_path, "NAMES_NEWER_RECORDS", **files)
    assert finding.count == 4
    assert set(finding.evidence) == {
        "Ratings name bookings up to BOK-461; the highest is BOK-459",
        "Invoices name bookings up to BOK-470; the highest is BOK-459",
        "E-mails name bookings up to BOK-480; the highest is BOK-459",
    }


def test_records_that_are_newer_than_the_export_are_told(tmp_path: Path) -> None:
    rows = bookings(range(30), last=MADE + timedelta(days=5))
    (finding,) = found(tmp_path, "NEWER_THAN_EXPORT", bookings=rows)
    assert finding.count == 4
    assert finding.evidence == ("Bookings: 4, up to 5 July 2025",)
    assert "day and month the wrong way round" in finding.remedy


@pytest.mark.parametrize(("days", "told"), [(20, True), (10, False)])
def test_an_export_without_anything_of_its_last_weeks_is_told(
    tmp_path: Path, days: int, told: bool
) -> None:
    rows = bookings(range(60), last=MADE - timedelta(days=days))
    findings = found(tmp_path, "ENDS_BEFORE_EXPORT", bookings=rows)
    assert bool(findings) == told
    if told:
        assert findings[0].evidence == (
            "newest record: 10 June 2025, the export says it was made on 30 June 2025",
        )


def test_months_without_any_record_between_busy_ones_are_told(tmp_path: Path) -> None:
    rows = [row for row in bookings(range(400)) if not _is_in(row, "02/2025", "03/2025")]
    (finding,) = found(tmp_path, "MONTHS_WITHOUT_RECORDS", bookings=rows)
    assert finding.count == 2
    assert finding.evidence == ("Bookings: none from February 2025 to March 2025",)


def test_days_are_told_apart_where_the_month_is_a_word(tmp_path: Path) -> None:
    days = [MADE - timedelta(days=n) for n in range(400)]
    rows = [{"date_time": f"{day:%d %B %Y %H:%M}"} for day in days if f"{day:%m %Y}" != "02 2025"]
    (finding,) = found(tmp_path, "MONTHS_WITHOUT_RECORDS", calls=rows)
    assert finding.evidence == ("Calls: none from February 2025 to February 2025",)


def test_a_season_without_work_is_no_gap(tmp_path: Path) -> None:
    winters = [f"{month}/{year}" for month in ("06", "07") for year in (2022, 2023, 2024)]
    rows = [row for row in bookings(range(1300)) if not _is_in(row, *winters)]
    assert not found(tmp_path, "MONTHS_WITHOUT_RECORDS", bookings=rows)


def _is_in(row: Row, *months: str) -> bool:
    return any(month in str(row["created"]) for month in months)


# --- the export's own list of its files -----------------------------------------------------


def manifest(*files: dict[str, object]) -> dict[str, object]:
    return MANIFEST | {"files": list(files)}


def test_files_that_are_listed_and_absent_are_told(tmp_path: Path) -> None:
    profiled = profile_of(
        tmp_path,
        manifest({"name": "bookings.csv"}, {"name": "refunds.csv"}, {"name": "exports/sms.csv"}),
    )
    (finding,) = of_code(profiled, "FILES_NOT_SENT")
    assert finding.evidence == ("exports/sms.csv", "refunds.csv")


def test_files_that_are_there_and_not_listed_are_a_note(tmp_path: Path) -> None:
    export = export_of(tmp_path, manifest({"name": "customers.csv"}))
    (export / "recipes.csv").write_text("flour,eggs\n1,2\n", "utf-8")
    (finding,) = of_code(profile_at(tmp_path, export), "FILES_NOT_LISTED")
    assert (finding.severity, finding.count) == (Severity.NOTES, 8)
    assert "customers.csv" not in finding.evidence


def test_without_a_list_of_files_none_is_missing_from_it(tmp_path: Path) -> None:
    profiled = profile_of(tmp_path)
    assert not of_code(profiled, "FILES_NOT_LISTED") + of_code(profiled, "FILES_NOT_SENT")


def test_files_that_were_changed_after_they_were_listed_are_told(tmp_path: Path) -> None:
    export = export_of(tmp_path, bookings=bookings(range(3)))
    listed = [
        {"name": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest().upper()}
        for path in sorted(export.glob("*.csv"))
    ]
    (export / "manifest.json").write_text(json.dumps(manifest(*listed)), "utf-8")
    with (export / "bookings.csv").open("a", encoding="utf-8") as stream:
        stream.write("\n")
    (finding,) = of_code(profile_at(tmp_path, export), "FILE_CHANGED")
    assert finding.evidence == ("bookings.csv",)
    assert "use the files as they were sent" in finding.remedy
