SELECT 70000 + id * 2 + i AS "Property ID", cid AS "Customer ID", kind AS "Property Type",
  CASE kind WHEN 'Pet' THEN ['Rex', 'Bella', 'Milo', 'Luna'][1 + n('pet', id, 4)]
    WHEN 'Vehicle' THEN 'Family car' WHEN 'Pool' THEN 'Back pool' WHEN 'AC Unit' THEN 'Lounge AC'
    ELSE 'Unit ' || (1 + n('site unit', id, 30)) END AS "Name",
  CASE WHEN kind = 'Pet' THEN ['Labrador', 'Kelpie', 'Cat', 'Poodle'][1 + n('breed', id, 4)]
    END AS "Breed",
  CASE WHEN kind = 'Vehicle' THEN ['Holden', 'Toyota', 'Ford'][1 + n('make', id, 3)]
    WHEN kind = 'AC Unit' THEN ['Daikin', 'Fujitsu'][1 + n('make', id, 2)] END AS "Make",
  CASE WHEN kind IN ('Vehicle', 'AC Unit') THEN 'M' || (100 + n('model', id, 900)) END AS "Model",
  CASE WHEN kind = 'AC Unit' THEN lpad(n('serial', id, 100000000)::VARCHAR, 9, '0')
    END AS "Serial Number",
  CASE WHEN kind = 'Pool' THEN 1000 * (20 + n('litres', id, 60)) END AS "Pool Volume",
  CASE WHEN kind = 'Property/Site' THEN pick('comments', 'site note', id) END AS "Access Notes",
  d(joined + to_days(n('added', id, 20)::INTEGER)) AS "Created"
FROM (SELECT *, ['Pet', 'Pet', 'Vehicle', 'Pool', 'AC Unit',
  'Property/Site'][1 + n('asset', id * 2 + i, 6)] AS kind
  FROM (SELECT *, unnest(range(0, 1 + n('assets', id, 2))) AS i
    FROM customers WHERE u('assets', id) < 0.25))
