"""The probes that change nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from crossdock.connectors.freshsales.probes.probe import Probe, Work
from crossdock.connectors.freshsales.probes.reads import (
    FAR_PAGE,
    NO_ID,
    fields_of,
    forms_of,
    outcomes_of_type,
    page_of,
    rate_headers,
    reads,
    record_of,
    stages_of_pipeline,
    thin_records,
)

_NOBODY: Final = "nobody-crossdock-probe@example.com"
_MODULES: Final = ("contacts", "sales_accounts", "deals")
_INCLUDES: Final = {
    "contacts": "owner,creater,updater,source,campaign,territory,contact_status,lifecycle_stage,"
    "sales_accounts,deals,tasks,appointments,notes",
    "sales_accounts": "owner,creater,updater,territory,business_type,industry_type,contacts,deals,"
    "tasks,appointments,notes",
    "deals": "owner,creater,updater,source,contacts,sales_account,deal_stage,deal_type,"
    "deal_reason,campaign,deal_payment_status,deal_product,currency,tasks,appointments,notes,"
    "products",
}
#: Selectors, each with the paths of what is Freshsales' own vocabulary in it.
_SELECTORS: Final[dict[str, tuple[str, ...]]] = {
    "owners": (),
    "territories": (),
    "deal_stages": ("deal_stages[].forecast_type", "deal_stages[].choice_type"),
    "deal_pipelines": ("deal_pipelines[].aggregated_field",),
    "deal_reasons": (),
    "deal_types": (),
    "lead_sources": (),
    "industry_types": (),
    "business_types": (),
    "campaigns": (),
    "deal_payment_statuses": (),
    "deal_products": (),
    "contact_statuses": ("contact_statuses[].forecast_type",),
    "lifecycle_stages": (),
    "sales_activity_types": (),
    "sales_activity_outcomes": (),
    "sales_activity_entity_types": (),
}


def _settings() -> Iterator[Probe]:
    yield Probe(
        "allowance", "Which headers tell the allowance, and how?", "rate limits", rate_headers
    )
    for module in (*_MODULES, "sales_activities", "products", "tasks"):
        question = f"Which fields do {module} have, of which types?"
        yield Probe(f"fields.{module}", question, "field metadata", fields_of(module))
    for module in _MODULES:
        question = f"What does the form of {module} look like?"
        yield Probe(f"forms.{module}", question, "field metadata", forms_of(module))
    for name, words in _SELECTORS.items():
        yield _get(
            f"selector.{name}",
            f"What does the selector {name} show?",
            "selectors",
            reads(f"selector/{name}", None, *words),
        )
    yield Probe(
        "selector.stages_of_pipeline",
        "What do the stages of one pipeline look like?",
        "selectors",
        stages_of_pipeline,
    )
    yield Probe(
        "selector.outcomes_of_type",
        "What do the outcomes of one kind of activity look like?",
        "selectors",
        outcomes_of_type,
    )
    yield Probe(
        "custom_modules",
        "How are custom modules listed?",
        "custom modules",
        reads("settings/module_customizations"),
        feature="custom_modules",
    )


def _records() -> Iterator[Probe]:
    for name in _MODULES:
        yield _get(
            f"filters.{name}",
            f"What do the views of {name} look like?",
            "views",
            reads(f"{name}/filters"),
        )
        yield _get(
            f"view.{name}", f"What does a page of {name} hold?", "views", page_of(name, per_page=5)
        )
        yield Probe(
            f"include.{name}",
            f"What does include add to one of the {name}?",
            "include",
            record_of(name, _INCLUDES[name]),
            requests=2,
        )
    yield _get(
        "page.large",
        "What becomes of per_page=1000?",
        "pagination",
        page_of("contacts", per_page=1000),
    )
    yield _get(
        "page.zero", "What becomes of per_page=0?", "pagination", page_of("contacts", per_page=0)
    )
    yield _get(
        "page.past_the_end",
        "What stands on a page past the end?",
        "pagination",
        page_of("contacts", page=FAR_PAGE),
    )
    yield _get("tasks", "What do tasks show without a filter?", "tasks", reads("tasks"))
    yield _get(
        "appointments",
        "Is the filter 'complete' known for appointments?",
        "appointments",
        reads("appointments", {"filter": "complete"}),
    )
    yield _get("lists", "What do marketing lists look like?", "lists", reads("lists"))


def _finding() -> Iterator[Probe]:
    yield _get(
        "search",
        "What does a search without a hit look like?",
        "search",
        reads("search", {"q": _NOBODY, "include": "contact"}),
    )
    lookup = {"q": _NOBODY, "f": "email", "entities": "contact"}
    yield _get(
        "lookup", "What does a lookup without a hit look like?", "search", reads("lookup", lookup)
    )
    yield Probe(
        "filtered_search", "What do records of a filtered search hold?", "search", thin_records
    )


def _refusals() -> Iterator[Probe]:
    yield _get("bare_list", "What answers a list without a view?", "errors", reads("contacts"))
    yield _get(
        "unknown_id", "What answers an id that nobody has?", "errors", reads(f"contacts/{NO_ID}")
    )
    yield _get("wrong_id", "What answers an id that is none?", "errors", reads("contacts/probe"))
    yield _get(
        "unknown_route", "What answers an address that is none?", "errors", reads("crossdock_probe")
    )
    yield _get("leads", "What do the leads of older accounts answer?", "errors", reads("leads"))
    yield _get("xml", "What answers a demand for XML?", "errors", reads("contacts/filters.xml"))
    yield _get(
        "unknown_job",
        "What answers the number of a job that is none?",
        "bulk and upsert",
        reads(f"job_statuses/{NO_ID}"),
    )
    yield _get("me", "Does users/me exist, and what does it tell?", "users", reads("users/me"))


def _get(name: str, question: str, topic: str, work: Work) -> Probe:
    return Probe(name, question, topic, work)


#: Their order is theirs alone; what two of them ask for is asked once.
READING: Final = (*_settings(), *_records(), *_finding(), *_refusals())
