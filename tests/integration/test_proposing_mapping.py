"""What an unknown column seems to be decides its line: a field, a new field, or a question."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from crossdock.connectors.base import Description
from crossdock.mapping.document import NEEDS_DECISION, PROPOSED, Line
from crossdock.mapping.propose import Proposed, propose
from crossdock.model.fields import Choice, Entity, Field, FieldType
from crossdock.routes.octopuspro_freshsales import ROUTE
from tests.integration.exports import Shaped, export_of, policies, shaped

CUSTOMERS = """\
Customer ID,First Name,Last Name,Email,Phone,Client cell nr,Web page,CF: Gate-code,Vet phone
1,Orla,Dell,orla@example.com,02 5550 1122,0491 570 006,https://dell.example,1180#,02 5550 7001
2,Pete,Enns,pete@example.com,02 5550 1123,0491 570 156,https://enns.example,A44,02 5550 7002
3,Quinn,Frey,quinn@example.com,,0491 570 157,,,02 5550 7003
"""


def _entity(name: str, *fields: Field) -> Entity:
    return Entity(name, name, fields)


@pytest.fixture(scope="module")
def account() -> Description:
    stage = Field("deal_stage_id", "Deal stage", FieldType.REFERENCE, choices=[Choice("1", "New")])
    entities = {phase.entity: _entity(phase.entity) for phase in ROUTE.phases} | {
        "deal": _entity("deal", stage),
        "sales_account": _entity("sales_account", Field("website", "Website", FieldType.TEXT)),
        "contact": _entity(
            "contact", Field("cf_gate_code", "Gate code", FieldType.TEXT, custom=True)
        ),
    }
    return Description("", entities, ())


@pytest.fixture(scope="module")
def route(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shaped]:
    export: Path = export_of(tmp_path_factory.mktemp("proposing"))
    (export / "customers.csv").write_text(CUSTOMERS, "utf-8")
    with shaped(export) as made:
        yield made


def _line(proposed: Proposed, column: str) -> Line:
    (found,) = [x for x in proposed.mapping.lines if x.sources == (f"customer.{column}",)]
    return found


@pytest.fixture(scope="module")
def proposed(route: Shaped, account: Description) -> Proposed:
    return propose(route.connection, ROUTE, account, policies())


def test_a_column_that_looks_like_one_the_list_lacks_waits_for_a_person(proposed: Proposed) -> None:
    line = _line(proposed, "own_client_cell_nr")
    assert line.status == NEEDS_DECISION
    assert "it looks like customer.mobile" in line.reason
    assert "crossdock answer 'COLUMN:customer.Client cell nr' mobile" in line.reason


def test_a_column_that_a_person_called_the_tenants_own_is_not_asked_about(
    route: Shaped, account: Description
) -> None:
    answers = {"COLUMN:customer.Client cell nr": "own"}
    again = propose(route.connection, ROUTE, account, policies(), answers)
    assert _line(again, "own_client_cell_nr").status == PROPOSED


def test_a_standard_field_that_nothing_else_fills_is_the_target(proposed: Proposed) -> None:
    line = _line(proposed, "own_web_page")
    assert (line.entity, line.target, line.transform) == ("sales_account", "website", "text")


def test_a_custom_field_of_nearly_the_same_label_is_used_and_not_made_again(
    proposed: Proposed,
) -> None:
    assert _line(proposed, "cf_gate_code").target == "custom:Gate code"
    assert "the field is there already" in _line(proposed, "cf_gate_code").reason
    assert not {"Gate code", "Gate-code"} & {f.label for f in proposed.mapping.new_fields}


def test_somebody_elses_phone_becomes_a_new_field_with_the_reason(proposed: Proposed) -> None:
    line = _line(proposed, "own_vet_phone")
    assert (line.entity, line.target, line.status) == ("contact", "custom:Vet phone", PROPOSED)
    assert "“vet” is no part of such a record" in line.reason


def test_a_target_is_filled_by_one_line_only(proposed: Proposed) -> None:
    targets = [(line.entity, line.target) for line in proposed.mapping.lines]
    assert len(targets) == len(set(targets))
