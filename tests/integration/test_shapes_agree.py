"""One tenant in every shape that support might send: what is staged says the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from crossdock.connectors.octopuspro.tenant import write_tenant
from crossdock.intake.located import contents
from tests.integration import reshaping
from tests.integration.exports import project_of, read, store

Contents = dict[str, tuple[int, str]]


def _contents(folder: Path, export: Path) -> Contents:
    folder.mkdir(exist_ok=True)
    with store() as connection:
        read(project_of(folder, export), connection)
        return contents(connection)


@pytest.fixture(scope="module")
def tenant(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tenant") / "export"
    return write_tenant(folder, customers=60, seed=11, media=False).path


@pytest.fixture(scope="module")
def plain(tenant: Path, tmp_path_factory: pytest.TempPathFactory) -> Contents:
    return _contents(tmp_path_factory.mktemp("plain"), tenant)


@pytest.mark.parametrize(
    "shape",
    [
        reshaping.in_dialect(";", "utf-8-sig", "\r\n"),
        reshaping.in_dialect("\t", "utf-16", "\r\n", ".txt"),
        reshaping.in_dialect("|", "utf-16-le"),
        reshaping.with_titles_and_totals,
        reshaping.with_shuffled_columns,
        reshaping.as_workbook,
        reshaping.as_zip_in_zip,
        reshaping.split_in_three,
    ],
    ids=[
        "semicolons, mark, Windows line ends",
        "tabs in UTF-16",
        "bars in UTF-16 without a mark",
        "titles above and totals below",
        "columns the other way round, headers in capitals",
        "one workbook",
        "an archive in an archive",
        "three files for each list",
    ],
)
def test_a_tenant_says_the_same_in_every_shape(
    tmp_path: Path, tenant: Path, plain: Contents, shape: Callable[[Path, Path], Path]
) -> None:
    assert _contents(tmp_path / "project", shape(tenant, tmp_path / "export")) == plain


def test_a_tenant_says_the_same_as_an_archive(tmp_path: Path, plain: Contents) -> None:
    out = tmp_path / "export.zip"
    write_tenant(out, customers=60, seed=11, media=False, shape="zip")
    assert _contents(tmp_path / "project", out) == plain


def test_a_tenant_says_something_else_when_one_cell_was_changed(
    tmp_path: Path, tenant: Path, plain: Contents
) -> None:
    changed = reshaping.in_dialect(",", "utf-8")(tenant, tmp_path / "export")
    path = changed / "quotes.csv"
    path.write_text(path.read_text("utf-8").replace("Draft", "Sent", 1), "utf-8")
    found = _contents(tmp_path / "project", changed)
    assert {name for name in plain if found[name] != plain[name]} == {"quote"}
