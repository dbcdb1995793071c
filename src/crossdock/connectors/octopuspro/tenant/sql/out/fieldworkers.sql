SELECT f.fid AS "Fieldworker ID", f.name AS "Display Name", f.first AS "First Name",
  f.last AS "Last Name",
  getvariable('worker_names')[f.parent] AS "Parent Fieldworker",
  CASE WHEN f.employed THEN 'Employee' ELSE 'Contractor' END AS "Employment Type",
  f.email AS "Email", f.mobile AS "Mobile", NULL AS "Phone",
  CASE WHEN id <> 1 THEN full_address(f.unit, f.street, f.suburb) END AS "Address",
  'Australia/Sydney' AS "Timezone", f.status AS "Status",
  CASE WHEN u('crew label', id) < 0.3 THEN ['Carpets', 'Heights',
    'Team leader'][1 + n('crew label', id, 3)] END AS "Labels",
  CASE WHEN id <> 1 THEN 'LIC' || lpad(n('licence', id, 100000)::VARCHAR, 6, '0') END AS "Licence",
  CASE WHEN id <> 1 THEN d(day(1000 + n('licence ends', id, 600))) END AS "Licence Expiry",
  CASE WHEN id <> 1 THEN d(day(1050 + n('insured', id, 400))) END AS "Insurance Expiry",
  CASE WHEN NOT f.employed AND id <> 1 THEN lpad(n('abn', id, 100)::VARCHAR, 2, '0') || ' 000 000 '
    || lpad(n('abn 2', id, 1000)::VARCHAR, 3, '0') END AS "Tax Number",
  yn(NOT f.employed AND id <> 1 AND u('gst', id) < 0.7) AS "GST Registered",
  CASE WHEN id <> 1 AND NOT is_sub THEN CASE WHEN f.employed THEN 'Hourly' ELSE 'Commission' END
    END AS "Pay Structure",
  CASE WHEN f.employed AND NOT is_sub AND id <> 1 THEN money(3200 + 50 * n('hourly', id, 20))
    END AS "Hourly Rate",
  CASE WHEN f.employed AND NOT is_sub AND id <> 1 THEN money(4800 + 75 * n('hourly', id, 20))
    END AS "Overtime Rate",
  NULL AS "First Hour Rate",
  CASE WHEN id <> 1 AND NOT is_sub THEN 'Bank of Example' END AS "Bank Name",
  CASE WHEN id <> 1 AND NOT is_sub THEN f.first || ' ' || f.last END AS "Account Name",
  CASE WHEN id <> 1 AND NOT is_sub THEN '062-' || lpad(n('bsb', id, 1000)::VARCHAR, 3, '0')
    END AS "BSB",
  CASE WHEN id <> 1 AND NOT is_sub THEN lpad(n('account', id, 10000000)::VARCHAR, 8, '0')
    END AS "Account Number",
  CASE WHEN id <> 1 THEN 'Carpet clean; End-of-lease clean; Regular house clean' END AS "Services",
  CASE WHEN id <> 1 THEN (10 + 5 * n('radius', id, 9)) || ' km' END AS "Travel Radius",
  CASE WHEN id <> 1 THEN ((40 + n('stars', id, 11)) * 0.1::DECIMAL(2, 1))::DECIMAL(3, 1)::VARCHAR
    END AS "Rating"
FROM fieldworkers f
