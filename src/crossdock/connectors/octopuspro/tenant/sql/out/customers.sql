SELECT cid AS "Customer ID", CASE WHEN business THEN 'Business' ELSE 'Personal'
  END AS "Customer Type",
  title AS "Customer Title", first AS "First Name", last AS "Last Name",
  first2 AS "First_name2", last2 AS "Last_name2", first3 AS "First_name3", last3 AS "Last_name3",
  company AS "Business Name", email AS "Email", email2 AS "Email2", email3 AS "Email3",
  mobile AS "Mobile", mobile2 AS "Mobile2", mobile3 AS "Mobile3",
  phone AS "Phone", phone2 AS "Phone2", NULL AS "Phone3",
  CASE WHEN business AND u('fax', id) < 0.1 THEN phone END AS "Fax",
  unit AS "Unit", street AS "Street", suburb.suburb AS "Suburb", suburb.state AS "State",
  suburb.postcode AS "Postcode", 'Australia' AS "Country", billing AS "Billing Address",
  d(joined) AS "Date Joined", labels('customer_labels', 'customer', id) AS "Labels",
  pick('trading_names', 'trading', id) AS "Trading Name",
  CASE WHEN u('payer', id) < 0.02 THEN pick('business_first', 'payer', id) || ' Realty'
    END AS "Bill Payer",
  due_days AS "Invoice Due Days",
  CASE WHEN business AND u('cycle', id) < 0.3 THEN 'Monthly' END AS "Billing Cycle",
  CASE WHEN u('rating', id) < 0.3 THEN (3 + n('rating', id, 5) * 0.5)::DECIMAL(2, 1)::VARCHAR
    END AS "Rating",
  CASE WHEN u('note', id) < 0.2 THEN pick('customer_notes', 'note', id) END AS "Notes",
  CASE WHEN deleted THEN 'Deleted' ELSE 'Active' END AS "Status",
  CASE WHEN deleted THEN d(getvariable('today') - to_days(n('deleted', id, 90)::INTEGER))
    END AS "Deleted At",
  CASE WHEN u('cf1', id) < 0.3 THEN lpad(n('gate', id, 10000)::VARCHAR, 4, '0')
    END AS "CF: Gate code",
  CASE WHEN u('cf2', id) < 0.15 THEN pick('comments', 'special', id) || ' '
    || pick('comments', 'special 2', id) END AS "CF: Special instructions",
  CASE WHEN NOT business THEN 1 + n('beds', id, 5) END AS "CF: Bedrooms",
  CASE WHEN u('cf4', id) < 0.4 THEN ((450 + n('area', id, 3000)) * 0.1::DECIMAL(2, 1))::DECIMAL(9,
    1)::VARCHAR END
    AS "CF: Floor area (m²)",
  CASE WHEN u('cf5', id) < 0.6 THEN ['E-mail', 'Phone call', 'SMS'][1 + n('prefers', id, 3)] END
    AS "CF: Preferred contact",
  CASE WHEN u('cf6', id) < 0.5 THEN ['Driveway', 'Street',
    'Paid parking'][1 + n('parks', id, 3)] END
    AS "CF: Parking",
  yn(u('cf7', id) < 0.2) AS "CF: Key on file",
  CASE WHEN u('cf8', id) < 0.45 THEN array_to_string(list_filter(['Tile', 'Carpet', 'Timber',
    'Marble'],
    lambda x, i: (n('floors', id, 15) + 1) >> (i - 1) & 1 = 1), '; ') END AS "CF: Surfaces",
  CASE WHEN u('cf9', id) < 0.12 THEN d(day(900 + n('lease', id, 700))) END AS "CF: Lease ends",
  CASE WHEN u('cf10', id) < 0.08 THEN 'https://files.example.com/signatures/' || cid || '.png' END
    AS "CF: Agreement signature",
  CASE WHEN u('cf11', id) < 0.08 THEN 'https://files.example.com/sites/' || cid || '.jpg' END
    AS "CF: Site photo"
FROM customers
