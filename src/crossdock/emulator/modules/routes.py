"""The calls about custom modules and their records."""

from __future__ import annotations

from crossdock.emulator import errors
from crossdock.emulator.crm.routes import RecordCalls
from crossdock.emulator.http.call import Call, Handler, Reply
from crossdock.emulator.http.router import Doors, Router


def _enterprise(handler: Handler) -> Handler:
    def gate(call: Call) -> Reply:
        if not call.account.plan.custom_modules:
            raise errors.forbidden()
        return handler(call)

    return gate


def create_module(call: Call) -> Reply:
    """Make a module."""
    modules = call.account.modules
    fact = modules.create(call.fields("module_customization"))
    return Reply({"module_customization": modules.show(fact)})


def list_modules(call: Call) -> Reply:
    """List every module, the standard ones too; `custom` tells them apart."""
    modules = call.account.modules
    return Reply({"module_customizations": [modules.show(each) for each in modules.all()]})


def get_module(call: Call) -> Reply:
    """Show a module."""
    modules = call.account.modules
    return Reply({"module_customization": modules.show(modules.by_id(call.id()))})


def update_module(call: Call) -> Reply:
    """Rename a module."""
    modules = call.account.modules
    fact = modules.update(call.id(), call.fields("module_customization"))
    return Reply({"module_customization": modules.show(fact)})


def delete_module(call: Call) -> Reply:
    """Remove a module."""
    call.account.modules.delete(call.id())
    return Reply({"message": "Module deleted."})


class ModuleRecordCalls:
    """The calls about the records of whichever module the path names."""

    def __init__(self) -> None:
        self._calls: dict[str, RecordCalls] = {}

    def mount(self, router: Router) -> None:
        """Add the routes."""
        base = "custom_module/:entity_name"
        router.add("POST", base, self._of("create"))
        router.add("GET", base, self._of("list_bare"))
        router.add("GET", f"{base}/filters", self._of("filters"))
        router.add("GET", f"{base}/view/:view_id", self._of("view"))
        router.add("POST", f"{base}/bulk_destroy", self._of("bulk_destroy"))
        router.add("GET", f"{base}/:id", self._of("get"))
        router.add("PUT", f"{base}/:id", self._of("update"))
        router.add("DELETE", f"{base}/:id", self.delete)
        router.add("POST", f"{base}/:id/clone", self._of("clone"))
        router.add("DELETE", f"{base}/:id/forget", self.forget)
        router.add("PUT", f"{base}/:id/restore", self._of("restore"), Doors.BOTH)

    def delete(self, call: Call) -> Reply:
        """Put a record into the bin; the answer is not that of the standard modules."""
        records = call.account.modules.named(call.params["entity_name"])
        records.delete(records.get(call.id()))
        return Reply({"message": f"{records.label} deleted."})

    def forget(self, call: Call) -> Reply:
        """Remove a record for good; the answer is not that of the standard modules."""
        call.account.modules.named(call.params["entity_name"]).forget(call.id())
        return Reply({"response": True})

    def _of(self, name: str) -> Handler:
        def handler(call: Call) -> Reply:
            records = call.account.modules.named(call.params["entity_name"])
            calls = self._calls.get(records.entity)
            if calls is None or calls.records is not records:
                calls = self._calls[records.entity] = RecordCalls(records)
            found: Handler = getattr(calls, name)
            return found(call)

        return handler


def mount(router: Router) -> None:
    """Add the routes of modules and their records."""
    base = "settings/module_customizations"
    router.add("POST", base, _enterprise(create_module), Doors.BOTH)
    router.add("GET", base, list_modules, Doors.BOTH)
    router.add("GET", f"{base}/:id", get_module, Doors.BOTH)
    router.add("PUT", f"{base}/:id", _enterprise(update_module), Doors.BOTH)
    router.add("DELETE", f"{base}/:id", _enterprise(delete_module), Doors.BOTH)
    ModuleRecordCalls().mount(router)
