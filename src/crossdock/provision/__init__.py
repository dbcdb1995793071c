"""What must exist at the destination before anything is loaded: fields, choices, users.

===========  ======================================================================
`missing`    custom modules and fields that are not there, and whether there is room
`creating`   creating them through the API
`people`     who owns records and has no user
===========  ======================================================================
"""
