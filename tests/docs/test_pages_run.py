"""The commands of the documentation run, and print what the pages say."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from crossdock.emulator import load_faults
from tests.docs.console import DOCS, REPOSITORY, Session, missing, steps

TUTORIAL = DOCS / "tutorial.md"
#: Pages that make a whole migration of their own.
LONG = {
    "ask-for-the-export",
    "edit-the-mapping",
    "read-what-inspect-says",
    "resume-after-a-crash",
    "review-the-map",
}
SLOW = pytest.mark.slow
#: Keys that are printed only where they have something to say.
SOMETIMES = {"entities[].why", "left_out[].column", "left_out[].who", "left_out[].when"}
PAGES = sorted(page for page in DOCS.rglob("*.md") if next(steps(page), None))


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    monkeypatch.setenv("CROSSDOCK_FRESHSALES_KEY", "")
    (tmp_path / "examples").symlink_to(REPOSITORY / "examples")
    opened = Session(tmp_path)
    monkeypatch.setattr("crossdock.desk.workbench.SystemClock", lambda: opened.clock)
    yield opened
    opened.close()


def walk_through(page: Path, session: Session) -> None:
    for step in steps(page):
        printed = session.run(step.command)
        line = missing(step, printed)
        assert not line, f"$ {step.command}\nshould print: {line}\nprinted:\n{printed}"


@pytest.mark.parametrize(
    "page",
    [pytest.param(p, marks=SLOW if p.stem in LONG else ()) for p in PAGES if p != TUTORIAL],
    ids=lambda page: page.stem,
)
def test_every_command_prints_what_the_page_shows(page: Path, session: Session) -> None:
    walk_through(page, session)


@SLOW
def test_the_tutorial_runs_and_json_has_the_documented_keys(session: Session) -> None:
    walk_through(TUTORIAL, session)
    for command in ("inspect", "doctor", "fields", "map review", "plan", "verify", "status"):
        check_keys(command, session.run(f"crossdock {command} --project bright --json"))
    check_keys("run", session.run("crossdock run --project bright --json"))
    check_keys("tenant", session.run("crossdock tenant --customers 5 --out made --json"))
    check_keys("new", session.run("crossdock new other --export made --json"))
    check_keys("request", session.run("crossdock request --json"))
    wrong = session.run("crossdock answer NOTHING none --project other2 --json")
    assert keys_of(document_in(wrong)) == documented_keys("JSON output")


def test_the_faults_file_of_the_page_has_names_that_mean_something(tmp_path: Path) -> None:
    page = (DOCS / "how-to" / "let-things-go-wrong.md").read_text("utf-8")
    file = tmp_path / "faults.toml"
    file.write_text(page.partition("```toml\n")[2].partition("```")[0], "utf-8")
    assert load_faults(file).neighbour_per_hour == 300


def check_keys(command: str, printed: str) -> None:
    promised, found = documented_keys(command), keys_of(document_in(printed))
    extra = {key for key in found if not any(covers(known, key) for known in promised)}
    extra = {key for key in extra if not any(inside(known, key) for known in promised)}
    assert not extra, f"docs/reference/json.md, {command}: {sorted(extra)} are not documented"
    lost = {key for key in promised if not any(covers(key, known) for known in found)}
    lost = {key for key in lost - SOMETIMES if not any(inside(key, empty) for empty in found)}
    assert not lost, f"{command} does not print {sorted(lost)}"


def inside(key: str, empty: str) -> bool:
    """Say whether a key stands inside a list or object that happens to be empty."""
    return key.startswith((f"{empty}[]", f"{empty}."))


def document_in(printed: str) -> Any:
    """Return the JSON document; progress may stand around it."""
    return json.JSONDecoder().raw_decode(printed[printed.index("{") :])[0]


def documented_keys(title: str) -> set[str]:
    page = (DOCS / "reference" / "json.md").read_text("utf-8")
    section = re.split(r"^#+ ", page.partition(f"# {title}\n")[2], flags=re.MULTILINE)[0]
    return set(re.findall(r"^\| `([^`]+)` \|", section, re.MULTILINE))


def covers(known: str, key: str) -> bool:
    """Say whether a documented key means this one; `*` is any key."""
    pattern = re.escape(known).replace(r"\*", r"[^\]]+?")
    return re.fullmatch(pattern, key) is not None


def keys_of(value: Any, path: str = "") -> set[str]:
    """Return the paths of all values; those of an empty list or object are their own."""
    if isinstance(value, dict) and value:
        inner = [keys_of(v, f"{path}.{k}" if path else str(k)) for k, v in value.items()]
        return set().union(*inner)
    if isinstance(value, list) and value:
        return set().union(*(keys_of(v, f"{path}[]") for v in value))
    return {path}
