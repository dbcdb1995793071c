SELECT 'BOK-' || number AS "Booking Number", line_id AS "Line ID", visit AS "Visit No",
  d(starts) AS "Date",
  CASE mode WHEN 'Timed' THEN tm(starts) WHEN 'Part of day' THEN '8:00 AM' END AS "Start",
  CASE mode WHEN 'Timed' THEN tm(ends) WHEN 'Part of day' THEN '12:00 PM' END AS "End",
  mode AS "Time Mode", dt(began) AS "Actual Start", dt(finished) AS "Actual Finish",
  CASE WHEN finished IS NOT NULL THEN 'Done' WHEN began IS NOT NULL THEN 'On-Site'
    WHEN status = 'FAILED' THEN 'Missed' WHEN status = 'CANCELLED' THEN 'Postponed'
    WHEN starts < getvariable('today') THEN 'Missed' ELSE 'Upcoming' END AS "Visit Status",
  concat_ws('; ', worker_name, helper_name) AS "Fieldworkers",
  CASE WHEN u('sub', line_id) < 0.15 THEN getvariable('subs_of')[worker][1] END AS "Subworkers"
FROM visits
