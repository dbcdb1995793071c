SELECT 'INV-' || v.number AS "Invoice Number", CASE WHEN i.booking IS NOT NULL THEN 'BOK-'
  || b.number END AS "Booking Number",
  i.line AS "Line", i.type AS "Type", i.item AS "Item", qty(i.qty) AS "Quantity",
    money(i.rate) AS "Rate",
  money(i.discount) AS "Discount", i.tax_rate AS "Tax Rate",
  money(CASE WHEN i.tax_rate = 'GST 10%' THEN tax_in(i.amount) ELSE 0 END) AS "Tax",
    money(i.amount) AS "Amount"
FROM invoice_items i JOIN (SELECT iv, number FROM invoices) v USING (iv)
LEFT JOIN (SELECT j, number FROM bookings) b USING (j)
ORDER BY v.number, i.line
