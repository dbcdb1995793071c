"""Findings and questions on a screen: the worst first, the long ones shortened."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from crossdock.cli.lines import Sheet, shortened
from crossdock.model.findings import Finding, Severity
from crossdock.model.wording import count
from crossdock.report.inspection.findings import Asked, Group, Level
from crossdock.report.inspection.inspection import Inspection
from crossdock.report.inspection.words import line

#: So many codes are told in full, and all of those that block; the others in a line each.
IN_FULL = 20
#: So many findings of one code are shown, and so many places of each.
SAME, PLACES = 4, 3
_STYLES = {Severity.BLOCKS: "bold red", Severity.WARNS: "bold yellow", Severity.NOTES: "bold"}


def show(sheet: Sheet, seen: Inspection, about: str = "") -> None:
    """Print findings by severity, then the questions; of one object only, where it is named."""
    shown = 0
    for level in seen.levels:
        own = [group.about(about) if about else group for group in level.groups]
        groups = [group for group in own if group]
        room = len(groups) if level.severity is Severity.BLOCKS else max(IN_FULL - shown, 0)
        if groups:
            found = count(sum(group.total for group in groups), "finding")
            sheet.title(level.title, found)
        for group in groups[:room]:
            _group(sheet, level, group)
        _in_short(sheet, level, groups[room:])
        shown += len(groups)
    questions = [asked for asked in seen.questions if about in ("", asked.object)]
    if questions:
        sheet.title("To be answered", count(len(questions), "question"))
    for asked in questions:
        _question(sheet, asked)


def _group(sheet: Sheet, level: Level, group: Group) -> None:
    sheet.line()
    sheet.line(group.code, _STYLES[level.severity])
    for remedy, same in group.parts:
        for finding in same[:SAME]:
            _finding(sheet, finding)
        if len(same) > SAME:
            sheet.line(f"  and {len(same) - SAME} more of the kind", "dim")
        sheet.paragraph(remedy, 2, lead="→ ")


def _finding(sheet: Sheet, finding: Finding) -> None:
    sheet.paragraph(line(finding.message), 2)
    for place in finding.evidence[:PLACES]:
        sheet.paragraph(line(place), 4, "dim", lead="· ")
    if len(finding.evidence) > PLACES:
        sheet.line("    · …", "dim")


def _in_short(sheet: Sheet, level: Level, groups: Sequence[Group]) -> None:
    """Print what each code says first, on a line."""
    if groups:
        sheet.line()
    for group in groups:
        text = Text(group.code, _STYLES[level.severity])
        _, same = group.parts[0]
        said = line(same[0].message)
        sheet.line(text.append(f"  {shortened(said, sheet.width - text.cell_len - 2)}", "default"))


def _question(sheet: Sheet, asked: Asked) -> None:
    """Print a question. Each command stands on one line, whatever the screen, to be copied."""
    sheet.line()
    sheet.paragraph(f"Question {asked.code}: {asked.message}", style="bold yellow")
    if asked.count:
        sheet.paragraph(f"{count(asked.count, 'value')} would be read otherwise:", 2)
    for place in asked.evidence:
        sheet.paragraph(place, 4, "dim", lead="· ")
    for choice, meaning in asked.choices:
        command = sheet.command(choice)
        if len(command) + len(meaning) + 5 <= sheet.width:
            sheet.line(f"  {command}   {meaning}")
        else:
            sheet.line(f"  {command}")
            sheet.paragraph(meaning, 6, "dim")
    if asked.others:
        sheet.paragraph("These are examples; another value will do as well.", 2, "dim")
