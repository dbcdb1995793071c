from __future__ import annotations

import pytest
import typer

from crossdock.cli.common import HERE, reported


@pytest.mark.parametrize(
    ("interrupted", "told"),
    [
        ("", "Stopped.\n"),
        ("What was written is in the ledger.", "Stopped. What was written is in the ledger.\n"),
    ],
)
def test_a_command_that_is_stopped_by_hand_promises_only_what_it_knows(
    capsys: pytest.CaptureFixture[str], interrupted: str, told: str
) -> None:
    with pytest.raises(typer.Exit) as ended, reported(False, HERE, interrupted):
        raise KeyboardInterrupt
    assert ended.value.exit_code == 130
    assert capsys.readouterr().err == told
