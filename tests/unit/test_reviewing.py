"""What a person decides about a mapping, and what stands in it afterwards."""

from __future__ import annotations

import shlex
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from crossdock.connectors.base import Description
from crossdock.errors import CrossdockError, MappingInvalidError, ReviewError
from crossdock.mapping.document import Line, Mapping, NewField
from crossdock.mapping.reviewing import changes, claims, decisions, filters, targets
from crossdock.mapping.reviewing.decisions import Decider
from crossdock.mapping.reviewing.filters import Filter
from crossdock.mapping.reviewing.summary import summary
from crossdock.model.fields import Choice, Entity, Field, FieldType
from crossdock.model.times import VirtualClock

ANN = Decider("Ann", VirtualClock(datetime(2026, 3, 1, 9, tzinfo=UTC)))
NAME = Line("contact", ("person.name",), "last_name", "text", reason="same meaning")
KEY = Line("contact", ("person.key",), "external_id", "text", reason="finds the record again")
GATE = Line("contact", ("customer.cf_gate",), "custom:Gate code", "text", 0.9, "custom field")
DOGS = Line("contact", ("customer.cf_dogs",), "custom:Dogs", "number", 0.7, "custom field")
FULL = Line("contact", ("person.first", "person.last"), "custom:Full name", "join", 0.8)
STAGE = Line("deal", ("job.stage",), "deal_stage_id", "map:deal_stage", 0.9, "by its meaning")
ACCOUNT = Description(
    "https://shop.example.com",
    {
        "contact": Entity(
            "contact",
            "Contact",
            [
                Field("last_name", "Last name", FieldType.TEXT),
                Field("external_id", "External ID", FieldType.TEXT),
                Field("keyfact", "Key fact", FieldType.TEXT),
                Field("visits", "Visits", FieldType.NUMBER),
                Field("updated_at", "Updated at", FieldType.DATETIME, read_only=True),
                Field("owner_id", "Owner", FieldType.REFERENCE),
                Field(
                    "lead_source_id",
                    "Source",
                    FieldType.PICKLIST,
                    choices=[Choice("5", "Web"), Choice("6", "Referral")],
                ),
                Field("cf_brand", "Brand", FieldType.TEXT, custom=True),
            ],
        )
    },
    users=[],
)


@pytest.fixture
def mapping() -> Mapping:
    return Mapping(
        "a_route",
        {},
        [NAME, KEY, GATE, DOGS, FULL, STAGE],
        [
            NewField("contact", "Gate code", "text"),
            NewField("contact", "Dogs", "number"),
            NewField("contact", "Full name", "text"),
        ],
        {"deal_stage": {"DONE": "Won", "ODD": ""}},
    )


def line_of(mapping: Mapping, name: str) -> Line:
    return filters.find(mapping, name)


def names(lines: list[Line]) -> list[str]:
    return [line.name for line in lines]


# --- which lines ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Filter(), 6),
        (Filter(object="customer"), 2),
        (Filter(entity="deal"), 1),
        (Filter(status="confirmed"), 0),
        (Filter(below=0.9), 2),
        (Filter(search="GATE"), 1),
        (Filter(search="finds the record"), 1),
        (Filter(object="customer", below=0.9), 1),
    ],
)
def test_lines_are_found_by_object_entity_status_confidence_and_words(
    mapping: Mapping, wanted: Filter, found: int
) -> None:
    assert len(filters.matching(mapping, wanted)) == found


def test_an_object_that_no_line_has_is_refused_with_those_there_are(mapping: Mapping) -> None:
    with pytest.raises(ReviewError, match=r"\[E127\].*no line has the object custmer.*customer"):
        filters.matching(mapping, Filter(object="custmer"))


def test_what_needs_a_decision_comes_first_and_then_the_least_sure(mapping: Mapping) -> None:
    waiting = replace(NAME, status="needs decision")
    done = replace(KEY, status="confirmed")
    ordered = filters.to_decide([done, GATE, DOGS, waiting])
    assert names(ordered) == [
        "contact.last_name",
        "contact.custom:Dogs",
        "contact.custom:Gate code",
    ]


