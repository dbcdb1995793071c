SELECT 'Booking' AS "Record Type", 'BOK-' || number AS "Record Number",
  j * 4 + 1 AS "Service Line ID",
  a.id AS "Field ID", a.label AS "Label", a.value AS "Value", a.price AS "Price"
FROM (SELECT number, j, unnest([
  {'id': 8201, 'label': 'Rooms', 'price': NULL,
   'value': CASE WHEN u('a1', k) < 0.4 THEN (1 + n('rooms', k, 6))::VARCHAR END},
  {'id': 8202, 'label': 'Stains', 'price': '0.00', 'value': CASE WHEN u('a2', k) < 0.2 THEN
    ['Wine', 'Pet', 'Wine; Pet', 'Ink', 'Coffee, tea',
      'Pet; Coffee, tea'][1 + n('stain', k, 6)] END},
  {'id': 8203, 'label': 'Access method', 'price': NULL, 'value': CASE WHEN u('a3', k) < 0.5 THEN
    ['Customer at home', 'Key safe', 'Agent has the key', 'Concierge'][1 + n('access', k, 4)] END},
  {'id': 8204, 'label': 'Key safe code', 'price': NULL, 'value': CASE WHEN u('a3', k) < 0.5
    AND n('access', k, 4) = 1
    THEN lpad(n('safe', k, 10000)::VARCHAR, 4, '0') END},
  {'id': 8205, 'label': 'Pets on site', 'price': NULL,
   'value': CASE WHEN u('a5', k) < 0.3 THEN yn(u('a5', k) < 0.12) END},
  {'id': 8206, 'label': 'Job notes', 'price': NULL,
   'value': CASE WHEN u('a6', j) < 0.15 THEN pick('comments', 'job note', j) END},
  {'id': 8207, 'label': 'Purchase order', 'price': NULL,
   'value': CASE WHEN u('a7', j) < 0.08 THEN 'PO'
     || lpad(n('po', j, 1000000)::VARCHAR, 7, '0') END},
  {'id': 8208, 'label': 'Carpet area (m²)', 'price': NULL, 'value': CASE WHEN u('a8', k) < 0.12
    THEN ((100 + n('carpet', k, 900)) * 0.1::DECIMAL(2, 1))::DECIMAL(9, 1)::VARCHAR END},
  {'id': 8209, 'label': 'Customer sign-off', 'price': NULL, 'value': CASE WHEN status = 'COMPLETED'
    AND u('a9', j) < 0.15
    THEN 'https://files.example.com/signatures/BOK-' || number || '.png' END},
  {'id': 8210, 'label': 'Site plan', 'price': NULL, 'value': CASE WHEN u('a10', j) < 0.03
    THEN 'https://files.example.com/plans/BOK-' || number || '.pdf' END},
  {'id': 8211, 'label': 'Last cleaned', 'price': NULL, 'value': CASE WHEN u('a11', k) < 0.08
    THEN d(booked_at - to_days(n('last', k, 900)::INTEGER)) END},
  {'id': 8212, 'label': 'Earliest arrival', 'price': NULL, 'value': CASE WHEN u('a12', k) < 0.06
    THEN tm(date_trunc('day', start_at) + to_minutes(420 + 30 * n('earliest', k, 6))) END}
]) AS a FROM bookings)
WHERE a.value IS NOT NULL
