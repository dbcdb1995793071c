"""A plan on a screen: like an infrastructure plan, short, the details in `--json`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.text import Text

from crossdock.cli.lines import Sheet
from crossdock.model.wording import count
from crossdock.plan.made import Plan

_COUNTS = (
    ("create", "to create"),
    ("update", "to update"),
    ("match", "matched"),
    ("merge", "merged"),
    ("skip", "skipped"),
    ("reject", "rejected"),
)
_SIGNS = (
    ("create", "+", "green", 12),
    ("update", "~", "yellow", 8),
    ("match", "=", "cyan", 9),
)
_TITLES = {"growth": "Growth", "pro": "Pro", "enterprise": "Enterprise"}
_GIB = 1024**3


def show(sheet: Sheet, made: Plan, switch_off: str) -> None:
    """Print a plan; `switch_off` is the file with what to switch off."""
    _summary(sheet, made)
    _entities(sheet, made)
    _rejects(sheet, made)
    _needs(sheet, made)
    _hours(sheet, made)
    _storage(sheet, made.storage)
    _fires(sheet, made, switch_off)
    _money(sheet, made)
    _findings(sheet, made)
    sheet.line()
    sheet.line(f"Nothing was sent. This plan is {made.digest[:12]}.", "dim")
    sheet.line(f"Next: {sheet.command('crossdock run')}")


def _summary(sheet: Sheet, made: Plan) -> None:
    totals = [(sum(row[name] for row in made.entities), words) for name, words in _COUNTS]
    parts = ", ".join(f"{total:,} {words}" for total, words in totals if total or "to" in words)
    text = Text("Plan: ", "bold")
    sheet.line(text.append(f"{parts or 'nothing'}."))


def _entities(sheet: Sheet, made: Plan) -> None:
    sheet.line()
    head = f"{'':<16}{'create':>12}{'update':>8}{'match':>9}{'merge':>8}{'skip':>7}{'reject':>8}"
    sheet.line(f"{head}{'requests':>12}", "dim")
    for row in _shown(made):
        text = Text(f"{row['entity']:<16}")
        for name, sign, style, width in _SIGNS:
            shown = f"{sign} {row[name]:,}" if row[name] else "-"
            text.append(f"{shown:>{width}}", style if row[name] else "dim")
        for name, width in (("merge", 8), ("skip", 7), ("reject", 8)):
            shown = f"{row[name]:,}" if row[name] else "-"
            text.append(
                f"{shown:>{width}}", "bold red" if name == "reject" and row[name] else "dim"
            )
        text.append(f"{row['requests']:>12,}")
        sheet.line(text)
    for row in made.entities:
        if row.get("why") and row["skip"]:
            sheet.paragraph(f"{row['entity']}: {row['why']}", 2, "dim")


def _shown(made: Plan) -> list[dict[str, Any]]:
    """Return the entities that the plan has anything of."""
    return [row for row in made.entities if any(row[name] for name, _ in _COUNTS)]


def _rejects(sheet: Sheet, made: Plan) -> None:
    if not made.rejects:
        return
    sheet.title("Rejected", "these records would not be loaded")
    for reject in made.rejects:
        number = f"  {reject['count']:,} {reject['entity']}: "
        sheet.paragraph(reject["reason"], 2, lead=number.strip())
        if reject["examples"]:
            sheet.paragraph(", ".join(reject["examples"]), 4, "dim")


def _needs(sheet: Sheet, made: Plan) -> None:
    if not made.needs:
        return
    stops = any(need["stops"] for need in made.needs)
    beside = "run stops until they are there" if stops else "the default owner stands in for them"
    sheet.title("Needed first", beside)
    shown = [f"{need['name']} ({need['records']:,})" for need in made.needs[:5]]
    more = f", and {len(made.needs) - 5} more" if len(made.needs) > 5 else ""
    users = count(len(made.needs), "user")
    sheet.paragraph(f"{users}, with the deals each owns: {', '.join(shown)}{more}", 2)
    sheet.line(f"  {sheet.command('crossdock users')}", "dim")


def _hours(sheet: Sheet, made: Plan) -> None:
    own = made.account.get("plan")
    sheet.title("Time", "hours at the whole allowance of each plan; ~ is an estimate")
    head = f"{'history':<12}{'notes':>12}{'requests':>13}"
    titles = "".join(f"{_TITLES[p] + ('*' if p == own else ''):>13}" for p in made.hours)
    sheet.line(f"  {head}{titles}", "dim")
    for policy, priced in made.history.items():
        sign = "~" if priced["estimated"] else ""
        notes, requests = f"{sign}{priced['notes']:,}", f"{sign}{priced['requests']:,}"
        hours = "".join(f"{_duration(value):>13}" for value in priced["hours"].values())
        mark = ">" if priced["chosen"] else " "
        style = "bold" if priced["chosen"] else ""
        sheet.line(f"{mark} {policy:<12}{notes:>12}{requests:>13}{hours}", style)
    mine = "* your plan, by its allowance" if own else "your own plan cannot be told"
    sheet.paragraph(f"> as the mapping says   {mine}", 2, "dim")


def _storage(sheet: Sheet, storage: Mapping[str, Any]) -> None:
    if not storage["files"]:
        return
    sheet.title("Storage")
    files = f"{count(storage['files'], 'file')}, {_size(storage['bytes'])}"
    users = count(storage["users"], "user")
    plan = storage["plan"]
    if plan is None:
        rooms = ", ".join(f"{_TITLES[p]} {_size(b)}" for p, b in storage["room"].items())
        sheet.paragraph(f"{files}. Room with {users}: {rooms}.", 2)
        return
    room = f"{_TITLES[plan]} has room for {_size(storage['room'][plan])} with {users}"
    sheet.paragraph(f"{files}. {room}{'' if storage['fits'] else ': too little'}.", 2)


def _fires(sheet: Sheet, made: Plan, switch_off: str) -> None:
    if not made.fires:
        return
    sheet.title("Would fire", "switch off before the load what you do not want")
    for fire in made.fires:
        sheet.paragraph(fire["does"], 4, lead="  · ")
    sheet.paragraph(f"A checklist with the place of each switch: {switch_off}", 2, "dim")


def _money(sheet: Sheet, made: Plan) -> None:
    sheet.title("Money")
    for row in made.money:
        amounts = ", ".join(f"{name} {value}" for name, value in row.items() if name != "currency")
        sheet.paragraph(f"{row['currency']}: {amounts}", 2)


def _findings(sheet: Sheet, made: Plan) -> None:
    if not made.findings:
        return
    sheet.title("Findings", "values that would not arrive as they are")
    for finding in made.findings:
        sheet.paragraph(finding.message, 2, lead=f"{finding.code} ")
        sheet.paragraph(", ".join(finding.evidence), 4, "dim")


def _duration(hours: float) -> str:
    return f"{hours:,.1f} h" if hours >= 1 else f"{max(1, round(hours * 60))} min"


def _size(size: int) -> str:
    if size >= _GIB:
        return f"{size / _GIB:,.1f} GB"
    return f"{size / 1024**2:,.1f} MB" if size >= 1024**2 else f"{-(-size // 1024):,} kB"
