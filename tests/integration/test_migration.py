"""Planning sends nothing, loading doubles nothing, verifying overlooks nothing."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from crossdock.emulator import Faults
from crossdock.errors import GateUnbalancedError
from crossdock.ledger import Ledger
from crossdock.ledger.ledger import Settled
from crossdock.model.faults import FaultPoints
from crossdock.model.times import VirtualClock
from crossdock.verify.verify import Verification
from tests.integration.companies import COMPANY
from tests.integration.desks import Desk, desk_for, dying
from tests.integration.exports import export_of

Found = Mapping[str, Any]


@pytest.fixture
def confirmed(confirmed_desk: Desk, tmp_path: Path) -> Desk:
    return confirmed_desk.copied(tmp_path / "project")


@pytest.fixture
def loaded(loaded_desk: Desk, tmp_path: Path) -> Desk:
    return loaded_desk.copied(tmp_path / "project")


def _record(desk: Desk, kind: str, **like: str) -> dict[str, Any]:
    found = [r for r in desk.dump()[kind] if all(r.get(k) == v for k, v in like.items())]
    assert found, f"no {kind} with {like}"
    return found[0]


def _deal(desk: Desk, number: str) -> dict[str, Any]:
    (found,) = [r for r in desk.dump()["deals"] if r["name"].startswith(number + " ")]
    return found


def _differences(result: Verification, **like: str) -> list[Found]:
    return [d for d in result.differences if all(d[k] == v for k, v in like.items())]


def _keys(records: list[dict[str, Any]], name: str) -> list[str]:
    """Return the values by which records can be told apart, most frequent first."""
    return [str(record[name]) for record in records]


# --- the plan -------------------------------------------------------------------------------


def test_planning_writes_nothing(confirmed: Desk) -> None:
    confirmed.plan()
    assert confirmed.writes() == 0


def test_an_unchanged_plan_is_the_same_plan(confirmed: Desk) -> None:
    assert confirmed.plan().digest == confirmed.plan().digest


def test_a_rejected_line_is_in_no_record(confirmed: Desk) -> None:
    label = "Job address"
    field = confirmed.bench.description().entity("deal").field_by_label(label)
    assert field is not None
    confirmed.reject(f"custom:{label}")
    with confirmed.bench.project.database() as connection:
        confirmed.confirm(connection)
    confirmed.plan()
    payloads = [json.loads(p) for (p,) in confirmed.planned("SELECT payload FROM plan.deal")]
    assert not [p for p in payloads if field.name in p["custom_field"]]


def test_a_record_without_what_the_destination_demands_is_rejected_with_the_reason(
    confirmed: Desk,
) -> None:
    confirmed.edit(('missing_email = "placeholder"', 'missing_email = "reject"'))
    with confirmed.bench.project.database() as connection:
        confirmed.confirm(connection)
    (reject,) = [r for r in confirmed.plan().rejects if r["entity"] == "contact"]
    assert (reject["count"], reject["examples"]) == (1, ["C1-2"])
    assert "email" in reject["reason"].lower()


def test_what_is_rejected_in_the_plan_is_not_sent(confirmed: Desk) -> None:
    confirmed.edit(('missing_email = "placeholder"', 'missing_email = "reject"'))
    with confirmed.bench.project.database() as connection:
        confirmed.confirm(connection)
    confirmed.run()
    assert sorted(_keys(confirmed.dump()["contacts"], "external_id")) == ["C1-1", "C2-1"]


def test_the_plans_money_is_the_exports(confirmed: Desk) -> None:
    assert confirmed.plan().money == [
        {
            "currency": "AUD",
            "invoiced": "110.00",
            "paid": "60.00",
            "refunded": "0.00",
            "outstanding": "50.00",
            "quoted": "75.50",
        }
    ]


def test_the_requests_of_a_plan_are_about_what_a_run_costs(confirmed: Desk) -> None:
    planned = confirmed.plan().requests
    assert 0.5 < confirmed.run().requests / planned < 3


# --- the run --------------------------------------------------------------------------------


def test_every_phase_of_a_run_balances(confirmed: Desk) -> None:
    assert [p.entity for p in confirmed.run().phases if not p.balanced] == []


def test_what_arrived_is_what_was_planned(loaded: Desk) -> None:
    held = {kind: len(records) for kind, records in loaded.dump().items()}
    wanted = {"sales_accounts": 2, "contacts": 3, "deals": 4, "products": 1, "appointments": 1}
    assert {kind: held[kind] for kind in wanted} == wanted


def test_the_lines_of_a_deal_do_not_change_its_amount(loaded: Desk) -> None:
    assert float(_deal(loaded, "BOK-1")["amount"]) == 110.0


def test_a_second_run_writes_nothing(loaded: Desk) -> None:
    before = loaded.writes()
    loaded.run()
    assert loaded.writes() == before


def test_a_second_run_finds_everything_there(loaded: Desk) -> None:
    phases = loaded.run().phases
    assert (sum(p.created for p in phases), all(p.balanced for p in phases)) == (0, True)


@pytest.mark.parametrize("point", ["contact.sent", "deal.intended", "note.sent", "task.settled"])
def test_a_run_that_died_goes_on_and_doubles_nothing(
    confirmed: Desk, loaded_desk: Desk, point: str
) -> None:
    with dying(point) as faults:
        confirmed.run(faults)
    assert all(phase.balanced for phase in confirmed.run().phases)
    held = {kind: len(records) for kind, records in confirmed.dump().items()}
    assert held == {kind: len(records) for kind, records in loaded_desk.dump().items()}


def test_a_run_that_died_goes_on_under_its_own_number(confirmed: Desk) -> None:
    with dying("deal.sent") as faults:
        confirmed.run(faults)
    assert confirmed.run().run == 1


def test_a_record_that_vanishes_between_writing_and_reading_stops_the_run(
    confirmed: Desk,
) -> None:
    def delete() -> None:
        deal = confirmed.account.deals.store.live()[0]
        confirmed.account.deals.delete(deal["id"])

    with pytest.raises(GateUnbalancedError, match="not at the destination"):
        confirmed.run(FaultPoints({("deal.settled", 1): delete}))


# --- what is there already ------------------------------------------------------------------


def test_an_account_of_the_same_name_is_linked_and_not_overwritten(confirmed: Desk) -> None:
    theirs = {"name": "citizen strata", "phone": "1234"}
    made = confirmed.call("POST", "sales_accounts", {"sales_account": theirs})["sales_account"]
    confirmed.run()
    (found,) = [a for a in confirmed.dump()["sales_accounts"]
                if a["name"].lower() == "citizen strata"]  # fmt: skip
    assert (found["id"], found["name"], found["phone"]) == (made["id"], "citizen strata", "1234")


def test_a_contact_of_the_same_address_is_linked_and_not_overwritten(confirmed: Desk) -> None:
    theirs = {"last_name": "Someone Else", "emails": "Jane@example.com"}
    made = confirmed.call("POST", "contacts", {"contact": theirs})["contact"]
    result = confirmed.run()
    (found,) = [c for c in confirmed.dump()["contacts"] if c["id"] == made["id"]]
    assert (found["last_name"], found["external_id"]) == ("Someone Else", None)
    assert next(p.matched for p in result.phases if p.entity == "contact") == 1


def test_the_jobs_of_somebody_who_was_there_already_stand_on_his_record(confirmed: Desk) -> None:
    theirs = {"name": "Citizen Strata"}
    made = confirmed.call("POST", "sales_accounts", {"sales_account": theirs})["sales_account"]
    confirmed.run()
    assert _deal(confirmed, "BOK-1")["sales_account_id"] == made["id"]


def test_a_deal_of_the_same_name_is_somebody_elses_and_stays_as_it_is(confirmed: Desk) -> None:
    confirmed.plan()
    ((name,),) = confirmed.planned(
        "SELECT payload ->> '$.name' FROM plan.deal WHERE source_key = 'BOK-1'"
    )
    made = confirmed.call("POST", "deals", {"deal": {"name": name, "amount": 7}})["deal"]
    confirmed.bench.project.stage_file.unlink()
    confirmed.run()
    theirs = next(d for d in confirmed.dump()["deals"] if d["id"] == made["id"])
    assert (theirs["name"], float(theirs["amount"])) == (name, 7.0)
    assert len(confirmed.dump()["deals"]) == 5


# --- verification ---------------------------------------------------------------------------


def test_what_nobody_touched_is_verified_clean(loaded: Desk) -> None:
    result = loaded.verify()
    assert (result.clean, list(result.differences)) == (True, [])


def test_verifying_writes_nothing(loaded: Desk) -> None:
    before = loaded.writes()
    loaded.verify()
    assert loaded.writes() == before


def test_an_amount_that_was_changed_is_unexpected(loaded: Desk) -> None:
    deal = _deal(loaded, "BOK-2")
    loaded.call("PUT", f"deals/{deal['id']}", {"deal": {"amount": 999}})
    (found,) = _differences(loaded.verify(), entity="deal", field="amount")
    assert (found["source_id"], found["class"]) == ("BOK-2", "unexpected")


def test_money_that_was_changed_no_longer_agrees(loaded: Desk) -> None:
    deal = _deal(loaded, "BOK-1")
    field = loaded.bench.description().entity("deal").field_by_label("Paid")
    assert field is not None
    loaded.call("PUT", f"deals/{deal['id']}", {"deal": {"custom_field": {field.name: 61}}})
    (paid,) = [row for row in loaded.verify().money if row["measure"] == "paid"]
    assert (paid["source"], paid["destination"]) == ("60.00", "61.00")


def test_a_text_that_was_cut_is_truncated(loaded: Desk) -> None:
    account = _record(loaded, "sales_accounts", name="Citizen Strata")
    loaded.call("PUT", f"sales_accounts/{account['id']}", {"sales_account": {"address": "12 Smi"}})
    (found,) = _differences(loaded.verify(), entity="sales_account", field="address")
    assert (found["found"], found["class"]) == ("12 Smi", "truncated")


def test_a_text_that_was_emptied_is_missing(loaded: Desk) -> None:
    account = _record(loaded, "sales_accounts", name="Citizen Strata")
    loaded.call("PUT", f"sales_accounts/{account['id']}", {"sales_account": {"city": None}})
    (found,) = _differences(loaded.verify(), entity="sales_account", field="city")
    assert found["class"] == "missing"


def test_an_empty_text_is_as_missing_as_none(loaded: Desk) -> None:
    account = _record(loaded, "sales_accounts", name="Citizen Strata")
    loaded.call("PUT", f"sales_accounts/{account['id']}", {"sales_account": {"city": ""}})
    (found,) = _differences(loaded.verify(), entity="sales_account", field="city")
    assert found["class"] == "missing"


def test_a_note_that_was_deleted_is_missing(loaded: Desk) -> None:
    note = loaded.dump()["notes"][0]
    loaded.call("DELETE", f"notes/{note['id']}")
    (found,) = _differences(loaded.verify(), entity="note")
    assert (found["field"], found["class"]) == ("*", "missing")


def test_a_deal_that_was_deleted_is_missing(loaded: Desk) -> None:
    deal = _deal(loaded, "BOK-3")
    loaded.call("DELETE", f"deals/{deal['id']}")
    (found,) = _differences(loaded.verify(), entity="deal")
    assert (found["source_id"], found["class"]) == ("BOK-3", "missing")


def test_a_deal_that_was_given_to_another_account_is_unexpected(loaded: Desk) -> None:
    deal, other = _deal(loaded, "BOK-1"), _record(loaded, "sales_accounts", name="Ann Roe")
    loaded.call("PUT", f"deals/{deal['id']}", {"deal": {"sales_account_id": other["id"]}})
    (found,) = _differences(loaded.verify(), entity="deal", field="sales_account_id")
    assert found["class"] == "unexpected"


def test_a_record_that_somebody_added_is_no_difference(loaded: Desk) -> None:
    loaded.call("POST", "deals", {"deal": {"name": "Another job", "amount": 5}})
    assert loaded.verify().clean


# --- a destination that fails ---------------------------------------------------------------

TROUBLES = {
    "lost answers": Faults(seed=3, lost_answer=0.15, reads=False),
    "lost requests": Faults(seed=4, lost_request=0.15, reads=False),
    "too many requests": Faults(seed=5, too_many_requests=0.15),
    "server errors": Faults(seed=6, server_error=0.15),
    "slow jobs": Faults(seed=7, slow_jobs=0.7),
}


@pytest.mark.parametrize("trouble", TROUBLES)
def test_trouble_at_the_destination_ends_with_everything_there_once(
    confirmed: Desk, loaded_desk: Desk, trouble: str
) -> None:
    confirmed.account.faults = TROUBLES[trouble]
    result = confirmed.run()
    confirmed.account.faults = Faults()
    assert [p.entity for p in result.phases if not p.balanced] == []
    held = {kind: len(records) for kind, records in confirmed.dump().items()}
    assert held == {kind: len(records) for kind, records in loaded_desk.dump().items()}


# --- the ledger -----------------------------------------------------------------------------


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    made = Ledger(tmp_path / "ledger.sqlite", VirtualClock())
    yield made
    made.close()


def test_an_intent_is_in_doubt_until_its_outcome_is_told(ledger: Ledger) -> None:
    run = ledger.open_run("plan", "mapping", "here")
    ledger.intend(run, "deal", ["BOK-1", "BOK-2"])
    ledger.settle(run, "deal", [Settled("BOK-1", "confirmed", "501")])
    assert ledger.keys_in("deal", ["intended"]) == ["BOK-2"]


def test_an_intent_outlives_the_program(tmp_path: Path) -> None:
    path = tmp_path / "kept.sqlite"
    first = Ledger(path, VirtualClock())
    first.intend(first.open_run("plan", "mapping", "here"), "deal", ["BOK-1"])
    first.close()
    second = Ledger(path, VirtualClock())
    found = second.keys_in("deal", ["intended"])
    second.close()
    assert found == ["BOK-1"]


def test_an_intent_is_committed_before_its_request_leaves(confirmed: Desk) -> None:
    known: list[int] = []

    def look() -> None:
        ledger = Ledger(confirmed.bench.project.ledger_file, confirmed.clock)
        known.append(len(ledger.keys_in("deal", ["intended"])))
        known.append(sum("deals" in request for request in confirmed.sent if "POST" in request))
        ledger.close()

    confirmed.run(FaultPoints({("deal.intended", 1): look}))
    assert known == [4, 0]


def test_a_record_that_crossed_keeps_its_first_id(ledger: Ledger) -> None:
    run = ledger.open_run("plan", "mapping", "here")
    ledger.intend(run, "deal", ["BOK-1"])
    ledger.settle(run, "deal", [Settled("BOK-1", "confirmed", "501")])
    ledger.adopt(run, "deal", [("BOK-1", "777", "")])
    assert ledger.ids("deal", ["BOK-1"]) == {"BOK-1": "501"}


def test_an_unfinished_run_is_opened_again_and_a_finished_one_is_not(ledger: Ledger) -> None:
    first = ledger.open_run("plan", "mapping", "here")
    assert ledger.open_run("plan", "mapping", "here") == first
    ledger.finish_run(first)
    assert ledger.open_run("plan", "mapping", "here") != first


def test_another_destination_is_another_run(ledger: Ledger) -> None:
    first = ledger.open_run("plan", "mapping", "sandbox")
    assert ledger.open_run("plan", "mapping", "production") != first


def test_only_the_last_word_about_a_record_counts(ledger: Ledger) -> None:
    run = ledger.open_run("plan", "mapping", "here")
    for state in ("rejected", "confirmed"):
        ledger.intend(run, "deal", ["BOK-1"])
        ledger.settle(run, "deal", [Settled("BOK-1", state, "501", "no such stage")])
    assert ledger.rejections("deal") == []


def test_a_refusal_is_kept_with_the_destinations_words(ledger: Ledger) -> None:
    run = ledger.open_run("plan", "mapping", "here")
    ledger.intend(run, "deal", ["BOK-1"])
    ledger.settle(run, "deal", [Settled("BOK-1", "rejected", detail="Name is too long")])
    assert ledger.rejections("deal") == [("BOK-1", "Name is too long")]


def test_a_name_that_stands_twice_in_the_export_is_two_accounts_at_the_destination(
    tmp_path: Path,
) -> None:
    twins = [
        {"customer_id": str(n), "first_name": "Sam", "last_name": "Same", "mobile": f"040000000{n}"}
        for n in (1, 2)
    ]
    files = {**COMPANY, "customers": [*COMPANY["customers"], *twins]}
    desk = desk_for(tmp_path / "project", export_of(tmp_path, **files))
    desk.prepare()
    desk.run()
    names = Counter(_keys(desk.dump()["sales_accounts"], "name"))
    assert [name for name, times in names.items() if times > 1] == []
