"""The history of imports, as the web application shows it.

Reference: Freshsales API, CSV import; certainty: observed that the address exists without `/api`,
inferred for everything that it answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crossdock.emulator.http.call import Call, Reply
from crossdock.emulator.http.router import Doors, Router
from crossdock.emulator.imports.models import Imports

if TYPE_CHECKING:
    from crossdock.emulator.account import Account


def imports_of(account: Account) -> Imports:
    """Return the imports of an account, which begin when they are first asked for."""
    held = vars(account)
    if "imports" not in held:
        held["imports"] = Imports(account)
    found: Imports = held["imports"]
    return found


def recent_imports(call: Call) -> Reply:
    """List the imports, the latest first."""
    return Reply({"recent_imports": imports_of(call.account).recent()})


def mount(router: Router) -> None:
    """Add the route of the history."""
    router.add("GET", "import_csv/recent_imports", recent_imports, Doors.WEB)
