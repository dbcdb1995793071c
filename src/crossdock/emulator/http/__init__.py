"""The wire: routes, authentication, the request allowance, faults, and the ASGI application.

=============  =====================================================================
`call`         one request as the handlers see it, and their answer
`body`         JSON or a form, read into the call
`wire`         connections that break on purpose
`router`       which handler serves a path; the table that coverage is checked against
`gate`         key, allowance, faults and errors around every handler
`app`          `create_app`: the API and the control surface as one ASGI application
=============  =====================================================================
"""
