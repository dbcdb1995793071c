SELECT 'BOK-' || p.number AS "Booking Number", p.product.name AS "Product",
  p.product.code AS "Item Code",
  p.qty AS "Quantity", money(p.product.cost) AS "Unit Cost", money(p.product.price) AS "Sale Price",
  'GST 10%' AS "Tax Rate", NULL AS "Added By"
FROM booking_products p
