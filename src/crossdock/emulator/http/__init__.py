"""The wire: routes, authentication, the request allowance, faults, and the ASGI application.

=============  =====================================================================
`call`         one request as the handlers see it, and their answer
`router`       which handler serves a path; the table that coverage is checked against
`gate`         key, allowance, faults and errors around every handler
`app`          `create_app`: the Starlette application
`control`      `/_emulator/...`: what an admin does on screens, and what tests ask
=============  =====================================================================
"""
