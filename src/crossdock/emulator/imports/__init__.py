"""CSV and XLSX imports: what the import wizard does, which at Freshsales is a screen and no call.

==============  ============================================================================
`models`       one account's imports: running one, the history, the rows that failed
`wizard`       what the person chose: module, mode, match key, date format, owner, columns
`sheet`        a CSV file as rows of text; `workbook`: an XLSX file as the same
`targets`      which fields of a module a column can be mapped to
`cells`        the text of a cell as the value that the API would be sent
`rows`         one row: found or made; `relations`: its accounts, contacts, pipeline and stage
`goals`        sales goals, which only an import can bring here
`routes`       the history, as the web application shows it
`page`         `GET` and `POST /emulator/import`, which stand for the wizard
==============  ============================================================================

Reference: Freshsales API, CSV import; certainty: documented for the modules, the modes, the match
keys, the date formats, the 5 MB, the owner's e-mail, exact names, semicolons and uniqueness;
observed for exact headers being mapped by themselves; inferred where a docstring says so.

Unknown, and decided here: how many rows a file may have (no limit but the 5 MB); whether an import
takes tags or lists (not offered); prices of products and several e-mails in a cell (not offered);
what becomes of a choice, an account or a contact that does not exist (the row fails).
"""
