"""What a row names beside its record: accounts, contacts, pipeline and stage.

Reference: Freshsales API, CSV import; certainty: documented that an account is meant by its exact
name, contacts by their e-mails, and that a deal whose pipeline or stage does not exist goes into
the default pipeline; inferred that upper and lower case are the same in names, as they are where
names are unique, and that a row fails which names an account or a contact that does not exist.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crossdock.emulator.imports.cells import Cells
from crossdock.emulator.store import Row, folded

if TYPE_CHECKING:
    from crossdock.emulator.account import Account

Texts = dict[str, str]


class Relations:
    """Reads the cells of a row that name other things; they are taken out of its texts."""

    def __init__(self, account: Account, cells: Cells) -> None:
        self._account = account
        self._cells = cells

    def read(self, entity: str, texts: Texts, row: Row | None, body: Row) -> None:
        """Read what a row of this entity names into the body of a call."""
        if entity == "contact":
            self._emails(texts, row, body)
            self._contact_account(texts, row, body)
            self._status(texts, row, body)
        elif entity == "sales_account":
            self._one_account(texts, body, "parent_sales_account_id", "Parent account")
        elif entity == "deal":
            self._one_account(texts, body, "sales_account_id", "Account name")
            self._deal_contacts(texts, body)
            self._stage(texts, row, body)

    def account(self, body: Row, user_id: int) -> tuple[Row, Row | None]:
        """Return the account of a contact, and once more if it had to be made.

        An account that exists is linked and stays as it is.
        """
        name = body.get("name")
        found = self._named(name) if name else None
        if found is not None:
            return found, None
        made = self._account.sales_accounts.create(body, user_id)
        return made, made

    def linked(self, row: Row | None, account_id: int) -> list[dict[str, Any]]:
        """Return a contact's accounts with one more; those it had stay (certainty: inferred)."""
        former = [{"id": i, "is_primary": p} for i, p in (row or {}).get("sales_accounts", ())]
        if any(each["id"] == account_id for each in former):
            return former
        return [*former, {"id": account_id, "is_primary": not former}]

    def _named(self, name: str) -> Row | None:
        return self._account.sales_accounts.store.first("name", folded(name))

    def _emails(self, texts: Texts, row: Row | None, body: Row) -> None:
        """One address, which becomes the primary one; a contact keeps those that it has."""
        text = texts.pop("emails", None)
        if text is None:
            return
        former = (row or {}).get("emails", ())
        known = next((each[1] for each in former if folded(each[1]) == folded(text)), text)
        body["emails"] = [{"value": known, "is_primary": True}]

    def _contact_account(self, texts: Texts, row: Row | None, body: Row) -> None:
        name = texts.pop("sales_accounts", None)
        if name is None:
            return
        found = self._named(name)
        if found is None:
            self._cells.wrong.append(f"Account {name!r} doesn't exist")
        else:
            body["sales_accounts"] = self.linked(row, found["id"])

    def _status(self, texts: Texts, row: Row | None, body: Row) -> None:
        """Statuses of several stages may share a name: that of the row's own stage is meant."""
        name = texts.get("contact_status_id")
        catalog = self._account.catalog
        found = [each for each in catalog.items("contact_statuses") if each["name"] == name]
        if len(found) < 2:
            return
        stage = catalog.named("lifecycle_stages", texts.get("lifecycle_stage_id", ""))
        stage_id = stage["id"] if stage else (row or {}).get("lifecycle_stage_id")
        own = [each for each in found if each["lifecycle_stage_id"] == stage_id]
        body["contact_status_id"] = (own or found)[0]["id"]
        del texts["contact_status_id"]

    def _one_account(self, texts: Texts, body: Row, column: str, label: str) -> None:
        """Read the column that names one account."""
        name = texts.pop(column, None)
        if name is None:
            return
        found = self._named(name)
        if found is None:
            self._cells.wrong.append(f"{label} doesn't exist")
        else:
            body[column] = found["id"]

    def _deal_contacts(self, texts: Texts, body: Row) -> None:
        text = texts.pop("contacts", None)
        if text is None:
            return
        added = []
        for email in (part.strip() for part in text.split(";")):
            found = self._account.contacts.identified("emails", email) if email else None
            if found is not None:
                added.append(found["id"])
            elif email:
                self._cells.wrong.append(f"Contact {email!r} doesn't exist")
        body["contacts_added_list"] = added

    def _stage(self, texts: Texts, row: Row | None, body: Row) -> None:
        pipeline_name = texts.pop("deal_pipeline_id", None)
        stage_name = texts.pop("deal_stage_id", None)
        if pipeline_name is None and stage_name is None:
            return
        catalog = self._account.catalog
        pipelines = catalog.items("deal_pipelines")
        default = next((each for each in pipelines if each["is_default"]), pipelines[0])
        if pipeline_name is not None:
            pipeline = catalog.named("deal_pipelines", pipeline_name) or default
        else:
            own = catalog.find("deal_pipelines", (row or {}).get("deal_pipeline_id"))
            pipeline = own or default
        stage = self._stage_named(pipeline["id"], stage_name)
        if stage_name is not None and stage is None:
            pipeline = default
        body["deal_pipeline_id"] = pipeline["id"]
        if stage is not None:
            body["deal_stage_id"] = stage["id"]

    def _stage_named(self, pipeline_id: int, name: str | None) -> Row | None:
        for stage in self._account.catalog.items("deal_stages"):
            if stage["deal_pipeline_id"] == pipeline_id and stage["name"] == name:
                return stage
        return None
