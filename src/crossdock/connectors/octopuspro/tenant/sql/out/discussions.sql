SELECT e.kind AS "Record Type", e.ref AS "Record Number",
  dt(least(e.at + to_minutes(i * 55), getvariable('now'))) AS "Date Time",
  CASE WHEN r < 0.6 THEN coalesce(rep, 'Alex P') WHEN r < 0.85
    THEN coalesce(worker_name, 'Jordan M') ELSE customer_name END AS "Author",
  CASE WHEN r < 0.6 THEN 'Office' WHEN r < 0.85 THEN CASE WHEN worker_name IS NULL THEN 'Office'
    ELSE 'Fieldworker' END
    ELSE 'Customer' END AS "Author Role",
  CASE WHEN r >= 0.85 THEN 'Everyone' WHEN r < 0.35 THEN 'Internal' ELSE 'Internal + Fieldworkers'
    END AS "Visibility",
  yn(u('pinned', id) < 0.03) AS "Pinned", CASE WHEN u('edited', id) < 0.03 THEN 'Alex P'
    END AS "Edited By",
  pick('comments', 'comment', id) AS "Comment", NULL AS "Attachments"
FROM (
  SELECT *, e.base * 8 + i AS id, u('author', id) AS r FROM (
    SELECT *, unnest(range(1, 1 + e.many)) AS i FROM (
      SELECT rep, worker_name, customer_name, unnest([
        {'kind': 'Inquiry', 'ref': 'INQ-' || inquiry, 'at': inquired_at, 'base': j * 4,
         'many': CASE WHEN u('talk inquiry', j) < 0.15 THEN 1 ELSE 0 END},
        {'kind': 'Quote', 'ref': 'EST-' || quote, 'at': quoted_at, 'base': j * 4 + 1,
         'many': CASE WHEN u('talk quote', j) < 0.2 THEN 1 + n('talk quote', j, 2) ELSE 0 END},
        {'kind': 'Booking', 'ref': 'BOK-' || booking, 'at': booked_at, 'base': j * 4 + 2,
         'many': [0, 0, 0, 1, 1, 2, 3, 4][1 + n('talk booking', j, 8)]},
        {'kind': 'Invoice', 'ref': 'INV-' || invoice, 'at': issued + to_hours(9), 'base': j * 4 + 3,
         'many': CASE WHEN u('talk invoice', j) < 0.04 THEN 1 ELSE 0 END}
      ]) AS e FROM threads)
    WHERE e.ref IS NOT NULL))
