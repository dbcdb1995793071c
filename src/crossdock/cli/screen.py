"""Progress and tables. Progress goes to standard error, results to standard output."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)
from rich.table import Table

from crossdock.routes.base import Phase

#: Columns of a result that goes into a file or a pipe.
_WIDTH = 130
Watcher = Callable[[Phase, str, int, int], None]


def out() -> Console:
    """Return the console for results: as wide as the screen, or wide enough where there is none."""
    console = Console(highlight=False, soft_wrap=True)
    if not console.is_terminal:
        console = Console(highlight=False, soft_wrap=True, width=_WIDTH)
    return console


@contextmanager
def steps(title: str) -> Iterator[Callable[[str], None]]:
    """Show what is being done while it is being done; nothing where nobody watches."""
    console = Console(stderr=True)
    with console.status(title) as status:
        yield lambda what: status.update(f"{title}: {what}")


@contextmanager
def phases() -> Iterator[Watcher]:
    """Show a bar per phase. On a screen nobody watches, a line when a phase is done."""
    console = Console(stderr=True, highlight=False)
    if not console.is_terminal:

        def line(phase: Phase, what: str, done: int, total: int) -> None:
            if what == "closed":
                console.print(f"{phase.label}: {done} placed")

        yield line
        return
    progress = Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
    )
    tasks: dict[str, int] = {}
    with progress:

        def bar(phase: Phase, what: str, done: int, total: int) -> None:
            if phase.entity not in tasks:
                tasks[phase.entity] = progress.add_task(phase.label, total=None)
            task = progress.tasks[tasks[phase.entity]].id
            label = phase.label if what == "closed" else f"{phase.label}, {what}"
            progress.update(task, description=label, completed=done, total=max(total, 1))
            if what == "closed":
                progress.update(task, completed=1, total=1) if not total else None
                progress.stop_task(task)

        yield bar


def table(
    title: str, headers: Sequence[str], rows: Sequence[Sequence[object]], numbers: int = 0
) -> Table:
    """Return a plain table; the last `numbers` columns are aligned to the right."""
    made = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False)
    for position, header in enumerate(headers):
        right = position >= len(headers) - numbers
        made.add_column(header, justify="right" if right else "left", header_style="dim")
    for row in rows:
        made.add_row(*(_cell(value) for value in row))
    return made


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    return "" if value is None else str(value)
