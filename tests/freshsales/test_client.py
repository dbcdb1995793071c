from __future__ import annotations

import logging
import traceback

import httpx2
import pytest

from crossdock.connectors.base import WriteRecord
from crossdock.connectors.freshsales import Freshsales
from crossdock.connectors.freshsales.answers import Answer, redact
from crossdock.connectors.freshsales.client import Client
from crossdock.errors import CrossdockError, KeyMissingError, SettingsError
from crossdock.model.times import VirtualClock

from .fakes import KEY, URL, FakeAccount, gathered, refusal, run

JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"


def test_the_key_goes_into_the_header_and_nowhere_else(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    account = FakeAccount().on("GET", "selector/owners", refusal(401, f"bad key {KEY} {JWT}"))
    destination = account.destination()
    with pytest.raises(CrossdockError) as caught:
        run(gathered(destination.read("user")))
    assert account.calls[0].headers["Authorization"] == f"Token token={KEY}"
    shown = "".join(traceback.format_exception(caught.value)) + caplog.text + repr(destination)
    assert KEY not in shown and JWT not in shown


def test_reasons_hide_keys_and_tokens() -> None:
    account = FakeAccount().on("POST", "tasks", refusal(400, f"what is {KEY} or {JWT}?"))
    outcome = run(account.destination().write("task", [WriteRecord("T", {})]))[0]
    assert outcome.reasons == ("what is [hidden] or [hidden]?",)


def test_a_network_error_hides_the_key() -> None:
    account = FakeAccount().on("GET", "selector/owners", httpx2.ConnectError(f"no {KEY}"))
    with pytest.raises(CrossdockError) as caught:
        run(gathered(account.destination().read("user")))
    assert KEY not in str(caught.value)


def test_the_client_does_not_show_its_key() -> None:
    assert KEY not in repr(Client(URL, KEY, clock=VirtualClock()))


def test_redaction_leaves_other_text_alone() -> None:
    assert redact("eyJ is short", "k") == "eyJ is short"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"errors": {"code": 400, "message": ["a", "b"]}}, ("a", "b")),
        ({"errors": {"code": 400, "message": "a"}}, ("a",)),
        ({"errors": [{"message": "a"}]}, ("a",)),
        ({"description": "a", "errors": [{"message": "b"}]}, ("b", "a")),
        ({"login": "failed", "message": "a"}, ("a",)),
        (None, ("HTTP 400 without an explanation",)),
        ({"error_code": 400}, ("HTTP 400 without an explanation",)),
    ],
)
def test_every_form_of_refusal_is_read(body: object, expected: tuple[str, ...]) -> None:
    assert Answer(400, body).messages == expected


@pytest.mark.parametrize(
    "url",
    ["", "acme", "ftp://acme.test", "http://acme.myfreshworks.com/crm/sales", "https://a:b@c.test"],
)
def test_an_address_that_cannot_be_right_is_refused(url: str) -> None:
    with pytest.raises(SettingsError):
        Freshsales(url, KEY, clock=VirtualClock())


@pytest.mark.parametrize("url", [URL, URL + "/", URL + "/api", URL + "/api/"])
def test_the_address_may_be_written_in_several_ways(url: str) -> None:
    assert Client(url, KEY, clock=VirtualClock()).url == URL


def test_an_empty_key_is_refused() -> None:
    with pytest.raises(KeyMissingError):
        Freshsales(URL, " ", clock=VirtualClock())


def test_requests_are_counted_however_they_end() -> None:
    account = FakeAccount().on(
        "GET",
        "selector/owners",
        refusal(429, "slow"),
        httpx2.ReadTimeout("x"),
        httpx2.Response(500),
        httpx2.ConnectError("never left"),
        {"users": []},
    )
    destination = account.destination()
    run(gathered(destination.read("user")))
    assert destination.requests == 4
