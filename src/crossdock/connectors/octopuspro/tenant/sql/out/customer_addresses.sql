SELECT cid AS "Customer ID", CASE WHEN i = 1 THEN 'site' WHEN business THEN 'office' ELSE 'home'
  END AS "Label",
  CASE WHEN i = 0 THEN unit ELSE unit('site', id) END AS "Unit",
  CASE WHEN i = 0 THEN street ELSE street('site', id) END AS "Street",
  place.suburb AS "Suburb", place.state AS "State", place.postcode AS "Postcode",
    'Australia' AS "Country",
  (place.lat + n('lat', id, 900) * 0.00001)::DECIMAL(9, 5)::VARCHAR AS "Latitude",
  (place.lon + n('lon', id, 900) * 0.00001)::DECIMAL(9, 5)::VARCHAR AS "Longitude"
FROM (SELECT *, CASE WHEN i = 0 THEN suburb ELSE suburb('site', id) END AS place FROM (
  SELECT *, unnest(range(0, CASE WHEN u('sites', id) < 0.2 THEN 2 ELSE 1 END)) AS i FROM customers))
