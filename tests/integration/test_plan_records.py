"""Planned records that cannot be loaded, what the plan costs, and that it is the same again."""

from __future__ import annotations

import shutil
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from crossdock.cli import plan_screen
from crossdock.cli.lines import Sheet
from crossdock.connectors.base import Description
from crossdock.desk.migration import plan_all
from crossdock.mapping.document import CONFIRMED, Line
from crossdock.model.fields import Entity, Field, FieldType
from crossdock.plan import compile, switch_off, unique
from crossdock.plan.plan import Plan
from crossdock.routes.base import Phase
from tests.integration.companies import COMPANY
from tests.integration.desks import Desk, desk_for
from tests.integration.exports import export_of, store

# --- the same e-mail address for everybody ---------------------------------------------------


@pytest.fixture(scope="module")
def alike(confirmed_desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> tuple[Desk, Plan]:
    """A plan in which every contact has one and the same e-mail address."""
    desk = confirmed_desk.copied(tmp_path_factory.mktemp("alike") / "project")
    text = desk.bench.project.mapping_file.read_text("utf-8")
    old = 'to = "email"\nby = "text"'
    assert old in text
    desk.edit((old, 'to = "email"\nby = "sql:\'Same@example.com\'"'))
    with desk.bench.project.database() as connection:
        desk.confirm(connection)
    return desk, desk.plan()


def _reject(plan: Plan, entity: str, code: str) -> dict[str, object]:
    (found,) = [r for r in plan.rejects if (r["entity"], r["code"]) == (entity, code)]
    return found


def test_of_contacts_with_one_address_the_first_is_loaded(alike: tuple[Desk, Plan]) -> None:
    desk, plan = alike
    kept = desk.planned("SELECT source_key FROM plan.contact WHERE action = 'create'")
    everybody = desk.planned("SELECT min(source_key), count(*) FROM plan.contact")
    found = _reject(plan, "contact", "UNIQUE")
    assert kept == [(everybody[0][0],)]
    assert found["count"] == everybody[0][1] - 1
    assert found["reason"] == "another record of the plan has the same Email, which must differ"


def test_a_link_to_a_rejected_contact_is_left_out_and_told(alike: tuple[Desk, Plan]) -> None:
    desk, plan = alike
    found = [f for f in plan.findings if f.code == "LINK_LEFT_OUT"]
    assert {f.field for f in found} == {"Related contacts"}
    linked = desk.planned(
        "SELECT DISTINCT unnest(json_extract_string(payload, "
        """'$.contacts_added_list[*]."$ref"[1]')) FROM plan.deal"""
    )
    kept = desk.planned("SELECT source_key FROM plan.contact WHERE action = 'create'")
    assert set(linked) <= set(kept)


def test_every_reference_of_the_plan_leads_to_a_record_that_is_loaded(
    alike: tuple[Desk, Plan],
) -> None:
    desk, _ = alike
    tables = ("contact", "deal", "deal_products", "appointment", "task", "note", "document")
    lost = [
        desk.planned(
            f"""
            SELECT count(*) FROM (SELECT payload, unnest(json_extract(payload, '$..\"$ref\"')) AS r
                FROM plan.{table} WHERE action = 'create')
            WHERE (r ->> 0, r ->> 1) NOT IN (SELECT (entity, key) FROM plan._loadable)
            """
        )[0][0]
        for table in tables
    ]
    assert lost == [0] * len(tables)


# --- other reasons ---------------------------------------------------------------------------

_ACCOUNT = "sales_account"
_UNIQUE = Description(
    "http://there",
    {
        _ACCOUNT: Entity(
            _ACCOUNT, "Account", (Field("cf_abn", "ABN", FieldType.TEXT, custom=True, unique=True),)
        )
    },
    [],
)


def test_a_value_that_a_record_there_has_rejects_the_planned_one() -> None:
    lines = [Line(_ACCOUNT, ("x.v",), "custom:ABN", "text", status=CONFIRMED)]
    with store() as connection:
        connection.execute("CREATE SCHEMA route; CREATE SCHEMA plan")
        connection.execute("CREATE TABLE route.r AS SELECT 'C1' AS source_key, '51 824' AS v")
        connection.execute(
            "CREATE TABLE plan._there_sales_account AS SELECT '7' AS id, NULL AS key, '' AS same,"
            """ '{"cf_abn": "51 824"}'::JSON AS held"""
        )
        for part in (compile.rules, compile.problems, compile.references):
            part.prepare(connection)
        phase = Phase(_ACCOUNT, "Accounts", "route.r", "account")
        compile.compile_entity(connection, phase, lines, _UNIQUE)
        unique.reject_taken(connection, _ACCOUNT, lines, _UNIQUE)
        found = connection.execute(
            "SELECT action, reason, code FROM plan.sales_account JOIN plan._reason USING (reason)"
        ).fetchall()
    reason = "a record at the destination has the same ABN, which must differ"
    assert found == [("reject", reason, "UNIQUE_THERE")]


def test_a_record_whose_deal_is_not_loaded_is_rejected_with_it() -> None:
    lines = [Line("note", ("x.t",), "targetable", "target", status=CONFIRMED)]
    with store() as connection:
        connection.execute("CREATE SCHEMA route; CREATE SCHEMA plan")
        connection.execute(
            "CREATE TABLE route.r AS SELECT 'N' || n AS source_key, ['deal', 'BOK-' || n] AS t"
            " FROM range(1, 3) r(n)"
        )
        for part in (compile.rules, compile.problems, compile.references):
            part.prepare(connection)
        connection.execute("INSERT INTO plan._loadable VALUES ('deal', 'BOK-1')")
        phase = Phase("note", "Notes", "route.r", "note")
        compile.compile_entity(connection, phase, lines, Description("http://there", {}, []))
        found = connection.execute(
            "SELECT source_key, action, reason FROM plan.note ORDER BY 1"
        ).fetchall()
    assert found == [
        ("N1", "create", None),
        ("N2", "reject", "the deal it stands on cannot be loaded"),
    ]


@pytest.mark.parametrize(
    ("entity", "target", "by", "column", "code"),
    [
        ("document", "path", "text", "'a.mov' AS v, 157286401 AS bytes", "FILE_TOO_LARGE"),
        ("document", "path", "text", "'a.mov' AS v, 157286400 AS bytes", None),
        ("deal_products", "products", "json", "to_json(range(101)) AS v", "TOO_MANY_LINES"),
        ("deal_products", "products", "json", "to_json(range(100)) AS v", None),
    ],
)
def test_what_is_larger_than_the_destination_takes_is_rejected(
    entity: str, target: str, by: str, column: str, code: str | None
) -> None:
    lines = [Line(entity, ("x.v",), target, by, status=CONFIRMED)]
    with store() as connection:
        connection.execute("CREATE SCHEMA route; CREATE SCHEMA plan")
        connection.execute(f"CREATE TABLE route.r AS SELECT 'K1' AS source_key, {column}")
        connection.execute("CREATE TABLE plan.product AS SELECT 'create' AS action LIMIT 0")
        for part in (compile.rules, compile.problems, compile.references):
            part.prepare(connection)
        phase = Phase(entity, "x", "route.r", "x")
        compile.compile_entity(connection, phase, lines, Description("http://there", {}, []))
        found = connection.execute(
            f"SELECT code FROM plan.{entity} p LEFT JOIN plan._reason r ON r.reason = p.reason"
        ).fetchall()
    assert found == [(code,)]


# --- the same plan ---------------------------------------------------------------------------


def _digest(desk: Desk, threads: int) -> str:
    desk.bench.look()
    with desk.bench.project.database() as connection:
        connection.execute(f"SET threads = {threads}")
        made, _, _ = plan_all(desk.bench, connection, lambda _: None)
    return made.digest


def _shuffled(export: Path, folder: Path) -> Path:
    """Copy an export so that its files come in another order."""
    folder.mkdir()
    for path in sorted(export.iterdir(), reverse=True):
        copy = shutil.copytree if path.is_dir() else shutil.copy
        copy(path, folder / path.name)
    return folder


def test_the_plan_is_the_same_on_one_core_and_on_two(
    confirmed_desk: Desk, planned_desk: Desk, tmp_path: Path
) -> None:
    again = confirmed_desk.copied(tmp_path / "project")
    assert _digest(again, 1) == _digest(planned_desk, 2)


def test_the_order_of_the_files_does_not_change_the_plan(
    planned_desk: Desk, small_company: Path, tmp_path: Path
) -> None:
    other = desk_for(tmp_path / "project", _shuffled(small_company, tmp_path / "shuffled"))
    other.prepare()
    assert other.plan().digest == _digest(planned_desk, 2)


def test_one_other_value_makes_another_plan(planned_desk: Desk, tmp_path: Path) -> None:
    files = {name: [dict(row) for row in rows] for name, rows in COMPANY.items()}
    files["customers"][0]["suburb"] = "Elsewhere"
    export = export_of(tmp_path / "other", **files)
    (export / "files" / "BOK-1").mkdir(parents=True)
    (export / "files" / "BOK-1" / "a.jpg").write_bytes(b"jpeg")
    other = desk_for(tmp_path / "project", export)
    other.prepare()
    assert other.plan().digest != _digest(planned_desk, 2)


# --- what it costs, what fires ---------------------------------------------------------------


@pytest.fixture(scope="module")
def plan(planned_desk: Desk) -> Plan:
    return planned_desk.plan()


def test_the_chosen_history_costs_what_the_plan_costs(plan: Plan) -> None:
    (chosen,) = [priced for priced in plan.history.values() if priced["chosen"]]
    assert plan.history["digest"] == chosen
    assert (chosen["requests"], chosen["hours"]) == (plan.requests, plan.hours)


@pytest.mark.parametrize("policy", ["recent", "full"])
def test_the_other_ways_to_keep_the_history_are_foretold(
    confirmed_desk: Desk, plan: Plan, policy: str, tmp_path: Path
) -> None:
    desk = confirmed_desk.copied(tmp_path / "project")
    desk.edit(('history = "digest"', f'history = "{policy}"'))
    with desk.bench.project.database() as connection:
        desk.confirm(connection)
    foretold = plan.history[policy]
    assert foretold["estimated"]
    assert foretold["requests"] == desk.plan().requests


def test_won_deals_are_counted_with_the_contacts_that_they_move(
    planned_desk: Desk, plan: Plan
) -> None:
    (won,) = [fire for fire in plan.fires if fire["rule"] == "lifecycle: a deal is won"]
    stages = planned_desk.bench.description().entity("deal").field("deal_stage_id")
    assert stages is not None
    ids = [c.id for c in stages.choices if c.facts.get("forecast_type") == "Closed Won"]
    (count,) = planned_desk.planned(
        "SELECT count(*) FROM plan.deal WHERE action = 'create'"
        f" AND payload ->> '$.deal_stage_id' IN ({', '.join(map(repr, ids))})"
    )
    assert won["records"] == count[0] > 0
    assert won["shown"]
    assert won["does"].endswith("to Customer")


def test_what_the_api_does_not_show_is_listed_with_the_place_of_its_switch(plan: Plan) -> None:
    unseen = {fire["rule"]: fire["where"] for fire in plan.fires if not fire["shown"]}
    assert set(unseen) >= {"workflows", "auto-assignment rules", "notifications"}
    assert unseen["workflows"] == "Admin Settings > Teams & Territories > Workflows"


def test_the_checklist_has_a_box_for_each(plan: Plan, planned_desk: Desk) -> None:
    path = switch_off.write(planned_desk.bench.project, plan.fires, plan.digest)
    text = path.read_text("utf-8")
    assert text.count("- [ ] ") == len(plan.fires) + 5
    assert all(fire["where"] in text for fire in plan.fires)


def test_files_are_held_against_the_room_of_the_plan(plan: Plan) -> None:
    assert (plan.storage["files"], plan.storage["bytes"]) == (1, len(b"jpeg"))
    assert plan.storage["fits"]
    assert plan.storage["room"]["pro"] == plan.storage["users"] * 5 * 1024**3


@pytest.mark.parametrize("width", [80, 120])
def test_a_plan_fits_the_screen(plan: Plan, width: int) -> None:
    console = Console(file=StringIO(), width=width)
    plan_screen.show(Sheet(console, Path()), plan, "reports/switch-off.md")
    shown = console.file.getvalue()  # type: ignore[attr-defined]
    assert shown.startswith("Plan: ")
    assert "to create, 0 to update" in shown.splitlines()[0]
    assert max(len(line) for line in shown.splitlines()) <= width
