SELECT dt(booked_at + to_minutes(n('activity', j, 60))) AS "Date Time", rep AS "User",
  'Bookings' AS "Module",
  ['Create', 'Update', 'View', 'Print'][1 + n('did', j, 4)] AS "Action", 'BOK-'
    || number AS "Record",
  '203.0.113.' || (1 + n('ip', j, 250)) AS "IP Address"
FROM bookings WHERE u('activity', j) < 0.2
