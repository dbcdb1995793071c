"""`/emulator/...`: what is not Freshsales. What an admin does on screens, and what tests ask.

Nothing here asks for a key or counts against the allowance, so a server must listen on the
loopback interface only.

======================================  ========================================================
`GET  /emulator/dump`                   every record as a line of JSON that begins with its
                                        `entity`, ids visible; `?entity=contacts` for one kind
`GET  /emulator/digest`                 a hash of the business state, ids and times aside
`GET  /emulator/requests`               counts by operation and status, and the log (`?last=100`)
`GET  /emulator/openapi.json`           the API as an OpenAPI document, with this account's fields
`POST /emulator/faults`                 what goes wrong from now on: the fields of a faults file
`POST /emulator/clock`                  `{"seconds": n}`: let time pass, on a clock that can jump
`POST /emulator/people`                 `[{act, entity, ...}]`: what persons do on screens, such as
                                        edit, merge, delete (`crossdock.emulator.people`)
`GET, POST /emulator/import`            the page that stands for the import wizard
`POST /emulator/users`                  `[{email, name, active, key, language,
                                        restricted}]`: add users
`POST /emulator/fields`                 `[{entity, label, type, choices, required, unique, name,
                                        lookup}]`: add custom fields
`POST /emulator/choices`                `[{list, name, ...}]`: add lead sources, territories, ...
`POST /emulator/pipelines`              `[{name, stages: [[name, forecast, probability]]}]`
`POST /emulator/activity_types`         `[{name, internal_name}]`: add custom activity types
======================================  ========================================================

=============  =====================================================================
`routes`       the calls
`setup`        what an admin adds on screens
`dump`         every record
`digest`       the business state as one hash
`log`          which requests came, and how they were answered
=============  =====================================================================
"""
