SELECT 'INV-' || number AS "Invoice Number", booking_numbers AS "Booking Numbers",
  cid AS "Customer ID",
  customer_name AS "Customer Name", billing AS "Billing Address", status AS "Status",
    d(issued) AS "Issue Date",
  d(due) AS "Due Date", money(subtotal) AS "Sub Total", money(discount) AS "Discount",
  money(tax_in(total)) AS "Tax", money(total) AS "Total", money(paid) AS "Paid",
    money(refunded) AS "Refunded",
  money(balance) AS "Balance", rep AS "Sales Rep",
    pick('trading_names', 'trading', customer) AS "Trading Name",
  'Business' AS "Invoice Entity", yn(how = 'merged') AS "Locked",
  labels('record_labels', 'invoice', iv) AS "Labels",
  CASE WHEN void THEN dt(least(issued + to_days(1) + to_hours(11), getvariable('now')))
    END AS "Voided At"
FROM invoices
