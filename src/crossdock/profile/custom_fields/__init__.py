"""The fields that a tenant made for itself: where they are, what they hold, how sure that is.

================  ======================================================================
`field`           what is known of one field in the end
`inventory`       the export's own list of fields: types, choices, which are mandatory
`places`          where values stand: unknown columns, answers, properties, forms
`measures`        how many, how different, how long, and of which types values could be
`separators`      what parts the values of a field that holds several
`kinds`           the type, by the inventory or by the values, with the reason in words
`choices`         the values in use of picklists, beside those that the inventory lists
`contradictions`  values that are not what a field's type says
`findings`        what a person should know about the fields
`discovery`       all of the above; what others call
================  ======================================================================

Every table is read once, into different values with their counts; the rest is asked of those.
Texts that begin with the same 300 characters and are equally long count as one.
"""

from crossdock.profile.custom_fields.discovery import discover
from crossdock.profile.custom_fields.field import Choice, CustomField
from crossdock.profile.custom_fields.findings import findings

__all__ = ["Choice", "CustomField", "discover", "findings"]
