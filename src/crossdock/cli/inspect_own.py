"""The tenant's own fields and the counts to compare, on a screen."""

from __future__ import annotations

from rich.text import Text

from crossdock.cli import bars
from crossdock.cli.lines import Sheet, fitted, shortened
from crossdock.report.inspection.inspection import Inspection

#: So many fields, and so many counts, are shown; the page has all of them.
FIELDS, CHECKS = 30, 40


def fields(sheet: Sheet, seen: Inspection) -> None:
    """Print a line for each of the tenant's own fields; a doubtful type has a question mark."""
    if not seen.own:
        return
    sheet.title("Fields of your own", "on what, how full, type, choices or examples")
    for field in seen.own[:FIELDS]:
        text = Text("  " + fitted(field.label, 26 if sheet.width >= 100 else 20) + " ")
        text.append(fitted(field.object, 18 if sheet.width >= 100 else 10) + " ", "dim")
        text.append(bars.bar(field.fill, 6), "cyan")
        text.append(f" {field.percent:>4}  ")
        text.append(fitted(field.type + ("" if field.sure else " ?"), 15), "dim")
        sheet.line(text.append(shortened(field.values, sheet.width - text.cell_len), "dim"))
    _more(sheet, len(seen.own) - FIELDS)


def checks(sheet: Sheet, seen: Inspection) -> None:
    """Print the counts that a person compares, each with its place on the source's screen."""
    if not seen.checks:
        return
    sheet.title("Compare with OctopusPro", "the same must stand on its screen")
    for check in seen.checks[:CHECKS]:
        text = Text("  " + fitted(check.label, 44 if sheet.width >= 100 else 32))
        text.append(f"{check.count:>9,}{check.amount:>15}  ")
        sheet.line(text.append(shortened(check.where, sheet.width - text.cell_len), "dim"))
    _more(sheet, len(seen.checks) - CHECKS)


def _more(sheet: Sheet, number: int) -> None:
    if number > 0:
        sheet.line(f"  and {number:,} more, on the page", "dim")
