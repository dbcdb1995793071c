from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from crossdock.project import KEY_VARIABLE
from tests.integration.companies import COMPANY
from tests.integration.desks import KEY, Desk, desk_for
from tests.integration.exports import export_of


@pytest.fixture(scope="session", autouse=True)
def _key() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(KEY_VARIABLE, KEY)
        yield


@pytest.fixture(scope="session")
def small_company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The export of a company with a few jobs of every kind."""
    export = export_of(tmp_path_factory.mktemp("small"), **COMPANY)
    (export / "files" / "BOK-1").mkdir(parents=True)
    (export / "files" / "BOK-1" / "a.jpg").write_bytes(b"jpeg")
    return export


@pytest.fixture(scope="session")
def confirmed_desk(tmp_path_factory: pytest.TempPathFactory, small_company: Path) -> Desk:
    """A project whose mapping is confirmed and whose account has its fields and users."""
    desk = desk_for(tmp_path_factory.mktemp("confirmed") / "project", small_company)
    desk.prepare()
    return desk


@pytest.fixture(scope="session")
def planned_desk(confirmed_desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The same project after its plan was made; nothing was written."""
    desk = confirmed_desk.copied(tmp_path_factory.mktemp("planned") / "project")
    desk.plan()
    return desk


@pytest.fixture(scope="session")
def loaded_desk(planned_desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The same project after its run."""
    desk = planned_desk.copied(tmp_path_factory.mktemp("loaded") / "project")
    desk.run()
    return desk
