"""One row of a file: the record that it means, or a new one.

Reference: Freshsales API, CSV import; certainty: documented for the modes and the match keys;
inferred that an empty cell leaves the field of a record as it is, that the oldest of several
duplicates is taken, that a row without a match key is new, and that an unknown id fails.
Every write goes through the rules of the API: what is unique, required, too long or no choice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crossdock.emulator import errors
from crossdock.emulator.errors import ApiError
from crossdock.emulator.imports.cells import Cells, match_value
from crossdock.emulator.imports.relations import Relations
from crossdock.emulator.imports.targets import ID, OF_ACCOUNT, Target
from crossdock.emulator.imports.wizard import Wizard
from crossdock.emulator.store import Row, folded

if TYPE_CHECKING:
    from crossdock.emulator.account import Account

Texts = dict[str, str]
#: The digits of the largest 64-bit number.
_LONGEST_ID = 19


class RowWriter:
    """Writes the rows of one import, each for itself."""

    def __init__(
        self, account: Account, wizard: Wizard, columns: list[Target | None], import_id: int
    ) -> None:
        self._account = account
        self._wizard = wizard
        self._columns = columns
        self._import_id = import_id
        self._cells = Cells(account, wizard.date_format)
        self._relations = Relations(account, self._cells)
        self._users = {
            folded(each["email"]): each["id"] for each in account.catalog.items("owners")
        }

    def write(self, cells: list[str]) -> str:
        """Write one row; return `created`, `updated` or `skipped`.

        Raises ApiError, and writes nothing, when the row fails.
        """
        if len(cells) > len(self._columns):
            raise errors.invalid("The row has more cells than the header")
        texts = {
            column.key: cell.strip()
            for column, cell in zip(self._columns, cells, strict=False)
            if column is not None and cell.strip()
        }
        row = self._duplicate(texts)
        if row is not None and self._wizard.mode == "skip":
            return "skipped"
        self._cells.wrong = []
        body = self._body(texts, row)
        company = self._company(texts, body.get("owner_id"))
        if self._cells.wrong:
            raise errors.invalid(*self._cells.wrong)
        return self._save(row, body, company)

    def _save(self, row: Row | None, body: Row, company: Row) -> str:
        made = None
        if company:
            account, made = self._relations.account(company, self._wizard.importer)
            body["sales_accounts"] = self._relations.linked(row, account["id"])
        try:
            if row is None:
                written = self._wizard.records.create(body, self._wizard.importer)
            else:
                written = self._wizard.records.update(row, body, self._wizard.importer)
        except ApiError:
            if made is not None:
                # The row fails as a whole (certainty: inferred).
                self._account.sales_accounts.forget(made["id"])
            raise
        if made is not None:
            self._account.sales_accounts.store.touch(made, {"import_id": self._import_id})
        self._wizard.records.store.touch(written, {"import_id": self._import_id})
        return "created" if row is None else "updated"

    def _duplicate(self, texts: Texts) -> Row | None:
        target = self._wizard.match_by
        if target is None or target.key not in texts:
            return None
        text = texts[target.key]
        if target.key == ID:
            known = len(text) <= _LONGEST_ID
            row = self._wizard.records.identified(ID, text) if known else None
            if row is None:
                raise errors.not_found(self._wizard.records.label)
            return row
        name = "email" if target.key == "emails" else target.key
        value = match_value(target.key, target.field, text)
        return self._wizard.records.store.first(name, folded(value))

    def _body(self, texts: Texts, row: Row | None) -> Row:
        """Return the body of a call that would write the same."""
        own = {key: text for key, text in texts.items() if not key.startswith(OF_ACCOUNT)}
        own.pop(ID, None)
        body: Row = {}
        self._owner(own, row, body)
        if self._wizard.records.entity == "contact" and row is None and "last_name" not in own:
            self._cells.wrong.append(errors.required("Last name"))
        self._relations.read(self._wizard.records.entity, own, row, body)
        self._fields(own, body)
        return body

    def _company(self, texts: Texts, owner: int | None) -> Row:
        """Return the account of a row as a call's body; empty when the row has none."""
        given = {
            key.removeprefix(OF_ACCOUNT): text
            for key, text in texts.items()
            if key.startswith(OF_ACCOUNT)
        }
        if not given:
            return {}
        body: Row = {"owner_id": owner}
        self._relations.read("sales_account", given, None, body)
        self._fields(given, body, OF_ACCOUNT)
        return body

    def _owner(self, texts: Texts, row: Row | None, body: Row) -> None:
        """Read the owner's login e-mail; the fallback owns what nobody is found for.

        Certainty: documented for the e-mail, inferred for the fallback. A record that is updated
        keeps its owner unless the file names one.
        """
        email = texts.pop("owner_id", None)
        if email is not None:
            body["owner_id"] = self._users.get(folded(email), self._wizard.owner)
        elif row is None:
            body["owner_id"] = self._wizard.owner

    def _fields(self, texts: Texts, body: Row, prefix: str = "") -> None:
        custom: dict[str, Any] = {}
        for key, text in texts.items():
            field = self._wizard.targets[prefix + key].field
            if field is not None:
                holder = custom if field.custom else body
                holder[key] = self._cells.read(field, text)
        if custom:
            body["custom_field"] = custom
