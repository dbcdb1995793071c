"""The store that an export is staged in keeps to itself."""

from __future__ import annotations

from tests.integration.exports import store


def test_a_query_that_takes_long_prints_nothing_of_its_own() -> None:
    with store() as connection:
        row = connection.execute("SELECT current_setting('enable_progress_bar')").fetchone()
    assert row == (False,)
