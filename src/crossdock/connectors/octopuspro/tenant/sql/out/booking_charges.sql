SELECT 'BOK-' || number AS "Booking Number", charge AS "Charge", qty(qty) AS "Quantity",
  money(amount) AS "Amount", 'GST 10%' AS "Tax Rate"
FROM booking_charges
