"""The mapping: proposed from the export and the account, confirmed by a person, checked again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crossdock.errors import (
    CrossdockError,
    FieldsMissingError,
    MappingChangedError,
    MappingInvalidError,
    MappingMissingError,
    MappingUnconfirmedError,
    UsersMissingError,
)
from crossdock.mapping import confirm, document, snapshot, validating, versions
from crossdock.mapping.document import Line, Mapping, NewField
from crossdock.mapping.snapshot import Snapshot
from crossdock.model.fields import Choice
from crossdock.provision import missing
from tests.integration.desks import Desk, desk_for

NAME_LINE = 'to = "name", by = "text"'


@pytest.fixture(scope="module")
def mapping(confirmed_desk: Desk) -> Mapping:
    return confirmed_desk.bench.mapping()


@pytest.fixture
def desk(confirmed_desk: Desk, tmp_path: Path) -> Desk:
    """The confirmed project, free to be changed."""
    return confirmed_desk.copied(tmp_path / "project")


def _line(mapping: Mapping, entity: str, target: str) -> Line:
    (found,) = [x for x in mapping.lines if (x.entity, x.target) == (entity, target)]
    return found


def _schemas(desk: Desk, mapping: Mapping) -> Snapshot:
    with desk.bench.project.database() as connection:
        return snapshot.take(connection, mapping, desk.bench.description())


def _require(desk: Desk, mapping: Mapping | None = None, schemas: Snapshot | None = None) -> None:
    mapping = mapping or desk.bench.mapping()
    signed = versions.signed(desk.bench.project, mapping.confirmed.get("digest", ""))
    confirm.require(mapping, schemas or _schemas(desk, mapping), signed)


# --- the proposal ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("label", "kind", "choices"),
    [
        ("Gate code", "text", ()),
        ("Has dog", "checkbox", ()),
        ("Pool volume", "number", ()),
        ("Surfaces", "multi_picklist", ("Stone", "Wood")),
        ("Entry", "picklist", ("Back door", "Front door")),
    ],
)
def test_a_tenants_own_field_is_proposed_with_its_type_and_choices(
    mapping: Mapping, label: str, kind: str, choices: tuple[str, ...]
) -> None:
    assert NewField("contact", label, kind, choices) in mapping.new_fields


def test_a_signature_is_left_out_with_the_reason(mapping: Mapping) -> None:
    (left,) = [entry for entry in mapping.left_out if entry["field"] == "Signed"]
    assert "captured again" in left["why"]


def test_a_custom_field_without_a_value_is_not_proposed(mapping: Mapping) -> None:
    assert "custom:Branch" not in {line.target for line in mapping.lines}


@pytest.mark.parametrize(
    ("status", "stage"),
    [("booking: COMPLETED", "Closed Won"), ("quote: DECLINED", "Closed Lost")],
)
def test_a_documented_status_is_proposed_as_the_stage_that_means_it(
    confirmed_desk: Desk, mapping: Mapping, status: str, stage: str
) -> None:
    field = confirmed_desk.bench.description().entity("deal").field("deal_stage_id")
    assert field is not None
    forecast = {c.label: c.facts.get("forecast_type") for c in field.choices}
    assert forecast[mapping.maps["deal_stage"][status]] == stage


def test_every_status_of_the_export_is_in_the_value_map(mapping: Mapping) -> None:
    assert set(mapping.maps["deal_stage"]) == {
        "booking: COMPLETED",
        "booking: TO DO",
        "booking: WAITING ON STRATA",
        "quote: DECLINED",
    }


def test_a_lost_reason_is_proposed_for_lost_jobs_only(mapping: Mapping) -> None:
    assert list(mapping.maps["lost_reason"]) == ["quote: DECLINED / Found a cheaper price"]


def test_everything_that_the_destination_demands_has_a_line(
    confirmed_desk: Desk, mapping: Mapping
) -> None:
    demanded = {
        (entity.name, field.name)
        for entity in confirmed_desk.bench.description().entities.values()
        for field in entity.fields
        if field.required and entity.name in ("sales_account", "contact", "deal")
    }
    assert demanded <= {(line.entity, line.target) for line in mapping.lines}


def test_the_custom_fields_of_the_proposal_are_made_with_the_types_it_names(
    confirmed_desk: Desk, mapping: Mapping
) -> None:
    described = confirmed_desk.bench.look()
    wanted = [f for f in mapping.new_fields if f.entity in described.entities]
    found = {
        (f.entity, f.label): str(made.type)
        for f in wanted
        if (made := described.entity(f.entity).field_by_label(f.label))
    }
    assert found == {(f.entity, f.label): f.type for f in wanted}


# --- the file -------------------------------------------------------------------------------

words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20)
lines = st.builds(
    Line,
    st.sampled_from(["deal", "contact"]),
    st.lists(words.map("job.".__add__), min_size=1, max_size=2).map(tuple),
    words.map("custom:".__add__) | words,
    st.sampled_from(["text", "map:deal_stage"]) | words.map("sql:".__add__),
    st.sampled_from([0.5, 0.95, 1.0]),
    words,
    st.sampled_from(["proposed", "confirmed", "rejected"]),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    st.lists(lines, max_size=5, unique_by=lambda line: line.name.casefold()),
    st.dictionaries(words, words, max_size=4),
)
def test_whatever_stands_in_a_mapping_is_read_as_it_was_written(
    tmp_path: Path, given_lines: list[Line], entries: dict[str, str]
) -> None:
    ordered = sorted(given_lines, key=lambda line: line.entity)
    made = Mapping("a_route", {"deals": "job"}, ordered, [], {"deal_stage": entries})
    document.write(tmp_path / "mapping.toml", made, {"deals": "What?\n  job: one"}, {})
    assert document.read(tmp_path / "mapping.toml") == made


def test_the_digest_is_the_same_after_writing_and_reading(
    confirmed_desk: Desk, mapping: Mapping, tmp_path: Path
) -> None:
    document.write(tmp_path / "again.toml", mapping, {}, {})
    assert document.read(tmp_path / "again.toml").digest("x") == mapping.digest("x")


def test_confirming_leaves_a_persons_comments_where_they_are(desk: Desk) -> None:
    desk.edit(("[deal.new_fields]", "# the boss wants it so\n[deal.new_fields]"))
    with desk.bench.project.database() as connection:
        desk.confirm(connection)
    text = desk.bench.project.mapping_file.read_text("utf-8")
    assert "# the boss wants it so\n[deal.new_fields]" in text


def test_confirming_signs_with_the_persons_name(mapping: Mapping) -> None:
    assert mapping.confirmed["by"] == "tester"


def test_confirming_does_not_revive_a_rejected_line(desk: Desk) -> None:
    desk.reject("custom:Job address")
    with desk.bench.project.database() as connection:
        desk.confirm(connection)
    assert _line(desk.bench.mapping(), "deal", "custom:Job address").status == "rejected"


# --- what may be loaded ---------------------------------------------------------------------


def test_a_mapping_that_is_confirmed_as_it_stands_is_accepted(desk: Desk) -> None:
    _require(desk)


def test_no_mapping_at_all_is_E120(tmp_path: Path) -> None:  # noqa: N802
    with pytest.raises(MappingMissingError, match=r"\[E120\].*crossdock map propose"):
        document.read(tmp_path / "mapping.toml")


def test_a_line_that_nobody_confirmed_is_E121_and_is_named(desk: Desk) -> None:  # noqa: N802
    mapping = desk.bench.mapping()
    first = mapping.lines[0]
    mapping.lines[0] = replace(first, status="proposed")
    with pytest.raises(MappingUnconfirmedError, match=rf"{first.entity}\.{first.target}"):
        _require(desk, mapping)


@pytest.mark.parametrize(
    "change",
    [
        ('duplicates = "merge"', 'duplicates = "keep"'),
        ('"booking: TO DO" = "', '"booking: TO DO" = "Lost'),
        ('from = "job.amount"', 'from = "job.invoiced"'),
        ('by = "money"', 'by = "number"'),
        ("[policies]", '[policies]\nextra = "yes"'),
    ],
    ids=["policy", "value map", "column", "transform", "another policy"],
)
def test_a_change_after_confirmation_is_E122(  # noqa: N802
    desk: Desk, change: tuple[str, str]
) -> None:
    desk.edit(change)
    with pytest.raises(MappingChangedError, match=r"\[E122\].*confirmed by tester"):
        _require(desk)


def test_a_line_rejected_after_confirmation_is_E122(desk: Desk) -> None:  # noqa: N802
    desk.reject("custom:Job address")
    with pytest.raises(MappingChangedError):
        _require(desk)


def test_another_order_of_lines_is_no_change(desk: Desk) -> None:
    mapping = desk.bench.mapping()
    mapping.lines.reverse()
    _require(desk, mapping)


def test_a_stage_renamed_at_the_destination_is_E122(desk: Desk) -> None:  # noqa: N802
    mapping, description = desk.bench.mapping(), desk.bench.description()
    deal = description.entity("deal")
    fields = [
        replace(f, choices=[Choice(c.id, c.label + "!", c.facts) for c in f.choices])
        for f in deal.fields
    ]
    entities = dict(description.entities) | {"deal": replace(deal, fields=fields)}
    changed = replace(description, entities=entities)
    with desk.bench.project.database() as connection:
        schemas = snapshot.take(connection, mapping, changed)
    with pytest.raises(MappingChangedError):
        _require(desk, mapping, schemas)


def test_a_new_column_in_the_export_is_E122(desk: Desk) -> None:  # noqa: N802
    mapping = desk.bench.mapping()
    with desk.bench.project.database() as connection:
        connection.execute("INSERT INTO stage._column VALUES ('booking', 'new', 'New', 99, false)")
        schemas = snapshot.take(connection, mapping, desk.bench.description())
    with pytest.raises(MappingChangedError):
        _require(desk, mapping, schemas)


WRONG = {
    "an unknown transform": (('by = "money"', 'by = "mony"'),),
    "an unknown column": (('from = "job.amount"', 'from = "job.amuont"'),),
    "an unknown target": (('to = "amount"', 'to = "amuont"'),),
    "an unknown policy": (("[policies]", '[policies]\nextra = "yes"'),),
    "an unknown choice of a policy": (('duplicates = "merge"', 'duplicates = "both"'),),
    "a policy that is not there": (('duplicates = "merge"', ""),),
    "an unknown entity": (("[[deal.", "[[dael."), ("[deal.", "[dael.")),
    "SQL that makes no sense": (('by = "money"', 'by = "sql:amount +"'),),
    "SQL over a column that is not there": (('by = "money"', 'by = "sql:amuont + 1"'),),
    "no column at all": (('from = "job.amount"', "from = []"),),
    "a value map that is not there": (('by = "map:deal_stage"', 'by = "map:no_such_map"'),),
    "no transform": (('to = "amount"\nby = "money"', 'to = "amount"'),),
    "a confidence in words": (("sure = 0.9", 'sure = "very"'),),
    "no TOML": (("[[deal.lines]]", "[[deal.lines]"),),
}


@pytest.mark.parametrize("mistake", WRONG)
def test_a_mistake_in_the_file_is_E123(confirmed_desk: Desk, tmp_path: Path, mistake: str) -> None:  # noqa: N802
    path = tmp_path / "mapping.toml"
    text = confirmed_desk.bench.project.mapping_file.read_text("utf-8")
    for old, new in WRONG[mistake]:
        text = text.replace(old, new)
    path.write_text(text, "utf-8")
    description = confirmed_desk.bench.look()
    with pytest.raises(MappingInvalidError, match=r"\[E123\]"):
        made = document.read(path)
        with confirmed_desk.bench.project.database() as connection:
            validating.validate(connection, confirmed_desk.bench.route, made, description)


def test_custom_fields_that_are_not_there_yet_are_E310_with_the_command(  # noqa: N802
    mapping: Mapping, tmp_path: Path, small_company: Path
) -> None:
    fresh = desk_for(tmp_path / "project", small_company)
    with pytest.raises(FieldsMissingError, match=r"\[E310\].*crossdock fields --create"):
        missing.require_fields(fresh.bench.route, mapping, fresh.bench.look())


def _dismiss_sam(desk: Desk) -> None:
    """Take the login of the one person who owns records, as an administrator does."""
    (sam,) = [u for u in desk.account.catalog.items("owners") if u["email"] == "sam@example.com"]
    sam["is_active"] = False


def test_owners_who_have_no_user_are_E311_before_anything_is_written(desk: Desk) -> None:  # noqa: N802
    _dismiss_sam(desk)
    with pytest.raises(UsersMissingError, match=r"\[E311\].*sam@example\.com"):
        desk.run()
    assert desk.writes() == 0


def test_a_missing_user_is_no_obstacle_where_the_default_owner_may_take_over(desk: Desk) -> None:
    _dismiss_sam(desk)
    desk.edit(('missing_users = "gate"', 'missing_users = "default-owner"'))
    with desk.bench.project.database() as connection:
        desk.confirm(connection)
    assert all(phase.balanced for phase in desk.run().phases)


def test_an_error_of_the_mapping_says_that_nothing_was_written(tmp_path: Path) -> None:
    with pytest.raises(CrossdockError) as raised:
        document.read(tmp_path / "mapping.toml")
    assert raised.value.as_json()["written"] == "Nothing was written."
