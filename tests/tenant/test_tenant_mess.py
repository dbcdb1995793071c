"""Each mess level plants what it says, and nothing of a higher level."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from tenant_books import header, money, read

from crossdock.connectors.octopuspro.tenant import TenantSummary, write_tenant
from crossdock.connectors.octopuspro.tenant.mess import CABINET

LEVELS = (1, 2, 3)


@pytest.fixture(scope="module")
def messy(tmp_path_factory: pytest.TempPathFactory) -> dict[int, TenantSummary]:
    folder = tmp_path_factory.mktemp("messy")
    return {
        level: write_tenant(folder / str(level), customers=300, seed=5, mess=level)
        for level in LEVELS
    }


@pytest.mark.parametrize("level", LEVELS)
def test_every_trick_up_to_the_level_is_recorded_and_touched_something(
    messy: dict[int, TenantSummary], level: int
) -> None:
    planted = messy[level].mess
    assert {p.trick for p in planted} == {t.name for t in CABINET if t.level <= level}
    assert all(p.count > 0 for p in planted), [p for p in planted if not p.count]
    beside = messy[level].path.with_name(f"{level}.mess.json")
    assert json.loads(beside.read_text(encoding="utf-8")) == [p.as_json() for p in planted]


def test_mess_is_deterministic(messy: dict[int, TenantSummary], tmp_path: Path) -> None:
    again = write_tenant(tmp_path / "3", customers=300, seed=5, mess=3, threads=1)
    assert again.mess == messy[3].mess
    for path in messy[3].path.glob("*.csv"):
        assert (again.path / path.name).read_bytes() == path.read_bytes(), path.name


def test_even_a_tiny_tenant_gets_every_trick(tmp_path: Path) -> None:
    made = write_tenant(tmp_path / "tiny", customers=25, seed=1, mess=3)
    idle = {p.trick for p in made.mess if not p.count}
    assert not idle - {"payments_on_void_invoices"}


def count(summary: TenantSummary, trick: str) -> int:
    return next(p.count for p in summary.mess if p.trick == trick)


def test_duplicates(messy: dict[int, TenantSummary]) -> None:
    rows = read(messy[1].path, "customers")
    exact, near = count(messy[1], "exact_duplicates"), count(messy[1], "near_duplicates")
    assert (exact, near) == (9, 12)
    assert len(rows) == 300 + exact + near + 1
    assert len({r["Customer ID"] for r in rows}) == len(rows)
    assert any(r["Mobile"].startswith("+61 ") for r in rows)
    assert any(r["First Name"] == r["Last Name"] == "Test" for r in rows)
    mails = Counter(r["Email"] for r in rows if r["Email"])
    assert sum(n > 1 for n in mails.values()) >= exact // 2


def test_references_that_dangle(messy: dict[int, TenantSummary]) -> None:
    folder = messy[1].path
    customers = {r["Customer ID"] for r in read(folder, "customers")}
    lost = [r for r in read(folder, "bookings") if r["Customer ID"] not in customers]
    assert len(lost) == count(messy[1], "dangling_customers")
    invoices = {r["Invoice Number"]: r for r in read(folder, "invoices")}
    payments = [r for r in read(folder, "payments") if r["Invoice Number"]]
    missing = [r for r in payments if r["Invoice Number"] not in invoices]
    assert len(missing) == count(messy[1], "payments_on_missing_invoices")
    void = [
        r for r in payments
        if r["Status"] == "Approved" and r["Invoice Number"] in invoices
        and invoices[r["Invoice Number"]]["Status"] == "Void"
    ]  # fmt: skip
    assert len(void) == count(messy[1], "payments_on_void_invoices")


def test_hand_edited_numbers_are_used_where_they_belong(messy: dict[int, TenantSummary]) -> None:
    folder = messy[1].path
    numbers = {r["Invoice Number"] for r in read(folder, "invoices")}
    odd = {n for n in numbers if not re.fullmatch(r"INV-[1-9]\d*", n)}
    assert len(odd) == count(messy[1], "hand_edited_invoices")
    assert odd <= {r["Invoice Number"] for r in read(folder, "invoice_items")}


def test_states_and_deleted_records(messy: dict[int, TenantSummary]) -> None:
    folder = messy[1].path
    states = {r["State"] for r in read(folder, "customers")}
    assert states & {"New South Wales", "nsw", "N.S.W."}
    deleted = {r["Customer ID"] for r in read(folder, "customers") if r["Status"] == "Deleted"}
    assert deleted & {r["Customer ID"] for r in read(folder, "bookings")}


def test_level_one_keeps_money_and_dates_plain(messy: dict[int, TenantSummary]) -> None:
    for row in read(messy[1].path, "invoices"):
        assert money(row["Total"]) > 0
        assert re.fullmatch(r"\d\d/\d\d/\d{4}", row["Issue Date"])


def test_grown_habits(messy: dict[int, TenantSummary]) -> None:
    folder = messy[2].path
    invoices = read(folder, "invoices")
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", r["Issue Date"]) for r in invoices)
    assert all(r["Total"].startswith("$") for r in invoices)
    assert any("," in r["Total"] for r in invoices)
    assert len({r["Invoice Number"] for r in invoices}) < len(invoices)
    assert {"Waiting", "completed", "Completed", "COMPLETED "} & {
        r["Status"] for r in read(folder, "bookings")
    }
    assert any("\r\n" in r["Comment"] for r in read(folder, "discussions"))
    answers = [r for r in read(folder, "custom_field_answers") if r["Field ID"] == "8203"]
    assert {r["Label"] for r in answers} == {"Access method", "How do we get in?"}
    assert "Contractor" in header(folder, "ratings")
    assert "Estimate" in {r["Record Type"] for r in read(folder, "labels")}
    assert {"N/A", "-"} <= {r["Phone2"] for r in read(folder, "customers")}
    assert "GST 10% (exclusive)" in {r["Tax Rate"] for r in read(folder, "invoice_items")}


def test_a_spreadsheet_was_here(messy: dict[int, TenantSummary]) -> None:
    folder = messy[3].path
    customers = (folder / "customers.csv").read_bytes()
    assert customers.startswith(b"\xef\xbb\xbf")
    assert customers.splitlines()[0].decode().count("CF: Parking") == 2
    with pytest.raises(UnicodeDecodeError):
        (folder / "quotes.csv").read_text(encoding="utf-8")
    assert "Siobhán" in (folder / "quotes.csv").read_text(encoding="cp1252")
    assert (folder / "quote_items.csv").read_text(encoding="utf-8").startswith("Quote Number;Line;")
    invoices = (folder / "invoices.csv").read_text(encoding="utf-8").splitlines()
    assert invoices[0].startswith("Invoices - ")
    assert invoices[3].startswith("Invoice Number,")
    assert invoices[-1].startswith("Total,")
    assert b"\n\n" in (folder / "bookings.csv").read_bytes()
    labels = (folder / "labels.csv").read_bytes()
    assert 0 < labels.count(b"\r\n") < labels.count(b"\n")
    assert "CafÃ©" in (folder / "discussions.csv").read_text(encoding="utf-8")
    assert not (folder / "calls.csv").exists()
    named = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["files"]
    assert "calls.csv" in {entry["name"] for entry in named}
    text = (folder / "customers.csv").read_text(encoding="utf-8-sig")
    assert re.search(r",491570\d{3},", text)
