"""Dates and times are read in every way that a file writes them, as its values show."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path

import pytest

from tests.integration.exports import MANIFEST
from tests.integration.formats import SILENT, bookings, reading

CREATED = "SELECT created FROM src.booking ORDER BY booking_number"
TIMES = "SELECT start FROM src.appointment ORDER BY booking_number"


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("27/03/2025 9:05 AM", "2025-03-27T09:05"),
        ("27-03-2025", "2025-03-27"),
        ("27.03.2025", "2025-03-27"),
        ("27/3/25", "2025-03-27"),
        ("2025/03/27 14:30:05", "2025-03-27T14:30:05"),
        ("2025-03-27T09:07:00", "2025-03-27T09:07"),
        ("2025-03-27T09:07:00.123", "2025-03-27T09:07:00.123"),
        ("2025-03-27T09:07:00.1234567", "2025-03-27T09:07:00.123456"),
        ("27 Mar 2025", "2025-03-27"),
        ("27-Mar-25", "2025-03-27"),
        ("27 May 2025", "2025-05-27"),
        ("Mar 27, 2025", "2025-03-27"),
        ("March 27 2025, 2:30 PM", "2025-03-27T14:30"),
        ("Thursday 27 March 2025", "2025-03-27"),
        ("Thu, 27 Mar 2025 14:30", "2025-03-27T14:30"),
        ("27/03/2025 2.30pm", "2025-03-27T14:30"),
        ("27/03/2025 2pm", "2025-03-27T14:00"),
        (" 27/03/2025 ", "2025-03-27"),
    ],
)
def test_a_moment_is_read_as_it_is_written(tmp_path: Path, written: str, meant: str) -> None:
    with reading(tmp_path, "booking", bookings=bookings(written)) as found:
        assert found.column(CREATED) == [_moment(meant)]


def test_ways_of_writing_that_stand_in_one_column_are_all_read(tmp_path: Path) -> None:
    written = (
        "27/03/2025 2:30pm",
        "27/03/2025 14:31",
        "27/03/2025 2.32 PM",
        "27/3/25",
        "2025-03-27",
    )
    with reading(tmp_path, "booking", bookings=bookings(*written)) as found:
        assert found.column(CREATED) == [
            _moment(f"2025-03-27T{clock}")
            for clock in ("14:30", "14:31", "14:32", "00:00", "00:00")
        ]


@pytest.mark.parametrize(
    "written", ["TBC", "27/03", "31/02/2025", "27/03/202", "99999", "27/13/2025"]
)
def test_what_is_no_date_is_not_read_as_one(tmp_path: Path, written: str) -> None:
    with reading(tmp_path, "booking", bookings=bookings("27/03/2025", written)) as found:
        assert found.column(CREATED) == [_moment("2025-03-27"), None]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2:30pm", time(14, 30)),
        ("2.30 PM", time(14, 30)),
        ("14:30", time(14, 30)),
        ("14:30:05", time(14, 30, 5)),
    ],
)
def test_a_time_of_day_is_read_as_it_is_written(tmp_path: Path, written: str, meant: time) -> None:
    rows = [
        {"booking_number": "BOK-1", "start": written},
        {"booking_number": "BOK-2", "start": "9:05"},
    ]
    with reading(tmp_path, "appointment", appointments=rows) as found:
        assert found.column(TIMES) == [meant, time(9, 5)]


def test_times_without_am_or_pm_beside_others_with_it_are_a_finding(tmp_path: Path) -> None:
    written = ("27/03/2025 2:30 PM", "27/03/2025 2:30", "27/03/2025 15:00")
    with reading(tmp_path, "booking", bookings=bookings(*written)) as found:
        finding = found.finding("CLOCKS_MIXED")
        assert (finding.object, finding.field, finding.count) == ("booking", "created", 1)
        assert finding.evidence == ("27/03/2025 2:30",)
        assert finding.message.startswith("1 time in created says neither AM nor PM")


# --- years, serial numbers ------------------------------------------------------------------


def test_years_of_two_digits_are_a_finding_that_states_where_the_century_turns(
    tmp_path: Path,
) -> None:
    written = ("27/03/68", "27/03/69", "27/03/2025")
    with reading(tmp_path, "booking", bookings=bookings(*written)) as found:
        years = [moment.year for moment in found.column(CREATED)]
        finding = found.finding("YEARS_OF_TWO_DIGITS")
        assert (years, finding.count) == ([2068, 1969, 2025], 2)
        assert "00 to 68 is read as 2000 to 2068" in finding.message


def test_days_that_a_spreadsheet_left_as_numbers_are_read_and_said(tmp_path: Path) -> None:
    written = ("27/03/2025 2:30 PM", "45743", "45743.5")
    with reading(tmp_path, "booking", bookings=bookings(*written)) as found:
        assert found.column(CREATED)[1:] == [_moment("2025-03-27"), _moment("2025-03-27T12:00")]
        finding = found.finding("SERIAL_DATES")
        assert (finding.count, finding.evidence) == (2, ("45743.5", "45743"))
        assert "45743 is read as 27 March 2025" in finding.remedy


def test_numbers_that_are_no_days_of_our_time_are_no_dates(tmp_path: Path) -> None:
    with reading(tmp_path, "booking", bookings=bookings("45743", "12")) as found:
        assert found.column(CREATED) == [None, None]
        assert not found.findings("SERIAL_DATES")


# --- order of day and month -----------------------------------------------------------------


def test_an_order_that_the_manifest_does_not_expect_is_a_finding(tmp_path: Path) -> None:
    with reading(tmp_path, "booking", bookings=bookings("03/04/2025", "04/25/2025")) as found:
        finding = found.finding("DATE_ORDER_NOT_AS_STATED")
        assert finding.evidence == (
            "bookings.csv: month first by 1 date; the manifest says DD/MM/YYYY",
        )
        assert "another order of day and month" in finding.message


def test_an_order_that_is_unusual_in_the_country_is_a_finding(tmp_path: Path) -> None:
    manifest = SILENT | {"country": "Australia"}
    rows = bookings("04/25/2025")
    with reading(tmp_path, "booking", manifest=manifest, bookings=rows) as found:
        (place,) = found.finding("DATE_ORDER_NOT_AS_STATED").evidence
        assert place == "bookings.csv: month first by 1 date; that is unusual in AU"


def test_the_usual_order_is_no_finding(tmp_path: Path) -> None:
    with reading(tmp_path, "booking", bookings=bookings("25/04/2025")) as found:
        assert found.codes() == set()


def test_the_question_shows_both_readings_and_the_dates_that_would_differ(tmp_path: Path) -> None:
    rows = bookings("03/04/2025", "05/05/2025", "11/12/2025")
    with reading(tmp_path, "booking", manifest=SILENT, bookings=rows) as found:
        question = found.question("DATE_ORDER:bookings.csv")
        assert question.count == 2
        assert question.evidence == (
            "BOK-001, created: 03/04/2025 is 3 April 2025 or March 4, 2025",
            "BOK-003, created: 11/12/2025 is 11 December 2025 or November 12, 2025",
        )
        assert question.choices["month-first"] == "03/04/2025 is March 4, 2025"


def test_at_most_five_of_the_dates_that_differ_are_shown(tmp_path: Path) -> None:
    rows = bookings(*["03/04/2025"] * 9)
    with reading(tmp_path, "booking", manifest=SILENT, bookings=rows) as found:
        question = found.question("DATE_ORDER:bookings.csv")
        assert (question.count, len(question.evidence)) == (9, 5)
        assert question.as_json()["evidence"] == list(question.evidence)


def test_dates_that_mean_the_same_either_way_are_no_question(tmp_path: Path) -> None:
    rows = bookings("05/05/2025")
    with reading(tmp_path, "booking", manifest=SILENT, bookings=rows) as found:
        assert (found.questions(), found.column(CREATED)) == ([], [_moment("2025-05-05")])


def test_a_file_that_proves_both_orders_is_a_question_with_the_count_of_each(
    tmp_path: Path,
) -> None:
    rows = bookings("25/04/2025", "26/04/2025", "04/25/2025", "03/04/2025")
    with reading(tmp_path, "booking", bookings=rows) as found:
        question = found.question("DATE_ORDER:bookings.csv")
        assert "2 dates prove the day, 1 proves the month" in question.message
        assert question.count == 1


def test_files_that_write_dates_in_two_ways_are_read_and_said(tmp_path: Path) -> None:
    quotes = [{"quote_number": "EST-1", "created": "2025-04-03"}]
    rows = bookings("25/04/2025", "03/04/2025")
    with reading(tmp_path, "booking", "quote", bookings=rows, quotes=quotes) as found:
        assert found.column("SELECT created FROM src.quote") == [_moment("2025-04-03")]
        assert found.column(CREATED)[1] == _moment("2025-04-03")
        assert found.finding("DATE_FORMATS_MIXED").evidence == (
            "day and month as numbers: bookings.csv, such as 03/04/2025",
            "the year first: quotes.csv, such as 2025-04-03",
        )


def test_what_was_decided_and_why_is_kept(tmp_path: Path) -> None:
    with reading(tmp_path, "booking", bookings=bookings("25/04/2025")) as found:
        kept = found.connection.execute("SELECT * FROM stage._format WHERE object = 'booking'")
        assert kept.fetchall() == [
            (1, "booking", "", "day-first", "1 date has a number above 12 in first place")
        ]


# --- time zones -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    [
        "2025-03-27T09:07:00Z",
        "2025-03-27T20:07:00+11:00",
        "2025-03-27 20:07:00 +1100",
        "2025-03-27T09:07:00.000 UTC",
    ],
)
def test_a_time_with_an_offset_is_shown_on_the_accounts_clock(tmp_path: Path, written: str) -> None:
    with reading(tmp_path, "booking", bookings=bookings(written)) as found:
        assert found.column(CREATED) == [_moment("2025-03-27T20:07")]
        finding = found.finding("TIMES_WITH_OFFSET")
        assert (finding.count, finding.evidence) == (1, (written,))
        assert "turned into the account's time zone, which is exact" in finding.message


def test_a_date_with_an_offset_is_the_day_of_the_account(tmp_path: Path) -> None:
    rows = [{"customer_id": "1", "date_joined": "2025-03-27T20:00:00Z"}]
    with reading(tmp_path, "customer", customers=rows) as found:
        assert found.column("SELECT date_joined FROM src.customer") == [date(2025, 3, 28)]


def test_times_over_which_clocks_were_put_forward_are_a_finding(tmp_path: Path) -> None:
    rows = bookings("06/10/2024 2:30 AM", "06/10/2024 3:00 AM", "06/10/2024 1:59 AM", "25/10/2024")
    with reading(tmp_path, "booking", bookings=rows) as found:
        finding = found.finding("TIMES_SKIPPED")
        assert (finding.count, finding.evidence) == (1, ("06/10/2024 2:30 AM",))
        assert "moved on by as much, so that 2:30 becomes 3:30" in finding.message
        moved = "SELECT timezone('Australia/Sydney', created)::VARCHAR FROM src.booking LIMIT 1"
        assert found.column(moved) == ["2024-10-05 16:30:00+00"]  # 3:30 in Sydney


def test_times_that_came_twice_are_a_finding_that_says_which_is_taken(tmp_path: Path) -> None:
    rows = bookings("07/04/2024 2:30 AM", "07/04/2024 3:00 AM", "25/04/2024 2:30 AM")
    with reading(tmp_path, "booking", bookings=rows) as found:
        finding = found.finding("TIMES_TWICE")
        assert (finding.count, finding.evidence) == (1, ("07/04/2024 2:30 AM",))
        assert "read as the later of both" in finding.message
        later = "SELECT timezone('Australia/Sydney', created)::VARCHAR FROM src.booking LIMIT 1"
        assert found.column(later) == ["2024-04-06 16:30:00+00"]  # after clocks were put back


def test_a_time_with_an_offset_never_came_twice(tmp_path: Path) -> None:
    rows = bookings("2024-04-07T02:30:00+10:00")
    with reading(tmp_path, "booking", bookings=rows) as found:
        assert not found.findings("TIMES_TWICE")


def test_another_time_zone_has_other_hours_that_never_were(tmp_path: Path) -> None:
    manifest = MANIFEST | {"time_zone": "America/New_York"}
    rows = bookings("10/03/2024 2:30 AM", "06/10/2024 2:30 AM", "25/10/2024")
    with reading(tmp_path, "booking", manifest=manifest, bookings=rows) as found:
        assert found.finding("TIMES_SKIPPED").evidence == ("10/03/2024 2:30 AM",)
