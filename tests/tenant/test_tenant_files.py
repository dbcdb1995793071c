"""What stands on disk: the file set, its determinism, the shapes, the example in the repository."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path

import pytest
from tenant_books import header, read
from tenant_documented import COLUMNS

from crossdock.connectors.octopuspro.tenant import write_tenant
from crossdock.errors import ProjectExistsError

EXAMPLE = Path(__file__).parents[2] / "examples" / "bright-clean"


def contents(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }


@pytest.mark.parametrize("name", sorted(COLUMNS))
def test_a_file_has_its_documented_columns_and_rows(clean: Path, name: str) -> None:
    columns = header(clean, name)
    if name == "customers":
        fields = [r for r in read(clean, "custom_fields") if r["Scope"] == "Customer profile"]
        assert columns[37:] == [f"CF: {r['Label']}" for r in fields]
        columns = columns[:37]
    assert columns == COLUMNS[name].split(",")
    assert read(clean, name)


def test_there_is_nothing_else_but_settings_and_media(clean: Path) -> None:
    there = {p.name for p in clean.iterdir()}
    assert there == {f"{name}.csv" for name in COLUMNS} | {
        "manifest.json", "company_settings.json", "portal_settings.json", "files",
    }  # fmt: skip


def test_the_manifest_is_true(clean: Path) -> None:
    manifest = json.loads((clean / "manifest.json").read_text(encoding="utf-8"))
    assert {entry["name"] for entry in manifest["files"]} == {f"{name}.csv" for name in COLUMNS}
    for entry in manifest["files"]:
        path = clean / entry["name"]
        assert entry["rows"] == len(read(clean, path.stem))
        assert entry["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert manifest["time_zone"] == "Australia/Sydney"
    assert manifest["exported_at"] == "2026-06-30T23:10:00+10:00"


def test_the_values_of_choice_fields_are_among_their_choices(clean: Path) -> None:
    fields = {r["Field ID"]: r for r in read(clean, "custom_fields")}
    choices: dict[str, set[str]] = {}
    for row in read(clean, "custom_field_values"):
        choices.setdefault(row["Field ID"], set()).add(row["Value"])
    for row in read(clean, "custom_field_answers"):
        field = fields[row["Field ID"]]
        assert field["Label"] == row["Label"]
        assert field["Scope"] == "Service"
        if row["Field ID"] in choices:
            parts = row["Value"].split("; ") if field["Type"] == "List" else [row["Value"]]
            assert set(parts) <= choices[row["Field ID"]]


def test_the_same_seed_writes_the_same_bytes_on_any_number_of_threads(tmp_path: Path) -> None:
    one = write_tenant(tmp_path / "one", customers=3000, seed=3, threads=1, media=False)
    four = write_tenant(tmp_path / "four", customers=3000, seed=3, threads=4, media=False)
    assert one.files == four.files
    assert contents(one.path) == contents(four.path)


def test_another_seed_writes_another_tenant(tmp_path: Path) -> None:
    one = write_tenant(tmp_path / "one", customers=20, seed=1)
    two = write_tenant(tmp_path / "two", customers=20, seed=2)
    a, b = contents(one.path), contents(two.path)
    assert a["bookings.csv"] != b["bookings.csv"]
    assert a["services.csv"] == b["services.csv"]


def test_the_example_is_what_the_command_writes(tmp_path: Path) -> None:
    made = write_tenant(tmp_path / "made", customers=25, seed=1)
    assert contents(EXAMPLE) == contents(made.path)
    assert sum(map(len, contents(EXAMPLE).values())) < 400_000


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "precious.txt").write_text("mine")
    with pytest.raises(ProjectExistsError, match="not empty"):
        write_tenant(tmp_path / "out", customers=5, seed=1)
    assert [p.name for p in tmp_path.rglob("*")] == ["out", "precious.txt"]


def test_nothing_is_left_when_writing_fails(tmp_path: Path) -> None:
    def stop(what: str, done: int, total: int) -> None:
        if what == "bookings.csv":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_tenant(tmp_path / "out", customers=5, seed=1, progress=stop)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("customers", [1, 2, 5])
def test_the_smallest_tenants_are_whole(tmp_path: Path, customers: int) -> None:
    made = write_tenant(tmp_path / "out", customers=customers, seed=9, bookings_per_customer=1)
    assert made.files["customers.csv"] == customers
    assert made.files["bookings.csv"] == customers


def test_a_zip_holds_the_same_files(tmp_path: Path) -> None:
    folder = write_tenant(tmp_path / "folder", customers=10, seed=4)
    first = write_tenant(tmp_path / "a.zip", customers=10, seed=4, shape="zip")
    again = write_tenant(tmp_path / "b.zip", customers=10, seed=4, shape="zip")
    assert first.path.read_bytes() == again.path.read_bytes()
    with zipfile.ZipFile(first.path) as archive:
        inside = {name: archive.read(name) for name in archive.namelist()}
    assert inside == contents(folder.path)


def test_json_says_what_the_files_say(tmp_path: Path) -> None:
    folder = write_tenant(tmp_path / "folder", customers=60, seed=4).path
    made = write_tenant(tmp_path / "json", customers=60, seed=4, shape="json")
    document = json.loads((made.path / "export.json").read_text(encoding="utf-8"))
    assert document["manifest"]["currency"] == "AUD"
    assert len(document["customers"]) == 60
    jobs = document["jobs"]
    for kind, name in (("booking", "bookings"), ("quote", "quotes"), ("inquiry", "inquiries")):
        numbers = [job["numbers"][kind] for job in jobs if job["numbers"][kind]]
        column = f"{kind.title()} Number"
        assert sorted(numbers) == sorted(r[column] for r in read(folder, name))
    invoices = document["invoices"]
    assert len(invoices) == len(read(folder, "invoices"))
    payments = sum(len(i["payments"]) for i in invoices) + len(document["unassigned_payments"])
    assert payments == len(read(folder, "payments"))
    assert sum(p["refund"] is not None for i in invoices for p in i["payments"]) == len(
        read(folder, "refunds")
    )
    totals = {r["Booking Number"]: float(r["Total"]) for r in read(folder, "bookings")}
    for job in jobs:
        if job["booking"]:
            assert job["booking"]["total"] == totals[job["numbers"]["booking"]]
    mails = sum(len(r["emails"]) for r in jobs + invoices)
    assert mails == len(read(folder, "emails"))
