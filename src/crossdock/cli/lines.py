"""Titles and paragraphs that fit the screen, without spaces at the end of a line."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from pathlib import Path

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

from crossdock.cli.common import in_project


@dataclass(frozen=True, slots=True)
class Sheet:
    """A console to print a longer text on, about the project in a folder.

    No text is taken for markup, and a line breaks between words only.
    """

    console: Console
    project: Path

    @property
    def width(self) -> int:
        """Return the columns of the screen."""
        return self.console.width

    def command(self, text: str) -> str:
        """Return a command as it must be typed from here."""
        return in_project(text, self.project)

    def line(self, text: str | Text = "", style: str = "") -> None:
        """Print one line as it is, however long: a command can be copied from it."""
        shown = text if isinstance(text, Text) else Text(text, style)
        shown.rstrip()
        self.console.print(shown, soft_wrap=True)

    def title(self, text: str, beside: str = "") -> None:
        """Print a title after an empty line, with some words beside it."""
        self.line()
        self.line(Text.assemble((text, "bold"), (f"  {beside}" if beside else "", "dim")))

    def paragraph(self, text: str, indent: int = 0, style: str = "", lead: str = "") -> None:
        """Print a text in lines that fit; all are indented, the first has a lead."""
        lines = textwrap.wrap(
            text,
            max(self.width, 40),
            initial_indent=" " * indent + lead,
            subsequent_indent=" " * (indent + len(lead)),
            break_long_words=False,
            break_on_hyphens=False,
        )
        for part in lines:
            self.line(part, style)


def fitted(text: str, width: int) -> str:
    """Return a text that is exactly so wide."""
    return set_cell_size(shortened(text, width), width)


def shortened(text: str, width: int) -> str:
    """Return a text that is at most so wide, with a mark where it was cut."""
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, width - 1).rstrip(" ,·") + "…" if width > 1 else ""
