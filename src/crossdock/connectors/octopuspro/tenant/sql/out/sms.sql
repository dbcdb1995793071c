SELECT dt(e.at) AS "Date Time", CASE WHEN e.t >= 3 THEN 'Inbound' ELSE 'Outbound'
  END AS "Direction",
  CASE WHEN e.t >= 3 THEN mobile ELSE '0491 570 006' END AS "From",
  CASE WHEN e.t >= 3 THEN '0491 570 006' ELSE mobile END AS "To",
  getvariable('sms_texts')[e.t] AS "Message", CASE WHEN e.t >= 3 THEN 'Received' ELSE 'Delivered'
    END AS "Status",
  'BOK-' || booking AS "Ref", CASE WHEN e.t = 2 THEN worker_name END AS "User"
FROM (SELECT j, booking, mobile, worker_name, status, unnest([
    {'t': 1, 'at': CASE WHEN u('sms 1', j) < 0.3
      THEN greatest(start_at - to_days(1), booked_at) END},
    {'t': 2, 'at': CASE WHEN past AND u('sms 2', j) < 0.25 THEN start_at - to_minutes(30) END},
    {'t': 3 + n('replies', j, 3), 'at': CASE WHEN u('sms 1', j) < 0.1
      THEN greatest(start_at - to_days(1), booked_at) + to_minutes(12) END}
  ]) AS e FROM threads WHERE booking IS NOT NULL AND mobile IS NOT NULL AND status <> 'CANCELLED')
WHERE e.at < getvariable('now')
