"""A folder export may hold links, pipes and files of others; it is read without them, and told."""

from __future__ import annotations

import os
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from crossdock.errors import ExportTooLargeError, ExportUnreadableError
from crossdock.intake.unpack import unpack
from crossdock.intake.unpack.limits import Limits
from tests.integration.archives import files_in, inspected, noted, packed
from tests.integration.exports import export_of, project_of, read, store
from tests.integration.test_archives import JANE, with_media


def test_a_folder_of_plain_files_is_read_where_it_lies(tmp_path: Path) -> None:
    export = export_of(tmp_path, customers=[JANE])
    (export / ".DS_Store").write_bytes(b"")
    found = unpack(export, tmp_path / "work")
    assert (found.folder, noted(found)) == (export, {"SYSTEM_FILES_LEFT_OUT": [".DS_Store"]})
    assert not (tmp_path / "work").exists()


def test_links_that_lead_out_of_a_folder_are_not_followed(tmp_path: Path) -> None:
    export = export_of(tmp_path, customers=[JANE])
    outside = export_of(tmp_path / "outside", customers=[JANE, JANE | {"customer_id": "2"}])
    (export / "more.csv").symlink_to(outside / "customers.csv")
    (export / "all").symlink_to(outside)
    with store() as connection:
        read(project_of(tmp_path, export), connection, "customer")
        assert connection.execute("SELECT count(*) FROM src.customer").fetchall() == [(1,)]


def test_inspect_tells_where_links_lead(tmp_path: Path) -> None:
    export = export_of(tmp_path, customers=[JANE])
    (export / "again.csv").symlink_to("customers.csv")
    (export / "gone.csv").symlink_to("/nowhere/at/all")
    finding = inspected(tmp_path, export)["LINKS_NOT_FOLLOWED"]
    assert (finding.severity, finding.count, finding.evidence) == (
        "warns",
        2,
        ("again.csv leads to customers.csv", "gone.csv leads to /nowhere/at/all"),
    )


def test_links_that_go_round_in_circles_do_not_hang(tmp_path: Path) -> None:
    export = export_of(tmp_path, customers=[JANE])
    (export / "round").symlink_to(export)
    (export / "a").symlink_to("b")
    (export / "b").symlink_to("a")
    found = unpack(export, tmp_path / "work")
    assert len(noted(found)["LINKS_NOT_FOLLOWED"]) == 3


def test_all_other_files_of_such_a_folder_are_there(tmp_path: Path) -> None:
    export = with_media(tmp_path)
    before = files_in(export)
    (export / "link").symlink_to("/etc/passwd")
    assert files_in(unpack(export, tmp_path / "work").folder) == before


def test_pipes_and_sockets_are_left_out_and_that_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export = export_of(tmp_path, customers=[JANE])
    os.mkfifo(export / "pipe.csv")
    monkeypatch.chdir(export)
    with socket.socket(socket.AF_UNIX) as opened:
        opened.bind("socket.csv")
    finding = inspected(tmp_path, export)["SPECIAL_FILES_LEFT_OUT"]
    assert (finding.severity, finding.evidence) == ("warns", ("pipe.csv", "socket.csv"))


def test_a_pipe_in_place_of_an_archive_is_no_archive(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "export.zip")
    with pytest.raises(ExportUnreadableError, match="neither a folder nor a readable zip"):
        unpack(tmp_path / "export.zip", tmp_path / "work")


@contextmanager
def _an_ordinary_user() -> Iterator[Path]:
    """Give a folder that everyone may enter, and no more rights than anyone has."""
    user = os.geteuid()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        try:
            yield folder
        finally:
            os.seteuid(user)


@pytest.mark.parametrize("which", ["customers.csv", "files", "files/BOK-1/a.jpg"])
def test_what_may_not_be_read_is_named(which: str) -> None:
    with _an_ordinary_user() as folder:
        export = with_media(folder)
        (export / which).chmod(0)
        os.seteuid(os.geteuid() or 65534)
        with pytest.raises(ExportUnreadableError, match=which):
            unpack(export, folder / "work")


def test_names_that_are_no_text_are_read_as_an_old_windows_wrote_them(tmp_path: Path) -> None:
    export = export_of(tmp_path, customers=[JANE])
    (export / os.fsdecode(b"caf\xe9.txt")).write_bytes(b"menu")
    found = unpack(export, tmp_path / "work")
    assert files_in(found.folder)["café.txt"] == b"menu"
    assert noted(found) == {"NAMES_CHANGED": ["caf\\udce9.txt is now café.txt"]}


def test_a_folder_that_holds_its_own_project_is_not_unpacked_into_itself(tmp_path: Path) -> None:
    export = export_of(tmp_path, customers=[JANE])
    (export / "media.zip").write_bytes(packed({"a.jpg": b""}))
    with pytest.raises(ExportUnreadableError, match="project lies inside export"):
        unpack(export, export / "project" / "work")


def test_folders_without_end_are_refused(tmp_path: Path) -> None:
    tmp_path.joinpath("export", *["deep"] * 60).mkdir(parents=True)
    with pytest.raises(ExportTooLargeError, match="more than 50 folders"):
        unpack(tmp_path / "export", tmp_path / "work")


def test_a_folder_of_more_files_than_are_allowed_is_refused(tmp_path: Path) -> None:
    export = export_of(tmp_path, customers=[JANE])
    with pytest.raises(ExportTooLargeError, match="holds more than 5 files"):
        unpack(export, tmp_path / "work", Limits(files=5))
