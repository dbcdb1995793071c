"""What a person or a script is told when something is not as it should be."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from crossdock.cli.app import app
from crossdock.desk.workbench import Workbench
from crossdock.emulator import Account
from crossdock.emulator.server import running
from crossdock.errors import UnreachableError
from crossdock.model.times import VirtualClock
from crossdock.project import KEY_VARIABLE
from tests.integration.desks import Desk
from tests.integration.exports import export_of
from tests.integration.test_intake import HOSTILE


def crossdock(*words: str | Path, **environment: str | None) -> Result:
    """Run a command of the product."""
    return CliRunner().invoke(app, [str(word) for word in words], env=environment)


def told(result: Result) -> Any:
    """Return the one JSON document on standard output."""
    return json.loads(result.stdout)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of an export that is whole, with no destination."""
    folder = tmp_path / "project"
    crossdock("new", folder, "--export", export_of(tmp_path))
    return folder


@pytest.fixture
def closed_port() -> str:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}/crm/sales"


@pytest.fixture(scope="module")
def account() -> Iterator[str]:
    with running(Account(key="the right key", limits=False)) as url:
        yield url


def _new(folder: Path, export: Path) -> Result:
    return crossdock("new", folder / "project", "--export", export, "--json")


def _inspected(folder: Path, export: Path) -> Result:
    _new(folder, export)
    return crossdock("inspect", "--project", folder / "project", "--json")


def test_an_export_that_is_not_there_is_a_mistake_of_usage(tmp_path: Path) -> None:
    result = _new(tmp_path, tmp_path / "nowhere")
    assert (result.exit_code, told(result)["error"]["code"]) == (2, "E101")


def test_an_export_that_is_not_there_leaves_no_project_behind(tmp_path: Path) -> None:
    _new(tmp_path, tmp_path / "nowhere")
    assert not (tmp_path / "project").exists()


def test_a_project_is_not_written_over(project: Path) -> None:
    before = (project / "crossdock.toml").read_text("utf-8")
    result = crossdock("new", project, "--export", HOSTILE / "readable", "--json")
    assert (result.exit_code, told(result)["error"]["code"]) == (2, "E111")
    assert (project / "crossdock.toml").read_text("utf-8") == before


@pytest.mark.parametrize(
    ("export", "code"),
    [
        ("something_else", "E103"),
        ("broken_zips/cut_in_half.zip", "E104"),
        ("broken_zips/deflate_stream_that_makes_no_sense.zip", "E104"),
        ("broken_zips/not_a_zip_at_all.zip", "E104"),
        ("broken_zips/zip_of_nothing.zip", "E102"),
    ],
)
def test_an_export_that_cannot_be_read_is_a_mistake_of_usage(
    tmp_path: Path, export: str, code: str
) -> None:
    result = _inspected(tmp_path, HOSTILE / export)
    assert (result.exit_code, told(result)["error"]["code"]) == (2, code)


