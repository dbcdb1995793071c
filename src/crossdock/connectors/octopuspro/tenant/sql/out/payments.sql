SELECT 900000 + pid AS "Payment ID", 'INV-' || invoice AS "Invoice Number",
  booking_numbers AS "Booking Number",
  customer_name AS "Customer Name", dt(received) AS "Received Date", money(cents) AS "Amount",
  type AS "Payment Type", gateway AS "Gateway", reference AS "Reference",
    insert_type AS "Insert Type",
  status AS "Status", added_by AS "Added By", fieldworker AS "Fieldworker",
    is_deposit AS "Is Deposit",
  NULL AS "Tip", note AS "Note"
FROM (
  SELECT pid, invoice, booking_numbers, c.name AS customer_name, received, cents, type, gateway,
    reference,
    insert_type, p.status, CASE WHEN gateway IS NOT NULL THEN 'System' WHEN by_worker
      THEN b.worker_name
      ELSE 'Morgan T' END AS added_by,
    CASE WHEN by_worker THEN b.worker_name END AS fieldworker, yn(is_deposit) AS is_deposit, note
  FROM payments p JOIN customers c ON c.id = p.customer
  LEFT JOIN (SELECT j, worker_name FROM bookings) b USING (j)
  UNION ALL
  SELECT pid, NULL, NULL, NULL, received, cents, 'Bank transfer', NULL, reference, 'Manual',
    'Pending',
    'Morgan T', NULL, 'No', note FROM stray_payments
) ORDER BY pid
