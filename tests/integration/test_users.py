"""Who owns what, who needs a user, waiting for them, and giving them their records afterwards."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from crossdock.connectors.base import Description, User
from crossdock.desk.users import Staff, reassign, staff, wait_for
from crossdock.errors import DefaultOwnerError
from crossdock.ledger import Ledger
from crossdock.load.handover import Handover
from crossdock.mapping import shaping
from crossdock.mapping.document import Line
from crossdock.mapping.transforms import expression
from crossdock.model.faults import FaultPoints
from crossdock.provision.people import require_default_owner
from crossdock.routes.octopuspro_freshsales import ROUTE
from tests.integration.desks import Desk, desk_for, dying
from tests.integration.exports import export_of, policies, project_of, read, store

WORKERS = [
    {"fieldworker_id": "1", "display_name": "Sam K", "email": "Sam@Example.com"},
    {"fieldworker_id": "2", "display_name": "Zoë O'Neil"},
    {"fieldworker_id": "3", "display_name": "Old Joe", "email": "joe@example.com", "status": "No"},
    {"fieldworker_id": "4", "display_name": "Pat V", "email": "pat@example.com"},
    {"fieldworker_id": "5", "display_name": "Kim Q", "email": "pat@example.com"},
    {"fieldworker_id": "6", "display_name": "General Fieldworker"},
]
USERS = [
    {"user_id": "9", "display_name": "Dee D", "email": "dee@example.com", "role": "Scheduler"},
    {"user_id": "8", "display_name": "Samuel K", "email": "sam@example.com", "role": "Admin"},
    {"user_id": "7", "display_name": "Dee D", "email": "dee.two@example.com"},
]


def booking(number: int, workers: str, **more: str) -> dict[str, str]:
    return {
        "booking_number": f"BOK-{number}",
        "customer_id": "1",
        "status": "COMPLETED",
        "total": "10.00",
        "created": "20/03/2025 09:00",
        "fieldworkers": workers,
        **more,
    }


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return export_of(
        tmp_path_factory.mktemp("people"),
        customers=[{"customer_id": "1", "first_name": "Ann", "email": "ann@example.com"}],
        fieldworkers=WORKERS,
        users=USERS,
        bookings=[
            booking(1, "Sam K"),
            booking(2, "Sam K; Zoë O'Neil"),
            booking(3, "Zoë O'Neil"),
            booking(4, "Old Joe"),
            booking(5, "General Fieldworker", sales_rep="Dee D"),
        ],
        booking_history=[
            {
                "booking_number": "BOK-1",
                "date_time": "21/03/2025 10:00",
                "user": "Dee D",
                "action": "Status changed",
                "old_value": "TO DO",
                "new_value": "COMPLETED",
            }
        ],
        appointments=[
            {"booking_number": "BOK-1", "date": "21/03/2025", "fieldworkers": "Sam K; Pat V"},
        ],
    )


@pytest.fixture
def desk(tmp_path: Path, export: Path) -> Desk:
    return desk_for(tmp_path / "project", export)


def look(desk: Desk) -> Staff:
    with desk.bench.project.database() as connection:
        return staff(desk.bench, connection)


def invited(found: Staff) -> list[dict[str, str]]:
    with found.path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_people_are_listed_with_what_they_own_and_the_list_says_who_they_are(desk: Desk) -> None:
    found = look(desk)
    assert [(p.email, p.deals, p.tasks, p.visits) for p in found.missing] == [
        ("sam@example.com", 2, 0, 1),
        ("dee.two@example.com", 1, 1, 0),
        ("zoe.o.neil@no-email.invalid", 1, 0, 0),
    ]
    assert [(p.email, p.visits) for p in found.optional] == [("pat@example.com", 1)]
    assert [(p.email, p.deals) for p in found.former] == [("joe@example.com", 1)]
    rows = {row["email"]: row for row in invited(found)}
    assert "joe@example.com" not in rows
    zoe = rows["zoe.o.neil@no-email.invalid"]
    assert (zoe["name"], zoe["placeholder"], zoe["source_email"]) == ("Zoë O'Neil", "yes", "")
    assert "enter one in OctopusPro" in zoe["note"]
    assert rows["sam@example.com"]["role"] == "Sales User"
    assert rows["sam@example.com"]["placeholder"] == "no"
    assert (rows["pat@example.com"]["needed"], rows["sam@example.com"]["needed"]) == ("no", "yes")
    named = {finding.code: list(finding.evidence) for finding in found.findings}
    assert named["PEOPLE_SHARE_EMAIL"] == ["pat@example.com: Kim Q, Pat V"]
    assert named["PERSON_TWO_NAMES"] == ["sam@example.com: Sam K, Samuel K"]
    assert named["PERSON_TWO_EMAILS"] == ["Dee D: dee.two@example.com, dee@example.com"]


def test_a_user_is_matched_whatever_the_case_and_a_deactivated_one_is_missing(desk: Desk) -> None:
    desk.account.add_user("Sam", "SAM@EXAMPLE.COM")
    desk.account.add_user("Dee", "dee.two@example.com", active=False)
    found = look(desk)
    assert [p.email for p in found.missing] == [
        "dee.two@example.com",
        "zoe.o.neil@no-email.invalid",
    ]
    assert [p.email for p in found.everyone if p.user == "there"] == ["sam@example.com"]
    rows = {row["email"]: row for row in invited(found)}
    assert rows["dee.two@example.com"]["note"] == "has a user, which is deactivated: activate it"
    assert found.as_json()["missing"][0]["user"] == "deactivated"


def test_waiting_asks_once_a_round_tells_who_appeared_and_ends_when_all_are_there(
    desk: Desk,
) -> None:
    desk.account.add_user("Zoe", "zoe.o.neil@no-email.invalid")
    found = look(desk)
    before, heard = desk.sent["GET /crm/sales/api/selector/owners"], []
    start, first = desk.clock.now(), "sam@example.com"
    desk.account.add_user("Sam", first)

    def told(email: str, left: int) -> None:
        heard.append((email, left))
        if email == first:
            desk.account.add_user("Dee", "dee.two@example.com")

    assert wait_for(desk.bench, found, 60, told) == [first, "dee.two@example.com"]
    assert heard == [(first, 1), ("dee.two@example.com", 0)]
    assert (desk.clock.now() - start).total_seconds() >= 60
    assert desk.sent["GET /crm/sales/api/selector/owners"] - before == 2
    assert not look(desk).missing


@pytest.mark.parametrize(
    ("users", "state"),
    [
        ([], "no user"),
        ([User("5", "Boss@example.com", "Boss", active=False)], "a deactivated user"),
    ],
)
def test_a_default_owner_who_is_no_active_user_is_E313(  # noqa: N802
    users: Sequence[User], state: str
) -> None:
    with pytest.raises(DefaultOwnerError, match=rf"\[E313\] .*boss@example.com is {state}"):
        require_default_owner(Description("", {}, users), {"default_owner": "boss@Example.com"})
    require_default_owner(Description("", {}, users), {"default_owner": ""})


def test_the_default_owner_gets_what_has_no_user_and_nothing_else(export: Path) -> None:
    users = [User("5", "boss@example.com", "Boss"), User("6", "sam@example.com", "Sam")]
    line = Line("deal", ("job.owner_email",), "owner_id", "owner")

    def owners(connection: Any, **chosen: str) -> dict[str, int | None]:
        shaping.shape(connection, ROUTE, Description("", {}, users), policies(**chosen))
        query = f"SELECT source_key, {expression(line)} FROM route.deal"
        return dict(connection.execute(query).fetchall())

    project = project_of(export.parent, export)
    with store() as connection:
        read(project, connection)
        assert owners(connection) == dict.fromkeys(("BOK-3", "BOK-4", "BOK-5")) | {
            "BOK-1": 6,
            "BOK-2": 6,
        }
        assert owners(connection, default_owner="Boss@example.com") == {
            "BOK-1": 6,
            "BOK-2": 6,
            "BOK-3": 5,
            "BOK-4": 5,
            "BOK-5": 5,
        }


# --- what was parked -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def parked(tmp_path_factory: pytest.TempPathFactory, export: Path) -> Desk:
    """A project that was loaded while nobody had a user."""
    desk = desk_for(tmp_path_factory.mktemp("parked") / "project", export)
    with desk.bench.project.database() as connection:
        desk.propose(connection)
        desk.create_fields()
        desk.edit(('missing_users = "gate"', 'missing_users = "default-owner"'))
        desk.confirm(connection)
    desk.run()
    return desk


def give_back(desk: Desk, faults: FaultPoints | None = None) -> dict[str, Handover]:
    with desk.bench.project.database() as connection:
        done = reassign(desk.bench, connection, faults or FaultPoints())
    return {handover.entity: handover for handover in done}


def owners(desk: Desk) -> dict[str, str | None]:
    """Return the e-mail of the owner of each deal, by the beginning of its name."""
    users = {user["id"]: user["email"] for user in desk.account.catalog.items("owners")}
    return {
        row["name"].partition(" ")[0]: users.get(row.get("owner_id"))
        for row in desk.dump()["deals"]
    }


def deal_id(desk: Desk, number: str) -> int:
    return next(int(r["id"]) for r in desk.dump()["deals"] if r["name"].startswith(number))


def test_records_get_their_owner_once_there_is_a_user_and_others_go_on_waiting(
    parked: Desk, tmp_path: Path
) -> None:
    desk = parked.copied(tmp_path / "project")
    nobody = owners(desk)
    desk.account.add_user("Sam", "sam@example.com")
    done = give_back(desk)
    assert (done["deal"].moved, done["deal"].waiting) == (2, 3)
    assert (done["task"].moved, done["task"].waiting) == (0, 1)
    assert owners(desk) == nobody | {"BOK-1": "sam@example.com", "BOK-2": "sam@example.com"}
    desk.account.add_user("Dee", "dee.two@example.com")
    done = give_back(desk)
    assert (done["deal"].moved, done["task"].moved) == (1, 1)
    writes = desk.writes()
    assert give_back(desk)["deal"].moved == 0
    assert desk.writes() == writes


def test_a_record_whose_owner_a_person_changed_is_left(parked: Desk, tmp_path: Path) -> None:
    desk = parked.copied(tmp_path / "project")
    boss = desk.account.add_user("Boss", "boss@example.com")["id"]
    deal = deal_id(desk, "BOK-1")
    desk.call("PUT", f"deals/{deal}", {"deal": {"owner_id": boss}})
    desk.account.add_user("Sam", "sam@example.com")
    done = give_back(desk)
    assert (done["deal"].kept, done["deal"].moved) == (1, 1)
    assert owners(desk)["BOK-1"] == "boss@example.com"
    assert owners(desk)["BOK-2"] == "sam@example.com"


@pytest.mark.parametrize("point", ["intended", "sent", "settled"])
def test_a_death_in_the_middle_goes_on_and_the_owner_before_is_kept(
    parked: Desk, tmp_path: Path, point: str
) -> None:
    desk = parked.copied(tmp_path / "project")
    before = desk.call("GET", f"deals/{deal_id(desk, 'BOK-1')}")["deal"].get("owner_id")
    sam = desk.account.add_user("Sam", "sam@example.com")["id"]
    with dying(f"deal.owner.{point}") as faults:
        give_back(desk, faults)
    done = give_back(desk)
    assert (done["deal"].moved, done["deal"].waiting) == (2, 3)
    assert owners(desk)["BOK-1"] == owners(desk)["BOK-2"] == "sam@example.com"
    ledger = Ledger(desk.bench.project.ledger_file, desk.clock)
    prior = "" if before is None else str(before)
    assert ledger.parking.state_of("deal", "BOK-1") == ("moved", prior, str(sam))
    ledger.close()


def test_after_giving_back_the_records_are_as_planned(parked: Desk, tmp_path: Path) -> None:
    desk = parked.copied(tmp_path / "project")
    desk.account.add_user("Sam", "sam@example.com")
    desk.account.add_user("Dee", "dee.two@example.com")
    give_back(desk)
    result = desk.verify()
    assert result.clean
