"""What the settings screens load: the lists of selectors under the web application's paths.

Reference: Freshsales API, web routes; certainty: observed for the paths. That a list has the shape
of its selector is inferred.
"""

from __future__ import annotations

from crossdock.emulator.http.call import Call, Handler, Reply
from crossdock.emulator.http.router import Doors, Router
from crossdock.emulator.settings.selectors import selector_item

_LISTS = ("lifecycle_stages", "territories", "currencies", "sales_activity_types")


def _list(name: str) -> Handler:
    def handler(call: Call) -> Reply:
        catalog = call.account.catalog
        return Reply({name: [selector_item(catalog, name, each) for each in catalog.items(name)]})

    return handler


def pipelines(call: Call) -> Reply:
    """List the pipelines; `include=deal_stages` puts their stages beside them."""
    catalog = call.account.catalog
    items = catalog.items("deal_pipelines")
    shown = [selector_item(catalog, "deal_pipelines", each) for each in items]
    body = {"deal_pipelines": [{k: v for k, v in p.items() if k != "deal_stages"} for p in shown]}
    if "deal_stages" in call.include():
        body["deal_stages"] = [stage for each in shown for stage in each["deal_stages"]]
    return Reply(body)


def web_forms(call: Call) -> Reply:
    """List the web forms; nothing here makes one."""
    return Reply({"web_forms": []})


def custom_modules(call: Call) -> Reply:
    """List the custom modules alone."""
    modules = call.account.modules
    return Reply(
        {"custom_modules": [modules.show(each) for each in modules.all() if each["custom"]]}
    )


def mount(router: Router) -> None:
    """Add the routes of the settings screens."""
    for name in _LISTS:
        router.add("GET", f"settings/{name}", _list(name), Doors.WEB)
    router.add("GET", "settings/deal_pipelines", pipelines, Doors.WEB)
    router.add("GET", "settings/web_forms", web_forms, Doors.WEB)
    router.add("GET", "settings/custom_modules", custom_modules, Doors.WEB)
