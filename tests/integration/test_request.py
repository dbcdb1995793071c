"""The letter to OctopusPro's support asks for everything, or for what an export lacks."""

from __future__ import annotations

import csv
import json
import shutil
import tomllib
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from crossdock.connectors.octopuspro.catalogue import objects
from crossdock.connectors.octopuspro.request.checklist import checklist
from crossdock.connectors.octopuspro.request.wanted import NOT_ASKED
from crossdock.connectors.octopuspro.tenant import write_tenant
from tests.docs.console import DOCS
from tests.integration.exports import export_of, write_csv
from tests.integration.test_command_line import crossdock, told


@pytest.fixture(scope="module")
def whole_export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An export that holds every object with all of its columns."""
    export = tmp_path_factory.mktemp("whole") / "export"
    write_tenant(export, customers=10, seed=3)
    return export


@pytest.fixture(scope="module")
def everything() -> Any:
    """The request of somebody who has no export yet."""
    return told(crossdock("request", "--json"))


@pytest.fixture(scope="module")
def without_payments(whole_export: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project in which an export without payments was inspected."""
    export = shutil.copytree(whole_export, tmp_path_factory.mktemp("gap") / "export")
    (export / "payments.csv").unlink()
    drop_column(export / "fieldworkers.csv", "BSB")
    without_list_of_files(export / "manifest.json")
    return inspected(export)


