SELECT dt(booked_at - to_minutes(15)) AS "Date Time", CASE WHEN inbound THEN 'Inbound'
  ELSE 'Outbound' END AS "Direction",
  CASE WHEN inbound THEN mobile ELSE '(02) 5550 9000' END AS "From",
  CASE WHEN inbound THEN '(02) 5550 9000' ELSE mobile END AS "To",
    coalesce(rep, 'Alex P') AS "User",
  CASE WHEN outcome = 'Answered' THEN '00:' || lpad(n('minutes', j, 12)::VARCHAR, 2, '0') || ':'
    || lpad(n('seconds', j, 60)::VARCHAR, 2, '0') ELSE '00:00:00' END AS "Duration",
  outcome AS "Outcome",
  CASE WHEN outcome = 'Answered' AND booked_at > getvariable('today') - to_days(90)
    THEN 'https://files.example.com/calls/' || j || '.mp3' END AS "Recording File",
  'BOK-' || booking AS "Ref"
FROM (SELECT *, u('inbound', j) < 0.6 AS inbound, pick('call_outcomes', 'call', j) AS outcome
  FROM threads
      WHERE booking IS NOT NULL AND mobile IS NOT NULL AND u('called', j) < 0.12)
