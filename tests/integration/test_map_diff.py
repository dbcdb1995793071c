"""What changed since a person signed the mapping, and the versions that are kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from crossdock.desk.mapping_versions import compare
from crossdock.errors import ReviewError
from crossdock.mapping.reviewing.filters import find
from tests.integration.desks import Desk, desk_for
from tests.integration.reexports import with_column
from tests.integration.test_command_line import crossdock, told


@pytest.fixture
def desk(confirmed_desk: Desk, tmp_path: Path) -> Desk:
    """A project whose mapping was signed once."""
    return confirmed_desk.copied(tmp_path / "project")


def signed_again(desk: Desk) -> None:
    with desk.bench.project.database() as connection:
        desk.confirm(connection, "Ann")


def test_nothing_is_told_where_nothing_changed(desk: Desk) -> None:
    assert not compare(desk.bench)


def test_a_changed_line_is_told_with_what_it_was(desk: Desk) -> None:
    desk.edit(('from = "job.amount"', 'from = "job.invoiced"'))
    (change,) = compare(desk.bench).lines
    assert str(change) == "deal.amount is now job.invoiced by money (it was job.amount by money)"


@pytest.mark.parametrize(
    ("change", "told_as"),
    [
        (('duplicates = "merge"', 'duplicates = "keep"'), "the policy duplicates is now keep"),
        (
            ('"booking: TO DO" = "', '"booking: TO DO" = "x'),
            "maps.deal_stage booking: TO DO is now",
        ),
        (('"Gate code" = "text"', '"Gate code" = "long_text"'), "the new field contact Gate code"),
    ],
    ids=["policy", "value map", "new field"],
)
def test_policies_value_maps_and_new_fields_are_compared(
    desk: Desk, change: tuple[str, str], told_as: str
) -> None:
    desk.edit(change)
    (found,) = compare(desk.bench).lines
    assert str(found).startswith(told_as)


def test_a_column_that_the_export_got_since_is_told(desk: Desk, tmp_path: Path) -> None:
    with_column(desk, tmp_path, "services", "Hazard", "low")
    assert compare(desk.bench).schemas == ["the export has a new column service.own_hazard"]


def test_two_kept_versions_are_compared_without_the_file(desk: Desk) -> None:
    desk.edit(('duplicates = "merge"', 'duplicates = "keep"'))
    signed_again(desk)
    desk.edit(('duplicates = "keep"', 'duplicates = "merge"'))
    found = compare(desk.bench, 1, 2)
    assert [str(change) for change in found.lines] == [
        "the policy duplicates is now keep (it was merge)"
    ]


def test_a_version_that_is_not_there_is_E127_with_those_there_are(desk: Desk) -> None:  # noqa: N802
    with pytest.raises(ReviewError, match=r"\[E127\].*no version 9 .*1 to 1.*map versions"):
        compare(desk.bench, 9)


def test_before_the_first_signature_there_is_nothing_to_compare_with(
    tmp_path: Path, small_company: Path
) -> None:
    desk = desk_for(tmp_path / "project", small_company)
    with desk.bench.project.database() as connection:
        desk.propose(connection)
    with pytest.raises(ReviewError, match=r"\[E127\].*nobody has signed"):
        compare(desk.bench)


# --- as commands ----------------------------------------------------------------------------


def test_comparing_versions_exits_with_1_when_something_changed(desk: Desk) -> None:
    desk.edit(('duplicates = "merge"', 'duplicates = "keep"'))
    signed_again(desk)
    words = ("map", "diff", "--project", desk.folder, "--from", "1", "--to")
    changed, same = crossdock(*words, "2"), crossdock(*words, "1")
    assert (changed.exit_code, same.exit_code) == (1, 0)
    assert "the policy duplicates is now keep (it was merge)" in changed.output
    assert "Nothing changed from version 1 to version 1." in same.output


def test_a_comparison_is_one_json_document(desk: Desk) -> None:
    desk.edit(('duplicates = "merge"', 'duplicates = "keep"'))
    signed_again(desk)
    words = ("map", "diff", "--project", desk.folder, "--from", "1", "--to", "2", "--json")
    assert told(crossdock(*words)) == {
        "from": 1,
        "to": 2,
        "changes": [{"where": "the policy duplicates", "before": "merge", "after": "keep"}],
        "schemas": [],
    }


def test_versions_say_who_signed_and_which_were_replaced(desk: Desk) -> None:
    with desk.bench.project.database() as connection:
        desk.propose(connection)
    versions = told(crossdock("map", "versions", "--project", desk.folder, "--json"))["versions"]
    assert [(x["number"], x["signed"], x["by"]) for x in versions] == [
        (1, True, "tester"),
        (2, False, ""),
    ]
    shown = crossdock("map", "versions", "--project", desk.folder).output
    assert "signed" in shown
    assert "replaced" in shown


def test_a_column_is_left_out_by_its_header_with_reason_and_name(desk: Desk) -> None:
    words = ["customer", "gate code", "--why", "outdated", "--by", "Ann"]
    left = told(crossdock("map", "leave", *words, "--project", desk.folder, "--json"))
    assert (left["field"], left["why"], left["who"]) == ("CF: Gate code", "outdated", "Ann")
    assert find(desk.bench.mapping(), "contact.Gate code").status == "rejected"


@pytest.mark.parametrize(
    ("object_name", "column", "why"),
    [
        ("customer", "gate cod", "customer has no column gate cod"),
        ("custmer", "gate code", "the export has no list of custmer (is it customer"),
    ],
)
def test_a_column_that_is_not_there_is_not_left_out(
    desk: Desk, object_name: str, column: str, why: str
) -> None:
    words = ["map", "leave", object_name, column, "--why", "x", "--by", "Ann", "--json"]
    error = told(crossdock(*words, "--project", desk.folder))["error"]
    assert error["code"] == "E127"
    assert why in error["message"]
