"""The store that an export is staged in keeps to itself."""

from __future__ import annotations

import subprocess
import sys

_ASKED = """
import duckdb
from crossdock.project import configure
connection = duckdb.connect()
configure(connection)
print(connection.execute("SELECT current_setting('enable_progress_bar')").fetchone()[0])
"""


def test_a_query_that_takes_long_prints_nothing_of_its_own() -> None:
    """In a process without a script, DuckDB would print how far it is."""
    done = subprocess.run(
        [sys.executable, "-c", _ASKED], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"
