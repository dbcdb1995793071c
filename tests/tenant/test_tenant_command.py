"""The command parses, calls one function and prints."""

from __future__ import annotations

import json
from pathlib import Path

import typer
from typer.testing import CliRunner

from crossdock.cli.tenant import tenant

app = typer.Typer()
app.command()(tenant)


def test_json_is_one_document(tmp_path: Path) -> None:
    out = tmp_path / "made"
    result = CliRunner().invoke(
        app, ["--customers", "5", "--seed", "2", "--out", str(out), "--mess", "1", "--json"]
    )
    assert result.exit_code == 0, result.output
    document = json.loads(result.stdout)
    assert document["out"] == str(out)
    assert document["files"]["customers.csv"] >= 5
    assert document["mess"]
    assert document["seconds"] > 0


def test_people_are_told_what_is_there_and_what_comes_next(tmp_path: Path) -> None:
    out = tmp_path / "made.zip"
    result = CliRunner().invoke(app, ["--customers", "5", "--out", str(out), "--shape", "zip"])
    assert result.exit_code == 0, result.output
    assert "crossdock new DIR" in result.stdout
    assert out.is_file()
