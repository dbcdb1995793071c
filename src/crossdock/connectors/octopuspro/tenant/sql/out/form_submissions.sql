SELECT 'BOK-' || number AS "Booking Number", e.form AS "Form", worker_name AS "Submitted By",
  dt(start_at + to_minutes(e.after)) AS "Submitted At",
  e.field AS "Field", e.answer AS "Answer", NULL AS "Photo"
FROM (SELECT *, unnest([
    {'form': 'Pre-start checklist', 'after': 5, 'field': 'Site is safe', 'answer': 'Yes'},
    {'form': 'Pre-start checklist', 'after': 5, 'field': 'Keys collected',
      'answer': yn(u('keys', j) < 0.5)},
    {'form': 'Completion checklist', 'after': 90, 'field': 'Rooms done',
      'answer': (1 + n('rooms', k, 6))::VARCHAR}]) AS e
  FROM bookings WHERE status = 'COMPLETED' AND u('form', j) < 0.15)
