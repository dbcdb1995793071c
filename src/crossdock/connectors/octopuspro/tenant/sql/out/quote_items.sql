SELECT 'EST-' || q.number AS "Quote Number", l.l AS "Line", 'Service' AS "Type",
  l.service AS "Item",
  NULL AS "Description", qty(l.qty) AS "Quantity", money(l.unit_price) AS "Rate",
  money(l.discount) AS "Discount", l.tax_rate AS "Tax Rate", money(l.amount) AS "Amount"
FROM quotes q JOIN lines l USING (j) ORDER BY q.number, l.l
