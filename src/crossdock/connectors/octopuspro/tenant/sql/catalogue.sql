-- The price book as lists that the other scripts index into; money is cents.
SET VARIABLE services = (SELECT list({
    'name': "Service Name", 'model': "Pricing Model", 'unit': "Unit Label",
    'price': round("Price"::DECIMAL(10, 2) * 100)::BIGINT, 'tax': "Tax Rate"
  } ORDER BY "Service ID") FROM cat_services);
SET VARIABLE products = (SELECT list({
    'name': "Product Name", 'code': "Item Code",
    'price': round("Sale Price"::DECIMAL(10, 2) * 100)::BIGINT,
    'cost': round("Unit Cost"::DECIMAL(10, 2) * 100)::BIGINT
  } ORDER BY rowid) FROM cat_products);
