"""Drive freshsalessdk (classic Freshsales): only the host in the addresses it asks is replaced."""

from __future__ import annotations

import json
import sys
from typing import Any

import requests
from freshsalessdk import FreshsalesSDK


def main(base: str) -> None:
    asked = requests.Session.request

    def ask(session: Any, method: str, url: str, **more: Any) -> Any:
        there = url.replace("https://acme.freshsales.io", f"{base}/api")
        return asked(session, method, there, **more)

    requests.Session.request = ask
    sdk = FreshsalesSDK(domain="acme", api_key="emulator")
    told = {}
    for name in ("contacts", "accounts", "deals"):
        kind = getattr(sdk, name)
        views = {view["name"]: view["id"] for view in kind.get_views()}
        records = kind.get_all(next(views[each] for each in views if each.startswith("All")))
        told[name] = [kind.get(record["id"]) for record in records]
    told["activities"] = sdk.contacts.get_activities(told["contacts"][0]["id"])
    json.dump(told, sys.stdout)


main(sys.argv[1])
