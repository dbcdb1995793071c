"""What `inspect` found, on a screen of any width or in a file."""

from __future__ import annotations

from rich.cells import cell_len
from rich.text import Text

from crossdock.cli import bars, inspect_findings, inspect_own
from crossdock.cli.lines import Sheet, fitted, shortened
from crossdock.model.wording import count
from crossdock.report.inspection.inspection import Inspection
from crossdock.report.inspection.objects import FieldTold, ObjectTold

#: Of so many fields of each object there is a line, of the others name and share only.
FIELDS = 8
#: From this width on there is room for names of files and for longer names of fields.
_WIDE = 100


def everything(sheet: Sheet, seen: Inspection, page: str) -> None:
    """Print the whole profile; `page` is the file that has the rest."""
    _head(sheet, seen)
    _objects(sheet, seen)
    sheet.title("The fields", "how full, type, different values, examples")
    for told in seen.objects:
        if told.needed:
            _fields(sheet, told)
    sheet.line()
    command = sheet.command("crossdock inspect")
    sheet.line(f"Another object, or all of one: {command} --object NAME", "dim")
    inspect_own.fields(sheet, seen)
    inspect_own.checks(sheet, seen)
    inspect_findings.show(sheet, seen)
    _end(sheet, seen, page)


def one(sheet: Sheet, seen: Inspection, told: ObjectTold, page: str) -> None:
    """Print one object with all that is known of its fields, and the findings about it."""
    sheet.line(told.label, "bold")
    facts = [", ".join(told.files), count(told.rows, "row"), f"{told.rejected:,} rejected"]
    sheet.paragraph(" · ".join(facts), style="dim")
    for field in told.full:
        _in_full(sheet, field)
    if told.empty:
        sheet.line()
        sheet.paragraph(f"Without any value: {', '.join(told.empty)}", style="dim")
    inspect_findings.show(sheet, seen, told.name)
    _end(sheet, seen, page)


def _head(sheet: Sheet, seen: Inspection) -> None:
    sheet.line(seen.account or "The export", "bold")
    facts = [f"{label.lower()}: {words}" for label, words in seen.facts if label != "Account"]
    sheet.paragraph(" · ".join(facts), style="dim")
    unknown = [f"{count(len(seen.unknown), 'file')} not recognised"] if seen.unknown else []
    read = [count(seen.files, "file"), count(seen.rows, "row"), f"{seen.rejected:,} rejected"]
    sheet.paragraph(" · ".join([*read, *unknown]))
    sheet.paragraph(f"Findings: {seen.verdict.summary}")


def _objects(sheet: Sheet, seen: Inspection) -> None:
    """Print a line for each object; its chart has a column for each of its fields."""
    sheet.title("What the export holds")
    label = max((cell_len(o.label) for o in seen.objects), default=0)
    widest = max((cell_len(_files(o)) for o in seen.objects), default=0)
    files = min(widest, 28) + 2 if sheet.width > _WIDE else 0
    room = max(sheet.width - label - files - 39, 8)
    sheet.line(
        fitted("object", label)
        + fitted("  files", files)
        + f"{'rows':>11}{'rejected':>10}{'fields':>8}{'filled':>8}  each field",
        "dim",
    )
    for told in seen.objects:
        text = Text(fitted(told.label, label))
        text.append(fitted(f"  {_files(told)}", files), "dim")
        text.append(f"{told.rows:>11,}")
        text.append(f"{told.rejected:>10,}", "bold red" if told.rejected else "dim")
        text.append(f"{len(told.fields):>8,}{told.percent:>8}  ")
        text.append(bars.columns([field.fill for field in told.fields], room), "cyan")
        sheet.line(text)


def _fields(sheet: Sheet, told: ObjectTold) -> None:
    sheet.line()
    files = shortened(f"  {_files(told)}", sheet.width - cell_len(told.label))
    sheet.line(Text.assemble((told.label, "bold"), (files, "dim")))
    if not told.rows:
        sheet.line("  no rows", "dim")
        return
    shown = told.full if len(told.full) <= FIELDS + 2 else told.full[:FIELDS]
    for field in shown:
        text = Text("  " + fitted(field.header, 26 if sheet.width >= _WIDE else 20) + " ")
        text.append(bars.bar(field.fill, 6), "cyan")
        text.append(f" {field.percent:>4}  ")
        text.append(fitted(field.type, 14), "dim")
        text.append(f"{field.distinct.replace('about ', '~'):>10}  ")
        examples = shortened(" · ".join(field.examples), sheet.width - text.cell_len)
        sheet.line(text.append(examples, "dim"))
    others = [f"{f.header}\N{NO-BREAK SPACE}{f.percent}" for f in told.full[len(shown) :]]
    for lead, names in (("also: ", others), ("empty: ", told.empty)):
        if names:
            sheet.paragraph(", ".join(names), 2, "dim", lead)


def _in_full(sheet: Sheet, field: FieldTold) -> None:
    sheet.line()
    own = " · a field of your own" if field.own else ""
    facts = f"  {field.type} · {field.name}{own}"
    sheet.line(Text.assemble((field.header, "bold"), (facts, "dim")))
    text = Text("  ").append(bars.bar(field.fill, 20), "cyan")
    text.append(f" {field.percent}  {field.filled:,} of {field.rows:,} rows")
    sheet.line(text.append(f", {field.distinct} different"))
    for sentence in filter(None, (field.span, field.unread)):
        sheet.paragraph(sentence, 2)
    if field.examples:
        sheet.paragraph(field.frequent, 2, "dim", "for example: ")


def _end(sheet: Sheet, seen: Inspection, page: str) -> None:
    sheet.line()
    sheet.line(f"All of it, as a page: {page}", "dim")
    then = sheet.command(seen.verdict.command)
    sheet.line(" ".join(filter(None, ("Next:", seen.verdict.words, then))))


def _files(told: ObjectTold) -> str:
    more = f" and {len(told.files) - 1} more" if len(told.files) > 1 else ""
    return f"{told.files[0]}{more}"
