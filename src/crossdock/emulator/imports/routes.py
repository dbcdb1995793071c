"""The history of imports, as the web application shows it.

Reference: Freshsales API, CSV import; certainty: observed that the address exists without `/api`,
inferred for everything that it answers.
"""

from __future__ import annotations

from crossdock.emulator.http.call import Call, Reply
from crossdock.emulator.http.router import Doors, Router


def recent_imports(call: Call) -> Reply:
    """List the imports, the latest first."""
    return Reply({"recent_imports": call.account.imports.recent()})


def mount(router: Router) -> None:
    """Add the route of the history."""
    router.add("GET", "import_csv/recent_imports", recent_imports, Doors.WEB)
