"""What `crossdock inspect` shows a person."""

from __future__ import annotations

import io
import re
import shlex
from collections.abc import Sequence
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from crossdock.cli import bars, inspect_findings, inspect_own, inspect_screen
from crossdock.cli.app import app
from crossdock.cli.lines import Sheet
from crossdock.model.fields import FieldType
from crossdock.model.findings import Finding, Question, Severity
from crossdock.profile.custom_fields import CustomField
from crossdock.profile.fields import FieldProfile, ObjectProfile
from crossdock.profile.gaps.checks import Check
from crossdock.report.inspection.inspection import inspection
from tests.integration.exports import export_of
from tests.report.profiles import profile_of

CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
WIDTHS = (80, 100, 130)


def shown(
    findings: Sequence[Finding] = (),
    questions: Sequence[Question] = (),
    objects: Sequence[ObjectProfile] = (),
    *,
    width: int = 100,
    terminal: bool = False,
    checks: Sequence[Check] = (),
    own: Sequence[CustomField] = (),
) -> str:
    """Return what is printed of a profile on a console of this width."""
    console = Console(width=width, file=io.StringIO(), force_terminal=terminal, highlight=False)
    seen = inspection(profile_of(findings, questions, objects, checks=checks, own=own))
    inspect_screen.everything(Sheet(console, Path("bright")), seen, "bright/reports/inspect.html")
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def finding(code: str, severity: Severity = Severity.WARNS, **other: str) -> Finding:
    said = {"message": f"This is what {code} says of the data.", "remedy": "look at it"} | other
    return Finding(code, severity, said["message"], said["remedy"], evidence=("bookings.csv",))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project whose export lacks the payments, and has a customer of a hostile name."""
    name = "\x1b[31mRed\x1b[0m \u202eJones\nand Sons"
    export = export_of(
        tmp_path, customers=[{"customer_id": "1", "business_name": name}], payments=None
    )
    CliRunner().invoke(app, ["new", str(tmp_path / "my project"), "--export", str(export)])
    return tmp_path / "my project"


@pytest.mark.parametrize("width", WIDTHS)
def test_no_line_is_wider_than_the_screen(width: int) -> None:
    wide = FieldProfile("notes", "Notes that Casey wrote " * 3, "long_text", 3, 3, 0, True)
    told = ObjectProfile("booking", "Bookings", ["a" * 90 + ".csv"], 5, 5, 0, [wide] * 60)
    text = shown(
        [finding("LONG_TALE", message="word " * 80)],
        objects=[told],
        width=width,
        checks=[Check("booking", "Bookings " * 9, "All of them " * 9, "inferred", 5)],
        own=[CustomField("booking", "Gate code " * 9, FieldType.LONG_TEXT, examples=["x" * 90])],
    )
    assert max(len(line) for line in text.splitlines()) <= width
    assert not [line for line in text.splitlines() if line != line.rstrip()]


def test_a_command_is_never_broken_over_lines() -> None:
    question = Question(
        f"DATE_ORDER:{'bookings ' * 9}.csv", "Which first?", {"day-first": "3 April 2025"}
    )
    command = f"crossdock answer --project bright {shlex.quote(question.code)} day-first"
    assert f"  {command}\n" in shown(questions=[question], width=80)


def test_nothing_of_the_data_is_taken_for_a_command_of_the_terminal(project: Path) -> None:
    result = CliRunner().invoke(app, ["inspect", "--project", str(project)])
    assert result.exit_code == 1
    assert not CONTROL.search(result.stdout)
    assert "[31mRed [0m Jones and Sons" in result.stdout


def test_the_command_below_a_question_answers_it_as_it_stands(project: Path) -> None:
    asked = CliRunner().invoke(app, ["inspect", "--project", str(project)]).stdout
    line = next(line for line in asked.splitlines() if "crossdock answer" in line)
    command = line.strip().partition("   ")[0]
    answered = CliRunner().invoke(app, shlex.split(command)[1:])
    assert answered.exit_code == 0
    result = CliRunner().invoke(app, ["inspect", "--project", str(project)])
    assert (result.exit_code, "Question" in result.stdout) == (0, False)


@pytest.mark.parametrize(
    ("findings", "questions", "last"),
    [
        ((), (), "Next: crossdock doctor --project bright"),
        (
            (finding("BAD", Severity.BLOCKS),),
            (),
            "Next: solve what must be solved first, then: crossdock inspect --project bright",
        ),
        (
            (finding("BAD", Severity.BLOCKS),),
            (Question("CURRENCY", "Which?", {"AUD": "dollars"}),),
            "Next: answer the question, then: crossdock inspect --project bright",
        ),
    ],
)
def test_the_last_line_is_the_next_step(
    findings: Sequence[Finding], questions: Sequence[Question], last: str
) -> None:
    assert shown(findings, questions).splitlines()[-1] == last


def test_the_worst_findings_stand_first_and_questions_last() -> None:
    text = shown(
        [
            finding("NOTED", Severity.NOTES),
            finding("WARNED", Severity.WARNS),
            finding("BLOCKED", Severity.BLOCKS),
        ],
        [Question("CURRENCY", "Which?", {"AUD": "dollars"})],
    )
    order = [text.index(word) for word in ("\nBLOCKED", "\nWARNED", "\nNOTED", "Question CURRENCY")]
    assert order == sorted(order)


def test_findings_of_one_code_stand_together_each_with_its_remedy() -> None:
    text = shown(
        [
            finding("SAME", message="Of customers.", remedy="look at customers"),
            finding("OTHER"),
            finding("SAME", message="Of bookings.", remedy="look at bookings"),
        ]
    )
    assert text.count("SAME\n") == 1
    parts = ("Of customers.", "→ look at customers", "Of bookings.", "→ look at bookings", "OTHER")
    order = [text.index(part) for part in parts]
    assert order == sorted(order)


def test_fifty_findings_are_shortened_but_for_those_that_block() -> None:
    blocking = [finding(f"BAD_{n}", Severity.BLOCKS) for n in range(30)]
    text = shown([*blocking, *(finding(f"ODD_{n}") for n in range(20))], width=80)
    assert text.count("→ look at it") == 30
    assert "ODD_19  This is what ODD_19 says of the data." in text
    assert "All of it, as a page: bright/reports/inspect.html" in text


def test_many_findings_of_a_code_are_counted() -> None:
    same = [finding("SAME", message=f"The {n}th.") for n in range(9)]
    text = shown(same)
    assert text.count("th.\n") == inspect_findings.SAME
    assert "and 5 more of the kind" in text


def test_a_question_shows_some_of_the_values_that_would_be_read_otherwise() -> None:
    question = Question(
        "ORDER", "Which first?", {"day-first": "3 April"}, count=62, evidence=("BOK-1: 03/04/2025",)
    )
    text = shown(questions=[question])
    assert "  62 values would be read otherwise:\n    · BOK-1: 03/04/2025\n" in text


def test_fields_of_the_tenant_and_counts_to_compare_are_shown_until_the_page_goes_on() -> None:
    fields = [
        CustomField(
            "customer",
            f"Gate code {n}",
            FieldType.TEXT,
            rows=4,
            filled=3,
            examples=["4412"],
            confidence="doubtful",
        )
        for n in range(inspect_own.FIELDS + 4)
    ]
    text = shown(own=fields, checks=[Check("booking", "Bookings", "Bookings > All", "x", 1234)])
    first = next(line for line in text.splitlines() if "Gate code 0" in line)
    assert first.split() == ["Gate", "code", "0", "Customers", "████▌", "75%", "text", "?", "4412"]
    assert "  and 4 more, on the page" in text
    assert re.search(r"Bookings +1,234 +Bookings > All \(likely\)", text)


def test_an_object_is_shown_with_all_of_its_fields(project: Path) -> None:
    words = ["inspect", "--project", str(project), "--object", "Customers"]
    text = CliRunner().invoke(app, words).stdout
    assert "Business Name  text · business_name" in text
    assert "100%  1 of 1 rows, 1 different" in text
    assert "Bookings" not in text
    assert "Without any value: Customer Type, " in text


def test_an_object_that_is_not_there_is_a_mistake_of_usage(project: Path) -> None:
    words = ["inspect", "--project", str(project), "--object", "payments"]
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 2
    assert "The export holds no payments." in result.stderr


def test_a_screen_that_shows_colours_gets_them() -> None:
    assert "\x1b[1;33mWARNED\x1b[0m" in shown([finding("WARNED")], terminal=True)


def test_a_bar_is_full_for_all_and_empty_for_nothing_only() -> None:
    assert bars.bar(1, 6) == "██████"
    assert bars.bar(0, 6) == "      "
    assert bars.bar(0.5, 6) == "███   "
    assert bars.bar(0.9999, 6) == "█████▉"
    assert bars.bar(0.0001, 6) == "▏     "


def test_columns_fit_into_the_room_and_show_what_is_empty() -> None:
    assert bars.columns([1, 0.5, 0.01, 0], 10) == "█▅▁·"
    assert bars.columns([1, 0, 1, 0, 1, 0], 3) == "▅▅▅"
    assert len(bars.columns([0.5] * 100, 30)) <= 30
    assert bars.columns([], 10) == ""
