from __future__ import annotations

from random import Random
from typing import Any

import pytest

from crossdock.emulator.lived_in import populate
from crossdock.emulator.people import People
from crossdock.emulator.store import Row, folded

from .conftest import Api


@pytest.fixture
def people(api: Api) -> People:
    api.account.add_user("Kim Larkin", "kim@example.com")
    return People(api.account)


def one(people: People, **act: Any) -> dict[str, Any]:
    (done,) = people.perform([act])
    return done


def refused(people: People, *acts: Any) -> str:
    with pytest.raises(ValueError) as problem:
        people.perform(list(acts))
    return str(problem.value)


def user(api: Api, name: str) -> int:
    return int(next(u["id"] for u in api.account.catalog.items("owners") if u["name"] == name))


def account(api: Api, name: str, **fields: Any) -> dict[str, Any]:
    return api.post("sales_accounts", {"sales_account": {"name": name} | fields})["sales_account"]


def note(api: Api, text: str, model: str, record_id: int) -> None:
    hung = {"targetable_type": model, "targetable_id": record_id}
    api.post("notes", {"note": {"description": text} | hung})


def task(api: Api, title: str, model: str, record_id: int) -> int:
    hung = {"targetable_type": model, "targetable_id": record_id}
    body = {"title": title, "due_date": "2026-03-05T10:00:00+11:00"} | hung
    return int(api.post("tasks", {"task": body})["task"]["id"])


def row(api: Api, entity: str, record_id: int) -> Row:
    found = api.account.stores()[entity].get(record_id)
    assert found is not None
    return found


# -- single acts -------------------------------------------------------------------------------


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


# -- refusals ----------------------------------------------------------------------------------


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


# -- merging -----------------------------------------------------------------------------------


def test_a_merged_contact_fills_its_empty_fields_and_keeps_the_others(
    api: Api, people: People
) -> None:
    kept = api.contact(first_name="Jane", emails="a@x.co", mobile_number="1", tags=["vip"])
    api.clock.pass_(60)
    api.contact(emails="b@x.co", mobile_number="2", city="Manly", job_title="Owner", tags=["new"])
    api.clock.pass_(60)
    api.contact(emails="c@x.co", city="Newtown")
    lose = ["b@x.co", "c@x.co"]
    done = one(people, act="merge", entity="contact", keep="a@x.co", lose=lose, by="Kim Larkin")
    shown = api.get(f"contacts/{kept['id']}?include=updater")["contact"]
    assert (shown["mobile_number"], shown["job_title"]) == ("1", "Owner")
    # Of several that can fill a field, the one that was updated last does.
    assert shown["city"] == "Newtown"
    assert shown["tags"] == ["vip", "new"]
    assert shown["updater_id"] == user(api, "Kim Larkin")
    assert done["fields"]["city"] == {"before": None, "after": "Newtown"}


def test_a_merged_contact_is_as_old_as_the_oldest(api: Api, people: People) -> None:
    oldest = api.contact(emails="a@x.co")
    api.clock.pass_(3600)
    kept = api.contact(emails="b@x.co")
    one(people, act="merge", entity="contact", keep=kept["id"], lose=[oldest["id"]])
    shown = api.get(f"contacts/{kept['id']}")["contact"]
    assert shown["created_at"] == oldest["created_at"]


def test_the_lost_contact_is_gone_for_good(api: Api, people: People) -> None:
    kept, lost = api.contact(emails="a@x.co"), api.contact(emails="b@x.co")
    done = one(people, act="merge", entity="contact", keep=kept["id"], lose=[lost["id"]])
    assert done["lost"] == [lost["id"]]
    assert api.refused("GET", f"contacts/{lost['id']}")[0] == 404
    assert api.refused("PUT", f"contacts/{lost['id']}/restore")[0] == 404


def test_a_contact_without_address_takes_over_the_primary_one(open_account: Any) -> None:
    api = open_account(mandatory_contact_fields=())
    kept, lost = api.contact(emails=None), api.contact(emails="b@x.co")
    act = {"act": "merge", "entity": "contact", "keep": kept["id"], "lose": [lost["id"]]}
    People(api.account).perform([act])
    assert api.get(f"contacts/{kept['id']}")["contact"]["email"] == "b@x.co"


def test_a_lookup_to_the_lost_contact_names_the_kept_one(api: Api, people: People) -> None:
    lookup = {"entity": "deal", "label": "Payer", "type": "auto_complete", "lookup": "contact"}
    api.control("POST", "fields", lookup)
    kept, lost = api.contact(), api.contact()
    made = api.deal(custom_field={"cf_payer": lost["id"]})
    one(people, act="merge", entity="contact", keep=kept["id"], lose=[lost["id"]])
    assert api.get(f"deals/{made['id']}")["deal"]["custom_field"]["cf_payer"] == kept["id"]


