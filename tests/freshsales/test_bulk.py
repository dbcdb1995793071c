from __future__ import annotations

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossdock.connectors.base import Outcome, OutcomeState, WriteRecord
from crossdock.connectors.freshsales.bulk import item_for
from crossdock.connectors.freshsales.jobs import JobReport, outcomes_of
from crossdock.errors import KeyRefusedError, PermissionRefusedError, UnreachableError

from .fakes import FakeAccount, contact, job, refusal, run, submitted

SUBMIT, ASK = "contacts/bulk_upsert", "job_statuses/4"


def write(
    account: FakeAccount, records: list[WriteRecord], entity: str = "contact"
) -> list[Outcome]:
    async def work() -> list[Outcome]:
        destination = account.destination()
        try:
            return await destination.write(entity, records)
        finally:
            await destination.aclose()

    return run(work())


def bulk(*answers: object) -> FakeAccount:
    return FakeAccount().on("POST", SUBMIT, submitted()).on("GET", ASK, *answers)  # type: ignore[arg-type]


def test_records_that_the_job_does_not_list_are_accepted() -> None:
    outcomes = write(bulk(job(2, 0)), [contact("C-1"), contact("C-2")])
    assert [o.state for o in outcomes] == [OutcomeState.ACCEPTED] * 2
    assert [o.key for o in outcomes] == ["C-1", "C-2"]


def test_a_failed_record_is_told_by_its_email_in_any_case() -> None:
    report = {"emails": "c-2@X.TEST", "error_message": ["Mobile is taken"]}
    outcomes = write(bulk(job(1, 1, report)), [contact("C-1"), contact("C-2")])
    assert [o.state for o in outcomes] == [OutcomeState.ACCEPTED, OutcomeState.REJECTED]
    assert outcomes[1].reasons == ("Mobile is taken",)


def test_a_failed_record_is_told_by_its_mobile_number() -> None:
    report = {"mobile_number": "0400", "error_message": ["no"]}
    records = [contact("C-1", mobile_number="0400"), contact("C-2", mobile_number="0401")]
    states = [o.state for o in write(bulk(job(1, 1, report)), records)]
    assert states == [OutcomeState.REJECTED, OutcomeState.ACCEPTED]


def test_a_shared_mobile_number_names_nobody() -> None:
    report = {"mobile_number": "0400", "error_message": ["no"]}
    records = [contact("C-1", mobile_number="0400"), contact("C-2", mobile_number="0400")]
    states = [o.state for o in write(bulk(job(1, 1, report)), records)]
    assert states == [OutcomeState.UNKNOWN] * 2


def test_counts_that_do_not_fit_leave_the_rest_unknown() -> None:
    report = {"emails": "C-1@x.test", "error_message": ["no"]}
    records = [contact("C-1"), contact("C-2"), contact("C-3")]
    outcomes = write(bulk(job(1, 2, report)), records)
    assert [o.state for o in outcomes] == [
        OutcomeState.REJECTED,
        OutcomeState.UNKNOWN,
        OutcomeState.UNKNOWN,
    ]
    assert "reports 1 as done and 2 as failed" in outcomes[1].reasons[0]


def test_a_job_without_counts_leaves_all_unknown() -> None:
    outcomes = write(bulk({"status": "completed", "progress": 100}), [contact("C-1")])
    assert outcomes[0].state is OutcomeState.UNKNOWN


def test_a_job_that_failed_for_all_rejects_all_even_when_nameless() -> None:
    outcomes = write(
        bulk(job(0, 2, {"error_message": ["Invalid"]})), [contact("C-1"), contact("C-2")]
    )
    assert [o.reasons for o in outcomes] == [("Invalid",)] * 2


@given(
    count=st.integers(1, 6),
    succeeded=st.none() | st.integers(0, 7),
    failed=st.none() | st.integers(0, 7),
    named=st.sets(st.integers(0, 7)),
)
def test_no_report_makes_more_accepted_than_it_says(
    count: int, succeeded: int | None, failed: int | None, named: set[int]
) -> None:
    items = [item_for("contact", contact(f"C-{n}")) for n in range(count)]
    failures = tuple({"emails": f"C-{n}@x.test", "error_message": ["no"]} for n in named)
    outcomes = outcomes_of(items, JobReport("completed", 100, succeeded, failed, failures))
    states = [o.state for o in outcomes]
    assert len(outcomes) == count
    assert states.count(OutcomeState.ACCEPTED) <= (succeeded or 0)
    assert all(states[n] is OutcomeState.REJECTED for n in named if n < count)


def test_a_job_is_asked_again_until_it_ends() -> None:
    account = bulk(job(0, 0, progress=10), job(0, 0, progress=60), job(1, 0))
    assert write(account, [contact("C-1")])[0].state is OutcomeState.ACCEPTED
    assert account.count(ASK) == 3


def test_a_job_that_never_ends_is_unknown() -> None:
    account = bulk(job(0, 0, progress=10))
    outcome = write(account, [contact("C-1")])[0]
    assert outcome.state is OutcomeState.UNKNOWN
    assert account.count(ASK) < 60


def test_only_the_number_of_the_jobs_address_is_used() -> None:
    account = bulk(job(1, 0))
    write(account, [contact("C-1")])
    assert {call.url.host for call in account.calls} == {"acme.myfreshworks.com"}


