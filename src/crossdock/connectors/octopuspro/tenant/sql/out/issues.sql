SELECT 'CMP-' || issue AS "Issue Number", 'Booking' AS "Record Type", 'BOK-'
  || number AS "Record Number",
  pick('issue_types', 'issue type', j) AS "Type", status AS "Status",
    yn(status <> 'Closed' AND u('to follow', j) < 0.5) AS "To Follow",
  CASE WHEN status = 'In Progress' THEN d(created + to_days(7)) END AS "Deferred Date",
  ['Customer', 'Customer', 'Fieldworker', 'Admin'][1 + n('raised', j, 4)] AS "Raised By",
    dt(created) AS "Created",
  CASE WHEN status = 'Closed' THEN dt(least(created + to_minutes(1440 * (1 + n('closed', j,
    9)) + 33), getvariable('now'))) END AS "Closed",
  ['Office', 'Office + Fieldworker', 'All'][1 + n('seen by', j, 3)] AS "Visibility",
  pick('issue_messages', 'issue', j) AS "Message", yn(status <> 'Closed') AS "Payment Withheld"
FROM issues
