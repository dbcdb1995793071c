"""Going through the mapping: in a terminal key by key, and in a script line by line."""

from __future__ import annotations

import os
import pty
import select
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from crossdock.cli.lines import Sheet
from crossdock.cli.map_session import Session
from crossdock.desk.review import ReviewDesk
from crossdock.mapping import document
from crossdock.mapping.document import Line, NewField
from crossdock.mapping.reviewing import claims, filters
from crossdock.mapping.reviewing.decisions import Decider
from crossdock.mapping.reviewing.filters import Filter
from tests.integration.desks import Desk, desk_for
from tests.integration.test_command_line import crossdock, told

GATE, DOG, POOL = "contact.Gate code", "contact.Has dog", "contact.Pool volume"
MAIN = [sys.executable, "-c", "from crossdock.cli import main; main()"]


@pytest.fixture(scope="session")
def proposed_desk(tmp_path_factory: pytest.TempPathFactory, small_company: Path) -> Desk:
    """A project whose mapping is proposed, and nobody looked at it."""
    desk = desk_for(tmp_path_factory.mktemp("proposed") / "project", small_company)
    with desk.bench.project.database() as connection:
        desk.propose(connection)
    return desk


@pytest.fixture
def desk(proposed_desk: Desk, tmp_path: Path) -> Desk:
    return proposed_desk.copied(tmp_path / "project")


def line_of(desk: Desk, name: str) -> Line:
    return filters.find(desk.bench.mapping(), name)


def typed(desk: Desk, *keys: str, wanted: Filter | None = None) -> str:
    """Go through the open lines with these keys, and return what the screen showed."""
    waiting = iter(keys)

    def ask(prompt: str) -> str:
        console.print(prompt, markup=False)
        try:
            return next(waiting)
        except StopIteration:
            raise EOFError from None

    console = Console(width=100, record=True, file=StringIO(), soft_wrap=True)
    with desk.bench.project.database() as connection:
        opened = ReviewDesk(desk.bench, connection)
        by = Decider("Ann", desk.clock)
        Session(opened, by, wanted or own(), Sheet(console, Path()), ask).run()
    assert next(waiting, None) is None, "the session ended before all was typed"
    return console.export_text()


def own(search: str = "") -> Filter:
    return Filter(object="customer", entity="contact", search=search)


# --- key by key -----------------------------------------------------------------------------


def test_a_line_shows_where_it_goes_why_and_its_values_before_and_after(desk: Desk) -> None:
    shown = typed(desk, wanted=own("has dog"))
    assert '[1/1] customer "CF: Has dog" → contact "Has dog" (checkbox, new field)' in shown
    assert line_of(desk, DOG).reason in " ".join(shown.split())
    assert "Yes      1× → true" in shown


def test_an_accepted_line_is_saved_with_name_and_moment(desk: Desk) -> None:
    typed(desk, "a", wanted=own("has dog"))
    line = line_of(desk, DOG)
    assert (line.status, line.who) == ("confirmed", "Ann")
    assert line.when


def test_each_decision_is_in_the_file_before_the_next_line_is_shown(desk: Desk) -> None:
    typed(desk, "a", "r")
    decided = [x.status for x in desk.bench.mapping().lines if x.who]
    assert sorted(decided) == ["confirmed", "rejected"]


def test_comments_of_the_file_are_kept(desk: Desk) -> None:
    desk.edit(("[contact.new_fields]", "# the boss wants it so\n[contact.new_fields]"))
    typed(desk, "a", wanted=own("has dog"))
    assert "# the boss wants it so" in desk.bench.project.mapping_file.read_text("utf-8")


def test_a_skipped_line_stays_open(desk: Desk) -> None:
    shown = typed(desk, "s", wanted=own("has dog"))
    assert line_of(desk, DOG).status == "proposed"
    assert "0 of 1 line decided" in shown


def test_going_back_shows_the_line_again_with_what_was_decided(desk: Desk) -> None:
    shown = typed(desk, "a", "b", "r", "q")
    assert "confirmed by Ann" in shown
    assert [x.status for x in desk.bench.mapping().lines if x.who] == ["rejected"]


