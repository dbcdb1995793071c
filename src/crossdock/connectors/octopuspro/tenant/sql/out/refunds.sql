SELECT 900000 + pid AS "Payment ID", 'INV-' || invoice AS "Invoice Number",
  booking_numbers AS "Booking Number",
  d(r.received) AS "Received Refund Date", type AS "Payment Type", b.worker_name AS "Fieldworker",
  money(cents) AS "Amount", reference AS "Reference", reason AS "Reason", NULL AS "Description",
  kind AS "Kind", r.status AS "Status"
FROM refunds r LEFT JOIN (SELECT j, worker_name FROM bookings) b USING (j) ORDER BY pid
