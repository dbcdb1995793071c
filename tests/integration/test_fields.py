"""What must exist at the destination: compared, created, or listed for an administrator."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from crossdock.desk.fields import Provision, provision_fields
from crossdock.emulator.assumptions import Assumptions
from crossdock.errors import PlanUnfitError
from crossdock.mapping import document
from crossdock.mapping.document import Line, Mapping, NewField
from crossdock.provision.thing import Status, Thing
from tests.integration.desks import HOST, Desk, desk_for
from tests.integration.exports import export_of

CUSTOMERS = [
    {
        "customer_id": str(n),
        "first_name": "Ann",
        "last_name": f"Roe{n}",
        "email": f"ann{n}@example.com",
        "CF: Entry": entry,
    }
    for n, entry in enumerate(["Front door", "Back door", "Front door"], 1)
]
BOOKINGS = [
    {
        "booking_number": f"BOK-{n}",
        "customer_id": "1",
        "status": "COMPLETED",
        "total": "10.00",
        "source": source,
        "created": "20/03/2025 09:00",
    }
    for n, source in enumerate(["Website", "Carrier pigeon"], 1)
]


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return export_of(
        tmp_path_factory.mktemp("fields"),
        customers=CUSTOMERS,
        bookings=BOOKINGS,
        custom_fields=[{"field_id": "1", "label": "Entry", "type": "Dropdown"}],
    )


def proposed(folder: Path, export: Path, **account: Any) -> Desk:
    """A project whose mapping is proposed, on a fresh account."""
    desk = desk_for(folder / "project", export, **account)
    with desk.bench.project.database() as connection:
        desk.propose(connection)
    return desk


@pytest.fixture
def desk(tmp_path: Path, export: Path) -> Desk:
    return proposed(tmp_path, export)


def provision(desk: Desk, *, create: bool = False) -> Provision:
    with desk.bench.project.database() as connection:
        return provision_fields(desk.bench, connection, create=create)


def change(desk: Desk, how: Callable[[Mapping], None]) -> None:
    """Change the mapping file."""
    mapping = desk.bench.mapping()
    how(mapping)
    document.save(desk.bench.project.mapping_file, mapping)


def thing(found: Provision, label: str, entity: str = "contact") -> Thing:
    (only,) = (t for t in found.things if (t.label, t.entity) == (label, entity))
    return only


def add_field(desk: Desk, label: str, kind: str, choices: Sequence[str] = ()) -> None:
    given = {"entity": "contact", "label": label, "type": kind, "choices": list(choices)}
    desk.call("POST", f"{HOST}/emulator/fields", given)


def printed(desk: Desk) -> str:
    return (desk.bench.project.reports / "fields-to-create.md").read_text("utf-8")


def table(desk: Desk) -> list[dict[str, str]]:
    with (desk.bench.project.reports / "fields-to-create.csv").open("r", encoding="utf-8") as file:
        return list(csv.DictReader(file))


# --- how things stand ------------------------------------------------------------------------


def test_a_field_that_is_not_there_is_missing_with_its_values_counted(desk: Desk) -> None:
    found = thing(provision(desk), "Entry")
    assert (found.status, found.values, found.type) == (Status.MISSING, 3, "picklist")
    assert found.choices == ("Back door", "Front door")


def test_a_field_with_all_choices_is_present(desk: Desk) -> None:
    add_field(desk, "entry", "dropdown", ["Front door", "Back door", "Window"])
    assert thing(provision(desk), "Entry").status is Status.PRESENT


def test_choices_that_values_use_and_the_field_lacks_are_named_and_counted(desk: Desk) -> None:
    add_field(desk, "Entry", "dropdown", ["Back door"])
    found = thing(provision(desk), "Entry")
    assert (found.status, found.missing_choices) == (Status.CHOICES, ("Front door",))
    assert found.detail == "2 values would be refused"
    assert "- [ ] **Entry** is there; add these choices" in printed(desk)
    assert "    1. Front door\n" in printed(desk)


def test_a_field_of_another_type_is_said_with_both_ways_out(desk: Desk) -> None:
    add_field(desk, "Entry", "date")
    found = thing(provision(desk), "Entry")
    assert found.status is Status.DIFFERENT
    assert "it is there as date" in found.detail
    assert 'set "Entry" to "date" in [contact.new_fields]' in found.detail


def test_a_longer_text_field_than_needed_is_present(desk: Desk) -> None:
    add_field(desk, "Title", "textarea")
    change(desk, lambda m: m.new_fields.append(NewField("contact", "Title", "text")))
    line = Line("contact", ("customer.title",), "custom:Title", "text")
    change(desk, lambda m: m.lines.append(line))
    assert thing(provision(desk), "Title").status is Status.PRESENT


def test_stages_and_pipelines_that_the_value_map_uses_are_listed_with_counts(desk: Desk) -> None:
    found = provision(desk)
    assert [(t.label, t.status, t.values) for t in found.things if t.kind == "deal stage"] == [
        ("Won", Status.PRESENT, 2)
    ]
    assert [t.values for t in found.things if t.kind == "pipeline"] == [2]


def test_a_lead_source_that_the_account_lacks_blocks_until_it_is_added(desk: Desk) -> None:
    change(desk, lambda m: m.maps["lead_source"].update({"Carrier pigeon": "Pigeon"}))
    # The check of the mapping file refuses a choice that is not there; so the file is not checked.
    found = thing(provision(desk), "Pigeon", "deal")
    assert (found.kind, found.status, found.values) == ("lead source", Status.MISSING, 1)
    desk.call("POST", f"{HOST}/emulator/choices", {"list": "lead_sources", "name": "Pigeon"})
    assert thing(provision(desk), "Pigeon", "deal").status is Status.PRESENT


def test_values_without_a_choice_are_said_and_do_not_block(desk: Desk) -> None:
    found = thing(provision(desk), "Carrier pigeon", "deal")
    assert (found.status, found.values, found.blocks) == (Status.UNCHOSEN, 1, False)
    assert "[maps.lead_source]" in found.detail


def test_a_plan_without_products_says_so_and_does_not_block(tmp_path: Path, export: Path) -> None:
    found = provision(proposed(tmp_path, export, plan="growth"))
    product = next(t for t in found.things if t.entity == "product")
    assert (product.status, product.blocks) == (Status.NO_FEATURE, False)
    assert "no product catalogue" in product.detail


def test_a_custom_module_is_missing_until_it_is_created(desk: Desk) -> None:
    change(desk, lambda m: m.policies.update(properties="module"))
    module = next(t for t in provision(desk).things if t.kind == "custom module")
    assert (module.label, module.status) == ("Properties", Status.MISSING)
    found = provision(desk, create=True)
    assert "Properties" in found.created
    assert not found.blocking


def test_fields_beyond_the_plans_limit_are_marked_and_nothing_is_created(
    tmp_path: Path, export: Path
) -> None:
    desk = proposed(tmp_path, export, plan="growth")
    for n in range(20):
        add_field(desk, f"Old {n}", "text")
    line = Line("contact", ("person.first_name",), "custom:Nickname", "text")
    change(desk, lambda m: m.lines.append(line))
    change(desk, lambda m: m.new_fields.append(NewField("contact", "Nickname", "text")))
    found = provision(desk)
    assert thing(found, "Nickname").status is Status.OVER
    assert (
        "allows 20 custom text fields of contact: 20 are there" in thing(found, "Nickname").detail
    )
    assert thing(found, "Entry").status is Status.MISSING
    room = next(r for r in found.rooms if (r.entity, r.type) == ("contact", "text"))
    assert (room.there, room.missing, room.allowed, room.is_full) == (20, 1, 20, True)
    with pytest.raises(PlanUnfitError, match=r"\[E312\].*21 custom text fields on contact"):
        provision(desk, create=True)
    listed = desk.call("GET", "settings/contacts/fields")["fields"]
    assert "Entry" not in [field["label"] for field in listed]


# --- creating, or a checklist ------------------------------------------------------------------


def test_created_fields_are_there_with_their_choices_and_no_list_is_left(desk: Desk) -> None:
    assert provision(desk).list is not None
    found = provision(desk, create=True)
    assert not found.blocking
    assert found.list is None
    assert not (desk.bench.project.reports / "fields-to-create.md").exists()
    listed = desk.call("GET", "settings/contacts/fields")["fields"]
    entry = next(f for f in listed if f["label"] == "Entry")
    assert [choice["value"] for choice in entry["choices"]] == ["Back door", "Front door"]


def test_creating_twice_creates_nothing_the_second_time(desk: Desk) -> None:
    provision(desk, create=True)
    assert provision(desk, create=True).created == []


def test_an_account_that_creates_no_fields_gets_the_whole_checklist(
    tmp_path: Path, export: Path
) -> None:
    desk = proposed(tmp_path, export, assumptions=Assumptions(field_creation=False))
    found = provision(desk, create=True)
    assert found.created == []
    page = printed(desk)
    titles = [line for line in page.splitlines() if line.startswith("## ")]
    assert titles[:3] == [
        "## Contact (Admin Settings > Contacts)",
        "## Account (Admin Settings > Accounts)",
        "## Deal (Admin Settings > Deals)",
    ]
    entry = page.partition("- [ ] **Entry** · Dropdown · 3 records have a value")[2]
    assert entry.splitlines()[1:3] == ["    1. Back door", "    2. Front door"]


def test_the_table_has_a_row_per_field_and_per_choice_in_order(desk: Desk) -> None:
    provision(desk)
    rows = [(r["what"], r["type"], r["choice"]) for r in table(desk) if r["label"] == "Entry"]
    assert rows == [
        ("custom field", "Dropdown", ""),
        ("choice", "Dropdown", "Back door"),
        ("choice", "Dropdown", "Front door"),
    ]


def test_the_json_document_holds_things_limits_and_fit(desk: Desk) -> None:
    content = json.loads(json.dumps(provision(desk).as_json()))
    entry = next(t for t in content["things"] if t["label"] == "Entry")
    assert entry["status"] == "missing"
    assert content["checklist"].endswith("fields-to-create.md")
    assert any(limit["type"] == "total" for limit in content["limits"])
    assert content["values_checked"] > 0


def as_type(kind: str, by: str, *choices: str) -> Callable[[Mapping], None]:
    """Make Entry a field of another type."""

    def how(mapping: Mapping) -> None:
        mapping.new_fields = [
            NewField("contact", "Entry", kind, choices) if f.label == "Entry" else f
            for f in mapping.new_fields
        ]
        mapping.lines = [
            replace(line, transform=by) if line.target == "custom:Entry" else line
            for line in mapping.lines
        ]

    return how


def test_a_field_whose_values_do_not_fit_is_not_created(desk: Desk) -> None:
    change(desk, as_type("date", "date"))
    found = provision(desk, create=True)
    assert "Entry" not in found.created
    assert "Source key" in found.created
    assert [fit.line.label for fit in found.unfit] == ["Entry"]
