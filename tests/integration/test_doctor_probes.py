"""`crossdock doctor --probe`: an emulator with other rules plays the account."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import httpx2
import pytest
from click.testing import Result
from typer.testing import CliRunner

import crossdock
from crossdock.cli.app import app
from crossdock.cli.probe_hints import hint
from crossdock.cli.probe_steps import Access, Outcome, cost_of, probed, probes_of, save
from crossdock.cli.probes import consent_text
from crossdock.connectors.freshsales.probes import READING, WRITING, Trail
from crossdock.emulator import Account, Assumptions, create_app
from crossdock.emulator.server import running
from crossdock.model.times import VirtualClock
from crossdock.project import KEY_VARIABLE, Project
from tests.docs.test_pages_run import documented_keys
from tests.integration.desks import KEY

MARKER = "crossdock-probe-12345678"
SOURCE = Path(crossdock.__file__).parent
URL = "https://secretcompany.example/crm/sales"
Change = Callable[[httpx2.Request, httpx2.Response], httpx2.Response]


class Wire(httpx2.ASGITransport):
    """The wire to an account; `change` alters what comes back over it."""

    def __init__(self, account: Account, change: Change | None = None) -> None:
        super().__init__(create_app(account))
        self.sent: list[str] = []
        self._change = change

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        self.sent.append(f"{request.method} {request.url.path.split('/crm/sales/')[1]}")
        response = await super().handle_async_request(request)
        if self._change is None:
            return response
        await response.aread()
        return self._change(request, response)


def opened(**rules: Any) -> Account:
    return Account(**{"key": KEY, "clock": VirtualClock(), **rules})


def replayed(
    account: Account, *, write: bool = False, change: Change | None = None, marker: str = MARKER
) -> tuple[Outcome, Trail, Wire]:
    trail, wire = Trail(), Wire(account, change)
    access = Access(URL, KEY, account.clock, wire)
    return probed(access, probes_of(write), marker, trail), trail, wire


def differing(outcome: Outcome) -> set[str]:
    return {each.probe for each in outcome.differences}


def call(account: Account, method: str, path: str, body: Any) -> Any:
    async def once() -> Any:
        async with httpx2.AsyncClient(transport=httpx2.ASGITransport(create_app(account))) as http:
            headers = {"Authorization": f"Token token={KEY}"}
            url = f"http://account/crm/sales/api/{path}"
            answer = await http.request(method, url, json=body, headers=headers)
            assert answer.status_code < 300, answer.text
            return answer.json()

    return asyncio.run(once())


def lived_in(account: Account) -> None:
    """Put a customer's records and a field of the customer's own into an account."""
    field = {"label": "Gate secretcode", "type": "dropdown", "choices": [{"value": "secretred"}]}
    call(account, "POST", "settings/contacts/forms/1/fields", field)
    company = {"sales_account": {"name": "Secretcorp"}}
    call(account, "POST", "sales_accounts", company)
    person = {"last_name": "Secretname", "emails": "secret@mail.example", "tags": ["secrettag"]}
    person["custom_field"] = {"cf_gate_secretcode": "secretred"}
    made = call(account, "POST", "contacts", {"contact": person})["contact"]["id"]
    deal = {"name": "Secretdeal", "amount": 731957, "contacts_added_list": [made]}
    call(account, "POST", "deals", {"deal": deal})
    target = {"targetable_type": "Contact", "targetable_id": made}
    task = {"title": "Secrettask", "due_date": "2026-11-24T10:00:00Z", **target}
    call(account, "POST", "tasks", {"task": task})
    account.add_user("Secret Colleague", "secret.colleague@mail.example")


# --- where it differs ------------------------------------------------------------------------


@pytest.mark.parametrize("plan", ["free", "growth", "pro", "enterprise"])
def test_an_account_like_the_emulator_differs_in_nothing(plan: str) -> None:
    outcome, trail, _ = replayed(opened(plan=plan, currency="EUR"), write=True)
    assert outcome.differences == []
    assert trail.deleted > 5


def test_an_account_with_records_and_fields_of_its_own_differs_in_nothing() -> None:
    account = opened()
    lived_in(account)
    asyncio.run(account.clock.sleep(60))  # the search index follows
    outcome, _, _ = replayed(account, write=True)
    assert outcome.differences == []
    assert outcome.skipped() == 0


@pytest.mark.parametrize(
    ("assumption", "value", "probe"),
    [
        ("refuse_large_bulk", False, "write.bulk_of_101"),
        ("note_length", 100_000, "write.note"),
        ("default_activity_types_allowed", True, "write.sales_activity"),
        ("refuse_unknown_choice", False, "write.unknown_choice"),
        ("bin_keeps_unique_values", True, "write.delete"),
    ],
)
def test_a_wrong_assumption_is_found_and_named(assumption: str, value: Any, probe: str) -> None:
    account = opened(assumptions=Assumptions(**{assumption: value}))
    lived_in(account)
    outcome, _, _ = replayed(account, write=True)
    assert differing(outcome) == {probe}
    assert outcome.as_json()["differences"][0]["hint"]["assumption"] == assumption


def test_what_the_plan_does_not_have_is_no_difference() -> None:
    outcome, _, _ = replayed(opened(plan="growth"))
    assert (outcome.plan, outcome.differences) == ("growth", [])


def test_an_account_whose_plan_is_unknown_is_not_blamed_for_what_it_lacks() -> None:
    def other_plan(request: httpx2.Request, response: httpx2.Response) -> httpx2.Response:
        headers = {"x-ratelimit-limit": "777", "x-ratelimit-remaining": "700"}
        if request.url.path.endswith("module_customizations"):
            return httpx2.Response(403, json={}, headers=headers)
        return httpx2.Response(response.status_code, content=response.content, headers=headers)

    outcome, _, _ = replayed(opened(), change=other_plan)
    assert outcome.plan is None
    assert "custom_modules" not in differing(outcome)


@pytest.mark.parametrize("demanded", [("emails", "mobile_number"), ("mobile_number",)])
def test_other_mandatory_fields_are_the_accounts_own_affair(demanded: tuple[str, ...]) -> None:
    account = opened(mandatory_contact_fields=demanded)
    outcome, _, _ = replayed(account, write=True)
    assert differing(outcome) == set()


def test_another_key_type_status_and_header_are_found() -> None:
    def other(request: httpx2.Request, response: httpx2.Response) -> httpx2.Response:
        status, path = response.status_code, request.url.path
        body = json.loads(response.content) if response.content else None
        headers = {**response.headers, "x-ratelimit-reset": "1795513200"}
        if path.endswith("/deal_stages"):
            for stage in body["deal_stages"]:
                stage["probability"] = str(stage["probability"])
                stage["rotting_days"] = 3
        if path.endswith("/leads"):
            status = 404
        return httpx2.Response(status, json=body, headers=headers)

    outcome, _, _ = replayed(opened(), change=other)
    found = {(each.probe, each.kind, each.what) for each in outcome.differences}
    assert ("leads", "status", "read") in found
    assert ("allowance", "fact", "X-RateLimit-Reset") in found
    stages = "read: body.deal_stages[]"
    assert ("selector.deal_stages", "body", f"{stages}.probability") in found
    assert ("selector.deal_stages", "body", f"{stages}.rotting_days") in found


def test_sentences_in_another_language_are_shown_and_nothing_else() -> None:
    outcome, _, _ = replayed(opened(language="es"))
    assert {each.kind for each in outcome.differences} == {"text"}


# --- what it costs and leaves ----------------------------------------------------------------


@pytest.mark.parametrize("write", [False, True])
def test_no_more_requests_are_sent_than_were_told(write: bool) -> None:
    account = opened()
    lived_in(account)
    outcome, _, wire = replayed(account, write=write)
    assert outcome.requests == len(wire.sent) <= cost_of(probes_of(write))
    assert cost_of(probes_of(write)) <= (120 if write else 60)


def test_reading_changes_nothing() -> None:
    account = opened()
    lived_in(account)
    _, _, wire = replayed(account)
    writes = {each for each in wire.sent if not each.startswith("GET ")}
    assert writes == {"POST api/filtered_search/contact"}


def test_writing_leaves_the_account_as_it_was() -> None:
    account = opened()
    lived_in(account)
    before = {name: len(store) for name, store in account.stores().items()}
    _, trail, _ = replayed(account, write=True)
    assert {name: len(s) for name, s in account.stores().items()} == before
    assert trail.left == []


def test_a_lost_answer_leaves_no_contact_behind() -> None:
    def cut(request: httpx2.Request, response: httpx2.Response) -> httpx2.Response:
        if request.method == "POST" and request.url.path.endswith("/contacts"):
            raise httpx2.ReadError("cut")
        return response

    account = opened()
    outcome, trail, _ = replayed(account, write=True, change=cut)
    assert len(account.contacts.store) == 0
    assert trail.deleted > 3
    assert "write.contact" in differing(outcome)


# --- the file --------------------------------------------------------------------------------


def test_the_file_holds_nothing_of_the_customer_and_no_key(tmp_path: Path) -> None:
    account = opened(key=KEY)
    lived_in(account)
    account.keys["sekrit-key"] = account.keys[KEY]
    outcome, _, _ = replayed(account, write=True)
    save(outcome, tmp_path / "probes.json")
    text = (tmp_path / "probes.json").read_text("utf-8").casefold()
    for word in ("secret", "sekrit", "731957", "gate_", MARKER, "avery", "admin@"):
        assert word not in text, word


def test_the_same_account_makes_the_same_file(tmp_path: Path) -> None:
    for name in ("one", "two"):
        outcome, _, _ = replayed(opened(), write=True, marker=f"crossdock-probe-{name}")
        save(outcome, tmp_path / name)
    assert (tmp_path / "one").read_text("utf-8") == (tmp_path / "two").read_text("utf-8")


def test_the_file_tells_what_was_asked_and_what_both_said() -> None:
    outcome, _, _ = replayed(opened(), write=True)
    probes = {each["probe"]: each for each in outcome.as_json()["probes"]}
    found = probes["write.duplicate"]
    assert found["requests"] == [
        {
            "step": "create",
            "method": "POST",
            "path": "contacts",
            "body_keys": [
                "contact",
                "contact.emails",
                "contact.first_name",
                "contact.last_name",
            ],
        }
    ]
    for side in ("emulator", "account"):
        (answer,) = found[side]["answers"]
        assert (answer["status"], answer["text"]) == (400, ["<e-mail> already exists."])
    assert found["hint"]["rooms"] == ["emulator/crm/emails.py"]


@pytest.mark.parametrize("probe", [*READING, *WRITING], ids=lambda probe: probe.name)
def test_every_hint_leads_somewhere(probe: Any) -> None:
    found = hint(probe.name)
    assert found["rooms"]
    assert all((SOURCE / room).exists() for room in found["rooms"]), found["rooms"]
    assert found["assumption"] in {"", *(each.name for each in fields(Assumptions))}


# --- the command -----------------------------------------------------------------------------


@pytest.fixture
def account(monkeypatch: pytest.MonkeyPatch) -> Account:
    made = opened(assumptions=Assumptions(refuse_large_bulk=False))
    monkeypatch.setattr("crossdock.desk.workbench.SystemClock", lambda: made.clock)
    monkeypatch.setenv(KEY_VARIABLE, KEY)
    return made


@pytest.fixture
def project(tmp_path: Path, account: Account) -> Iterator[Path]:
    (tmp_path / "export").mkdir()
    with running(account) as url:
        Project.create(tmp_path / "project", tmp_path / "export", url)
        yield tmp_path / "project"


def doctor(project: Path, *words: str, answer: str | None = None) -> Result:
    line = ["doctor", "--project", str(project), *words]
    return CliRunner().invoke(app, line, input=answer)


def test_the_command_prints_one_document_and_writes_the_file(project: Path) -> None:
    result = doctor(project, "--probe", "--json")
    told = json.loads(result.stdout)
    assert result.exit_code == 0
    assert told["differences"] == []
    assert len(told["probes"]) == len(READING)
    kept = json.loads(Path(told["file"]).read_text("utf-8"))
    assert Path(told["file"]) == project / "reports" / "probes.json"
    assert kept["probes"] == told["probes"]


def test_the_document_has_the_keys_that_the_reference_promises(project: Path) -> None:
    told = json.loads(doctor(project, "--probe", "--write", "--yes", "--json").stdout)
    promised = documented_keys("doctor --probe")
    shown = {*told, *(f"about.{key}" for key in told["about"])}
    for group in ("differences", "probes"):
        shown |= {f"{group}[].{key}" for each in told[group] for key in each}
    for key in shown:
        assert any(re.match(rf"{re.escape(key)}(\W|$)", known) for known in promised), key


def test_differences_are_printed_and_are_no_failure(project: Path, account: Account) -> None:
    result = doctor(project, "--probe", "--write", "--yes")
    assert result.exit_code == 0
    assert "write.bulk_of_101" in result.stdout
    assert "refuse_large_bulk" in result.stdout
    assert "probes.json" in result.stdout
    assert len(account.contacts.store) == 0


def test_writing_without_a_yes_is_a_mistake_of_usage_for_a_script(project: Path) -> None:
    result = doctor(project, "--probe", "--write", "--json")
    assert (result.exit_code, json.loads(result.stdout)["error"]["code"]) == (2, "E124")


def test_a_person_who_says_no_has_nothing_written(project: Path, account: Account) -> None:
    result = doctor(project, "--probe", "--write", answer="n\n")
    assert result.exit_code == 2
    assert "contacts, up to 3: In which forms may a contact carry" in result.stderr
    assert not (project / "reports" / "probes.json").exists()
    assert len(account.contacts.store) == 0


def test_consent_tells_every_kind_that_is_created() -> None:
    text = consent_text(URL, probes_of(True), MARKER)
    kinds = {kind for probe in WRITING for kind in probe.creates}
    assert all(kind.replace("_", " ") in text for kind in kinds)
    assert MARKER in text
    assert f"At most {cost_of(probes_of(True))} requests" in text


def test_writing_goes_with_probing(project: Path) -> None:
    result = doctor(project, "--write")
    assert result.exit_code == 2
    assert "--write goes with --probe" in result.stderr


def test_a_wrong_key_ends_as_everywhere(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY_VARIABLE, "wrong")
    result = doctor(project, "--probe", "--json")
    assert (result.exit_code, json.loads(result.stdout)["error"]["code"]) == (3, "E304")
