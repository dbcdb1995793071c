from __future__ import annotations

from pathlib import Path

import pytest

from crossdock.emulator import Account
from crossdock.emulator.control.dump import dump
from tests.emulator.conftest import Api, ManualClock, in_process


def reopened(path: Path, **settings: object) -> Api:
    clock = ManualClock()
    account = Account(clock=clock, **settings)  # type: ignore[arg-type]
    account.keep(path)
    return Api(account, clock, in_process(account))


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "account.sqlite"


def test_an_account_in_a_file_goes_on_where_it_was(api: Api, kept: Path) -> None:
    api.account.keep(kept)
    contact = api.contact()
    api.post("settings/contacts/forms/1/fields", {"label": "Ref", "type": "text"})
    deal = api.deal(contacts_added_list=[contact["id"]])
    api.post("deals/bulk_upsert", {"deals": [{"name": "Later", "data": {"amount": 1}}]})
    api("DELETE", f"deals/{deal['id']}")
    again = reopened(kept).account
    assert list(dump(again)) == list(dump(api.account))
    assert again.ids.next("contact") == contact["id"] + 1


def test_what_was_answered_is_in_the_file_though_the_process_never_ended(
    api: Api, kept: Path
) -> None:
    api.account.keep(kept)
    contact = api.contact(last_name="First")
    api.put(f"contacts/{contact['id']}", {"contact": {"last_name": "Second"}})
    gone = api.contact()
    api("DELETE", f"contacts/{gone['id']}/forget")
    again = reopened(kept)
    assert [each["last_name"] for each in again.dump()["contacts"]] == ["Second"]


def test_a_bulk_job_goes_on_after_the_emulator_was_started_again(api: Api, kept: Path) -> None:
    api.account.keep(kept)
    items = [{"name": f"D{i}", "data": {"amount": i}} for i in range(10)]
    api.post("deals/bulk_upsert", {"deals": items})
    again = reopened(kept)
    assert again.get("job_statuses/1")["status"] == "queued"
    again.clock.pass_(60)
    assert again.get("job_statuses/1")["data"]["record_status"]["succeeded"] == 10
    assert len(again.dump()["deals"]) == 10


def test_an_account_that_holds_records_can_move_into_a_file(api: Api, kept: Path) -> None:
    api.contact()
    api.account.keep(kept)
    api.account.close()
    assert len(reopened(kept).dump()["contacts"]) == 1


def test_a_custom_module_and_its_records_are_kept(api: Api, kept: Path) -> None:
    api.account.keep(kept)
    module = {"entity_name": "cm_pet", "singular_name": "Pet", "plural_name": "Pets", "icon": "x"}
    api.post("settings/module_customizations", {"module_customization": module})
    api.post("custom_module/cm_pet", {"cm_pet": {"name": "Rex"}})
    assert [each["name"] for each in reopened(kept).dump()["cm_pet"]] == ["Rex"]


def test_a_file_of_another_seed_is_refused(api: Api, kept: Path) -> None:
    api.account.keep(kept)
    with pytest.raises(ValueError, match=r"account\.sqlite was made with --seed 1"):
        reopened(kept, seed=2)


def test_a_file_that_is_no_account_is_refused(kept: Path) -> None:
    kept.write_bytes(b"not a database at all, but long enough to look like one" * 40)
    with pytest.raises(ValueError, match=r"account\.sqlite is no state of the emulator"):
        reopened(kept)


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"plan": "free"}, "--plan enterprise"),
        ({"currency": "EUR"}, "--currency AUD"),
        ({"time_zone": "UTC"}, "--time-zone Australia/Sydney"),
    ],
)
def test_a_file_of_another_account_is_refused(
    api: Api, kept: Path, settings: dict[str, str], says: str
) -> None:
    api.account.keep(kept)
    with pytest.raises(ValueError, match=says):
        reopened(kept, **settings)


def test_the_key_is_the_one_that_was_said_last(api: Api, kept: Path) -> None:
    api.control("POST", "users", [{"email": "kim@x.co", "key": "kims"}])
    api.account.keep(kept)
    again = reopened(kept, key="another")
    assert set(again.account.keys) == {"another", "kims"}
