WITH contacts AS (
  SELECT "Customer ID" AS id, list({'name': "Contact Name", 'relation': "Relation",
    'mobile': "Mobile",
    'email': "Email", 'default': j_flag("Is Default")} ORDER BY rowid) AS v
      FROM x_customer_contacts GROUP BY 1
), addresses AS (
  SELECT "Customer ID" AS id, list({'label': "Label", 'unit': "Unit", 'street': "Street",
    'suburb': "Suburb",
    'state': "State", 'postcode': "Postcode", 'country': "Country",
    'latitude': j_number("Latitude"), 'longitude': j_number("Longitude")} ORDER BY rowid) AS v
      FROM x_customer_addresses GROUP BY 1
), properties AS (
  SELECT "Customer ID" AS id, list({'id': j_number("Property ID"), 'type': "Property Type",
    'fields': {'Name': "Name", 'Breed': "Breed", 'Make': "Make", 'Model': "Model",
      'Serial Number': "Serial Number",
      'Pool Volume': j_number("Pool Volume"), 'Access Notes': "Access Notes"},
    'created': j_date("Created")} ORDER BY rowid) AS v FROM x_customer_properties GROUP BY 1
), firsts AS (
  SELECT "Customer ID" AS id, min(rowid) AS at_row FROM x_customers GROUP BY 1
), answers AS (
  SELECT at_row, list({'field_id': j_number(f."Field ID"), 'label': f."Label", 'type': f."Type",
    'value': CASE WHEN f."Type" = 'List' THEN to_json(string_split(value, '; '))
      WHEN f."Type" IN ('Number Stepper', 'Decimal') THEN j_number(value)
      ELSE to_json(value) END}
    ORDER BY f."Field ID") AS v
  FROM (UNPIVOT (SELECT rowid AS at_row, COLUMNS('CF: .*') FROM x_customers)
        ON COLUMNS(* EXCLUDE at_row) INTO NAME header VALUE value)
  JOIN x_custom_fields f ON 'CF: ' || f."Label" = header
    AND f."Scope" = 'Customer profile' GROUP BY 1
)
SELECT to_json({
  'id': j_number(c."Customer ID"), 'type': "Customer Type", 'title': "Customer Title",
  'names': j_places([
    CASE WHEN "First Name" IS NOT NULL OR "Last Name" IS NOT NULL
      THEN {'first_name': "First Name", 'last_name': "Last Name"} END,
    CASE WHEN "First_name2" IS NOT NULL OR "Last_name2" IS NOT NULL
      THEN {'first_name': "First_name2", 'last_name': "Last_name2"} END,
    CASE WHEN "First_name3" IS NOT NULL OR "Last_name3" IS NOT NULL
      THEN {'first_name': "First_name3", 'last_name': "Last_name3"} END]),
  'business_name': "Business Name", 'emails': j_places(["Email", "Email2", "Email3"]),
  'mobiles': j_places(["Mobile", "Mobile2", "Mobile3"]),
  'phones': j_places(["Phone", "Phone2", "Phone3"]), 'fax': "Fax",
  'address': {'unit': "Unit", 'street': "Street", 'suburb': "Suburb", 'state': "State",
    'postcode': "Postcode", 'country': "Country"},
  'billing_address': {'text': "Billing Address", 'unit': CASE WHEN box IS NULL THEN "Unit" END,
    'street': coalesce(box, "Street"),
    'suburb': "Suburb", 'state': "State", 'postcode': "Postcode", 'country': "Country"},
  'addresses': coalesce(a.v, []), 'contacts': coalesce(k.v, []),
  'business_profiles': [], 'bill_payer': "Bill Payer", 'date_joined': j_date("Date Joined"),
  'labels': j_list("Labels"), 'trading_name': "Trading Name",
  'invoice_due_days': j_number("Invoice Due Days"), 'billing_cycle': "Billing Cycle",
  'rating': j_number("Rating"), 'notes': "Notes", 'status': "Status", 'deleted': "Status" = 'Deleted',
  'deleted_at': j_date("Deleted At"), 'custom_fields': coalesce(f.v, []),
    'properties': coalesce(p.v, [])
})
FROM (SELECT *, rowid AS at_row, nullif(regexp_extract("Billing Address", '^PO Box \d+'), '') AS box
  FROM x_customers) c LEFT JOIN firsts ON firsts.at_row = c.at_row
LEFT JOIN contacts k ON k.id = firsts.id
LEFT JOIN addresses a ON a.id = firsts.id LEFT JOIN properties p ON p.id = firsts.id
LEFT JOIN answers f ON f.at_row = c.at_row
ORDER BY c.at_row