@pytest.mark.parametrize("name", ["contact.custom:Gate code", "contact.gate CODE"])
def test_a_line_is_found_by_its_name_or_the_label_of_its_field(mapping: Mapping, name: str) -> None:
    assert filters.find(mapping, name) is GATE


def test_of_two_lines_for_a_field_the_one_that_counts_is_found(mapping: Mapping) -> None:
    mapping.lines.insert(0, replace(GATE, sources=("customer.other",), status="rejected"))
    assert filters.find(mapping, "contact.Gate code") is GATE


def test_a_line_that_is_not_there_is_refused_with_the_near_ones(mapping: Mapping) -> None:
    with pytest.raises(ReviewError, match=r"no line contact\.last_nam .*contact\.last_name"):
        filters.find(mapping, "contact.last_nam")


# --- accept, reject, leave out --------------------------------------------------------------


def test_accepting_writes_who_and_when_into_the_line(mapping: Mapping) -> None:
    line = line_of(decisions.accept(mapping, GATE, ANN), "contact.Gate code")
    assert (line.status, line.who) == ("confirmed", "Ann")
    assert line.when.startswith("2026-03-01T")


def test_a_decision_leaves_the_mapping_that_it_was_given_as_it_was(mapping: Mapping) -> None:
    before = list(mapping.lines)
    decisions.accept(mapping, GATE, ANN)
    assert mapping.lines == before


def test_rejecting_keeps_the_line(mapping: Mapping) -> None:
    line = line_of(decisions.reject(mapping, GATE, ANN), "contact.Gate code")
    assert (line.status, line.who) == ("rejected", "Ann")


def test_the_line_that_finds_records_again_cannot_be_rejected(mapping: Mapping) -> None:
    with pytest.raises(ReviewError, match="finds the record again"):
        decisions.reject(mapping, KEY, ANN)


def test_a_rejected_line_is_not_revived_where_another_one_took_its_field(mapping: Mapping) -> None:
    old = replace(GATE, sources=("customer.old_gate",), status="rejected")
    mapping.lines.append(old)
    with pytest.raises(ReviewError, match=r"filled from customer\.cf_gate already"):
        decisions.accept(mapping, old, ANN)


def test_all_sure_lines_are_taken_at_once_and_no_others(mapping: Mapping) -> None:
    _, taken = decisions.accept_sure(mapping, ANN)
    assert names(taken) == names([NAME, KEY, GATE])


def test_a_value_map_is_looked_at_on_its_own(mapping: Mapping) -> None:
    made, _ = decisions.accept_sure(mapping, ANN, [STAGE])
    assert line_of(made, STAGE.name).is_open


def test_a_sure_line_that_needs_a_decision_is_not_taken_with_the_others(mapping: Mapping) -> None:
    mapping.lines = [replace(line, status="needs decision") for line in mapping.lines]
    assert decisions.accept_sure(mapping, ANN)[1] == []


def test_the_sure_ones_of_one_object_are_taken_alone(mapping: Mapping) -> None:
    of_customers = filters.matching(mapping, Filter(object="customer"))
    made, _ = decisions.accept_sure(mapping, ANN, of_customers)
    assert [line.target for line in made.lines if not line.is_open] == ["custom:Gate code"]


def test_a_column_is_left_out_with_reason_name_and_moment(mapping: Mapping) -> None:
    made = decisions.leave(mapping, "customer", "cf_gate", "CF: Gate code", "outdated", ANN)
    (left,) = made.left_out
    assert (left["object"], left["field"], left["why"]) == ("customer", "CF: Gate code", "outdated")
    assert (left["who"], left["when"][:10]) == ("Ann", "2026-03-01")
    assert line_of(made, "contact.Gate code").status == "rejected"


def test_a_column_that_is_left_out_twice_stands_there_once_with_the_last_reason(
    mapping: Mapping,
) -> None:
    made = decisions.leave(mapping, "customer", "cf_gate", "CF: Gate code", "outdated", ANN)
    made = decisions.leave(made, "customer", "cf_gate", "CF: Gate code", "private", ANN)
    assert [left["why"] for left in made.left_out] == ["private"]


