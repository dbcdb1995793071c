"""The probes that create records of their own, each named after the marker and deleted again."""

from __future__ import annotations

from typing import Final

from crossdock.connectors.freshsales.probes import write_activities, write_bulk, write_contacts
from crossdock.connectors.freshsales.probes.probe import Probe
from crossdock.connectors.freshsales.probes.write_deals import won_in_the_past

#: In this order, after those that read: the first creates the contact that others hang their
#: records on, and what was read before is not asked again.
WRITING: Final = (
    Probe(
        "write.contact",
        "Does a contact keep the created_at that it is sent with?",
        "contacts",
        write_contacts.with_created_at,
        creates={"contacts": 1},
    ),
    Probe(
        "write.emails",
        "In which forms may a contact carry its e-mail addresses?",
        "contacts",
        write_contacts.emails_in_three_forms,
        requests=3,
        creates={"contacts": 3},
    ),
    Probe(
        "write.mandatory",
        "May a contact have no e-mail address, or only a mobile number?",
        "contacts",
        write_contacts.without_email,
        requests=2,
        creates={"contacts": 2},
    ),
    Probe(
        "write.duplicate",
        "What answers an e-mail address that is taken, in other letters?",
        "contacts",
        write_contacts.duplicate_email,
        creates={"contacts": 1},
    ),
    Probe(
        "write.unknown_choice",
        "What becomes of a value that a dropdown does not offer?",
        "values of custom fields",
        write_contacts.unknown_choice,
        creates={"contacts": 1},
    ),
    Probe(
        "write.upsert",
        "Which status has an upsert that creates, and one that updates?",
        "bulk and upsert",
        write_contacts.upsert_twice,
        requests=2,
        creates={"contacts": 1},
    ),
    Probe(
        "write.delete",
        "What answers a second delete, what a restore, and is a deleted address free?",
        "deleting",
        write_contacts.delete_and_restore,
        requests=6,
        creates={"contacts": 2},
    ),
    Probe(
        "write.bulk",
        "Does a bulk upsert take external_id as its key, and how does its job end?",
        "bulk and upsert",
        write_bulk.one_by_external_id,
        requests=1 + write_bulk.POLLS + write_bulk.LOOKUPS,
        creates={"contacts": 1},
    ),
    Probe(
        "write.bulk_of_101",
        "What becomes of the 101st item of a bulk upsert?",
        "bulk and upsert",
        write_bulk.a_hundred_and_one,
        requests=1 + write_bulk.POLLS,
    ),
    Probe(
        "write.deal_won",
        "Does a deal that is won keep a closing date of the past, also after an update?",
        "deals",
        won_in_the_past,
        requests=3,
        creates={"deals": 1},
    ),
    Probe(
        "write.task",
        "Does a task keep its completed_date, and may it be due in the past?",
        "tasks",
        write_activities.tasks,
        requests=2,
        creates={"tasks": 2},
    ),
    Probe(
        "write.appointment",
        "May an appointment lie in the past, and which names of time zones are known?",
        "appointments",
        write_activities.appointments,
        requests=2,
        creates={"appointments": 2},
    ),
    Probe(
        "write.note",
        "Does a note keep HTML, and how long may it be?",
        "notes",
        write_activities.notes,
        requests=2,
        creates={"notes": 2},
    ),
    Probe(
        "write.sales_activity",
        "May a sales activity have one of the built-in types?",
        "sales activities",
        write_activities.sales_activity,
        requests=2,
        creates={"sales_activities": 1},
        feature="sales_activities",
    ),
)
