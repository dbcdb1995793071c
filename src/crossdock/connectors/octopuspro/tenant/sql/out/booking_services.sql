SELECT 'BOK-' || b.number AS "Booking Number", l.line_id AS "Line ID", l.service AS "Service",
  qty(l.qty) AS "Quantity", l.unit_label AS "Unit Label", money(l.unit_price) AS "Unit Price",
  money(CASE WHEN b.waived THEN l.gross ELSE l.discount END) AS "Discount",
    l.tax_rate AS "Tax Rate",
  money(CASE WHEN b.waived THEN 0 ELSE l.amount END) AS "Amount",
  CASE WHEN l.l = 1 AND u('assets', b.customer) < 0.25 AND u('for asset', b.j) < 0.5
    THEN (70000 + b.customer * 2)::VARCHAR END AS "Property"
FROM bookings b JOIN lines l USING (j) ORDER BY b.number, l.l
