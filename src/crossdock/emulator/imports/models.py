"""The imports of one account: running one, and what is remembered of each.

Reference: Freshsales API, CSV import; certainty: documented for the counts and that rows fail one
by one, observed that failed rows can be downloaded, inferred for the names of the keys.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from crossdock.emulator import errors
from crossdock.emulator.errors import ApiError
from crossdock.emulator.imports.goals import SalesGoals
from crossdock.emulator.imports.rows import RowWriter
from crossdock.emulator.imports.sheet import failed_rows, read_sheet
from crossdock.emulator.imports.targets import check_required, map_columns, required
from crossdock.emulator.imports.wizard import DATE_FORMATS, read_wizard
from crossdock.emulator.store import Row, Store

if TYPE_CHECKING:
    from crossdock.emulator.account import Account


class Imports:
    """What was imported, and the sales goals, which nothing but an import can make."""

    def __init__(self, account: Account) -> None:
        self.account = account
        #: One row for each import, with its counts and, as CSV, the rows that failed.
        self.runs = Store()
        self.goals = SalesGoals(account)

    def run(self, name: str, content: bytes, form: Mapping[str, str]) -> Row:
        """Import a file with the choices of the wizard; return what is remembered of it.

        Raises ApiError (400, 403) when nothing can be imported at all. A row that cannot be
        written costs only itself.
        """
        wizard = read_wizard(self.account, self.goals, form)
        sheet = read_sheet(content, DATE_FORMATS[wizard.date_format])
        columns = map_columns(sheet.header, wizard.mapping, wizard.targets)
        names = required(wizard.records, wizard.with_accounts)
        if wizard.match_by is not None:
            names = list(dict.fromkeys([*names, wizard.match_by.key]))
        check_required(columns, names, wizard.targets)
        run_id = self.account.ids.next("import")
        writer = RowWriter(self.account, wizard, columns, run_id)
        counts: Counter[str] = Counter()
        failures: list[tuple[list[str], str]] = []
        for cells in sheet.rows:
            try:
                counts[writer.write(cells)] += 1
            except ApiError as refusal:
                failures.append((cells, "; ".join(refusal.messages)))
        now = self.account.now()
        run: Row = {
            "id": run_id,
            "module": wizard.module,
            "file_name": name,
            "mode": wizard.mode,
            "match_by": wizard.match_by.key if wizard.match_by else None,
            "date_format": wizard.date_format,
            "mapping": {
                header: column.key
                for header, column in zip(sheet.header, columns, strict=True)
                if column
            },
            "ignored": [
                header for header, column in zip(sheet.header, columns, strict=True) if not column
            ],
            "total": len(sheet.rows),
            **{outcome: counts[outcome] for outcome in ("created", "updated", "skipped")},
            "failed": len(failures),
            "user_id": wizard.importer,
            "created_at": now,
            "updated_at": now,
            "failed_rows": failed_rows(sheet.header, failures) if failures else "",
        }
        self.runs.add(run)
        return run

    def show(self, run: Row) -> dict[str, Any]:
        """Return an import as the history shows it, without the rows that failed."""
        shown = {name: value for name, value in run.items() if name != "failed_rows"}
        text = self.account.zone.text
        return shown | {
            "status": "completed",
            "created_at": text(run["created_at"]),
            "updated_at": text(run["updated_at"]),
        }

    def recent(self) -> list[dict[str, Any]]:
        """Return the history, the latest first."""
        return [self.show(self.runs.rows[run_id]) for run_id in reversed(self.runs.live)]

    def failed(self, run_id: int) -> str:
        """Return the rows of an import that failed, as CSV; 404 when there are none."""
        run = self.runs.get(run_id)
        if run is None or not run["failed_rows"]:
            raise errors.not_found("import")
        found: str = run["failed_rows"]
        return found
