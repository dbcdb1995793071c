from __future__ import annotations

from typing import Any

import httpx2
import pytest

from crossdock.errors import RefusedError
from crossdock.model.fields import Choice, Field, FieldType

from .fakes import FakeAccount, refusal, run

LIST, API, WEB = (
    "settings/deals/fields",
    "settings/deals/forms/12/fields",
    "/crm/sales/settings/deals/forms/12/fields",
)
SYSTEM = {"id": 1, "label": "Name", "name": "name", "type": "text", "default": True}
MADE = {
    "id": 2,
    "label": "Job number",
    "name": "cf_job_no",
    "type": "text",
    "default": False,
    "choices": [],
}
WANTED = Field("", "Job number", FieldType.TEXT)


def listed(*fields: dict[str, Any]) -> dict[str, Any]:
    return {"fields": [SYSTEM, *fields]}


def account(*lists: dict[str, Any]) -> FakeAccount:
    return (
        FakeAccount()
        .on("GET", LIST, *lists)
        .on("GET", "settings/deals/forms", {"forms": [{"id": 12, "fields": []}]})
    )


def create(made: FakeAccount, wanted: Field = WANTED) -> Field:
    return run(made.destination().create_field("deal", wanted))


def test_a_field_that_is_there_is_left_alone() -> None:
    made = account(listed(MADE))
    assert create(made).name == "cf_job_no"
    assert len(made.calls) == 1


def test_the_first_way_is_tried_and_its_field_read_back() -> None:
    made = account(listed(), listed(MADE)).on("POST", WEB, {"field": {"name": "cf_something_else"}})
    field = create(made)
    assert (field.name, field.custom, field.max_length) == ("cf_job_no", True, 256)
    body = made.bodies("POST", WEB)[0]
    assert (body["type"], body["internal_name"]) == ("text", "job_number")


@pytest.mark.parametrize(
    "first",
    [
        httpx2.Response(422, json={"error_code": 422}),
        httpx2.Response(401),
        httpx2.Response(302, headers={"Location": "/login"}),
        httpx2.ReadTimeout("x"),
        httpx2.Response(200, json={}),  # accepted, and then not there
    ],
)
def test_the_second_way_is_tried_when_the_first_did_not_work(
    first: httpx2.Response | Exception,
) -> None:
    made = account(listed(), listed(), listed(MADE)).on("POST", WEB, first).on("POST", API, {})
    assert create(made).name == "cf_job_no"
    assert made.bodies("POST", API)[0]["label"] == "Job number"


def test_a_lost_answer_whose_field_is_there_does_not_make_a_second() -> None:
    made = account(listed(), listed(MADE)).on("POST", WEB, httpx2.ReadTimeout("x"))
    assert create(made).name == "cf_job_no"
    assert made.count(API) == 0


def test_when_neither_works_the_person_is_told_what_to_add() -> None:
    made = account(listed()).on("POST", WEB, refusal(404, "no route"))
    wanted = Field("", "Size", FieldType.PICKLIST, choices=(Choice("", "S"), Choice("", "L")))
    with pytest.raises(RefusedError) as caught:
        create(made, wanted)
    assert 'label "Size", type dropdown, choices S, L' in caught.value.message
    assert caught.value.next_command.startswith("crossdock fields")


def test_a_field_of_another_type_is_not_taken_for_the_wanted_one() -> None:
    made = account(listed({**MADE, "type": "checkbox"}))
    with pytest.raises(RefusedError, match="is of type checkbox and not text"):
        create(made)


def test_a_task_has_no_form_to_add_to() -> None:
    with pytest.raises(RefusedError):
        run(FakeAccount().destination().create_field("task", WANTED))
