from __future__ import annotations

import time
from typing import Any

import pytest

from crossdock.emulator import Assumptions
from crossdock.emulator.lived_in import populate
from crossdock.emulator.store import Row

from .conftest import Api

PLANS = ("free", "growth", "pro", "enterprise", "trial")
_YEAR = 366 * 86_400


@pytest.fixture
def lived(api: Api) -> Api:
    populate(api.account, 7)
    return api


def state(api: Api) -> dict[str, list[Row]]:
    return {name: store.state() for name, store in api.account.stores().items()}


def live(api: Api, entity: str) -> list[Row]:
    store = api.account.stores()[entity]
    return [store.rows[each] for each in store.live]


def addresses(row: Row) -> list[str]:
    return [each[1].casefold() for each in row.get("emails", ())]


def letters(text: str) -> str:
    return "".join(each for each in text.casefold() if each.isalnum())


def company(name: str) -> str:
    """Return a company's name without what says that it is one."""
    plain = letters(name)
    for end in ("ptyltd", "ptylimited", "pl"):
        plain = plain.removesuffix(end)
    return plain


def test_the_same_seed_gives_the_same_records(open_account: Any) -> None:
    first, second = open_account(), open_account()
    populate(first.account, 7)
    populate(second.account, 7)
    assert state(first) == state(second)


def test_another_seed_gives_other_records(open_account: Any) -> None:
    first, second = open_account(), open_account()
    populate(first.account, 7)
    populate(second.account, 8)
    assert state(first) != state(second)


@pytest.mark.parametrize("plan", PLANS)
def test_every_plan_gets_the_records_that_it_has_room_for(open_account: Any, plan: str) -> None:
    api = open_account(plan=plan)
    populate(api.account, 7)
    counts = {name: len(rows) for name, rows in state(api).items()}
    assert (counts["sales_account"], counts["contact"], counts["deal"]) == (61, 146, 91)
    assert bool(counts["product"]) is api.account.plan.products
    assert bool(counts["sales_activities"]) is api.account.plan.sales_activities
    assert any(name.startswith("cm_") for name in counts) is api.account.plan.custom_modules
    assert bool(api.account.schemas["contact"].custom) is (plan != "free")


@pytest.mark.parametrize("seed", range(1, 6))
def test_no_two_live_contacts_have_one_address(open_account: Any, seed: int) -> None:
    api = open_account()
    populate(api.account, seed)
    found = [each for row in live(api, "contact") for each in addresses(row)]
    assert len(found) == len(set(found))


def test_nothing_required_blocks_a_load(lived: Api) -> None:
    schemas = lived.account.schemas.values()
    assert not [each.name for schema in schemas for each in schema.custom.values() if each.required]


def test_ids_grow_with_the_time_of_creation(lived: Api) -> None:
    for name, rows in state(lived).items():
        moments = [row["created_at"] for row in sorted(rows, key=lambda row: row["id"])]
        assert moments == sorted(moments), name


def test_everything_happened_in_the_past_two_years(lived: Api) -> None:
    now = lived.account.now()
    moments = [row["created_at"] for rows in state(lived).values() for row in rows]
    assert now - 2 * _YEAR < min(moments) < now - _YEAR < max(moments) < now
    assert max(row["updated_at"] for row in live(lived, "deal")) < now


def test_the_clock_is_the_account_s_own_again(lived: Api) -> None:
    assert lived.account.clock is lived.clock


def test_deals_are_open_won_and_lost_on_days_that_are_past(lived: Api) -> None:
    deals = lived.account.deals
    by_forecast: dict[str, list[Row]] = {}
    for row in live(lived, "deal"):
        by_forecast.setdefault(deals.forecast(row), []).append(row)
    assert set(by_forecast) == {"Open", "Closed Won", "Closed Lost"}
    assert all(len(rows) >= 10 for rows in by_forecast.values())
    today = lived.account.zone.day(lived.account.now())
    for row in by_forecast["Closed Won"] + by_forecast["Closed Lost"]:
        assert lived.account.zone.day(row["created_at"]) <= row["closed_date"] <= today
    assert not any("closed_date" in row for row in by_forecast["Open"])


