"""Small functions that reading probes are made of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from crossdock.connectors.freshsales.answers import Answer
from crossdock.connectors.freshsales.client import Params
from crossdock.connectors.freshsales.probes.asker import Asker, NothingToAskError
from crossdock.connectors.freshsales.probes.probe import Work
from crossdock.connectors.freshsales.probes.shapes import (
    is_own,
    name_of,
    reset_form,
    word_of,
    words_at,
)
from crossdock.connectors.freshsales.views import choose

#: The last page that nobody has, and ids that nobody has.
FAR_PAGE: Final = 100_000
NO_ID: Final = 987_654_321_987
_ROOTS: Final = {"contacts": "contact", "sales_accounts": "sales_account", "deals": "deal"}
_ALLOWANCE: Final = ("X-RateLimit-Limit", "X-RateLimit-Remaining", "Retry-After")


def reads(path: str, params: Params | None = None, *words: str) -> Work:
    """Return a probe's work that asks for an address.

    `words` are paths in its body whose values are Freshsales' own vocabulary.
    """

    async def work(asker: Asker) -> None:
        answer = await asker.get(path, params)
        for where in words if answer.ok else ():
            asker.fact(where, words_at(answer.body, where))
        _count(asker, answer)

    return work


async def rate_headers(asker: Asker) -> None:
    """Write down which headers tell the allowance, and in which form."""
    answer = await asker.get("selector/currencies")
    for name in _ALLOWANCE:
        value = answer.headers.get(name.lower())
        asker.fact(name, "absent" if value is None else _numeric(value))
    asker.fact("X-RateLimit-Reset", reset_form(answer.headers.get("x-ratelimit-reset")))
    asker.fact("Content-Type", answer.headers.get("content-type", "absent"))
    asker.fact("requests an hour", answer.headers.get("x-ratelimit-limit", "absent"))


def fields_of(module: str) -> Work:
    """Return the work that looks at the fields of a module, the account's own ones left out."""

    async def work(asker: Asker) -> None:
        answer = await asker.get(f"settings/{module}/fields", shown=_system_only)
        fields = _rows(answer.body, "fields") if answer.ok else []
        system = [f for f in fields if f.get("default") and not is_own(f)]
        for field in system:
            asker.fact(f"type of {name_of(field.get('name'))}", name_of(field.get("type")))
        asker.fact("fields", sorted(name_of(f.get("name")) for f in system))
        asker.note("required", sorted(name_of(f.get("name")) for f in system if f.get("required")))
        own = [f for f in fields if f not in system]
        asker.note("types of own fields", sorted({name_of(f.get("type")) for f in own}))

    return work


def forms_of(module: str) -> Work:
    """Return the work that looks at the form of a module, the account's own fields left out."""

    async def work(asker: Asker) -> None:
        answer = await asker.get(f"settings/{module}/forms", shown=_without_own)
        forms = _rows(answer.body, "forms") if answer.ok else []
        asker.fact("forms", len(forms))
        asker.fact("form ids", [word_of(f.get("id")) for f in forms])
        asker.note("mandatory groups", _names([f.get("groupedMandatoryFields") for f in forms]))
        asker.note("types", sorted(set(_types(forms))))

    return work


def page_of(collection: str, **params: str | int) -> Work:
    """Return the work that reads a page of the view of all records."""

    async def work(asker: Asker) -> None:
        answer = await asker.get(f"{collection}/view/{await view_of(asker, collection)}", params)
        asker.fact("at most 100 records", len(_rows(answer.body, collection)) <= 100)
        _count(asker, answer)

    return work


def record_of(collection: str, include: str) -> Work:
    """Return the work that reads one record, bare and with everything beside it."""

    async def work(asker: Asker) -> None:
        view = await view_of(asker, collection)
        body = await asker.known(f"{collection}/view/{view}", {"per_page": 5})
        rows = _rows(body, collection)
        if not rows:
            raise NothingToAskError(f"the account has no {collection}")
        path = f"{collection}/{rows[0]['id']}"
        bare = await asker.get(path, step="bare")
        full = await asker.get(path, {"include": include}, step="with include")
        if bare.ok and full.ok:
            root = _ROOTS[collection]
            added = full.body[root].keys() - bare.body[root].keys()
            asker.fact("keys that include adds", sorted(name_of(key) for key in added))

    return work


