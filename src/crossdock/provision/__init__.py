"""What must exist at the destination before anything is loaded: fields, choices, users.

==============  ======================================================================
`thing`         one thing that the mapping needs, and how it stands at the destination
`needs`         all of them: fields, features, modules, compared with the account
`chosen`        those that value maps lead to: stages, lost reasons, lead sources
`rooms`         what the destination's plan allows, by type and in total
`questions`     what is asked of a value, by the type of its field
`fitting`       the questions, put to every row
`missing`       custom modules and fields that are not there; the errors about them
`creating`      creating them through the API
`checklist`     what is left for an administrator, to print and as a table
`people`        who owns what, who has a user, the gate (`people.sql`)
`identities`    addresses that people share, names with several addresses
`invitations`   the list of people to invite
==============  ======================================================================
"""
