"""A run that is killed anywhere and started again ends like one that was not."""

from __future__ import annotations

import json
import random
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from crossdock.connectors.octopuspro.tenant import write_tenant
from tests.migrations import Migration, migration, state_of

ENTITIES = (
    "sales_account",
    "contact",
    "product",
    "deal",
    "deal_products",
    "appointment",
    "task",
    "note",
    "document",
)


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tenant") / "export"
    write_tenant(folder, customers=60, seed=11)
    return folder


@pytest.fixture(scope="module")
def undisturbed(export: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What an account holds after a run that nothing disturbed."""
    with migration(tmp_path_factory.mktemp("calm") / "project") as calm:
        calm.prepare(export)
        calm.json("run")
        return state_of(calm.dump())


@pytest.fixture
def project(export: Path, tmp_path: Path) -> Iterator[Migration]:
    with migration(tmp_path / "project") as opened:
        opened.prepare(export)
        yield opened


def run(project: Migration, fault: str = "") -> subprocess.CompletedProcess[str]:
    """Run, answering what is asked as a person who looks into the account would."""
    for _ in range(3):
        done = project.crossdock("run", "--json", CROSSDOCK_FAULT=fault)
        if done.returncode != 1:
            return done
        error = json.loads(done.stdout)["error"]
        assert error["code"] == "E309", error
        code = error["next"].split()[2]
        there = [p for p in project.dump()["products"] if p["product_code"] == code.split(":")[2]]
        project.json("answer", code, str(there[0]["id"]) if there else "absent")
    raise AssertionError("the run asks for ever")


def killed(project: Migration, point: str) -> None:
    """Run until the program kills itself at a named point."""
    done = run(project, point)
    assert done.returncode == -9, done.stdout + done.stderr


def resumed(project: Migration) -> Any:
    """Run to the end."""
    done = run(project)
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout)


@pytest.mark.slow
def test_killed_in_the_middle_of_the_deals_it_ends_in_the_same_state(
    project: Migration, undisturbed: dict[str, list[str]]
) -> None:
    killed(project, "deal.sent:2")
    assert resumed(project)["phases"][-1]["balanced"]
    assert state_of(project.dump()) == undisturbed


@pytest.mark.slow
@pytest.mark.parametrize("entity", ENTITIES)
def test_killed_between_request_and_answer_nothing_is_doubled_or_lost(
    project: Migration, undisturbed: dict[str, list[str]], entity: str
) -> None:
    killed(project, f"{entity}.sent:1")
    resumed(project)
    assert state_of(project.dump()) == undisturbed


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_killed_several_times_at_random_points_it_still_ends_in_the_same_state(
    project: Migration, undisturbed: dict[str, list[str]], seed: int
) -> None:
    chance = random.Random(seed)
    for entity in sorted(chance.sample(ENTITIES, 3), key=ENTITIES.index):
        killed(project, f"{entity}.{chance.choice(['intended', 'sent', 'settled'])}:1")
    resumed(project)
    assert state_of(project.dump()) == undisturbed


@pytest.mark.slow
def test_a_second_run_writes_nothing(project: Migration) -> None:
    project.json("run")
    before = project.writes()
    again = project.json("run")
    assert project.writes() == before
    assert Counter(p["created"] for p in again["phases"]) == {0: len(again["phases"])}
