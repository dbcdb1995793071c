"""Any change after the confirmation stops the load, and the message says which."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from crossdock.connectors.base import Description
from crossdock.errors import MappingChangedError, MappingUnconfirmedError
from crossdock.mapping import confirm, document, snapshot, versions
from crossdock.mapping.document import Line, Mapping, NewField
from crossdock.mapping.snapshot import Snapshot
from crossdock.model.fields import Field, FieldType
from tests.integration.desks import Desk


@pytest.fixture(scope="module")
def taken(confirmed_desk: Desk) -> Snapshot:
    """Both schemas as they were confirmed."""
    with confirmed_desk.bench.project.database() as connection:
        return snapshot.take(
            connection, confirmed_desk.bench.mapping(), confirmed_desk.bench.description()
        )


def _refusal(desk: Desk, mapping: Mapping, schemas: Snapshot) -> str:
    signed = versions.signed(desk.bench.project, mapping.confirmed["digest"])
    with pytest.raises(MappingChangedError) as raised:
        confirm.require(mapping, schemas, signed)
    return raised.value.message


LINE_CHANGES: dict[str, Callable[[Line], Line]] = {
    "column": lambda line: replace(line, sources=("job.source_key",)),
    "target": lambda line: replace(line, target=line.target + "_2"),
    "transform": lambda line: replace(line, transform="sql:1"),
    "rejected": lambda line: replace(line, status=document.REJECTED),
}


@pytest.mark.parametrize("change", LINE_CHANGES)
def test_a_change_of_any_line_stops_the_load_and_names_the_line(
    confirmed_desk: Desk, taken: Snapshot, change: str
) -> None:
    count = len(confirmed_desk.bench.mapping().lines)
    for index in range(0, count, 5):
        mapping = confirmed_desk.bench.mapping()
        line = mapping.lines[index]
        mapping.lines[index] = changed = LINE_CHANGES[change](line)
        if changed != line:
            assert line.name in _refusal(confirmed_desk, mapping, taken)


def test_a_line_taken_out_stops_the_load(confirmed_desk: Desk, taken: Snapshot) -> None:
    mapping = confirmed_desk.bench.mapping()
    gone = mapping.lines.pop()
    assert f"{gone.name} is gone" in _refusal(confirmed_desk, mapping, taken)


def test_a_line_added_is_waiting_for_a_person(confirmed_desk: Desk, taken: Snapshot) -> None:
    mapping = confirmed_desk.bench.mapping()
    mapping.lines.append(Line("deal", ("job.address",), "custom:Where", "text"))
    with pytest.raises(MappingUnconfirmedError, match=r"1 of .*first deal\.custom:Where"):
        confirm.require(mapping, taken, None)


def test_a_line_that_claims_to_be_confirmed_is_found(confirmed_desk: Desk, taken: Snapshot) -> None:
    mapping = confirmed_desk.bench.mapping()
    line = Line("deal", ("job.address",), "custom:Where", "text", status=document.CONFIRMED)
    mapping.lines.append(line)
    assert "deal.custom:Where is new" in _refusal(confirmed_desk, mapping, taken)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda m: m.policies.update(history="full"), "the policy history is now full (it was dig"),
        (lambda m: m.maps["deal_stage"].popitem(), "maps.deal_stage "),
        (lambda m: m.new_fields.pop(0), "the new field "),
        (lambda m: m.left_out.append({"object": "booking", "field": "x"}), "left out: booking x"),
        (
            lambda m: m.new_fields.__setitem__(0, NewField("deal", "Other", "text")),
            "the new field deal Other is new: text",
        ),
    ],
    ids=["policy", "value map", "new field", "left out", "another field"],
)
def test_a_change_of_anything_else_in_the_file_stops_the_load(
    confirmed_desk: Desk, taken: Snapshot, change: Callable[[Mapping], object], said: str
) -> None:
    mapping = confirmed_desk.bench.mapping()
    change(mapping)
    assert said in _refusal(confirmed_desk, mapping, taken)


def test_a_column_that_came_or_went_stops_the_load(confirmed_desk: Desk, taken: Snapshot) -> None:
    mapping = confirmed_desk.bench.mapping()
    for name, columns in taken.columns.items():
        more = replace(taken, columns={**taken.columns, name: [*columns, "own_new"]})
        less = replace(taken, columns={**taken.columns, name: columns[1:]})
        said = _refusal(confirmed_desk, mapping, more)
        assert f"the export has a new column {name}.own_new" in said
        assert f"lacks the column {name}.{columns[0]}" in _refusal(confirmed_desk, mapping, less)


# --- the account's fields ---------------------------------------------------------------------


def _retyped(field: Field) -> Field:
    other = FieldType.DATE if field.type is not FieldType.DATE else FieldType.TEXT
    return replace(field, type=other)


FIELD_CHANGES: dict[str, tuple[Callable[[Field], Field | None], str]] = {
    "gone": (lambda field: None, "lacks the"),
    "another type": (_retyped, "and was"),
    "demanded": (lambda field: replace(field, required=not field.required), "demanded"),
}


def _with_field(
    description: Description, entity: str, old: Field, new: Field | None
) -> Description:
    fields = [new if f is old else f for f in description.entity(entity).fields]
    made = replace(description.entity(entity), fields=[f for f in fields if f is not None])
    return replace(description, entities={**description.entities, entity: made})


@pytest.mark.parametrize("change", FIELD_CHANGES)
@pytest.mark.parametrize("entity", ["contact", "deal"])
def test_a_change_of_any_field_of_the_account_stops_the_load(
    confirmed_desk: Desk, entity: str, change: str
) -> None:
    mapping, description = confirmed_desk.bench.mapping(), confirmed_desk.bench.description()
    changed, said = FIELD_CHANGES[change]
    created = {f.label for f in mapping.new_fields if f.entity == entity}
    with confirmed_desk.bench.project.database() as connection:
        for field in description.entity(entity).fields:
            if change == "gone" and field.custom and field.label in created:
                continue  # `crossdock fields` makes it again, and the plan demands it.
            after = _with_field(description, entity, field, changed(field))
            schemas = snapshot.take(connection, mapping, after)
            assert said in _refusal(confirmed_desk, mapping, schemas), field.name


def test_a_field_that_somebody_added_stops_the_load(confirmed_desk: Desk) -> None:
    mapping, description = confirmed_desk.bench.mapping(), confirmed_desk.bench.description()
    deal = description.entity("deal")
    added = Field("cf_mood", "Mood", FieldType.TEXT, custom=True)
    more = replace(deal, fields=[*deal.fields, added])
    with confirmed_desk.bench.project.database() as connection:
        after = replace(description, entities={**description.entities, "deal": more})
        schemas = snapshot.take(connection, mapping, after)
    assert "the destination has a new deal field Mood" in _refusal(confirmed_desk, mapping, schemas)


# --- the signature ----------------------------------------------------------------------------


def test_a_signature_of_another_project_is_no_signature(
    confirmed_desk: Desk, taken: Snapshot
) -> None:
    mapping = confirmed_desk.bench.mapping()
    mapping.confirmed = {"by": "Eve", "at": "2026-01-01T00:00:00+00:00", "digest": "0" * 64}
    said = _refusal(confirmed_desk, mapping, taken)
    assert "confirmed by Eve" in said
    assert "its signature is not the one that this project kept" in said


def test_a_signature_is_refused_where_no_version_was_kept(
    confirmed_desk: Desk, taken: Snapshot
) -> None:
    mapping = confirmed_desk.bench.mapping()
    mapping.policies["history"] = "full"
    with pytest.raises(MappingChangedError, match="it was made for another file"):
        confirm.require(mapping, taken, None)


def test_each_confirmation_is_kept_as_a_version(confirmed_desk: Desk, tmp_path: Path) -> None:
    desk = confirmed_desk.copied(tmp_path / "project")
    before = versions.versions(desk.bench.project)
    desk.edit(('history = "digest"', 'history = "full"'))
    with desk.bench.project.database() as connection:
        desk.confirm(connection, by="Ann")
    (*earlier, last) = versions.versions(desk.bench.project)
    assert earlier == before
    assert (last.by, last.mapping().policies["history"]) == ("Ann", "full")


def test_who_confirmed_a_line_first_stays_on_it(confirmed_desk: Desk, tmp_path: Path) -> None:
    desk = confirmed_desk.copied(tmp_path / "project")
    with desk.bench.project.database() as connection:
        desk.confirm(connection, by="Ann")
    mapping = desk.bench.mapping()
    assert mapping.confirmed["by"] == "Ann"
    assert {line.who for line in mapping.lines} == {"tester"}
