"""The mapping file is read strictly: each mistake is named with its line and what to write."""

from __future__ import annotations

from pathlib import Path

import pytest

from crossdock.errors import MappingInvalidError
from crossdock.mapping import document

GOOD = """\
format = 2
route = "octopuspro_freshsales"

[policies]
deals = "job"

[contact.new_fields]
"Gate code" = "text"

[[contact.lines]]
from = "person.phone"
to = "work_number"
by = "text"
status = "proposed"
sure = 0.9

[[contact.lines]]
from = "customer.gate"
to = "custom:Gate code"
by = "text"

[maps.lead_source]
"Web" = "Web" # 3 times
"""


def _read(folder: Path, text: str) -> document.Mapping:
    path = folder / "mapping.toml"
    path.write_text(text, "utf-8")
    return document.read(path)


def test_a_line_knows_where_it_stands_in_the_file(tmp_path: Path) -> None:
    assert [line.at for line in _read(tmp_path, GOOD).lines] == [10, 17]


def test_a_line_without_a_status_is_proposed(tmp_path: Path) -> None:
    assert _read(tmp_path, GOOD).lines[1].status == document.PROPOSED


MISTAKES = {
    "an unknown key of a line": (
        ("sure = 0.9", "shure = 0.9"),
        "line 15: contact.work_number: there is no shure; is it sure?",
    ),
    "a key that is like none": (
        ("sure = 0.9", "zzz = 0.9"),
        "line 15: contact.work_number: there is no zzz; it may have from, to, by, status",
    ),
    "a number where a text belongs": (
        ('to = "work_number"', "to = 7"),
        "line 12: contact.7: to is a number and must be a text",
    ),
    "a text where a number belongs": (
        ("sure = 0.9", 'sure = "very"'),
        "line 15: contact.work_number: sure is a text and must be a number",
    ),
    "yes where a number belongs": (("sure = 0.9", "sure = true"), "sure is yes or no"),
    "more than sure": (("sure = 0.9", "sure = 1.5"), "sure runs from 0 to 1"),
    "an unknown status": (
        ('status = "proposed"', 'status = "ok"'),
        'line 14: contact.work_number: status is "ok" and none of: proposed, confirmed, rejected, '
        "needs decision",
    ),
    "a column without its object": (
        ('from = "person.phone"', 'from = "phone"'),
        "line 11: contact.work_number: from is 'phone' and must be object.column",
    ),
    "no column": (('from = "person.phone"', "from = []"), "line 11: contact.work_number: from is"),
    "no transform": (('by = "text"\nstatus', "status"), "contact.work_number: by is missing"),
    "a custom field without a label": (
        ('to = "custom:Gate code"', 'to = "custom:"'),
        "line 19: contact.custom:: the label of the custom field is missing",
    ),
    "two columns for one field": (
        ('to = "custom:Gate code"', 'to = "Work_Number"'),
        "line 19: contact.Work_Number is filled twice, first on line 12; set status",
    ),
    "an unknown table": (
        ("[policies]", "[polices]"),
        "line 4: polices is no part of a mapping file; is it policies?",
    ),
    "something else of an entity": (
        ("[contact.new_fields]", "[contact.fields]"),
        "contact has lines and new_fields, and no fields",
    ),
    "a policy that is no text": (('deals = "job"', "deals = 1"), 'policies: "deals" is a number'),
    "a label that is no text": (
        ('"Web" = "Web"', '"Web" = 3'),
        'maps.lead_source: "Web" is a number',
    ),
    "a new field without a type": (
        ('"Gate code" = "text"', '"Gate code" = {choices = ["a"]}'),
        'line 8: contact.new_fields: "Gate code" needs type and choices, and no more',
    ),
    "a file of an earlier format": (("format = 2", "format = 1"), "line 1: format = 1 was written"),
    "no TOML": (("[policies]", "[policies"), "at line 4"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_in_the_file_is_named_with_its_line(tmp_path: Path, mistake: str) -> None:
    (old, new), said = MISTAKES[mistake]
    assert old in GOOD
    with pytest.raises(MappingInvalidError) as raised:
        _read(tmp_path, GOOD.replace(old, new, 1))
    assert raised.value.code == "E123"
    assert said in raised.value.message
    assert "crossdock map confirm --by NAME" in raised.value.next_command


def test_a_rejected_line_leaves_its_target_to_another(tmp_path: Path) -> None:
    text = GOOD.replace('to = "custom:Gate code"', 'to = "work_number"')
    text = text.replace('status = "proposed"', 'status = "rejected"')
    assert len(_read(tmp_path, text).active("contact")) == 1


def test_bytes_that_are_no_text_are_named(tmp_path: Path) -> None:
    path = tmp_path / "mapping.toml"
    path.write_bytes(GOOD.encode() + b'"\xff"')
    with pytest.raises(MappingInvalidError, match=r"\[E123\].*mapping.toml cannot be used"):
        document.read(path)


# --- what a person wrote stays ----------------------------------------------------------------


def test_saving_a_decision_changes_that_line_only(tmp_path: Path) -> None:
    path = tmp_path / "mapping.toml"
    path.write_text(GOOD.replace("[[contact.lines]]", "# ours\n[[contact.lines]]"), "utf-8")
    mapping = document.read(path)
    mapping.lines[0] = mapping.lines[0].decided(document.CONFIRMED, "Ann", "2026-01-02T03:04:05Z")
    before = path.read_text("utf-8").splitlines()
    document.save(path, mapping)
    after = path.read_text("utf-8").splitlines()
    assert [line for line in after if line not in before] == [
        'status = "confirmed"',
        'who = "Ann"',
        'when = "2026-01-02T03:04:05Z"',
    ]
    assert [line for line in before if line not in after] == ['status = "proposed"']


def test_a_changed_label_of_a_value_map_keeps_its_count(tmp_path: Path) -> None:
    path = tmp_path / "mapping.toml"
    path.write_text(GOOD, "utf-8")
    mapping = document.read(path)
    mapping.maps["lead_source"]["Web"] = "Website"
    document.save(path, mapping)
    assert "Website" in path.read_text("utf-8")
    assert '"Web" = "Website" # 3 times' in path.read_text("utf-8")


def test_a_saved_mapping_is_read_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "mapping.toml"
    path.write_text(GOOD, "utf-8")
    mapping = document.read(path)
    mapping.lines.append(document.Line("deal", ("job.amount",), "amount", "money"))
    mapping.new_fields.append(document.NewField("contact", "Entry", "picklist", ("A", "B")))
    mapping.left_out.append({"object": "visit", "field": "Key", "why": "not needed"})
    mapping.policies["history"] = "full"
    document.save(path, mapping)
    assert document.read(path) == mapping
