"""The commands of the documentation run, and print what the pages say."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.docs.console import DOCS, REPOSITORY, Session, missing, steps

PAGES = sorted(page for page in DOCS.rglob("*.md") if next(steps(page), None))


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    monkeypatch.setenv("CROSSDOCK_FRESHSALES_KEY", "")
    (tmp_path / "examples").symlink_to(REPOSITORY / "examples")
    opened = Session(tmp_path)
    monkeypatch.setattr("crossdock.cli.workbench.SystemClock", lambda: opened.clock)
    yield opened
    opened.close()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_command_prints_what_the_page_shows(page: Path, session: Session) -> None:
    for step in steps(page):
        printed = session.run(step.command)
        line = missing(step, printed)
        assert not line, f"$ {step.command}\nshould print: {line}\nprinted:\n{printed}"
