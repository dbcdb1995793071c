"""The mapping on a screen: lists of lines, one line with its values, alarms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from crossdock.cli.bars import bar
from crossdock.cli.lines import Sheet, fitted, shortened
from crossdock.mapping.document import NEEDS_DECISION, REJECTED, Line
from crossdock.mapping.document import Mapping as MappingFile

if TYPE_CHECKING:
    from crossdock.mapping.reviewing.alarms import Alarms
    from crossdock.mapping.reviewing.previews import Bar, Preview, Sample

#: How a status is shown beside a line.
_MARKS = {NEEDS_DECISION: "⚠", "proposed": "?", "confirmed": "✓", REJECTED: "✗"}
_STYLES = {NEEDS_DECISION: "yellow", REJECTED: "dim", "confirmed": "green"}
_BAR = 20
#: How many values of a value map are shown before somebody asks for all of them.
_BARS = 20


def print_alarms(sheet: Sheet, found: Alarms) -> None:
    """Print what the mapping forgets: nobody can sign before it is decided."""
    for column in found.columns:
        sheet.line(
            f"⚠ No place: {column['object']} {column['header']} ({column['filled']} values)",
            "yellow",
        )
    for target in found.targets:
        sheet.line(f"⚠ Demanded and unfilled: {target['entity']} {target['field']}", "yellow")
    if found.columns:
        first = found.columns[0]
        command = (
            f'crossdock map leave {first["object"]} "{first["header"]}" --why REASON --by NAME'
        )
        sheet.line("  Add a line for each column to mapping.toml, or leave it out:", "dim")
        sheet.line(f"  {sheet.command(command)}", "dim")


def print_lines(sheet: Sheet, mapping: MappingFile, lines: Sequence[Line]) -> None:
    """Print lines by entity; those that nobody decided on come first."""
    for entity in dict.fromkeys(line.entity for line in lines):
        of_entity = [line for line in lines if line.entity == entity]
        waiting = sum(line.is_open for line in of_entity)
        beside = f"{len(of_entity)} lines, {waiting} open" if waiting else f"{len(of_entity)} lines"
        sheet.title(entity, beside)
        by_text = max(12, min(24, sheet.width // 6))
        side = max(16, (sheet.width - by_text - 14) // 2)
        head = f"  {fitted('from', side)}   {fitted('to', side)} {fitted('by', by_text)} sure"
        sheet.line(head, "dim")
        for line in sorted(of_entity, key=_order):
            sheet.line(_row(line, side, by_text))
    sheet.line()
    sheet.line("? open   ⚠ needs your decision   ✓ confirmed   ✗ rejected", "dim")


def _order(line: Line) -> tuple[bool, bool, bool]:
    return (line.status != NEEDS_DECISION, not line.is_open, line.status == REJECTED)


def _row(line: Line, side: int, by_text: int) -> Text:
    made = (
        f"{_MARKS[line.status]} {fitted(', '.join(line.sources), side)} → "
        f"{fitted(line.target, side)} {fitted(line.transform, by_text)} {line.confidence:4.0%}"
    )
    return Text(made, _STYLES.get(line.status, ""))


def print_maps(sheet: Sheet, mapping: MappingFile) -> None:
    """Print every value map and the policies."""
    for name, entries in mapping.maps.items():
        sheet.title(f"value map {name}", f"{len(entries)} values")
        width = min(48, max((len(value) for value in entries), default=1))
        for value, label in entries.items():
            sheet.line(f"  {fitted(value, width)} → {label or '(nothing)'}")
    sheet.title("policies")
    width = max((len(name) for name in mapping.policies), default=1)
    for name, value in mapping.policies.items():
        sheet.line(f"  {fitted(name, width)}   {value}")


def print_line(
    sheet: Sheet,
    line: Line,
    kind: str,
    headers: Mapping[str, str],
    found: Preview,
    bars: Sequence[Bar] = (),
    place: str = "",
    most: int = 10,
) -> None:
    """Print one line: from where to where, why, what becomes of its values."""
    sheet.line()
    sheet.line(
        Text.assemble(
            (f"{place} " if place else "", "dim"),
            (sources(line, headers), "bold"),
            " → ",
            (f"{line.entity} ", ""),
            (f'"{line.label}"' if line.is_custom else line.target, "bold"),
            (f" ({kind})", "dim"),
            (f"   {line.confidence:.0%}", "cyan"),
            ("   ⚠ needs your decision" if line.status == NEEDS_DECISION else "", "yellow"),
        )
    )
    sheet.paragraph(line.reason or "no reason is given", indent=2)
    sheet.paragraph(_state(line, found), indent=2, style="dim")
    if found.problem:
        sheet.paragraph(f"⚠ {found.problem}", indent=2, style="yellow")
        return
    if bars:
        shown = max(most, _BARS)
        print_histogram(sheet, bars[:shown])
        if len(bars) > shown:
            sheet.line(f"    and {len(bars) - shown} more values", "dim")
    else:
        for text in _samples(sheet, found.samples[:most]):
            sheet.line(text)
    _print_losses(sheet, found, most)


def _state(line: Line, found: Preview) -> str:
    parts = [f"by {line.transform}"]
    if found.filled:
        different = f"{found.distinct:,} different"
        parts.append(f"{found.filled:,} of {found.rows:,} rows have a value, {different}")
    elif not found.problem:
        parts.append(f"no value in {found.rows:,} rows")
    if line.who:
        parts.append(f"{line.status} by {line.who}, {line.when[:16].replace('T', ' ')}")
    return " · ".join(parts)


def _print_losses(sheet: Sheet, found: Preview, most: int) -> None:
    if found.lost:
        sheet.line(f"  ⚠ {found.lost:,} of {found.filled:,} values become nothing:", "yellow")
        shown = found.lost_examples[:most]
        more = ", …" if len(found.lost_examples) > most else ""
        listed = ", ".join(f'"{_flat(example.before)}"' for example in shown)
        sheet.paragraph(listed + more, indent=4)
    if found.cut:
        sheet.line(f"  ⚠ {found.cut:,} values are too long for the field and are cut", "yellow")


def _samples(sheet: Sheet, samples: Sequence[Sample]) -> Iterable[str]:
    room = max(10, (sheet.width - 18) // 2)
    width = min(room, max((len(_flat(sample.before)) for sample in samples), default=0))
    for sample in samples:
        after = "(nothing)" if sample.after is None else shortened(_flat(sample.after), room)
        times = f"{sample.rows:,}×"
        yield f"    {fitted(_flat(sample.before), width)} {times:>7} → {after}"


def _flat(text: str) -> str:
    return " ⏎ ".join(part.strip() for part in text.splitlines() if part.strip()) or text


def print_histogram(sheet: Sheet, bars: Sequence[Bar], numbered: bool = False) -> None:
    """Print how often each value of a value map occurs and which choice it becomes."""
    most = max((found.rows for found in bars), default=0)
    width = min(44, max((len(found.value) for found in bars), default=1))
    for number, found in enumerate(bars, start=1):
        lead = f"{number:>4} " if numbered else "    "
        share = found.rows / most if most else 0
        label = found.label or "(nothing)"
        sheet.line(
            f"{lead}{fitted(found.value, width)} {found.rows:>8,} {bar(share, _BAR)} → {label}"
        )


def sources(line: Line, headers: Mapping[str, str]) -> str:
    """Return a line's columns with the words that the export has for the tenant's own ones."""
    if len(line.sources) > 1:
        return ", ".join(line.sources)
    source = line.sources[0]
    name, _, column = source.partition(".")
    header = headers.get(source, "")
    return f'{name} "{header}"' if header and column.startswith(("cf_", "own_")) else source
