"""The page of `inspect`, and the words that screen and page share."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest

from crossdock.model.fields import FieldType
from crossdock.model.findings import Finding, Question, Severity
from crossdock.model.times import VirtualClock
from crossdock.profile.custom_fields import Choice, CustomField
from crossdock.profile.fields import FieldProfile, ObjectProfile
from crossdock.profile.gaps.checks import Check
from crossdock.profile.profile import Profile
from crossdock.project import Project
from crossdock.report.inspection import words
from crossdock.report.inspection.inspection import inspection
from crossdock.report.inspection.writing import MOST, render, write_inspection
from tests.report.documents import HOSTILE
from tests.report.profiles import profile_of
from tests.report.test_page import Text


def page_of(profile: Profile) -> str:
    return render(inspection(profile), "/tenants/bright clean", "2025-07-01T08:00:00+00:00")


def field(name: str, filled: int, **other: object) -> FieldProfile:
    values = {"header": name.title(), "type": "text", "distinct": filled, "unread": 0}
    return FieldProfile(name=name, filled=filled, **values | {"known": True} | other)  # type: ignore[arg-type]


def bookings(*fields: FieldProfile, rejected: int = 0) -> ObjectProfile:
    files = ["bookings.csv"]
    return ObjectProfile("booking", "Bookings", files, 200 + rejected, 200, rejected, list(fields))


WARNING = Finding("ODD", Severity.WARNS, "Something is odd.", "look at it", evidence=("BOK-1",))


def test_the_page_shows_objects_with_their_rows_and_fields() -> None:
    page = Text(page_of(profile_of(objects=[bookings(field("status", 150), field("fax", 0))])))
    assert page.row("Bookings")[:6] == ["Bookings", "bookings.csv", "200", "0", "2", "38%"]
    assert page.row("Status")[1:4] == ["75%", "text", "150"]
    assert "Without any value: Fax" in page.text


def test_a_field_says_its_range_its_frequent_values_and_what_was_not_read() -> None:
    shown = field(
        "total",
        200,
        type="money",
        lowest="9.00",
        highest="1250.50",
        examples=["9.00", "20"],
        counts=[120, 3],
        unread=2,
        unread_examples=["later", "ask Bob"],
    )
    page = Text(page_of(profile_of(objects=[bookings(shown)])))
    assert page.row("Total")[4:] == [
        "9.00 to 1250.50",
        "9.00 (120) · 20 (3)2 values could not be read as money: “later” and “ask Bob”",
    ]


def test_an_estimate_is_called_one() -> None:
    page = Text(page_of(profile_of(objects=[bookings(field("id", 200, estimated=True))])))
    assert page.row("Id")[3] == "about 200"


def test_rejected_rows_are_marked_and_counted_in_the_headline() -> None:
    page = Text(page_of(profile_of(objects=[bookings(field("status", 1), rejected=3)])))
    assert "1 file with 203 rows; 3 of the rows could not be read as a row" in page.text
    assert page.row("Bookings")[3] == "3"
    assert ("tr", {"class": "alert"}) in page.tags


@pytest.mark.parametrize(
    ("profile", "tone", "headline", "command"),
    [
        (profile_of(), "good", "Read whole. Nothing stands in the way.", "crossdock doctor"),
        (
            profile_of([WARNING]),
            "open",
            "Read whole. 1 thing is worth knowing.",
            "crossdock doctor",
        ),
        (
            profile_of([Finding("BAD", Severity.BLOCKS, "Bad.", "mend it"), WARNING]),
            "bad",
            "1 finding must be solved first.",
            "crossdock inspect",
        ),
        (
            profile_of([WARNING], [Question("CURRENCY", "Which?", {"AUD": "dollars"})]),
            "bad",
            "1 question waits for your answer.",
            "crossdock inspect",
        ),
    ],
)
def test_the_headline_says_what_is_open_and_which_command_follows(
    profile: Profile, tone: str, headline: str, command: str
) -> None:
    seen = inspection(profile).verdict
    assert (seen.tone, seen.headline, seen.command) == (tone, headline, command)
    page = Text(page_of(profile))
    assert headline in page.text
    assert f"{command} --project '/tenants/bright clean'" in page.text


def test_a_finding_can_be_linked_to_by_its_code() -> None:
    page = Text(page_of(profile_of([WARNING])))
    assert any(attributes.get("id") == "ODD" for _, attributes in page.tags)
    assert "What to do: Look at it" in page.text
    assert "BOK-1" in page.text


def test_every_link_of_the_page_leads_somewhere_on_it() -> None:
    profile = profile_of(
        [WARNING],
        [Question("CURRENCY", "Which?", {"AUD": "dollars"})],
        [bookings(field("status", 150))],
        checks=[Check("booking", "Bookings", "Bookings", "documented", 200)],
        own=[CustomField("booking", "Parking", FieldType.TEXT, rows=200)],
    )
    page = Text(page_of(profile))
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    links = {attributes["href"] for tag, attributes in page.tags if tag == "a"}
    assert links <= {f"#{name}" for name in ids}
    assert len(ids) == len(set(ids))


def test_a_question_stands_with_the_command_of_each_choice() -> None:
    question = Question("DATE_ORDER:my list.csv", "Which first?", {"day-first": "3 April"})
    page = Text(page_of(profile_of(questions=[question])))
    command = (
        "crossdock answer 'DATE_ORDER:my list.csv' day-first --project '/tenants/bright clean'"
    )
    assert command in page.text


def test_a_question_shows_the_values_that_would_be_read_otherwise() -> None:
    shown = ("BOK-1, Created: 03/04/2025 is 3 April or 4 March",)
    question = Question("ORDER", "Which?", {"day-first": "3 April"}, count=62, evidence=shown)
    page = Text(page_of(profile_of(questions=[question])))
    assert "62 values would be read otherwise, such as these:" in page.text
    assert shown[0] in page.text


def test_fields_of_the_tenant_stand_with_their_choices_and_why() -> None:
    choices = [Choice("Street", 50, True), Choice("Driveway", 2, False)]
    parking = CustomField(
        "customer",
        "Parking",
        FieldType.PICKLIST,
        rows=100,
        filled=52,
        choices=choices,
        confidence="doubtful",
        evidence="the inventory says Radio button",
    )
    page = Text(page_of(profile_of(own=[parking])))
    assert page.row("Parking") == [
        "Parking",
        "52%",
        "choicedoubtful",
        "Customers",
        "the inventory says Radio button",
        "Street (50) · Driveway (2)",
    ]


def test_counts_to_compare_stand_with_their_place_on_the_screen() -> None:
    invoices = Check("invoice", "Invoices: OPEN", "Invoices", "inferred", 20, Decimal("7846.77"))
    page = Text(page_of(profile_of(checks=[invoices])))
    assert page.row("Invoices: OPEN")[1:] == ["20", "7,846.77", "Invoices (likely)"]


def test_what_the_export_does_not_say_of_itself_is_not_stated() -> None:
    told = dict(inspection(profile_of(currency="", tax_mode="")).facts)
    assert (told["Time zone"], told["Currency"]) == ("Australia/Sydney", "not stated")
    assert told["Prices"] == "with or without tax: not stated"


def test_markup_of_the_data_is_shown_and_never_obeyed() -> None:
    hostile = field("status", 1, header=HOSTILE, examples=[HOSTILE], counts=[1])
    named = Finding("ODD", Severity.WARNS, HOSTILE, HOSTILE, evidence=(HOSTILE,))
    asked = Question("CURRENCY", HOSTILE, {"AUD": HOSTILE})
    page = page_of(profile_of([named], [asked], [bookings(hostile)], account_name=HOSTILE))
    assert not {"script", "img", "link", "iframe"} & {tag for tag, _ in Text(page).tags}
    assert "{{ 7*7 }}" in page
    assert "Content-Security-Policy" in page
    assert not re.search(r"(src|href)=\"(?!#)", page)


def test_very_many_findings_of_a_code_are_cut_with_a_word_where_the_rest_is() -> None:
    many = [Finding("ODD", Severity.NOTES, f"The {n}th.", "look") for n in range(MOST + 7)]
    page = Text(page_of(profile_of(many)))
    assert "And 7 more of the kind, in reports/inspect.json ." in page.text


def test_page_and_document_are_written_into_the_project(tmp_path: Path) -> None:
    (tmp_path / "export").mkdir()
    project = Project.create(tmp_path / "project", tmp_path / "export")
    profile = profile_of([WARNING])
    page, document = write_inspection(project, profile, inspection(profile), VirtualClock())
    assert page.read_text("utf-8").startswith("<!doctype html>")
    written = json.loads((project.reports / "inspect.json").read_text("utf-8"))
    assert written == json.loads(json.dumps(document, default=str))
    assert (written["report"], written["next"].split()[:2]) == (str(page), ["crossdock", "doctor"])


@pytest.mark.parametrize(
    ("part", "whole", "told"),
    [(0, 10, "0%"), (1, 1000, "<1%"), (999, 1000, "99%"), (10, 10, "100%"), (0, 0, "–")],
)
def test_a_share_is_never_rounded_up_to_all_or_down_to_nothing(
    part: int, whole: int, told: str
) -> None:
    assert words.percent(part, whole) == told


def test_a_value_is_one_line_that_no_screen_obeys() -> None:
    assert words.line("a\n\tb\x1b[31m\x07 \u202ec\u200b") == "a b [31m c"
