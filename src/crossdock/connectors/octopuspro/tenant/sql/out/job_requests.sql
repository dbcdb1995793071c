SELECT 'BOK-' || number AS "Booking Number",
  CASE WHEN i = 1 THEN worker_name ELSE getvariable('worker_names')[4 + n('asked', j,
    getvariable('leads') - 3)] END
    AS "Fieldworker",
  dt(booked_at + to_minutes(30 * (1 - i + 2))) AS "Sent",
  CASE WHEN i = 1 THEN CASE WHEN past THEN 'Accepted' ELSE 'Pending' END ELSE 'Rejected'
    END AS "Response",
  CASE WHEN i = 2 THEN pick('reject_answers', 'reject', j) END AS "Reject Answer"
FROM (SELECT *, unnest(CASE WHEN u('turned down', j) < 0.3 THEN [2, 1] ELSE [1] END) AS i
  FROM bookings
      WHERE u('asked', j) < 0.1)
