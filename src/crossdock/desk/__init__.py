"""The desk: where one project's parts are put together, for the command line and whatever follows.

=============  ===================================================================
`workbench`    a project with its source, its route, its destination, its clock
`migration`    a run, a verification, and where a project stands
=============  ===================================================================

It decides nothing that a room below decides; it hands each what it needs.
"""