def test_a_line_may_fill_another_field_by_a_transform_that_fits_it(desk: Desk) -> None:
    shown = typed(desk, "t", "medium", wanted=own("gate code"))
    assert 'now: customer "CF: Gate code" → contact medium' in shown
    assert line_of(desk, "contact.medium").sources == ("customer.cf_gate_code",)


def test_a_field_that_is_offered_is_chosen_by_its_number(desk: Desk) -> None:
    shown = typed(desk, "t", "1", wanted=Filter(entity="contact", search="work_email"))
    (offer,) = [x for x in shown.splitlines() if x.strip().startswith("1  ")]
    assert line_of(desk, f"contact.{offer.split()[1]}").columns == ["shared_email"]


def test_a_field_that_is_filled_already_is_refused_and_the_line_stays(desk: Desk) -> None:
    shown = typed(desk, "t", "last_name", wanted=own("gate code"))
    assert "filled from person.last_name already" in shown
    assert line_of(desk, GATE).status == "proposed"


def test_another_transform_shows_the_values_that_it_loses(desk: Desk) -> None:
    shown = typed(desk, "c", "number", wanted=own("entry"))
    assert "2 of 2 values become nothing" in shown
    assert '"Back door", "Front door"' in shown
    assert NewField("contact", "Entry", "number") in desk.bench.mapping().new_fields


def test_a_transform_that_cannot_read_the_column_changes_nothing(desk: Desk) -> None:
    shown = typed(desk, "c", "money", wanted=own("gate code"))
    assert "customer.cf_gate_code holds text, and money takes numbers" in " ".join(shown.split())
    assert line_of(desk, GATE).transform == "text"


def test_a_value_map_shows_how_often_each_value_occurs_and_is_changed_by_numbers(
    desk: Desk,
) -> None:
    stages = Filter(entity="deal", search="deal_stage_id")
    shown = typed(desk, "m", "2", "7", "", "a", wanted=stages)
    assert "booking: TO DO" in shown
    assert desk.bench.mapping().maps["deal_stage"]["booking: TO DO"] == "Lost"
    assert line_of(desk, "deal.deal_stage_id").who == "Ann"


def test_a_value_may_become_nothing(desk: Desk) -> None:
    stages = Filter(entity="deal", search="deal_stage_id")
    typed(desk, "m", "booking: TO DO", "-", "", wanted=stages)
    assert desk.bench.mapping().maps["deal_stage"]["booking: TO DO"] == ""


def test_a_choice_that_the_destination_lacks_is_refused(desk: Desk) -> None:
    stages = Filter(entity="deal", search="deal_stage_id")
    assert 'no choice "Gone"' in typed(desk, "m", "1", "Gone", wanted=stages)


def test_a_column_is_left_out_with_the_reason_that_was_typed(desk: Desk) -> None:
    typed(desk, "l", "outdated", wanted=own("gate code"))
    left = desk.bench.mapping().left_out[-1]
    assert (left["field"], left["why"], left["who"]) == ("CF: Gate code", "outdated", "Ann")
    assert line_of(desk, GATE).status == "rejected"


def test_nothing_is_left_out_when_no_reason_is_typed(desk: Desk) -> None:
    typed(desk, "l", "", wanted=own("gate code"))
    assert line_of(desk, GATE).status == "proposed"


def test_all_sure_lines_of_an_object_are_accepted_with_one_key(desk: Desk) -> None:
    shown = typed(desk, "A")
    assert "lines of customer are accepted" in shown
    waiting = [x.object for x in map(_Of, desk.bench.mapping().lines) if x.line.is_open]
    assert "customer" not in waiting
    assert "job" in waiting


class _Of:
    def __init__(self, line: Line) -> None:
        self.line, self.object = line, filters.object_of(line)


def test_all_sure_lines_leave_the_value_maps_to_be_looked_at(desk: Desk) -> None:
    typed(desk, "AA", wanted=Filter())
    left = {line.value_map for line in desk.bench.mapping().lines if line.is_open}
    assert left == {"deal_stage", "lost_reason", "lead_source"}


def test_a_key_that_means_nothing_is_told_and_help_lists_them_all(desk: Desk) -> None:
    shown = typed(desk, "x", "?", "q")
    assert 'There is no key "x"' in shown
    assert "b   back to the line before" in shown


