"""The API as an OpenAPI 3.1 document: what other programs, and a fuzzer, read about it.

============  ==================================================================
`operations`  one line per route: what it does, what it takes, what it answers
`writable`    the fields of records with their types, as this account has them
`bodies`      what calls carry
`answers`     what comes back: records, lists, refusals
`document`    the three put together with the paths of the router
============  ==================================================================

The fields, the choices and the paths are those of the account that is asked, so the document is
never older than the account. A test fails for a route that `operations` does not describe.
"""

from crossdock.emulator.openapi.document import document, openapi_route

__all__ = ["document", "openapi_route"]
