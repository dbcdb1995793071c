SELECT name AS "Fieldworker", 'BOK-' || number AS "Booking Number", money(amount) AS "Amount",
  CASE WHEN withheld THEN 'Withheld' WHEN paid THEN 'Paid' ELSE 'Unpaid' END AS "Status",
  CASE WHEN paid THEN 'BATCH-' || lpad((date_diff('week', getvariable('first_day'),
    start_at) // 2 + 1)::VARCHAR, 2, '0') END
    AS "Batch Reference",
  CASE WHEN paid THEN d(date_trunc('week', start_at) + to_days(15)) END AS "Paid Date",
  CASE WHEN paid THEN 'ABA' END AS "Method"
FROM crews WHERE status = 'COMPLETED' AND amount > 0
