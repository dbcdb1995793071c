"""Records that persons merge."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from crossdock.emulator.lived_in import populate
from crossdock.emulator.people import People
from crossdock.emulator.store import folded

from .acting import account, note, one, row, user
from .conftest import Api


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
