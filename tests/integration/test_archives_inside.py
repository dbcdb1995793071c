"""Archives in archives and in folders are unpacked beside the other files, and over nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from crossdock.errors import ExportTooLargeError, ExportUnreadableError
from crossdock.intake.unpack import unpack
from tests.integration.archives import (
    CUSTOMERS,
    archive,
    files_in,
    inspected,
    nested,
    noted,
    packed,
)
from tests.integration.exports import export_of, project_of, read, shaped, store
from tests.integration.test_archives import JANE, with_media


def test_an_archive_in_an_archive_becomes_a_folder_of_its_name(tmp_path: Path) -> None:
    inner = packed({"BOK-1/a.jpg": b"jpeg"})
    export = archive(tmp_path, {"customers.csv": CUSTOMERS, "media.zip": inner})
    found = unpack(export, tmp_path / "work")
    assert files_in(found.folder) == {"customers.csv": CUSTOMERS, "media/BOK-1/a.jpg": b"jpeg"}


def test_an_archive_in_a_folder_becomes_a_folder_of_its_name(tmp_path: Path) -> None:
    export = export_of(tmp_path, customers=[JANE])
    (export / "more").mkdir()
    (export / "more" / "Media.ZIP").write_bytes(packed({"a.csv": b"1"}))
    before = files_in(export)
    after = files_in(unpack(export, tmp_path / "work").folder)
    del before["more/Media.ZIP"]
    assert after == before | {"more/Media/a.csv": b"1"}


def test_a_folder_with_archives_is_itself_left_as_it_is(tmp_path: Path) -> None:
    export = export_of(tmp_path, customers=[JANE])
    (export / "media.zip").write_bytes(packed({"a.csv": b"1"}))
    before = files_in(export)
    unpack(export, tmp_path / "work")
    assert files_in(export) == before


@pytest.mark.parametrize("inside", ["", "files/"])
def test_files_of_records_are_found_in_an_archive_called_files(tmp_path: Path, inside: str) -> None:
    export = with_media(tmp_path)
    shutil.rmtree(export / "files")
    (export / "files.zip").write_bytes(packed({f"{inside}BOK-1/a.jpg": b"jpeg"}))
    with shaped(export) as made:
        assert made.buckets("image")[0] == ("created", None)


def test_rows_of_archives_in_archives_are_read(tmp_path: Path) -> None:
    export = archive(tmp_path, {"outer/inner.zip": packed({"c.zip": packed({"c.csv": CUSTOMERS})})})
    with store() as connection:
        read(project_of(tmp_path, export), connection, "customer")
        rows = connection.execute("SELECT first_name FROM src.customer").fetchall()
    assert rows == [("Jane",)]


def test_an_archive_that_is_attached_to_a_record_stays_an_archive(tmp_path: Path) -> None:
    photos = packed({"1.jpg": b"1"})
    export = archive(tmp_path, {"a.csv": b"1", "files/BOK-1/photos.zip": photos})
    found = unpack(export, tmp_path / "work")
    assert files_in(found.folder) == {"a.csv": b"1", "files/BOK-1/photos.zip": photos}


def test_two_archives_of_one_name_do_not_write_over_each_other(tmp_path: Path) -> None:
    export = archive(
        tmp_path,
        [("m.zip", packed({"a.csv": b"1"})), ("m.zip", packed({"a.csv": b"2"})), ("m/a.csv", b"3")],
    )
    found = unpack(export, tmp_path / "work")
    assert files_in(found.folder) == {"m/a (2).csv": b"1", "m (2)/a.csv": b"2", "m/a.csv": b"3"}
    assert noted(found)["NAMES_CHANGED"] == [
        "export.zip/m.zip is now m (2).zip",
        "export.zip/m.zip/a.csv is now m/a (2).csv",
    ]


def test_a_file_called_like_the_folder_of_an_archive_is_not_touched(tmp_path: Path) -> None:
    export = archive(tmp_path, {"media.zip": packed({"a.csv": b"1"}), "media": b"2"})
    found = unpack(export, tmp_path / "work")
    assert files_in(found.folder) == {"media (2)/a.csv": b"1", "media": b"2"}


def test_inspect_tells_which_archives_were_unpacked(tmp_path: Path) -> None:
    inner = packed({"one.zip": packed({"a.txt": b"1", "b.txt": b"2"})})
    export = archive(tmp_path, {"customers.csv": CUSTOMERS, "inner.zip": inner}, "outer.zip")
    finding = inspected(tmp_path, export)["ARCHIVES_INSIDE"]
    assert (finding.severity, finding.count, finding.evidence) == (
        "notes",
        2,
        ("outer.zip/inner.zip: 1 files", "outer.zip/inner.zip/one.zip: 2 files"),
    )
    assert finding.message == "2 archives inside the export were unpacked."


def test_an_empty_archive_in_an_archive_is_told(tmp_path: Path) -> None:
    export = archive(tmp_path, {"a.csv": b"1", "none.zip": packed({})})
    found = unpack(export, tmp_path / "work")
    assert noted(found) == {"ARCHIVES_INSIDE": ["export.zip/none.zip: 0 files"]}


def test_archives_are_unpacked_five_deep(tmp_path: Path) -> None:
    export = tmp_path / "export.zip"
    export.write_bytes(nested(5, b"deep"))
    assert files_in(unpack(export, tmp_path / "work").folder) == {"1/2/3/4/a.csv": b"deep"}


def test_archives_that_lie_deeper_are_refused(tmp_path: Path) -> None:
    export = tmp_path / "export.zip"
    export.write_bytes(nested(6, b"too deep"))
    refused = r"export.zip/1.zip/2.zip/3.zip/4.zip/5.zip lies in 5 archives, .* 5 are unpacked"
    with pytest.raises(ExportTooLargeError, match=refused):
        unpack(export, tmp_path / "work")


@pytest.mark.parametrize(
    "content",
    [b"<html>Not found</html>", packed({"a.csv": b"1" * 99})[:60]],
    ids=["no archive", "cut"],
)
def test_a_damaged_archive_in_an_archive_is_named_with_the_one_around_it(
    tmp_path: Path, content: bytes
) -> None:
    export = archive(tmp_path, {"a.csv": b"1", "media.zip": content})
    with pytest.raises(ExportUnreadableError, match=r"export\.zip/media\.zip cannot be unpacked"):
        unpack(export, tmp_path / "work")
    assert list((tmp_path / "work").iterdir()) == []
