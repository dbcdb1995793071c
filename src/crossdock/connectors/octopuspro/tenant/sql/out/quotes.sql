SELECT 'EST-' || number AS "Quote Number", dt(quoted_at) AS "Created", status AS "Status",
  cid AS "Customer ID", customer_name AS "Customer Name", address AS "Address", rep AS "Sales Rep",
  d(expires) AS "Expiry Date",
  CASE WHEN status = 'Sent' THEN d(quoted_at + to_days(5)) END AS "Follow Up Date",
  money(subtotal) AS "Sub Total", money(discount) AS "Discount", money(tax_in(total)) AS "Tax",
  money(total) AS "Total",
  CASE WHEN u('deposit', k) < 0.15 THEN money(total // 500 * 100) END AS "Deposit",
  dt(decided_at) AS "Decided At",
  CASE WHEN decided_at IS NOT NULL THEN CASE WHEN u('decided by', j) < 0.7 THEN 'Customer'
    ELSE rep END END AS "Decided By",
  reason AS "Decline Reason",
  CASE WHEN booking IS NOT NULL THEN 'BOK-' || booking END AS "Booking Number",
  labels('record_labels', 'quote', j) AS "Labels"
FROM quotes
