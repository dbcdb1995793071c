"""The account of the rows, corrected by what plan and destination did with their records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from crossdock.ledger import Ledger
from crossdock.ledger.ledger import Settled
from crossdock.model.times import SystemClock
from crossdock.plan.plan import Plan
from crossdock.project import configure
from crossdock.report import rows
from crossdock.routes.octopuspro_freshsales import ROUTE

ONE_PHASE = replace(ROUTE, phases=[p for p in ROUTE.phases if p.entity in ("user", "deal")])
_TABLES = """
CREATE SCHEMA stage; CREATE SCHEMA plan; CREATE SCHEMA route; CREATE SCHEMA row;
CREATE TABLE stage._file (file_no INTEGER, object VARCHAR, name VARCHAR, rows BIGINT,
    rejected BIGINT);
INSERT INTO stage._file VALUES (1, 'booking', 'a.csv', 2, 0), (2, 'booking', 'b.csv', 4, 1),
    (3, 'form', 'forms.csv', 3, 0);
CREATE TABLE stage._reject (object VARCHAR, file VARCHAR, line BIGINT, reason VARCHAR);
INSERT INTO stage._reject VALUES ('booking', 'b.csv', 4, 'too many columns');
CREATE TABLE stage.booking (number VARCHAR, customer VARCHAR, _file INTEGER);
INSERT INTO stage.booking VALUES ('1', NULL, 1), ('2', 'Jo', 1), ('3', 'Al', 2), ('4', 'Bo', 2),
    ('5', 'Cy', 2), ('6', 'Di', 2);
CREATE TABLE row.booking AS SELECT rowid AS _row, _file,
    CASE _file WHEN 1 THEN 2 + rowid ELSE 1 + rowid END AS _line FROM stage.booking;
CREATE TABLE plan.deal (seq BIGINT, source_key VARCHAR, action VARCHAR, reason VARCHAR,
    destination_id VARCHAR);
INSERT INTO plan.deal VALUES (1, 'B1', 'create', NULL, NULL), (2, 'B2', 'create', NULL, '77'),
    (3, 'B3', 'reject', 'Name is empty', NULL), (4, 'B4', 'create', NULL, NULL);
CREATE TABLE route.flow (object VARCHAR, _row BIGINT, bucket VARCHAR, entity VARCHAR,
    source_key VARCHAR, reason VARCHAR);
INSERT INTO route.flow VALUES ('booking', 0, 'created', 'deal', 'B1', NULL),
    ('booking', 1, 'created', 'deal', 'B2', NULL), ('booking', 2, 'created', 'deal', 'B3', NULL),
    ('booking', 3, 'merged', 'deal', 'B4', NULL),
    ('booking', 4, 'rejected', 'deal', NULL, 'its customer is not in the export'),
    ('booking', 5, 'skipped', 'deal', NULL, 'deleted');
"""


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    made = duckdb.connect()
    configure(made)
    made.execute(_TABLES)
    yield made
    made.close()


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    made = Ledger(tmp_path / "ledger.sqlite", SystemClock())
    run = made.open_run("plan", "mapping", "url")
    made.adopt(run, "deal", [("B2", "77", "d")])
    made.intend(run, "deal", ["B1", "B4"])
    refused = Settled("B4", "rejected", detail="Amount must be a number")
    made.settle(run, "deal", [Settled("B1", "confirmed", "501"), refused])
    yield made
    made.close()


def test_each_row_ends_where_it_really_is(
    connection: duckdb.DuckDBPyConnection, ledger: Ledger
) -> None:
    rows.settle(connection, ONE_PHASE, ledger, Plan("", "AUD"))
    booking, form = rows.objects(connection, ONE_PHASE)
    assert booking["read"] == 7
    assert booking["buckets"] == {"created": 1, "matched": 1, "rejected": 4, "skipped": 1}
    assert booking["files"] == ["a.csv", "b.csv"]
    assert (form["read"], form["buckets"]) == (3, {"skipped": 3})
    assert rows.flows(connection) == [
        {"object": "booking", "entity": "deal", "bucket": "created", "rows": 1},
        {"object": "booking", "entity": "deal", "bucket": "matched", "rows": 1},
    ]


def test_the_reasons_count_every_row_that_did_not_move(
    connection: duckdb.DuckDBPyConnection, ledger: Ledger
) -> None:
    rows.settle(connection, ONE_PHASE, ledger, Plan("", "AUD"))
    found = rows.not_moved(connection, ONE_PHASE)
    assert {(r["bucket"], r["reason"], r["rows"]) for r in found} == {
        ("rejected", "Name is empty", 1),
        ("rejected", "Amount must be a number", 1),
        ("rejected", "its customer is not in the export", 1),
        ("rejected", "the row cannot be read from its file", 1),
        ("skipped", "deleted", 1),
        ("skipped", ROUTE.settings_reason, 3),
    }


def test_each_rejected_row_and_record_is_listed_with_its_place(
    connection: duckdb.DuckDBPyConnection, ledger: Ledger
) -> None:
    rows.settle(connection, ONE_PHASE, ledger, Plan("", "AUD"))
    found = rows.rejected(connection, ONE_PHASE, ledger)
    assert all(tuple(row) == rows.REJECTED for row in found)
    assert [(r["by"], r["key"], r["file"], r["row"]) for r in found] == [
        ("file", "", "b.csv", 4),
        ("export", "5 · Cy", "b.csv", 5),
        ("plan", "B3", "", None),
        ("destination", "B4", "", None),
    ]


def test_what_the_account_s_plan_has_no_place_for_is_left_out_by_rule(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    ledger = Ledger(tmp_path / "other.sqlite", SystemClock())
    plan = Plan("", "AUD", entities=[{"entity": "deal", "why": "no deals on this plan"}])
    rows.settle(connection, ONE_PHASE, ledger, plan)
    booking = rows.objects(connection, ONE_PHASE)[0]
    assert booking["buckets"] == {"rejected": 3, "skipped": 4}
    assert ("no deals on this plan", 3) in {
        (r["reason"], r["rows"]) for r in rows.not_moved(connection, ONE_PHASE)
    }
    ledger.close()
