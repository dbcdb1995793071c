"""The settings of what may help to propose: off unless they stand in crossdock.toml."""

from __future__ import annotations

from pathlib import Path

import pytest

from crossdock.errors import SettingsError
from crossdock.project import Project, Settings


def settings(folder: Path, lines: str) -> Settings:
    (folder / "crossdock.toml").write_text(f'{lines}\n[export]\npath = "export"\n')
    return Project(folder).settings()


def test_without_a_setting_nothing_helps_to_propose(tmp_path: Path) -> None:
    found = settings(tmp_path, "")

    assert (found.model, found.embeddings) == ("", None)


def test_a_model_and_a_folder_of_embeddings_are_read(tmp_path: Path) -> None:
    found = settings(tmp_path, '[proposer]\nmodel = "openai:some"\nembeddings = "models/small"\n')

    assert found.model == "openai:some"
    assert found.embeddings == tmp_path / "models" / "small"


@pytest.mark.parametrize(
    "lines", ['proposer = "yes"', "proposer.model = 3", "proposer.embeddings = true"]
)
def test_settings_of_another_form_are_refused(tmp_path: Path, lines: str) -> None:
    with pytest.raises(SettingsError, match="proposer") as caught:
        settings(tmp_path, lines)

    assert caught.value.code == "E112"
