"""An archive that would take too much, or that lies about itself, is refused before or while."""

from __future__ import annotations

import io
import re
import struct
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import pytest

from crossdock.errors import ExportEmptyError, ExportTooLargeError, ExportUnreadableError
from crossdock.intake.unpack import unpack
from crossdock.intake.unpack.limits import Limits
from tests.docs.console import DOCS
from tests.integration.archives import CUSTOMERS, archive, files_in, nested, packed

MB = 10**6
#: A local header and an entry of the directory: where the flags, the sizes and the method stand.
LOCAL = b"PK\x03\x04"
ENTRY = b"PK\x01\x02"


def _patched(made: bytes, form: str, value: int, local: int, entry: int) -> bytes:
    """Return an archive with a field of every header overwritten."""
    content = bytearray(made)
    for signature, offset in ((LOCAL, local), (ENTRY, entry)):
        at = content.find(signature)
        while at >= 0:
            struct.pack_into(form, content, at + offset, value)
            at = content.find(signature, at + 4)
    return bytes(content)


def _refused(folder: Path, content: bytes, limits: Limits | None = None) -> str:
    """Return what is said about an archive that is refused, and make sure that nothing is left."""
    path = folder / "export.zip"
    path.write_bytes(content)
    with pytest.raises((ExportTooLargeError, ExportUnreadableError)) as caught:
        unpack(path, folder / "work", limits or Limits())
    assert [p for p in (folder / "work").rglob("*") if p.is_file()] == []
    return f"{caught.value.code} {caught.value.message}"


def _zeros(size: int, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    return packed({"zeros.csv": b"0" * size}, method)


def test_the_limits_are_those_that_are_documented() -> None:
    page = (DOCS / "explain" / "limits.md").read_text("utf-8")
    section = page.partition("## What an export may take")[2].partition("\n## ")[0]
    stated = re.findall(r"\|[^|\n]*\|[^|\n\d]*([\d,]*\d)[^|\n]*\|", section)
    limits = Limits()
    assert [int(number.replace(",", "")) for number in stated] == [
        limits.depth,
        limits.files,
        limits.folders,
        limits.path_bytes,
        limits.ratio,
        limits.spare // MB,
        limits.directory // MB,
    ]


def test_a_bomb_is_refused_by_its_ratio(tmp_path: Path) -> None:
    said = _refused(tmp_path, _zeros(2 * MB), Limits(unsuspected=MB))
    assert said == (
        "E109 export.zip unpacks to 2,000,000 bytes. With what came before that is more than "
        "200 times the size of what was sent."
    )


def test_a_bomb_of_bombs_is_refused_by_the_ratio_of_all_together(tmp_path: Path) -> None:
    bomb = packed({f"{n}.zip": nested(3, b"0" * MB) for n in range(4)})
    said = _refused(tmp_path, bomb, Limits(unsuspected=2 * MB))
    assert "200 times the size of what was sent" in said


def test_small_files_may_be_as_dense_as_they_are(tmp_path: Path) -> None:
    path = archive(tmp_path, {"zeros.csv": b"0" * MB})
    assert files_in(unpack(path, tmp_path / "work").folder) == {"zeros.csv": b"0" * MB}


def test_what_has_no_room_on_the_disk_is_refused_before_it_is_written(tmp_path: Path) -> None:
    said = _refused(tmp_path, _zeros(MB), Limits(spare=10**18))
    assert said == "E109 export.zip unpacks to 1,000,000 bytes, and the disk has 0 to spare."


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
@pytest.mark.parametrize(("fits", "said"), [(1000, "Bad CRC-32"), (1001, "holds more than it s")])
def test_a_member_that_holds_more_than_it_says_is_not_cut(
    tmp_path: Path, method: int, fits: int, said: str
) -> None:
    """Its checksum is that of the cut file, as in an archive made to deceive."""
    small = _patched(_zeros(MB, method), "<L", 1000, 22, 24)
    made = _patched(small, "<L", zlib.crc32(b"0" * fits), 14, 16)
    assert said in _refused(tmp_path, made)


def test_a_member_that_holds_less_than_it_says_is_damaged(tmp_path: Path) -> None:
    said = _refused(tmp_path, _patched(_zeros(1000), "<L", 2000, 22, 24))
    assert said == "E104 export.zip cannot be unpacked: zeros.csv holds less than it says."


def test_more_files_than_are_allowed_are_refused(tmp_path: Path) -> None:
    inner = packed({"c.csv": b"", "d.csv": b""})
    said = _refused(tmp_path, packed({"a.csv": b"", "b.zip": inner}), Limits(files=3))
    assert said == "E109 With export.zip/b.zip the export holds more than 3 files."


def test_a_list_of_files_that_is_too_long_is_not_even_read(tmp_path: Path) -> None:
    said = _refused(tmp_path, packed({f"{n}.csv": b"" for n in range(99)}), Limits(directory=999))
    assert said == "E109 export.zip lists more files than can be read."


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("a/" * 60 + "b.csv", "lies in more than 50 folders"),
        ("long/" * 300, "more than 50 folders"),
    ],
)
def test_paths_that_are_too_deep_are_refused(tmp_path: Path, name: str, why: str) -> None:
    assert why in _refused(tmp_path, packed({name + "c.csv": b""}))