def test_nothing_is_left_out_without_a_reason(mapping: Mapping) -> None:
    with pytest.raises(ReviewError, match="with a reason only"):
        decisions.leave(mapping, "customer", "cf_gate", "CF: Gate code", "  ", ANN)


def test_one_of_several_columns_of_a_line_is_not_left_out_alone(mapping: Mapping) -> None:
    with pytest.raises(ReviewError, match="one of several columns of contact"):
        decisions.leave(mapping, "person", "first", "First name", "no", ANN)


def test_a_column_that_another_line_takes_is_not_noted_as_left_out(mapping: Mapping) -> None:
    mapping.lines.append(replace(GATE, entity="deal"))
    made = decisions.leave_line(mapping, GATE, "CF: Gate code", "not here", ANN)
    assert made.left_out == []
    assert line_of(made, "contact.Gate code").reason == "custom field; left out: not here"


def test_accepting_a_line_takes_back_that_its_column_was_left_out(mapping: Mapping) -> None:
    made = decisions.leave_line(mapping, GATE, "CF: Gate code", "outdated", ANN)
    assert len(made.left_out) == 1
    assert decisions.accept(made, line_of(made, "contact.Gate code"), ANN).left_out == []


# --- another field --------------------------------------------------------------------------


def retargeted(mapping: Mapping, line: Line, text: str, *values: str) -> Mapping:
    target = targets.named(mapping, ACCOUNT, line, text)
    return changes.retarget(mapping, line, target, ANN, values)


@pytest.mark.parametrize("text", ["keyfact", "Key fact", "KEY FACT"])
def test_a_field_is_named_by_its_name_or_its_label(mapping: Mapping, text: str) -> None:
    line = line_of(retargeted(mapping, GATE, text), "contact.keyfact")
    assert (line.sources, line.status, line.who) == (GATE.sources, "confirmed", "Ann")


def test_the_reason_says_what_was_proposed(mapping: Mapping) -> None:
    line = line_of(retargeted(mapping, GATE, "keyfact"), "contact.keyfact")
    assert line.reason == "chosen by Ann; custom:Gate code by text was proposed"


def test_a_new_field_that_nothing_fills_any_more_is_not_created(mapping: Mapping) -> None:
    made = retargeted(mapping, GATE, "keyfact")
    assert "Gate code" not in [f.label for f in made.new_fields]


def test_a_field_of_the_account_is_used_and_not_created(mapping: Mapping) -> None:
    made = retargeted(mapping, GATE, "custom:brand")
    assert line_of(made, "contact.Brand").target == "custom:Brand"
    assert "Brand" not in [f.label for f in made.new_fields]


def test_another_label_is_a_new_field_of_the_same_type(mapping: Mapping) -> None:
    made = retargeted(mapping, DOGS, "custom:Number of dogs")
    assert NewField("contact", "Number of dogs", "number") in made.new_fields
    assert "Dogs" not in [f.label for f in made.new_fields]


def test_a_new_picklist_keeps_its_choices_under_another_label(mapping: Mapping) -> None:
    entry = Line("contact", ("customer.cf_entry",), "custom:Entry", "choice", 0.9)
    mapping.lines.append(entry)
    mapping.new_fields.append(NewField("contact", "Entry", "picklist", ("Front", "Back")))
    made = retargeted(mapping, entry, "custom:Way in")
    assert NewField("contact", "Way in", "picklist", ("Front", "Back")) in made.new_fields


def test_a_transform_that_does_not_fit_the_new_field_is_replaced(mapping: Mapping) -> None:
    assert line_of(retargeted(mapping, GATE, "visits"), "contact.visits").transform == "number"


def test_a_picklist_that_takes_ids_gets_a_value_map_of_equal_names(mapping: Mapping) -> None:
    made = retargeted(mapping, GATE, "lead_source_id", "web", "Flyer")
    assert line_of(made, "contact.lead_source_id").transform == "map:lead_source_id"
    assert made.maps["lead_source_id"] == {"web": "Web", "Flyer": ""}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("last_name", r"last_name is filled from person\.name already"),
        ("updated_at", "the destination computes updated_at"),
        ("owner_id", "names other records"),
        ("lastname", r"contact has no field lastname.*last_name"),
        ("", "contact has no field without a name"),
    ],
)
def test_a_field_that_cannot_be_filled_is_refused_with_the_reason(
    mapping: Mapping, text: str, why: str
) -> None:
    with pytest.raises(ReviewError, match=why):
        retargeted(mapping, GATE, text)


