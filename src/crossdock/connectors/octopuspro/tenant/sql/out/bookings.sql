SELECT 'BOK-' || b.number AS "Booking Number",
  CASE WHEN q.number IS NOT NULL THEN 'EST-' || q.number END AS "Quote Number",
  dt(b.booked_at) AS "Created", b.status AS "Status", b.cid AS "Customer ID",
  b.customer_name AS "Customer Name",
  CASE WHEN u('onsite', b.k) < 0.2 THEN pick('first_names', 'onsite', b.k) || ' ' || b.mobile
    END AS "Onsite Contact",
  pick('trading_names', 'trading', b.customer) AS "Trading Name",
    pick('branches', 'branch', b.k) AS "Branch",
  b.rep AS "Sales Rep", b.source AS "Source",
  CASE WHEN u('location', b.k) < 0.97 THEN 'Mobile' ELSE 'Fixed' END AS "Location Type",
  b.address AS "Address",
  CASE WHEN u('second address', b.k) < 0.02 THEN full_address(NULL, street('second', b.k),
    suburb('second', b.k)) END
    AS "Secondary Address",
  pick('property_types', 'property', b.k) AS "Property Type",
  dt(t.first_start) AS "First Start", dt(t.last_end) AS "Last End", b.services AS "Services",
  concat_ws('; ', b.worker_name, b.helper_name) AS "Fieldworkers",
  money(b.subtotal) AS "Sub Total", money(b.discount) AS "Discount",
    money(tax_in(b.total)) AS "Tax",
  money(b.total) AS "Total",
  CASE WHEN u('deposit', b.k) < 0.15 AND NOT b.waived THEN money(b.total // 500 * 100)
    END AS "Deposit",
  money(coalesce(p.paid, 0)) AS "Paid", money(b.total - coalesce(p.paid, 0)) AS "Balance",
  CASE WHEN b.cancel_fee > 0 THEN money(b.cancel_fee) END AS "Cancellation Fee",
  CASE WHEN b.call_out_fee > 0 THEN money(b.call_out_fee) END AS "Call Out Fee",
  labels('record_labels', 'booking', b.j) AS "Labels",
  CASE WHEN b.status = 'COMPLETED' AND u('rated', b.j) < 0.3
    THEN 5 - n('stars', b.j, 10) // 5 * n('less', b.j, 4) END
    AS "Customer Rating",
  yn(u('paused', b.j) < 0.02) AS "Auto Reminders Paused", yn(b.deleted) AS "Deleted"
FROM bookings b LEFT JOIN (SELECT j, number FROM quotes) q USING (j)
LEFT JOIN booking_times t USING (j) LEFT JOIN booking_paid p USING (j)
ORDER BY b.number
