"""A new proposal keeps what a person decided on the last one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from crossdock.mapping import document, merging
from crossdock.mapping.document import Line, Mapping, NewField
from crossdock.mapping.document.dropping import save_merged

NAME = Line("contact", ("person.name",), "last_name", "text", 1.0, "same meaning")
GATE = Line("contact", ("customer.cf_gate",), "custom:Gate", "text", 0.9, "custom field")
POOL = Line("contact", ("customer.cf_pool",), "custom:Pool", "choice", 0.9, "custom field")
STAGE = Line("deal", ("job.stage",), "deal_stage_id", "map:deal_stage", 0.9, "by its meaning")
COLUMNS = {"contact": {"name", "cf_gate", "cf_pool", "cf_new"}, "deal": {"stage"}}


def of(*lines: Line, **more: object) -> Mapping:
    fields = [NewField(x.entity, x.label, "text") for x in lines if x.is_custom]
    made = Mapping(
        "a_route", {"deals": "job"}, list(lines), fields, {"deal_stage": {"DONE": "Won"}}
    )
    return replace(made, **more)  # type: ignore[arg-type]


def merged(before: Mapping, proposed: Mapping, last: Mapping | None = None) -> merging.Merged:
    return merging.merge(before, proposed, last, COLUMNS)


def by(line: Line, status: str = "confirmed") -> Line:
    return line.decided(status, "Ann", "2026-03-01T09:00:00+00:00")


@pytest.mark.parametrize("status", ["confirmed", "rejected"])
def test_a_decided_line_stays_as_it_is(status: str) -> None:
    decided = by(replace(GATE, transform="upper"), status)
    made = merged(of(NAME, decided), of(NAME, GATE))
    assert made.mapping.lines == [decided, NAME]
    assert made.kept == ["contact.custom:Gate"]


def test_a_line_that_was_changed_by_hand_stays_though_nobody_signed() -> None:
    changed = replace(GATE, transform="upper")
    made = merged(of(NAME, changed), of(NAME, GATE), of(NAME, GATE))
    assert changed in made.mapping.lines
    assert GATE not in made.mapping.lines


def test_a_line_that_nobody_touched_follows_the_new_proposal() -> None:
    better = replace(GATE, transform="number", reason="all values are numbers")
    assert merged(of(GATE), of(better), of(GATE)).mapping.lines == [better]


def test_a_line_that_was_sent_elsewhere_does_not_come_back() -> None:
    elsewhere = by(replace(NAME, target="first_name"))
    assert merged(of(elsewhere), of(NAME)).mapping.lines == [elsewhere]


def test_a_line_that_takes_another_column_now_keeps_its_field() -> None:
    other = by(replace(NAME, sources=("person.cf_new",)))
    assert merged(of(other), of(NAME)).mapping.lines == [other]


def test_a_line_that_was_taken_out_of_the_file_does_not_come_back() -> None:
    made = merged(of(NAME), of(NAME, GATE), of(NAME, GATE))
    assert made.mapping.lines == [NAME]


def test_a_new_column_gets_its_proposed_line() -> None:
    made = merged(of(by(NAME)), of(NAME, GATE))
    assert made.mapping.lines == [by(NAME), GATE]
    assert made.new == ["contact.custom:Gate"]
    assert made.mapping.new_fields == [NewField("contact", "Gate", "text")]


def test_a_new_column_of_a_label_that_is_taken_gets_a_mark() -> None:
    second = replace(GATE, sources=("customer.cf_new",))
    made = merged(of(by(GATE)), of(second))
    assert [line.label for line in made.mapping.lines] == ["Gate", "Gate (OctopusPro)"]
    assert [f.label for f in made.mapping.new_fields] == ["Gate", "Gate (OctopusPro)"]


def test_a_column_that_is_gone_is_dropped_and_told_though_it_was_confirmed() -> None:
    old = by(replace(GATE, sources=("customer.cf_old",), target="custom:Old"))
    made = merged(of(NAME, old), of(NAME))
    assert made.mapping.lines == [NAME]
    assert made.gone == ["contact.custom:Old"]
    assert made.mapping.new_fields == []


def test_what_a_value_becomes_stays_and_new_values_are_added() -> None:
    before = of(by(STAGE), maps={"deal_stage": {"DONE": "Lost", "OLD": "Won"}})
    proposed = of(STAGE, maps={"deal_stage": {"DONE": "Won", "NEW": "Open"}})
    made = merged(before, proposed)
    assert made.mapping.maps == {"deal_stage": {"DONE": "Lost", "NEW": "Open"}}
    assert (made.values, made.gone) == (["deal_stage/NEW"], ["deal_stage/OLD"])


def test_a_line_whose_map_got_new_values_is_open_again() -> None:
    proposed = of(STAGE, maps={"deal_stage": {"DONE": "Won", "NEW": "Open"}})
    (line,) = merged(of(by(STAGE)), proposed).mapping.lines
    assert (line.status, line.who) == ("proposed", "")
    assert line.reason.endswith("new values: NEW")


def test_a_line_whose_map_is_the_same_stays_confirmed() -> None:
    assert merged(of(by(STAGE)), of(STAGE)).mapping.lines == [by(STAGE)]


def test_choices_that_came_since_are_added_to_a_picklist_that_is_kept() -> None:
    before = of(by(POOL), new_fields=[NewField("contact", "Pool", "picklist", ("Salt",))])
    proposed = of(POOL, new_fields=[NewField("contact", "Pool", "picklist", ("Mineral", "Salt"))])
    (found,) = merged(before, proposed).mapping.new_fields
    assert found.choices == ("Salt", "Mineral")


def test_what_a_person_left_out_stays_left_out() -> None:
    left = {"object": "customer", "field": "Gate", "column": "cf_gate", "why": "old", "who": "Ann"}
    before = of(NAME, by(GATE, "rejected"), left_out=[left])
    made = merged(before, of(NAME, GATE))
    assert made.mapping.left_out == [left]
    assert made.mapping.lines == [by(GATE, "rejected"), NAME]


def test_what_the_proposal_left_out_is_said_anew() -> None:
    old = {"object": "customer", "field": "Signed", "why": "2 must be captured again"}
    new = {"object": "customer", "field": "Signed", "why": "3 must be captured again"}
    made = merged(of(NAME, left_out=[old]), of(NAME, left_out=[new]))
    assert made.mapping.left_out == [new]


def test_policies_and_the_signature_stay() -> None:
    before = of(NAME, policies={"deals": "document", "old": "x"}, confirmed={"by": "Ann"})
    proposed = of(NAME, policies={"deals": "job", "history": "full"})
    made = merged(before, proposed).mapping
    assert made.policies == {"deals": "document", "history": "full"}
    assert made.confirmed == {"by": "Ann"}


def test_nothing_changes_where_nothing_changed() -> None:
    before = of(by(NAME), by(GATE), STAGE)
    made = merged(before, of(NAME, GATE, STAGE))
    assert made.mapping == before
    assert (made.new, made.gone, made.values) == ([], [], [])


def test_comments_of_lines_that_stay_are_kept_when_others_go(tmp_path: Path) -> None:
    path = tmp_path / "mapping.toml"
    document.write(path, of(NAME, by(GATE), by(POOL), STAGE), {}, {})
    text = path.read_text("utf-8").replace('to = "custom:Pool"', 'to = "custom:Pool" # the boss')
    path.write_text(text, "utf-8")
    wanted = of(by(POOL), replace(GATE, target="custom:Other"), maps={"deal_stage": {"X": "Y"}})
    save_merged(path, wanted)
    assert document.read(path) == wanted
    assert 'to = "custom:Pool" # the boss' in path.read_text("utf-8")
    assert "DONE" not in path.read_text("utf-8")