def test_the_fields_that_are_called_nearly_the_same_are_offered_first(mapping: Mapping) -> None:
    line = replace(GATE, sources=("customer.cf_brand_name",), target="custom:Brand name")
    offered = targets.near(mapping, ACCOUNT, line)
    assert offered[0].name == "custom:Brand"
    assert not {"last_name", "updated_at", "owner_id"} & {target.name for target in offered}


# --- another transform, another choice ------------------------------------------------------


def test_the_type_of_a_new_field_follows_the_transform(mapping: Mapping) -> None:
    made = changes.retransform(mapping, DOGS, "text", ANN)
    assert line_of(made, "contact.Dogs").transform == "text"
    assert NewField("contact", "Dogs", "text") in made.new_fields


def test_a_transform_that_makes_the_same_type_keeps_the_new_field(mapping: Mapping) -> None:
    assert changes.retransform(mapping, GATE, "upper", ANN).new_fields == mapping.new_fields


@pytest.mark.parametrize(
    ("transform", "error"), [("numbr", MappingInvalidError), ("map:stages", ReviewError)]
)
def test_a_transform_that_is_not_there_is_refused(
    mapping: Mapping, transform: str, error: type[CrossdockError]
) -> None:
    with pytest.raises(error, match="there is no"):
        changes.retransform(mapping, DOGS, transform, ANN)


def test_a_value_becomes_another_choice_by_its_label(mapping: Mapping) -> None:
    made = changes.relabel(mapping, "deal_stage", "ODD", "won", ANN, ["Won", "Lost"])
    assert made.maps["deal_stage"] == {"DONE": "Won", "ODD": "Won"}
    assert line_of(made, "deal.deal_stage_id").who == "Ann"


def test_a_value_may_become_nothing(mapping: Mapping) -> None:
    made = changes.relabel(mapping, "deal_stage", "DONE", "", ANN, ["Won"])
    assert made.maps["deal_stage"]["DONE"] == ""


@pytest.mark.parametrize(
    ("name", "value", "label", "why"),
    [
        ("stages", "ODD", "Won", "no value map stages"),
        ("deal_stage", "EVEN", "Won", 'deal_stage has no value "EVEN"'),
        ("deal_stage", "ODD", "Gone", 'no choice "Gone"; it has: Won, Lost'),
    ],
)
def test_a_map_value_or_choice_that_is_not_there_is_refused(
    mapping: Mapping, name: str, value: str, label: str, why: str
) -> None:
    with pytest.raises(ReviewError, match=why):
        changes.relabel(mapping, name, value, label, ANN, ["Won", "Lost"])


# --- a header that looks like a column ------------------------------------------------------


def test_what_a_header_looks_like_is_read_from_the_reason_that_says_so() -> None:
    line = replace(
        GATE, status="needs decision", reason=claims.reason("customer", "E mail's", "email")
    )
    assert claims.claimed(line) == ("COLUMN:customer.E mail's", "email")


def test_the_reason_holds_the_command_as_it_is_typed() -> None:
    words = shlex.split(claims.reason("customer", "E mail", "email").partition("if so: ")[2])
    assert words == ["crossdock", "answer", "COLUMN:customer.E mail", "email"]


def test_a_line_that_needs_no_decision_claims_no_column() -> None:
    assert claims.claimed(replace(GATE, reason=claims.reason("customer", "E", "email"))) is None


# --- before the signature -------------------------------------------------------------------


def test_the_summary_counts_what_nobody_looked_at(mapping: Mapping) -> None:
    made = decisions.reject(decisions.accept(mapping, GATE, ANN), DOGS, ANN)
    counted = summary(made)
    assert counted.statuses["proposed"] == 4
    assert (counted.sure, counted.unsure) == (4, 1)
    assert (counted.unseen, counted.unseen_unsure) == (4, 1)
    assert counted.new_fields == 2