def test_paths_that_are_too_long_are_refused(tmp_path: Path) -> None:
    name = "/".join(["f" * 200] * 6)
    assert "is longer than 1,000 bytes" in _refused(tmp_path, packed({name: b""}))


def test_a_locked_archive_asks_for_one_without_password(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    path.write_bytes(_patched(packed({"a.csv": CUSTOMERS}), "<H", 1, 6, 8))
    with pytest.raises(ExportUnreadableError, match=r"locked with a password \(a.csv\)") as caught:
        unpack(path, tmp_path / "work")
    assert "ask support to send it without" in caught.value.next_command


@pytest.mark.parametrize(("method", "called"), [(9, "Deflate64"), (97, "method 97")])
def test_a_way_of_packing_that_is_not_supported_is_named(
    tmp_path: Path, method: int, called: str
) -> None:
    said = _refused(tmp_path, _patched(packed({"a.csv": CUSTOMERS}), "<H", method, 8, 10))
    assert said == f"E104 export.zip is packed in a way that is not supported: {called} (a.csv)."


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_ways_of_packing_are_understood(tmp_path: Path, method: int) -> None:
    path = tmp_path / "export.zip"
    path.write_bytes(packed({"a.csv": CUSTOMERS * 999}, method))
    assert files_in(unpack(path, tmp_path / "work").folder) == {"a.csv": CUSTOMERS * 999}


def test_what_stands_before_or_after_an_archive_does_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    path.write_bytes(b"#!/bin/sh\n" + packed({"a.csv": CUSTOMERS}) + b"garbage" * 99)
    assert files_in(unpack(path, tmp_path / "work").folder) == {"a.csv": CUSTOMERS}


def test_an_archive_with_sizes_of_64_bits_is_read(tmp_path: Path) -> None:
    path, made = tmp_path / "export.zip", io.BytesIO()
    with zipfile.ZipFile(made, "w") as zipped, zipped.open("a.csv", "w", force_zip64=True) as file:
        file.write(CUSTOMERS)
    path.write_bytes(made.getvalue())
    assert files_in(unpack(path, tmp_path / "work").folder) == {"a.csv": CUSTOMERS}


def test_names_that_are_no_utf8_though_they_say_so_are_damage(tmp_path: Path) -> None:
    content = packed({"ö.csv": b""}).replace("ö".encode(), b"\xff\xff")
    assert _refused(tmp_path, content).startswith("E104 export.zip cannot be unpacked: 'utf-8'")


@pytest.mark.parametrize("cut", range(0, 150, 7))
def test_an_archive_that_was_cut_anywhere_is_refused_or_read_whole(
    tmp_path: Path, cut: int
) -> None:
    whole = packed({"a.csv": CUSTOMERS, "b.csv": b"2"})
    path = tmp_path / "export.zip"
    path.write_bytes(whole[: len(whole) - 1 - cut])
    with pytest.raises((ExportUnreadableError, ExportEmptyError)):
        unpack(path, tmp_path / "work")


def test_an_archive_that_was_cut_is_not_taken_for_the_one_inside_it(tmp_path: Path) -> None:
    inner = packed({"a.csv": CUSTOMERS})
    outer = packed({"b.csv": CUSTOMERS, "inner.zip": inner, "c.csv": b"3"}, zipfile.ZIP_STORED)
    cut = outer[: outer.index(inner) + len(inner) + 40]
    said = "its list of files does not begin with the first one"
    assert said in _refused(tmp_path, cut)


def test_a_list_that_is_shorter_than_it_says_is_damage(tmp_path: Path) -> None:
    """The comment of the first entry is made to swallow the second one."""
    whole = packed({"a.csv": b"1", "b.csv": b"2"})
    at = whole.index(ENTRY)
    swallowed = whole[: at + 32] + struct.pack("<H", 51) + whole[at + 34 :]
    assert "it states 2 files and lists 1" in _refused(tmp_path, swallowed)


def test_a_large_file_is_never_whole_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as zipped,
        zipped.open("zeros.csv", "w", force_zip64=True) as file,
    ):
        for _ in range(200):
            file.write(bytes(MB))
    tracemalloc.start()
    try:
        unpack(path, tmp_path / "work")
        assert tracemalloc.get_traced_memory()[1] < 10 * MB
    finally:
        tracemalloc.stop()
    assert (tmp_path / "work" / "export" / "zeros.csv").stat().st_size == 200 * MB
