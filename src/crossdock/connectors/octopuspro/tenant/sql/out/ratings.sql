SELECT 'BOK-' || number AS "Booking Number", worker_name AS "Fieldworker", stars AS "Stars",
  CASE WHEN u('review', j) < 0.6 THEN pick('reviews', 'review', j) END AS "Review",
  CASE WHEN u('tags', j) < 0.5 THEN 'Quality=' || stars || '; Punctuality='
    || (3 + n('punctual', j, 3)) END AS "Tag Scores",
  dt(least(start_at + to_minutes(1500 + n('rated at', j, 2000)), getvariable('now'))) AS "Created"
FROM (SELECT *, 5 - n('stars', j, 10) // 5 * n('less', j, 4) AS stars FROM bookings
      WHERE status = 'COMPLETED' AND u('rated', j) < 0.3)
