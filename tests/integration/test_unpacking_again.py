"""What was unpacked is used again when nothing has changed, and made anew otherwise."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from crossdock.errors import ExportUnreadableError
from crossdock.intake.unpack import unpack
from tests.integration.archives import CUSTOMERS, files_in, link, noted, packed


@pytest.fixture(params=["archive", "folder"])
def export(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    inner = packed([("a.csv", b"1"), link("b.csv", "/etc/passwd")])
    if request.param == "archive":
        path = tmp_path / "export.zip"
        path.write_bytes(packed({"customers.csv": CUSTOMERS, "inner.zip": inner}))
        return path
    folder = tmp_path / "support"
    folder.mkdir()
    (folder / "customers.csv").write_bytes(CUSTOMERS)
    (folder / "inner.zip").write_bytes(inner)
    return folder


HELD = {"customers.csv": CUSTOMERS, "inner/a.csv": b"1"}


def _made_at(work: Path) -> int:
    return (work / "export" / "inner" / "a.csv").stat().st_ino


def test_an_export_that_did_not_change_is_not_unpacked_again(tmp_path: Path, export: Path) -> None:
    work = tmp_path / "work"
    first = unpack(export, work)
    made = _made_at(work)
    again = unpack(export, work)
    assert (_made_at(work), noted(again)) == (made, noted(first))
    assert set(noted(again)) == {"ARCHIVES_INSIDE", "LINKS_NOT_FOLLOWED"}


def _file_gone(work: Path) -> None:
    (work / "export" / "customers.csv").unlink()


def _file_edited(work: Path) -> None:
    (work / "export" / "inner" / "a.csv").write_bytes(b"2")


def _file_added(work: Path) -> None:
    (work / "export" / "b.csv").write_bytes(b"2")


def _proof_gone(work: Path) -> None:
    (work / "export.json").unlink()


def _proof_damaged(work: Path) -> None:
    (work / "export.json").write_text("[]", "utf-8")


def _proof_of_another_version(work: Path) -> None:
    path = work / "export.json"
    proof = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps(proof | {"of": "0.0.1" + proof["of"][5:], "notes": {}}), "utf-8")


def _died_while_unpacking(work: Path) -> None:
    (work / "export.json").unlink()
    (work / "export").rename(work / "export.partial")
    (work / "export.partial" / "inner" / "half.csv").write_bytes(b"1")


@pytest.mark.parametrize(
    "happened",
    [
        _file_gone,
        _file_edited,
        _file_added,
        _proof_gone,
        _proof_damaged,
        _proof_of_another_version,
        _died_while_unpacking,
    ],
)
def test_whatever_happened_to_it_the_whole_export_is_there_again(
    tmp_path: Path, export: Path, happened: Callable[[Path], None]
) -> None:
    work = tmp_path / "work"
    first = unpack(export, work)
    happened(work)
    again = unpack(export, work)
    assert (files_in(work / "export"), noted(again)) == (HELD, noted(first))
    assert sorted(p.name for p in work.iterdir()) == ["export", "export.json"]


def test_a_new_archive_in_the_old_place_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    path.write_bytes(packed({"a.csv": b"1"}))
    unpack(path, tmp_path / "work")
    path.write_bytes(packed({"b.csv": b"2"}))
    assert files_in(unpack(path, tmp_path / "work").folder) == {"b.csv": b"2"}


def test_a_failure_leaves_what_was_unpacked_before(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    good = packed({"a.csv": b"1"})
    path.write_bytes(good)
    unpack(path, tmp_path / "work")
    path.write_bytes(packed({"a.csv": b"2", "b.zip": b"no archive"}))
    with pytest.raises(ExportUnreadableError):
        unpack(path, tmp_path / "work")
    assert files_in(tmp_path / "work" / "export") == {"a.csv": b"1"}
    path.write_bytes(good)
    assert files_in(unpack(path, tmp_path / "work").folder) == {"a.csv": b"1"}