def test_at_the_end_the_next_command_is_to_sign(desk: Desk) -> None:
    shown = typed(desk, "AA", "a", "a", "a", "a", wanted=Filter())
    assert not [line for line in desk.bench.mapping().lines if line.is_open]
    assert 'Next: crossdock map confirm --by "Ann"' in shown


def test_a_field_that_is_demanded_and_unfilled_is_told_first(desk: Desk) -> None:
    desk.reject("deal_stage_id")
    desk.reject("name")
    shown = typed(desk, "q")
    assert shown.index("⚠ Demanded and unfilled: deal name") < shown.index("[1/")


# --- a header that looks like a column ------------------------------------------------------


def like_a_column(desk: Desk) -> None:
    """Let the line of the gate code ask whether it is the customer's fax."""
    mapping = desk.bench.mapping()
    reason = claims.reason("customer", "CF: Gate code", "fax")
    mapping.lines = [
        replace(x, status="needs decision", reason=reason) if x.target == "custom:Gate code" else x
        for x in mapping.lines
    ]
    document.save(desk.bench.project.mapping_file, mapping)


def test_a_header_may_be_told_to_be_the_column_that_it_looks_like(
    tmp_path: Path, small_company: Path
) -> None:
    desk = _without_fax(tmp_path, small_company)
    like_a_column(desk)
    shown = typed(desk, "y", wanted=own("gate code"))
    assert "Is it customer.fax? y: yes" in shown
    assert desk.bench.project.answers() == {"COLUMN:customer.CF: Gate code": "fax"}
    assert "Next: crossdock map propose --update" in shown


def _without_fax(folder: Path, export: Path) -> Desk:
    """Propose for an export in which no column is called Fax."""
    copied = shutil.copytree(export, folder / "export")
    path = copied / "customers.csv"
    path.write_text(path.read_text("utf-8").replace(",Fax,", ",Nothing,", 1), "utf-8")
    desk = desk_for(folder / "project", copied)
    with desk.bench.project.database() as connection:
        desk.propose(connection)
    return desk


def test_a_header_may_be_told_to_be_a_field_of_its_own(desk: Desk) -> None:
    like_a_column(desk)
    typed(desk, "a", wanted=own("gate code"))
    assert desk.bench.project.answers() == {}
    assert line_of(desk, GATE).status == "confirmed"


def test_a_line_that_looks_like_no_column_cannot_be_told_to_be_one(desk: Desk) -> None:
    shown = typed(desk, "y", wanted=own("gate code"))
    assert "does not look like a column of customer" in shown


# --- in a script ----------------------------------------------------------------------------


def reviewed(desk: Desk, *words: str) -> Any:
    result = crossdock("map", "review", "--project", desk.folder, "--json", *words)
    assert result.exit_code == 0, result.stdout
    return told(result)


def test_without_a_terminal_the_lines_are_printed(desk: Desk) -> None:
    shown = crossdock("map", "review", "--project", desk.folder).output
    assert "? customer.cf_gate_code" in shown
    assert "value map deal_stage" in shown


def test_open_lines_stand_above_the_others_of_their_entity(desk: Desk) -> None:
    typed(desk, "a", wanted=own("gate code"))
    words = ["map", "review", "--list", "--entity", "contact", "--project", str(desk.folder)]
    marks = [x[0] for x in crossdock(*words).output.splitlines() if "→" in x]
    assert marks == sorted(marks, key="?✓".index)
    assert "✓" in marks


@pytest.mark.parametrize(
    ("words", "target"),
    [
        (("--search", "gate code"), "custom:Gate code"),
        (("--object", "booking", "--below", "0.95"), "lead_source_id"),
        (("--entity", "document", "--search", "file_name"), "file_name"),
    ],
)
def test_the_list_is_filtered(desk: Desk, words: tuple[str, ...], target: str) -> None:
    assert [x["target"] for x in reviewed(desk, *words)["fields"]] == [target]


