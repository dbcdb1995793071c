from __future__ import annotations

import csv
from pathlib import Path

import pytest

from crossdock.report.lists import write_list


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝"])
def test_no_cell_begins_a_formula(tmp_path: Path, start: str) -> None:
    write_list(tmp_path / "a.csv", [{"name": f"{start}cmd|' /C calc'!A0"}], ["name"])
    assert read(tmp_path / "a.csv") == [{"name": f"'{start}cmd|' /C calc'!A0"}]


@pytest.mark.parametrize("value", ["-12.50", "+3", 'Smith, "Jo"', "O'Neil", "a\nb", "Łukasz 漢"])
def test_other_values_are_kept(tmp_path: Path, value: str) -> None:
    write_list(tmp_path / "a.csv", [{"name": value}], ["name"])
    assert read(tmp_path / "a.csv") == [{"name": value}]


def test_an_empty_list_has_its_headers(tmp_path: Path) -> None:
    write_list(tmp_path / "a.csv", [], ["number", "reason"])
    assert (tmp_path / "a.csv").read_bytes() == b"\xef\xbb\xbfnumber,reason\r\n"
