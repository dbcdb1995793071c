"""An export comes as a folder or a zip, and is never unpacked outside its place."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

import pytest

from crossdock.errors import (
    ExportEmptyError,
    ExportNotFoundError,
    ExportUnreadableError,
    ExportUnrecognisedError,
)
from crossdock.intake.unpack import unpack
from tests.integration.exports import export_of, project_of, read, shaped, store
from tests.integration.test_intake import HOSTILE


def _zipped(folder: Path, target: Path, inside: str = "") -> Path:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            archive.write(path, inside + path.relative_to(folder).as_posix())
    return target


JANE = {"customer_id": "1", "first_name": "Jane", "last_name": "Citizen"}
IMAGE = {"record_number": "BOK-1", "file_name": "a.jpg", "file_path": "files/BOK-1/a.jpg"}


def with_media(folder: Path) -> Path:
    export = export_of(
        folder,
        customers=[JANE],
        bookings=[{"booking_number": "BOK-1", "customer_id": "1", "total": "1.00"}],
        images=[IMAGE],
    )
    (export / "files" / "BOK-1").mkdir(parents=True)
    (export / "files" / "BOK-1" / "a.jpg").write_bytes(b"jpeg")
    return export


@pytest.mark.parametrize("inside", ["", "bright-clean-export/", "exports/2025/"])
def test_a_zip_is_read_like_the_folder_it_was_made_of(tmp_path: Path, inside: str) -> None:
    archive = _zipped(export_of(tmp_path, customers=[JANE]), tmp_path / "export.zip", inside)
    with store() as connection:
        read(project_of(tmp_path, archive), connection, "customer")
        rows = connection.execute("SELECT first_name FROM src.customer").fetchall()
    assert rows == [("Jane",)]


@pytest.mark.parametrize("inside", ["", "bright-clean-export/"])
def test_files_of_records_are_found_in_a_zip(tmp_path: Path, inside: str) -> None:
    archive = _zipped(with_media(tmp_path), tmp_path / "export.zip", inside)
    with shaped(archive) as made:
        assert made.buckets("image")[0] == ("created", None)


def test_files_of_records_are_found_in_a_folder(tmp_path: Path) -> None:
    with shaped(with_media(tmp_path)) as made:
        assert made.buckets("image")[0] == ("created", None)


@pytest.mark.parametrize(
    "name", ["../../escaped.csv", "/tmp/escaped.csv", "a/../../../escaped.csv", "..\\escaped.csv"]
)
def test_a_zip_cannot_write_outside_the_project(tmp_path: Path, name: str) -> None:
    archive = tmp_path / "inbox" / "export.zip"
    archive.parent.mkdir()
    with zipfile.ZipFile(archive, "w") as zipped:
        zipped.writestr(name, "Customer ID,First Name,Last Name\n1,A,B\n")
    work = tmp_path / "project" / "work"
    unpack(archive, work)
    outside = [p for p in tmp_path.rglob("*escaped*") if work not in p.parents]
    assert (outside, Path("/tmp/escaped.csv").exists()) == ([], False)


@pytest.mark.parametrize(
    "name",
    [
        "cut_in_half",
        "bytes_overwritten_in_the_middle",
        "deflate_stream_that_makes_no_sense",
        "not_a_zip_at_all",
    ],
)
def test_a_damaged_archive_is_said_to_be_damaged(tmp_path: Path, name: str) -> None:
    with pytest.raises(ExportUnreadableError, match=name):
        unpack(HOSTILE / "broken_zips" / f"{name}.zip", tmp_path / "work")


@pytest.mark.parametrize(
    "name", ["cut_in_half", "bytes_overwritten_in_the_middle", "deflate_stream_that_makes_no_sense"]
)
def test_a_damaged_archive_leaves_nothing_half_unpacked(tmp_path: Path, name: str) -> None:
    work = tmp_path / "work"
    with pytest.raises((ExportUnreadableError, zlib.error)):
        unpack(HOSTILE / "broken_zips" / f"{name}.zip", work)
    assert [path for path in work.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("name", ["zip_of_nothing", "zip_of_an_empty_folder"])
def test_an_archive_of_nothing_is_said_to_hold_nothing(tmp_path: Path, name: str) -> None:
    with pytest.raises(ExportEmptyError, match="holds no file"):
        unpack(HOSTILE / "broken_zips" / f"{name}.zip", tmp_path / "work")


def test_a_damaged_archive_does_not_replace_a_good_one(tmp_path: Path) -> None:
    work = tmp_path / "work"
    good = _zipped(export_of(tmp_path, customers=[JANE]), tmp_path / "good.zip")
    before = sorted(p.name for p in unpack(good, work).folder.iterdir())
    with pytest.raises(ExportUnreadableError):
        unpack(HOSTILE / "broken_zips" / "cut_in_half.zip", work)
    assert sorted(p.name for p in (work / "export").iterdir()) == before


def test_an_export_that_is_not_there_is_said_not_to_be_there(tmp_path: Path) -> None:
    with pytest.raises(ExportNotFoundError, match="nowhere"):
        unpack(tmp_path / "nowhere", tmp_path / "work")


def test_a_folder_of_something_else_is_not_taken_for_an_export(tmp_path: Path) -> None:
    with store() as connection, pytest.raises(ExportUnrecognisedError, match="2 files"):
        read(project_of(tmp_path, HOSTILE / "something_else"), connection)


def test_a_folder_that_is_empty_is_said_to_be_empty(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with store() as connection, pytest.raises(ExportEmptyError):
        read(project_of(tmp_path, tmp_path / "empty"), connection)
