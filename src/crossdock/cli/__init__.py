"""The command line: one file per command. Each parses, calls, prints, and holds no logic.

============  ==================================================================
`app`         the list of commands
`common`      options that commands share; errors become messages and exit codes
`screen`      progress and tables on standard error and output
`demo_steps`  the demo: every other command's function, against the emulator
`faults`      fault points from the environment, for crash tests
============  ==================================================================
"""

from __future__ import annotations


def main() -> None:
    """Run the command line."""
    from crossdock.cli.app import app

    app()
