from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest

from crossdock.report.html import render
from crossdock.report.verdict import judge
from tests.report import documents

STATES = {
    "planned": (documents.planned, "open", "crossdock run"),
    "unfinished": (documents.unfinished, "open", "crossdock run"),
    "stopped": (documents.stopped, "bad", "crossdock run"),
    "unverified": (documents.unverified, "open", "crossdock verify"),
    "clean": (documents.clean, "good", ""),
    "different": (documents.different, "bad", "crossdock verify"),
}


class Text(HTMLParser):
    """The text of a page, its tags, and the cells of its table rows."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.rows: list[list[str]] = []
        self.words: list[str] = []
        self._hidden = self._cell = False
        self.feed(page)
        self.text = re.sub(r"\s+", " ", " ".join(self.words))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._hidden = tag == "style"
        if tag == "tr":
            self.rows.append([])
        self._cell = self._cell or tag in ("td", "th")
        if tag in ("td", "th") and self.rows:
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        self._hidden = False
        self._cell = self._cell and tag not in ("td", "th")

    def handle_data(self, data: str) -> None:
        if self._hidden:
            return
        self.words.append(data.strip())
        if self._cell and self.rows and self.rows[-1]:
            self.rows[-1][-1] += data.strip()

    def row(self, head: str) -> list[str]:
        return next(row for row in self.rows if row and row[0] == head)


@pytest.mark.parametrize("state", STATES)
def test_each_state_says_what_is_true_and_what_comes_next(state: str) -> None:
    make, tone, command = STATES[state]
    verdict = judge(make())
    assert (verdict.state, verdict.tone) == (state, tone)
    assert verdict.command.startswith(command)
    page = Text(render(make()))
    assert verdict.headline in page.text
    assert any(attributes.get("data-state") == state for _, attributes in page.tags)
    if command:
        assert f"{command} --project '/tenants/bright clean'" in page.text
    else:
        assert "Next:" not in page.text


def test_a_clean_headline_names_systems_share_and_money() -> None:
    page = Text(render(documents.clean()))
    for words in ("from OctopusPro to Freshsales", "100 % are as planned", "to the cent"):
        assert words in page.text
    assert "2 rows could not be moved" in page.text


def test_no_state_but_a_verified_one_is_called_good() -> None:
    assert [s for s, (make, _, _) in STATES.items() if judge(make()).tone == "good"] == ["clean"]


def test_a_share_is_never_rounded_up_to_all() -> None:
    document = documents.different()
    document["verification"]["fields"] = 10_000_000
    document["verification"]["classes"] |= {"equal": 9_998_998}
    assert "99.99\N{NO-BREAK SPACE}%" in render(document)


def test_a_cent_of_difference_is_no_clean_verdict() -> None:
    document = documents.clean(verification=documents.verification(clean=False))
    document["money"][1]["destination"] = "1234567.79"
    verdict = judge(document)
    assert verdict.state == "different"
    assert verdict.problems == ["Paid: 1,234,567.80 AUD in the export, 1,234,567.79 in Freshsales."]
    assert "\N{MINUS SIGN}0.01" in render(document)


def test_a_row_in_no_bucket_is_shown_and_spoils_the_verdict() -> None:
    document = documents.clean()
    document["objects"][0]["buckets"]["created"] -= 1
    page = Text(render(document))
    assert judge(document).state == "unbalanced"
    assert "Bookings: 1,500 rows read, but 1,499 are accounted for." in page.text
    assert page.row("Bookings")[7] == "✗ no: 1,499"
    assert page.row("All")[7] == "✗ no"


def test_each_bucket_of_the_rows_is_shown_and_they_add_up() -> None:
    page = Text(render(documents.clean()))
    assert page.row("Bookings") == [
        *("Bookings", "1,500", "1,400", "50", "9", "41", "0", "✓ yes", "Deals")
    ]
    for row in (page.row("Bookings"), page.row("Booking lines"), page.row("All")):
        read, *buckets = [int(cell.replace(",", "")) for cell in row[1:7]]
        assert read == sum(buckets)
    assert "Files without any row: Form templates." in page.text


def test_each_bucket_of_the_phases_is_shown() -> None:
    page = Text(render(documents.clean()))
    assert page.row("Phase")[1:] == [
        *("Read", "Created", "Updated", "Matched", "Merged", "Skipped", "Rejected"),
        *("Found there", "Balanced"),
    ]
    assert page.row("Deals")[1:] == [
        *("1,500", "1,400", "0", "9", "50", "41", "0", "1,409", "✓ yes")
    ]
    assert page.row("Users checked")[8] == "–"


def test_a_phase_that_does_not_balance_shows_its_reason() -> None:
    page = Text(render(documents.stopped()))
    assert "Stopped: the phase “Deals” does not balance." in page.text
    assert page.text.count("2 records are not at the destination, such as BOK-7") == 2
    assert page.row("Deals")[9] == "✗ no"
    assert page.row("Notes")[1:] == ["Not done yet. Planned: 96.", "waiting"]


def test_hostile_values_stay_text() -> None:
    page = render(_poisoned(documents.different()))
    parsed = Text(page)
    assert not {"script", "img", "iframe", "link"} & {tag for tag, _ in parsed.tags}
    assert not [a for _, attributes in parsed.tags for a in attributes if a.startswith("on")]
    assert "{{ 7*7 }}" in parsed.text
    assert "<script" not in page


def test_the_page_loads_nothing() -> None:
    page = render(documents.clean())
    addresses = [
        value
        for _, attributes in Text(page).tags
        for name, value in attributes.items()
        if name in ("src", "href", "action", "data") and value
    ]
    assert addresses
    assert all(address.startswith("#") for address in addresses)
    assert "@import" not in page
    assert "url(" not in page


def test_plain_words_stand_for_the_machine_s_names() -> None:
    text = Text(render(documents.different())).text
    for name in ("booking_service", "custom:", "source_key", "normalised", "lead_source"):
        assert name not in text.replace("booking_services.csv", "")
    assert "Job status" in text


def test_long_lists_are_cut_and_say_where_the_rest_is() -> None:
    document = documents.different()
    document["rejected"] = document["rejected"] * 100
    text = Text(render(document)).text
    assert "The first 50 of 200. All of them are in rejected.csv" in text
    assert "The first 50 of 60. The others are in migration.json" in text


def test_money_without_an_invoice_waits_for_a_person() -> None:
    review = [
        {
            "object": "payment",
            "number": "901205",
            "invoice_number": None,
            "customer_name": None,
            "moment": "2024-09-03 10:00:00",
            "amount": "1690.25",
            "status": "Approved",
            "reference": None,
            "reason": "no invoice number",
        }
    ]
    waiting = {"currency": "AUD", "amount": "1690.25", "records": 1}
    text = Text(render(documents.clean(review=review, money_in_review=waiting))).text
    assert "1 payments (Approved), 1,690.25 in all" not in text
    assert "1 payment (Approved), 1,690.25 in all" in text
    assert "1,690.25 AUD are in no amount above" in text
    assert "3 September 2024" in text


def test_an_older_document_without_the_newer_facts_still_makes_a_page() -> None:
    document = documents.clean()
    newer = ("source", "destination_system", "run_started", "run_finished", "money_in_review")
    for name in (*newer, "allowance", "unknown_files"):
        del document[name]
    assert "OctopusPro to Freshsales" in render(document)


def test_an_emulated_destination_is_called_a_rehearsal() -> None:
    assert "rehearsal:" in render(documents.clean(destination="http://emulator/crm/sales"))
    assert "rehearsal:" not in render(documents.clean())


def _poisoned(value: Any) -> Any:
    """Put hostile text into every text of a document that comes from data."""
    kept = {"state", "bucket", "class", "measure", "source", "destination", "made_at", "by"}
    if isinstance(value, dict):
        return {k: v if k in kept else _poisoned(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_poisoned(item) for item in value]
    return value + documents.HOSTILE if isinstance(value, str) else value