def test_a_person_is_there_twice_with_other_addresses_and_numbers(lived: Api) -> None:
    twins: dict[str, list[Row]] = {}
    for row in live(lived, "contact"):
        digits = letters(row["mobile_number"])[-9:]
        name = f"{row['first_name']} {row['last_name']}".casefold()
        twins.setdefault(f"{name} {digits}", []).append(row)
    pairs = [rows for rows in twins.values() if len(rows) > 1]
    assert len(pairs) >= 8
    assert all(len({row["email"].casefold() for row in rows}) == len(rows) for rows in pairs)
    assert any(len({row["mobile_number"][:3] for row in rows}) > 1 for rows in pairs)
    assert any(len({row["first_name"] for row in rows}) > 1 for rows in pairs)


def test_a_company_is_there_twice_in_another_spelling(lived: Api) -> None:
    names = [row["name"] for row in live(lived, "sales_account")]
    again = [name for name in names if sum(company(name) == company(n) for n in names) > 1]
    assert len(again) >= 10
    assert len({name.casefold() for name in names}) == len(names)


def test_the_bin_holds_addresses_that_may_come_back(lived: Api) -> None:
    contacts = lived.account.contacts.store
    binned = {each for record in contacts.bin for each in addresses(contacts.rows[record])}
    used = {each: row for row in live(lived, "contact") for each in addresses(row)}
    assert len(binned) == 6
    assert len(binned - set(used)) == 5
    (back,) = binned & set(used)
    assert used[back]["email"] != back


def test_a_bin_that_keeps_addresses_taken_is_respected(open_account: Any) -> None:
    api = open_account(assumptions=Assumptions(bin_keeps_unique_values=True))
    populate(api.account, 7)
    contacts = api.account.contacts.store
    binned = {each for record in contacts.bin for each in addresses(contacts.rows[record])}
    assert not binned & {each for row in live(api, "contact") for each in addresses(row)}


def test_one_of_six_users_has_left(lived: Api) -> None:
    users = lived.account.catalog.items("owners")
    left = [user["id"] for user in users if not user["is_active"]]
    assert (len(users), len(left)) == (6, 1)
    assert any(row["owner_id"] == left[0] for row in live(lived, "contact"))


def test_some_contacts_have_no_account_and_some_have_a_number_of_the_books(lived: Api) -> None:
    rows = live(lived, "contact")
    assert 40 < sum("sales_accounts" not in row for row in rows) < 70
    numbers = [row["external_id"] for row in rows if "external_id" in row]
    assert len(numbers) >= 10
    assert len(set(numbers)) == len(numbers)


def test_lists_tags_and_fields_exist_already(lived: Api) -> None:
    assert [len(row["contacts"]) > 5 for row in lived.account.lists.all.values()] == [True, True]
    assert any(row.get("tags") for row in live(lived, "contact"))
    assert "cf_customer_number" in lived.account.schemas["contact"].custom


def test_a_form_that_wants_external_ids_gets_them(open_account: Any) -> None:
    api = open_account(mandatory_contact_fields=("external_id",))
    populate(api.account, 7)
    assert all(row["external_id"] for row in live(api, "contact"))


def test_the_api_shows_what_is_there(lived: Api) -> None:
    view = lived.view("contacts", "All Contacts")
    shown = lived.get(f"contacts/view/{view}?per_page=100")
    assert shown["meta"]["total"] == 140


def test_it_takes_no_time(api: Api) -> None:
    started = time.perf_counter()
    populate(api.account, 7)
    assert time.perf_counter() - started < 0.3


def test_only_an_empty_account_is_populated(api: Api) -> None:
    api.contact()
    with pytest.raises(ValueError, match="holds records already"):
        populate(api.account, 7)
