"""`/emulator/import`: a page and a call that stand for the import wizard, which is a screen.

Not part of Freshsales: nothing here asks for a key or counts against the allowance.

==========================================  ====================================================
`GET  /emulator/import`                     a form, and the history
`POST /emulator/import`                     multipart: `file`, `module`, `mode`, `match_by`,
                                            `date_format`, `owner`, `mapping`; runs the import
`GET  /emulator/import/:id/failed.csv`      the rows that failed, each with its reason
==========================================  ====================================================

Who prefers `text/html` gets a page, everybody else JSON: `{"import": {...}}`, or what is wrong in
the shape of every refusal.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import orjson
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from crossdock.emulator import errors
from crossdock.emulator.errors import ApiError
from crossdock.emulator.imports.sheet import LARGEST, TOO_LARGE
from crossdock.emulator.imports.wizard import DATE_FORMATS, MODES, modules_of

if TYPE_CHECKING:
    from crossdock.emulator.account import Account

PATH = "/emulator/import"
#: What a request may carry beside the file.
_AROUND = 256 * 1024
#: How many imports the history on the page shows.
_SHOWN = 20
#: What the form remembers when it is shown again.
_FIELDS = ("module", "mode", "match_by", "date_format", "owner", "mapping")
_MATCH_KEYS = ("Freshworks CRM ID", "Email", "Mobile", "Work", "External ID", "Name", "Phone")


def import_routes(account: Account) -> list[Route]:
    """Return the routes of the page."""

    async def show_form(request: Request) -> Response:
        return _page(account, {})

    async def run(request: Request) -> Response:
        form: dict[str, str] = {}
        try:
            name, content = await _read(request, form)
            account.jobs.run_due()
            imports = account.imports
            shown = imports.show(imports.run(name, content, form))
        except ApiError as refusal:
            if _wants_page(request):
                return _page(account, form, "; ".join(refusal.messages), refusal.status)
            return _json(refusal.body, refusal.status)
        if _wants_page(request):
            return HTMLResponse(_template("result.html").render(run=shown, path=PATH))
        address = f"{PATH}/{shown['id']}/failed.csv" if shown["failed"] else None
        return _json({"import": shown | {"failed_rows_url": address}})

    async def show_failed(request: Request) -> Response:
        run_id = request.path_params["id"]
        try:
            text = account.imports.failed(run_id)
        except ApiError as refusal:
            return _json(refusal.body, refusal.status)
        name = f"failed-{run_id}.csv"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        # The mark at its start tells spreadsheets that the file is UTF-8.
        return Response(text.encode("utf-8-sig"), media_type="text/csv", headers=headers)

    return [
        Route(PATH, show_form),
        Route(PATH, run, methods=["POST"]),
        Route(PATH + "/{id:int}/failed.csv", show_failed),
    ]


async def _read(request: Request, fields: dict[str, str]) -> tuple[str, bytes]:
    """Return name and content of the file; the other fields of the form go into `fields`."""
    length = request.headers.get("content-length", "0")
    if length.isdigit() and int(length) > LARGEST + _AROUND:
        raise errors.invalid(TOO_LARGE)
    try:
        async with request.form(max_files=1, max_fields=20) as form:
            fields |= {name: value for name, value in form.items() if isinstance(value, str)}
            file = form.get("file")
            if file is None or isinstance(file, str) or not file.filename:
                raise errors.invalid("Choose a file: it is sent as 'file' in multipart/form-data")
            return file.filename, await file.read()
    except (HTTPException, LookupError, ValueError):
        raise errors.invalid("The request is no multipart/form-data that can be read") from None


def _wants_page(request: Request) -> bool:
    return "text/html" in request.headers.get("accept", "")


def _json(body: Any, status: int = 200) -> Response:
    return Response(orjson.dumps(body), status, media_type="application/json")


def _page(
    account: Account, form: dict[str, str], problem: str = "", status: int = 200
) -> HTMLResponse:
    page = _template("form.html").render(
        path=PATH,
        form={name: form.get(name, "") for name in _FIELDS},
        problem=problem,
        modules=modules_of(account),
        modes=MODES,
        date_formats=list(DATE_FORMATS),
        match_keys=_MATCH_KEYS,
        owners=account.catalog.items("owners"),
        history=account.imports.recent()[:_SHOWN],
    )
    return HTMLResponse(page, status)


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("crossdock.emulator.imports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _template(name: str) -> Any:
    return _environment().get_template(name)