@pytest.mark.parametrize("lost", [httpx2.ReadTimeout("x"), httpx2.Response(502)])
def test_a_lost_answer_is_unknown_and_not_sent_again(lost: Exception | httpx2.Response) -> None:
    account = FakeAccount().on("POST", SUBMIT, lost)
    outcome = write(account, [contact("C-1")])[0]
    assert outcome.state is OutcomeState.UNKNOWN
    assert account.count(SUBMIT) == 1


def test_refused_connections_raise_after_some_tries() -> None:
    account = FakeAccount().on("POST", SUBMIT, httpx2.ConnectError("refused"))
    with pytest.raises(UnreachableError):
        write(account, [contact("C-1")])


def test_a_refused_key_raises() -> None:
    account = FakeAccount().on("POST", SUBMIT, httpx2.Response(401, json={"login": "failed"}))
    with pytest.raises(KeyRefusedError):
        write(account, [contact("C-1")])


def test_missing_permission_raises() -> None:
    with pytest.raises(PermissionRefusedError):
        write(FakeAccount().on("POST", SUBMIT, refusal(403, "no")), [contact("C-1")])


def test_a_hundred_records_a_request_and_the_order_is_kept() -> None:
    account = (
        FakeAccount()
        .on(
            "POST",
            SUBMIT,
            lambda r: httpx2.Response(200, json=submitted(9 + r.content.count(b'"data"'))),
        )
        .on("GET", "job_statuses/109", job(100, 0))
        .on("GET", "job_statuses/59", job(50, 0))
    )
    records = [contact(f"C-{n}") for n in range(250)]
    outcomes = write(account, records)
    assert sorted(len(b["contacts"]) for b in account.bodies("POST", SUBMIT)) == [50, 100, 100]
    assert [o.key for o in outcomes] == [r.key for r in records]
    assert {o.state for o in outcomes} == {OutcomeState.ACCEPTED}


def test_one_record_that_spoils_the_request_is_found_and_the_others_go_through() -> None:
    def take(request: httpx2.Request) -> httpx2.Response:
        if b"bad@" in request.content:
            return refusal(400, "Invalid or missing attributes")
        return httpx2.Response(200, json=submitted(request.content.count(b'"data"')))

    account = FakeAccount().on("POST", SUBMIT, take)
    for n in range(1, 9):
        account.on("GET", f"job_statuses/{n}", job(n, 0))
    outcomes = write(account, [contact(f"C-{n}") for n in range(7)] + [contact("bad")])
    assert [o.state for o in outcomes] == [OutcomeState.ACCEPTED] * 7 + [OutcomeState.REJECTED]


def test_records_crowded_out_by_a_busy_service_are_sent_again() -> None:
    busy = {"emails": "C-2@x.test", "error_message": ["UCR failure :: response_code :: 429"]}
    account = bulk(job(1, 1, busy), job(1, 0))
    outcomes = write(account, [contact("C-1"), contact("C-2")])
    assert [o.state for o in outcomes] == [OutcomeState.ACCEPTED] * 2
    assert len(account.bodies("POST", SUBMIT)[1]["contacts"]) == 1


def test_two_records_with_one_identifier_do_not_silently_become_one() -> None:
    account = bulk(job(1, 0))
    outcomes = write(account, [contact("C-1"), WriteRecord("C-9", {"email": "c-1@X.test"})])
    assert [o.state for o in outcomes] == [OutcomeState.ACCEPTED, OutcomeState.REJECTED]
    assert "same emails" in outcomes[1].reasons[0]


def test_a_contact_goes_by_its_email_and_keeps_the_rest_as_data() -> None:
    item = item_for("contact", contact("C-1", external_id="C-1", custom_field={"cf_a": 1}))
    assert item.body() == {
        "emails": "C-1@x.test",
        "data": {"last_name": "C-1", "external_id": "C-1", "custom_field": {"cf_a": 1}},
    }


def test_a_contact_without_email_goes_by_its_external_id() -> None:
    item = item_for("contact", WriteRecord("C-1", {"last_name": "A", "external_id": "C-1"}))
    assert item.body() == {"external_id": "C-1", "data": {"last_name": "A"}}


def test_a_known_record_goes_by_its_id() -> None:
    item = item_for("deal", WriteRecord("B-1", {"id": 41, "name": "D", "amount": 1}))
    assert item.body() == {"id": "41", "data": {"name": "D", "amount": 1}}


def test_a_deal_without_a_name_is_rejected_and_not_sent() -> None:
    account = FakeAccount()
    outcome = write(account, [WriteRecord("B-1", {"amount": 1})], "deal")[0]
    assert outcome.state is OutcomeState.REJECTED
    assert not account.calls


def test_the_first_look_at_a_job_adapts_so_that_most_jobs_cost_two_requests() -> None:
    account = FakeAccount()
    started: dict[str, float] = {}

    def take(request: httpx2.Request) -> httpx2.Response:
        number = len(started) + 1
        started[str(number)] = account.seconds()
        return httpx2.Response(200, json=submitted(number))

    def ask(request: httpx2.Request) -> httpx2.Response:
        number = request.url.path.rpartition("/")[2]
        over = account.seconds() - started[number] >= 9
        return httpx2.Response(200, json=job(100, 0) if over else job(0, 0, progress=5))

    account.on("POST", SUBMIT, take)
    for number in range(1, 41):
        account.on("GET", f"job_statuses/{number}", ask)
    write(account, [contact(f"C-{n}") for n in range(4000)])
    assert len(account.calls) <= 100
