SELECT dt(e.at) AS "Date Time", 'Bright Clean <office@brightclean.example.com>' AS "From",
  email AS "Recipient",
  replace(replace(replace(t.subject, '{no}', e.ref), '{what}', what), '{day}', day) AS "Subject",
  e.ref AS "Ref", status AS "Status",
  CASE WHEN status IN ('Opened', 'Clicked') THEN dt(opened) END AS "Opened At",
  CASE WHEN status = 'Clicked' THEN dt(opened) END AS "Clicked At", yn(t.automated) AS "Automated",
  replace(replace(replace(replace(t.body, '{who}', who), '{no}', e.ref), '{what}', what), '{day}',
    day) AS "Body (HTML)",
  CASE WHEN e.t IN (2, 9) THEN e.ref || '.pdf' END AS "Attachments"
FROM (
  SELECT *, getvariable('emails')[e.t] AS t,
    ['Sent', 'Delivered', 'Delivered', 'Delivered', 'Opened', 'Opened', 'Opened',
      'Clicked'][1 + n('mail state', j * 16 + e.t, 8)] AS status,
    least(e.at + to_minutes(3 + n('opened', j * 16 + e.t, 900)), getvariable('now')) AS opened
  FROM (
    SELECT j, who, email, what, coalesce(d(start_at), '') AS day, unnest([
      {'t': 1, 'ref': 'INQ-' || inquiry, 'at': inquired_at + to_minutes(1)},
      {'t': 2, 'ref': 'EST-' || CASE WHEN quote_status <> 'Draft' THEN quote END,
        'at': quoted_at + to_minutes(4)},
      {'t': 3, 'ref': 'EST-' || CASE WHEN quote_status IN ('Sent', 'Expired') THEN quote END,
        'at': expires - to_days(3) + to_hours(9)},
      {'t': 4, 'ref': 'BOK-' || booking, 'at': booked_at + to_minutes(2)},
      {'t': 5, 'ref': 'BOK-' || CASE WHEN status NOT IN ('CANCELLED', 'QUOTED', 'TO SCHEDULE')
        THEN booking END, 'at': greatest(start_at - to_days(1), booked_at + to_minutes(9))},
      {'t': 6, 'ref': 'BOK-' || CASE WHEN past AND status <> 'CANCELLED' THEN booking END,
        'at': start_at - to_minutes(30)},
      {'t': 7, 'ref': 'BOK-' || CASE WHEN status = 'COMPLETED' THEN booking END,
        'at': start_at + to_hours(3)},
      {'t': 8, 'ref': 'BOK-' || CASE WHEN status = 'COMPLETED' THEN booking END,
        'at': start_at + to_hours(27)},
      {'t': 9, 'ref': 'INV-' || invoice, 'at': issued + to_minutes(1000)},
      {'t': 10, 'ref': 'INV-' || CASE WHEN paid_at IS NOT NULL THEN invoice END,
        'at': paid_at + to_minutes(5)},
      {'t': 11, 'ref': 'BOK-' || CASE WHEN waived THEN booking END,
        'at': greatest(start_at - to_hours(12), booked_at + to_minutes(90))}
    ]) AS e FROM threads WHERE email IS NOT NULL)
  WHERE e.ref IS NOT NULL AND e.at < getvariable('now')
    AND u('mailed', j * 16 + e.t) < getvariable('emails')[e.t].share)
