SELECT kind AS "Record Type", ref AS "Record Number", unnest(string_split(list, '; ')) AS "Label"
FROM (
  SELECT 1 AS o, cid AS n, 'Customer' AS kind, cid::VARCHAR AS ref,
    labels('customer_labels', 'customer', id) AS list FROM customers
  UNION ALL SELECT 2, number, 'Inquiry', 'INQ-' || number, labels('record_labels', 'inquiry', j)
    FROM inquiries
  UNION ALL SELECT 3, number, 'Quote', 'EST-' || number, labels('record_labels', 'quote', j)
    FROM quotes
  UNION ALL SELECT 4, number, 'Booking', 'BOK-' || number, labels('record_labels', 'booking', j)
    FROM bookings
  UNION ALL SELECT 5, number, 'Invoice', 'INV-' || number, labels('record_labels', 'invoice', iv)
    FROM invoices
)
WHERE list IS NOT NULL ORDER BY o, n, "Label"
