SELECT 'BOK-' || number AS "Booking Number", name AS "Fieldworker", share AS "Share %",
  money(amount) AS "Share Amount", CASE WHEN paid THEN 'Y' ELSE 'N' END AS "Paid",
  yn(withheld) AS "Payment Withheld"
FROM crews
