"""What persons do on screens, act by act, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from crossdock.emulator.people import People
from crossdock.emulator.store import Row

from .acting import one, refused, task, user
from .conftest import Api


def test_an_edit_says_what_was_there_before(api: Api, people: People) -> None:
    made = api.contact(mobile_number="0491570006")
    done = one(people, act="edit", entity="contact", id=made["id"], fields={"mobile_number": "1"})
    assert done == {
        "act": "edit",
        "by": user(api, "Avery Admin"),
        "entity": "contact",
        "id": made["id"],
        "fields": {"mobile_number": {"before": "0491570006", "after": "1"}},
    }


def test_who_edits_is_shown_as_the_updater(api: Api, people: People) -> None:
    made = api.contact()
    act = {"act": "edit", "entity": "contacts", "id": made["id"], "by": "kim@example.com"}
    one(people, **act, fields={"city": "Manly"})
    shown = api.get(f"contacts/{made['id']}?include=updater,creater")["contact"]
    assert shown["updater_id"] == user(api, "Kim Larkin")
    assert shown["creater_id"] == user(api, "Avery Admin")


def test_the_first_active_user_acts_when_nobody_is_named(api: Api, people: People) -> None:
    api.account.catalog.items("owners")[0]["is_active"] = False
    made = api.contact()
    done = one(people, act="edit", entity="contact", id=made["id"], fields={"city": "Manly"})
    assert done["by"] == user(api, "Kim Larkin")


@pytest.mark.parametrize(
    "means",
    [
        {"email": "SECOND@x.co"},
        {"name": "jane doe"},
        {"external_id": "E-1"},
        {"cf_number": "7"},
    ],
)
def test_a_record_is_found_by_what_a_person_knows(api: Api, people: People, means: Row) -> None:
    api.control("POST", "fields", {"entity": "contact", "label": "Number"})
    emails = [{"value": "a@x.co", "is_primary": True}, {"value": "second@x.co"}]
    facts = {"external_id": "E-1", "custom_field": {"cf_number": "7"}}
    made = api.contact(first_name="Jane", emails=emails, **facts)
    api.contact(first_name="John")
    done = one(people, act="edit", entity="contact", **means, fields={"city": "Manly"})
    assert done["id"] == made["id"]


def test_a_custom_field_is_edited_by_its_name(api: Api, people: People) -> None:
    api.control("POST", "fields", {"entity": "deal", "label": "Site"})
    made = api.deal(custom_field={"cf_site": "A"})
    done = one(people, act="edit", entity="deal", id=made["id"], fields={"cf_site": "B"})
    assert done["fields"] == {"cf_site": {"before": "A", "after": "B"}}


def test_a_deal_that_is_moved_to_won_closes_today(api: Api, people: People) -> None:
    made = api.deal()
    done = one(people, act="move", id=made["id"], stage="Won")
    assert done["fields"]["closed_date"] == {"before": None, "after": "2026-03-02"}
    assert api.get(f"deals/{made['id']}")["deal"]["probability"] == 100


def test_a_record_is_given_to_another_user(api: Api, people: People) -> None:
    made = api.deal(name="Pool")
    one(people, act="assign", entity="deal", name="pool", owner="Kim Larkin")
    shown = api.get(f"deals/{made['id']}?include=owner")["deal"]
    assert shown["owner_id"] == user(api, "Kim Larkin")


def test_a_note_stands_on_its_record(api: Api, people: People) -> None:
    made = api.contact(emails="a@x.co")
    one(people, act="note", entity="contact", email="a@x.co", text="Rang.", by="kim@example.com")
    (shown,) = api.get(f"contacts/{made['id']}/notes")["notes"]
    assert (shown["description"], shown["creater_id"]) == ("Rang.", user(api, "Kim Larkin"))


def test_a_ticked_task_is_done(api: Api, people: People) -> None:
    made = task(api, "Call", "Contact", api.contact()["id"])
    done = one(people, act="tick", title="Call")
    assert done["fields"]["status"]["after"] == 1
    assert api.get(f"tasks/{made}")["task"]["completed_date"] is not None


def test_a_person_creates_records_too(api: Api, people: People) -> None:
    done = one(
        people, act="create", entity="contact", fields={"emails": "new@x.co"}, by="Kim Larkin"
    )
    assert api.get(f"contacts/{done['id']}")["contact"]["email"] == "new@x.co"
    assert done["fields"]["creater_id"]["after"] == user(api, "Kim Larkin")


def test_what_is_deleted_comes_back_when_it_is_restored(api: Api, people: People) -> None:
    made = api.contact(emails="a@x.co")
    one(people, act="delete", entity="contact", email="a@x.co")
    assert api.refused("GET", f"contacts/{made['id']}")[0] == 404
    one(people, act="restore", entity="contact", email="a@x.co")
    assert api.get(f"contacts/{made['id']}")["contact"]["email"] == "a@x.co"


def test_what_is_forgotten_does_not_come_back(api: Api, people: People) -> None:
    made = api.contact()
    one(people, act="delete", entity="contact", id=made["id"])
    one(people, act="forget", entity="contact", id=made["id"])
    assert "in the recycle bin" in refused(
        people, {"act": "restore", "entity": "contact", "id": made["id"]}
    )


@pytest.mark.parametrize(
    ("act", "text"),
    [
        ("edit", "is no object"),
        ({"act": "dance"}, "'dance' is unknown; known: edit, create"),
        ({"act": "edit", "entity": "leads", "id": 1}, "there is no entity 'leads'"),
        ({"act": "edit", "entity": "contact"}, "say which contact"),
        ({"act": "delete", "entity": "contact", "id": 1}, "there is no contact with id 1"),
        ({"act": "delete", "entity": "contact", "email": "no@x.co"}, "email 'no@x.co'"),
        ({"act": "edit", "entity": "contact", "email": "a@x.co"}, "say which fields"),
        ({"act": "edit", "entity": "contact", "email": "a@x.co", "fields": {"cf_x": 1}}, "cf_x"),
        ({"act": "move", "name": "Clean", "stage": "Gone"}, "there is no deal stage 'Gone'"),
        ({"act": "assign", "entity": "deal", "name": "Clean", "owner": "X"}, "no user 'X'"),
        ({"act": "assign", "entity": "deal", "name": "Clean"}, "say which user becomes the owner"),
        ({"act": "tick", "title": "Call", "by": "X"}, "there is no user 'X'"),
        ({"act": "note", "entity": "contact", "email": "a@x.co"}, "a note needs a text"),
        ({"act": "restore", "entity": "tasks", "id": 1}, "there is no recycle bin for tasks"),
        ({"act": "merge", "entity": "deal", "keep": "A", "lose": ["B"]}, "cannot be merged"),
        ({"act": "merge", "entity": "contact", "keep": "a@x.co", "lose": []}, "name those to lose"),
        ({"act": "merge", "entity": "contact", "keep": "a@x.co", "lose": ["a@x.co"]}, "once"),
        ({"act": "merge", "entity": "contact", "keep": "a@x.co", "lose": ["b@x.co"]}, "b@x.co"),
        ({"act": "anything", "count": 0}, "whole numbers"),
        ({"act": "anything", "seed": "x"}, "whole numbers"),
    ],
)
def test_an_act_that_means_nothing_is_refused_before_anything_is_done(
    api: Api, people: People, act: Any, text: str
) -> None:
    api.contact(emails="a@x.co")
    api.deal()
    good = {"act": "edit", "entity": "contact", "email": "a@x.co", "fields": {"city": "Manly"}}
    message = refused(people, good, act)
    assert message.startswith("act 2: ")
    assert text in message
    assert not any("city" in each for each in api.account.contacts.store.rows.values())


def test_a_name_that_several_records_have_is_refused(api: Api, people: People) -> None:
    api.deal(name="Pool")
    api.deal(name="pool")
    message = refused(people, {"act": "delete", "entity": "deal", "name": "Pool"})
    assert "2 records of deal have name 'Pool'; give an id" in message


def test_the_rules_of_the_account_hold_for_persons(api: Api, people: People) -> None:
    api.contact(emails="a@x.co")
    made = api.contact(emails="b@x.co")
    act = {"act": "edit", "entity": "contact", "id": made["id"], "fields": {"emails": "A@x.co"}}
    assert "act 1 was refused, those before it are done: A@x.co already exists." in refused(
        people, act
    )


def test_what_an_act_took_away_is_gone_for_the_next(api: Api, people: People) -> None:
    made = api.deal()
    gone = {"act": "delete", "entity": "deal", "id": made["id"]}
    assert f"act 2 was refused, those before it are done: the deal {made['id']} is gone" in refused(
        people, gone, gone
    )
