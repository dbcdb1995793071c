"""Planning sends nothing, loading doubles nothing, verifying overlooks nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from crossdock.emulator import Faults
from crossdock.errors import GateUnbalancedError
from crossdock.ledger import Ledger
from crossdock.ledger.ledger import Settled
from crossdock.load.runner import RunResult
from crossdock.model.faults import FaultPoints
from crossdock.model.times import VirtualClock
from crossdock.plan.plan import Plan
from crossdock.verify.verify import Verification
from tests.integration.desks import Desk, dying

Found = Mapping[str, Any]


@pytest.fixture
def planned(planned_desk: Desk, tmp_path: Path) -> Desk:
    return planned_desk.copied(tmp_path / "project")


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


def _held(desk: Desk) -> dict[str, int]:
    """Return how many records of each kind the account holds."""
    return {kind: len(records) for kind, records in desk.dump().items()}


# --- the plan -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def strict(confirmed_desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> tuple[Desk, Plan]:
    """A run of which a person rejected a field, and contacts without an address."""
    desk = confirmed_desk.copied(tmp_path_factory.mktemp("strict") / "project")
    desk.reject("custom:Job address")
    desk.edit(('missing_email = "placeholder"', 'missing_email = "reject"'))
    with desk.bench.project.database() as connection:
        desk.confirm(connection)
    plan = desk.plan()
    desk.run()
    return desk, plan


def test_planning_writes_nothing(planned_desk: Desk) -> None:
    assert planned_desk.writes() == 0


def test_an_unchanged_plan_is_the_same_plan(planned: Desk) -> None:
    assert planned.plan().digest == planned.plan().digest


def test_a_rejected_line_is_in_no_record(strict: tuple[Desk, Plan]) -> None:
    desk, _ = strict
    field = desk.bench.description().entity("deal").field_by_label("Job address")
    assert field is not None
    assert [d for d in desk.dump()["deals"] if d["custom_field"].get(field.name)] == []


def test_a_record_without_what_the_destination_demands_is_rejected_with_the_reason(
    strict: tuple[Desk, Plan],
) -> None:
    (reject,) = [r for r in strict[1].rejects if r["entity"] == "contact"]
    assert (reject["count"], reject["examples"]) == (1, ["C1-2"])
    assert "email" in reject["reason"].lower()


def test_what_is_rejected_in_the_plan_is_not_sent(strict: tuple[Desk, Plan]) -> None:
    sent = sorted(str(contact["external_id"]) for contact in strict[0].dump()["contacts"])
    assert sent == ["C1-1", "C2-1"]


def test_the_plans_money_is_the_exports(strict: tuple[Desk, Plan]) -> None:
    assert strict[1].money == [
        {
            "currency": "AUD",
            "invoiced": "110.00",
            "paid": "60.00",
            "refunded": "0.00",
            "outstanding": "50.00",
            "quoted": "75.50",
        }
    ]


# --- the run --------------------------------------------------------------------------------


def test_the_requests_of_a_plan_are_about_what_a_run_costs(planned: Desk) -> None:
    promised = planned.plan().requests
    assert 0.5 < planned.run().requests / promised < 3


def test_what_arrived_is_what_was_planned(loaded: Desk) -> None:
    held = _held(loaded)
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


@pytest.mark.parametrize("point", ["contact.sent", "deal.intended", "note.sent"])
def test_a_run_that_died_goes_on_and_doubles_nothing(
    planned: Desk, loaded_desk: Desk, point: str
) -> None:
    with dying(point) as faults:
        planned.run(faults)
    assert all(phase.balanced for phase in planned.run().phases)
    assert _held(planned) == _held(loaded_desk)


def test_a_run_that_died_goes_on_under_its_own_number(planned: Desk) -> None:
    with dying("sales_account.sent") as faults:
        planned.run(faults)
    assert planned.run().run == 1


def test_a_record_that_vanishes_between_writing_and_reading_stops_the_run(
    planned: Desk,
) -> None:
    def delete() -> None:
        # The run waits for this, so that somebody else's call comes in between.
        with ThreadPoolExecutor(1) as other:
            visit = other.submit(planned.dump).result()["appointments"][0]
            other.submit(planned.call, "DELETE", f"appointments/{visit['id']}").result()

    with pytest.raises(GateUnbalancedError, match="not at the destination"):
        planned.run(FaultPoints({("appointment.settled", 1): delete}))


# --- what is there already ------------------------------------------------------------------


@dataclass
class Met:
    """A run into an account in which somebody else had worked before."""

    desk: Desk
    result: RunResult
    account: dict[str, Any]
    contact: dict[str, Any]
    deal: dict[str, Any]

    def now(self, kind: str, before: dict[str, Any]) -> dict[str, Any]:
        """Return a record of theirs as it is after the run."""
        return next(r for r in self.desk.dump()[kind] if r["id"] == before["id"])


@pytest.fixture(scope="module")
def met(confirmed_desk: Desk, planned_desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Met:
    desk = confirmed_desk.copied(tmp_path_factory.mktemp("met") / "project")
    name = planned_desk.planned(
        "SELECT payload ->> '$.name' FROM plan.deal WHERE source_key = 'BOK-1'"
    )[0][0]
    account = {"name": "citizen strata", "phone": "1234"}
    contact = {"last_name": "Someone Else", "emails": "Jane@example.com"}
    theirs = (
        desk.call("POST", "sales_accounts", {"sales_account": account})["sales_account"],
        desk.call("POST", "contacts", {"contact": contact})["contact"],
        desk.call("POST", "deals", {"deal": {"name": name, "amount": 7}})["deal"],
    )
    return Met(desk, desk.run(), *theirs)


def test_an_account_of_the_same_name_is_not_overwritten(met: Met) -> None:
    found = met.now("sales_accounts", met.account)
    assert (found["name"], found["phone"]) == ("citizen strata", "1234")


def test_an_account_of_the_same_name_is_not_made_again(met: Met) -> None:
    names = [account["name"].lower() for account in met.desk.dump()["sales_accounts"]]
    assert names.count("citizen strata") == 1


def test_a_contact_of_the_same_address_is_not_overwritten(met: Met) -> None:
    found = met.now("contacts", met.contact)
    assert (found["last_name"], found["external_id"]) == ("Someone Else", None)


def test_a_contact_of_the_same_address_is_counted_as_matched(met: Met) -> None:
    assert next(p.matched for p in met.result.phases if p.entity == "contact") == 1


def test_the_jobs_of_somebody_who_was_there_already_stand_on_his_record(met: Met) -> None:
    deals = [d for d in met.desk.dump()["deals"] if d["sales_account_id"] == met.account["id"]]
    assert len(deals) == 1


def test_a_deal_of_the_same_name_is_somebody_elses_and_stays_as_it_is(met: Met) -> None:
    found = met.now("deals", met.deal)
    assert (found["name"], float(found["amount"])) == (met.deal["name"], 7.0)


def test_a_job_whose_name_is_taken_is_a_deal_under_another_name(met: Met) -> None:
    names = [d["name"] for d in met.desk.dump()["deals"] if d["name"].startswith("BOK-1 ")]
    assert len(set(names)) == 2


def test_a_run_beside_somebody_elses_records_balances(met: Met) -> None:
    assert [p.entity for p in met.result.phases if not p.balanced] == []


# --- verification ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def clean(loaded_desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Verification:
    desk = loaded_desk.copied(tmp_path_factory.mktemp("clean") / "project")
    desk.call("POST", "deals", {"deal": {"name": "Somebody's own job", "amount": 5}})
    result = desk.verify()
    assert desk.writes() == 0, "verifying wrote something"
    return result


@pytest.fixture(scope="module")
def touched(loaded_desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Verification:
    """What verification finds after people worked on what was loaded."""
    desk = loaded_desk.copied(tmp_path_factory.mktemp("touched") / "project")
    paid = desk.bench.description().entity("deal").field_by_label("Paid")
    assert paid is not None
    strata = _record(desk, "sales_accounts", name="Citizen Strata")["id"]
    ann = _record(desk, "sales_accounts", name="Ann Roe")["id"]
    jane = _record(desk, "contacts", external_id="C1-1")["id"]
    deals = {number: _deal(desk, number)["id"] for number in ("BOK-1", "BOK-2", "BOK-3", "EST-2")}
    note = next(n["id"] for n in desk.dump()["notes"] if "in the yard" in n["description"])
    desk.call("PUT", f"deals/{deals['EST-2']}", {"deal": {"amount": 999}})
    desk.call("PUT", f"deals/{deals['BOK-1']}", {"deal": {"custom_field": {paid.name: 61}}})
    desk.call("PUT", f"deals/{deals['BOK-2']}", {"deal": {"sales_account_id": strata}})
    desk.call("DELETE", f"deals/{deals['BOK-3']}")
    desk.call("DELETE", f"notes/{note}")
    for field, value in (("address", "12 Smi"), ("city", None)):
        desk.call("PUT", f"sales_accounts/{strata}", {"sales_account": {field: value}})
    desk.call("PUT", f"sales_accounts/{ann}", {"sales_account": {"name": "ann roe"}})
    desk.call("PUT", f"contacts/{jane}", {"contact": {"city": ""}})
    return desk.verify()


def test_what_nobody_touched_is_verified_clean(clean: Verification) -> None:
    assert (clean.clean, list(clean.differences)) == (True, [])


def test_every_record_of_the_run_is_compared(clean: Verification) -> None:
    assert (clean.records, clean.fields > 3 * clean.records) == (20, True)


@pytest.mark.parametrize(
    ("entity", "source", "field", "expected"),
    [
        ("deal", "EST-2", "amount", "unexpected"),
        ("deal", "BOK-1", "custom:Paid", "unexpected"),
        ("deal", "BOK-2", "sales_account_id", "unexpected"),
        ("deal", "BOK-3", "*", "missing"),
        ("sales_account", "C1", "address", "truncated"),
        ("sales_account", "C1", "city", "missing"),
        ("sales_account", "C2", "name", "unexpected"),
        ("contact", "C1-1", "city", "missing"),
    ],
)
def test_a_change_at_the_destination_is_seen_and_named(
    touched: Verification, entity: str, source: str, field: str, expected: str
) -> None:
    (found,) = _differences(touched, entity=entity, source_id=source, field=field)
    assert found["class"] == expected


def test_a_note_that_was_deleted_is_missing(touched: Verification) -> None:
    (found,) = _differences(touched, entity="note", source_id="BOK-1/history/1")
    assert (found["field"], found["class"]) == ("*", "missing")


def test_what_stood_on_a_deal_that_was_deleted_is_missing_too(touched: Verification) -> None:
    (found,) = _differences(touched, entity="note", source_id="BOK-3/history/1")
    assert (found["field"], found["class"]) == ("*", "missing")


def test_nothing_else_is_called_a_difference(touched: Verification) -> None:
    assert len(touched.differences) == 10


def test_the_classes_count_every_difference(touched: Verification) -> None:
    classes = Counter(found["class"] for found in touched.differences)
    assert classes == {k: n for k, n in touched.classes.items() if n and k in classes}


def test_money_that_was_changed_no_longer_agrees(touched: Verification) -> None:
    (paid,) = [row for row in touched.money if row["measure"] == "paid"]
    assert (paid["source"], paid["destination"]) == ("60.00", "61.00")


def test_what_was_changed_is_not_called_clean(touched: Verification) -> None:
    assert not touched.clean


# --- a destination that fails ---------------------------------------------------------------

TROUBLES: dict[str, dict[str, Any]] = {
    "lost answers": {"seed": 3, "lost_answer": 0.15, "reads": False},
    "lost requests": {"seed": 4, "lost_request": 0.15, "reads": False},
    "too many requests": {"seed": 5, "too_many_requests": 0.15},
    "server errors": {"seed": 6, "server_error": 0.15},
    "slow jobs": {"seed": 7, "slow_jobs": 0.7},
    "half answers": {"seed": 3, "half_answer": 0.15, "reads": False},
    "waits that are told": {"seed": 9, "retry_after": 0.15},
    "a neighbour": {"seed": 10, "neighbour_per_hour": 2000},
}


@pytest.mark.parametrize("trouble", TROUBLES)
def test_trouble_at_the_destination_ends_with_everything_there_once(
    planned: Desk, loaded_desk: Desk, trouble: str
) -> None:
    planned.account.faults = Faults(**TROUBLES[trouble])
    result = planned.run()
    planned.account.faults = Faults()
    assert [p.entity for p in result.phases if not p.balanced] == []
    assert _held(planned) == _held(loaded_desk)


def test_a_job_that_never_ends_stops_the_run_with_its_rest_in_doubt(planned: Desk) -> None:
    planned.account.faults = Faults(endless_jobs=1.0)
    with pytest.raises(GateUnbalancedError, match="1 writes are in doubt, such as C"):
        planned.run()
    planned.account.faults = Faults()
    result = planned.run()
    assert [p.entity for p in result.phases if not p.balanced] == []


def test_what_a_job_fails_with_is_rejected_and_counted(planned: Desk) -> None:
    planned.account.faults = Faults(seed=1, failing_jobs=1.0, failing_share=0.4)
    result = planned.run()
    accounts = next(p for p in result.phases if p.entity == "sales_account")
    assert (accounts.read, accounts.created + accounts.rejected) == (2, 2)
    assert sum(p.rejected for p in result.phases) > 0
    assert [p.entity for p in result.phases if not p.balanced] == []


# --- the ledger -----------------------------------------------------------------------------


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
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


def test_an_intent_is_committed_before_its_request_leaves(planned: Desk) -> None:
    known: list[int] = []

    def look() -> None:
        ledger = Ledger(planned.bench.project.ledger_file, planned.clock)
        known.append(len(ledger.keys_in("deal", ["intended"])))
        known.append(sum("deals" in request for request in planned.sent if "POST" in request))
        ledger.close()

    planned.run(FaultPoints({("deal.intended", 1): look}))
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
