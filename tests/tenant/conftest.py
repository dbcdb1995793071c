from __future__ import annotations

from pathlib import Path

import pytest

from crossdock.connectors.octopuspro.tenant import write_tenant


@pytest.fixture(scope="session")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clean tenant of 2,000 customers."""
    return write_tenant(tmp_path_factory.mktemp("clean") / "export", customers=2000, seed=7).path
