"""What `crossdock new` takes, and what it says when a project cannot be made."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from crossdock.cli.app import app
from tests.integration.exports import export_of


def new(folder: Path, export: Path, *more: str) -> Result:
    return CliRunner().invoke(app, ["new", str(folder), "--export", str(export), *more])


@pytest.mark.parametrize("name", ["export.zip", "export.xlsx", "bookings.csv", "export.json"])
def test_whatever_support_sent_makes_a_project(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("its content is looked at by inspect")
    assert new(tmp_path / "project", tmp_path / name).exit_code == 0
    assert str(tmp_path / name) in (tmp_path / "project" / "crossdock.toml").read_text("utf-8")


def test_the_next_command_can_be_typed_as_it_stands(tmp_path: Path) -> None:
    folder = tmp_path / "Casey's project"
    printed = new(folder, export_of(tmp_path)).stdout
    assert shlex.split(printed.rpartition("Next: ")[2])[-1] == str(folder)


def test_a_project_inside_the_export_is_refused(tmp_path: Path) -> None:
    export = export_of(tmp_path)
    for folder in (export, export / "project"):
        error = json.loads(new(folder, export, "--json").stdout)["error"]
        assert error["code"] == "E115"
        assert "is inside the export" in error["message"]
        assert not (folder / "crossdock.toml").exists()


def test_the_command_that_is_named_instead_makes_the_project(tmp_path: Path) -> None:
    export = export_of(tmp_path)
    error = json.loads(new(export, export, "--json").stdout)["error"]
    command = error["next"].partition("  (")[0]
    assert CliRunner().invoke(app, shlex.split(command)[1:]).exit_code == 0


def test_an_export_inside_the_project_is_fine(tmp_path: Path) -> None:
    assert new(tmp_path, export_of(tmp_path)).exit_code == 0


def test_a_folder_that_cannot_be_made_is_a_mistake_of_usage(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = new(tmp_path / "file" / "project", export_of(tmp_path), "--json")
    error = json.loads(result.stdout)["error"]
    assert (result.exit_code, error["code"]) == (2, "E115")
    assert "a new folder where you may write" in error["next"]