def test_a_merged_account_takes_over_contacts_deals_and_children(api: Api, people: People) -> None:
    kept, lost = account(api, "Wattle Pty Ltd"), account(api, "Wattle P/L", city="Manly")
    child = account(api, "Wattle North", parent_sales_account_id=lost["id"])
    both = [{"id": kept["id"], "is_primary": False}, {"id": lost["id"], "is_primary": True}]
    person = api.contact(sales_accounts=both)
    made = api.deal(sales_account_id=lost["id"])
    note(api, "Gate code 1", "SalesAccount", lost["id"])
    done = one(people, act="merge", entity="sales_account", keep=kept["id"], lose=["wattle p/l"])
    assert {name: count for name, count in done["moved"].items() if count} == {
        "contacts": 1,
        "deals": 1,
        "sales_accounts": 1,
        "notes": 1,
    }
    assert row(api, "contact", person["id"])["sales_accounts"] == [[kept["id"], True]]
    assert row(api, "deal", made["id"])["sales_account_id"] == kept["id"]
    assert row(api, "sales_account", child["id"])["parent_sales_account_id"] == kept["id"]
    assert len(api.get(f"sales_accounts/{kept['id']}/notes")["notes"]) == 1
    assert api.get(f"sales_accounts/{kept['id']}")["sales_account"]["city"] == "Manly"


def test_an_account_does_not_become_its_own_parent(api: Api, people: People) -> None:
    lost = account(api, "Wattle")
    kept = account(api, "Wattle North", parent_sales_account_id=lost["id"])
    one(people, act="merge", entity="sales_account", keep=kept["id"], lose=[lost["id"]])
    assert "parent_sales_account_id" not in row(api, "sales_account", kept["id"])


def hanging_on(api: Api, model: str, ids: list[int]) -> dict[str, set[int]]:
    """Return what hangs on records: deals, activities and lists, by kind."""
    account = api.account
    index = {"Contact": "contact", "SalesAccount": "account"}[model]
    found = {"deals": {d for i in ids for d in account.deals.store.index(index).find(i)}}
    for kind in account.activities.stores:
        found[kind] = {each for i in ids for each in account.activities.of(kind, model, i)}
    if model == "Contact":
        lists = account.lists.all.values()
        found["lists"] = {each["id"] for each in lists if set(ids) & set(each["contacts"])}
    else:
        contacts = account.contacts.store
        found["contacts"] = {c for i in ids for c in contacts.index("account").find(i)}
    return found


@pytest.mark.parametrize("seed", range(1, 9))
@pytest.mark.parametrize("entity", ["contact", "sales_account"])
def test_merging_loses_nothing(api: Api, entity: str, seed: int) -> None:
    populate(api.account, 7)
    records = api.account.records(entity)
    assert records is not None
    ids = Random(seed).sample(records.store.live, 6)
    rows = [dict(row(api, entity, each)) for each in ids]
    before = hanging_on(api, records.schema.model, ids)
    act = {"act": "merge", "entity": entity, "keep": ids[0], "lose": ids[1:]}
    People(api.account).perform([act])

    assert hanging_on(api, records.schema.model, ids[:1]) == before
    kept = row(api, entity, ids[0])
    assert set(kept) >= {name for each in rows for name in each} - {"parent_sales_account_id"}
    assert set(kept.get("tags", ())) == {tag for each in rows for tag in each.get("tags", ())}
    assert {folded(a[1]) for a in kept.get("emails", ())} == {
        folded(a[1]) for each in rows for a in each.get("emails", ())
    }
    assert {link[0] for link in kept.get("sales_accounts", ())} == {
        link[0] for each in rows for link in each.get("sales_accounts", ())
    }
    assert sum(link[1] for link in kept.get("sales_accounts", ())) <= 1
    joined = ("updated_at", "updater_id", "created_at", "tags", "emails", "sales_accounts")
    own = {name: value for name, value in rows[0].items() if name not in (*joined, "custom_field")}
    assert {name: kept.get(name) for name in own} == own
    assert kept.get("custom_field", {}).items() >= rows[0].get("custom_field", {}).items()


# -- at random ---------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["edit", "merge", "delete"])
def test_a_person_finds_something_to_do(api: Api, kind: str) -> None:
    populate(api.account, 7)
    random = Random(1)
    done = [People(api.account).act_at_random(random, kind) for _ in range(30)]
    acts = {each["act"] for each in done if each}
    assert acts == ({"edit", "tick"} if kind == "edit" else {kind})


def test_there_is_nothing_to_do_in_an_empty_account(api: Api) -> None:
    people = People(api.account)
    assert [people.act_at_random(Random(1), kind) for kind in ("edit", "merge", "delete")] == [
        None,
        None,
        None,
    ]
    assert people.perform([{"act": "anything", "count": 5, "seed": 7}]) == []


def test_an_unknown_kind_of_act_at_random_is_refused(people: People) -> None:
    with pytest.raises(ValueError, match="'sing' is no kind of act at random"):
        people.act_at_random(Random(1), "sing")


def test_what_was_written_last_is_what_persons_turn_to(api: Api) -> None:
    populate(api.account, 7)
    newest = set(api.account.deals.store.live[-45:])
    random = Random(1)
    done = [People(api.account).act_at_random(random, "edit") for _ in range(60)]
    deals = [each["id"] for each in done if each and each["entity"] == "deal"]
    assert sum(each in newest for each in deals) > 0.8 * len(deals)


def test_the_same_seed_does_the_same(open_account: Any) -> None:
    act = {"act": "anything", "count": 25, "seed": 7, "by": "Kim Larkin"}
    outcomes = []
    for _ in range(2):
        api = open_account()
        populate(api.account, 7)
        outcomes.append(People(api.account).perform([act]))
    assert outcomes[0] == outcomes[1]
    assert len(outcomes[0]) > 20
    assert len({each["by"] for each in outcomes[0]}) == 1
