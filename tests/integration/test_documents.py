"""A JSON document becomes the tables that the CSV files would be."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.integration.documents import (
    JOB_CENTRED,
    Read,
    lines_of,
    read,
    read_value,
    without_line,
)

FLAT = [
    {"Booking Number": "BOK-1", "Status": "COMPLETED", "Total": 174.75},
    {"Booking Number": "BOK-2", "Status": "TO DO", "Labels": ["VIP", "Strata"]},
]
ONE, OTHER = map(json.dumps, FLAT)


@pytest.fixture
def job(tmp_path: Path) -> Read:
    return read_value(tmp_path, JOB_CENTRED)


def test_a_customer_has_the_columns_of_the_file(job: Read) -> None:
    (row,) = job.objects["customer"]
    assert row["Customer ID"] == "10482"
    assert (row["First Name"], row["First_name2"]) == ("Ada", "Ben")
    assert (row["Email"], row["Mobile"], row["Phone"]) == (
        "ada@example.com", "0491 570 156", "(02) 5550 0123",
    )  # fmt: skip
    assert row["Billing Address"] == "3/12 Smith St, Bondi NSW 2026, Australia"
    assert row["Labels"] == "VIP; Strata"
    assert row["Status"] == "Active"
    assert row["CF: Pool volume"] == "45000"


def test_a_property_has_a_column_for_each_of_its_fields(job: Read) -> None:
    (row,) = job.objects["customer_property"]
    assert row["Customer ID"] == "10482"
    assert (row["Property Type"], row["Name"], row["Breed"]) == ("Pet", "Rex", "Labrador")


def test_one_job_is_an_inquiry_a_quote_and_a_booking(job: Read) -> None:
    assert job.objects["inquiry"][0]["Inquiry Number"] == "INQ-412"
    assert job.objects["inquiry"][0]["Converted To"] == "EST-1042"
    assert job.objects["quote"][0]["Quote Number"] == "EST-1042"
    assert job.objects["quote"][0]["Booking Number"] == "BOK-1205"
    booking = job.objects["booking"][0]
    assert booking["Booking Number"] == "BOK-1205"
    assert booking["Quote Number"] == "EST-1042"
    assert (booking["Sales Rep"], booking["Branch"]) == ("Alex P", "Sydney")
    assert (booking["Services"], booking["Fieldworkers"]) == ("Carpet clean", "Sam K")
    assert booking["First Start"] == "2025-03-27T09:00"
    assert booking["Last End"] == "2025-03-27T11:00"


def test_what_hangs_on_a_booking_carries_its_number(job: Read) -> None:
    for name in ("booking_service", "appointment", "booking_charge", "rating", "booking_history"):
        assert job.objects[name][0]["Booking Number"] == "BOK-1205", name
    assert job.objects["appointment"][0]["Subworkers"] == "Lee T"
    assert job.objects["booking_fieldworker"][0]["Share %"] == "50"
    answer = job.objects["custom_field_answer"][0]
    assert (answer["Record Type"], answer["Record Number"]) == ("Booking", "BOK-1205")
    assert answer["Value"] == "Wine; Pet"
    comment = job.objects["discussion"][0]
    assert (comment["Record Type"], comment["Comment"]) == ("Booking", "Gate code 4412")
    image = job.objects["image"][0]
    assert (image["File Name"], image["Tag"]) == ("before_1.jpg", "Before")


def test_payments_hang_on_invoices_or_stand_alone(job: Read) -> None:
    paid, stray = job.objects["payment"]
    assert (paid["Invoice Number"], paid["Amount"]) == ("INV-31081", "174.75")
    assert (stray["Amount"], stray["Note"], stray["Status"]) == (
        "750.0",
        "Direct credit",
        "Pending",
    )
    assert job.objects["invoice"][0]["Booking Numbers"] == "BOK-1205"
    assert "refund" not in job.objects


def test_the_manifest_states_the_facts(job: Read) -> None:
    assert job.result.declared is not None
    assert job.result.declared.facts["account_name"] == "Bright Clean Pty Ltd"
    assert job.result.declared.facts["time_zone"] == "Australia/Sydney"


def test_keys_that_nobody_knows_become_columns(tmp_path: Path) -> None:
    found = read_value(
        tmp_path,
        {"jobs": [{"numbers": {"booking": "BOK-1"}, "priority": "high",
                   "booking": {"status": "TO DO", "gate": {"code": "4412", "side": "left"}}}]},
    )  # fmt: skip
    (row,) = found.objects["booking"]
    assert (row["priority"], row["gate.code"], row["gate.side"]) == ("high", "4412", "left")


def test_a_discount_that_is_an_object_is_kept_in_columns(job: Read) -> None:
    (row,) = job.objects["booking_service"]
    assert (row["discount.type"], row["discount.value"]) == ("% off total", "10")
    assert "Discount" not in row


def test_a_list_that_nobody_knows_is_a_table_that_names_its_record(tmp_path: Path) -> None:
    found = read_value(
        tmp_path,
        {"jobs": [{"numbers": {"booking": "BOK-1"}, "booking": {"extras": [{"what": "ladder"}]}}]},
    )
    assert without_line(found.lists["jobs.booking.extras"]) == [
        {"Booking Number": "BOK-1", "what": "ladder"}
    ]


def test_more_names_than_columns_are_kept(tmp_path: Path) -> None:
    names = [{"first_name": name} for name in ("Ada", "Ben", "Cy", "Di")]
    found = read_value(tmp_path, {"customers": [{"id": 1, "names": names}]})
    (row,) = found.objects["customer"]
    assert row["First_name3"] == "Cy"
    assert json.loads(row["names.after 3"]) == {"first_name": "Di"}


def test_an_empty_place_in_a_list_stays_a_place(tmp_path: Path) -> None:
    found = read_value(
        tmp_path,
        {"customers": [{"names": [{"first_name": None}, {"first_name": "Ben"}],
                        "emails": [None, "ben@example.com"]}]},
    )  # fmt: skip
    (row,) = found.objects["customer"]
    assert (row.get("First Name", ""), row["First_name2"]) == ("", "Ben")
    assert (row["Email"], row["Email2"]) == ("", "ben@example.com")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("by_name.json", json.dumps({"bookings": FLAT, "tax_rates": []})),
        ("bare.json", json.dumps(FLAT)),
        ("lines.ndjson", lines_of(FLAT)),
        ("lines.json", lines_of(FLAT)),
        ("wrapped.json", json.dumps({"success": True, "data": {"bookings": FLAT}, "total": 2})),
        ("one_after_the_other.json", "".join(json.dumps(r, indent=1) + "\n" for r in FLAT)),
        ("two.json", "".join(json.dumps({"bookings": [r]}) + "\n" for r in FLAT)),
        ("twice.json", f'{{"bookings": [{ONE}], "bookings": [{OTHER}]}}'),
    ],
)  # fmt: skip
def test_flat_records_are_read_in_any_wrapping(tmp_path: Path, name: str, content: str) -> None:
    (rows,) = read(tmp_path, content, name).lists.values()
    assert without_line(rows) == [
        {"Booking Number": "BOK-1", "Status": "COMPLETED", "Total": "174.75", "Labels": ""},
        {"Booking Number": "BOK-2", "Status": "TO DO", "Total": "", "Labels": "VIP; Strata"},
    ]


@pytest.mark.parametrize("lines", [False, True])
def test_jobs_without_a_list_around_them_are_known_by_their_keys(
    tmp_path: Path, lines: bool
) -> None:
    jobs = JOB_CENTRED["jobs"] * 2
    content = lines_of(jobs) if lines else json.dumps(jobs[0], indent=2)
    found = read(tmp_path, content, "odd name.json")
    assert found.objects["booking"][0]["Booking Number"] == "BOK-1205"
    assert len(found.objects["booking"]) == (2 if lines else 1)


def test_each_row_knows_the_line_of_its_record(tmp_path: Path) -> None:
    jobs = [
        {"numbers": {"booking": f"BOK-{n}"}, "booking": {"history": [{"action": "made"}]}}
        for n in range(3)
    ]
    text = '{"jobs": [\n' + ",\n\n".join(json.dumps(job, indent=1) for job in jobs) + "\n]}"
    found = read(tmp_path, text)
    begins = [n for n, line in enumerate(text.splitlines(), 1) if line == "{"]
    assert [int(row["_line"]) for row in found.objects["booking"]] == begins
    assert [int(row["_line"]) for row in found.objects["booking_history"]] == begins


def test_numbers_keep_the_text_that_they_are_written_as(tmp_path: Path) -> None:
    texts = ["174.750", "1e400", "12345678901234567890", "-0", "0.1000000000000000055511"]
    content = "[" + ",".join(f'{{"n": {text}}}' for text in texts) + ', {"n": "0412 345"}]'
    (rows,) = read(tmp_path, content).lists.values()
    assert [row["n"] for row in rows] == [*texts, "0412 345"]


def test_a_record_within_a_record_within_a_record(tmp_path: Path) -> None:
    found = read_value(
        tmp_path,
        {"visits": [{"id": 7, "parts": [{"number": "P1", "uses": [{"day": "Monday"}]}]}]},
    )
    assert without_line(found.lists["visits.parts.uses"]) == [
        {"visit id": "7", "part number": "P1", "day": "Monday"}
    ]


def test_a_key_that_is_now_a_text_now_a_list_now_an_object(tmp_path: Path) -> None:
    found = read_value(
        tmp_path,
        {"things": [{"no": 1, "x": "text"}, {"no": 2, "x": ["a", {"of": "b"}]},
                    {"no": 3, "x": {"of": "c"}}]},
    )  # fmt: skip
    assert [(r["x"], r["x.of"]) for r in found.lists["things"]] == [
        ("text", ""), ("a", ""), ("", "c"),
    ]  # fmt: skip
    assert [(r["thing no"], r["of"]) for r in found.lists["things.x"]] == [("2", "b")]


def test_what_stands_beside_the_lists_is_told(tmp_path: Path) -> None:
    found = read_value(
        tmp_path, {"bookings": FLAT, "branches": ["Sydney", "Newcastle"], "company": {"name": "B"}}
    )
    assert found.notes() == {
        "JSON_KEYS_UNREAD": [("export.json, company", 1), ("export.json, branches", 2)]
    }


def test_a_manifest_alone_is_facts_and_no_table(tmp_path: Path) -> None:
    files = [{"name": "a.csv", "rows": 3, "sha256": "AB"}]
    found = read_value(
        tmp_path, {"account_name": "B", "time_zone": "Australia/Perth", "files": files}
    )
    assert not found.lists
    assert found.result.declared is not None
    assert found.result.declared.rows == {"a.csv": 3}
