"""All routes of the API in one router."""

from __future__ import annotations

from crossdock.emulator.account import Account
from crossdock.emulator.activities import feeds, phone_calls
from crossdock.emulator.activities import routes as activity_routes
from crossdock.emulator.crm import routes as crm_routes
from crossdock.emulator.documents import routes as document_routes
from crossdock.emulator.files import routes as file_routes
from crossdock.emulator.http.router import Router
from crossdock.emulator.imports import routes as import_routes
from crossdock.emulator.lists import routes as list_routes
from crossdock.emulator.modules import routes as module_routes
from crossdock.emulator.products import routes as product_routes
from crossdock.emulator.search import routes as search_routes
from crossdock.emulator.settings import activity_types, creation, forms, screens, selectors, tags


def build(account: Account) -> Router:
    """Return the router of an account."""
    router = Router()
    for records in (account.contacts, account.sales_accounts, account.deals):
        crm_routes.RecordCalls(records).mount(router)
        activity_routes.mount_hanging(router, records.entity, records.schema.collection)
        feeds.mount(router, records.entity, records.schema.collection)
    for kind in ("notes", "tasks", "appointments", "sales_activities"):
        activity_routes.ActivityCalls(kind).mount(router)
    router.add("GET", "tasks", activity_routes.list_tasks)
    router.add("GET", "appointments", activity_routes.list_appointments)
    router.add("GET", "sales_activities", activity_routes.list_sales_activities)
    router.add("GET", "job_statuses/:id", crm_routes.job_status)
    phone_calls.mount(router)
    _leads(router)
    for each in (
        product_routes,
        document_routes,
        file_routes,
        module_routes,
        list_routes,
        search_routes,
        import_routes,
    ):
        each.mount(router)
    for setting in (selectors, forms, creation, activity_types, tags, screens):
        setting.mount(router)
    return router


def _leads(router: Router) -> None:
    for method in ("GET", "POST", "PUT", "DELETE"):
        for pattern in ("leads", "leads/:a", "leads/:a/:b"):
            router.add(method, pattern, crm_routes.leads_are_gone)
