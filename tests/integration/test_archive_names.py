"""Members of archives get a place inside the project, whatever they are called."""

from __future__ import annotations

from pathlib import Path

import pytest

from crossdock.intake.unpack import unpack
from tests.integration.archives import CUSTOMERS, archive, files_in, inspected, link, noted, packed


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("/absolute.csv", "absolute.csv"),
        ("//server/share/a.csv", "server/share/a.csv"),
        ("../../up.csv", "up.csv"),
        ("a/../../../up.csv", "a/up.csv"),
        ("C:/windows/a.csv", "windows/a.csv"),
        ("C:..\\up.csv", "up.csv"),
        ("/C:/D:a.csv", "a.csv"),
        ("..", "unnamed"),
        ("line\nbreak.csv", "line_break.csv"),
        ("bell\x07\x7f.csv", "bell__.csv"),
        ("CON", "_CON"),
        ("files/nul.csv", "files/_nul.csv"),
        ("LPT1.tar/a.csv", "_LPT1.tar/a.csv"),
        ("ö" * 200 + ".csv", "ö" * 125 + ".csv"),
    ],
)
def test_a_name_that_cannot_be_used_is_changed_and_that_is_told(
    tmp_path: Path, name: str, place: str
) -> None:
    found = unpack(archive(tmp_path, {name: b"1", "plain.csv": b"2"}), tmp_path / "work")
    assert files_in(tmp_path / "work" / "export") == {place: b"1", "plain.csv": b"2"}
    (told,) = noted(found)["NAMES_CHANGED"]
    assert str(told).endswith(f" is now {place}")


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("./a.csv", "a.csv"),
        ("files\\BOK-1\\a.jpg", "files/BOK-1/a.jpg"),
        ("a//b.csv", "a/b.csv"),
        ("..a/b...csv", "..a/b...csv"),
        ("console.csv", "console.csv"),
        ("Rechnungen für März.csv", "Rechnungen für März.csv"),
        ("请求.csv", "请求.csv"),
    ],
)
def test_other_names_are_taken_as_they_are(tmp_path: Path, name: str, place: str) -> None:
    found = unpack(archive(tmp_path, {name: b"1"}), tmp_path / "work")
    assert (files_in(found.folder), noted(found)) == ({place: b"1"}, {})


def test_a_name_with_a_nul_is_not_cut_there(tmp_path: Path) -> None:
    path = archive(tmp_path, {})
    path.write_bytes(packed({"a.exe_.csv": b"1"}).replace(b"a.exe_.csv", b"a.exe\0.csv"))
    found = unpack(path, tmp_path / "work")
    assert files_in(found.folder) == {"a.exe_.csv": b"1"}
    assert noted(found) == {"NAMES_CHANGED": ["export.zip/a.exe\\x00.csv is now a.exe_.csv"]}


@pytest.mark.parametrize(
    ("stored", "name"),
    [(b"caf\x82.csv", "café.csv"), ("café.csv".encode(), "café.csv"), (b"\xc3\xc4.csv", "├─.csv")],
)
def test_a_name_without_the_flag_for_utf8_is_read_as_it_was_meant(
    tmp_path: Path, stored: bytes, name: str
) -> None:
    path = archive(tmp_path, {})
    path.write_bytes(packed({"x" * len(stored): b"1"}).replace(b"x" * len(stored), stored))
    assert files_in(unpack(path, tmp_path / "work").folder) == {name: b"1"}


def test_members_of_one_name_are_both_kept(tmp_path: Path) -> None:
    path = archive(tmp_path, [("a/x.csv", b"1"), ("a/x.csv", b"2"), ("a\\x.csv", b"3")])
    found = unpack(path, tmp_path / "work")
    assert files_in(found.folder) == {"a/x.csv": b"1", "a/x (2).csv": b"2", "a/x (3).csv": b"3"}
    assert len(noted(found)["NAMES_CHANGED"]) == 2


@pytest.mark.parametrize("pair", [("A.csv", "a.csv"), ("\u00e4.csv", "a\u0308.csv")])
def test_names_that_some_systems_do_not_tell_apart_are_both_kept(
    tmp_path: Path, pair: tuple[str, str]
) -> None:
    found = unpack(archive(tmp_path, {pair[0]: b"1", pair[1]: b"2"}), tmp_path / "work")
    assert sorted(files_in(found.folder).values()) == [b"1", b"2"]


def test_a_file_and_a_folder_of_one_name_are_both_kept(tmp_path: Path) -> None:
    found = unpack(archive(tmp_path, {"a": b"1", "a/b.csv": b"2"}), tmp_path / "work")
    assert files_in(found.folder) == {"a": b"1", "a (2)/b.csv": b"2"}
    assert noted(found) == {"NAMES_CHANGED": ["export.zip/a/b.csv is now a (2)/b.csv"]}


def test_links_in_archives_are_neither_made_nor_followed(tmp_path: Path) -> None:
    members = [link("etc", "/etc"), ("etc/passwd", b"mine"), link("secret.csv", "/etc/passwd")]
    found = unpack(archive(tmp_path, members), tmp_path / "work")
    assert files_in(found.folder) == {"etc/passwd": b"mine"}
    assert noted(found) == {"LINKS_NOT_FOLLOWED": ["export.zip/etc", "export.zip/secret.csv"]}


def test_files_of_operating_systems_are_left_out_and_that_is_told(tmp_path: Path) -> None:
    mac = {"__MACOSX/a.csv": b"", "__MACOSX/._customers.csv": b"", ".DS_Store": b"", "._a": b""}
    members = {"customers.csv": CUSTOMERS, **mac, "files/Thumbs.db": b"", "x/desktop.ini": b""}
    finding = inspected(tmp_path, archive(tmp_path, members))["SYSTEM_FILES_LEFT_OUT"]
    assert (finding.severity, finding.count, len(finding.evidence)) == ("notes", 6, 5)
    assert list(files_in(tmp_path / "project" / "work" / "export")) == ["customers.csv"]