def test_lines_are_accepted_rejected_and_sent_elsewhere_by_name(desk: Desk) -> None:
    words = ("--accept", GATE, "--reject", DOG, "--target", f"{POOL}=custom:Litres")
    done = reviewed(desk, *words, "--by", "Ann")
    assert done["decided"] == [DOG, "contact.custom:Litres", GATE]
    mapping = desk.bench.mapping()
    found = [filters.find(mapping, name) for name in (GATE, DOG, "contact.Litres")]
    assert [x.status for x in found] == ["confirmed", "rejected", "confirmed"]
    assert {x.who for x in found} == {"Ann"}


def test_sure_lines_are_accepted_of_one_object_only(desk: Desk) -> None:
    reviewed(desk, "--accept-high", "--object", "customer", "--by", "Ann")
    decided = {filters.object_of(x) for x in desk.bench.mapping().lines if x.who}
    assert decided == {"customer"}


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--accept", GATE), "nobody gave a name"),
        (("--accept", "contact.Gate kode", "--by", "Ann"), "is it contact.custom:Gate code"),
        (("--target", f"{GATE}=nowhere", "--by", "Ann"), "contact has no field nowhere"),
        (("--accept", GATE, "--reject", "contact.external_id", "--by", "Ann"), "finds the record"),
        (("--line", "contact.nothing"), "there is no line contact.nothing"),
        (("--object", "custmer"), "no line has the object custmer"),
        (("--status", "odd"), "no line can have the status odd"),
    ],
)
def test_a_decision_that_cannot_be_taken_is_E127_and_leaves_the_file(  # noqa: N802
    desk: Desk, words: tuple[str, ...], why: str
) -> None:
    before = desk.bench.project.mapping_file.read_text("utf-8")
    result = crossdock("map", "review", "--project", desk.folder, "--json", *words)
    error = told(result)["error"]
    assert (result.exit_code, error["code"]) == (2, "E127")
    assert why in error["message"]
    assert desk.bench.project.mapping_file.read_text("utf-8") == before


def test_one_line_is_shown_in_full(desk: Desk) -> None:
    shown = reviewed(desk, "--line", "deal.deal_stage_id")
    assert shown["line"]["target"] == "deal_stage_id"
    assert {"before": "booking: COMPLETED", "after": "Won", "rows": 1} in shown["preview"][
        "samples"
    ]
    assert {"value": "booking: COMPLETED", "rows": 1, "label": "Won"} in shown["value_map"]


def test_values_that_become_nothing_are_counted_with_examples(desk: Desk) -> None:
    reviewed(desk, "--target", "contact.Entry=custom:Way in", "--by", "Ann")
    desk.edit(('to = "custom:Way in"\nby = "choice"', 'to = "custom:Way in"\nby = "number"'))
    preview = reviewed(desk, "--line", "contact.Way in")["preview"]
    assert preview["lost"] == 2
    assert [x["before"] for x in preview["lost_examples"]] == ["Back door", "Front door"]


def test_a_line_that_cannot_be_evaluated_says_why(desk: Desk) -> None:
    desk.edit(('from = "job.amount"', 'from = "job.amuont"'))
    problem = reviewed(desk, "--line", "deal.amount")["preview"]["problem"]
    assert "job.amuont is not there (is it amount?)" in problem


# --- in a terminal --------------------------------------------------------------------------


def test_a_terminal_is_asked_for_a_name_and_then_for_each_line(desk: Desk) -> None:
    words = [*MAIN, "map", "review", "--project", str(desk.folder), "--search", "gate code"]
    mine, theirs = pty.openpty()
    with subprocess.Popen(words, stdin=theirs, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        screen = "".join(_screen(mine, {"decide): ": "Ann", "more > ": "a"}))
        assert process.wait(60) == 0
    os.close(mine)
    assert "1 of 1 line decided, and saved." in screen
    assert line_of(desk, GATE).who == "Ann"


def _screen(terminal: int, typed_after: dict[str, str]) -> Iterator[str]:
    """Yield what a terminal shows; after each of these prompts a person types something."""
    seen = ""
    while select.select([terminal], [], [], 60)[0]:
        try:
            text = os.read(terminal, 4096).decode("utf-8", "replace")
        except OSError:
            return
        yield text
        seen += text
        for prompt, answer in typed_after.items():
            if seen.endswith(prompt):
                os.write(terminal, f"{answer}\n".encode())