async def stages_of_pipeline(asker: Asker) -> None:
    """Ask for the stages of the first pipeline."""
    body = await asker.known("selector/deal_pipelines")
    pipelines = _rows(body, "deal_pipelines")
    if not pipelines:
        raise NothingToAskError("the account shows no pipeline")
    await asker.get(f"selector/deal_pipelines/{pipelines[0]['id']}/deal_stages")


async def outcomes_of_type(asker: Asker) -> None:
    """Ask for the outcomes of the first kind of activity."""
    body = await asker.known("selector/sales_activity_types")
    kinds = _rows(body, "sales_activity_types")
    if not kinds:
        raise NothingToAskError("the account shows no kind of activity")
    path = f"selector/sales_activity_types/{kinds[0]['id']}/sales_activity_outcomes"
    await asker.get(path)


async def thin_records(asker: Asker) -> None:
    """Ask filtered search for everything that was ever created."""
    rule = {"attribute": "created_at", "operator": "is_after", "value": "2000-01-01"}
    params = {"page": 1, "per_page": 5}
    await asker.send(
        "read", "POST", "filtered_search/contact", {"filter_rule": [rule]}, params=params
    )


async def view_of(asker: Asker, collection: str) -> int:
    """Return the id of the view that shows all records, or what comes nearest to it."""
    body = await asker.known(f"{collection}/filters")
    views = choose(collection, [v for v in _rows(body, "filters") if "id" in v])
    if not views:
        raise NothingToAskError(f"the account shows no view of {collection}")
    return int(views[0]["id"])


def _count(asker: Asker, answer: Answer) -> None:
    """Write down how many records came; how many there are is the customer's own affair."""
    lists = answer.body.items() if isinstance(answer.body, Mapping) else ()
    asker.note("counts", {name_of(k): len(v) for k, v in lists if isinstance(v, list)})


def _numeric(text: str) -> str:
    return "a whole number" if text.strip().isdigit() else "another text"


def _rows(body: Any, name: str) -> list[Mapping[str, Any]]:
    listed = body.get(name) if isinstance(body, Mapping) else None
    return [row for row in listed or () if isinstance(row, Mapping)]


def _system_only(body: Any) -> Any:
    """Return a list of fields without the account's own.

    Choices stand apart, by field: which fields have any is an account's own affair.
    """
    if not isinstance(body, Mapping):
        return body
    system = [f for f in _rows(body, "fields") if not is_own(f)]
    plain = [{key: value for key, value in f.items() if key != "choices"} for f in system]
    return {
        **body,
        "fields": plain,
        "choices": {name_of(f.get("name")): f.get("choices") for f in system},
    }


def _without_own(value: Any) -> Any:
    """Return forms without the account's own fields, however deep they stand."""
    if isinstance(value, Mapping):
        return {key: _without_own(inner) for key, inner in value.items()}
    if isinstance(value, list):
        kept = [v for v in value if not (isinstance(v, Mapping) and is_own(v))]
        return [_without_own(inner) for inner in kept]
    return value


def _types(value: Any) -> list[str]:
    """Return the type words of all fields of a form."""
    if isinstance(value, list):
        return [word for inner in value for word in _types(inner)]
    if not isinstance(value, Mapping):
        return []
    own = [name_of(value["type"])] if isinstance(value.get("type"), str) else []
    return own + _types(value.get("fields"))


def _names(value: Any) -> Any:
    """Return nested names with those of the account's own fields hidden."""
    if isinstance(value, list):
        return [_names(inner) for inner in value]
    if isinstance(value, Mapping):
        return {name_of(key): _names(inner) for key, inner in value.items()}
    return name_of(value)
