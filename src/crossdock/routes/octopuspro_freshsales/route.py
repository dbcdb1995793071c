"""The policies of this route, and its phases in dependency order."""

from __future__ import annotations

from crossdock.routes.base import Module, Phase, Policy, Route

POLICIES = (
    Policy(
        "deals",
        "job",
        "What becomes a deal?",
        {
            "job": "one deal per job: its quote, booking and invoices together",
            "document": "one deal per quote, booking and invoice; pipeline totals then count a "
            "job as often as it has documents",
        },
    ),
    Policy(
        "accounts",
        "all",
        "Which customers become accounts?",
        {
            "all": "every customer, so that several people and jobs hang together",
            "business": "business customers only; a person is a contact alone",
        },
    ),
    Policy(
        "duplicates",
        "merge",
        "What about customers who are there twice (same name, and same e-mail or phone)?",
        {
            "merge": "one account; the other row's details go into a note",
            "keep": "two accounts, the second with its number behind the name",
        },
    ),
    Policy(
        "same_names",
        "number",
        "Account names are unique at the destination. What is the second account of a name called?",
        {
            "number": "the customer's number stands behind the name",
            "place": "the suburb stands behind the name; the number where that is taken too",
        },
    ),
    Policy(
        "deleted_customers",
        "with-records",
        "Which customers move who are deleted in OctopusPro?",
        {
            "with-records": "those with a quote, booking or invoice, so that their jobs keep them",
            "all": "every one",
        },
    ),
    Policy(
        "missing_email",
        "placeholder",
        "Freshsales demands an e-mail address for each contact. What about those without one?",
        {
            "placeholder": "an address at no-email.invalid, which can never receive mail",
            "reject": "the contact is not moved and is listed with the reason",
        },
    ),
    Policy(
        "missing_users",
        "gate",
        "What if an active field worker who owns records has no user in Freshsales?",
        {
            "gate": "stop before anything is written, and list whom to invite",
            "default-owner": "go on; the default owner owns the records, else the owner of the "
            "API key",
        },
    ),
    Policy(
        "default_owner",
        "",
        "Who owns deals and tasks whose own person has no user in Freshsales?",
        {
            "": "nobody is named: Freshsales gives them to the owner of the API key",
            "office@example.com": "the user with this e-mail address; write yours",
        },
        pattern=r"^([^@\s]+@[^@\s]+\.[^@\s]+)?$",
    ),
    Policy(
        "visits_on",
        "deal",
        "An appointment stands on one record. Which?",
        {
            "deal": "the job's deal; its contact is one click away",
            "contact": "the contact; the deal is one click away",
        },
    ),
    Policy(
        "status_changes_on",
        "deal",
        "A task stands on one record. Where do status changes go?",
        {
            "deal": "the job's deal; its contact is one click away",
            "contact": "the contact; the deal is one click away",
        },
    ),
    Policy(
        "payments_on",
        "deal",
        "A payment becomes a task and a note, on one record each. Where does the task go?",
        {
            "deal": "the task on the deal, the note on the contact",
            "contact": "the task on the contact, the note on the deal",
        },
    ),
    Policy(
        "properties",
        "note",
        "Properties and dependants (pets, sites, machines): where do they go?",
        {
            "note": "into the customer's history note",
            "module": "records of a custom module Property (Enterprise plan)",
        },
    ),
    Policy(
        "history",
        "digest",
        "E-mails, messages, calls, discussions: how are they kept? Each note costs a request.",
        {
            "digest": "one dated note per deal that holds every event",
            "recent": "events of the last 365 days as notes of their own, older ones digested",
            "full": "one note per event",
        },
    ),
)

PHASES = (
    Phase("user", "Users checked", "route.worker", "person", checked=True),
    Phase("sales_account", "Accounts", "route.sales_account", "account"),
    Phase("contact", "Contacts", "route.contact", "contact"),
    Phase(
        "product",
        "Products",
        "route.item",
        "product",
        needs="products",
        without="this plan has no product catalogue; lines stand in the deal's history note",
    ),
    Phase("deal", "Deals", "route.deal", "deal"),
    Phase(
        "deal_products",
        "Line items of deals",
        "route.deal_products",
        "deal with lines",
        needs="products",
        without="this plan has no product catalogue; lines stand in the deal's history note",
    ),
    Phase("appointment", "Visits", "route.visit", "appointment"),
    Phase("task", "Status changes and payments", "route.task", "task"),
    Phase("note", "Notes", "route.note", "note"),
    Phase("document", "Files", "route.document", "file"),
    Phase(
        "cm_property",
        "Properties (custom module)",
        "route.cm_property",
        "property",
        needs="module:cm_property",
        without="there is no custom module for them; they stand in the customer's history note",
    ),
)

ROUTE = Route(
    name="octopuspro_freshsales",
    package=__package__ or "",
    source="octopuspro",
    destination="freshsales",
    policies=POLICIES,
    phases=PHASES,
    modules=(Module("cm_property", "Property", "Properties", "properties", "module"),),
)
