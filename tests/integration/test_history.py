"""What happened around a job is kept: in full, digested, or the recent part in full."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from crossdock.mapping.shaping import NOTE_LENGTH
from tests.integration.exports import Row, Shaped, export_of, shaped

FILES: dict[str, list[Row]] = {
    "customers": [
        {"customer_id": "1", "first_name": "Jane", "last_name": "Citizen", "email": "j@example.com"}
    ],
    "bookings": [
        {"booking_number": "BOK-1", "customer_id": "1", "total": "1.00", "status": "COMPLETED"},
        {"booking_number": "BOK-LONG", "customer_id": "1", "total": "2.00"},
        {"booking_number": "BOK-GONE", "customer_id": "1", "deleted": "Yes"},
    ],
    "booking_history": [
        {
            "booking_number": "BOK-1",
            "date_time": "02/03/2024 10:00",
            "user": "Sam K",
            "action": "Status changed",
            "old_value": "TO DO",
            "new_value": "COMPLETED",
        },
        {
            "booking_number": "BOK-1",
            "date_time": "01/03/2024 10:00",
            "action": "Price changed",
            "old_value": "1.00",
            "new_value": "2.00",
        },
        {"booking_number": "BOK-GONE", "action": "Created"},
        {"booking_number": "BOK-404", "action": "Created"},
    ],
    "discussions": [
        {"record_number": "BOK-1", "date_time": "05/03/2024 09:00", "comment": "<b>Gate</b> 4412"},
        {"record_number": "BOK-1", "date_time": "20/06/2025 09:00", "comment": "Came back"},
        *[
            {
                "record_number": "BOK-LONG",
                "date_time": f"{n:02}/01/2024 09:00",
                "comment": f"event {n} " + "x" * (NOTE_LENGTH * 5 // 9),
            }
            for n in range(1, 8)
        ],
    ],
    "emails": [
        {"recipient": "J@example.com", "subject": "Welcome", "date_time": "01/02/2024 08:00"},
        {"recipient": "stranger@example.com", "subject": "Hello"},
    ],
    "appointments": [
        {"booking_number": "BOK-1", "date": "03/03/2024", "start": "22:00", "end": "01:00"},
        {"booking_number": "BOK-1", "date": "02/03/2024", "start": "9:00 AM", "end": "11:00 AM"},
        {"booking_number": "BOK-1", "date": "04/10/2024"},
        {"booking_number": "BOK-GONE", "date": "04/10/2024"},
        {"booking_number": "BOK-1", "start": "10:00"},
    ],
}


def _company(folder: pytest.TempPathFactory, history: str) -> Iterator[Shaped]:
    with shaped(export_of(folder.mktemp(history), **FILES), history=history) as made:
        yield made


@pytest.fixture(scope="module")
def digest(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shaped]:
    yield from _company(tmp_path_factory, "digest")


@pytest.fixture(scope="module")
def recent(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shaped]:
    yield from _company(tmp_path_factory, "recent")


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shaped]:
    yield from _company(tmp_path_factory, "full")


def _notes(made: Shaped, owner: str) -> list[str]:
    return made.column(
        f"SELECT description FROM route.note WHERE starts_with(source_key, '{owner}/') "
        "ORDER BY source_key"
    )


def test_a_digest_is_one_note_per_deal(digest: Shaped) -> None:
    assert len(_notes(digest, "BOK-1")) == 1


def test_a_digest_tells_what_happened_in_the_order_in_which_it_happened(digest: Shaped) -> None:
    (note,) = _notes(digest, "BOK-1")
    assert 0 < note.index("Price changed") < note.index("Gate") < note.index("Came back")


def test_a_digest_is_readable_text_without_markup(digest: Shaped) -> None:
    (note,) = _notes(digest, "BOK-1")
    assert "Gate 4412" in note
    assert "<b>" not in note


def test_a_long_digest_is_split_and_no_part_is_longer_than_a_note(digest: Shaped) -> None:
    parts = _notes(digest, "BOK-LONG")
    # The heading of a part and the key at its end take a little more.
    assert max(len(part) for part in parts) <= NOTE_LENGTH + 200


def test_a_split_digest_holds_every_event_once(digest: Shaped) -> None:
    text = "\n".join(_notes(digest, "BOK-LONG"))
    assert [text.count(f"event {n} ") for n in range(1, 8)] == [1] * 7


def test_in_full_every_event_is_a_note_of_its_own(full: Shaped) -> None:
    placed = full.column("SELECT count(*) FROM route.placed_event")
    assert full.column("SELECT count(*) FROM route.note") == placed


def test_recent_events_are_notes_and_older_ones_are_digested(recent: Shaped) -> None:
    notes = _notes(recent, "BOK-1")
    alone = [note for note in notes if "Came back" in note and "Gate" not in note]
    digested = [note for note in notes if "Gate" in note and "Came back" not in note]
    assert (len(alone), len(digested)) == (1, 1)


@pytest.mark.parametrize("words", ["Came back", "Gate 4412", "Price changed", "Welcome"])
@pytest.mark.parametrize("policy", ["digest", "recent", "full"])
def test_no_policy_drops_an_event(policy: str, words: str, request: pytest.FixtureRequest) -> None:
    made: Shaped = request.getfixturevalue(policy)
    notes = made.column("SELECT description FROM route.note")
    assert sum(words in note for note in notes) == 1


def test_an_email_goes_to_the_person_it_was_sent_to(digest: Shaped) -> None:
    notes = digest.rows("SELECT target, description FROM route.note")
    (found,) = [note["target"] for note in notes if "Welcome" in note["description"]]
    assert found == ["contact", "C1-1"]


def test_an_email_to_a_stranger_is_rejected_with_the_reason(digest: Shaped) -> None:
    assert digest.buckets("email")[1] == (
        "rejected",
        "the record it belongs to is not in the export",
    )


def test_a_change_of_status_is_a_task_and_no_part_of_the_digest(digest: Shaped) -> None:
    titles = digest.column("SELECT title FROM route.task")
    assert titles == ["BOK-1 status: TO DO to COMPLETED"]
    assert "Status changed" not in _notes(digest, "BOK-1")[0]


def test_the_day_of_the_last_status_is_when_the_job_ended(digest: Shaped) -> None:
    assert str(digest.deals()["BOK-1"]["ended_on"]) == "2024-03-02"


def test_the_history_of_a_deleted_booking_stands_with_its_customer(digest: Shaped) -> None:
    assert digest.buckets("booking_history")[2] == ("merged", "stands in the history note")


def test_the_history_of_an_unknown_booking_is_rejected_with_the_reason(digest: Shaped) -> None:
    assert digest.buckets("booking_history")[3] == ("rejected", "its booking is not in the export")


def test_a_visit_of_a_deleted_booking_is_skipped(digest: Shaped) -> None:
    assert digest.buckets("appointment")[3] == ("skipped", "its booking is deleted")


def test_visits_are_numbered_in_the_order_of_their_days(digest: Shaped) -> None:
    starts = digest.column("SELECT starts_at FROM route.visit ORDER BY source_key")
    assert starts == sorted(starts)


def test_a_visit_over_midnight_ends_on_the_next_day(digest: Shaped) -> None:
    ends = digest.column("SELECT ends_at FROM route.visit WHERE source_key = 'BOK-1/visit/2'")
    assert str(ends[0]) == "2024-03-04 01:00:00"


def test_a_visit_without_a_time_takes_the_whole_day(digest: Shaped) -> None:
    assert digest.column(
        "SELECT is_allday FROM route.visit WHERE source_key = 'BOK-1/visit/3'"
    ) == [True]


@pytest.mark.parametrize(
    ("visit", "utc"),
    [("BOK-1/visit/1", "2024-03-01T22:00:00Z"), ("BOK-1/visit/2", "2024-03-03T11:00:00Z")],
)
def test_a_local_time_becomes_the_moment_it_was(digest: Shaped, visit: str, utc: str) -> None:
    found = digest.column(f"SELECT as_utc(starts_at) FROM route.visit WHERE source_key = '{visit}'")
    assert found == [utc]


def test_a_visit_without_a_day_is_rejected_with_the_reason(digest: Shaped) -> None:
    assert digest.buckets("appointment")[4] == ("rejected", "it has no date")
