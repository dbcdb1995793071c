"""What probes ask, what they write down, and what they leave behind."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest

from crossdock.connectors.freshsales.client import Client
from crossdock.connectors.freshsales.probes import (
    READING,
    SILENT,
    WRITING,
    Asker,
    Observation,
    Probe,
    Trail,
    ask_all,
    compare,
    learn,
    new_marker,
)
from crossdock.connectors.freshsales.probes.probe import Reply
from crossdock.connectors.freshsales.probes.shapes import (
    masked,
    path_of,
    reset_form,
    shape_of,
    word_of,
    words_at,
)
from crossdock.errors import KeyRefusedError

from .fakes import KEY, URL, FakeAccount, rated, refusal, run

MARKER = "crossdock-probe-00000000"
BY_NAME = {probe.name: probe for probe in (*READING, *WRITING)}


def asked(account: FakeAccount, *probes: Probe) -> tuple[dict[str, Observation], Trail]:
    """Ask an account some probes; return what they saw and what they left."""
    trail = Trail()

    async def main() -> dict[str, Observation]:
        transport = httpx2.MockTransport(account.answer)
        client = Client(URL, KEY, clock=account.clock, transport=transport)
        try:
            return await ask_all(Asker(client, trail, MARKER), probes)
        finally:
            await client.aclose()

    return run(main()), trail


def probe(work: Any, **more: Any) -> Probe:
    return Probe(more.pop("name", "made"), "What?", "errors", work, **more)


def reading(path: str) -> Probe:
    async def work(asker: Asker) -> None:
        await asker.get(path)

    return probe(work, name=path)


def creating(*kinds: str) -> Probe:
    async def work(asker: Asker) -> None:
        for kind in kinds:
            await asker.create(kind, kind, kind.removesuffix("s"), {"name": asker.marker})

    return probe(work)


def observation(status: int = 200, body: Any = None, **more: Any) -> Observation:
    text = more.pop("text", ())
    reply = Reply("read", "GET", "x", status=status, shape=shape_of(body), text=text)
    return Observation(replies={"read": reply}, **more)


def differences(one: Observation, other: Observation, **more: Any) -> list[tuple[Any, ...]]:
    found = compare(probe(None, feature=more.pop("feature", "")), one, other, **more)
    return [(each.kind, each.what, each.one, each.other) for each in found]


# --- what is asked ---------------------------------------------------------------------------


def test_every_probe_has_a_name_of_its_own() -> None:
    assert len(BY_NAME) == len(READING) + len(WRITING)


def test_probes_fit_into_a_small_part_of_the_allowance() -> None:
    reading = sum(each.cost for each in READING)
    assert reading <= 60
    assert reading + sum(each.cost for each in WRITING) <= 120


def test_probes_that_only_read_create_nothing_and_send_no_write() -> None:
    account = FakeAccount().on("GET", "selector/currencies", {"currencies": []})
    _, trail = asked(account, *READING)
    assert not any(each.creates for each in READING)
    assert (trail.deleted, trail.left) == (0, [])
    sent = {(call.method, call.url.path.split("/api/")[1]) for call in account.calls}
    assert {each for each in sent if each[0] != "GET"} == {("POST", "filtered_search/contact")}


def test_an_address_that_two_probes_need_is_asked_once() -> None:
    account = FakeAccount().on("GET", "lists", {"lists": []})
    asked(account, reading("lists"), reading("lists"))
    assert account.count("lists") == 1


def test_every_round_of_probes_has_a_name_of_its_own() -> None:
    assert new_marker() != new_marker()


# --- what is written down --------------------------------------------------------------------


def test_a_body_is_written_down_by_its_types() -> None:
    body = {
        "contacts": [
            {"id": 7, "name": "Ada", "tags": [], "born": None},
            {"id": "8", "at": "2026-11-24T10:00:00+11:00", "on": "2026-11-24", "z": None},
        ]
    }
    assert shape_of(body) == {
        "body": "object",
        "body.contacts": "array",
        "body.contacts[]": "object",
        "body.contacts[].at": "time with offset",
        "body.contacts[].born": "null",
        "body.contacts[].id": "number|string",
        "body.contacts[].name": "string",
        "body.contacts[].on": "date",
        "body.contacts[].tags": "array",
        "body.contacts[].z": "null",
    }


def test_keys_that_a_customer_made_are_not_written_down() -> None:
    body = {"custom_field": {"cf_gate_code": 1}, "avatar": {"31000": None}, "Mrs Ng's": 1}
    assert sorted(shape_of(body)) == [
        "body",
        "body.*",
        "body.avatar",
        "body.avatar.*",
        "body.custom_field",
        "body.custom_field.cf_*",
    ]


def test_addresses_are_written_down_without_ids_and_names_of_modules() -> None:
    assert path_of("custom_module/cm_job/view/31000123") == "custom_module/cm_*/view/:id"


def test_sentences_are_written_down_without_addresses_ids_and_our_own_name() -> None:
    text = f"a.b@c.example already exists ({MARKER}, 31003548176), at most 65535 characters"
    expected = "<e-mail> already exists (<marker>, <number>), at most 65535 characters"
    assert masked(text, {MARKER: "<marker>"}) == expected


def test_sentences_do_not_name_fields_that_the_account_made() -> None:
    own = {"name": "cf_gate", "default": False}
    fields = {"fields": [{**own, "label": "Gate code"}, {**own, "label": "t"}]}
    account = FakeAccount().on("GET", "settings/deals/fields", fields)
    account.on("GET", "lists", refusal(400, "Gate code can't be empty"))
    seen, _ = asked(account, BY_NAME["fields.deals"], reading("lists"))
    assert seen["lists"].replies["read"].text == ("<own field> can't be empty",)


@pytest.mark.parametrize(
    ("value", "word"),
    [("Closed Won", "Closed Won"), ("cf_gate", "other"), ("a@b.example", "other"), (5, "5")],
)
def test_only_what_looks_like_a_word_of_freshsales_is_one(value: Any, word: str) -> None:
    assert word_of(value) == word


def test_words_are_read_from_their_place() -> None:
    body = {"stages": [{"type": "Open"}, {"type": "Won"}, {"type": "Open"}, {}]}
    assert words_at(body, "stages[].type") == ["Open", "Won"]


@pytest.mark.parametrize(
    ("value", "form"),
    [
        ("241126110000", "12 digits, readable as ddmmyyHHMMSS"),
        ("1795513200", "10 digits"),
        ("2026-11-24T11:00:00Z", "ISO time"),
        ("soon", "another text"),
        (None, "absent"),
    ],
)
def test_the_reset_header_is_written_down_by_its_form(value: str | None, form: str) -> None:
    assert reset_form(value) == form


def test_the_headers_of_the_allowance_are_written_down() -> None:
    account = FakeAccount().on("GET", "selector/currencies", rated({}, remaining=999))
    seen, _ = asked(account, BY_NAME["allowance"])
    facts = seen["allowance"].facts
    assert facts["X-RateLimit-Reset"] == "12 digits, readable as ddmmyyHHMMSS"
    assert (facts["X-RateLimit-Limit"], facts["Retry-After"]) == ("a whole number", "absent")


def test_fields_that_the_account_made_are_left_out() -> None:
    system = {"name": "owner_id", "type": "dropdown", "default": True, "required": True}
    own = {"name": "cf_gate", "type": "text", "default": False, "secret": "yes"}
    account = FakeAccount().on("GET", "settings/deals/fields", {"fields": [system, own]})
    seen, _ = asked(account, BY_NAME["fields.deals"])
    found = seen["fields.deals"]
    assert found.facts == {"fields": ["owner_id"], "type of owner_id": "dropdown"}
    assert found.noted == {"required": ["owner_id"], "types of own fields": ["text"]}
    assert "body.fields[].secret" not in found.replies["read"].shape


def test_a_page_that_is_no_json_is_not_quoted() -> None:
    page = httpx2.Response(404, text="<h1>Acme</h1>", headers={"content-type": "text/html"})
    seen, _ = asked(FakeAccount().on("GET", "lists", page), reading("lists"))
    assert seen["lists"].replies["read"].text == ("<no JSON: text/html>",)


# --- what goes wrong -------------------------------------------------------------------------


def test_a_failure_of_the_account_is_its_answer_and_the_next_probe_is_asked() -> None:
    account = FakeAccount().on("GET", "a", httpx2.Response(500, json={"error_code": 500}))
    seen, _ = asked(account.on("GET", "b", {}), reading("a"), reading("b"))
    assert seen["a"].replies["read"].status == 500
    assert seen["a"].replies["read"].shape["body.error_code"] == "number"
    assert seen["b"].replies["read"].status == 200
    assert account.count("a") == 1


def test_an_answer_that_never_came_is_written_down_as_such() -> None:
    account = FakeAccount().on("GET", "a", httpx2.ReadError("cut"))
    seen, _ = asked(account, reading("a"))
    assert (seen["a"].replies["read"].status, seen["a"].replies["read"].lost) == (None, "no answer")


def test_an_answer_of_another_form_ends_its_probe_alone() -> None:
    account = FakeAccount().on("GET", "selector/deal_pipelines", {"deal_pipelines": [{}]})
    account.on("GET", "lists", {"lists": []})
    seen, _ = asked(account, BY_NAME["selector.stages_of_pipeline"], reading("lists"))
    assert seen["selector.stages_of_pipeline"].failed == "an answer of another form (KeyError)"
    assert seen["lists"].replies["read"].ok


def test_a_question_that_the_account_has_nothing_for_is_not_asked() -> None:
    account = FakeAccount().on("GET", "selector/deal_pipelines", {"deal_pipelines": []})
    seen, _ = asked(account, BY_NAME["selector.stages_of_pipeline"])
    assert seen["selector.stages_of_pipeline"].skipped == "the account shows no pipeline"


def test_an_account_that_falls_silent_is_not_asked_on_and_on() -> None:
    account = FakeAccount()
    for path in "abcd":
        account.on("GET", path, httpx2.ConnectError("gone"))
    seen, _ = asked(account, *(reading(path) for path in "abcd"))
    assert seen["c"].failed == "E303 UnreachableError"
    assert seen["d"].skipped == SILENT
    assert account.count("d") == 0


def test_a_read_whose_answer_was_lost_is_sent_once_more() -> None:
    account = FakeAccount().on("GET", "a", httpx2.ReadError("cut"), {"lists": []})
    seen, _ = asked(account, reading("a"))
    assert seen["a"].replies["read"].status == 200


def test_a_write_whose_answer_was_lost_is_not_sent_again() -> None:
    account = writable().on("POST", "contacts", httpx2.ReadError("cut"))
    asked(account.on("GET", "search", []), creating("contacts"))
    assert account.count("contacts") == 1


def test_too_many_requests_are_waited_out_as_the_account_says() -> None:
    busy = refusal(429, "Too many requests", headers={"Retry-After": "120"})
    account = FakeAccount().on("GET", "lists", busy, {"lists": []})
    seen, _ = asked(account, reading("lists"))
    assert seen["lists"].replies["read"].ok
    assert account.seconds() >= 120


def test_a_key_that_is_not_accepted_ends_everything() -> None:
    account = FakeAccount().on("GET", "selector/currencies", refusal(401, "no"))
    client = Client(URL, KEY, clock=account.clock, transport=httpx2.MockTransport(account.answer))
    with pytest.raises(KeyRefusedError, match="does not accept the API key"):
        run(learn(Asker(client, Trail(), MARKER)))


# --- what is left behind ---------------------------------------------------------------------


def writable() -> FakeAccount:
    account = FakeAccount()
    for number, kind in enumerate(("contacts", "deals", "tasks"), 1):
        account.on("POST", kind, httpx2.Response(201, json={kind[:-1]: {"id": number}}))
        account.on("DELETE", f"{kind}/{number}", [True])
    return account


def deleted(account: FakeAccount) -> list[str]:
    return [c.url.path.split("/api/")[1] for c in account.calls if c.method == "DELETE"]


def test_what_was_created_is_deleted_newest_first() -> None:
    account = writable()
    _, trail = asked(account, creating("contacts", "deals", "tasks"))
    assert deleted(account) == ["tasks/3", "deals/2", "contacts/1"]
    assert (trail.deleted, trail.left) == (3, [])


def test_what_was_created_is_deleted_when_the_program_breaks_in_between() -> None:
    async def work(asker: Asker) -> None:
        await asker.create("create", "contacts", "contact", {"last_name": asker.marker})
        raise KeyboardInterrupt

    account = writable()
    with pytest.raises(KeyboardInterrupt):
        asked(account, probe(work))
    assert deleted(account) == ["contacts/1"]


def test_a_record_that_cannot_be_deleted_is_named_with_its_place() -> None:
    account = writable().on("DELETE", "deals/2", refusal(403, "no"))
    _, trail = asked(account, creating("contacts", "deals"))
    assert trail.deleted == 1
    assert [left.as_json() for left in trail.left] == [
        {
            "kind": "deals",
            "id": "2",
            "name": MARKER,
            "screen": "Deals",
            "why": "not deleted: HTTP 403",
        }
    ]


def test_a_record_that_is_gone_already_is_not_left_behind() -> None:
    account = writable().on("DELETE", "contacts/1", refusal(404, "not in the CRM"))
    _, trail = asked(account, creating("contacts"))
    assert (trail.deleted, trail.left) == (1, [])


def test_nothing_more_is_tried_when_nobody_is_there_to_delete() -> None:
    account = writable().on("DELETE", "deals/2", httpx2.ConnectError("gone"))
    _, trail = asked(account, creating("contacts", "deals"))
    assert [(left.kind, left.why) for left in trail.left] == [
        ("contacts", "not deleted yet"),
        ("deals", "not deleted yet"),
    ]


def test_a_record_whose_creation_nobody_confirmed_is_searched_for_and_deleted() -> None:
    hits = [
        {"id": "1", "type": "contact", "name": f"Crossdock {MARKER}"},
        {"id": "9", "type": "contact", "name": "Somebody Else"},
    ]
    account = writable().on("POST", "contacts", httpx2.ReadError("cut"))
    account.on("GET", "search", hits)
    _, trail = asked(account, creating("contacts"))
    assert deleted(account) == ["contacts/1"]
    assert trail.left == []


def test_a_record_that_may_exist_and_is_not_found_is_named() -> None:
    account = writable().on("POST", "contacts", httpx2.Response(500, json={}))
    _, trail = asked(account.on("GET", "search", []), creating("contacts"))
    (left,) = trail.left
    assert (left.id, left.name) == ("", MARKER)
    assert left.why == "no answer told whether it was created"


def test_a_contact_that_a_bulk_job_may_still_create_is_named() -> None:
    status = {"status": "queued", "progress": 0}
    job = {"job_status_url": "https://x/api/job_statuses/7"}
    account = FakeAccount().on("POST", "contacts/bulk_upsert", job)
    account.on("GET", "job_statuses/7", status).on("GET", "search", [])
    seen, trail = asked(account, BY_NAME["write.bulk"])
    assert [left.why for left in trail.left] == ["a bulk job may have created it, or still will"]
    assert seen["write.bulk"].noted["words of the job"] == ["queued"]
    assert len(account.calls) - account.count("search") <= BY_NAME["write.bulk"].requests


def test_101_items_all_mean_the_one_record_that_is_there() -> None:
    account = writable().on("POST", "contacts/bulk_upsert", refusal(400, "too many"))
    asked(account, BY_NAME["write.contact"], BY_NAME["write.bulk_of_101"])
    (body,) = account.bodies("POST", "contacts/bulk_upsert")
    assert len(body["contacts"]) == 101
    assert {item["id"] for item in body["contacts"]} == {"1"}
    assert {tuple(item["data"]) for item in body["contacts"]} == {("last_name",)}


# --- where two accounts differ ---------------------------------------------------------------


def test_the_same_answers_are_no_difference() -> None:
    body = {"contacts": [{"id": 1}]}
    assert differences(observation(body=body), observation(body=body)) == []


def test_another_status_and_another_sentence_are_differences() -> None:
    refused = observation(400, {"errors": {}}, text=("no",))
    assert differences(refused, observation(200, {"contact": {}})) == [
        ("status", "read", 400, 200),
        ("text", "read", ["no"], []),
    ]


def test_a_key_that_one_side_lacks_is_a_difference() -> None:
    one, other = observation(body={"meta": {"total": 1}}), observation(body={"meta": {}})
    assert differences(one, other) == [("body", "read: body.meta.total", "number", "absent")]


def test_an_object_that_one_side_lacks_is_one_difference() -> None:
    one, other = observation(body={}), observation(body={"meta": {"total": 1}})
    assert differences(one, other) == [("body", "read: body.meta", "absent", "object")]


def test_another_type_is_a_difference() -> None:
    one, other = observation(body={"amount": "5.0"}), observation(body={"amount": 5})
    assert differences(one, other) == [("body", "read: body.amount", "string", "number")]


@pytest.mark.parametrize(
    "body", [{"tasks": []}, {"tasks": [{"id": None, "name": "x"}]}, {"tasks": None}]
)
def test_an_empty_list_and_null_say_nothing(body: Any) -> None:
    full = {"tasks": [{"id": 1, "name": "x"}]}
    assert differences(observation(body=full), observation(body=body)) == []
    assert differences(observation(body=body), observation(body=full)) == []


def test_what_a_customer_made_is_no_difference() -> None:
    one = observation(body={"custom_field": {}})
    other = observation(body={"custom_field": {"cf_gate": 1}})
    assert differences(one, other) == []


def test_of_two_lists_only_what_differs_is_shown() -> None:
    one, other = observation(facts={"fields": ["a", "b"]}), observation(facts={"fields": ["b"]})
    assert differences(one, other) == [("fact", "fields", ["a"], [])]


def test_what_was_only_noted_is_not_compared() -> None:
    one, other = observation(noted={"seconds": 1}), observation(noted={"seconds": 9})
    assert differences(one, other) == []


def test_a_probe_that_was_not_asked_is_not_compared() -> None:
    assert differences(observation(404), observation(skipped="no contact")) == []


def test_a_feature_that_is_not_shown_is_no_difference_while_the_plan_is_unknown() -> None:
    one, other = observation(200, {}), observation(403, {})
    assert not differences(one, other, feature="custom_modules", plan_known=False)
    assert differences(one, other, feature="custom_modules")
    assert differences(one, other, plan_known=False)


# --- what must be known first ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("limit", "modules", "plan"),
    [
        (1000, [], "growth"),
        (1000, [{"entity_name": "cm_job", "custom": True}], "trial"),
        (5000, [], "enterprise"),
        (1234, [], None),
    ],
)
def test_the_plan_is_told_by_the_allowance_and_what_the_account_has(
    limit: int, modules: list[dict[str, Any]], plan: str | None
) -> None:
    currencies = [
        {"currency_code": "USD", "currency_type": 2},
        {"currency_code": "NZD", "currency_type": 1},
    ]
    answer = rated({"currencies": currencies}, limit=limit, remaining=limit - 1)
    account = FakeAccount().on("GET", "selector/currencies", answer)
    account.on("GET", "settings/module_customizations", {"module_customizations": modules})
    client = Client(URL, KEY, clock=account.clock, transport=httpx2.MockTransport(account.answer))
    known = run(learn(Asker(client, Trail(), MARKER)))
    assert (known.plan, known.currency) == (plan, "NZD")