@pytest.fixture(scope="module")
def damaged(whole_export: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The request after an export that lacks something of everything."""
    export = shutil.copytree(whole_export, tmp_path_factory.mktemp("damaged") / "export")
    for name in (
        "manifest.json",
        "company_settings.json",
        "portal_settings.json",
        "custom_fields.csv",
        "sms.csv",
    ):
        (export / name).unlink()
    shutil.rmtree(export / "files")
    drop_column(export / "bookings.csv", "First Start")
    drop_column(export / "bookings.csv", "Status")
    (export / "recipes.csv").write_text("flour,eggs\n1,2\n", "utf-8")
    customers = (export / "customers.csv").read_text("utf-8-sig").splitlines(keepends=True)
    (export / "customers.csv").write_text("".join(customers[:2]), "utf-8")
    write_csv(export / "issues.csv", "issues", [{"issue_number": "1", "created": "03/04/2025"}])
    with (export / "ratings.csv").open("a", encoding="utf-8") as stream:
        stream.write("BOK-1,Dan,5,Good,,03/04/2025,one cell,and another\n")
    return asked_in(inspected(export))


def inspected(export: Path) -> Path:
    """Return a new project beside an export, which was inspected."""
    project = export.parent / "project"
    crossdock("new", project, "--export", export)
    crossdock("inspect", "--project", project)
    return project


def asked_in(project: Path) -> Any:
    """Return the request of a project."""
    return told(crossdock("request", "--project", project, "--json"))


def flat(letter: str) -> str:
    """Return a text as if no line had been broken."""
    return " ".join(letter.split())


def without_list_of_files(path: Path) -> None:
    """Leave out what a manifest says of its files, which are other ones now."""
    stated = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps(stated | {"files": []}), "utf-8")


def drop_column(path: Path, header: str) -> None:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    place = rows[0].index(header)
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([row[:place] + row[place + 1 :] for row in rows])


@pytest.mark.parametrize("obj", objects(), ids=lambda obj: obj.name)
def test_every_object_is_asked_for_with_its_columns(everything: Any, obj: Any) -> None:
    headers = [column.header for column in obj.columns if column.name not in NOT_ASKED]
    assert f"- {obj.label}: {', '.join(headers)}" in flat(everything["letter"])
    (listed,) = [o for o in everything["objects"] if o["object"] == obj.name]
    assert (listed["label"], listed["columns"]) == (obj.label, headers)


def test_the_wording_is_about_objects_findings_and_questions_that_exist() -> None:
    text = resources.files("crossdock.connectors.octopuspro.request").joinpath("letter.toml")
    wording = tomllib.loads(text.read_text("utf-8"))
    assert set(wording["notes"]) <= {obj.name for obj in objects()}
    findings = (DOCS / "reference" / "findings.md").read_text("utf-8")
    for code in set(wording["asks"]) - {"NO_MANIFEST", "NO_SETTINGS"}:
        assert f"`{code}`" in findings or f"`{code}:" in findings


def test_every_setting_is_asked_for_as_knowledge(everything: Any) -> None:
    settings = {obj.name for obj in objects() if obj.settings}
    read_only = {o["object"] for o in everything["objects"] if "not moved" in o["why"]}
    assert read_only == settings


@pytest.mark.parametrize(
    "asked",
    [
        "Every custom field that we made",
        "its type (text, number, date, dropdown, checkbox, signature, image and so on)",
        "Every choice of a dropdown",
        "The files themselves, not links that expire",
        "with the original file names",
        "Also records that are deleted, archived, cancelled, declined or void",
        "each with date, time and the person who did it",
        "the number of rows of each and, if you can, its SHA-256 hash",
        "Please state their time zone, the currency, and whether prices include tax",
        "Your internal ids in every list",
        "Second export: everything again, in the same form, as it stands on [the day you",
        "What of this can you send, when, and does it cost anything?",
    ],
)
def test_the_letter_asks_for_what_is_easily_forgotten(everything: Any, asked: str) -> None:
    assert asked in flat(everything["letter"])


@pytest.mark.parametrize("header", ["Bank Name", "Account Number", "BSB"])
def test_bank_details_of_field_workers_are_not_asked_for(everything: Any, header: str) -> None:
    assert header not in everything["letter"]
    assert "No passwords, card numbers or bank account numbers" in flat(everything["letter"])


def test_what_is_known_of_the_account_stands_in_the_letter() -> None:
    letter = told(
        crossdock("request", "--company", "Ash & {Co}", "--account-email", "a@b.example", "--json")
    )["letter"]
    assert letter.startswith("Subject: A full export of our data: Ash & {Co}\n")
    assert "E-mail address of the account: a@b.example" in letter
    assert "[your company's name]" not in letter


def test_what_is_not_known_is_left_to_be_filled_in(everything: Any) -> None:
    letter = everything["letter"]
    assert "- Account: [your company's name]\n" in letter
    assert "\n[your name]\n[your company's name]\n" in letter


def test_no_line_is_too_long_to_be_read() -> None:
    printed = crossdock("request").stdout
    assert max(map(len, printed.splitlines())) <= 100


def test_the_letter_is_printed_before_the_checklist() -> None:
    printed = crossdock("request").stdout
    places = [printed.index(text) for text in ("Subject:", "Thank you", "While you wait", "Next")]
    assert places == sorted(places)


def test_every_task_says_why_and_where_or_that_it_is_done_at_the_desk(everything: Any) -> None:
    assert len(everything["checklist"]) == len(checklist()) > 20
    for task in everything["checklist"]:
        assert task["what"] and task["why"]
        assert bool(task["where"]) == (task["certainty"] in {"documented", "inferred", "unknown"})


@pytest.mark.parametrize(
    ("certainty", "words"),
    [("inferred", "(likely; no public page says so)"), ("unknown", "(no public page says where)")],
)
def test_a_place_that_nobody_documented_is_said_to_be_so(certainty: str, words: str) -> None:
    printed = flat(crossdock("request").stdout)
    tasks = [task for task in checklist() if task.certainty == certainty]
    assert tasks
    for task in tasks:
        assert f"Where: {task.where} {words}" in printed


def test_a_missing_list_is_asked_for_alone(without_payments: Path) -> None:
    asked = asked_in(without_payments)
    assert [(o["object"], o["why"]) for o in asked["objects"]] == [
        ("payment", "no file of the export holds it")
    ]
    assert "1. Lists that are not in the export" in asked["letter"]
    assert "- Payments: Payment ID" in asked["letter"]
    assert "2. " not in asked["letter"]


def test_the_folder_one_stands_in_is_the_project_and_names_the_account(
    without_payments: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(without_payments)
    result = crossdock("request")
    assert "- Account: Bright Clean Pty Ltd\n" in result.stdout
    assert result.stdout.endswith("crossdock inspect\n")


def test_what_the_tenant_has_not_is_not_asked_for_and_then_nothing_is_missing(
    without_payments: Path, tmp_path: Path
) -> None:
    project = shutil.copytree(without_payments, tmp_path / "project")
    crossdock("answer", "NO_FILE:payment", "none", "--project", project)
    asked = asked_in(project)
    assert (asked["letter"], asked["objects"]) == ("", [])
    printed = crossdock("request", "--project", project).stdout
    assert "There is nothing to ask for" in printed
    assert "While you wait" in printed


def test_missing_columns_are_asked_for_by_their_headers(damaged: Any) -> None:
    in_part = [o for o in damaged["objects"] if "without these columns" in o["why"]]
    assert [(o["object"], o["columns"]) for o in in_part] == [
        ("booking", ["Status", "First Start"])
    ]
    assert "- Bookings: Status, First Start\n" in damaged["letter"]


@pytest.mark.parametrize(
    "asked",
    [
        "1. Lists that are not in the export",
        "- Custom fields: Field ID",
        "- SMS: Date Time",
        "2. Lists that are there, without these columns",
        "3. Columns that we cannot explain",
        "- Customers: CF: ",
        "4. Other questions",
        "In which time zone are the times?",
        "In which currency are the amounts?",
        "How many rows does each file have, and when was the export made?",
        "Could you send the settings too",
        "we cannot tell what they hold: recipes.csv (no row of it looks like the header of a",
        "whose files are not in the export",
        "whose customer is not in the export",
        "first in the dates of issues.csv?",
        "that cannot be read as lines of their list: 1. For example: ratings.csv line",
    ],
)
def test_what_an_export_lacks_or_leaves_unclear_is_asked(damaged: Any, asked: str) -> None:
    assert asked in flat(damaged["letter"])


def test_what_is_there_is_not_asked_for(damaged: Any) -> None:
    assert {o["object"] for o in damaged["objects"]} == {"custom_field", "sms", "booking"}


def test_no_line_of_a_letter_about_gaps_is_too_long(damaged: Any) -> None:
    assert max(map(len, damaged["letter"].splitlines())) <= 100


def test_a_project_that_was_not_inspected_asks_for_everything(
    tmp_path: Path, everything: Any
) -> None:
    crossdock("new", tmp_path / "project", "--export", export_of(tmp_path))
    assert asked_in(tmp_path / "project")["letter"] == everything["letter"]


def test_a_file_holds_what_would_be_printed(tmp_path: Path) -> None:
    printed = crossdock("request").stdout
    result = crossdock("request", "--out", tmp_path / "to" / "letter.md")
    assert result.exit_code == 0
    assert printed.startswith((tmp_path / "to" / "letter.md").read_text("utf-8"))


def test_a_file_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "letter.md").write_text("filled in already", "utf-8")
    result = crossdock("request", "--out", tmp_path / "letter.md")
    assert result.exit_code == 2
    assert "is there already" in result.stderr
    assert (tmp_path / "letter.md").read_text("utf-8") == "filled in already"


def test_a_file_that_cannot_be_written_is_a_mistake_of_usage(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", "utf-8")
    result = crossdock("request", "--out", tmp_path / "file" / "letter.md")
    assert result.exit_code == 2
    assert "cannot be written" in result.stderr
