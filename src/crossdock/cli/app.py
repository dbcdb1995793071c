"""The list of commands."""

from __future__ import annotations

import typer

from crossdock.cli.answer import answer
from crossdock.cli.demo import demo
from crossdock.cli.doctor import doctor
from crossdock.cli.emulator import emulator
from crossdock.cli.fields import fields
from crossdock.cli.inspect import inspect
from crossdock.cli.map import map_app
from crossdock.cli.new import new
from crossdock.cli.plan import plan
from crossdock.cli.request import request
from crossdock.cli.run import run
from crossdock.cli.status import status
from crossdock.cli.tenant import tenant
from crossdock.cli.users import users
from crossdock.cli.verify import verify

app = typer.Typer(
    name="crossdock",
    help="Moves a company's data from OctopusPro to Freshsales and proves that it arrived.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
)
for command in (
    demo,
    request,
    new,
    inspect,
    answer,
    doctor,
    fields,
    users,
    plan,
    run,
    verify,
    status,
    tenant,
    emulator,
):
    app.command()(command)
app.add_typer(map_app, name="map")
