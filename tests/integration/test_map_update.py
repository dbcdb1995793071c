"""Proposing anew, with the decisions that a person made already."""

from __future__ import annotations

from pathlib import Path

import pytest

from crossdock.desk.mapping import update_mapping
from crossdock.mapping.merging import Merged
from crossdock.mapping.reviewing.filters import find
from tests.integration.desks import Desk
from tests.integration.reexports import rewritten, with_column
from tests.integration.test_command_line import crossdock


@pytest.fixture
def desk(confirmed_desk: Desk, tmp_path: Path) -> Desk:
    return confirmed_desk.copied(tmp_path / "project")


def updated(desk: Desk) -> Merged:
    with desk.bench.project.database() as connection:
        return update_mapping(desk.bench, connection)[1]


def test_nothing_is_told_and_the_signature_holds_where_nothing_changed(desk: Desk) -> None:
    before = desk.bench.mapping()
    merged = updated(desk)
    assert (merged.new, merged.gone, merged.values) == ([], [], [])
    assert desk.bench.mapping().decisions() == before.decisions()
    assert desk.bench.mapping().confirmed == before.confirmed


def test_a_new_column_gets_a_line_and_the_others_stay_decided(desk: Desk, tmp_path: Path) -> None:
    with_column(desk, tmp_path, "customers", "CF: Shoe size", "44")
    assert updated(desk).new == ["contact.custom:Shoe size"]
    mapping = desk.bench.mapping()
    assert [line.name for line in mapping.lines if line.is_open] == ["contact.custom:Shoe size"]
    assert "Shoe size" in [f.label for f in mapping.new_fields]


def test_a_column_that_is_gone_is_dropped_and_told(desk: Desk, tmp_path: Path) -> None:
    def without(rows: list[list[str]]) -> list[list[str]]:
        place = rows[0].index("CF: Gate code")
        return [row[:place] + row[place + 1 :] for row in rows]

    rewritten(desk, tmp_path, "customers", without)
    assert updated(desk).gone == ["contact.custom:Gate code"]
    assert "custom:Gate code" not in {line.target for line in desk.bench.mapping().lines}


def test_a_new_status_is_added_and_its_line_is_open_again(desk: Desk, tmp_path: Path) -> None:
    def paused(rows: list[list[str]]) -> list[list[str]]:
        place = rows[0].index("Status")
        return [rows[0], *([*x[:place], "PAUSED", *x[place + 1 :]] for x in rows[1:])]

    rewritten(desk, tmp_path, "bookings", paused)
    merged = updated(desk)
    assert "deal_stage/booking: PAUSED" in merged.values
    assert "deal_stage/booking: COMPLETED" in merged.gone
    mapping = desk.bench.mapping()
    assert "booking: PAUSED" in mapping.maps["deal_stage"]
    assert "booking: COMPLETED" not in mapping.maps["deal_stage"]
    line = find(mapping, "deal.deal_stage_id")
    assert line.is_open
    assert "new values: booking: PAUSED" in line.reason


def test_what_a_person_changed_by_hand_stays_with_its_comment(desk: Desk) -> None:
    with desk.bench.project.database() as connection:
        desk.propose(connection)
    desk.edit(
        ('to = "custom:Gate code"\nby = "text"', 'to = "custom:Gate code"\nby = "upper" # so')
    )
    merged = updated(desk)
    assert merged.kept == ["contact.custom:Gate code"]
    assert 'by = "upper" # so' in desk.bench.project.mapping_file.read_text("utf-8")


def test_a_chosen_policy_stays(desk: Desk) -> None:
    desk.edit(('duplicates = "merge"', 'duplicates = "keep"'))
    updated(desk)
    assert desk.bench.mapping().policies["duplicates"] == "keep"


def test_a_mapping_that_is_there_is_not_proposed_over_without_a_word(desk: Desk) -> None:
    result = crossdock("map", "propose", "--project", desk.folder)
    assert result.exit_code == 2
    assert "map propose" in result.output
    assert "--update" in result.output
