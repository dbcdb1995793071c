WITH contacts AS (
  SELECT "Customer ID" AS id, list({'name': "Contact Name", 'relation': "Relation",
    'mobile': "Mobile",
    'email': "Email", 'default': j_flag("Is Default")} ORDER BY rowid) AS v
      FROM x_customer_contacts GROUP BY 1
), addresses AS (
  SELECT "Customer ID" AS id, list({'label': "Label", 'unit': "Unit", 'street': "Street",
    'suburb': "Suburb",
    'state': "State", 'postcode': "Postcode", 'country': "Country",
      'latitude': try_cast("Latitude" AS DOUBLE),
    'longitude': try_cast("Longitude" AS DOUBLE)} ORDER BY rowid) AS v
      FROM x_customer_addresses GROUP BY 1
), properties AS (
  SELECT "Customer ID" AS id, list({'id': j_count("Property ID"), 'type': "Property Type",
    'fields': {'Name': "Name", 'Breed': "Breed", 'Make': "Make", 'Model': "Model",
      'Serial Number': "Serial Number",
      'Pool Volume': j_number("Pool Volume"), 'Access Notes': "Access Notes"},
    'created': j_date("Created")} ORDER BY rowid) AS v FROM x_customer_properties GROUP BY 1
), answers AS (
  SELECT id, list({'field_id': j_count(f."Field ID"), 'label': f."Label", 'type': f."Type",
    'value': CASE WHEN f."Type" = 'List' THEN to_json(string_split(value, '; '))
      WHEN f."Type" IN ('Number Stepper', 'Decimal') THEN j_number(value)
      WHEN f."Type" = 'Date picker' THEN to_json(j_date(value)) ELSE to_json(value) END}
    ORDER BY f."Field ID") AS v
  FROM (UNPIVOT (SELECT "Customer ID" AS id, COLUMNS('CF: .*') FROM x_customers)
        ON COLUMNS(* EXCLUDE id) INTO NAME header VALUE value)
  JOIN x_custom_fields f ON 'CF: ' || f."Label" = header
    AND f."Scope" = 'Customer profile' GROUP BY 1
)
SELECT to_json({
  'id': j_count(c."Customer ID"), 'type': "Customer Type", 'title': "Customer Title",
  'names': list_filter([{'first_name': "First Name", 'last_name': "Last Name"},
    {'first_name': "First_name2", 'last_name': "Last_name2"},
    {'first_name': "First_name3", 'last_name': "Last_name3"}],
    lambda x: x.first_name IS NOT NULL OR x.last_name IS NOT NULL),
  'business_name': "Business Name",
  'emails': list_filter(["Email", "Email2", "Email3"], lambda x: x IS NOT NULL),
  'mobiles': list_filter(["Mobile", "Mobile2", "Mobile3"], lambda x: x IS NOT NULL),
  'phones': list_filter(["Phone", "Phone2", "Phone3"], lambda x: x IS NOT NULL), 'fax': "Fax",
  'address': {'unit': "Unit", 'street': "Street", 'suburb': "Suburb", 'state': "State",
    'postcode': "Postcode", 'country': "Country"},
  'billing_address': {'unit': CASE WHEN box IS NULL THEN "Unit" END,
    'street': coalesce(box, "Street"),
    'suburb': "Suburb", 'state': "State", 'postcode': "Postcode", 'country': "Country"},
  'addresses': coalesce(a.v, []), 'contacts': coalesce(k.v, []),
  'business_profiles': [], 'bill_payer': "Bill Payer", 'date_joined': j_date("Date Joined"),
  'labels': j_list("Labels"), 'trading_name': "Trading Name",
  'invoice_due_days': j_count("Invoice Due Days"), 'billing_cycle': "Billing Cycle",
  'rating': j_number("Rating"), 'notes': "Notes", 'deleted': "Status" = 'Deleted',
  'deleted_at': j_date("Deleted At"), 'custom_fields': coalesce(f.v, []),
    'properties': coalesce(p.v, [])
})
FROM (SELECT *, rowid AS at_row, nullif(regexp_extract("Billing Address", '^PO Box \d+'), '') AS box
  FROM x_customers) c LEFT JOIN contacts k ON k.id = c."Customer ID"
LEFT JOIN addresses a ON a.id = c."Customer ID" LEFT JOIN properties p ON p.id = c."Customer ID"
LEFT JOIN answers f ON f.id = c."Customer ID"
ORDER BY c.at_row