def test_an_empty_folder_is_a_mistake_of_usage(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    result = _inspected(tmp_path, tmp_path / "empty")
    assert (result.exit_code, told(result)["error"]["code"]) == (2, "E102")


def test_a_missing_file_of_an_object_blocks_and_is_a_question(tmp_path: Path) -> None:
    export = export_of(tmp_path)
    (export / "customers.csv").unlink()
    result = _inspected(tmp_path, export)
    assert result.exit_code == 1
    assert [question["code"] for question in told(result)["questions"]] == ["NO_FILE:customer"]


def test_a_question_can_be_answered_by_the_command_that_it_names(tmp_path: Path) -> None:
    export = export_of(tmp_path)
    (export / "customers.csv").unlink()
    _inspected(tmp_path, export)
    crossdock("answer", "NO_FILE:customer", "none", "--project", tmp_path / "project")
    result = crossdock("inspect", "--project", tmp_path / "project", "--json")
    assert (result.exit_code, told(result)["questions"]) == (0, [])


def test_an_answer_to_nothing_is_a_mistake_of_usage(project: Path) -> None:
    result = crossdock("answer", "NO_SUCH:thing", "none", "--project", project, "--json")
    assert (result.exit_code, told(result)["error"]["code"]) == (2, "E113")


def test_an_export_that_is_whole_is_inspected_without_complaint(project: Path) -> None:
    result = crossdock("inspect", "--project", project, "--json")
    assert result.exit_code == 0
    assert {o["object"]: o["rows"] for o in told(result)["objects"]}["customer"] == 0


@pytest.mark.parametrize(
    "command",
    [
        ("request",),
        ("inspect",),
        ("doctor",),
        ("map", "propose"),
        ("map", "review"),
        ("map", "confirm", "--by", "me", "--yes"),
        ("fields",),
        ("users",),
        ("plan",),
        ("run",),
        ("verify",),
        ("status",),
        ("answer", "NO_FILE:customer", "none"),
    ],
    ids=" ".join,
)
def test_a_folder_that_is_no_project_is_a_mistake_of_usage(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    result = crossdock(*command, "--project", tmp_path, "--json")
    assert (result.exit_code, told(result)["error"]["code"]) == (2, "E110")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "settings", ["[export", "destination = 'x'\n[export]\npath = 'x'", "export = 1"]
)
def test_settings_that_make_no_sense_are_a_mistake_of_usage(tmp_path: Path, settings: str) -> None:
    (tmp_path / "crossdock.toml").write_text(settings, "utf-8")
    result = crossdock("status", "--project", tmp_path, "--json")
    assert (result.exit_code, told(result)["error"]["code"]) == (2, "E112")


def test_answers_that_make_no_sense_are_a_mistake_of_usage(project: Path) -> None:
    (project / "answers.json").write_text("{", "utf-8")
    result = crossdock("inspect", "--project", project, "--json")
    assert (result.exit_code, "error" in told(result)) == (2, True)


def test_a_project_without_a_destination_is_told_how_to_set_one(project: Path) -> None:
    result = crossdock("doctor", "--project", project, "--json")
    assert (result.exit_code, told(result)["error"]["code"]) == (2, "E301")
    words = told(result)["error"]["next"].split()
    assert (words[:2], "--url" in words) == (["crossdock", "doctor"], True)


def test_no_key_is_a_mistake_of_usage_and_names_the_variable(project: Path, account: str) -> None:
    result = crossdock(
        "doctor", "--project", project, "--url", account, "--json", **{KEY_VARIABLE: None}
    )
    assert (result.exit_code, told(result)["error"]["code"]) == (2, "E302")
    assert KEY_VARIABLE in told(result)["error"]["message"]


def test_a_wrong_key_is_refused_by_the_destination(project: Path, account: str) -> None:
    result = crossdock(
        "doctor", "--project", project, "--url", account, "--json", **{KEY_VARIABLE: "wrong one"}
    )
    assert (result.exit_code, told(result)["error"]["code"]) == (3, "E304")


def test_a_key_is_never_shown(project: Path, account: str) -> None:
    result = crossdock(
        "doctor", "--project", project, "--url", account, "--json", **{KEY_VARIABLE: "s3cret-k3y"}
    )
    assert "s3cret-k3y" not in result.stdout + result.stderr


def test_the_right_key_shows_the_account(project: Path, account: str) -> None:
    result = crossdock(
        "doctor",
        "--project",
        project,
        "--url",
        account,
        "--json",
        **{KEY_VARIABLE: "the right key"},
    )
    assert (result.exit_code, told(result)["url"]) == (0, account)


def test_a_destination_that_nobody_listens_at_is_unreachable(
    project: Path, closed_port: str
) -> None:
    # The product asks again for half a minute; this clock jumps over the waits.
    bench = Workbench(project, VirtualClock())
    bench.project.set_destination(closed_port)
    with pytest.raises(UnreachableError, match=r"\[E303\].*127\.0\.0\.1") as raised:
        bench.look()
    assert raised.value.exit_code == 3


@pytest.mark.parametrize("url", ["acme", "ftp://acme.example/crm/sales", "http://[::1", "http://"])
def test_an_address_that_is_none_is_an_error_with_a_code(project: Path, url: str) -> None:
    result = crossdock("doctor", "--project", project, "--url", url, "--json")
    assert (result.exit_code in (2, 3), told(result)["error"]["code"][0]) == (True, "E")


@pytest.mark.parametrize(
    ("command", "code"), [("plan", "E120"), ("run", "E120"), ("verify", "E120")]
)
def test_nothing_goes_on_without_a_mapping(
    project: Path, account: str, command: str, code: str
) -> None:
    environment = {KEY_VARIABLE: "the right key"}
    crossdock("doctor", "--project", project, "--url", account, **environment)
    result = crossdock(command, "--project", project, "--json", **environment)
    assert (result.exit_code, told(result)["error"]["code"]) == (1, code)


def test_an_error_names_what_was_written_and_the_next_command(project: Path) -> None:
    error = told(crossdock("doctor", "--project", project, "--json"))["error"]
    assert (error["written"], error["next"][:9]) == ("Nothing was written.", "crossdock")


def test_a_person_is_told_the_same_as_a_script(project: Path) -> None:
    spoken = crossdock("doctor", "--project", project).stderr
    error = told(crossdock("doctor", "--project", project, "--json"))["error"]
    assert all(error[part] in spoken for part in ("code", "message", "written", "next"))


def test_a_mapping_is_not_confirmed_by_silence(planned_desk: Desk, tmp_path: Path) -> None:
    desk = planned_desk.copied(tmp_path / "project")
    before = desk.bench.project.mapping_file.read_text("utf-8")
    result = crossdock("map", "confirm", "--by", "me", "--project", desk.folder, "--json")
    assert result.exit_code != 0
    assert desk.bench.project.mapping_file.read_text("utf-8") == before


def test_a_confirmation_that_was_not_given_is_one_json_document(
    planned_desk: Desk, tmp_path: Path
) -> None:
    desk = planned_desk.copied(tmp_path / "project")
    result = crossdock("map", "confirm", "--by", "me", "--project", desk.folder, "--json")
    assert "error" in told(result)


def test_a_mapping_that_is_there_is_not_proposed_over(planned_desk: Desk, tmp_path: Path) -> None:
    desk = planned_desk.copied(tmp_path / "project")
    result = crossdock("map", "propose", "--project", desk.folder, "--json")
    assert (result.exit_code, told(result)["error"]["code"]) == (2, "E111")


@pytest.mark.parametrize(
    ("desk", "stage"), [("planned_desk", "mapping confirmed"), ("loaded_desk", "loaded")]
)
def test_the_status_says_where_a_project_stands(
    request: pytest.FixtureRequest, desk: str, stage: str
) -> None:
    folder = request.getfixturevalue(desk).folder
    result = crossdock("status", "--project", folder, "--json")
    assert (result.exit_code, told(result)["stage"]) == (0, stage)


def test_a_word_that_is_no_command_is_a_mistake_of_usage() -> None:
    assert crossdock("migrate").exit_code == 2


def test_a_demo_does_not_replace_a_folder_of_something_else(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("mine", "utf-8")
    result = crossdock("demo", "--project", tmp_path, "--json")
    assert (result.exit_code, told(result)["error"]["code"]) == (2, "E111")
    assert [path.name for path in tmp_path.iterdir()] == ["letters.txt"]
