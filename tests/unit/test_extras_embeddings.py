"""Embeddings from a folder on this disk: off without one, and never from the network."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from crossdock.errors import ExtraMissingError, ExtraUnusableError
from crossdock.mapping.proposing.extras.embeddings import EmbeddingScorer, open_embeddings
from crossdock.mapping.proposing.scorer import OWN, ColumnProfile, Place, Surroundings

PLACES = [
    Place("column:mobile", "Mobile", names=("Mobile", "cell phone")),
    Place("column:suburb", "Suburb"),
    Place(OWN, "your own field"),
]
AROUND = Surroundings("customer")
VECTORS = {
    "Handy": (3.0, 0.2),
    "Mobile": (2.0, 1.0),
    "cell phone": (5.0, 0.0),
    "Suburb": (0.0, 1.0),
    "your own field": (1.0, 0.0),
    "Nothing": (0.0, 0.0),
}


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "0")


class Words:
    """Vectors of a few words, and which were asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, texts: Sequence[str]) -> list[tuple[float, float]]:
        self.asked += texts
        return [VECTORS[text] for text in texts]


def test_a_header_is_near_the_place_whose_best_name_means_the_same() -> None:
    found = EmbeddingScorer(Words()).score(ColumnProfile("customer", "Handy"), PLACES, AROUND)

    assert list(found) == ["column:mobile"]
    assert 0.9 < found["column:mobile"].score <= 1.0
    assert found["column:mobile"].reason == 'the header means nearly "cell phone"'


def test_a_header_without_any_meaning_is_near_nothing() -> None:
    assert EmbeddingScorer(Words()).score(ColumnProfile("x", "Nothing"), PLACES, AROUND) == {}


def test_each_text_is_encoded_once_however_often_it_is_compared() -> None:
    words = Words()
    scorer = EmbeddingScorer(words)

    for header in ("Handy", "Nothing", "Handy"):
        scorer.score(ColumnProfile("customer", header), PLACES, AROUND)

    assert len(words.asked) == len(set(words.asked)) == len(VECTORS)


def test_a_folder_that_is_not_there_is_refused_with_the_setting_to_correct(tmp_path: Path) -> None:
    with pytest.raises(ExtraUnusableError) as caught:
        open_embeddings(tmp_path / "model")

    assert caught.value.code == "E132"
    assert f"There is no folder {tmp_path / 'model'}; crossdock.toml names it" in str(caught.value)
    assert "correct [proposer] embeddings" in str(caught.value)


def test_without_the_package_the_message_says_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)

    with pytest.raises(ExtraMissingError) as caught:
        open_embeddings(tmp_path)

    assert caught.value.code == "E131"
    assert "the package sentence-transformers is not installed" in str(caught.value)
    assert "pip install sentence-transformers" in str(caught.value)


STAND_IN = """
import os
class SentenceTransformer:
    def __init__(self, path, device, local_files_only):
        assert local_files_only and os.environ["HF_HUB_OFFLINE"] == "1"
        if not os.path.exists(os.path.join(path, "modules.json")):
            raise OSError("no modules.json")
    def encode(self, texts):
        return [[1.0, 0.0] for _ in texts]
"""


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Lay a package of that name on the path; return an empty folder for a model."""
    (tmp_path / "sentence_transformers.py").write_text(STAND_IN)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "sentence_transformers", raising=False)
    folder = tmp_path / "model"
    folder.mkdir()
    return folder


def test_a_model_is_opened_offline(package: Path) -> None:
    (package / "modules.json").write_text("[]")

    found = open_embeddings(package).score(ColumnProfile("x", "Anything"), PLACES, AROUND)

    assert found["column:suburb"].score == 1.0


def test_a_folder_without_a_model_is_refused(package: Path) -> None:
    with pytest.raises(ExtraUnusableError, match=r"cannot be loaded: OSError\."):
        open_embeddings(package)
