"""JSON that is damaged or odd: read as far as it goes, and everything else is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crossdock.errors import ExportUnreadableError
from crossdock.intake.tables.documents import text
from tests.integration.documents import lines_of, read, read_value, without_line

CUT = "the file ends in the middle of this record"


def test_a_cut_document_is_read_up_to_the_cut(tmp_path: Path) -> None:
    whole = '{"bookings": [\n{"Booking Number": "BOK-1"},\n{"Booking Number": "BOK-2"}\n]}'
    found = read(tmp_path, whole[:-12])
    assert without_line(found.lists["bookings"]) == [{"Booking Number": "BOK-1"}]
    assert found.rejects() == [(3, CUT)]
    assert found.notes() == {"JSON_CUT": [("export.json line 3", 1)]}


@pytest.mark.parametrize("gone", range(1, 60))
def test_a_document_may_be_cut_anywhere(tmp_path: Path, gone: int) -> None:
    whole = (
        '{"bookings": [{"No": "BOK-1", "n": true, "é": "\\u00e9\\n"}, {"No": -1.5e3, "x": null}]}'
    )
    found = read(tmp_path, whole.encode()[:-gone])
    assert "JSON_CUT" in found.notes()
    rows = sum(plain.rows for plain in found.result.plains)
    assert rows + len(found.rejects()) <= 2
    assert rows == whole.encode()[:-gone].count(b"}") or gone < 3


def test_lines_that_are_broken_are_rejected_and_the_others_read(tmp_path: Path) -> None:
    content = '{"No": "1"}\n{"No": "2\n{"No": "3"}\nnull\n[4]\n{"No": "6"'
    found = read(tmp_path, content, "export.ndjson")
    assert [row["No"] for row in found.lists["export"]] == ["1", "3"]
    assert found.rejects() == [
        (2, "it is not JSON: Unterminated string starting at at character 8"),
        (4, "it is no record but the value null"),
        (5, "it is no record but a list"),
        (6, CUT),
    ]


def test_what_is_no_record_in_a_list_is_rejected(tmp_path: Path) -> None:
    found = read(tmp_path, '[{"No": "1"},\n5, "x",\n["a"], null, {"No": "2"}]')
    assert [row["No"] for row in found.lists["export"]] == ["1", "2"]
    assert found.rejects() == [
        (2, 'it is no record but the value "5"'),
        (2, 'it is no record but the value "x"'),
        (3, "it is no record but a list"),
    ]


@pytest.mark.parametrize(
    ("content", "place", "what"),
    [
        ('[{"a": 1},\n{"a": 2},\n]', "line 3, character 1", "a comma stands before the end"),
        ('[{"a": 1},\n{"a": 2,}\n]', "line 2, character 9", "expecting property name"),
        ('[{"a": 1}, // why\n{"a": 2}]', "line 1, character 12", "expecting value"),
        ("[{'a': 1}]", "line 1, character 3", "expecting property name"),
        ('[{"a": 1}] and so on', "line 1, character 12", "expecting value"),
        ('{"x": [{"a": 1}] "y": []}', "line 1, character 18", 'expected , but found "'),
        ("{x: 1}", "line 1, character 2", "name of a key in double quotes"),
        ('[{"a": ' + "[" * 5000 + "]" * 5000 + "}]", "line 1, character 2", "nested too deeply"),
    ],
)
def test_what_is_no_json_is_named_with_its_place(
    tmp_path: Path, content: str, place: str, what: str
) -> None:
    with pytest.raises(ExportUnreadableError, match=f"(?s)export.json .*{place}.*{what}"):
        read(tmp_path, content)


def test_text_in_another_encoding_is_named(tmp_path: Path) -> None:
    with pytest.raises(ExportUnreadableError, match="is not text in utf-8 after line 1"):
        read(tmp_path, '[{"a": "Café"}]'.encode("latin-1"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_marks_and_wide_letters_are_read(tmp_path: Path, encoding: str) -> None:
    found = read(tmp_path, '[{"a": "Café"}]'.encode(encoding), encoding=encoding)
    assert found.lists["export"][0]["a"] == "Café"


def test_a_key_that_stands_twice_loses_nothing(tmp_path: Path) -> None:
    content = '[{"a": "1", "a": "2", "same": "x", "same": "x", "l": ["p"], "l": ["q"], "A": "3"}]'
    (row,) = without_line(read(tmp_path, content).lists["export"])
    assert row == {"a": "1", "a (2)": "2", "same": "x", "l": "p; q", "A (3)": "3"}


def test_numbers_that_are_none_stay_text(tmp_path: Path) -> None:
    (row,) = read(tmp_path, '[{"a": NaN, "b": -Infinity}]').lists["export"]
    assert (row["a"], row["b"]) == ("NaN", "-Infinity")


def test_half_a_letter_is_told(tmp_path: Path) -> None:
    found = read(tmp_path, '[{"a": "\\ud800x"}, {"a": "\\ud83d\\ude00"}]')
    assert [row["a"] for row in found.lists["export"]] == ["\ufffdx", "😀"]
    assert found.notes() == {"JSON_LETTERS_MENDED": [("export.json, export", 1)]}


def test_a_zero_byte_and_line_breaks_stay_in_the_text(tmp_path: Path) -> None:
    (row,) = read_value(tmp_path, [{"a": "x\0y", "b": 'one\r\n"two"\n'}]).lists["export"]
    assert (row["a"], row["b"]) == ("x\0y", 'one\r\n"two"\n')


def test_a_long_text_is_kept_whole(tmp_path: Path) -> None:
    (row,) = read_value(tmp_path, [{"a": "é" * 100_000}]).lists["export"]
    assert row["a"] == "é" * 100_000


def test_a_record_of_many_megabytes_is_read(tmp_path: Path) -> None:
    comments = [{"text": "x" * 1000, "n": n} for n in range(20_000)]
    found = read_value(tmp_path, [{"id": "1", "comments": comments}, {"id": "2"}])
    assert len(found.lists["export.comments"]) == 20_000
    assert len(found.lists["export"]) == 2


def test_a_value_longer_than_the_limit_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text, "AT_ONCE", 100)
    monkeypatch.setattr(text, "LONGEST", 1000)
    with pytest.raises(ExportUnreadableError, match=r"line 2, .*longer than 1,000 characters"):
        read(tmp_path, '[{"a": "1"},\n{"a": "' + "x" * 5000 + '"}]')


def test_any_size_of_buffer_reads_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = json.dumps(
        {"bookings": [{"No": n, "é": ["a", {"b": None}], "t": True} for n in range(9)]}
    )
    whole = read(tmp_path, content).lists
    for size in range(1, 40):
        monkeypatch.setattr(text, "AT_ONCE", size)
        assert read(tmp_path, content).lists == whole


def test_a_hundred_levels_are_kept_as_text(tmp_path: Path) -> None:
    deep = '{"k": ' * 100 + '"end"' + "}" * 100
    (row,) = read(tmp_path, f'[{{"a": {deep}, "l": {"[" * 100 + "1" + "]" * 100}}}]').lists[
        "export"
    ]
    assert any("end" in cell for cell in row.values())
    assert "1" in row["l"]


def test_a_map_of_thousands_of_keys_is_kept_as_text(tmp_path: Path) -> None:
    prices = {f"2025-{n}": str(n) for n in range(1000)}
    (row,) = read_value(tmp_path, [{"No": "1", "prices": prices}]).lists["export"]
    assert json.loads(row["prices"]) == prices


@pytest.mark.parametrize("content", ["[]", "{}", "", "  \n", '{"bookings": []}', "[{}, null]"])
def test_nothing_is_no_table(tmp_path: Path, content: str) -> None:
    found = read(tmp_path, content)
    assert not found.lists
    assert not found.rejects()


def test_records_without_a_value_are_no_rows(tmp_path: Path) -> None:
    records = [{"a": None}, {"a": ""}, {"a": "1", "l": [{}, {"b": None}]}, {"l": [{"b": "2"}]}]
    found = read_value(tmp_path, records)
    assert [row["a"] for row in found.lists["export"]] == ["1"]
    assert [row["b"] for row in found.lists["export.l"]] == ["2"]


def test_keys_of_any_letters_become_headers(tmp_path: Path) -> None:
    record = {"": "1", "a b": "2", "a/b~": "3", 'a"b': "4", "_line": "5", "a.b": "6", "0": "7",
              "a": {"b": "8"}, "Name": "9", "name": "10", "ü'": "11"}  # fmt: skip
    (row,) = read_value(tmp_path, [record]).lists["export"]
    assert sorted(cell for key, cell in row.items() if key != "_line") == sorted(
        str(n) for n in range(1, 12)
    )


def test_lines_of_records_of_two_kinds_are_told_apart(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        lines_of([{"numbers": {"booking": "BOK-1"}}, {"names": [{"first_name": "Ada"}]}]),
        "all.ndjson",
    )
    assert found.objects["booking"][0]["Booking Number"] == "BOK-1"
    assert found.objects["customer"][0]["First Name"] == "Ada"


def test_a_record_that_no_table_of_its_list_takes_is_kept(tmp_path: Path) -> None:
    found = read_value(tmp_path, {"jobs": [{"numbers": "none yet", "who": "Ada"}]})
    assert without_line(found.lists["jobs (others)"]) == [{"numbers": "none yet", "who": "Ada"}]


def test_a_customer_of_whom_only_the_name_is_known_is_a_row(tmp_path: Path) -> None:
    found = read_value(tmp_path, {"customers": [{"names": [{"first_name": "Ada"}]}]})
    assert found.objects["customer"][0]["First Name"] == "Ada"
