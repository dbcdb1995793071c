"""Contacts: e-mails, accounts, the life cycle, and the rule of the form.

Reference: Freshsales API, contact; certainty: observed, except where a remark says inferred.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from crossdock.emulator import values
from crossdock.emulator.accept import Acceptance
from crossdock.emulator.crm.emails import read_emails, shown_emails
from crossdock.emulator.crm.records import Records, links
from crossdock.emulator.ids import mcr_id
from crossdock.emulator.store import Row, blank, folded

if TYPE_CHECKING:
    from crossdock.emulator.account import Account

_LINKS = (
    "conversations",
    "timeline_feeds",
    "document_associations",
    "notes",
    "tasks",
    "appointments",
    "reminders",
    "duplicates",
    "connections",
)


def _addresses(row: Row) -> Iterable[str]:
    email = row.get("email")
    return () if email is None else (folded(email),)


def _external(row: Row) -> Iterable[str]:
    found = row.get("external_id")
    return () if found is None else (folded(found),)


def _accounts(row: Row) -> Iterable[int]:
    return [link[0] for link in row.get("sales_accounts", ())]


def _names(row: Row) -> Iterable[str]:
    return (folded(display_name(row)),)


def display_name(row: Row) -> str:
    """Return the name that stands on a contact's page."""
    name = " ".join(part for part in (row.get("first_name"), row.get("last_name")) if part)
    return name or str(row.get("email") or row.get("mobile_number") or "")


_INDEXES = {"email": _addresses, "external_id": _external, "account": _accounts, "name": _names}


_UNIQUE = {"email": "{} already exists.", "external_id": "External ID is not unique"}


