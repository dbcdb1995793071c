"""`crossdock emulator`: a Freshsales on this machine, as a server."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Subscription(StrEnum):
    """The plans that an account can have."""

    FREE = "free"
    GROWTH = "growth"
    PRO = "pro"
    ENTERPRISE = "enterprise"
    TRIAL = "trial"


def emulator(
    port: Annotated[int, typer.Option(help="Port to listen on; 0 takes any free one.")] = 8089,
    plan: Annotated[
        Subscription | None,
        typer.Option(help="The plan whose limits hold: that of the state, else enterprise."),
    ] = None,
    seed: Annotated[
        int | None,
        typer.Option(help="Begin with the records of a business that was here before."),
    ] = None,
    faults: Annotated[
        Path | None, typer.Option(help="What goes wrong on purpose (TOML or JSON).")
    ] = None,
    key: Annotated[str, typer.Option(help="The API key that is accepted.")] = "emulator",
    state: Annotated[
        Path | None, typer.Option(help="Live in this SQLite file: go on with what it holds.")
    ] = None,
    users: Annotated[
        Path | None, typer.Option(help="Users that exist already: CSV with name,email,active.")
    ] = None,
    limits: Annotated[bool, typer.Option(help="Refuse requests beyond the allowance.")] = True,
    per_minute: Annotated[
        int | None, typer.Option(help="Refuse more requests a minute than this, too.")
    ] = None,
    language: Annotated[
        str, typer.Option(help="The language of refusals: en, es, nl, de or fr.")
    ] = "en",
    time_zone: Annotated[
        str | None, typer.Option(help="The account's zone; Australia/Sydney for a new one.")
    ] = None,
    currency: Annotated[
        str | None, typer.Option(help="The account's currency; AUD for a new one.")
    ] = None,
) -> None:
    """Run a faithful Freshsales on this machine; its base URL is the first line printed."""
    from crossdock.emulator import Account, Faults, load_faults
    from crossdock.emulator.keeper import made_with
    from crossdock.emulator.lived_in import populate
    from crossdock.emulator.server import read_users, serve
    from crossdock.model.times import VirtualClock

    given = {
        "seed": seed,
        "plan": plan and plan.value,
        "currency": currency,
        "time_zone": time_zone,
    }
    try:
        said = {name: value for name, value in given.items() if value is not None}
        account = Account(
            **{"plan": "enterprise"} | made_with(state) | said,
            key=key,
            # Runs with the machine's clock; `POST /emulator/clock` lets it jump.
            clock=VirtualClock(),
            per_minute=per_minute,
            language=language,
            limits=limits,
            faults=load_faults(faults) if faults else Faults(),
        )
        if seed is not None and not (state and state.exists()):
            populate(account, seed)
        if state:
            account.keep(state)
        known = {user["email"] for user in account.catalog.items("owners")}
        for name, email, active in read_users(users) if users else ():
            if email not in known:
                account.add_user(name, email, active)
    except (OSError, ValueError, KeyError) as problem:
        raise typer.BadParameter(str(problem)) from problem
    serve(account, port, ready=lambda url: typer.echo(url))
    account.close()
