"""Options that commands share, and what becomes of errors."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from shlex import quote
from typing import Annotated, Any

import typer
from rich.console import Console

from crossdock.errors import CrossdockError

ProjectOption = Annotated[
    Path, typer.Option("--project", help="The project's folder.", show_default="here")
]
JsonOption = Annotated[
    bool, typer.Option("--json", help="Print one JSON document on standard output.")
]
HERE = Path()


#: Commands that work in a project, as they stand in the next command of an error.
_IN_PROJECT = re.compile(
    r"\bcrossdock (map \w+|request|inspect|answer|doctor|fields|users|plan|run|verify|status)\b"
)


def in_project(command: str, project: Path) -> str:
    """Return a next command as it must be typed from here."""
    if project == HERE:
        return command
    folder = quote(str(project))
    return _IN_PROJECT.sub(lambda found: f"{found[0]} --project {folder}", command)


@contextmanager
def reported(as_json: bool, project: Path = HERE, interrupted: str = "") -> Iterator[None]:
    """Turn an error that a person can act on into its message, code and exit code.

    `interrupted` says what holds after Ctrl-C, for a command that was writing.
    """
    try:
        yield
    except CrossdockError as error:
        error.next_command = in_project(error.next_command, project)
        if as_json:
            print_json({"error": error.as_json()})
        console = Console(stderr=True, highlight=False, soft_wrap=True)
        console.print(f"[bold red]Stopped[/] [dim]{error.code}[/]  ", end="")
        console.print(error.message, markup=False)
        console.print(error.written, markup=False, style="dim")
        console.print("Next: ", end="", style="bold")
        console.print(error.next_command, markup=False)
        raise typer.Exit(error.exit_code) from error
    except KeyboardInterrupt as error:
        Console(stderr=True).print(f"Stopped. {interrupted}".rstrip())
        raise typer.Exit(130) from error


def print_json(document: Any) -> None:
    """Print the one JSON document of a command."""
    sys.stdout.write(json.dumps(document, indent=2, ensure_ascii=False, default=str) + "\n")


def show(as_json: bool, document: Any, human: Callable[[], None]) -> None:
    """Print a result for a script or for a person."""
    if as_json:
        print_json(document)
    else:
        human()