class Contacts(Records):
    """All contacts."""

    entity = "contact"
    label = "Contact"
    template = blank(
        "id first_name last_name display_name avatar job_title city state zipcode country email "
        "emails time_zone work_number mobile_number address last_seen lead_score last_contacted "
        "open_deals_amount won_deals_amount links last_contacted_sales_activity_mode custom_field "
        "created_at updated_at keyword medium last_contacted_mode recent_note won_deals_count "
        "last_contacted_via_sales_activity completed_sales_sequences active_sales_sequences "
        "web_form_ids open_deals_count last_assigned_at facebook twitter linkedin is_deleted "
        "team_user_ids external_id work_email subscription_status subscription_types "
        "unsubscription_reason other_unsubscription_reason customer_fit "
        "whatsapp_subscription_status sms_subscription_status last_seen_chat first_seen_chat "
        "locale total_sessions system_tags first_campaign first_medium first_source "
        "last_campaign last_medium last_source latest_campaign latest_medium latest_source "
        "mcr_id phone_numbers tags",
        lead_score=0,
        subscription_status=1,
        subscription_types="1;2;3;4;5",
        whatsapp_subscription_status=2,
        sms_subscription_status=2,
        customer_fit=0,
        is_deleted=False,
    )
    hidden = (
        "owner_id",
        "creater_id",
        "updater_id",
        "lead_source_id",
        "campaign_id",
        "territory_id",
        "lifecycle_stage_id",
        "contact_status_id",
        "lost_reason_id",
        "sales_accounts",
    )
    moments = (
        "created_at",
        "updated_at",
        "last_assigned_at",
        "last_contacted",
        "last_contacted_via_sales_activity",
    )
    own = frozenset({"emails", "sales_accounts", "phone_numbers"})
    indexes = _INDEXES
    unique = _UNIQUE

    def __init__(self, account: Account) -> None:
        super().__init__(account)
        if account.assumptions.unique_mobile:
            self.unique = {**self.unique, "mobile_number": "MobileNumber is not unique"}

    def accept(self, acceptance: Acceptance, row: Row | None, body: Row) -> None:
        """Read e-mails, phone numbers, accounts and the life cycle."""
        read_emails(acceptance, row, body, self.account.ids)
        self._phones(acceptance, body)
        self._links(acceptance, row, body)
        self._lifecycle(acceptance, row)
        self._mandatory(acceptance, row)

    def _mandatory(self, acceptance: Acceptance, row: Row | None) -> None:
        """At least one field of the form's group must be filled."""
        group = self.account.mandatory_contact_fields
        given, former = acceptance.values, row or {}
        for name in group:
            column = "email" if name == "emails" else name
            found = given.get(column, former.get(column))
            if found and not values.is_blank(found):
                return
        if group:
            labels = [{"emails": "Email"}.get(name) or self._label(name) for name in group]
            acceptance.complain(f"Need to fill this {' or '.join(labels)}")

    def _label(self, name: str) -> str:
        field = self.schema.field(name)
        return field.label if field else name

    def _phones(self, acceptance: Acceptance, body: Row) -> None:
        """Other numbers: objects with a value and a label (certainty: inferred)."""
        given = body.get("phone_numbers")
        if isinstance(given, list):
            kept = [each if isinstance(each, dict) else {"value": str(each)} for each in given]
            acceptance.values["phone_numbers"] = [
                {
                    "id": values.record_id(each.get("id")) or self.account.ids.next("phone_number"),
                    "value": str(each.get("value", "")),
                    "label": values.text(each.get("label")),
                    "_destroy": False,
                }
                for each in kept
                if not each.get("_destroy")
            ]

    def _links(self, acceptance: Acceptance, row: Row | None, body: Row) -> None:
        """Accounts: a list that replaces the former one, one id, or one name to find or make."""
        given = body.get("sales_accounts")
        if given is None and "sales_account_id" in body:
            given = [{"id": body["sales_account_id"], "is_primary": True}]
            given = given if body["sales_account_id"] is not None else []
        named = body.get("sales_account")
        if given is None and isinstance(named, dict) and named.get("name"):
            accounts = self.account.sales_accounts
            acceptance.later["sales_accounts"] = lambda: [[accounts.find_or_create(named), True]]
            return
        if given is None and "sales_accounts" in body:
            given = []
        if not isinstance(given, list):
            return
        kept: dict[int, bool] = {}
        for each in given:
            found_id = values.record_id(each.get("id") if isinstance(each, dict) else each)
            if found_id is None or self.account.sales_accounts.store.get(found_id) is None:
                acceptance.complain("Sales account doesn't exist")
            elif not (isinstance(each, dict) and each.get("_destroy")):
                wanted = isinstance(each, dict) and bool(each.get("is_primary"))
                # The first that is called primary is; an account named twice is linked once.
                primary = wanted and not any(kept.values())
                kept[found_id] = kept.get(found_id, False) or primary
        if kept and not any(kept.values()):
            kept[next(iter(kept))] = True
        acceptance.values["sales_accounts"] = [list(link) for link in kept.items()] or None

    def _lifecycle(self, acceptance: Acceptance, row: Row | None) -> None:
        """Keep stage and status together; a new contact is a Lead whose status is New."""
        given, catalog = acceptance.values, self.account.catalog
        stage_id, status_id = given.get("lifecycle_stage_id"), given.get("contact_status_id")
        if status_id is not None:
            status = catalog.find("contact_statuses", status_id) or {}
            belongs = status.get("lifecycle_stage_id")
            if stage_id not in (None, belongs):
                acceptance.complain("Invalid contact status provided.")
            given["lifecycle_stage_id"] = belongs
        elif stage_id is not None and stage_id != (row or {}).get("lifecycle_stage_id"):
            given["contact_status_id"] = self._first_status(stage_id)
        elif row is None and not acceptance.wrong:
            stage = catalog.items("lifecycle_stages")[0]["id"]
            given["lifecycle_stage_id"] = stage
            given["contact_status_id"] = self._first_status(stage)

    def _first_status(self, stage_id: int) -> int | None:
        for status in self.account.catalog.items("contact_statuses"):
            if status["lifecycle_stage_id"] == stage_id:
                return int(status["id"])
        return None

    def advance(self, contact_id: int, stage: str, over: tuple[str, ...]) -> None:
        """Move a contact to a stage by the account's own rules, if it stands in one of `over`."""
        row = self.store.get(contact_id)
        target = self.account.catalog.named("lifecycle_stages", stage)
        if row is None or target is None or not self.account.assumptions.lifecycle_rules:
            return
        current = self.account.catalog.find("lifecycle_stages", row.get("lifecycle_stage_id"))
        if current is None or current["name"] in over:
            moved = {
                "lifecycle_stage_id": target["id"],
                "contact_status_id": self._first_status(target["id"]),
                "updated_at": self.account.now(),
            }
            self.store.touch(row, moved)

    def identified(self, key: str, value: Any) -> Row | None:
        """Return the contact that an identifier means; a list of e-mails means its first."""
        if isinstance(value, list) and value:
            value = value[0]
        return super().identified(key, value)

    def show(self, row: Row, shown: Row) -> None:
        """Add the e-mails, the deals' sums and the links."""
        shown["display_name"] = display_name(row)
        shown["emails"] = shown_emails(row)
        shown["mcr_id"] = mcr_id(row["id"])
        shown["system_tags"] = []
        shown["phone_numbers"] = row.get("phone_numbers", [])
        shown["tags"] = list(row.get("tags", ()))
        deals = self.account.deals
        shown.update(deals.sums(deals.store.index("contact").find(row["id"])))
        shown["links"] = links("contacts", row["id"], _LINKS)

    def linked_accounts(self, row: Row) -> list[Row]:
        """Return the short forms of a contact's accounts, as `include=sales_accounts` does.

        Where the primary one was deleted, the first that is left counts as it (certainty:
        inferred).
        """
        accounts = self.account.sales_accounts
        out = []
        for account_id, primary in row.get("sales_accounts", ()):
            found = accounts.store.get(account_id)
            if found is not None:
                moment = accounts.last_contacted(found)
                extra = {"website": found.get("website"), "last_contacted": moment}
                out.append(accounts.thin(found) | extra | {"is_primary": primary})
        if out and not any(each["is_primary"] for each in out):
            out[0]["is_primary"] = True
        return out

    def thin(self, row: Row) -> Row:
        """Return the short form of a contact."""
        return {
            "partial": True,
            "id": row["id"],
            "job_title": row.get("job_title"),
            "lead_score": 0,
            "email": row.get("email"),
            "work_number": row.get("work_number"),
            "mobile_number": row.get("mobile_number"),
            "open_deals_amount": self._open_amount(row),
            "display_name": display_name(row),
            "avatar": None,
            "last_contacted_mode": row.get("last_contacted_mode"),
            "last_contacted": self.last_contacted(row),
            "first_name": row.get("first_name"),
            "last_name": row.get("last_name"),
            "city": row.get("city"),
            "country": row.get("country"),
            "created_at": self.account.zone.text(row["created_at"]),
            "updated_at": self.account.zone.text(row["updated_at"]),
        }

    def _open_amount(self, row: Row) -> str:
        deals = self.account.deals
        if not deals.store.index("contact").find(row["id"]):
            return values.amount_text(Decimal(0))
        return str(deals.sums(deals.store.index("contact").find(row["id"]))["open_deals_amount"])

    def name_of(self, row: Row) -> str:
        """Return the contact's display name."""
        return display_name(row)
