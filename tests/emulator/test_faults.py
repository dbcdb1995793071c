"""What goes wrong on purpose, as a client meets it."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx2
import pytest

from crossdock.emulator import Assumptions, Faults, load_faults
from tests.emulator.conftest import Api

NEW = {"contact": {"last_name": "Doe", "emails": "a@x.co"}}
BULK = {"deals": [{"name": f"D{i}", "data": {"amount": i}} for i in range(10)]}


def test_a_refusal_for_want_of_allowance_says_nothing_of_waiting(api: Api) -> None:
    api.account.faults = Faults(too_many_requests=1.0)
    answer = api("GET", "selector/owners")
    assert (answer.status_code, answer.text) == (429, "Too many requests")
    assert "retry-after" not in answer.headers


def test_a_refusal_can_say_how_long_to_wait(api: Api) -> None:
    api.account.faults = Faults(retry_after=1.0)
    answer = api("GET", "selector/owners")
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "1")


def test_an_account_can_say_when_its_hour_is_over(open_account: Callable[..., Api]) -> None:
    api = open_account(plan="growth", assumptions=Assumptions(retry_after=True))
    api.account.limiter.take(api.account.now(), others=1000)
    api.clock.pass_(600)
    answer = api("GET", "selector/owners")
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "3000")


def test_what_was_refused_was_not_carried_out(api: Api) -> None:
    api.account.faults = Faults(too_many_requests=1.0)
    api("POST", "contacts", NEW)
    assert api.dump()["contacts"] == []


@pytest.mark.parametrize("fault", ["lost_answer", "half_answer"])
def test_what_was_carried_out_is_there_though_its_answer_was_not(wire: Api, fault: str) -> None:
    wire.account.faults = Faults(**{fault: 1.0})
    with pytest.raises(httpx2.TransportError):
        wire("POST", "contacts", NEW)
    wire.account.faults = Faults()
    assert [each["email"] for each in wire.dump()["contacts"]] == ["a@x.co"]


def test_what_was_lost_on_its_way_is_not_there(wire: Api) -> None:
    wire.account.faults = Faults(lost_request=1.0)
    with pytest.raises(httpx2.TransportError):
        wire("POST", "contacts", NEW)
    wire.account.faults = Faults()
    assert wire.dump()["contacts"] == []


def test_a_slow_answer_outlasts_an_impatient_client(wire: Api) -> None:
    wire.account.faults = Faults(slow=1.0, slow_seconds=0.3)
    started = time.monotonic()
    if wire.over_a_socket:
        with pytest.raises(httpx2.ReadTimeout):
            wire("POST", "contacts", NEW, timeout=0.1)
    else:
        assert wire("POST", "contacts", NEW).status_code == 200
        assert time.monotonic() - started >= 0.3
    wire.account.faults = Faults()
    assert len(wire.dump()["contacts"]) == 1


def test_a_rule_hits_a_certain_request_of_a_certain_operation(api: Api) -> None:
    rule = {"on": "POST contacts", "fault": "server_error", "nth": 2, "times": 2}
    api.control("POST", "faults", {"rules": [rule]})
    statuses = [
        api("POST", "contacts", {"contact": {"emails": f"{i}@x.co"}}).status_code for i in range(4)
    ]
    assert statuses == [200, 500, 500, 200]
    assert api("GET", "selector/owners").status_code == 200


def test_the_log_says_what_was_made_to_go_wrong(api: Api) -> None:
    api.control("POST", "faults", {"lost_answer": 1.0})
    with pytest.raises(httpx2.TransportError):
        api("POST", "contacts", NEW)
    (entry,) = api.control("GET", "requests")["log"]
    assert (entry["status"], entry["fault"]) == (0, "lost_answer")


def test_the_same_seed_lets_the_same_requests_fail(open_account: Callable[..., Api]) -> None:
    def statuses(seed: int) -> list[int]:
        api = open_account(faults=Faults(seed=seed, server_error=0.3))
        return [api("GET", "selector/owners").status_code for _ in range(30)]

    assert statuses(7) == statuses(7)
    assert statuses(7) != statuses(8)


def test_a_job_can_fail_in_part(api: Api) -> None:
    api.account.faults = Faults(failing_jobs=1.0, failing_share=0.5)
    api.post("deals/bulk_upsert", BULK)
    api.clock.pass_(60)
    job = api.get("job_statuses/1")
    counts = job["data"]["record_status"]
    assert job["status"] == "completed"
    assert counts["succeeded"] + counts["failed"] == 10
    assert counts["failed"] == len(job["data"]["detailed_failure_report"]) > 0
    assert len(api.dump()["deals"]) == counts["succeeded"]


def test_a_job_can_stop_half_way_and_never_end(api: Api) -> None:
    api.account.faults = Faults(endless_jobs=1.0)
    api.post("deals/bulk_upsert", BULK)
    api.clock.pass_(86_400)
    job = api.get("job_statuses/1")
    assert (job["status"], job["progress"]) == ("in_progress", 50)
    assert len(api.dump()["deals"]) == 5


def test_a_neighbour_eats_part_of_the_allowance(open_account: Callable[..., Api]) -> None:
    api = open_account(plan="enterprise", faults=Faults(neighbour_per_hour=1200))
    api.get("selector/owners")
    for _ in range(29):
        api.clock.pass_(60)
        left = api("GET", "selector/owners").headers["x-ratelimit-remaining"]
    taken = 5000 - int(left) - 30
    assert 400 < taken < 800


def test_persons_edit_merge_and_delete_while_a_program_writes(api: Api) -> None:
    api.account.faults = Faults(seed=3, person_edits=0.5, person_merges=0.2, person_deletes=0.2)
    for i in range(30):
        api("POST", "contacts", {"contact": {"last_name": "Doe", "emails": f"p{i}@x.co"}})
    api.account.faults = Faults()
    found = api.dump()["contacts"]
    assert any(each["is_deleted"] for each in found)
    assert len(found) < 30  # Some were merged into others.
    assert any(each["created_at"] != each["updated_at"] or each["tags"] for each in found)


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ({"lost_anser": 1}, "unknown lost_anser; known: endless_jobs"),
        ({"rules": [{"on": "POST contacts", "fault": "bad luck"}]}, "'bad luck' is not a valid"),
        ({"rules": [{"at": "POST contacts"}]}, "a rule has on, fault, nth and times"),
        ([1], "the body must be a JSON object"),
        ({"slow": "a"}, "slow is a number"),
        ({"lost_answer": True}, "lost_answer is a number"),
        ({"too_many_requests": 5}, "too_many_requests lies between 0 and 1"),
        ({"neighbour_per_hour": -1}, "neighbour_per_hour lies between 0 and inf"),
        ({"seed": "x"}, "seed is a whole number"),
        ({"rules": "abc"}, "rules are a list"),
        (
            {"rules": [{"on": "POST notes", "fault": "slow", "nth": "z"}]},
            "a rule's nth is a whole number from 1 on",
        ),
    ],
)
def test_faults_that_mean_nothing_are_refused(api: Api, body: Any, says: str) -> None:
    answer = api("POST", "http://acme.test/emulator/faults", body)
    assert answer.status_code == 400
    assert says in answer.json()["error"]


def test_a_faults_file_has_the_same_fields(tmp_path: Path) -> None:
    file = tmp_path / "faults.toml"
    file.write_text(
        'lost_answer = 0.5\n[[rules]]\non = "POST notes"\nfault = "slow"\n', encoding="utf-8"
    )
    loaded = load_faults(file)
    assert loaded.lost_answer == 0.5
    assert [(rule.on, rule.fault.value, rule.nth) for rule in loaded.rules] == [
        ("POST notes", "slow", 1)
    ]
    file.write_text("lost_anser = 0.5\n", "utf-8")
    with pytest.raises(ValueError, match=r"faults\.toml: unknown lost_anser"):
        load_faults(file)
